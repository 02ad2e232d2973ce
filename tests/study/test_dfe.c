/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/dfe.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "data/counts.h"
#include "tests/build_history.h"

Suite *suite_dfe(void);

static int64_t count(const struct history *history, int32_t year, enum dfe_measure measure)
{
    struct dfe_counts counts;
    dfe_count(history, year, measure, &counts);
    return counts.of[GROUP_ALL][0];
}

START_TEST(children_not_events)
{
    /* hand: one child enters twice and leaves twice in 2021-22, once from foster kin at 9, once from
     * supported at 10: one start (at 9), one leaver (custody), during the year 1. Two entries, two exits as
     * events. */
    struct history history;
    struct dfe_counts counts;
    build_init(&history, 2021, 2022);
    build_child(&history, on(2011, 7, 1));
    build_spell(&history, on(2021, 5, 1), on(2021, 6, 1), ROUTE_HOME, PLACEMENT_FOSTER_KIN);
    build_spell(&history, on(2021, 8, 1), on(2022, 3, 31), ROUTE_CUSTODY, PLACEMENT_SUPPORTED);
    ck_assert_int_eq(count(&history, 2022, DFE_STOCK), 0); /* left on 31 March: out at its end */
    dfe_count(&history, 2022, DFE_STARTS, &counts);
    ck_assert_int_eq(counts.of[GROUP_ALL][0], 1);
    ck_assert_int_eq(counts.of[GROUP_AGE][AGE_5_9], 1);
    ck_assert_int_eq(counts.of[GROUP_PLACEMENT][PLACEMENT_FOSTER_KIN], 1);
    dfe_count(&history, 2022, DFE_LEAVERS, &counts);
    ck_assert_int_eq(counts.of[GROUP_ALL][0], 1);
    ck_assert_int_eq(counts.of[GROUP_AGE][AGE_10_15], 1);
    ck_assert_int_eq(counts.of[GROUP_ROUTE][ROUTE_CUSTODY], 1);
    ck_assert_int_eq(counts.of[GROUP_ROUTE][ROUTE_HOME], 0);
    ck_assert_int_eq(count(&history, 2022, DFE_DURING), 1);
    ck_assert_int_eq(count(&history, 2021, DFE_DURING), 0);
    build_free(&history);
}
END_TEST

/* Over random authorities: stock as history.csv has it; starts and leavers not more than the events; during
 * the year = stock of the 31 March before and the children who started and were not in it. */
START_TEST(agrees_with_events)
{
    struct history history;
    struct counts events;
    struct err err = {0};
    const struct group all = {GROUP_ALL, 0};
    build_random(&history, (uint64_t)_i + 1, 200, 2018, 2022, 0);
    ck_assert(counts_make(&history, history.start - 1, history.end, &events, &err));
    for (int32_t year = 2018; year <= 2022; year++) {
        const day from = date_year_end(year - 1) + 1;
        const day to = date_year_end(year);
        ck_assert_int_eq(count(&history, year, DFE_STOCK),
                         counts_at(&events, MEASURE_STOCK, all, counts_month(&events, to)));
        ck_assert_int_le(count(&history, year, DFE_STARTS),
                         counts_sum(&events, MEASURE_ENTRIES, all, from, to));
        ck_assert_int_le(count(&history, year, DFE_LEAVERS),
                         counts_sum(&events, MEASURE_EXITS, all, from, to));
        int64_t during = 0;
        for (size_t i = 0; i < history.n_children; i++) {
            const struct child *child = &history.children[i];
            bool was_in = false;
            bool starts = false;
            for (int32_t s = child->first_spell; s < child->first_spell + child->n_spells; s++) {
                was_in = was_in || (history.spells[s].start < from && history.spells[s].end >= from);
                starts = starts || (history.spells[s].start >= from && history.spells[s].start <= to);
            }
            during += was_in || starts;
        }
        ck_assert_int_eq(count(&history, year, DFE_DURING), during);
    }
    counts_free(&events);
    build_free(&history);
}
END_TEST

