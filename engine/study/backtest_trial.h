/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/backtest_trial.h: one model at one origin, and what came to be. Internal to study/backtest.
 *
 * Ownership: a job owns its rows, counts and error; the caller of backtest_trial_run releases them. */
#ifndef TURNCURVE_STUDY_BACKTEST_TRIAL_H
#define TURNCURVE_STUDY_BACKTEST_TRIAL_H

#include "data/counts.h"
#include "study/backtest.h"

/* One authority and what was found for it so far. */
struct backtest_job {
    const struct backtest_known *known;
    const struct backtest_options *options;
    struct counts counts; /* of the history */
    day first, last;      /* first and last origin that the data allow; DAY_NONE: there is none */
    day end;              /* of what is known by now */
    struct backtest own;
    struct err err;
};

/* What all trials of an origin share. */
struct backtest_moment {
    day origin;
    const struct price_book *prices; /* as known */
    struct log *log;
    int32_t threads;
    int64_t done, total; /* replicates, for the progress line */
};

/* Forecasts with a model from an input that holds what was known, and adds rows, cases or a gap to the job.
 */
bool backtest_trial_run(struct backtest_job *job, const struct backtest_moment *moment,
                        const struct model *model, const struct model_input *input, struct err *err);

/* What a series was `months` after the origin (stocks), or until then (all else). actual: what happened,
 * costed by backtest_outcome_cost; needed for costs alone. Costs are in pounds. False when it is not known,
 * or when the area changed in between. */
bool backtest_outcome(const struct backtest_job *job, const struct result_series *series, day origin,
                      int32_t months, const struct draws *actual, double *out);
/* Fills *actual with one replicate, the nights that happened, and costs it like a forecast's. It borrows
 * series. Does nothing without a history. */
bool backtest_outcome_cost(const struct backtest_job *job, const struct backtest_moment *moment,
                           const struct model_input *input, const struct scenario *scenario,
                           struct result_series series[PLACEMENT_COUNT], struct draws *actual,
                           struct err *err);
/* Mean absolute change of a stock from step to step before the origin; NaN for all else. */
double backtest_naive(const struct backtest_job *job, const struct result_series *series, day origin);

#endif
