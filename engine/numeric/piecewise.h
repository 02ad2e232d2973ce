/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/piecewise.h: hazards that are constant between breaks.
 *
 * Ownership: nothing is allocated; arrays are borrowed for the call and for as long as a struct piecewise is
 * used.
 *
 * Piece i covers [breaks[i - 1], breaks[i]), the first from 0, the last without end. An event with hazard
 * h(t) and a clock e ~ Exp(1) happens when the cumulative hazard reaches e (Cinlar 1975): the higher the
 * hazard the earlier, with the same luck. */
#ifndef TURNCURVE_NUMERIC_PIECEWISE_H
#define TURNCURVE_NUMERIC_PIECEWISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "numeric/hazard.h"

struct piecewise {
    size_t n;              /* pieces, >= 1 */
    const double *breaks;  /* [n - 1], ascending, > 0; may be NULL when n is 1 */
    const double *hazards; /* [n], >= 0, per unit of time */
};

/* The hazard summed over [0, t], t >= 0. */
double piecewise_cumulative(const struct piecewise *rate, double t);
/* When the cumulative hazard reaches e >= 0; INFINITY when it never does. Example: .002 to day 91, then .001;
 * e = .25: day 159. */
double piecewise_invert(const struct piecewise *rate, double e);
/* The probability that a route with hazards `route` ends a stay by t, while all routes together have hazards
 * `all`: same pieces, route <= all. Over all routes it adds up to 1 - exp(-cumulative). */
double piecewise_incidence(const struct piecewise *all, const double route[], double t);

/* Cuts a stay of whole days [entry, exit) at breaks[n_breaks] (ascending, > 0) and adds its days, and its
 * event if it ends with one, to cells[n_breaks + 1]. The event belongs to the piece of the last night, so on
 * a break to the earlier one. A stay without days adds nothing, not even its event: it has no time at risk.
 */
void piecewise_add_stay(const int32_t breaks[], size_t n_breaks, int32_t entry, int32_t exit, bool is_event,
                        struct hazard_cell cells[]);

#endif
