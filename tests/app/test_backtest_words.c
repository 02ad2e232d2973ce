/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sentences and tables from scores made by hand; all expected words are by hand. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/backtest_results.h"
#include "app/backtest_tables.h"
#include "models/models.h"

Suite *suite_backtest_words(void);

enum { SCORES_MOST = 8 };
static struct backtest_score scores[SCORES_MOST];
static struct backtest_results results;
static char words[BACKTEST_WORDS];

static void reset(const struct model *model)
{
    results = (struct backtest_results){.models = {model, &model_last_value},
                                        .n_models = 2,
                                        .horizons = {12, 36},
                                        .n_horizons = 2,
                                        .scores = scores};
}

/* A score of one origin a case; the range of 8 in 10 held `held` of n. */
static struct backtest_score *add(const char *model, int32_t months, size_t n, size_t held)
{
    const double share = (double)held / (double)n;
    struct backtest_score *score = &scores[results.n_scores++];
    *score = (struct backtest_score){.model = model,
                                     .horizon_months = months,
                                     .measure = MEASURE_STOCK,
                                     .group = {GROUP_ALL, 0},
                                     .n = n,
                                     .n_origins = n,
                                     .overlap = 1,
                                     .mae = 12.34,
                                     .cover = {share, share, share},
                                     .cover_error = {.01, .01, .01},
                                     .held = {held, held, held},
                                     .n_paired = n,
                                     .crps_vs_reference = 1,
                                     .crps_vs_low = (double)NAN,
                                     .crps_vs_high = (double)NAN};
    return score;
}

/* A score of ten origins with n / 10 cases each. */
static struct backtest_score *add_many(const char *model, int32_t months, size_t n, size_t held)
{
    struct backtest_score *score = add(model, months, n, held);
    score->n_origins = 10;
    return score;
}

START_TEST(few_are_counted)
{
    reset(&model_carepath);
    const struct backtest_score *score = add("carepath", 12, 8, 6);
    backtest_say_held(score, 1, words);
    ck_assert_str_eq(words, "6 of 8");
    backtest_say_held_limits(score, 1, words);
    ck_assert_str_eq(words, "6 of 8 (41 to 93%)"); /* Wilson: .4093, .9285 */
    ck_assert(backtest_say_coverage(&results, words));
    ck_assert_str_eq(
        words, "Too few forecasts to judge the ranges of carepath: that of 8 in 10 held in 6 of 8 after 12 "
               "months");
    /* 2 of 8 rules 8 in 10 out: Wilson to .591 */
    add("carepath", 36, 8, 2);
    ck_assert(backtest_say_coverage(&results, words));
    ck_assert_str_eq(
        words, "The ranges of carepath are too narrow: that of 8 in 10 held 2 of 8 outcomes after 36 months");
}
END_TEST

START_TEST(many_are_shares)
{
    reset(&model_panel);
    const struct backtest_score *score = add_many("panel", 12, 1000, 810);
    add_many("panel", 36, 1000, 790);
    backtest_say_held(score, 1, words);
    ck_assert_str_eq(words, "81%");
    backtest_say_held_limits(score, 1, words);
    ck_assert_str_eq(words, "81% (78 to 83%)"); /* t(9) 2.262 x .01, and Wilson's .784 to .833 */
    ck_assert(backtest_say_coverage(&results, words));
    ck_assert_str_eq(words,
                     "The ranges of panel hold what they promise: that of 8 in 10 held 81% of outcomes "
                     "after 12 months, 79% after 36");
    scores[1].cover[1] = .71;
    ck_assert(backtest_say_coverage(&results, words));
    ck_assert_str_eq(
        words, "The ranges of panel are too narrow: that of 8 in 10 held 71% of outcomes after 36 months");
    scores[1].cover[1] = .9;
    ck_assert(backtest_say_coverage(&results, words));
    ck_assert_str_eq(
        words, "The ranges of panel are too wide: that of 8 in 10 held 90% of outcomes after 36 months");
}
END_TEST

