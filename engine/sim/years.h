/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/years.h: flows and cost of whole financial years, with ranges of their own.
 *
 * Ownership: the years belong to the result and are released with it; everything else is borrowed. */
#ifndef TURNCURVE_SIM_YEARS_H
#define TURNCURVE_SIM_YEARS_H

#include "sim/draws.h"

/* Fills the years of a result whose origin, months and replicates are set: entries, exits and cost of `all`,
 * those that the draws have. base NULL: of the draws themselves; else of draws less base, replicate by
 * replicate. Cost: O(years x replicates x months). */
bool years_sum(const struct draws *draws, const struct draws *base, struct result *result, struct err *err);

#endif
