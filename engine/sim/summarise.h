/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/summarise.h: from every replicate to means and quantiles.
 *
 * Ownership: the result is the caller's, released by result_free; everything else is borrowed. */
#ifndef TURNCURVE_SIM_SUMMARISE_H
#define TURNCURVE_SIM_SUMMARISE_H

#include "sim/draws.h"

/* Fills series and summaries of a result whose names, origin, months and replicates are set. base NULL: of
 * the draws themselves; else of draws less base, replicate by replicate, stocks and costs only. Does not
 * depend on threads. Cost: O(series x months x replicates). */
bool summarise_draws(const struct draws *draws, const struct draws *base, int32_t threads,
                     struct result *result, struct err *err);

#endif
