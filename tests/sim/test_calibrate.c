/* SPDX-License-Identifier: GPL-3.0-or-later
 * From a model's intervals to final ones: learned from cases made by hand, applied to replicates, and shared
 * by scenarios. */
#include "sim/calibrate.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "numeric/quantile.h"
#include "sim/run.h"
#include "tests/build_history.h"

Suite *suite_calibrate(void);

static const struct group everyone = {GROUP_ALL, 0};
static const double close = 1e-12;

static const struct calibration prior = {
    .at = {{3, .85, {1, 1.5, 2.2}}, {12, .80, {1, 1.5, 2.2}}, {24, .70, {1.1, 1.6, 2.2}}}, .n = 3};

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* ---- horizons ------------------------------------------------------------------------------------------ */

START_TEST(horizons_between_are_interpolated)
{
    static const struct {
        int32_t months;
        double weight, scale;
    } cases[] = {{1, .85, 1.5},   {3, .85, 1.5},  {6, .85 - .05 / 3, 1.5}, {12, .80, 1.5},
                 {18, .75, 1.55}, {24, .70, 1.6}, {60, .70, 1.6}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct calibration_horizon at = calibration_at(&prior, cases[i].months);
        ck_assert_int_eq(at.months, cases[i].months);
        ck_assert_double_eq_tol(at.weight, cases[i].weight, close);
        ck_assert_double_eq_tol(at.scales[1], cases[i].scale, close);
    }
}
END_TEST

/* ---- quantiles ----------------------------------------------------------------------------------------- */

START_TEST(quantiles_are_pooled_then_scaled)
{
    /* hand: .6 x (458, 492, 528) + .4 x (470, 500, 540) = 462.8, 495.2, 532.8 at p10, p50, p90 (methods 7.4),
     * then m (q / m)^1.45 for the 80 % interval */
    static const double raw[SCORE_LEVELS] = {440, 458, 475, 492, 510, 528, 561};
    static const double reference[SCORE_LEVELS] = {450, 470, 485, 500, 520, 540, 580};
    struct calibration_horizon at = {.months = 12, .weight = .6, .scales = {1, 1, 1}};
    double final[SCORE_LEVELS];
    calibration_quantiles(&at, raw, reference, final);
    ck_assert_double_eq_tol(final[1], 462.8, 1e-9);
    ck_assert_double_eq_tol(final[3], 495.2, 1e-9);
    ck_assert_double_eq_tol(final[5], 532.8, 1e-9);
    at.scales[1] = 1.45;
    calibration_quantiles(&at, raw, reference, final);
    ck_assert_double_eq_tol(final[1], 495.2 * pow(462.8 / 495.2, 1.45), 1e-9);
    ck_assert_double_eq_tol(final[3], 495.2, 1e-9);
    ck_assert_double_eq_tol(final[5], 495.2 * pow(532.8 / 495.2, 1.45), 1e-9);
    ck_assert_double_eq_tol(final[2], .6 * 475 + .4 * 485, 1e-9); /* the 50 % interval has its own */
    /* weight 1 and scales of 1: the model's own, but for rounding */
    at = (struct calibration_horizon){.months = 12, .weight = 1, .scales = {1, 1, 1}};
    calibration_quantiles(&at, raw, reference, final);
    for (int i = 0; i < SCORE_LEVELS; i++)
        ck_assert_double_eq_tol(final[i] / raw[i], 1, close);
}
END_TEST

START_TEST(final_quantiles_are_in_order)
{
    /* Scales that would make the inner interval wider than the outer one, weights of all sizes, ties and 0.
     */
    struct dice dice = {4};
    for (int i = 0; i < 2000; i++) {
        double raw[SCORE_LEVELS], reference[SCORE_LEVELS], final[SCORE_LEVELS];
        for (int q = 0; q < SCORE_LEVELS; q++) {
            raw[q] = (q > 0 ? raw[q - 1] : dice_below(&dice, 3)) + dice_below(&dice, 4);
            reference[q] = (q > 0 ? reference[q - 1] : dice_below(&dice, 9)) + .5 * dice_below(&dice, 9);
        }
        const struct calibration_horizon at = {.months = 12,
                                               .weight = dice_below(&dice, 11) / 10.0,
                                               .scales = {.5 + dice_below(&dice, 26) / 10.0,
                                                          .5 + dice_below(&dice, 26) / 10.0,
                                                          .5 + dice_below(&dice, 26) / 10.0}};
        calibration_quantiles(&at, raw, reference, final);
        for (int q = 0; q < SCORE_LEVELS; q++)
            if (!(final[q] >= (q > 0 ? final[q - 1] : 0)))
                ck_abort_msg("case %d: quantile %d is %f after %f", i, q, final[q], q > 0 ? final[q - 1] : 0);
    }
}
END_TEST

