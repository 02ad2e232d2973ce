/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/durations.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "tests/build_history.h"

Suite *suite_durations(void);

static const struct group all = {GROUP_ALL, 0};

static const struct table_cell *cell(const struct table *table, size_t row, const char *column)
{
    return table_at(table, row, table_column_index(table, column));
}

/* Twelve children who enter on 2021-04-01 and are still in care at the end: enough at risk for a curve. */
static void twelve(struct history *history)
{
    for (int i = 0; i < 12; i++) {
        build_child(history, on(2015, 1, 1));
        build_spell(history, on(2021, 4, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
    }
}

START_TEST(at_risk_from_the_day_before_the_first_return)
{
    /* hand: returns 2021 and 2022, 2020-04-01 to 2022-03-31. A stay from 2020-03-01 ends on 2020-04-11 after
     * 41 days: at risk from day 30 on. One that ended before 2020-03-31 is not at all, one open at the end is
     * censored after 365 - 1 days in the year. */
    struct history history;
    struct survival curve;
    struct err err = {0};
    int64_t unknown = 0;
    build_init(&history, 2021, 2022);
    twelve(&history);
    build_child(&history, on(2015, 1, 1));
    build_spell(&history, on(2018, 1, 1), on(2020, 3, 31), ROUTE_HOME, PLACEMENT_FOSTER_KIN);
    build_spell(&history, on(2021, 4, 1), on(2021, 5, 12), ROUTE_HOME, PLACEMENT_FOSTER_KIN); /* 41 days */
    build_child(&history, on(2015, 1, 1));
    build_spell(&history, on(2020, 3, 1), on(2020, 4, 11), ROUTE_SGO, PLACEMENT_FOSTER_KIN); /* 41 days */
    build_child(&history, on(2015, 1, 1));
    build_spell(&history, on(2019, 3, 1), on(2021, 4, 11), ROUTE_SGO, PLACEMENT_FOSTER_KIN);
    history.spells[history.n_spells - 1].start_known = false;
    ck_assert_msg(durations_fit(&history, all, &curve, &unknown, &err), "%s", err.message);
    ck_assert_int_eq(unknown, 1);
    ck_assert_uint_eq(curve.n_stays, 14);
    ck_assert_uint_eq(curve.n_late, 1);
    ck_assert_uint_eq(curve.n_rows, 1);
    ck_assert_int_eq(curve.rows[0].time, 41);
    ck_assert_int_eq(curve.rows[0].at_risk, 14);
    ck_assert_int_eq(curve.rows[0].events, 2);
    ck_assert_double_eq_tol(survival_incidence_at(&curve, ROUTE_HOME + 1, 41), 1.0 / 14, 1e-15);
    ck_assert_double_eq_tol(survival_incidence_at(&curve, ROUTE_SGO + 1, 41), 1.0 / 14, 1e-15);
    survival_free(&curve);
    build_free(&history);
}
END_TEST

START_TEST(lost_children_and_late_exits_are_censored)
{
    /* hand: lost on 2021-04-01 (the last return that names the child ends on 31 March): no event. An exit on
     * 2022-04-01 belongs to the next return: no event either. */
    struct history history;
    struct survival curve;
    struct err err = {0};
    build_init(&history, 2021, 2022);
    twelve(&history);
    build_child(&history, on(2015, 1, 1));
    build_spell(&history, on(2020, 5, 1), on(2021, 4, 1), ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
    history.spells[history.n_spells - 1].lost = true;
    build_child(&history, on(2015, 1, 1));
    build_spell(&history, on(2020, 5, 1), on(2022, 4, 1), ROUTE_HOME, PLACEMENT_FOSTER_KIN);
    ck_assert(durations_fit(&history, all, &curve, NULL, &err));
    ck_assert_uint_eq(curve.n_rows, 0);
    ck_assert_int_eq(curve.n_events, 0);
    survival_free(&curve);
    build_free(&history);
}
END_TEST

START_TEST(groups_are_those_of_the_start)
{
    /* hand: moved and older later, the stay stays with foster kin, 5 to 9 */
    struct history history;
    struct survival curve;
    struct err err = {0};
    build_init(&history, 2021, 2022);
    build_child(&history, on(2011, 6, 1));
    build_spell(&history, on(2021, 5, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
    build_move(&history, on(2021, 7, 1), PLACEMENT_SECURE);
    const struct group in[] = {
        {GROUP_PLACEMENT, PLACEMENT_FOSTER_KIN}, {GROUP_AGE, AGE_5_9}, {GROUP_NEED, NEED_N1}};
    const struct group out[] = {{GROUP_PLACEMENT, PLACEMENT_SECURE}, {GROUP_AGE, AGE_10_15}, {GROUP_UASC, 0}};
    for (size_t i = 0; i < 3; i++) {
        ck_assert(durations_fit(&history, in[i], &curve, NULL, &err));
        ck_assert_uint_eq(curve.n_stays, 1);
        survival_free(&curve);
        ck_assert(durations_fit(&history, out[i], &curve, NULL, &err));
        ck_assert_uint_eq(curve.n_stays, 0);
        survival_free(&curve);
    }
    build_free(&history);
}
END_TEST

START_TEST(tables_of_curves)
{
    struct history history;
    struct table table;
    struct err err = {0};
    build_random(&history, 5, 400, 2018, 2022, 0);
    ck_assert_msg(durations_table(&history, &table, &err), "%s", err.message);
    ck_assert_uint_gt(table.n_rows, 24);
    for (size_t i = 0; i < table.n_rows; i++) {
        double sum = cell(&table, i, "in_care")->as.real;
        for (int route = 0; route < ROUTE_COUNT; route++)
            sum += cell(&table, i, route_name((enum route)route))->as.real;
        ck_assert_double_eq_tol(sum, 1.0, 1e-12); /* incidences and survival sum to 1 */
    }
    ck_assert_int_eq(cell(&table, 1, "days")->as.integer, 30); /* round(365.25 / 12) */
    table_free(&table);
    ck_assert(durations_summary_table(&history, &table, &err));
    ck_assert_uint_eq(table.n_rows, 6);
    ck_assert_str_eq(cell(&table, 0, "group")->as.text, "all");
    int64_t periods = 0;
    for (size_t i = 1; i < 6; i++)
        periods += cell(&table, i, "periods")->as.integer;
    ck_assert_int_eq(periods, cell(&table, 0, "periods")->as.integer);
    table_free(&table);
    build_free(&history);
}
END_TEST

START_TEST(completed_durations_take_the_last_leaving)
{
    /* hand: two leavings in 2021-22, 30 and 400 days: the second counts; another child 56 days: mean 228 */
    struct history history;
    struct table table;
    struct err err = {0};
    build_init(&history, 2021, 2022);
    build_child(&history, on(2012, 1, 1));
    build_spell(&history, on(2021, 5, 1), on(2021, 5, 31), ROUTE_HOME, PLACEMENT_FOSTER_KIN);
    history.spells[0].start = on(2020, 5, 1); /* 395 days, but not the last */
    build_spell(&history, on(2021, 6, 1), on(2022, 3, 31), ROUTE_HOME, PLACEMENT_FOSTER_KIN);
    history.spells[1].start = on(2021, 2, 24); /* 400 days */
    build_child(&history, on(2012, 1, 1));
    build_spell(&history, on(2021, 4, 1), on(2021, 5, 27), ROUTE_HOME, PLACEMENT_FOSTER_KIN); /* 56 days */
    ck_assert(durations_completed_table(&history, &table, &err));
    ck_assert_uint_eq(table.n_rows, 2);
    ck_assert_int_eq(cell(&table, 0, "leavers")->as.integer, 0);
    ck_assert_int_eq(cell(&table, 0, "mean_days")->kind, CELL_EMPTY);
    ck_assert_int_eq(cell(&table, 1, "leavers")->as.integer, 2);
    ck_assert_double_eq_tol(cell(&table, 1, "mean_days")->as.real, 228.0, 1e-12);
    ck_assert_double_eq_tol(cell(&table, 1, "median_days")->as.real, 228.0, 1e-12);
    ck_assert_int_eq(cell(&table, 1, "under_8_weeks")->as.integer, 0);
    ck_assert_int_eq(cell(&table, 1, "8_weeks_to_6_months")->as.integer, 1);
    ck_assert_int_eq(cell(&table, 1, "1_to_2_years")->as.integer, 1);
    table_free(&table);
    build_free(&history);
}
END_TEST

Suite *suite_durations(void)
{
    Suite *suite = suite_create("durations");
    TCase *tcase = tcase_create("durations");
    tcase_add_test(tcase, at_risk_from_the_day_before_the_first_return);
    tcase_add_test(tcase, lost_children_and_late_exits_are_censored);
    tcase_add_test(tcase, groups_are_those_of_the_start);
    tcase_add_test(tcase, tables_of_curves);
    tcase_add_test(tcase, completed_durations_take_the_last_leaving);
    suite_add_tcase(suite, tcase);
    return suite;
}
