/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sentences, charts and tables from a forecast made by hand: all expected words and numbers are by hand. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/forecast_alt.h"
#include "app/forecast_charts.h"
#include "app/forecast_difference.h"
#include "app/forecast_numbers.h"
#include "app/forecast_tables.h"
#include "app/forecast_targets.h"
#include "app/outlook.h"

Suite *suite_outlook(void);

enum { MONTHS = 24, SERIES = 2 };

static struct scenario scenarios[2];
static struct outlook outlook;

/* stock `all` with p10, p50, p90 in every month, and its cost at 1,000 pounds a child and month */
static void fill(struct result *result, const char *name, double p10, double p50, double p90)
{
    *result =
        (struct result){.origin = outlook.origin, .months = MONTHS, .n_series = SERIES, .replicates = 2};
    snprintf(result->la_name, sizeof result->la_name, "Leeds");
    snprintf(result->scenario, sizeof result->scenario, "%s", name);
    result->series = calloc(SERIES, sizeof *result->series);
    result->at = calloc(SERIES * MONTHS, sizeof *result->at);
    result->series[0] = (struct result_series){MEASURE_STOCK, {GROUP_ALL, 0}};
    result->series[1] = (struct result_series){MEASURE_COST, {GROUP_ALL, 0}};
    for (int m = 0; m < MONTHS; m++)
        for (int s = 0; s < SERIES; s++) {
            const double scale = s == 0 ? 1.0 : 100000.0; /* pence */
            result->at[s * MONTHS + m] =
                (struct summary){.mean = p50 * scale,
                                 .sd = 1,
                                 .quantiles = {p10 * scale, p10 * scale, p50 * scale, p50 * scale,
                                               p50 * scale, p90 * scale, p90 * scale}};
        }
}

static void make(double now, const double base[3], const double likely[3], const double gap[3])
{
    outlook = (struct outlook){.has_yearly = true, .origin = date_from_civil(2022, 3, 31)};
    snprintf(outlook.authority.name, sizeof outlook.authority.name, "Leeds");
    outlook.yearly = (struct yearly){.first_year = 2021, .n_years = 2};
    outlook.yearly.stock = calloc(2, sizeof(double));
    outlook.yearly.stock[0] = now - 10;
    outlook.yearly.stock[1] = now;
    outlook.yearly.starts = calloc(2, sizeof(double));
    outlook.yearly.leavers = calloc(2, sizeof(double));
    outlook.yearly.population = calloc(2, sizeof(double));
    scenarios[0] = (struct scenario){.name = "baseline", .stance = STANCE_BASELINE};
    scenarios[1] = (struct scenario){.name = "leeds-2012", .stance = STANCE_LIKELY};
    outlook.scenarios = scenarios;
    outlook.n_scenarios = likely == NULL ? 1 : 2;
    outlook.forecast.n_scenarios = outlook.n_scenarios;
    outlook.forecast.scenarios = calloc(2, sizeof(struct result));
    fill(&outlook.forecast.scenarios[0], "baseline", base[0], base[1], base[2]);
    if (likely != NULL) {
        fill(&outlook.forecast.scenarios[1], "leeds-2012", likely[0], likely[1], likely[2]);
        outlook.forecast.differences = calloc(1, sizeof(struct result));
        fill(&outlook.forecast.differences[0], "leeds-2012", gap[0], gap[1], gap[2]);
    }
    outlook_choose(&outlook);
}

