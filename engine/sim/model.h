/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/model.h: what a model is, to the engine.
 *
 * Ownership: a model is a constant. What fit and prepare return is released by the model's own free
 * functions. Inputs are borrowed and must outlive the fitted model.
 *
 * A model sees history and gives rates; the scenario's levers change the rates; simulate turns rates into
 * tallies. The engine owns replicates, threads, quantiles, costs and files. */
#ifndef TURNCURVE_SIM_MODEL_H
#define TURNCURVE_SIM_MODEL_H

#include "data/history.h"
#include "data/panel.h"
#include "data/population.h"
#include "data/yearly.h"
#include "sim/calibrate.h"
#include "sim/learned.h"
#include "sim/params.h"
#include "sim/result.h"
#include "sim/scenario.h"

struct model_input {
    const struct history *history; /* NULL when the authority has no returns */
    const struct yearly *yearly;   /* NULL when nothing is published */
    const struct panel *panel; /* published totals of all authorities, as known at the origin; NULL: none */
    const struct population
        *population; /* children of the authority, as known at the origin; NULL: none stored */
    day origin;      /* last day known: forecasts start the day after */
    int32_t months;  /* whole months after origin's month */
    uint64_t seed;
    int32_t unlearned_days; /* rates are learned from nothing that happened in so many days up to the origin,
                               though the children are those of the origin; a whole number of months; 0: from
                               all. For a model that holds_rates */
};

/* One replicate's integers: children and nights, never money. values[series x months + month], in the order
 * of the model's series list. Stock parts sum to all exactly. */
struct tally {
    const struct result_series *series;
    size_t n_series;
    int32_t months;
    int32_t *values;
    void *room; /* what make_room gave this thread, NULL when the model has none */
    const int32_t
        *later; /* [levers of the scenario] days by which they start later in this replicate, SLIP_NEVER
                   (sim/slip.h): never; NULL: none. Only for a scenario that is switchable */
};

enum model_needs {
    MODEL_NEEDS_HISTORY = 1,
    MODEL_TAKES_YEARLY = 2,
    MODEL_NEEDS_PANEL = 4, /* learns from the published totals of all authorities too */
    MODEL_TAKES_POPULATION =
        8 /* measures entries against the children that there are, where they are stored */
};

struct model {
    const char *name, *title, *about, *sources;
    const struct param_spec *params;
    size_t n_params;
    uint32_t needs; /* bits of enum model_needs: which inputs it can work from (returns or totals: either will
                       do when both are set) */
    bool is_point;  /* gives one line and no interval: every replicate has the same children, only prices vary
                       (then its CRPS is its absolute error) */
    bool holds_rates;     /* heeds unlearned_days: what is learned can be held while the children change */
    uint32_t lever_kinds; /* bit per enum lever_kind that it can apply */
    uint32_t where_keys;  /* bit per enum where_key that it can apply; another one is an error with words */
    /* Learns from history up to the origin. ERR_DATA with words when there is too little. */
    bool (*fit)(const struct model_input *input, const struct params *params, void **fitted, struct err *err);
    /* The series it fills, a constant list for this fit; those of one measure and kind of group stand
     * together. */
    void (*series)(const void *fitted, const struct result_series **series, size_t *n_series);
    /* Tells what was learned; `input` is that of the fit. *out is empty before; the caller frees it, also
     * after a failure. NULL: the model learns no rates. */
    bool (*learned)(const void *fitted, const struct model_input *input, struct learned *out,
                    struct err *err);
    /* Work done once a scenario: applies levers that do not vary by replicate, expands rates. */
    bool (*prepare)(const void *fitted, const struct scenario *scenario, void **prepared, struct err *err);
    /* One replicate: draws parameters and drift from their uncertainty, then the path. Uses only keyed
     * streams (seed, purpose, replicate, ..): any thread, any order, same integers; scenarios share their
     * luck. Thread-safe. */
    bool (*simulate)(const void *fitted, const void *prepared, int32_t replicate, struct tally *tally,
                     struct err *err);
    /* Working memory of one thread, used from replicate to replicate; NULL when the model needs none. */
    bool (*make_room)(const void *prepared, void **room, struct err *err);
    void (*free_room)(void *room);
    /* Quantiles of total stock at the end of a month (0 the first) in closed form, for pooling with another
     * model; NULL when only replicates tell. Month by month, levels ascending. */
    void (*stock_quantiles)(const void *fitted, int32_t month, const double levels[], size_t n, double out[]);
    /* What earlier forecasts of many authorities taught about this model's intervals; NULL: they stay its
     * own. */
    const struct calibration *calibration;
    void (*free_prepared)(void *prepared);
    void (*free_fitted)(void *fitted);
};

#endif
