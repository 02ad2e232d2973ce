/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/params.h: every number that a model or the engine takes from a person, with where it came from.
 *
 * Ownership: specifications are constants; a struct params owns its values and texts; params_free releases
 * them. */
#ifndef TURNCURVE_SIM_PARAMS_H
#define TURNCURVE_SIM_PARAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct param_spec {
    const char *name;           /* "referral_elasticity" */
    const char *unit;           /* "share", "days", .. */
    double fallback, low, high; /* default and range, both ends allowed */
    const char *words;          /* what it means, with the source of the default */
};

enum param_origin { PARAM_DEFAULT, PARAM_INHERITED, PARAM_SET };

struct params {
    const struct param_spec **specs; /* engine's and the model's, n */
    double *values;
    enum param_origin *origins;
    const char **places; /* "best.yaml:12", "" for a default */
    size_t n;
    struct arena texts;
};

/* The engine's own parameters (prices, referral elasticity, ..): sim/params.def. */
extern const struct param_spec engine_params[];
extern const size_t n_engine_params;

/* All defaults: the engine's, then those of a model. */
bool params_init(struct params *params, const struct param_spec specs[], size_t n_specs, struct err *err);
void params_free(struct params *params);
/* Sets a value; ERR_USAGE with the nearest known name, or with the range. */
bool params_set(struct params *params, struct str name, double value, enum param_origin origin,
                const char *place, struct err *err);
/* The value by name; a name that is not there is a bug. */
double params_get(const struct params *params, const char *name);

#endif
