/* SPDX-License-Identifier: GPL-3.0-or-later
 * How sure scores are: closed forms, and cases so plain that every figure is done by hand. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/backtest.h"

Suite *suite_backtest_limits(void);

enum { ROWS_MOST = 64 };
static struct backtest_row rows[ROWS_MOST];
static struct backtest made;

static void reset(void)
{
    made = (struct backtest){.rows = rows};
}

/* A forecast of total stock 12 months ahead from the 31 March of a year: 90 to 110 at 8 in 10. */
static struct backtest_row *add(const char *model, int32_t la, day origin, double actual, double crps)
{
    static const double quantiles[SCORE_LEVELS] = {80, 90, 95, 100, 105, 110, 120};
    ck_assert_uint_lt(made.n, ROWS_MOST);
    struct backtest_row *row = &rows[made.n++];
    *row = (struct backtest_row){.la = la,
                                 .model = model,
                                 .origin = origin,
                                 .horizon_months = 12,
                                 .measure = MEASURE_STOCK,
                                 .group = {GROUP_ALL, 0},
                                 .actual = actual,
                                 .mean = 100,
                                 .crps = crps,
                                 .naive = 2};
    memcpy(row->quantiles, quantiles, sizeof quantiles);
    return row;
}

/* The only score of a model. */
static struct backtest_score score_of(const char *model)
{
    struct backtest_score *scores = NULL;
    struct backtest_score found = {0};
    struct err err = {0};
    size_t n = 0;
    ck_assert_msg(backtest_scores(&made, "last_value", &scores, &n, &err), "%s", err.message);
    for (size_t i = 0; i < n; i++)
        if (strcmp(scores[i].model, model) == 0)
            found = scores[i];
    free(scores);
    ck_assert_ptr_nonnull(found.model);
    return found;
}

START_TEST(overlap_of_origins)
{
    const day first = date_year_end(2015);
    ck_assert_double_eq(backtest_overlap(first, date_year_end(2021), 7, 12), 1);
    ck_assert_double_eq(backtest_overlap(first, date_year_end(2021), 7, 3), 1); /* never below 1 */
    ck_assert_double_eq(backtest_overlap(first, date_year_end(2021), 7, 36), 3);
    ck_assert_double_eq(backtest_overlap(first, date_year_end(2017), 9, 12), 4); /* quarterly */
    ck_assert_double_eq(backtest_overlap(first, first, 1, 36), 1);
}
END_TEST

START_TEST(few_are_counted)
{
    double low = 0, high = 0;
    const struct backtest_score score = {
        .n = 8, .n_origins = 8, .overlap = 1, .cover = {.5, .75, 1}, .held = {4, 6, 8}};
    /* closed form of Wilson 1927 for 6 of 8, z 1.959964 */
    ck_assert(!backtest_score_limits(&score, 1, &low, &high));
    ck_assert_double_eq_tol(low, .40927543, 1e-7);
    ck_assert_double_eq_tol(high, .92852079, 1e-7);
    /* quarterly forecasts a year ahead: 32 look at 8 years, and count as 8 */
    const struct backtest_score overlapping = {
        .n = 32, .n_origins = 32, .overlap = 4, .cover = {.5, .75, 1}, .held = {16, 24, 32}};
    ck_assert(!backtest_score_limits(&overlapping, 1, &low, &high));
    ck_assert_double_eq_tol(low, .40927543, 1e-7);
}
END_TEST

START_TEST(many_have_limits_by_origin)
{
    double low = 0, high = 0;
    struct backtest_score score = {
        .n = 800, .n_origins = 8, .overlap = 1, .cover = {.5, .8, .95}, .cover_error = {0, .05, 0}};
    ck_assert(backtest_score_limits(&score, 1, &low, &high));
    /* tables of Student's t: .975 with 7 degrees of freedom is 2.36462425 */
    ck_assert_double_eq_tol(low, .8 - 2.36462425 * .05, 1e-8);
    ck_assert_double_eq_tol(high, .8 + 2.36462425 * .05, 1e-8);
    score.overlap = 4; /* twice as far */
    ck_assert(backtest_score_limits(&score, 1, &low, &high));
    ck_assert_double_eq_tol(low, .8 - 2 * 2.36462425 * .05, 1e-8);
    ck_assert_double_eq(high, 1); /* a share ends there */
    /* where origins differ less than chance alone would make them: closed form of Wilson for 160 of 200 */
    score.cover_error[1] = 0;
    ck_assert(backtest_score_limits(&score, 1, &low, &high));
    ck_assert_double_eq_tol(low, 0.73914481, 1e-7);
    ck_assert_double_eq_tol(high, 0.84954799, 1e-7);
}
END_TEST

