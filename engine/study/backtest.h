/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/backtest.h: forecasts made where the outcome is known by now, and how good they were.
 *
 * Ownership: a backtest owns its rows and cases; backtest_free releases them. Names of models are borrowed
 * from them.
 *
 * At each origin a model sees what was known then: rows that start later are gone, ends after it are blank,
 * published years after it are cut off, and so is what was published later about children of all
 * (data/history.h, data/panel.h, data/population.h). Intervals are calibrated by what
 * forecasts from earlier origins taught, as far as their outcomes were known by then. Not undone: what later
 * returns corrected about days before the origin, and population estimates that were revised. Stocks are
 * scored at the end of the month at the horizon, flows and costs summed from the origin to it; costs at the
 * prices known at the origin, so that they tell of volume (Tashman 2000, International Journal of Forecasting
 * 16:437). */
#ifndef TURNCURVE_STUDY_BACKTEST_H
#define TURNCURVE_STUDY_BACKTEST_H

#include "numeric/score.h"
#include "sim/run.h"

struct backtest_row {
    int32_t la;        /* key of the authority, as given */
    const char *model; /* its name; of raw intervals beside final ones with is_raw */
    bool is_raw;
    day origin;
    int32_t horizon_months;
    enum measure measure;
    struct group group;
    double actual, mean, quantiles[SCORE_LEVELS], crps; /* children, nights or pounds */
    double naive; /* mean absolute change of the series over the last year's months (or years): what MASE
                     divides by */
    struct score_pit pit;
};

struct backtest {
    struct backtest_row *rows;
    size_t n, capacity;
    struct calibration_case
        *cases; /* of total stock, raw, of models that are calibrated: to be learned from */
    const char **case_models;
    size_t n_cases, cases_capacity, names_capacity;
};

enum backtest_intervals { BACKTEST_FINAL, BACKTEST_RAW, BACKTEST_BOTH };

struct backtest_options {
    const int32_t *horizons; /* months, ascending */
    size_t n_horizons;
    int32_t every_months; /* between origins, counted back from the end of the data */
    int32_t least_months; /* of history before the first origin */
    day first, last;      /* only origins of these days; DAY_NONE: no limit */
    enum backtest_intervals intervals;
    const struct model *reference; /* the last value */
    struct run_options run;        /* replicates and threads; the rest is set here */
    uint64_t seed;
};

/* What is known of an authority by now; history or yearly (with panel, for models that pool) may be NULL. */
struct backtest_known {
    int32_t la;
    const struct history *history;
    const struct yearly *yearly;
    const struct panel *panel;
    const struct population *population; /* NULL: none stored */
};

/* Forecasts from every origin with every model and adds rows. A model that cannot work from what was known at
 * an origin is left out there. ERR_DATA when no origin has enough history before and a horizon after it. */
bool backtest_run(const struct model *const models[], size_t n_models, const struct backtest_known *known,
                  const struct price_book *prices, const struct backtest_options *options, struct log *log,
                  struct backtest *out, struct err *err);
void backtest_free(struct backtest *backtest);

/* How good a model was at a horizon, over all rows of a measure and group. */
struct backtest_score {
    const char *model;
    bool is_raw;
    int32_t horizon_months;
    enum measure measure;
    struct group group;
    size_t n;
    double mae, mape, mase, bias, crps;
    double crps_vs_reference;                   /* ratio of sums over the cases that both have; NaN without */
    double cover[3], cover_error[3], winkler80; /* of the 50, 80, 95 % intervals; errors by origin */
};
/* Scores of all rows, by measure, group, model and horizon; *out is freed with free(). reference: the model
 * that CRPS is held against. */
bool backtest_scores(const struct backtest *backtest, const char *reference, struct backtest_score **out,
                     size_t *n, struct err *err);

#endif
