/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/variance_chain.h: runs the chain of forecasts from one side of a variance to the other.
 *
 * Ownership: a chain owns its states and rows; variance_chain_free releases them. Sides are borrowed. */
#ifndef TURNCURVE_APP_VARIANCE_CHAIN_H
#define TURNCURVE_APP_VARIANCE_CHAIN_H

#include "app/outlook.h"
#include "app/variance_side.h"

enum { VARIANCE_FLOWS_MOST = 64 };

/* What the earlier forecast expected of the time between the two, and what came. */
struct variance_outcome {
    enum measure measure;
    struct group group;
    double mean, p10, p50, p90;
    double happened;
};

struct variance_chain {
    const struct variance_side *a, *b;
    struct authority authority;
    day by;                 /* children at the end of this day */
    day cost_from, cost_to; /* months of the cost, by their days */
    struct variance_state states[VARIANCE_STEPS + 1];
    enum variance_step steps[VARIANCE_STEPS]; /* states[i] to states[i + 1] */
    bool same[VARIANCE_STEPS];                /* nothing differed, so nothing was run */
    size_t n_steps;
    bool holds_rates; /* data and rates are apart; else `data` is both together */
    struct variance_outcome outcomes[VARIANCE_FLOWS_MOST];
    size_t n_outcomes;
    day outcome_from, outcome_to; /* DAY_NONE: the sides start on the same day */
};
void variance_chain_free(struct variance_chain *chain);

/* a's origin must not lie behind b's. by: DAY_NONE for the first 31 March behind b's origin. ERR_USAGE when
 * a side does not reach so far. */
bool variance_chain_run(struct variance_chain *chain, struct app *app, struct store *store,
                        const struct options *options, const struct variance_side *a,
                        const struct variance_side *b, day by, struct err *err);

#endif