/* ---- learning ------------------------------------------------------------------------------------------ */

/* Quantiles around a median: 10, 20 and 40 % away on the log scale for the 50, 80 and 95 % intervals. */
static void around(double median, double out[SCORE_LEVELS])
{
    static const double away[SCORE_LEVELS] = {-.4, -.2, -.1, 0, .1, .2, .4};
    for (int q = 0; q < SCORE_LEVELS; q++)
        out[q] = median * exp(away[q]);
}

/* A case at an origin some years before 2022, with log errors of model and reference. */
static struct calibration_case case_of(int32_t years, int32_t months, double model, double reference)
{
    struct calibration_case made = {.origin = on(2022 - years, 3, 31), .months = months, .actual = 400};
    around(400 * exp(-model), made.raw);
    around(400 * exp(-reference), made.reference);
    return made;
}

static bool same(const struct calibration *a, const struct calibration *b)
{
    bool same = a->n == b->n && a->origins == b->origins;
    for (size_t h = 0; same && h < a->n; h++)
        for (int c = 0; c < CONFORMAL_COVERAGES; c++)
            same = same && a->at[h].months == b->at[h].months &&
                   !(fabs(a->at[h].weight - b->at[h].weight) > 0) &&
                   !(fabs(a->at[h].scales[c] - b->at[h].scales[c]) > 0);
    return same;
}

START_TEST(nothing_to_learn_from_is_the_prior)
{
    struct calibration learned;
    calibration_learn(&prior, NULL, 0, on(2022, 3, 31), &learned);
    ck_assert(same(&learned, &prior));
    /* cases at a horizon that the prior does not have */
    const struct calibration_case cases[] = {case_of(5, 6, .1, .3), case_of(4, 6, .1, .3)};
    calibration_learn(&prior, cases, 2, on(2022, 3, 31), &learned);
    ck_assert(same(&learned, &prior));
}
END_TEST

START_TEST(weights_lean_on_the_prior)
{
    /* The model right and the reference far off, five times: the best weight is 1; with 30 cases of the prior
     * (5 x 1 + 30 x .8) / 35. The other way round (5 x 0 + 30 x .8) / 35. At two years five origins a year
     * apart are worth two and a half: (2.5 x 0 + 30 x .7) / 32.5. */
    struct calibration_case cases[5];
    struct calibration learned;
    for (int32_t i = 0; i < 5; i++)
        cases[i] = case_of(i + 1, 12, 0, .5);
    calibration_learn(&prior, cases, 5, on(2022, 3, 31), &learned);
    ck_assert_double_eq_tol(learned.at[1].weight, 29.0 / 35, close);
    ck_assert_double_eq(learned.at[0].weight, .85);
    ck_assert_int_eq(learned.origins, 5);
    for (int32_t i = 0; i < 5; i++)
        cases[i] = case_of(i + 1, 12, .5, 0);
    calibration_learn(&prior, cases, 5, on(2022, 3, 31), &learned);
    ck_assert_double_eq_tol(learned.at[1].weight, 24.0 / 35, close);
    for (int32_t i = 0; i < 5; i++)
        cases[i] = case_of(i + 2, 24, .5, 0);
    calibration_learn(&prior, cases, 5, on(2022, 3, 31), &learned);
    ck_assert_double_eq_tol(learned.at[2].weight, 21 / 32.5, close);
}
END_TEST

START_TEST(scales_lean_on_the_prior)
{
    /* Errors of 12 % of model and reference alike, so that pooling changes nothing: 1.2 and .6 of the way to
     * the limits of the 50 and 80 % intervals. Five cases beside 30: exp((5 log 1.2 + 30 log 1) / 35), and
     * with 1.5 for 80 %; 95 % needs 19 cases. Three cases teach nothing but the weight. */
    static const struct calibration one = {.at = {{12, .80, {1, 1.5, 2.2}}}, .n = 1};
    struct calibration_case cases[5];
    struct calibration learned;
    for (int32_t i = 0; i < 5; i++)
        cases[i] = case_of(i + 1, 12, i % 2 == 0 ? .12 : -.12, i % 2 == 0 ? .12 : -.12);
    calibration_learn(&one, cases, 5, on(2022, 3, 31), &learned);
    ck_assert_double_eq_tol(learned.at[0].scales[0], exp(5 * log(1.2) / 35), 1e-9);
    ck_assert_double_eq_tol(learned.at[0].scales[1], exp((5 * log(.6) + 30 * log(1.5)) / 35), 1e-9);
    ck_assert_double_eq_tol(learned.at[0].scales[2], 2.2, 1e-9);
    calibration_learn(&one, cases, 3, on(2022, 3, 31), &learned);
    ck_assert_double_eq_tol(learned.at[0].scales[0], 1, close);
    ck_assert_double_eq_tol(learned.at[0].scales[1], 1.5, close);
}
END_TEST

