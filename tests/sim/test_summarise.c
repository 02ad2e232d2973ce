/* SPDX-License-Identifier: GPL-3.0-or-later
 * Replicates summed up: totals from sums of replicates, differences from pairs, whatever the threads. */
#include "sim/summarise.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "tests/build_history.h"

Suite *suite_summarise(void);

enum { MONTHS = 2, RUNS = 101 };
static const struct group everyone = {GROUP_ALL, 0};

/* Out of the order of a result, but families together. */
static const struct result_series series[] = {
    {MEASURE_NIGHTS, {GROUP_ALL, 0}},      {MEASURE_STOCK, {GROUP_AGE, 0}},
    {MEASURE_STOCK, {GROUP_AGE, 1}},       {MEASURE_STOCK, {GROUP_ALL, 0}},
    {MEASURE_STOCK, {GROUP_PLACEMENT, 0}}, {MEASURE_STOCK, {GROUP_PLACEMENT, 1}},
    {MEASURE_ENTRIES, {GROUP_ALL, 0}},
};
enum { N = sizeof series / sizeof series[0] };

/* In replicate r placement 0 has 300 + r + shift children and placement 1 500 - r: 800 + shift in all; ages
 * 100 and the rest; 24 nights a child; r % 7 entries. */
static void open_draws(struct draws *draws, int32_t shift)
{
    struct err err = {0};
    ck_assert(draws_make(series, N, MONTHS, RUNS, draws, &err));
    for (int32_t r = 0; r < RUNS; r++) {
        const int32_t all = 800 + shift;
        const int32_t row[N] = {24 * all, 100, all - 100, all, 300 + r + shift, 500 - r, r % 7};
        int32_t values[N * MONTHS];
        for (int i = 0; i < N; i++)
            for (int m = 0; m < MONTHS; m++)
                values[i * MONTHS + m] =
                    row[i] + (m == 1 && i != 6 ? row[i] : 0); /* twice in the second month */
        ck_assert(draws_put(draws, r, values, &err));
    }
}

static void give_costs(struct draws *draws)
{
    struct err err = {0};
    draws->costs = vec_new((size_t)RUNS * PLACEMENT_COUNT * MONTHS, sizeof *draws->costs, &err);
    ck_assert_ptr_nonnull(draws->costs);
    for (size_t r = 0; r < RUNS; r++)
        for (size_t m = 0; m < MONTHS; m++) {
            draws->costs[(r * PLACEMENT_COUNT + 0) * MONTHS + m] = 10000 + 30 * (pence)r;
            draws->costs[(r * PLACEMENT_COUNT + 3) * MONTHS + m] = 70000 - 30 * (pence)r;
        }
}

static void summarise(const struct draws *draws, const struct draws *base, int32_t threads,
                      struct result *result)
{
    struct err err = {0};
    *result = (struct result){.months = MONTHS, .replicates = RUNS};
    ck_assert_msg(summarise_draws(draws, base, threads, result, &err), "%s", err.message);
}

START_TEST(a_total_is_that_of_each_replicate)
{
    /* Two placements that move against each other: the total never moves. Its p90 is 800, while those of the
     * parts, r at type 8's (101 + 1/3) .9 + 1/3 - 1 = 90.533.., add up to 880 and more. */
    struct draws draws;
    struct result result;
    open_draws(&draws, 0);
    give_costs(&draws);
    summarise(&draws, NULL, 1, &result);
    const struct summary *all = result_find(&result, MEASURE_STOCK, everyone, 0);
    const struct summary *one = result_find(&result, MEASURE_STOCK, (struct group){GROUP_PLACEMENT, 0}, 0);
    const struct summary *two = result_find(&result, MEASURE_STOCK, (struct group){GROUP_PLACEMENT, 1}, 0);
    for (int q = 0; q < SUMMARY_QUANTILES; q++)
        ck_assert_double_eq_tol(all->quantiles[q], 800, 1e-12);
    ck_assert_double_eq_tol(all->sd, 0, 1e-12);
    const double r90 = (101 + 1.0 / 3) * .9 + 1.0 / 3 - 1;
    ck_assert_double_eq_tol(one->quantiles[5], 300 + r90, 1e-9);
    ck_assert_double_eq_tol(two->quantiles[5], 500 - (100 - r90), 1e-9);
    ck_assert_double_gt(one->quantiles[5] + two->quantiles[5], 880);
    /* means do add up; sd by hand: of 0 .. 100, sqrt(101 x 102 / 12) */
    ck_assert_double_eq_tol(one->mean + two->mean, all->mean, 1e-9);
    ck_assert_double_eq_tol(one->sd, sqrt(101 * 102 / 12.0), 1e-9);
    const struct summary *cost = result_find(&result, MEASURE_COST, everyone, 1);
    ck_assert_double_eq_tol(cost->mean, 80000, 1e-9);
    ck_assert_double_eq_tol(cost->quantiles[5], 80000, 1e-9);
    ck_assert_double_gt(
        result_find(&result, MEASURE_COST, (struct group){GROUP_PLACEMENT, 3}, 1)->quantiles[5], 69000);
    /* 0 to 6 in turn: 101 = 14 x 7 + 3 */
    ck_assert_double_eq_tol(result_find(&result, MEASURE_ENTRIES, everyone, 0)->mean, (14 * 21 + 3) / 101.0,
                            1e-12);
    ck_assert_double_eq_tol(result_find(&result, MEASURE_NIGHTS, everyone, 1)->mean, 48 * 800, 1e-9);
    result_free(&result);
    draws_free(&draws);
}
END_TEST

