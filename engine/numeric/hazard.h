/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/hazard.h: event rates from counts and time at risk.
 *
 * Ownership: nothing is allocated that outlives a call; all arrays are borrowed for the call.
 *
 * A rate table has one cell per combination of the covariates a model chose. In each cell we know how many
 * events happened (occurrences) and for how many child-days children could have had them (exposure).
 * Whole-day data give a daily probability q = O / E (geometric stays); the equivalent constant hazard is
 * -log(1 - q) (Holford 1980, Biometrics 36:299). Cells borrow from a parent rate through a gamma prior
 * (Clayton and Kaldor 1987, Biometrics 43:671): the fewer child-days a cell has, the more it leans on its
 * parent. */
#ifndef TURNCURVE_NUMERIC_HAZARD_H
#define TURNCURVE_NUMERIC_HAZARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct hazard_cell {
    double occurrences; /* events, >= 0 */
    double exposure; /* time at risk, >= 0, in any unit of time; 0 events in 0 time is a legal, empty cell */
};

/* Hazard per day from a daily probability 0 <= q < 1: -log(1 - q). Example: .004 gives .00400802139754. */
double hazard_from_daily(double q);
/* Daily probability from a hazard >= 0. */
double hazard_to_daily(double hazard);
/* Several routes: the total probability becomes a hazard and is split in proportion, h_k = h q_k / q, because
 * each alone would let too few leave. q[n] and hazards[n]; sum of q < 1. */
void hazard_split_daily(const double q[], size_t n, double hazards[]);

/* The gamma prior of a family of cells: mean shape / strength; strength is the exposure that the parent is
 * worth. pooled: no more spread than Poisson, every cell takes the parent's rate (shape and strength are then
 * the mean and 20 x the total exposure). */
struct hazard_prior {
    double shape, strength;
    double log_likelihood; /* of the negative binomial marginal; NaN for moments */
    bool pooled;
};

/* By maximum likelihood of the negative binomial marginal over log shape, log strength (Nelder and Mead).
 * Fails (ERR_DATA) when no cell has exposure, or there are events without exposure. Cost: some 200 x O(n). */
bool hazard_fit_prior(const struct hazard_cell cells[], size_t n, struct hazard_prior *out, struct err *err);

/* By moments (Marshall 1991, Applied Statistics 40:283): writes the shrunk rates and the weight of each
 * cell's own rate (weights may be NULL). The parent is the pooled rate. Fails as hazard_fit_prior. Cost:
 * O(n). */
bool hazard_shrink_moments(const struct hazard_cell cells[], size_t n, double rates[], double weights[],
                           struct err *err);

/* The weight of the parent by moments, as exposure: r / A of Marshall's formula, between `least` and `most`.
 * For families whose parents differ, `expected` (may be NULL: the pooled rate) gives each cell's prior rate
 * and the spread is that of O / (E x expected). */
double hazard_strength(const struct hazard_cell cells[], const double expected[], size_t n, double least,
                       double most);

/* Posterior mean (O + strength x parent) / (E + strength), strength > 0: never a division by zero, and never
 * 0 unless the parent is. Example: 2 events in 1000 days, parent .001, strength 1000: .0015. */
double hazard_posterior_mean(struct hazard_cell cell, double parent, double strength);

#endif
