/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables and charts of what a model learned: by hand from rows made here, and by the flagship over an
 * authority. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/fit_charts.h"
#include "app/fit_numbers.h"
#include "models/models.h"
#include "tests/build_history.h"

Suite *suite_fit(void);

static const char *text_at(const struct table *table, size_t row, size_t column)
{
    const struct table_cell *cell = table_at(table, row, column);
    return cell->kind == CELL_TEXT ? cell->as.text : "";
}

static void add_rate(struct learned *learned, const struct learned_rate *rate)
{
    struct err err = {0};
    ck_assert(learned_add_rate(learned, rate, &err));
}

/* 8 exits home and 2 by adoption in 40 years of agency care, 30 changes of placement; 100 entries in 5 years.
 */
static void build(struct learned *learned)
{
    struct err err = {0};
    *learned = (struct learned){.from = on(2017, 4, 1), .to = on(2022, 3, 31)};
    add_rate(learned, &(struct learned_rate){LEARNED_EXIT, "foster_ifa", "home", "5-9", "0-27d", 8, 40, .2,
                                             .1, .3, .5});
    add_rate(learned, &(struct learned_rate){LEARNED_EXIT, "foster_ifa", "adoption", "5-9", "0-27d", 2, 40,
                                             .05, .0, .1, .5});
    add_rate(learned,
             &(struct learned_rate){LEARNED_MOVE, "foster_ifa", "", "5-9", "0-27d", 30, 40, .75, .5, 1, .1});
    add_rate(learned,
             &(struct learned_rate){LEARNED_ENTRY, "", "foster_ifa", "5-9", "", 100, 5, 20, 16, 24, .1});
    ck_assert(learned_add_fact(learned, "strength_home", 3.5, "events", "worth", &err));
}

START_TEST(summary_has_a_row_a_route)
{
    struct learned learned;
    struct table table = {0};
    struct err err = {0};
    build(&learned);
    fit_summary_init(&table);
    ck_assert(fit_summary_add(&table, "Leeds", &learned, &err));
    /* home, adoption, all exits, changes, entries */
    ck_assert_uint_eq(table.n_rows, 5);
    static const char *const expected[][2] = {
        {"exit", "home"}, {"exit", "adoption"}, {"exit", "all"}, {"move", "all"}, {"entry", "all"}};
    for (size_t i = 0; i < 5; i++) {
        ck_assert_str_eq(text_at(&table, i, 0), "Leeds");
        ck_assert_str_eq(text_at(&table, i, 1), expected[i][0]);
        ck_assert_str_eq(text_at(&table, i, 2), expected[i][1]);
    }
    ck_assert_double_eq(table_at(&table, 2, 3)->as.real, 10);
    ck_assert_double_eq_tol(table_at(&table, 2, 5)->as.real, .25, 1e-12);
    table_free(&table);
    learned_free(&learned);
}
END_TEST

START_TEST(card_speaks_of_100_children)
{
    struct learned learned;
    struct table table = {0};
    struct err err = {0};
    double low;
    double high;
    char words[64];
    build(&learned);
    ck_assert(fit_placement_table(&table, &learned, &err));
    ck_assert_uint_eq(table.n_rows, 2); /* the agency, and all */
    ck_assert_str_eq(text_at(&table, 0, 0), "Foster: agency");
    ck_assert_str_eq(text_at(&table, 1, 0), "All");
    /* 20 in 100 a year; limits of 8 events and half a one */
    learned_limits(20, 8.5, &low, &high);
    snprintf(words, sizeof words, "20\u00a0(%.0f\u2060–\u2060%.0f)", low, high);
    ck_assert_str_eq(text_at(&table, 0, 2), words);
    learned_limits(5, 2.5, &low, &high); /* small: a decimal */
    snprintf(words, sizeof words, "5.0\u00a0(%.1f\u2060–\u2060%.1f)", low, high);
    ck_assert_str_eq(text_at(&table, 0, 4), words);
    ck_assert_str_eq(text_at(&table, 0, 3), ""); /* nobody told of guardians */
    table_free(&table);

    ck_assert(fit_process_table(&table, &learned, &err));
    ck_assert_str_eq(text_at(&table, 0, 0), "Returned home");
    ck_assert_double_eq_tol(table_at(&table, 0, 3)->as.real, 20, 1e-9);  /* of 100 */
    ck_assert_double_eq_tol(table_at(&table, 0, 6)->as.real, 50, 1e-9);  /* % borrowed */
    ck_assert_double_eq_tol(table_at(&table, 0, 7)->as.real, 3.5, 1e-9); /* the fact */
    ck_assert_str_eq(text_at(&table, 4, 0), "First entries");
    ck_assert_double_eq_tol(table_at(&table, 4, 3)->as.real, 20, 1e-9); /* a year, of nobody */
    table_free(&table);
    learned_free(&learned);
}
END_TEST

