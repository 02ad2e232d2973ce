/* SPDX-License-Identifier: GPL-3.0-or-later
 * A year's range is that of sums, not the sum of ranges. */
#include "sim/years.h"

#include <check.h>
#include <stdlib.h>

#include "base/vec.h"

Suite *suite_years(void);

enum { MONTHS = 5, RUNS = 101 };
static const struct result_series series[] = {{MEASURE_STOCK, {GROUP_ALL, 0}},
                                              {MEASURE_ENTRIES, {GROUP_ALL, 0}}};
enum { N = sizeof series / sizeof series[0] };

/* Replicate r: r entries in even months, 100 - r in odd ones; 1,000 + r pence a month in each of two
 * placements. */
static void open_draws(struct draws *draws, pence more)
{
    struct err err = {0};
    ck_assert(draws_make(series, N, MONTHS, RUNS, draws, &err));
    draws->costs = vec_new((size_t)RUNS * PLACEMENT_COUNT * MONTHS, sizeof *draws->costs, &err);
    ck_assert_ptr_nonnull(draws->costs);
    for (int32_t r = 0; r < RUNS; r++) {
        int32_t values[N * MONTHS];
        for (int32_t m = 0; m < MONTHS; m++) {
            values[m] = 500;
            values[MONTHS + m] = m % 2 == 0 ? r : 100 - r;
            for (int g = 0; g < 2; g++)
                draws->costs[((size_t)r * PLACEMENT_COUNT + (size_t)g) * MONTHS + (size_t)m] =
                    1000 + r + more;
        }
        ck_assert(draws_put(draws, r, values, &err));
    }
}

START_TEST(years_are_sums_of_each_replicate)
{
    struct draws draws;
    struct err err = {0};
    struct result result = {.origin = date_from_civil(2022, 12, 31), .months = MONTHS, .replicates = RUNS};
    open_draws(&draws, 0);
    ck_assert_msg(years_sum(&draws, NULL, &result, &err), "%s", err.message);
    /* January to March 2023, then April and May of 2023-24. */
    ck_assert_uint_eq(result.n_years, 2);
    ck_assert_int_eq(result.years[0].year, 2023);
    ck_assert_int_eq(result.years[0].first, 0);
    ck_assert_int_eq(result.years[0].last, 2);
    ck_assert_int_eq(result.years[1].first, 3);
    ck_assert_int_eq(result.years[1].last, 4);
    /* hand: r + (100 - r) + r = 100 + r, r = 0 .. 100: median 150, p90 at type 8's (101 + 1/3) .9 + 1/3 - 1
     * = 90.533.. */
    ck_assert(result.years[0].has_entries);
    ck_assert_double_eq_tol(result.years[0].entries.mean, 150.0, 1e-9);
    ck_assert_double_eq_tol(result.years[0].entries.quantiles[5], 100.0 + (101 + 1.0 / 3) * .9 + 1.0 / 3 - 1,
                            1e-9);
    /* hand: (100 - r) + r: every future has 100, though each month is as wide as can be */
    ck_assert_double_eq_tol(result.years[1].entries.quantiles[0], 100.0, 1e-9);
    ck_assert_double_eq_tol(result.years[1].entries.sd, 0.0, 1e-9);
    ck_assert(!result.years[0].has_exits);
    /* hand: 3 months x 2 placements x (1000 + r), r = 50 in the middle */
    ck_assert(result.years[0].has_cost);
    ck_assert_double_eq_tol(result.years[0].cost.quantiles[3], 6300.0, 1e-9);
    result_free(&result);
    draws_free(&draws);
}
END_TEST

START_TEST(differences_are_taken_future_by_future)
{
    struct draws draws;
    struct draws base;
    struct err err = {0};
    struct result result = {.origin = date_from_civil(2022, 3, 31), .months = MONTHS, .replicates = RUNS};
    open_draws(&draws, 7);
    open_draws(&base, 0);
    ck_assert(years_sum(&draws, &base, &result, &err));
    ck_assert_uint_eq(result.n_years, 1);
    ck_assert_int_eq(result.years[0].year, 2023);
    ck_assert_double_eq_tol(result.years[0].cost.mean, 70.0, 1e-9); /* hand: 5 months x 2 x 7 */
    ck_assert_double_eq_tol(result.years[0].cost.sd, 0.0, 1e-9);
    ck_assert_double_eq_tol(result.years[0].entries.mean, 0.0, 1e-9);
    result_free(&result);
    draws_free(&draws);
    draws_free(&base);
}
END_TEST

Suite *suite_years(void)
{
    Suite *suite = suite_create("years");
    TCase *tcase = tcase_create("years");
    tcase_add_test(tcase, years_are_sums_of_each_replicate);
    tcase_add_test(tcase, differences_are_taken_future_by_future);
    suite_add_tcase(suite, tcase);
    return suite;
}