START_TEST(a_ratio_has_limits_only_from_enough_origins)
{
    /* half the error everywhere: whatever is resampled, the ratio is a half */
    reset();
    for (int y = 0; y < 8; y++) {
        add("better", 1, date_year_end(2010 + y), 100, y + 1);
        add("last_value", 1, date_year_end(2010 + y), 100, 2 * (y + 1));
    }
    struct backtest_score score = score_of("better");
    ck_assert_uint_eq(score.n_origins, 8);
    ck_assert_uint_eq(score.n_paired, 8);
    ck_assert_uint_eq(score.n_better, 8);
    ck_assert_double_eq(score.overlap, 1);
    ck_assert_double_eq_tol(score.crps_vs_reference, .5, 1e-12);
    ck_assert_double_eq_tol(score.crps_vs_low, .5, 1e-12);
    ck_assert_double_eq_tol(score.crps_vs_high, .5, 1e-12);
    score = score_of("last_value");
    ck_assert_double_eq(score.crps_vs_reference, 1);
    ck_assert_double_nan(score.crps_vs_low); /* nothing to be unsure of */
    /* seven of one authority are too few */
    made.n -= 2;
    ck_assert_double_nan(score_of("better").crps_vs_low);
    /* eight that look at the same two years are two */
    reset();
    for (int q = 0; q < 8; q++) {
        add("better", 1, date_month_end(date_year_end(2010), 3 * q), 100, q + 1);
        add("last_value", 1, date_month_end(date_year_end(2010), 3 * q), 100, 2 * (q + 1));
    }
    ck_assert_double_nan(score_of("better").crps_vs_low);
    /* five of five authorities are enough */
    reset();
    for (int y = 0; y < 5; y++)
        for (int32_t la = 1; la <= 5; la++) {
            add("better", la, date_year_end(2010 + y), 100, y + la);
            add("last_value", la, date_year_end(2010 + y), 100, 2 * (y + la));
        }
    ck_assert_double_eq_tol(score_of("better").crps_vs_high, .5, 1e-12);
}
END_TEST

START_TEST(limits_of_a_ratio_are_those_of_few_origins)
{
    /* numerators 1 and 3 by turns over equal denominators of 2: the ratio is 1, and of the bootstrap with n
     * origins the standard deviation is .5 / sqrt(n); Student's limits are 1 +- t(n - 1) x .5 / sqrt(n - 1)
     */
    reset();
    for (int y = 0; y < 10; y++) {
        add("other", 1, date_year_end(2010 + y), 100, y % 2 == 0 ? 1 : 3);
        add("last_value", 1, date_year_end(2010 + y), 100, 2);
    }
    const struct backtest_score score = score_of("other");
    ck_assert_double_eq_tol(score.crps_vs_reference, 1, 1e-12);
    /* tables of Student's t: .975 with 9 degrees of freedom is 2.26215716; x .5 / 3 = .377026. Of 1,000
     * resamplings the 2.5 % point is known to 4.89 x 2.6713 / sqrt(1000) = .41 standard deviations, and
     * counts are in steps of .1 */
    ck_assert_double_eq_tol(score.crps_vs_high - 1, .377026, .13);
    ck_assert_double_eq_tol(1 - score.crps_vs_low, .377026, .13);
    ck_assert_uint_eq(score.n_better, 5);
}
END_TEST

START_TEST(where_outcomes_fell)
{
    struct backtest_pit pit;
    struct err err = {0};
    reset();
    /* ten origins: five in the lowest fifth, four in the highest, one spread over .3 to .5 */
    for (int y = 0; y < 10; y++) {
        struct backtest_row *row = add("m", 1, date_year_end(2010 + y), 100, 1);
        row->pit = y < 5   ? (struct score_pit){.05, .15}
                   : y < 9 ? (struct score_pit){.9, .95}
                           : (struct score_pit){.3, .5};
    }
    add("other", 1, date_year_end(2010), 100, 1)->pit = (struct score_pit){.5, .5};
    add("m", 1, date_year_end(2010), 100, 1)->is_raw = true;
    ck_assert(backtest_pit_make(&made, "m", 12, 5, &pit, &err));
    ck_assert_uint_eq(pit.n, 10);
    ck_assert_uint_eq(pit.n_origins, 10);
    ck_assert_double_eq_tol(pit.shares[0], .5, 1e-12);
    ck_assert_double_eq_tol(pit.shares[1], .05, 1e-12); /* .3 to .4 is half of .3 to .5 */
    ck_assert_double_eq_tol(pit.shares[2], .05, 1e-12);
    ck_assert_double_eq_tol(pit.shares[3], 0, 1e-12);
    ck_assert_double_eq_tol(pit.shares[4], .4, 1e-12);
    ck_assert_double_eq_tol(pit.above, .4, 1e-12);
    /* hand: ten values, four of them 1: sd of the mean sqrt(.24 / 10) x sqrt(10 / 9) = .163299; t(9) 2.262157
     */
    ck_assert_double_eq_tol(pit.above_high, .4 + 2.26215716 * .16329932, 1e-7);
    ck_assert_double_eq_tol(pit.above_low, .4 - 2.26215716 * .16329932, 1e-7);
    ck_assert(backtest_pit_make(&made, "m", 24, 5, &pit, &err));
    ck_assert_uint_eq(pit.n, 0);
    ck_assert(backtest_pit_make(&made, "m", 0, 10, &pit, &err)); /* all horizons */
    ck_assert_uint_eq(pit.n, 10);
    made.n = 4; /* too few origins for limits */
    ck_assert(backtest_pit_make(&made, "m", 12, 5, &pit, &err));
    ck_assert_double_nan(pit.above_low);
    ck_assert_double_nan(pit.low[0]);
}
END_TEST

Suite *suite_backtest_limits(void)
{
    Suite *suite = suite_create("backtest_limits");
    TCase *tcase = tcase_create("backtest_limits");
    tcase_add_test(tcase, overlap_of_origins);
    tcase_add_test(tcase, few_are_counted);
    tcase_add_test(tcase, many_have_limits_by_origin);
    tcase_add_test(tcase, a_ratio_has_limits_only_from_enough_origins);
    tcase_add_test(tcase, limits_of_a_ratio_are_those_of_few_origins);
    tcase_add_test(tcase, where_outcomes_fell);
    suite_add_tcase(suite, tcase);
    return suite;
}