START_TEST(years_stand_in_one_row)
{
    struct learned learned;
    struct table table = {0};
    struct err err = {0};
    build(&learned);
    static const struct learned_check checks[] = {
        {LEARNED_ENTRY, LEARNED_BY_YEAR, "2020-21", 90, 100, -1},
        {LEARNED_ENTRY, LEARNED_BY_YEAR, "2021-22", 110, 100, 1},
        {LEARNED_EXIT, LEARNED_BY_YEAR, "2020-21", 5, 4, .5},
        {LEARNED_EXIT, LEARNED_BY_AGE, "5-9", 10, 10, 0},
        {LEARNED_ENTRY_UASC, LEARNED_BY_YEAR, "2020-21", 3, 4, -.5},
    };
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        ck_assert(learned_add_check(&learned, &checks[i], &err));
    ck_assert(fit_year_table(&table, &learned, &err));
    ck_assert_uint_eq(table.n_rows, 2);
    ck_assert_str_eq(text_at(&table, 0, 0), "2020-21");
    ck_assert_double_eq(table_at(&table, 0, 1)->as.real, 90);
    ck_assert_double_eq(table_at(&table, 0, 4)->as.real, 5);
    ck_assert_double_eq(table_at(&table, 1, 3)->as.real, 1);
    ck_assert_int_eq(table_at(&table, 1, 4)->kind, CELL_EMPTY);
    table_free(&table);
    learned_free(&learned);
}
END_TEST

static const struct chart_spec *chart_of(const struct chart_set *set, const char *name)
{
    for (size_t i = 0; i < set->n_charts; i++)
        if (strcmp(set->charts[i].name, name) == 0)
            return &set->charts[i];
    return NULL;
}

static const char *title_of(struct learned *learned, const char *name)
{
    static char title[256];
    struct chart_set set = {0};
    struct err err = {0};
    const struct fit_subject subject = {"Leeds", &model_carepath, learned, "Source: a test"};
    ck_assert_msg(fit_charts_add(&set, &subject, &err), "%s", err.message);
    const struct chart_spec *chart = chart_of(&set, name);
    snprintf(title, sizeof title, "%s", chart == NULL ? "" : chart->title);
    chart_set_free(&set);
    return title;
}

static const char *age(int i)
{
    static const char *const ages[] = {"0", "1-4", "5-9", "10-15", "16-17"};
    return ages[i];
}

/* 20 groups of 10 expected exits; so many of them saw 30 instead. */
static void build_groups(struct learned *learned, int beyond)
{
    static const char *const places[] = {"foster_kin", "foster_ifa", "parents", "secure"};
    *learned = (struct learned){.from = on(2017, 4, 1), .to = on(2022, 3, 31)};
    for (int i = 0; i < 20; i++)
        add_rate(learned, &(struct learned_rate){LEARNED_EXIT, places[i / 5], "home", age(i % 5), "0-27d",
                                                 i < beyond ? 30 : 9, 100, .1, 0, 1, .5});
}

START_TEST(misfits_are_called_so)
{
    struct learned learned;
    build_groups(&learned, 0);
    ck_assert_str_eq(title_of(&learned, "observed"),
                     "Rates repeat what was seen: exits of 20 in 20 groups are "
                     "within the limits of chance");
    learned_free(&learned);
    /* 1 in 20 is chance: up to 1 + 2.33 sqrt(20 x .05 x .95) = 3.3 */
    build_groups(&learned, 3);
    ck_assert_ptr_nonnull(strstr(title_of(&learned, "observed"), "17 in 20 groups"));
    learned_free(&learned);
    build_groups(&learned, 4);
    ck_assert_str_eq(title_of(&learned, "observed"), "Rates smooth over real differences: 4 of 20 groups are "
                                                     "beyond the limits of chance");
    learned_free(&learned);
    learned = (struct learned){.from = on(2017, 4, 1), .to = on(2022, 3, 31)};
    ck_assert_str_eq(title_of(&learned, "observed"), ""); /* no exits, no chart */
}
END_TEST

