/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/funnel.h: is a rate unlike the others, given how large its population is?
 *
 * Ownership: arrays are borrowed; z is written into the caller's.
 *
 * Rates on the square-root scale: y = sqrt(O/N), s = .5/sqrt(N) when O is Poisson, target sqrt(theta) with
 * theta = sum O / sum N. Authorities differ by more than chance, so the limits are widened by an additive
 * between-authority variance tau2, estimated from z-scores winsorised at 10 % (Spiegelhalter 2005, Stat. Med.
 * 24:1185). */
#ifndef TURNCURVE_NUMERIC_FUNNEL_H
#define TURNCURVE_NUMERIC_FUNNEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct funnel {
    double theta; /* the common rate, events per unit of population */
    double phi;   /* dispersion of the winsorised z-scores; 1 is chance alone */
    double tau2;  /* variance between authorities on the square-root scale, >= 0 */
    double winsor_low, winsor_high;
};

/* events[n] >= 0, population[n] > 0, any unit; n >= 3. z[n] (may be NULL) gets each authority's score with
 * tau2. Fails with ERR_DATA when there are fewer than 3 or no events at all. Cost: O(n log n). */
bool funnel_fit(const double events[], const double population[], size_t n, struct funnel *out, double z[],
                struct err *err);
/* Limits of the rate at a population: (sqrt(theta) +- z sqrt(.25/N + tau2))^2, low not below 0; z is 1.959964
 * for 95 % and 3.090232 for 99.8 %. */
void funnel_limits(const struct funnel *funnel, double population, double z, double *low, double *high);

#endif