START_TEST(directions_need_evidence)
{
    static const struct {
        double now, base[3], likely[3], gap[3];
        bool two;
        const char *expected;
    } cases[] = {
        {1374,
         {1380, 1452, 1500},
         {0},
         {0},
         false,
         "Numbers should rise from 1,374 to about 1,450 by March 2024"},
        {1374,
         {1200, 1252, 1373},
         {0},
         {0},
         false,
         "Numbers should fall from 1,374 to about 1,250 by March 2024"},
        {1374,
         {1300, 1380, 1450},
         {0},
         {0},
         false,
         "No clear change yet: 1,374 now, about 1,380 by March 2024"},
        {16, {11, 19, 31}, {0}, {0}, false, "No clear change yet: 16 now, about 19 by March 2024"},
        {1374,
         {1300, 1380, 1450},
         {1100, 1190, 1250},
         {-150, -95, -20},
         true,
         "Numbers should fall from 1,374 to about 1,190 by March 2024, 95 fewer than the baseline"},
        {1374,
         {1300, 1380, 1450},
         {1250, 1360, 1440},
         {-40, -20, -5},
         true,
         "We expect about 1,360 by March 2024 (1,374 now), 20 fewer than the baseline"},
        {1374,
         {1300, 1380, 1450},
         {1290, 1370, 1440},
         {-40, -10, 20},
         true,
         "No clear change yet: 1,374 now, about 1,370 by March 2024, not clearly different from the "
         "baseline"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char words[OUTLOOK_WORDS];
        make(cases[i].now, cases[i].base, cases[i].two ? cases[i].likely : NULL, cases[i].gap);
        ck_assert(outlook_say_stock(&outlook, words));
        ck_assert_str_eq(words, cases[i].expected);
        ck_assert(!outlook_say_mix(&outlook, words));   /* no placements */
        ck_assert(!outlook_say_flows(&outlook, words)); /* no flows */
        outlook_free(&outlook);
    }
}
END_TEST

/* 1,000 pounds a child and month: 1,380 children cost 16.56 million a year, 1,190 cost 14.28 million */
START_TEST(costs_are_summed_over_years)
{
    char words[OUTLOOK_WORDS];
    make(1374, (const double[]){1300, 1380, 1450}, (const double[]){1100, 1190, 1250},
         (const double[]){-300, -190, -20});
    ck_assert(outlook_say_cost(&outlook, words));
    ck_assert_str_eq(words,
                     "Placements should cost about £14.3m in the year to March 2024, £2.3m less than the "
                     "baseline; the coming year £14.3m");
    outlook_free(&outlook);
}
END_TEST

START_TEST(scenarios_have_parts_to_play)
{
    char label[OUTLOOK_LABEL];
    make(100, (const double[]){90, 100, 110}, (const double[]){90, 100, 110}, (const double[]){0, 0, 0});
    ck_assert_uint_eq(outlook.base, 0);
    ck_assert_uint_eq(outlook.main, 1);
    outlook_label(&outlook, 1, label);
    ck_assert_str_eq(label, "Leeds 2012");
    scenarios[1].stance = STANCE_BEST;
    outlook_choose(&outlook);
    ck_assert_uint_eq(outlook.main, 1);
    scenarios[1].stance = STANCE_BASELINE;
    outlook_choose(&outlook);
    ck_assert_uint_eq(outlook.main, 0);
    outlook_free(&outlook);
}
END_TEST

START_TEST(words_for_numbers)
{
    static const struct {
        double value;
        const char *exact, *about, *pounds;
    } cases[] = {{0, "0", "0", "£0"},
                 {12, "12", "12", "£12"},
                 {53, "53", "55", "£53"},
                 {1374, "1,374", "1,370", "£1k"},
                 {-95,
                  "\xE2\x88\x92"
                  "95",
                  "\xE2\x88\x92"
                  "95",
                  "\xE2\x88\x92£95"},
                 {61234567, "61,234,567", "61,234,570", "£61.2m"},
                 {999600, "999,600", "999,600", "£1.0m"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[OUTLOOK_NUMBER];
        outlook_exact(cases[i].value, text);
        ck_assert_str_eq(text, cases[i].exact);
        outlook_about(cases[i].value, text);
        ck_assert_str_eq(text, cases[i].about);
        outlook_pounds(cases[i].value, text);
        ck_assert_str_eq(text, cases[i].pounds);
    }
}
END_TEST

START_TEST(years_may_be_cut)
{
    char name[OUTLOOK_NUMBER];
    int32_t first = 0;
    int32_t last = 0;
    make(100, (const double[]){90, 100, 110}, NULL, NULL);
    ck_assert(outlook_year(&outlook, 0, &first, &last, name));
    ck_assert_str_eq(name, "2022-23");
    ck_assert_int_eq(first, 0);
    ck_assert_int_eq(last, 11);
    ck_assert(!outlook_year(&outlook, 2, &first, &last, name));
    outlook.origin = date_from_civil(2022, 6, 30);
    ck_assert(outlook_year(&outlook, 0, &first, &last, name)); /* July to March */
    ck_assert_str_eq(name, "2022-23 (9 months)");
    ck_assert(outlook_year(&outlook, 2, &first, &last, name)); /* April to June 2024 */
    ck_assert_str_eq(name, "2024-25 (3 months)");
    ck_assert_int_eq(first, 21);
    ck_assert_int_eq(last, 23);
    outlook_free(&outlook);
}
END_TEST

START_TEST(public_tables_have_their_columns)
{
    static const char *const names[] = {"la",   "scenario", "date", "measure", "group", "unit", "mean", "sd",
                                        "p025", "p10",      "p25",  "p50",     "p75",   "p90",  "p975"};
    struct table table;
    struct err err = {0};
    make(1374, (const double[]){1300, 1380, 1450}, (const double[]){1100, 1190, 1250},
         (const double[]){-300, -190, -20});
    forecast_table_init(&table, "forecast");
    ck_assert_uint_eq(table.n_columns, 15);
    for (size_t i = 0; i < 15; i++)
        ck_assert_str_eq(table.columns[i].name, names[i]); /* design: the order is public */
    ck_assert(forecast_table_add(&table, &outlook, &err));
    ck_assert_uint_eq(table.n_rows, 2 * MONTHS);
    ck_assert_str_eq(table_at(&table, 0, 4)->as.text, "all");
    ck_assert_int_eq(table_at(&table, 0, 2)->as.date, date_from_civil(2022, 4, 30));
    table_free(&table);
    forecast_table_init(&table, "cost");
    ck_assert(forecast_table_add_costs(&table, &outlook, &err));
    ck_assert_uint_eq(table.n_rows, 2 * MONTHS);
    ck_assert_int_eq(table_at(&table, 0, 6)->kind, CELL_GBP);
    ck_assert_int_eq(table_at(&table, 0, 6)->as.integer, 138000000); /* 1,380 x 1,000 pounds */
    ck_assert_str_eq(table_at(&table, 0, 5)->as.text, "gbp");
    table_free(&table);
    forecast_table_init(&table, "difference");
    ck_assert(forecast_table_add_differences(&table, &outlook, &err));
    ck_assert_uint_eq(table.n_rows, 2 * MONTHS); /* one scenario, stock and cost */
    table_free(&table);
    outlook_free(&outlook);
}
END_TEST

START_TEST(charts_have_words)
{
    struct forecast_charts charts;
    struct err err = {0};
    make(1374, (const double[]){1300, 1380, 1450}, (const double[]){1100, 1190, 1250},
         (const double[]){-300, -190, -20});
    ck_assert_msg(forecast_charts_make(&charts, &outlook, "leeds-", "Source", &err), "%s", err.message);
    ck_assert_uint_eq(charts.n, 2); /* the curve and the cost */
    ck_assert_str_eq(charts.specs[0].name, "leeds-turning-the-curve");
    ck_assert_str_eq(
        charts.specs[0].alt,
        "Line chart of children looked after in Leeds, March 2021 to March 2024. History ends at 1,374. "
        "Baseline: expected range in March 2024 1,300 to 1,450. "
        "Leeds 2012: expected range in March 2024 1,100 to 1,250. Data: forecast.csv.");
    /* history 2 points, then origin and 24 months for both scenarios */
    ck_assert_uint_eq(charts.tables[0].n_rows, 2 + 2 * (1 + MONTHS));
    forecast_charts_free(&charts);
    outlook_free(&outlook);
}
END_TEST

START_TEST(targets_of_the_plan_are_drawn)
{
    struct plan_target items[] = {
        {.quantity = "stock", .change = NAN, .level = 1200, .by = date_from_civil(2023, 12, 31)},
        /* 1,374 - 56 = 1,318; asked for by two actions */
        {.quantity = "stock", .change = -56, .level = NAN, .by = date_from_civil(2022, 12, 31)},
        {.quantity = "stock", .change = -56, .level = NAN, .by = date_from_civil(2022, 12, 31)},
        /* left out: a part; no figure; no date; the origin itself; after the end */
        {.quantity = "stock:placement:res_external",
         .change = NAN,
         .level = 2,
         .by = date_from_civil(2023, 3, 31)},
        {.quantity = "stock", .change = NAN, .level = NAN, .by = date_from_civil(2023, 3, 31)},
        {.quantity = "stock", .change = NAN, .level = 1000, .by = DAY_NONE},
        {.quantity = "stock", .change = NAN, .level = 1000, .by = date_from_civil(2022, 3, 31)},
        {.quantity = "stock", .change = NAN, .level = 1000, .by = date_from_civil(2024, 4, 1)},
    };
    const struct targets targets = {.items = items, .n = sizeof items / sizeof items[0]};
    struct forecast_target *found = NULL;
    struct forecast_charts charts;
    struct arena texts = {0};
    struct err err = {0};
    size_t n = 1;
    make(1374, (const double[]){1300, 1380, 1450}, NULL, NULL);
    ck_assert(forecast_targets_find(&outlook, &texts, &found, &n, &err));
    ck_assert_uint_eq(n, 0);
    ck_assert_str_eq(forecast_targets_words(found, n, &texts, &err), "");
    outlook.targets = &targets;
    ck_assert(forecast_targets_find(&outlook, &texts, &found, &n, &err));
    ck_assert_uint_eq(n, 2);
    ck_assert_int_eq(found[0].by, date_from_civil(2022, 12, 31));
    ck_assert_double_eq(found[0].level, 1318);
    ck_assert_double_eq(found[1].level, 1200);
    ck_assert_str_eq(forecast_targets_words(found, n, &texts, &err),
                     " As planned: 1,318 by December 2022, 1,200 by December 2023.");
    ck_assert_msg(forecast_charts_make(&charts, &outlook, "", "Source", &err), "%s", err.message);
    /* history 2 points, then origin and 24 months, then origin and two targets */
    const struct table *curve = &charts.tables[0];
    ck_assert_uint_eq(curve->n_rows, 2 + 1 + MONTHS + 3);
    ck_assert_str_eq(table_at(curve, 27, 1)->as.text, "target");
    ck_assert_double_eq(table_at(curve, 27, 3)->as.real, 1374);
    ck_assert_double_eq(table_at(curve, 29, 3)->as.real, 1200);
    ck_assert_ptr_nonnull(strstr(charts.specs[0].alt, "As planned: 1,318 by December 2022, 1,200 by"));
    ck_assert_ptr_nonnull(strstr(charts.specs[0].subtitle, "Diamonds: as planned."));
    forecast_charts_free(&charts);
    arena_free(&texts);
    outlook_free(&outlook);
}
END_TEST

START_TEST(numbers_beneath_the_charts)
{
    struct table table = {0};
    struct arena arena = {0};
    struct err err = {0};
    make(1374, (const double[]){1300, 1380, 1450}, (const double[]){1100, 1190, 1250},
         (const double[]){-300, -190, -20});
    ck_assert(forecast_stock_table(&table, &outlook, &arena, &err));
    ck_assert_uint_eq(table.n_rows, 3); /* now, March 2023, March 2024 */
    ck_assert_str_eq(table_at(&table, 1, 2)->as.text, "1,300 to 1,450");
    ck_assert_int_eq(table_at(&table, 2, 3)->as.integer, 1190);
    table_free(&table);
    ck_assert(forecast_cost_table(&table, &outlook, &arena, &err));
    ck_assert_uint_eq(table.n_rows, 2);
    ck_assert_int_eq(table_at(&table, 0, 1)->as.integer, 16560); /* thousands */
    table_free(&table);
    ck_assert(forecast_summary_table(&table, &outlook, 1, &err));
    ck_assert_uint_eq(table.n_rows, 4);
    ck_assert_int_eq(table_at(&table, 0, 6)->as.integer, 1656000000);
    table_free(&table);
    arena_free(&arena);
    outlook_free(&outlook);
}
END_TEST

START_TEST(how_far_apart_scenarios_are)
{
    struct table table = {0};
    struct err err = {0};
    struct forecast_difference at;
    make(1374, (const double[]){1300, 1380, 1450}, (const double[]){1100, 1190, 1250},
         (const double[]){-300, -190, -20});
    outlook.forecast.scenarios[0].replicates = 400;
    outlook.forecast.scenarios[0].at[23].sd = 30;
    outlook.forecast.scenarios[1].at[23].sd = 40;
    outlook.forecast.differences[0].at[23].sd = 8;
    ck_assert(!forecast_difference_at(&outlook, 0, 23, &at)); /* from itself */
    ck_assert(forecast_difference_at(&outlook, 1, 23, &at));
    ck_assert_double_eq(at.mean, -190);
    ck_assert_double_eq(at.low, -300);
    ck_assert_double_eq(at.high, -20);
    ck_assert_double_eq_tol(at.error, 8 / 20.0, 1e-12);
    ck_assert_double_eq_tol(at.apart, 50 / 20.0, 1e-12); /* sqrt(30^2 + 40^2) = 50 */
    ck_assert(forecast_difference_summary(&table, &outlook, 1, &err));
    ck_assert_uint_eq(table.n_rows, 2); /* two ends of March */
    ck_assert_str_eq(table_at(&table, 1, 2)->as.text, "baseline");
    table_free(&table);
    ck_assert(forecast_difference_table(&table, &outlook, &err));
    ck_assert_uint_eq(table.n_rows, 2);
    ck_assert_str_eq(table_at(&table, 1, 3)->as.text, "-300 to -20");
    table_free(&table);
    outlook_free(&outlook);
    make(1374, (const double[]){1300, 1380, 1450}, NULL, NULL);
    ck_assert(forecast_difference_table(&table, &outlook, &err));
    ck_assert_uint_eq(table.n_rows, 0);
    table_free(&table);
    outlook_free(&outlook);
}
END_TEST

Suite *suite_outlook(void)
{
    Suite *suite = suite_create("outlook");
    TCase *tcase = tcase_create("outlook");
    tcase_add_test(tcase, directions_need_evidence);
    tcase_add_test(tcase, costs_are_summed_over_years);
    tcase_add_test(tcase, scenarios_have_parts_to_play);
    tcase_add_test(tcase, words_for_numbers);
    tcase_add_test(tcase, years_may_be_cut);
    tcase_add_test(tcase, public_tables_have_their_columns);
    tcase_add_test(tcase, charts_have_words);
    tcase_add_test(tcase, targets_of_the_plan_are_drawn);
    tcase_add_test(tcase, numbers_beneath_the_charts);
    tcase_add_test(tcase, how_far_apart_scenarios_are);
    suite_add_tcase(suite, tcase);
    return suite;
}
