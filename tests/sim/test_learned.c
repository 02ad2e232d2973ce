/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/learned.h"

#include <check.h>
#include <math.h>
#include <string.h>

Suite *suite_learned(void);

/* Two placements of one age: 10 child-years in p with 4 and 2 exits by two routes, 30 in q with 3 and 0; 12
 * changes of placement from p told twice; entries of two ages in the same 5 years. */
static void build(struct learned *learned)
{
    static const struct learned_rate rows[] = {
        {LEARNED_EXIT, "p", "home", "0", "0-27d", 4, 10, .4, .1, .9, .25},
        {LEARNED_EXIT, "p", "sgo", "0", "0-27d", 2, 10, .2, .0, .6, .50},
        {LEARNED_EXIT, "q", "home", "0", "28d+", 3, 30, .1, .0, .3, .75},
        {LEARNED_EXIT, "q", "sgo", "0", "28d+", 0, 30, .02, .0, .1, 1},
        {LEARNED_MOVE, "p", "", "0", "0-27d", 12, 10, 1.2, .6, 2, .1},
        {LEARNED_MOVE, "p", "p", "0", "", 5, 10, .5, .1, 1, .1},
        {LEARNED_MOVE, "p", "q", "0", "", 7, 10, .7, .2, 1, .1},
        {LEARNED_ENTRY, "", "p", "0", "", 40, 5, 8, 6, 10, .2},
        {LEARNED_ENTRY, "", "p", "1-4", "", 10, 5, 2, 1, 3, .4},
    };
    struct err err = {0};
    *learned = (struct learned){0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        ck_assert(learned_add_rate(learned, &rows[i], &err));
}

START_TEST(sums_share_child_years)
{
    struct learned learned;
    struct learned_rate sum;
    build(&learned);
    /* by hand: 4 + 2 + 3 + 0 events; 10 + 30 years; expected 4 + 2 + 3 + .6; borrowed (1 + 1 + 2.25 + .6)
     * / 9.6 */
    ck_assert(learned_sum(&learned, &(struct learned_rate){.process = LEARNED_EXIT}, &sum));
    ck_assert_double_eq(sum.occurrences, 9);
    ck_assert_double_eq(sum.child_years, 40);
    ck_assert_double_eq_tol(sum.rate, 9.6 / 40, 1e-12);
    ck_assert_double_eq_tol(sum.borrowed, 4.85 / 9.6, 1e-12);
    ck_assert_str_eq(sum.to, "");
    /* by hand: 4 and 3 of home; 7 expected in 40 years */
    ck_assert(learned_sum(&learned, &(struct learned_rate){.process = LEARNED_EXIT, .to = "home"}, &sum));
    ck_assert_double_eq(sum.occurrences, 7);
    ck_assert_double_eq(sum.child_years, 40);
    ck_assert_double_eq_tol(sum.rate, 7. / 40, 1e-12);
    ck_assert_str_eq(sum.to, "home");
    ck_assert(learned_sum(&learned, &(struct learned_rate){.process = LEARNED_EXIT, .from = "q"}, &sum));
    ck_assert_double_eq(sum.child_years, 30);
    ck_assert(!learned_sum(&learned, &(struct learned_rate){.process = LEARNED_EXIT, .from = "x"}, &sum));
    learned_free(&learned);
}
END_TEST

START_TEST(changes_of_placement_count_once)
{
    struct learned learned;
    struct learned_rate sum;
    build(&learned);
    ck_assert(learned_sum(&learned, &(struct learned_rate){.process = LEARNED_MOVE}, &sum));
    ck_assert_double_eq(sum.occurrences, 12);
    ck_assert_double_eq(sum.child_years, 10);
    ck_assert(learned_sum(&learned, &(struct learned_rate){.process = LEARNED_MOVE, .to = "q"}, &sum));
    ck_assert_double_eq(sum.occurrences, 7);
    learned_free(&learned);
}
END_TEST

START_TEST(entries_add_up_over_the_same_years)
{
    struct learned learned;
    struct learned_rate sum;
    build(&learned);
    ck_assert(learned_sum(&learned, &(struct learned_rate){.process = LEARNED_ENTRY}, &sum));
    ck_assert_double_eq(sum.occurrences, 50);
    ck_assert_double_eq(sum.child_years, 5);
    ck_assert_double_eq_tol(sum.rate, 10, 1e-12);                /* 8 + 2 a year */
    ck_assert_double_eq_tol(sum.borrowed, (8 + 4.) / 50, 1e-12); /* .2 of 40 expected, .4 of 10 */
    learned_free(&learned);
}
END_TEST

START_TEST(limits_are_of_a_gamma)
{
    double low;
    double high;
    /* shape 1 is the exponential: -log(.975) and -log(.025) times the mean */
    learned_limits(2, 1, &low, &high);
    ck_assert_double_eq_tol(low, 2 * -log(.975), 1e-9);
    ck_assert_double_eq_tol(high, 2 * -log(.025), 1e-9);
    /* R 4.2: qgamma(c(.025, .975), 2 + 5.634705178, 20.5 + 33.410846162); mean .14161724 */
    learned_limits((2 + 5.634705178) / (20.5 + 33.410846162), 2 + 5.634705178, &low, &high);
    ck_assert_double_eq_tol(low, .0596810048, 1e-9);
    ck_assert_double_eq_tol(high, .2583445558, 1e-9);
    learned_limits(0, 1, &low, &high);
    ck_assert_double_eq(low, 0);
    ck_assert_double_eq(high, 0);
}
END_TEST

/* A sum's limits are those of its events and half a one: 4 exits in the 10 years of p by home. */
START_TEST(limits_of_a_sum)
{
    struct learned learned;
    struct learned_rate sum;
    double low;
    double high;
    build(&learned);
    ck_assert(learned_sum(&learned,
                          &(struct learned_rate){.process = LEARNED_EXIT, .from = "p", .to = "home"}, &sum));
    learned_limits(.4, 4.5, &low, &high);
    ck_assert_double_eq_tol(sum.low, low, 1e-12);
    ck_assert_double_eq_tol(sum.high, high, 1e-12);
    learned_free(&learned);
}
END_TEST

START_TEST(residuals_are_pearson)
{
    ck_assert_double_eq_tol(learned_residual(12, 9, 1.5 * 9), 3 / sqrt(13.5), 1e-12); /* by hand */
    ck_assert(isnan(learned_residual(1, 0, 0)));
}
END_TEST

START_TEST(durations_are_read)
{
    static const struct {
        const char *text;
        bool ok;
        int32_t first, last;
    } cases[] = {{"0-27d", true, 0, 27},
                 {"365-547d", true, 365, 547},
                 {"1460d+", true, 1460, DAY_OPEN},
                 {"unknown", false, 0, 0},
                 {"", false, 0, 0},
                 {"28-d", false, 0, 0},
                 {"28-20d", false, 0, 0},
                 {"28", false, 0, 0},
                 {"28-90", false, 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int32_t first = -1;
        int32_t last = -1;
        ck_assert_msg(learned_duration(cases[i].text, &first, &last) == cases[i].ok, "%s", cases[i].text);
        ck_assert_int_eq(first, cases[i].ok ? cases[i].first : -1);
        ck_assert_int_eq(last, cases[i].ok ? cases[i].last : -1);
    }
}
END_TEST

START_TEST(facts_are_found_by_name)
{
    struct learned learned = {0};
    struct err err = {0};
    ck_assert(learned_add_fact(&learned, "children", 12, "children", "looked after", &err));
    ck_assert_double_eq(learned_value(&learned, "children"), 12);
    ck_assert(isnan(learned_value(&learned, "child")));
    ck_assert(!learned_add_note(&learned, LEARNED_GIVEN, NULL, &err));
    learned_free(&learned);
}
END_TEST

static const char *text_at(const struct table *table, size_t row, const char *column)
{
    const struct table_cell *cell = table_at(table, row, table_column_index(table, column));
    return cell->kind == CELL_TEXT ? cell->as.text : "";
}

START_TEST(tables_have_the_public_columns)
{
    struct learned learned;
    struct table table = {0};
    struct err err = {0};
    static const char *const rates[] = {"model",       "process",     "from", "to",  "age",  "duration",
                                        "occurrences", "child_years", "rate", "low", "high", "borrowed"};
    build(&learned);
    ck_assert(learned_add_check(
        &learned, &(struct learned_check){LEARNED_EXIT, LEARNED_BY_MONTH, "2021-04", 3, 2.5, NAN}, &err));
    ck_assert(learned_add_month(
        &learned, &(struct learned_month){LEARNED_ENTRY, date_from_civil(2021, 4, 30), 3, 2, 1.5, .1, 1, 2},
        &err));
    ck_assert(learned_rates_table(&learned, "carepath", &table, &err));
    ck_assert_str_eq(table.name, "rates");
    ck_assert_uint_eq(table.n_columns, sizeof rates / sizeof rates[0]);
    for (size_t i = 0; i < table.n_columns; i++)
        ck_assert_str_eq(table.columns[i].name, rates[i]);
    ck_assert_uint_eq(table.n_rows, 9);
    ck_assert_str_eq(text_at(&table, 0, "model"), "carepath");
    ck_assert_str_eq(text_at(&table, 0, "process"), "exit");
    ck_assert_str_eq(text_at(&table, 5, "duration"), "");
    ck_assert_int_eq(table_at(&table, 5, 5)->kind, CELL_EMPTY);
    table_free(&table);
    ck_assert(learned_checks_table(&learned, "carepath", &table, &err));
    ck_assert_str_eq(text_at(&table, 0, "dimension"), "month");
    ck_assert_int_eq(table_at(&table, 0, table_column_index(&table, "residual"))->kind, CELL_EMPTY);
    table_free(&table);
    ck_assert(learned_levels_table(&learned, "carepath", &table, &err));
    ck_assert_double_eq(table_at(&table, 0, table_column_index(&table, "level"))->as.real, 1.5);
    table_free(&table);
    ck_assert(learned_facts_table(&learned, "carepath", &table, &err));
    ck_assert_uint_eq(table.n_rows, 0);
    table_free(&table);
    learned_free(&learned);
}
END_TEST

Suite *suite_learned(void)
{
    Suite *suite = suite_create("learned");
    TCase *tests = tcase_create("learned");
    tcase_add_test(tests, sums_share_child_years);
    tcase_add_test(tests, changes_of_placement_count_once);
    tcase_add_test(tests, entries_add_up_over_the_same_years);
    tcase_add_test(tests, limits_are_of_a_gamma);
    tcase_add_test(tests, limits_of_a_sum);
    tcase_add_test(tests, residuals_are_pearson);
    tcase_add_test(tests, durations_are_read);
    tcase_add_test(tests, facts_are_found_by_name);
    tcase_add_test(tests, tables_have_the_public_columns);
    suite_add_tcase(suite, tests);
    return suite;
}
