/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/intervals.h: what the intervals of a forecast were scaled by, and where backtest keeps what it taught.
 *
 * Ownership: a struct intervals is a plain value; everything else is borrowed for the call. */
#ifndef TURNCURVE_APP_INTERVALS_H
#define TURNCURVE_APP_INTERVALS_H

#include "base/table.h"
#include "sim/model.h"
#include "store/store.h"

enum intervals_source {
    INTERVALS_RAW,      /* the model's own: it has no calibration, or --raw */
    INTERVALS_BUILT_IN, /* the model's built-in calibration: no backtest is stored, or its outcomes came later
                         */
    INTERVALS_STALE,    /* the built-in one, because the stored backtest was made from something else */
    INTERVALS_LEARNED   /* what own earlier forecasts taught, beside the built-in one */
};
struct intervals {
    enum intervals_source source;
    struct calibration calibration; /* what is used; nothing for INTERVALS_RAW */
};

/* What can be used for an authority and a model with parameters `params`: what was learned from outcomes
 * known by a day, when the stored cases were made from the same files, parameters and program. */
bool intervals_find(struct store *store, int32_t la, const struct model *model, const struct params *params,
                    bool short_breaks, bool raw, day known_by, struct intervals *out, struct err *err);
/* The earlier forecasts that are stored of an authority by a model with these parameters, freed with free();
 * n 0: none, or (*stale) made from something else. */
bool intervals_cases(struct store *store, int32_t la, const struct model *model, const struct params *params,
                     bool short_breaks, struct calibration_case **out, size_t *n, bool *stale,
                     struct err *err);
/* Keeps cases[n] of a model with default parameters in the place of earlier ones. Does nothing for a model
 * without a calibration. */
bool intervals_keep(struct store *store, int32_t la, const struct model *model, bool short_breaks,
                    const struct calibration_case cases[], size_t n, struct err *err);

enum { INTERVALS_WORDS = 320 };
/* One sentence for people: "Intervals: pooled with the last value and scaled by what 4 earlier forecasts of
 * this authority taught, beside the built-in prior." */
void intervals_say(const struct intervals *intervals, char out[INTERVALS_WORDS]);
/* For the manifest: authority, source, own_origins, months, model_weight, scale_50, scale_80, scale_95; one
 * row a horizon, added authority by authority after the table was begun. */
void intervals_table_init(struct table *table);
bool intervals_table_add(struct table *table, const char *authority, const struct intervals *intervals,
                         struct err *err);

#endif
