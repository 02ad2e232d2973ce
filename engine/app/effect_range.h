/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/effect_range.h: how large the effect of an action may be, in numbers and words.
 *
 * Ownership: nothing is allocated.
 *
 * An effect between its weakest and its strongest size is drawn from a PERT distribution round the likely one
 * (sim/lever.c, stance likely). These are the quantiles of that draw, in the unit of the effect: p10 <= p50
 * <= p90 as numbers, so that for an effect below zero p10 is the strong end. */
#ifndef TURNCURVE_APP_EFFECT_RANGE_H
#define TURNCURVE_APP_EFFECT_RANGE_H

#include "plan/effects.h"

struct effect_range {
    double p10, p50, p90;
};
/* weakest, likely and strongest, as an effects file has them. Example: 0, 5, 10 (a symmetric PERT, Beta(3,3)
 * on 0 to 10): p50 5, p10 2.4664, p90 7.5336. */
struct effect_range effect_range_of(double low, double likely, double high);

enum { EFFECT_WORDS = 96 };
/* One size with its unit: "-1.5%", "+12 children a year". */
void effect_size_words(double size, enum plan_unit unit, char out[EFFECT_WORDS]);
/* The middle, and the range of 8 in 10 from its weak to its strong end: "-1.6% (-0.9% to -2.5%)". */
void effect_range_words(const struct plan_effect *effect, char out[EFFECT_WORDS]);

#endif