START_TEST(errors_against_the_last_value)
{
    reset(&model_carepath);
    struct backtest_score *score = add("carepath", 12, 6, 5);
    score->n_better = 4;
    score->crps_vs_reference = .93;
    backtest_say_relative(score, "last_value", words);
    ck_assert_str_eq(words, "0.93, nearer in 4 of 6");
    ck_assert(backtest_say_errors(&results, words));
    ck_assert_str_eq(
        words, "Too few forecasts to tell carepath from the last value: nearer in 4 of 6 after 12 months");
    score->n_better = 6; /* sign test: 2 x .5^6 = .031 */
    ck_assert(backtest_say_errors(&results, words));
    ck_assert_str_eq(words,
                     "Model carepath came nearer than the last value in 6 of 6 forecasts 12 months ahead");
    score->n_better = 0;
    ck_assert(backtest_say_errors(&results, words));
    ck_assert_str_eq(
        words, "Model carepath came farther off than the last value in 6 of 6 forecasts 12 months ahead");
    score->n_better = 6;
    score->overlap = 3; /* six that look at the same months are two: 2 x .5^2 = .5 */
    ck_assert(backtest_say_errors(&results, words));
    ck_assert_ptr_nonnull(strstr(words, "Too few forecasts"));
}
END_TEST

START_TEST(errors_with_limits)
{
    reset(&model_panel);
    struct backtest_score *near = add_many("panel", 12, 1000, 800);
    struct backtest_score *far = add_many("panel", 36, 1000, 800);
    near->crps_vs_reference = .96;
    near->crps_vs_low = .91;
    near->crps_vs_high = 1.01;
    far->crps_vs_reference = .94;
    far->crps_vs_low = .84;
    far->crps_vs_high = 1.02;
    backtest_say_relative(near, "last_value", words);
    ck_assert_str_eq(words, "0.96 (0.91 to 1.01)");
    ck_assert(backtest_say_errors(&results, words));
    ck_assert_str_eq(words, "No clear difference between panel and the last value: error 4% smaller after 12 "
                            "months, within chance");
    far->crps_vs_high = .99;
    ck_assert(backtest_say_errors(&results, words));
    ck_assert_str_eq(words, "Model panel comes nearer than the last value: error 6% smaller after 36 months");
    near->crps_vs_reference = 1.2;
    near->crps_vs_low = 1.1;
    ck_assert(backtest_say_errors(&results, words));
    ck_assert_str_eq(words,
                     "Model panel against the last value: error 6% smaller after 36 months, error 20% larger "
                     "after 12 months");
    far->crps_vs_high = 1.01;
    ck_assert(backtest_say_errors(&results, words));
    ck_assert_str_eq(words,
                     "Model panel comes less near than the last value: error 20% larger after 12 months");
    reset(&model_last_value); /* nothing to hold it against */
    add_many("last_value", 12, 1000, 800);
    ck_assert(!backtest_say_errors(&results, words));
}
END_TEST

START_TEST(where_outcomes_fell)
{
    struct backtest_pit pit = {
        .n = 20, .overlap = 1, .n_bins = 2, .above = .5, .above_low = .4, .above_high = .6};
    backtest_say_pit(&pit, words);
    ck_assert_str_eq(words, "Too few outcomes (20) to see where they fall in the forecasts");
    pit.n = 200;
    pit.low[0] = pit.low[1] = .4;
    pit.high[0] = pit.high[1] = .6;
    backtest_say_pit(&pit, words);
    ck_assert_str_eq(words, "Outcomes fell where the forecasts said they would, give or take chance");
    pit.overlap = 8; /* as good as 25 */
    backtest_say_pit(&pit, words);
    ck_assert_ptr_nonnull(strstr(words, "Too few outcomes"));
    pit.overlap = 1;
    pit.low[0] = pit.low[1] = .51;
    backtest_say_pit(&pit, words);
    ck_assert_ptr_nonnull(strstr(words, "too narrow"));
    pit.low[0] = pit.low[1] = .4;
    pit.high[0] = pit.high[1] = .49;
    backtest_say_pit(&pit, words);
    ck_assert_ptr_nonnull(strstr(words, "too wide"));
    pit.above = .63;
    pit.above_low = .55;
    pit.above_high = .71;
    backtest_say_pit(&pit, words);
    ck_assert_str_eq(words, "Outcomes lay mostly above the middle of the forecasts: 63% of them");
    pit.above = .3;
    pit.above_low = .2;
    pit.above_high = .4;
    backtest_say_pit(&pit, words);
    ck_assert_str_eq(words, "Outcomes lay mostly below the middle of the forecasts: 70% of them");
}
END_TEST

