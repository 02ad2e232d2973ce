/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/measures.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tests/build_history.h"

Suite *suite_measures(void);

static const char *text_at(const struct table *table, size_t row, const char *column)
{
    const struct table_cell *cell = table_at(table, row, table_column_index(table, column));
    return cell->kind == CELL_TEXT ? cell->as.text : "";
}

static int64_t integer_at(const struct table *table, size_t row, const char *column)
{
    const struct table_cell *cell = table_at(table, row, table_column_index(table, column));
    ck_assert_int_eq(cell->kind, CELL_INTEGER);
    return cell->as.integer;
}

static day day_at(const struct table *table, size_t row)
{
    return table_at(table, row, 1)->as.date;
}

START_TEST(every_measure_and_group_of_observed_months)
{
    /* hand: two years are 24 months; stock has 25 dates. Kinds: all 1, placement 11, age 5, legal 7, need 9,
     * locality 3, uasc 1 = 37 series; exits have 8 routes more. stock 37 x 25; five flows 37 x 24; routes 8 x
     * 24. */
    struct history history;
    struct counts counts;
    struct table table;
    struct err err = {0};
    build_random(&history, 3, 60, 2020, 2021, 3);
    ck_assert(counts_make(&history, history.start - 1, history.end, &counts, &err));
    ck_assert_msg(measures_table(&history, &counts, &table, &err), "%s", err.message);
    ck_assert_uint_eq(table.n_rows, 37 * 25 + 5 * 37 * 24 + 8 * 24);
    ck_assert_str_eq(table.name, "history");
    bool flow_before = false;
    bool cost = false;
    int64_t last_stock = -1;
    for (size_t i = 0; i < table.n_rows; i++) {
        const bool is_stock = strcmp(text_at(&table, i, "measure"), "stock") == 0;
        flow_before = flow_before || (!is_stock && day_at(&table, i) < history.start);
        cost = cost || strcmp(text_at(&table, i, "measure"), "cost") == 0;
        ck_assert_int_ge(day_at(&table, i), on(2019, 3, 31));
        ck_assert_int_eq(day_at(&table, i), date_month_end(day_at(&table, i), 0));
        if (is_stock && strcmp(text_at(&table, i, "group"), "all") == 0)
            last_stock = integer_at(&table, i, "value");
    }
    ck_assert(!flow_before && !cost);
    ck_assert_int_eq(last_stock, counts_at(&counts, MEASURE_STOCK, (struct group){GROUP_ALL, 0}, 24));
    ck_assert_str_eq(text_at(&table, 0, "la"), "Testshire");
    ck_assert_str_eq(text_at(&table, 25 * (1 + 11 + 5 + 7 + 9), "group"), "locality:locality A");
    ck_assert_str_eq(text_at(&table, table.n_rows - 1, "unit"), "children");
    table_free(&table);
    counts_free(&counts);
    build_free(&history);
}
END_TEST

START_TEST(months_before_the_returns_are_never_written)
{
    struct history history;
    struct counts counts;
    struct table table;
    struct err err = {0};
    build_random(&history, 4, 60, 2020, 2020, 0);
    ck_assert(counts_make(&history, on(2015, 1, 1), history.end, &counts, &err));
    ck_assert(measures_table(&history, &counts, &table, &err));
    for (size_t i = 0; i < table.n_rows; i++)
        ck_assert_int_ge(day_at(&table, i), on(2019, 3, 31));
    table_free(&table);
    counts_free(&counts);
    build_free(&history);
}
END_TEST

START_TEST(years_are_marked_by_what_is_known)
{
    /* hand: in since 2016-05-01, moved 2018-06-01, home 2018-12-01, back 2019-02-01; returns 2019 and 2020.
     */
    struct history history;
    struct year_count *years = NULL;
    size_t n = 0;
    struct table table = {0};
    struct err err = {0};
    build_init(&history, 2019, 2020);
    build_child(&history, on(2010, 1, 1));
    build_spell(&history, on(2016, 5, 1), on(2018, 12, 1), ROUTE_HOME, PLACEMENT_FOSTER_IFA);
    build_move(&history, on(2018, 6, 1), PLACEMENT_SUPPORTED);
    build_spell(&history, on(2019, 2, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_IFA);
    ck_assert(measures_by_year(&history, 2, &years, &n, &err));
    ck_assert_uint_eq(n, 4); /* 2017 to 2020 */
    ck_assert(!years[0].stock_observed && !years[0].flows_observed);
    ck_assert(years[1].stock_observed && !years[1].flows_observed); /* 31 March 2018 is in the first return */
    ck_assert(years[2].stock_observed && years[2].flows_observed);
    ck_assert_int_eq(years[0].entries, 1);
    ck_assert_int_eq(years[1].stock, 1);
    ck_assert_int_eq(years[2].entries, 1);
    ck_assert_int_eq(years[2].exits, 1);
    ck_assert_int_eq(years[2].moves, 1);
    ck_assert_int_eq(years[2].readmissions, 1);
    ck_assert_int_eq(years[2].nights, 244 + 59); /* 1 April to 30 November; 1 February to 31 March */
    ck_assert_int_eq(years[3].nights, 366);
    ck_assert(measures_year_table("Testshire", years, n, &table, &err));
    ck_assert_str_eq(text_at(&table, 0, "year"), "2016-17");
    ck_assert_str_eq(text_at(&table, 0, "note"), "survivors only");
    ck_assert_str_eq(text_at(&table, 1, "note"), "flows: survivors only");
    ck_assert_str_eq(text_at(&table, 2, "note"), "");
    ck_assert_int_eq(integer_at(&table, 2, "stock"), 1);
    ck_assert(measures_year_table("Otherton", years, 1, &table, &err)); /* adds to what is there */
    ck_assert_uint_eq(table.n_rows, 5);
    ck_assert_str_eq(text_at(&table, 4, "la"), "Otherton");
    table_free(&table);
    free(years);
    build_free(&history);
}
END_TEST

Suite *suite_measures(void)
{
    Suite *suite = suite_create("measures");
    TCase *tcase = tcase_create("measures");
    tcase_add_test(tcase, every_measure_and_group_of_observed_months);
    tcase_add_test(tcase, months_before_the_returns_are_never_written);
    tcase_add_test(tcase, years_are_marked_by_what_is_known);
    suite_add_tcase(suite, tcase);
    return suite;
}
