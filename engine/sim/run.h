/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/run.h: all replicates of all scenarios, then their quantiles.
 *
 * Ownership: the results are the caller's, released by forecast_free. */
#ifndef TURNCURVE_SIM_RUN_H
#define TURNCURVE_SIM_RUN_H

#include "base/log.h"
#include "data/prices.h"
#include "sim/model.h"

struct forecast {
    struct result *scenarios;   /* n_scenarios, in the order given */
    struct result *differences; /* n_scenarios - 1: each later one less the first, stock and cost, replicate
                                   by replicate */
    size_t n_scenarios;
};

struct run_options {
    int32_t replicates; /* >= 2 */
    int32_t threads;    /* >= 1 */
};

/* Fits the model once, runs every scenario, costs the nights with the price book and each scenario's prices,
 * summarises. Results do not depend on the number of threads. Fails when a scenario asks what the model
 * cannot do. */
bool forecast_run(const struct model *model, const struct model_input *input,
                  const struct scenario scenarios[], size_t n_scenarios, const struct price_book *prices,
                  const struct run_options *options, struct log *log, struct forecast *out, struct err *err);
void forecast_free(struct forecast *forecast);

#endif
