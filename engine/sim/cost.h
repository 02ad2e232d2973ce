/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/cost.h: nights in a placement become money.
 *
 * Ownership: a struct cost_plan owns its arrays; cost_plan_free releases them. It borrows the scenario.
 *
 * weekly price of a group and month = the price book's (providers weighted by the nights of the last year
 * known), then the scenario's price lines, then this replicate's uplift luck (lognormal on the annual uplift,
 * one draw a replicate and group, correlated), then the price levers; whole pence. Cost = nights x weekly /
 * 7, kept as sevenths of a penny, rounded cumulatively so that months add up to the year. */
#ifndef TURNCURVE_SIM_COST_H
#define TURNCURVE_SIM_COST_H

#include "base/log.h"
#include "data/prices.h"
#include "sim/effect.h"
#include "sim/model.h"

struct cost_lever {
    struct effect effect;
    double share[PLACEMENT_COUNT]; /* of a group's cost that the lever concerns */
    size_t index;                  /* in the scenario */
};

struct cost_plan {
    uint64_t seed;
    int32_t months;
    double uplift_sd, correlation; /* sd of a year's log price; of two groups */
    double *weekly;                /* [PLACEMENT_COUNT][months], pence before luck and levers */
    int32_t *aprils;               /* [months]: 1 Aprils since the origin */
    struct cost_lever *levers;
    size_t n_levers;
    double *ramps; /* [levers][months] in force where nothing slips */
    const struct scenario *scenario;
    day origin;
    bool slips; /* starts differ from replicate to replicate */
};

/* Works out prices and levers of a scenario. A price or lever for a provider with whom no night of the
 * last year was is left out with a warning. */
bool cost_plan_make(const struct model_input *input, const struct scenario *scenario,
                    const struct price_book *prices, struct log *log, struct cost_plan *out, struct err *err);
void cost_plan_free(struct cost_plan *plan);
/* One replicate, by any thread. later: as slip_starts takes it. False when there is no
 * memory. cost[PLACEMENT_COUNT][months] in pence from nights[group] (rows of months, NULL: none). */
bool cost_replicate(const struct cost_plan *plan, int32_t replicate, const int32_t later[],
                    const int32_t *const nights[PLACEMENT_COUNT], pence *cost);

#endif
