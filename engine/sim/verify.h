/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/verify.h: no child is lost: what must be true of every replicate of every model.
 *
 * Ownership: everything is borrowed. */
#ifndef TURNCURVE_SIM_VERIFY_H
#define TURNCURVE_SIM_VERIFY_H

#include "sim/model.h"

/* Checks a replicate's counts from scratch: none below 0; the parts of each kind of group sum to `all`; stock
 * = stock before + entries - exits in every month, from origin_stock on (-1: the first month's is not known);
 * readmissions are entries; nights lie between 0 and days x (stock before + entries). ERR_INTERNAL names the
 * first that is broken. Cost: O(series x months). */
bool tally_verify(const struct tally *tally, day origin, int32_t origin_stock, struct err *err);

#endif