START_TEST(final_stocks_are_in_thousandths)
{
    struct err err = {0};
    struct draws draws;
    struct result result;
    open_draws(&draws, 0);
    draws.ratios = vec_new((size_t)RUNS * MONTHS, sizeof *draws.ratios, &err);
    ck_assert_ptr_nonnull(draws.ratios);
    for (int i = 0; i < RUNS * MONTHS; i++)
        draws.ratios[i] = 1.0101;
    summarise(&draws, NULL, 2, &result);
    const struct summary *all = result_find(&result, MEASURE_STOCK, everyone, 0);
    const struct summary *one = result_find(&result, MEASURE_STOCK, (struct group){GROUP_PLACEMENT, 0}, 0);
    const struct summary *two = result_find(&result, MEASURE_STOCK, (struct group){GROUP_PLACEMENT, 1}, 0);
    ck_assert_double_eq_tol(all->mean, 808.08, 1e-9);
    ck_assert_double_eq_tol(one->mean + two->mean, all->mean, 1e-9);
    /* nights whole; of the second month the ratio of both ends, of the first that of its end and 1 */
    ck_assert_double_eq_tol(result_find(&result, MEASURE_NIGHTS, everyone, 1)->mean,
                            floor(38400 * 1.0101 + .5), 1e-9);
    ck_assert_double_eq_tol(result_find(&result, MEASURE_NIGHTS, everyone, 0)->mean,
                            floor(19200 * 1.00505 + .5), 1e-9);
    result_free(&result);
    draws_free(&draws);
}
END_TEST

START_TEST(a_difference_is_of_pairs)
{
    /* 7 children more in every replicate: 7 at every quantile, though each scenario has some width; money as
     * well; nothing but stocks and costs. */
    struct draws base, more;
    struct result result;
    open_draws(&base, 0);
    open_draws(&more, 7);
    give_costs(&base);
    give_costs(&more);
    for (size_t r = 0; r < RUNS; r++)
        more.costs[(r * PLACEMENT_COUNT + 3) * MONTHS] += 55;
    summarise(&more, &base, 2, &result);
    const struct group grows = {GROUP_PLACEMENT, 0};
    for (int q = 0; q < SUMMARY_QUANTILES; q++) {
        ck_assert_double_eq(result_find(&result, MEASURE_STOCK, grows, 0)->quantiles[q], 7);
        ck_assert_double_eq(result_find(&result, MEASURE_STOCK, everyone, 1)->quantiles[q], 14);
        ck_assert_double_eq(result_find(&result, MEASURE_COST, everyone, 0)->quantiles[q], 55);
        ck_assert_double_eq(result_find(&result, MEASURE_COST, everyone, 1)->quantiles[q], 0);
    }
    ck_assert_double_eq(result_find(&result, MEASURE_STOCK, grows, 0)->sd, 0);
    ck_assert_ptr_null(result_find(&result, MEASURE_ENTRIES, everyone, 0));
    ck_assert_ptr_null(result_find(&result, MEASURE_NIGHTS, everyone, 0));
    result_free(&result);
    draws_free(&base);
    draws_free(&more);
}
END_TEST

START_TEST(series_are_sorted_and_threads_do_not_matter)
{
    struct draws draws;
    struct result one, seven;
    open_draws(&draws, 0);
    give_costs(&draws);
    summarise(&draws, NULL, 1, &one);
    summarise(&draws, NULL, 7, &seven);
    ck_assert_uint_eq(one.n_series, N + 1 + PLACEMENT_COUNT);
    ck_assert_uint_eq(seven.n_series, one.n_series);
    for (size_t i = 1; i < one.n_series; i++) {
        const struct result_series *a = &one.series[i - 1];
        const struct result_series *b = &one.series[i];
        ck_assert(a->measure < b->measure ||
                  (a->measure == b->measure &&
                   (a->group.kind < b->group.kind ||
                    (a->group.kind == b->group.kind && a->group.member < b->group.member))));
    }
    ck_assert_mem_eq(one.at, seven.at, one.n_series * MONTHS * sizeof *one.at);
    result_free(&one);
    result_free(&seven);
    draws_free(&draws);
}
END_TEST

Suite *suite_summarise(void)
{
    Suite *suite = suite_create("summarise");
    TCase *tcase = tcase_create("summarise");
    tcase_add_test(tcase, a_total_is_that_of_each_replicate);
    tcase_add_test(tcase, final_stocks_are_in_thousandths);
    tcase_add_test(tcase, a_difference_is_of_pairs);
    tcase_add_test(tcase, series_are_sorted_and_threads_do_not_matter);
    suite_add_tcase(suite, tcase);
    return suite;
}