static void expect_cell(const struct table *table, size_t row, size_t column, const char *text)
{
    ck_assert_int_eq(table_at(table, row, column)->kind, CELL_TEXT);
    ck_assert_str_eq(table_at(table, row, column)->as.text, text);
}

START_TEST(tables_have_their_columns_and_order)
{
    static struct backtest_row rows[] = {
        {.la = 2, .model = "last_value", .origin = 100, .horizon_months = 12, .actual = 5, .crps = 1.25},
        {.la = 2, .model = "carepath", .origin = 90, .horizon_months = 12, .measure = MEASURE_COST},
        {.la = 1, .model = "carepath", .origin = 100, .horizon_months = 36, .actual = 7},
        {.la = 2, .model = "carepath", .origin = 80, .horizon_months = 3},
    };
    static const char *const columns[] = {"la",      "model", "origin", "horizon_months",
                                          "measure", "group", "actual", "mean",
                                          "p025",    "p10",   "p25",    "p50",
                                          "p75",     "p90",   "p975",   "crps"};
    static const char *const score_columns[] = {
        "model", "horizon_months",     "measure", "group",   "n",       "mae",      "mape", "mase", "bias",
        "crps",  "crps_vs_last_value", "cover50", "cover80", "cover95", "winkler80"};
    struct backtest_place places[2] = {{.authority = {.la = 1, .name = "Ashton"}},
                                       {.authority = {.la = 2, .name = "Barton"}}};
    struct table table;
    struct err err = {0};
    reset(&model_carepath);
    results.places = places;
    results.n_places = 2;
    rows[1].actual = 1234.567; /* pounds */
    results.backtest = (struct backtest){.rows = rows, .n = 4};
    ck_assert(backtest_table_rows(&table, &results, &err));
    ck_assert_uint_eq(table.n_columns, 16);
    for (size_t i = 0; i < 16; i++)
        ck_assert_str_eq(table.columns[i].name, columns[i]);
    /* by authority, then model as asked for, then as they came */
    expect_cell(&table, 0, 0, "Ashton");
    expect_cell(&table, 1, 0, "Barton");
    expect_cell(&table, 1, 1, "carepath");
    ck_assert_int_eq(table_at(&table, 1, 2)->as.date, 90);
    ck_assert_int_eq(table_at(&table, 1, 6)->kind, CELL_GBP);
    ck_assert_int_eq(table_at(&table, 1, 6)->as.integer, 123457); /* rounded once, to the penny */
    expect_cell(&table, 3, 1, "last_value");
    table_free(&table);
    add("carepath", 12, 8, 6);
    add("last_value", 12, 8, 7);
    scores[2] = scores[0];
    scores[2].is_raw = true;
    results.n_scores = 3;
    ck_assert(backtest_table_scores(&table, &results, &err));
    ck_assert_uint_eq(table.n_rows, 2); /* raw ones are no rows of their own */
    ck_assert_uint_eq(table.n_columns, 15);
    for (size_t i = 0; i < 15; i++)
        ck_assert_str_eq(table.columns[i].name, score_columns[i]);
    table_free(&table);
    ck_assert(backtest_table_summary(&table, &results, &err));
    expect_cell(&table, 0, 5, "held 6 of 8");
    table_free(&table);
    ck_assert(backtest_table_limits(&table, &results, &err));
    ck_assert_uint_eq(table.n_rows, 4 + 3); /* three coverages each; the last value has no ratio */
    expect_cell(&table, 3, 2, "crps_vs_last_value");
    table_free(&table);
}
END_TEST

Suite *suite_backtest_words(void)
{
    Suite *suite = suite_create("backtest_words");
    TCase *tcase = tcase_create("backtest_words");
    tcase_add_test(tcase, few_are_counted);
    tcase_add_test(tcase, many_are_shares);
    tcase_add_test(tcase, errors_against_the_last_value);
    tcase_add_test(tcase, errors_with_limits);
    tcase_add_test(tcase, where_outcomes_fell);
    tcase_add_test(tcase, tables_have_their_columns_and_order);
    suite_add_tcase(suite, tcase);
    return suite;
}
