/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/backtest.h: forecasts made where the outcome is known by now, and how good they were.
 *
 * Ownership: a backtest owns its rows, cases and gaps; backtest_free releases them. Names of models are
 * borrowed from them.
 *
 * At each origin a model sees what was known then: rows that start later are gone, ends after it are blank,
 * published years after it are cut off, and so is what was published later about children of all ages
 * (data/history.h, data/panel.h, data/population.h), prices that begin later too. Intervals are calibrated by
 * what forecasts from earlier origins taught, as far as their outcomes were known by then. Not undone: what
 * later returns corrected about days before the origin, population estimates that were revised, and what the
 * built-in priors of models know of the years that they were made from. Stocks are
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
    double naive; /* of stocks: the mean absolute change from month to month (or year to year) before the
                     origin, what MASE divides by; NaN for all else */
    struct score_pit pit;
};

/* Where a model could not work from what was known. */
struct backtest_gap {
    int32_t la;
    const char *model;
    day origin;
    char why[256];
};

struct backtest {
    struct backtest_row *rows;
    size_t n, capacity;
    struct calibration_case
        *cases; /* of total stock, raw, of models that are calibrated: to be learned from */
    const char **case_models;
    int32_t *case_las; /* keys of their authorities */
    size_t n_cases, cases_capacity, names_capacity, las_capacity;
    struct backtest_gap *gaps;
    size_t n_gaps, gaps_capacity;
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
    const struct panel *panel;           /* the same for all authorities of a call */
    const struct population *population; /* NULL: none stored */
};

/* Forecasts from every origin with every model and adds rows: authority after authority in the order given,
 * each by origin, then model in the order given, then horizon. The panel is cut once an origin. Threads share
 * the replicates where there is a history, else the authorities; rows do not depend on their number. A model
 * that cannot work from what was known at an origin leaves a gap there; an authority without an origin that
 * has enough history before and a horizon after it has no rows. ERR_DATA when that is so of all. */
bool backtest_run_all(const struct model *const models[], size_t n_models,
                      const struct backtest_known known[], size_t n_known, const struct price_book *prices,
                      const struct backtest_options *options, struct log *log, struct backtest *out,
                      struct err *err);
/* The same for one authority. */
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
    size_t n, n_origins;
    double overlap; /* backtest_overlap of its origins and horizon */
    double mae, mape, mase, bias, crps;
    double cover[3], cover_error[3], winkler80; /* of the 50, 80, 95 % intervals; errors by origin, NaN for
                                                   one origin */
    size_t held[3];                             /* outcomes inside */
    /* against the reference, over the cases that both have */
    size_t n_paired, n_better;        /* cases; those in which the CRPS is smaller */
    double crps_vs_reference;         /* ratio of sums; NaN without */
    double crps_vs_low, crps_vs_high; /* its 95 % limits; NaN where there are too few origins */
};
/* Scores of all rows, by measure, group, horizon and model; *out is freed with free(). reference: the model
 * that CRPS is held against.
 *
 * Limits of the ratio are a bootstrap over origins, because authorities of one origin share the nation's
 * fortune, made wider for few origins (Hesterberg 2015, American Statistician 69:371) and for overlap. They
 * need BACKTEST_LEAST_ORIGINS with several cases each, or BACKTEST_ENOUGH_ORIGINS that do not overlap. */
enum { BACKTEST_LEAST_ORIGINS = 5, BACKTEST_ENOUGH_ORIGINS = 8 };
bool backtest_scores(const struct backtest *backtest, const char *reference, struct backtest_score **out,
                     size_t *n, struct err *err);
/* How many origins look at the same months: the horizon over the months between origins, at least 1. The
 * variance of a mean over many such origins is so many times that of independent ones. 1 for one origin. */
double backtest_overlap(day first, day last, size_t n_origins, int32_t horizon_months);
/* 95 % limits of a coverage, c one of 0 (50 %), 1 (80 %), 2 (95 %): Wilson's, as of n / overlap independent
 * cases, or where there are several cases an origin the limits by origin (Student's t, widened for overlap)
 * when those are wider. False when there are too few cases to speak of a share: then say "6 of 8", with the
 * limits. */
bool backtest_score_limits(const struct backtest_score *score, int c, double *low, double *high);

/* Where outcomes fell in a model's forecasts of total stock. */
enum { BACKTEST_BINS_MOST = 10 };
struct backtest_pit {
    size_t n, n_origins;
    double overlap; /* of the longest horizon */
    size_t n_bins;
    double shares[BACKTEST_BINS_MOST]; /* of outcomes in each of n_bins equal parts of the forecast; sum 1 */
    double low[BACKTEST_BINS_MOST], high[BACKTEST_BINS_MOST]; /* 95 %, by origin, widened for overlap; NaN for
                                                                 too few origins */
    double above, above_low, above_high;                      /* share above the middle; limits likewise */
};
/* A histogram without luck (score_pit_add) of the final intervals at a horizon, 0: of all horizons. n_bins at
 * most BACKTEST_BINS_MOST. n is 0 when there are no such rows. */
bool backtest_pit_make(const struct backtest *backtest, const char *model, int32_t horizon_months,
                       size_t n_bins, struct backtest_pit *out, struct err *err);

#endif