START_TEST(scales_never_fall_with_level_or_horizon)
{
    struct dice dice = {6};
    for (int i = 0; i < 300; i++) {
        struct calibration_case cases[40];
        struct calibration learned;
        const int32_t n = 1 + dice_below(&dice, 40);
        for (int32_t k = 0; k < n; k++)
            cases[k] = case_of(2 + k,
                               k % 3 == 0   ? 3
                               : k % 3 == 1 ? 12
                                            : 24,
                               dice_below(&dice, 100) / 200.0 - .25, dice_below(&dice, 100) / 200.0 - .25);
        calibration_learn(&prior, cases, (size_t)n, on(2022, 3, 31), &learned);
        for (size_t h = 0; h < learned.n; h++) {
            ck_assert(learned.at[h].weight >= 0 && learned.at[h].weight <= 1);
            for (int c = 0; c < CONFORMAL_COVERAGES; c++) {
                const double scale = learned.at[h].scales[c];
                ck_assert(scale >= .5 && scale <= 3);
                ck_assert(c == 0 || scale >= learned.at[h].scales[c - 1] - close);
                ck_assert(h == 0 || scale >= learned.at[h - 1].scales[c] - close);
            }
        }
    }
}
END_TEST

START_TEST(only_outcomes_that_were_known_teach)
{
    /* Origins of 2012 to 2021 at one year, known by 31 March 2018: those of 2012 to 2017. Whatever the others
     * say, and whether they are there, is the same to the bit; on the day before, that of 2017 is not known.
     */
    struct calibration_case cases[10];
    struct calibration all, some, other, before;
    const day known = on(2018, 3, 31);
    for (int32_t i = 0; i < 10; i++)
        cases[i] = case_of(10 - i, 12, .03 * i - .1, .05 * i - .2);
    calibration_learn(&prior, cases, 10, known, &all);
    calibration_learn(&prior, cases, 6, known, &some);
    ck_assert_int_eq(all.origins, 6);
    ck_assert(same(&all, &some));
    calibration_learn(&prior, cases, 10, known - 1, &before);
    ck_assert_int_eq(before.origins, 5);
    for (int32_t i = 6; i < 10; i++)
        cases[i] = case_of(10 - i, 12, 2, -3);
    calibration_learn(&prior, cases, 10, known, &other);
    ck_assert(same(&all, &other));
}
END_TEST

/* ---- applying ------------------------------------------------------------------------------------------ */

enum { RUNS = 200, MONTHS = 2 };
static const struct result_series stock_only[] = {{MEASURE_STOCK, {GROUP_ALL, 0}}};

static void open_draws(struct draws *draws, int32_t values[RUNS][MONTHS])
{
    struct err err = {0};
    struct dice dice = {9};
    ck_assert(draws_make(stock_only, 1, MONTHS, RUNS, draws, &err));
    for (int32_t r = 0; r < RUNS; r++) {
        values[r][0] = 300 + dice_below(&dice, 60) + dice_below(&dice, 60);
        values[r][1] = r == 17 ? 0 : dice_below(&dice, 900);
        ck_assert(draws_put(draws, r, values[r], &err));
    }
}

START_TEST(a_weight_of_1_and_scales_of_1_change_nothing)
{
    static const struct calibration same_as_raw = {.at = {{3, 1, {1, 1, 1}}}, .n = 1};
    static const double reference[MONTHS][SCORE_LEVELS] = {{9, 9, 9, 9, 9, 9, 9}, {1, 2, 3, 4, 5, 6, 7}};
    struct err err = {0};
    struct draws draws;
    int32_t values[RUNS][MONTHS];
    open_draws(&draws, values);
    ck_assert(calibration_apply(&same_as_raw, reference, &draws, &err));
    for (int i = 0; i < RUNS * MONTHS; i++)
        ck_assert_double_eq_tol(draws.ratios[i], 1, close);
    draws_free(&draws);
}
END_TEST

