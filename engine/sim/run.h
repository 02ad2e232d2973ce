/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/run.h: all replicates of all scenarios, then their quantiles.
 *
 * Ownership: a struct run owns its fit, released by run_close; draws of a run borrow its series. Results of
 * forecast_run are the caller's, released by forecast_free. */
#ifndef TURNCURVE_SIM_RUN_H
#define TURNCURVE_SIM_RUN_H

#include "base/log.h"
#include "data/prices.h"
#include "sim/draws.h"
#include "sim/model.h"

struct run_options {
    int32_t replicates;            /* >= 2 */
    int32_t threads;               /* >= 1 */
    bool raw;                      /* the model's own intervals, not pooled and scaled */
    bool verify;                   /* checks every replicate (sim/verify.h) */
    const struct model *reference; /* the last value, for pooling; NULL: none, and intervals stay raw */
    const struct calibration *calibration; /* learned for this authority; NULL: the model's built-in one */
};

struct forecast {
    struct result *scenarios;   /* n_scenarios, in the order given */
    struct result *differences; /* n_scenarios - 1: each later one less the first, stock and cost, replicate
                                   by replicate */
    size_t n_scenarios;
    bool is_calibrated;
    struct calibration calibration; /* what was used */
};

/* Fits the model once, runs every scenario, calibrates stocks and nights, costs the nights with the price
 * book and each scenario's prices, summarises. Results do not depend on the number of threads. Fails when a
 * scenario asks what the model cannot do. */
bool forecast_run(const struct model *model, const struct model_input *input,
                  const struct scenario scenarios[], size_t n_scenarios, const struct price_book *prices,
                  const struct run_options *options, struct log *log, struct forecast *out, struct err *err);
void forecast_free(struct forecast *forecast);

/* ---- step by step, for questions that need every replicate ---- */

struct run {
    const struct model *model;
    const struct model_input *input;
    const struct run_options *options;
    struct log *log;
    void *fitted;
    const struct result_series *series;
    size_t n_series;
    double (*reference)[SCORE_LEVELS]; /* [months] quantiles of the last value; NULL: none */
    int32_t origin_stock;              /* -1 when not known */
    int64_t done, total;               /* replicates, for the progress line */
};

/* Fits the model, and the reference where intervals are to be calibrated. params: those of the first
 * scenario. */
bool run_open(struct run *run, const struct model *model, const struct model_input *input,
              const struct params *params, const struct run_options *options, struct log *log,
              struct err *err);
void run_close(struct run *run);
/* All replicates of a scenario, raw and without costs. */
bool run_replicates(struct run *run, const struct scenario *scenario, struct draws *out, struct err *err);
/* True when the run can calibrate: the model has a calibration, there is a reference, and raw was not asked
 * for. */
bool run_is_calibrated(const struct run *run);
/* Costs from the nights as they are now. Does nothing for a model without nights by placement. */
bool run_costs(const struct run *run, const struct scenario *scenario, const struct price_book *prices,
               struct draws *draws, struct err *err);
/* All of these for one scenario: replicates, calibrated by the ratios of `base` (NULL: by the scenario's own
 * without its levers, as a forecast of it alone is), and costs (prices NULL: none). Fails as forecast_run
 * does. */
bool run_scenario(struct run *run, const struct scenario *scenario, const struct draws *base,
                  const struct price_book *prices, struct draws *out, struct err *err);

#endif
