/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/attribute.h: which actions of a plan do the work.
 *
 * Ownership: an attribution owns its arrays; attribution_free releases them.
 *
 * The effect of the whole plan in a replicate is the difference between the plan's levers on and off, with
 * the same luck. It is divided among actions by Shapley values (numeric/shapley.h): the mean of what an
 * action adds over all orders in which actions could have come. They add up to the whole in every replicate,
 * so in the mean too. Up to SHAPLEY_MOST actions that do something all sets are run; with more, ORDERS orders
 * in pairs are drawn in every replicate. Levers of no plan stay on throughout: they belong to the baseline
 * that the plan is held against. Numbers are the model's own, before intervals are calibrated. */
#ifndef TURNCURVE_STUDY_ATTRIBUTE_H
#define TURNCURVE_STUDY_ATTRIBUTE_H

#include "sim/switched.h"

enum attribute_measure { ATTRIBUTE_STOCK, ATTRIBUTE_NIGHTS, ATTRIBUTE_COST, ATTRIBUTE_MEASURES };

struct attribute_effect {
    double mean;     /* children at the period's end; nights, pounds in the period */
    double error;    /* standard error of the mean, of replicates and drawn orders */
    double p10, p90; /* over replicates */
};

struct attribute_pair {
    size_t first, second; /* actions */
    double mean,
        error; /* children at the last period's end that the two do beyond the sum of each: below 0 for
                  levers that lower numbers they add to each other, above 0 they do the same work */
};

struct attribution {
    const char **actions; /* names as given, borrowed */
    size_t n_actions;
    day *periods; /* last days: each 31 March of the forecast, and its last day */
    size_t n_periods;
    struct attribute_effect *effects; /* [action, then the whole][measure][period] */
    struct attribute_pair *pairs;     /* those that are more than chance (two standard errors), largest first;
                                         empty     where orders were drawn */
    size_t n_pairs;
    bool is_exact;      /* all sets were run */
    int32_t replicates; /* simulated futures */
    int64_t runs;       /* simulations in all */
};

struct attribute_options {
    int32_t replicates; /* at most; fewer where all sets are many. >= 2 */
};

/* owner[lever of the scenario]: the index of the action that a lever belongs to, -1 for one of no plan. A run
 * that is open for the scenario's parameters. scenario->switchable must be set. */
bool attribute(struct run *run, const struct scenario *scenario, const struct price_book *prices,
               const char *const actions[], size_t n_actions, const int32_t owner[],
               const struct attribute_options *options, struct attribution *out, struct err *err);
void attribution_free(struct attribution *attribution);
const struct attribute_effect *attribution_effect(const struct attribution *attribution, size_t action,
                                                  enum attribute_measure measure, size_t period);

#endif