START_TEST(replicates_go_through_the_map_of_quantiles)
{
    static const struct calibration wider = {.at = {{12, .7, {1.1, 1.3, 1.6}}}, .n = 1};
    static const double reference[MONTHS][SCORE_LEVELS] = {{250, 290, 340, 380, 400, 450, 520},
                                                           {90, 200, 300, 420, 500, 700, 990}};
    struct err err = {0};
    struct draws draws;
    int32_t values[RUNS][MONTHS];
    double raw[SCORE_LEVELS], expected[SCORE_LEVELS], final[SCORE_LEVELS];
    double before[RUNS], after[RUNS];
    open_draws(&draws, values);
    ck_assert(calibration_apply(&wider, reference, &draws, &err));
    for (int m = 0; m < MONTHS; m++) {
        for (int r = 0; r < RUNS; r++) {
            before[r] = values[r][m];
            after[r] = values[r][m] * draws.ratios[r * MONTHS + m];
            for (int k = 0; k < r; k++) { /* order is kept, ties stay ties, 0 stays 0 */
                const bool agree = (before[k] < before[r]) == (after[k] < after[r]) &&
                                   (before[k] > before[r]) == (after[k] > after[r]);
                if (!agree)
                    ck_abort_msg("replicates %d and %d change their order", k, r);
            }
            if (values[r][m] == 0)
                ck_assert_double_eq(draws.ratios[r * MONTHS + m], 1);
        }
        qsort(before, RUNS, sizeof *before, ascending);
        qsort(after, RUNS, sizeof *after, ascending);
        for (int q = 0; q < SCORE_LEVELS; q++) {
            raw[q] = quantile_sorted(before, RUNS, score_levels[q]);
            final[q] = quantile_sorted(after, RUNS, score_levels[q]);
        }
        const struct calibration_horizon at = calibration_at(&wider, m + 1);
        calibration_quantiles(&at, raw, reference[m], expected);
        /* between two replicates the map bends a little */
        for (int q = 0; q < SCORE_LEVELS; q++)
            ck_assert_double_eq_tol(final[q] / expected[q], 1, .02);
    }
    draws_free(&draws);
}
END_TEST

/* ---- scenarios ----------------------------------------------------------------------------------------- */

/* A model of 100 + 3 r children in replicate r, and 5 more of them for the lever. */
static bool toy_fit(const struct model_input *input, const struct params *params, void **fitted,
                    struct err *err)
{
    (void)input;
    (void)params;
    *fitted = vec_new(1, 1, err);
    return *fitted != NULL;
}

static void toy_series(const void *fitted, const struct result_series **series, size_t *n)
{
    (void)fitted;
    *series = stock_only;
    *n = 1;
}

static bool toy_prepare(const void *fitted, const struct scenario *scenario, void **prepared, struct err *err)
{
    (void)fitted;
    int32_t *more = vec_new(1, sizeof *more, err);
    if (more == NULL)
        return false;
    *more = scenario->n_levers > 0 ? (int32_t)scenario->levers[0].high : 0;
    *prepared = more;
    return true;
}

static bool toy_simulate(const void *fitted, const void *prepared, int32_t replicate, struct tally *tally,
                         struct err *err)
{
    (void)fitted;
    (void)err;
    for (int32_t m = 0; m < tally->months; m++)
        tally->values[m] = 100 + 3 * replicate + *(const int32_t *)prepared;
    return true;
}

static void toy_quantiles(const void *fitted, int32_t month, const double levels[], size_t n, double out[])
{
    (void)fitted;
    (void)month;
    for (size_t i = 0; i < n; i++)
        out[i] = 200 * (.5 + levels[i]);
}

static const struct calibration toy_calibration = {.at = {{12, .5, {1, 1.2, 1.4}}}, .n = 1};
static const struct model toy = {
    .name = "toy",
    .needs = MODEL_NEEDS_HISTORY,
    .lever_kinds = 1U << LEVER_ENTRIES,
    .fit = toy_fit,
    .series = toy_series,
    .prepare = toy_prepare,
    .simulate = toy_simulate,
    .stock_quantiles = toy_quantiles,
    .calibration = &toy_calibration,
    .free_prepared = free,
    .free_fitted = free,
};