START_TEST(differences_are_noted)
{
    struct history history;
    struct table table;
    struct err err = {0};
    double stock[] = {100, (double)NAN};
    double flow[] = {3, 0};
    const struct yearly yearly = {.la_name = "Testshire",
                                  .first_year = 2021,
                                  .n_years = 2,
                                  .stock = stock,
                                  .starts = flow,
                                  .leavers = flow};
    build_init(&history, 2021, 2022);
    build_child(&history, on(2012, 1, 1));
    build_spell(&history, on(2020, 6, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
    ck_assert(dfe_table(&history, &yearly, &table, &err));
    ck_assert_str_eq(table_at(&table, 0, 3)->as.text, "stock"); /* 2020-21: 1 against 100 */
    ck_assert_int_eq(table_at(&table, 0, 5)->as.integer, 1);
    ck_assert_int_eq(table_at(&table, 0, 6)->as.integer, 100);
    ck_assert_int_eq(table_at(&table, 0, 7)->as.integer, -99);
    ck_assert_int_eq(table_at(&table, 0, 8)->kind, CELL_TEXT);
    size_t noted = 0;
    for (size_t i = 0; i < table.n_rows; i++)
        noted += table_at(&table, i, 8)->kind == CELL_TEXT;
    ck_assert_uint_eq(noted, 1); /* 2 children off in starts is near, NaN is no figure */
    table_free(&table);
    struct arena arena = {0};
    ck_assert_str_eq(dfe_far_years(&history, &yearly, &arena, &err), "2020-21 (1, published 100)");
    ck_assert_str_eq(dfe_far_years(&history, NULL, &arena, &err), "");
    arena_free(&arena);
    struct table years = {0};
    ck_assert(dfe_year_table(&history, &yearly, &years, &err));
    ck_assert_uint_eq(years.n_rows, 2);
    ck_assert_int_eq(table_at(&years, 0, 4)->as.integer, 1);   /* one start */
    ck_assert_int_eq(table_at(&years, 0, 6)->as.integer, 1);   /* one during the year */
    ck_assert_int_eq(table_at(&years, 0, 7)->as.integer, 100); /* published stock */
    ck_assert_int_eq(table_at(&years, 0, 8)->as.integer, 3);
    ck_assert_int_eq(table_at(&years, 1, 7)->kind, CELL_EMPTY);
    table_free(&years);
    ck_assert(dfe_table(&history, NULL, &table, &err));
    ck_assert_int_eq(table_at(&table, 0, 6)->kind, CELL_EMPTY);
    table_free(&table);
    build_free(&history);
}
END_TEST

START_TEST(panel)
{
    /* hand: 1374 of 170,000: 80.8 per 10,000 */
    double stock[] = {1281, 1374};
    double starts[] = {325, (double)NAN};
    double leavers[] = {389, 370};
    double population[] = {(double)NAN, 170000};
    const struct yearly yearly = {.la_name = "Leeds",
                                  .first_year = 2021,
                                  .n_years = 2,
                                  .stock = stock,
                                  .starts = starts,
                                  .leavers = leavers,
                                  .population = population};
    struct table table = {0};
    struct err err = {0};
    ck_assert(dfe_panel_table(&yearly, &table, &err));
    ck_assert_uint_eq(table.n_rows, 2);
    ck_assert_int_eq(table_at(&table, 0, 7)->kind, CELL_EMPTY);
    ck_assert_double_eq_tol(table_at(&table, 1, 7)->as.real, 80.8235294, 1e-6);
    ck_assert_int_eq(table_at(&table, 1, 4)->kind, CELL_EMPTY);
    ck_assert_double_eq(dfe_value(&yearly, DFE_LEAVERS, 2022), 370);
    ck_assert(isnan(dfe_value(&yearly, DFE_STOCK, 2023)));
    ck_assert_str_eq(dfe_name(DFE_DURING), "during_year");
    table_free(&table);
}
END_TEST

Suite *suite_dfe(void)
{
    Suite *suite = suite_create("dfe");
    TCase *tcase = tcase_create("dfe");
    tcase_add_test(tcase, children_not_events);
    tcase_add_loop_test(tcase, agrees_with_events, 0, 6);
    tcase_add_test(tcase, differences_are_noted);
    tcase_add_test(tcase, panel);
    suite_add_tcase(suite, tcase);
    return suite;
}
