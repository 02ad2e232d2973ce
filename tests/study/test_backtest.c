/* SPDX-License-Identifier: GPL-3.0-or-later
 * Forecasts of the past by a model so small that all is done by hand, and by real ones that must not know
 * what came later. */
#include "study/backtest.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "models/models.h"
#include "tests/build_history.h"

Suite *suite_backtest(void);

static const struct group everyone = {GROUP_ALL, 0};

/* ---- a toy --------------------------------------------------------------------------------------------- */

/* Replicate r of 5 has as many children as were in care at the origin and 4 (r - 2) more, in every month; r
 * come in each. */
enum { RUNS = 5, STEP = 4 };
static const struct result_series toy_list[] = {{MEASURE_STOCK, {GROUP_ALL, 0}},
                                                {MEASURE_ENTRIES, {GROUP_ALL, 0}}};

static bool toy_fit(const struct model_input *input, const struct params *params, void **fitted,
                    struct err *err)
{
    (void)params;
    int32_t *here = vec_new(1, sizeof *here, err);
    if (here == NULL)
        return false;
    for (size_t i = 0; input->history != NULL && i < input->history->n_spells; i++)
        *here += input->history->spells[i].end > input->origin;
    if (input->history == NULL)
        *here = (int32_t)input->yearly->stock[input->yearly->n_years - 1];
    *fitted = here;
    return true;
}

static bool picky_fit(const struct model_input *input, const struct params *params, void **fitted,
                      struct err *err)
{
    if (input->origin < on(2020, 1, 1))
        return err_set(err, ERR_DATA, "there is too little for a picky model");
    return toy_fit(input, params, fitted, err);
}

static void toy_series(const void *fitted, const struct result_series **series, size_t *n)
{
    (void)fitted;
    *series = toy_list;
    *n = 2;
}

static bool toy_prepare(const void *fitted, const struct scenario *scenario, void **prepared, struct err *err)
{
    (void)fitted;
    (void)scenario;
    *prepared = vec_new(1, 1, err);
    return *prepared != NULL;
}

static bool toy_simulate(const void *fitted, const void *prepared, int32_t replicate, struct tally *tally,
                         struct err *err)
{
    (void)prepared;
    (void)err;
    for (int32_t m = 0; m < tally->months; m++) {
        tally->values[m] = *(const int32_t *)fitted + STEP * (replicate - 2);
        tally->values[tally->months + m] = replicate;
    }
    return true;
}

/* As a reference: two children wide for every month. */
static void toy_quantiles(const void *fitted, int32_t month, const double levels[], size_t n, double out[])
{
    for (size_t i = 0; i < n; i++)
        out[i] = *(const int32_t *)fitted + (month + 1) * (levels[i] - .5) * 4;
}

static const struct calibration toy_calibration = {.at = {{6, .5, {1, 1.1, 1.2}}, {12, .5, {1, 1.2, 1.4}}},
                                                   .n = 2};
static const struct model toy = {.name = "toy",
                                 .needs = MODEL_NEEDS_HISTORY | MODEL_TAKES_YEARLY,
                                 .fit = toy_fit,
                                 .series = toy_series,
                                 .prepare = toy_prepare,
                                 .simulate = toy_simulate,
                                 .stock_quantiles = toy_quantiles,
                                 .free_prepared = free,
                                 .free_fitted = free};
static const struct model picky = {.name = "picky",
                                   .needs = MODEL_NEEDS_HISTORY,
                                   .fit = picky_fit,
                                   .series = toy_series,
                                   .prepare = toy_prepare,
                                   .simulate = toy_simulate,
                                   .free_prepared = free,
                                   .free_fitted = free};
static const struct model calibrated = {.name = "calibrated",
                                        .needs = MODEL_NEEDS_HISTORY,
                                        .fit = toy_fit,
                                        .series = toy_series,
                                        .prepare = toy_prepare,
                                        .simulate = toy_simulate,
                                        .calibration = &toy_calibration,
                                        .free_prepared = free,
                                        .free_fitted = free};

