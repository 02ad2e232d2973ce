/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/effect.h: a lever's size in every replicate, and the share of it that is in force month by month.
 *
 * Ownership: a struct effect is a plain value.
 *
 * The effect of a lever is one number a replicate: the stance's end, or a draw from the modified PERT. The
 * draw's uniform is keyed by the lever's id, so scenarios that share a lever share its luck. Inverting a beta
 * distribution costs microseconds, so the quantile function is tabulated once and read by linear
 * interpolation. */
#ifndef TURNCURVE_SIM_EFFECT_H
#define TURNCURVE_SIM_EFFECT_H

#include <stddef.h>
#include <stdint.h>

#include "sim/scenario.h"

enum { EFFECT_KNOTS = 129 };

struct effect {
    double knots[EFFECT_KNOTS]; /* quantiles at k / (EFFECT_KNOTS - 1) */
    double mean;
    bool varies;       /* false: the same in every replicate */
    uint32_t key;      /* of the lever's id */
    uint32_t plan_key; /* of the plan's name: effects of one plan share some luck (a Gaussian copula of
                          correlation .3: one management); 0: none */
};

/* A key of a name, which does not depend on its place in a file. */
uint32_t effect_key(const char *name);

/* Tabulates a lever's effect under a stance. */
struct effect effect_make(const struct lever *lever, enum stance stance);
/* The effect in one replicate. */
double effect_draw(const struct effect *effect, uint64_t seed, int32_t replicate);
/* The share of the lever's full effect in force over the days [from, to), with its reach, and 0 from the day
 * on which a lever that replaces it starts. starts: of all levers of the scenario (sim/slip.h). */
double effect_ramp(const struct scenario *scenario, const day starts[], size_t i_lever, day from, day to);

#endif