START_TEST(differences_are_paired_and_of_the_model)
{
    /* A shift of 5 children: each replicate's difference is 5 x its ratio, that of the baseline. The
     * quantiles of the difference are those of these products, not differences of quantiles. */
    enum { N = 101 };
    struct err err = {0};
    struct log log;
    struct history history = {.la_name = "Testshire"};
    struct scenario scenarios[2] = {{.name = "baseline", .stance = STANCE_BEST},
                                    {.name = "more", .stance = STANCE_BEST}};
    struct lever lever = {.id = "a",
                          .kind = LEVER_ENTRIES,
                          .low = 5,
                          .likely = 5,
                          .high = 5,
                          .start = DAY_NONE,
                          .reach = 1,
                          .source = "test"};
    struct price_book book = {0};
    struct forecast forecast;
    const struct model_input input = {
        .history = &history, .origin = on(2022, 3, 31), .months = MONTHS, .seed = 1};
    const struct run_options options = {.replicates = N, .threads = 2, .reference = &toy};
    log_init(&log, stderr, true);
    for (int i = 0; i < 2; i++)
        ck_assert(params_init(&scenarios[i].params, NULL, 0, &err));
    scenarios[1].levers = &lever;
    scenarios[1].n_levers = 1;
    ck_assert_msg(forecast_run(&toy, &input, scenarios, 2, &book, &options, &log, &forecast, &err), "%s",
                  err.message);
    ck_assert(forecast.is_calibrated);
    /* the same by hand */
    struct draws draws;
    double reference[MONTHS][SCORE_LEVELS];
    ck_assert(draws_make(stock_only, 1, MONTHS, N, &draws, &err));
    for (int32_t r = 0; r < N; r++) {
        const int32_t row[MONTHS] = {100 + 3 * r, 100 + 3 * r};
        ck_assert(draws_put(&draws, r, row, &err));
    }
    for (int m = 0; m < MONTHS; m++)
        toy_quantiles(NULL, m, score_levels, SCORE_LEVELS, reference[m]);
    ck_assert(calibration_apply(&toy_calibration, (const double(*)[SCORE_LEVELS])reference, &draws, &err));
    double products[N];
    double mean = 0;
    for (int32_t r = 0; r < N; r++) {
        products[r] = (floor((105 + 3 * r) * draws.ratios[(size_t)r * MONTHS] * 1000 + .5) -
                       floor((100 + 3 * r) * draws.ratios[(size_t)r * MONTHS] * 1000 + .5)) /
                      1000;
        mean += products[r] / N;
    }
    qsort(products, N, sizeof *products, ascending);
    const struct summary *difference = result_find(&forecast.differences[0], MEASURE_STOCK, everyone, 0);
    ck_assert_double_eq_tol(difference->mean, mean, 1e-9);
    for (int q = 0; q < SUMMARY_QUANTILES; q++)
        ck_assert_double_eq_tol(difference->quantiles[q], quantile_sorted(products, N, score_levels[q]),
                                1e-9);
    /* the effect of 5 is still about 5, and no interval as wide as that of the stocks */
    ck_assert(mean > 3 && mean < 7);
    const struct summary *stock = result_find(&forecast.scenarios[0], MEASURE_STOCK, everyone, 0);
    ck_assert_double_lt(difference->sd, stock->sd / 20);
    draws_free(&draws);
    forecast_free(&forecast);
    for (int i = 0; i < 2; i++)
        params_free(&scenarios[i].params);
}
END_TEST

Suite *suite_calibrate(void)
{
    Suite *suite = suite_create("calibrate");
    TCase *tcase = tcase_create("calibrate");
    tcase_add_test(tcase, horizons_between_are_interpolated);
    tcase_add_test(tcase, quantiles_are_pooled_then_scaled);
    tcase_add_test(tcase, final_quantiles_are_in_order);
    tcase_add_test(tcase, nothing_to_learn_from_is_the_prior);
    tcase_add_test(tcase, weights_lean_on_the_prior);
    tcase_add_test(tcase, scales_lean_on_the_prior);
    tcase_add_test(tcase, scales_never_fall_with_level_or_horizon);
    tcase_add_test(tcase, only_outcomes_that_were_known_teach);
    tcase_add_test(tcase, a_weight_of_1_and_scales_of_1_change_nothing);
    tcase_add_test(tcase, replicates_go_through_the_map_of_quantiles);
    tcase_add_test(tcase, differences_are_paired_and_of_the_model);
    suite_add_tcase(suite, tcase);
    return suite;
}