/* ---- running it ---------------------------------------------------------------------------------------- */

static const int32_t horizons[] = {6, 12};

static struct backtest_options options_of(enum backtest_intervals intervals, int32_t replicates)
{
    return (struct backtest_options){.horizons = horizons,
                                     .n_horizons = 2,
                                     .every_months = 12,
                                     .least_months = 24,
                                     .first = DAY_NONE,
                                     .last = DAY_NONE,
                                     .intervals = intervals,
                                     .reference = &toy,
                                     .run = {.replicates = replicates, .threads = 2},
                                     .seed = 3};
}

static bool run(const struct model *const models[], size_t n, const struct backtest_known *known,
                const struct backtest_options *options, struct backtest *out, struct err *err)
{
    struct price_book book = {0};
    struct log log;
    log_init(&log, stderr, true);
    *out = (struct backtest){0};
    ck_assert(price_book_defaults(&book, err));
    const bool ok = backtest_run(models, n, known, &book, options, &log, out, err);
    price_book_free(&book);
    return ok;
}

/* 30 children are there from 2016 on; each 10 May one more comes and each 20 August two leave. */
static void open_tiny(struct history *history)
{
    build_init(history, 2017, 2022);
    for (int i = 0; i < 30; i++) {
        const day end = i < 12 ? on(2016 + i / 2, 8, 20) : DAY_OPEN;
        build_child(history, on(2012, 1, 1));
        build_spell(history, on(2016, 1, 1), end, ROUTE_HOME, PLACEMENT_FOSTER_KIN);
    }
    for (int year = 2016; year <= 2021; year++) {
        build_child(history, on(2012, 1, 1));
        build_spell(history, on(year, 5, 10), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
    }
}

static const struct backtest_row *find_row(const struct backtest *backtest, const char *model, bool is_raw,
                                           day origin, int32_t months, enum measure measure)
{
    for (size_t i = 0; i < backtest->n; i++) {
        const struct backtest_row *row = &backtest->rows[i];
        if (strcmp(row->model, model) == 0 && row->is_raw == is_raw && row->origin == origin &&
            row->horizon_months == months && row->measure == measure && row->group.kind == GROUP_ALL)
            return row;
    }
    return NULL;
}

START_TEST(rows_and_outcomes_by_hand)
{
    /* Stock at the end of March 2019: 30 + 3 - 6 = 27, a child less each year. From there the toy says 19,
     * 23, 27, 31, 35. Six months later 27 - 2 + 1 = 26; one came. A year later 26. */
    struct history history;
    struct backtest backtest;
    struct err err = {0};
    const struct model *const models[] = {&toy};
    open_tiny(&history);
    const struct backtest_known known = {.la = 7, .history = &history};
    const struct backtest_options options = options_of(BACKTEST_FINAL, RUNS);
    ck_assert_msg(run(models, 1, &known, &options, &backtest, &err), "%s", err.message);
    /* origins of March 2018 to 2021; two horizons; stock and entries */
    ck_assert_uint_eq(backtest.n, 16);
    ck_assert_uint_eq(backtest.n_cases, 0); /* the toy's intervals are its own */
    const struct backtest_row *row = find_row(&backtest, "toy", false, on(2019, 3, 31), 6, MEASURE_STOCK);
    ck_assert_ptr_nonnull(row);
    ck_assert_int_eq(row->la, 7);
    ck_assert_double_eq(row->actual, 26);
    ck_assert_double_eq(row->mean, 27);
    ck_assert_double_eq(row->quantiles[SCORE_MEDIAN], 27);
    /* type 8 of 5 values at .25: (5 + 1/3) / 4 + 1/3 = 1.6667: 19 + .6667 x 4 */
    ck_assert_double_eq_tol(row->quantiles[2], 19 + 8.0 / 3, 1e-9);
    /* CRPS: mean |x - 26| = (7 + 3 + 1 + 5 + 9) / 5 = 5; mean |x - x'| / 2 = 4 x 1.6 / 2 = 3.2 */
    ck_assert_double_eq_tol(row->crps, 1.8, 1e-12);
    ck_assert_double_eq_tol(row->pit.low, .4, 1e-12);
    ck_assert_double_eq_tol(row->pit.high, .4, 1e-12);
    /* of the 35 changes from month to month before the origin three Mays rise by 1, three Augusts fall by 2
     */
    ck_assert_double_eq_tol(row->naive, 9.0 / 35, 1e-12);
    row = find_row(&backtest, "toy", false, on(2019, 3, 31), 12, MEASURE_ENTRIES);
    ck_assert_double_eq(row->actual, 1);
    ck_assert_double_eq(row->mean, 24); /* 12 months of 2 */
    row = find_row(&backtest, "toy", false, on(2021, 3, 31), 12, MEASURE_STOCK);
    ck_assert_double_eq(row->actual, 24);
    ck_assert_double_eq(row->mean, 25);
    ck_assert_ptr_null(find_row(&backtest, "toy", false, on(2017, 3, 31), 6, MEASURE_STOCK));
    backtest_free(&backtest);
    build_free(&history);
}
END_TEST

START_TEST(origins_as_they_are_asked_for)
{
    struct history history;
    struct backtest backtest;
    struct err err = {0};
    const struct model *const models[] = {&toy, &picky};
    open_tiny(&history);
    const struct backtest_known known = {.history = &history};
    struct backtest_options options = options_of(BACKTEST_FINAL, RUNS);
    options.every_months = 6;
    options.first = on(2019, 9, 30);
    options.last = on(2020, 9, 30);
    /* a model that cannot work from what was known is left out where it cannot, and only there */
    ck_assert(run(models, 2, &known, &options, &backtest, &err));
    ck_assert_uint_eq(backtest.n, 3 * 4 + 2 * 4);
    ck_assert_ptr_nonnull(find_row(&backtest, "toy", false, on(2019, 9, 30), 6, MEASURE_STOCK));
    ck_assert_ptr_null(find_row(&backtest, "picky", false, on(2019, 9, 30), 6, MEASURE_STOCK));
    ck_assert_ptr_nonnull(find_row(&backtest, "picky", false, on(2020, 3, 31), 12, MEASURE_STOCK));
    backtest_free(&backtest);
    options.least_months = 70;
    ck_assert(!run(models, 1, &known, &options, &backtest, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    backtest_free(&backtest);
    build_free(&history);
}
END_TEST

START_TEST(published_years_have_outcomes_too)
{
    struct yearly yearly = {.la = 3};
    struct backtest backtest;
    struct err err = {0};
    const struct model *const models[] = {&toy};
    static const int32_t whole_years[] = {12, 24};
    ck_assert(yearly_reserve(&yearly, 2015, 2020, &err));
    for (int i = 0; i < 6; i++) {
        yearly.stock[i] = 500 + 10 * i;
        yearly.starts[i] = i == 4 ? (double)NAN : 200 + i;
    }
    const struct backtest_known known = {.la = 3, .yearly = &yearly};
    struct backtest_options options = options_of(BACKTEST_FINAL, RUNS);
    options.horizons = whole_years;
    ck_assert_msg(run(models, 1, &known, &options, &backtest, &err), "%s", err.message);
    const struct backtest_row *row = find_row(&backtest, "toy", false, on(2017, 3, 31), 24, MEASURE_STOCK);
    ck_assert_double_eq(row->mean, 520);
    ck_assert_double_eq(row->actual, 540);
    ck_assert_double_eq(row->naive, 10);
    /* starts of 2018 alone are known; of 2018 and 2019 one is not */
    row = find_row(&backtest, "toy", false, on(2017, 3, 31), 12, MEASURE_ENTRIES);
    ck_assert_double_eq(row->actual, 203);
    ck_assert_ptr_null(find_row(&backtest, "toy", false, on(2017, 3, 31), 24, MEASURE_ENTRIES));
    backtest_free(&backtest);
    yearly_free(&yearly);
}
END_TEST

/* ---- calibration --------------------------------------------------------------------------------------- */

/* Quantiles of the toy's replicates from `here` children at a horizon, calibrated. */
static void calibrate_by_hand(const struct calibration *calibration, int32_t here, int32_t months,
                              double out[SCORE_LEVELS])
{
    struct err err = {0};
    struct draws draws;
    double reference[12][SCORE_LEVELS];
    double values[RUNS];
    int32_t row[12];
    ck_assert(draws_make(toy_list, 1, 12, RUNS, &draws, &err));
    for (int32_t r = 0; r < RUNS; r++) {
        for (int m = 0; m < 12; m++)
            row[m] = here + STEP * (r - 2);
        ck_assert(draws_put(&draws, r, row, &err));
    }
    for (int32_t m = 0; m < 12; m++)
        toy_quantiles(&here, m, score_levels, SCORE_LEVELS, reference[m]);
    ck_assert(calibration_apply(calibration, (const double(*)[SCORE_LEVELS])reference, &draws, &err));
    draws_values(&draws, MEASURE_STOCK, everyone, 0, months - 1, values); /* ascending, as the toy's are */
    for (int q = 0; q < SCORE_LEVELS; q++) {
        /* type 8 */
        const double h = fmin(RUNS, fmax(1, (RUNS + 1.0 / 3) * score_levels[q] + 1.0 / 3));
        const int k = (int)h < RUNS ? (int)h : RUNS - 1;
        out[q] = values[k - 1] + (h - k) * (values[k] - values[k - 1]);
    }
    draws_free(&draws);
}

START_TEST(intervals_are_calibrated_by_earlier_outcomes_alone)
{
    /* Six origins of the toy, a year apart. At each the final intervals are the prior's, put right by the
     * cases of earlier origins whose outcome was known: never by its own. */
    struct history history;
    struct backtest backtest;
    struct err err = {0};
    const struct model *const models[] = {&calibrated};
    open_tiny(&history);
    const struct backtest_known known = {.history = &history};
    struct backtest_options options = options_of(BACKTEST_BOTH, RUNS);
    options.least_months = 3;
    options.every_months = 3;
    ck_assert_msg(run(models, 1, &known, &options, &backtest, &err), "%s", err.message);
    ck_assert_uint_gt(backtest.n_cases, 30);
    int changed = 0;
    for (size_t i = 0; i < backtest.n; i++) {
        const struct backtest_row *row = &backtest.rows[i];
        if (row->measure != MEASURE_STOCK || row->is_raw)
            continue;
        const struct backtest_row *raw =
            find_row(&backtest, "calibrated", true, row->origin, row->horizon_months, MEASURE_STOCK);
        struct calibration learned;
        struct calibration_case *cases = malloc(backtest.n_cases * sizeof *cases);
        ck_assert_ptr_nonnull(cases);
        size_t n = 0;
        for (size_t k = 0; k < backtest.n_cases; k++)
            if (backtest.cases[k].origin < row->origin)
                cases[n++] = backtest.cases[k];
        calibration_learn(&toy_calibration, cases, n, row->origin, &learned);
        double expected[SCORE_LEVELS];
        calibrate_by_hand(&learned, (int32_t)raw->mean, row->horizon_months, expected);
        for (int q = 0; q < SCORE_LEVELS; q++)
            ck_assert_double_eq_tol(row->quantiles[q], expected[q], 1e-9);
        double prior[SCORE_LEVELS];
        calibrate_by_hand(&toy_calibration, (int32_t)raw->mean, row->horizon_months, prior);
        changed += fabs(prior[1] - expected[1]) > 1e-9;
        free(cases);
    }
    ck_assert_int_gt(changed, 20); /* cases did teach */
    backtest_free(&backtest);
    build_free(&history);
}
END_TEST

/* ---- what came later ----------------------------------------------------------------------------------- */

/* Another future: who comes after the day does not; who leaves after it goes on or leaves otherwise; moves
 * after it go elsewhere. The history stays sound. */
static void change_future(struct history *history, day last)
{
    struct dice dice = {17};
    for (size_t i = 0; i < history->n_segments; i++) {
        struct segment *segment = &history->segments[i];
        if (segment->start <= last)
            continue;
        segment->group = (uint8_t)dice_below(&dice, PLACEMENT_COUNT);
        segment->legal = (uint8_t)dice_below(&dice, LEGAL_COUNT);
    }
    for (size_t i = 0; i < history->n_spells; i++) {
        struct spell *spell = &history->spells[i];
        struct segment *segment = &history->segments[spell->first_segment + spell->n_segments - 1];
        if (spell->end == DAY_OPEN || spell->end <= last)
            continue;
        spell->route = (uint8_t)dice_below(&dice, ROUTE_COUNT);
        /* a day earlier, as long as that is still in the future and leaves a day to its last segment */
        const day earlier = spell->end - 1 - dice_below(&dice, 200);
        if (earlier > last && earlier > segment->start)
            spell->end = segment->end = earlier;
    }
}

static bool same_forecast(const struct backtest_row *a, const struct backtest_row *b)
{
    bool same = !(fabs(a->mean - b->mean) > 0);
    for (int q = 0; q < SCORE_LEVELS; q++)
        same = same && !(fabs(a->quantiles[q] - b->quantiles[q]) > 0);
    return same && strcmp(a->model, b->model) == 0 && a->is_raw == b->is_raw && a->origin == b->origin &&
           a->horizon_months == b->horizon_months && a->measure == b->measure &&
           a->group.kind == b->group.kind && a->group.member == b->group.member;
}

START_TEST(another_future_gives_the_same_forecasts)
{
    /* Real models, raw and calibrated, from three origins; the future of the second is changed. Forecasts
     * from the first two are the same to the bit, outcomes are not, nor is what is said from the third. */
    const day last = on(2020, 3, 31);
    struct history history;
    struct history other;
    struct backtest one, two;
    struct err err = {0};
    const struct model *const models[] = {&model_carepath, &model_stockflow, &model_last_value};
    build_random(&history, 77, 250, 2017, 2022, 0);
    build_random(&other, 77, 250, 2017, 2022, 0);
    change_future(&other, last);
    ck_assert_msg(history_verify(&other, &err), "%s", err.message);
    struct backtest_options options = options_of(BACKTEST_BOTH, 40);
    options.reference = &model_last_value;
    const struct backtest_known known[] = {{.history = &history}, {.history = &other}};
    ck_assert_msg(run(models, 3, &known[0], &options, &one, &err), "%s", err.message);
    ck_assert_msg(run(models, 3, &known[1], &options, &two, &err), "%s", err.message);
    ck_assert_uint_eq(one.n, two.n);
    size_t n[3] = {0, 0, 0}; /* forecasts from the first two origins, outcomes that differ, later forecasts */
    for (size_t i = 0; i < one.n; i++) {
        const struct backtest_row *a = &one.rows[i];
        const struct backtest_row *b = &two.rows[i];
        if (a->origin > last) {
            n[2] += !same_forecast(a, b);
            continue;
        }
        ck_assert_msg(same_forecast(a, b), "%s, %s of kind %d at %d months", a->model,
                      measure_name(a->measure), (int)a->group.kind, (int)a->horizon_months);
        n[0]++;
        n[1] += fabs(a->actual - b->actual) > 0;
    }
    ck_assert_uint_gt(n[0], 200);
    ck_assert_uint_gt(n[1], 30);
    ck_assert_uint_gt(n[2], 50);
    backtest_free(&one);
    backtest_free(&two);
    build_free(&history);
    build_free(&other);
}
END_TEST

/* ---- scores -------------------------------------------------------------------------------------------- */

static struct backtest_row row_of(const char *model, int32_t year, double actual, double median, double mean,
                                  double crps)
{
    struct backtest_row row = {.model = model,
                               .origin = on(year, 3, 31),
                               .horizon_months = 12,
                               .measure = MEASURE_STOCK,
                               .actual = actual,
                               .mean = mean,
                               .crps = crps,
                               .naive = 4};
    static const double away[SCORE_LEVELS] = {-40, -20, -10, 0, 10, 20, 40};
    for (int q = 0; q < SCORE_LEVELS; q++)
        row.quantiles[q] = median + away[q];
    return row;
}

START_TEST(scores_by_hand)
{
    /* Medians 430, 435, 441 against 436, 450, 452: errors 6, 15, 11, mean 10.6667, and 2.38103614697 % of the
     * outcomes (methods 7.2); over a naive change of 4 each. Intervals of +- 10, 20, 40: 1, 3 and 3 of 3. */
    struct err err = {0};
    struct backtest_row rows[] = {
        row_of("b", 2018, 436, 430, 431, 6),  row_of("a", 2018, 436, 436, 440, 10),
        row_of("b", 2019, 450, 435, 434, 8),  row_of("b", 2020, 452, 441, 443, 4),
        row_of("a", 2020, 452, 470, 440, 10),
    };
    struct backtest backtest = {.rows = rows, .n = sizeof rows / sizeof rows[0]};
    struct backtest_score *scores = NULL;
    size_t n = 0;
    ck_assert(backtest_scores(&backtest, "a", &scores, &n, &err));
    ck_assert_uint_eq(n, 2);
    const struct backtest_score *b = strcmp(scores[0].model, "b") == 0 ? &scores[0] : &scores[1];
    const struct backtest_score *a = b == &scores[0] ? &scores[1] : &scores[0];
    ck_assert_uint_eq(b->n, 3);
    ck_assert_uint_eq(a->n, 2);
    ck_assert_double_eq_tol(b->mae, 32.0 / 3, 1e-9);
    ck_assert_double_eq_tol(b->mape, 2.38103614697, 1e-9);
    ck_assert_double_eq_tol(b->mase, 32.0 / 12, 1e-9);
    ck_assert_double_eq_tol(b->bias, (-5 - 16 - 9) / 3.0, 1e-9); /* means 431, 434, 443 */
    ck_assert_double_eq_tol(b->crps, 6, 1e-9);
    /* against the reference over the two origins that both have: (6 + 4) / (10 + 10) */
    ck_assert_double_eq_tol(b->crps_vs_reference, .5, 1e-9);
    ck_assert_double_eq_tol(a->crps_vs_reference, 1, 1e-9);
    ck_assert_double_eq_tol(b->cover[0], 1 / 3.0, 1e-9);
    ck_assert_double_eq_tol(b->cover[1], 1, 1e-9);
    ck_assert_double_eq_tol(b->cover[2], 1, 1e-9);
    ck_assert_double_eq_tol(b->winkler80, 40, 1e-9);
    /* the reference's 80 % interval of 450 .. 490 holds 452, that of 416 .. 456 holds 436 */
    ck_assert_double_eq_tol(a->winkler80, 40, 1e-9);
    ck_assert_double_eq_tol(a->cover[0], .5, 1e-9);
    free(scores);
    /* an outcome 5 above the interval costs 2 / (1 - .8) x 5 more */
    rows[3].actual = 441 + 25;
    ck_assert(backtest_scores(&backtest, "a", &scores, &n, &err));
    b = strcmp(scores[0].model, "b") == 0 ? &scores[0] : &scores[1];
    ck_assert_double_eq_tol(b->winkler80, 40 + 50 / 3.0, 1e-9);
    free(scores);
}
END_TEST

Suite *suite_backtest(void)
{
    Suite *suite = suite_create("backtest");
    TCase *tcase = tcase_create("backtest");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, rows_and_outcomes_by_hand);
    tcase_add_test(tcase, origins_as_they_are_asked_for);
    tcase_add_test(tcase, published_years_have_outcomes_too);
    tcase_add_test(tcase, intervals_are_calibrated_by_earlier_outcomes_alone);
    tcase_add_test(tcase, another_future_gives_the_same_forecasts);
    tcase_add_test(tcase, scores_by_hand);
    suite_add_tcase(suite, tcase);
    return suite;
}