static void build_months(struct learned *learned, double entries, double exits, bool wild)
{
    struct err err = {0};
    *learned = (struct learned){.from = on(2020, 4, 1), .to = on(2022, 3, 31)};
    for (int m = 0; m < 24; m++) {
        char group[16];
        const int month = m + 3;
        const double up = m % 2 == 0 ? 1 : -1;
        snprintf(group, sizeof group, "%04d-%02d", 2020 + month / 12, month % 12 + 1);
        const char *text = arena_copy(&learned->texts, str_of(group), &err);
        ck_assert(learned_add_check(learned,
                                    &(struct learned_check){LEARNED_ENTRY, LEARNED_BY_MONTH, text, 5, 5,
                                                            entries + (wild ? 2.5 : .5) * up},
                                    &err));
        ck_assert(learned_add_check(
            learned, &(struct learned_check){LEARNED_EXIT, LEARNED_BY_MONTH, text, 5, 5, exits + .5 * up},
            &err));
    }
}

START_TEST(months_tell_what_is_wrong)
{
    struct learned learned;
    build_months(&learned, 0, 0, false);
    ck_assert_str_eq(title_of(&learned, "months"),
                     "Months vary as expected: 0 of 24 months of entries and 0 of "
                     "exits are beyond the limits of chance");
    learned_free(&learned);
    build_months(&learned, 0, 0, true); /* all of them 2.5 off */
    ck_assert_ptr_nonnull(
        strstr(title_of(&learned, "months"), "Months vary more than the model expects: 24 of"));
    learned_free(&learned);
    build_months(&learned, -.6, 0, false); /* .6 sqrt(24) = 2.9 standard deviations */
    ck_assert_str_eq(title_of(&learned, "months"),
                     "Entries kept below what was expected a month ahead: levels did not follow");
    learned_free(&learned);
    build_months(&learned, -.5, .6, false); /* 2.4 is not enough, 2.9 is */
    ck_assert_str_eq(title_of(&learned, "months"),
                     "Exits kept above what was expected a month ahead: levels did not follow");
    learned_free(&learned);
}
END_TEST

START_TEST(every_chart_has_words)
{
    static const char *const names[] = {"observed", "months", "levels", "time_in_care"};
    struct history history;
    struct chart_set set = {0};
    struct learned learned = {0};
    struct params params;
    struct err err = {0};
    void *fitted = NULL;
    build_random(&history, 21, 400, 2018, 2022, 0);
    const struct model_input input = {.history = &history, .origin = history.end, .months = 1};
    ck_assert(params_init(&params, model_carepath.params, model_carepath.n_params, &err));
    ck_assert_msg(model_carepath.fit(&input, &params, &fitted, &err), "%s", err.message);
    ck_assert_msg(model_carepath.learned(fitted, &input, &learned, &err), "%s", err.message);
    const struct fit_subject subject = {"Testshire", &model_carepath, &learned, "Source: a test"};
    ck_assert_msg(fit_charts_add(&set, &subject, &err), "%s", err.message);
    ck_assert_uint_eq(set.n_charts, 4);
    for (size_t i = 0; i < 4; i++) {
        const struct chart_spec *chart = chart_of(&set, names[i]);
        ck_assert_msg(chart != NULL, "%s", names[i]);
        ck_assert_uint_gt(strlen(chart->title), 10);
        ck_assert_uint_le(strlen(chart->title), 135);
        ck_assert_ptr_nonnull(strstr(chart->alt, chart->title));
        ck_assert_ptr_nonnull(strstr(chart->subtitle, "Testshire"));
        ck_assert_uint_gt(chart->panels[0].data->n_rows, 0);
    }
    struct table table = {0};
    ck_assert(fit_parameter_table(&table, &model_carepath, &params, &err));
    ck_assert_uint_eq(table.n_rows, model_carepath.n_params);
    ck_assert_str_eq(text_at(&table, 0, 0), model_carepath.params[0].name);
    ck_assert_str_eq(text_at(&table, 0, 3), "default");
    table_free(&table);
    chart_set_free(&set);
    learned_free(&learned);
    model_carepath.free_fitted(fitted);
    params_free(&params);
    build_free(&history);
}
END_TEST

Suite *suite_fit(void)
{
    Suite *suite = suite_create("fit");
    TCase *tests = tcase_create("fit");
    tcase_add_test(tests, summary_has_a_row_a_route);
    tcase_add_test(tests, card_speaks_of_100_children);
    tcase_add_test(tests, years_stand_in_one_row);
    tcase_add_test(tests, misfits_are_called_so);
    tcase_add_test(tests, months_tell_what_is_wrong);
    tcase_add_test(tests, every_chart_has_words);
    suite_add_tcase(suite, tests);
    return suite;
}
