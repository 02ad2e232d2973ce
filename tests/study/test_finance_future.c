/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two invented futures of stock, nights and cost: which month is whose. */
#include "study/finance_future.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_finance_future(void);

enum { YEAR = 2027, REPLICATES = 2, SERIES = 2 * PLACEMENT_COUNT };
static struct result_series series[SERIES];
static struct draws draws;
static struct finance_future future;

/* Month m of replicate r has 100 + m nights and 10 (m + 1) + r pence in external homes, and r children at its
 * end; nothing anywhere else. */
static void make_draws(int32_t months)
{
    struct err err = {0};
    int32_t *values = calloc((size_t)SERIES * (size_t)months, sizeof *values);
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        series[g] = (struct result_series){MEASURE_STOCK, {GROUP_PLACEMENT, g}};
        series[PLACEMENT_COUNT + g] = (struct result_series){MEASURE_NIGHTS, {GROUP_PLACEMENT, g}};
    }
    ck_assert(values != NULL && draws_make(series, SERIES, months, REPLICATES, &draws, &err));
    draws.costs = calloc((size_t)REPLICATES * PLACEMENT_COUNT * (size_t)months, sizeof *draws.costs);
    ck_assert_ptr_nonnull(draws.costs);
    for (int32_t r = 0; r < REPLICATES; r++) {
        for (int32_t m = 0; m < months; m++) {
            values[PLACEMENT_RES_EXTERNAL * months + m] = r;
            values[(PLACEMENT_COUNT + PLACEMENT_RES_EXTERNAL) * months + m] = 100 + m;
            draws.costs[(r * PLACEMENT_COUNT + PLACEMENT_RES_EXTERNAL) * months + m] = 10 * (m + 1) + r;
        }
        ck_assert(draws_put(&draws, r, values, &err));
    }
    free(values);
}

static void teardown(void)
{
    finance_future_free(&future);
    draws_free(&draws);
    draws = (struct draws){0};
}

static double at(const double values[], int32_t r)
{
    return values[PLACEMENT_RES_EXTERNAL * REPLICATES + r];
}

START_TEST(from_the_year_before)
{
    struct err err = {0};
    make_draws(25);
    ck_assert(finance_future_make(&draws, YEAR, date_from_civil(2026, 3, 31), 2, 5, &future, &err));
    ck_assert_int_eq(future.n_years, 2); /* 25 months hold two whole years */
    /* hand: April and May are closed: 10 + 20 and, in the second future, 2 more */
    ck_assert_double_eq_tol(at(future.closed, 0), 30, 1e-9);
    ck_assert_double_eq_tol(at(future.closed, 1), 32, 1e-9);
    /* hand: 30 + .. + 120 = 750 */
    ck_assert_double_eq_tol(at(future.rest, 0), 750, 1e-9);
    ck_assert_double_eq_tol(at(future.rest, 1), 760, 1e-9);
    /* hand: 130 + .. + 240 = 2220 */
    ck_assert_double_eq_tol(at(future.later, 0), 2220, 1e-9);
    ck_assert_double_eq_tol(future.later_nights[PLACEMENT_RES_EXTERNAL], 12 * 100 + (12 + 23) * 6, 1e-9);
    ck_assert_double_eq_tol(future.nights[0][PLACEMENT_RES_EXTERNAL], 100, 1e-9);
    ck_assert_double_eq_tol(future.monthly[11][PLACEMENT_RES_EXTERNAL], 120.5, 1e-9);
    ck_assert(future.has_end);
    ck_assert_double_eq_tol(future.end_children[PLACEMENT_RES_EXTERNAL], .5, 1e-9);
}
END_TEST

START_TEST(from_the_middle_of_the_year)
{
    struct err err = {0};
    make_draws(6);
    ck_assert(finance_future_make(&draws, YEAR, date_from_civil(2026, 9, 30), 5, 5, &future, &err));
    ck_assert_int_eq(future.n_years, 1);
    ck_assert_double_eq_tol(at(future.closed, 0), 0, 1e-9);
    ck_assert_double_eq_tol(at(future.rest, 0), 210, 1e-9); /* hand: 10 + .. + 60 */
    ck_assert_double_eq_tol(future.nights[5][PLACEMENT_RES_EXTERNAL], 0, 1e-9);
    ck_assert_double_eq_tol(future.nights[6][PLACEMENT_RES_EXTERNAL], 100, 1e-9);
}
END_TEST

START_TEST(what_it_cannot_work_from)
{
    struct err err = {0};
    make_draws(11);
    ck_assert(!finance_future_make(&draws, YEAR, date_from_civil(2026, 3, 31), 0, 5, &future, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    ck_assert_ptr_nonnull(strstr(err.message, "ends before"));
    free(draws.costs);
    draws.costs = NULL;
    ck_assert(!finance_future_make(&draws, YEAR, date_from_civil(2026, 3, 31), 0, 5, &future, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "by placement"));
}
END_TEST

Suite *suite_finance_future(void)
{
    Suite *suite = suite_create("finance_future");
    TCase *tests = tcase_create("finance_future");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, from_the_year_before);
    tcase_add_test(tests, from_the_middle_of_the_year);
    tcase_add_test(tests, what_it_cannot_work_from);
    suite_add_tcase(suite, tests);
    return suite;
}
