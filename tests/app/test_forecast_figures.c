/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/forecast_figures.h"

#include <check.h>

#include "app/forecast_tables.h"

Suite *suite_forecast_figures(void);

enum { MEAN = 6, P90 = 13 };

static void add(struct table *table, const char *scenario, const char *measure, const char *group, pence mean)
{
    struct err err = {0};
    struct table_cell *row = table_add_row(table, &err);
    ck_assert(table_set_text(table, &row[0], "Oakshire", &err) &&
              table_set_text(table, &row[1], scenario, &err) &&
              table_set_text(table, &row[3], measure, &err) && table_set_text(table, &row[4], group, &err));
    table_set_gbp(&row[MEAN], mean);
    table_set_gbp(&row[P90], 2 * mean);
}

static void make(struct table *table)
{
    forecast_table_init(table, "cost");
    add(table, "baseline", "cost", "all", 100);
    add(table, "baseline", "cost", "all", 101);
    add(table, "baseline", "cost", "all", 103);
    add(table, "best", "cost", "all", 1);
    add(table, "best", "cost", "placement:secure", 7);
}

START_TEST(finds_the_months_of_a_series)
{
    struct table table;
    struct table_cell sum;
    make(&table);
    const struct figures all = figures_find(&table, "Oakshire", "baseline", "cost", "all");
    ck_assert_int_eq(all.months, 3);
    ck_assert_int_eq(figures_at(&all, 1, FIGURE_MEAN)->as.integer, 101);
    ck_assert_int_eq(figures_at(&all, 2, FIGURE_P90)->as.integer, 206);
    ck_assert_ptr_null(figures_at(&all, 3, FIGURE_MEAN));
    ck_assert_ptr_null(figures_at(&all, -1, FIGURE_MEAN));
    ck_assert(figures_sum(&all, 1, 2, &sum));
    ck_assert_int_eq(sum.kind, CELL_GBP);
    ck_assert_int_eq(sum.as.integer, 204);
    ck_assert(!figures_sum(&all, 1, 3, &sum));
    ck_assert_int_eq(figures_find(&table, "Oakshire", "best", "cost", "placement:secure").months, 1);
    ck_assert_int_eq(figures_find(&table, "Ashshire", "best", "cost", "all").months, 0);
    table_free(&table);
}
END_TEST

/* A total with a hidden part in it would give the part away. */
START_TEST(a_hidden_month_hides_the_year)
{
    struct table table;
    struct table_cell sum;
    struct err err = {0};
    make(&table);
    ck_assert(table_set_text(&table, &table.cells[table.n_columns + MEAN], "c", &err));
    const struct figures all = figures_find(&table, "Oakshire", "baseline", "cost", "all");
    ck_assert(figures_sum(&all, 0, 2, &sum));
    ck_assert_int_eq(sum.kind, CELL_TEXT);
    ck_assert_str_eq(sum.as.text, "c");
    ck_assert(figures_sum(&all, 2, 2, &sum));
    ck_assert_int_eq(sum.as.integer, 103);
    table_free(&table);
}
END_TEST

/* As printed: .1 and .2 are .3, though their doubles are not. */
START_TEST(hundredths_add_up_as_printed)
{
    struct table_cell sum = {.kind = CELL_EMPTY};
    for (int i = 0; i < 10; i++) {
        const struct table_cell tenth = {.kind = CELL_REAL, .as.real = .1};
        figures_add(&sum, &tenth);
    }
    ck_assert(sum.as.real <= 1.0 && sum.as.real >= 1.0); /* ten times .1 in doubles is .9999999999999999 */
}
END_TEST

Suite *suite_forecast_figures(void)
{
    Suite *suite = suite_create("forecast_figures");
    TCase *tcase = tcase_create("forecast_figures");
    tcase_add_test(tcase, finds_the_months_of_a_series);
    tcase_add_test(tcase, a_hidden_month_hides_the_year);
    tcase_add_test(tcase, hundredths_add_up_as_printed);
    suite_add_tcase(suite, tcase);
    return suite;
}
