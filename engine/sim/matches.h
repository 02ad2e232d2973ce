/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/matches.h: whether anybody is meant by a lever's conditions.
 *
 * Ownership: everything is borrowed. */
#ifndef TURNCURVE_SIM_MATCHES_H
#define TURNCURVE_SIM_MATCHES_H

#include "data/history.h"
#include "sim/scenario.h"

/* Whether any child met the conditions of a lever on some day of the five years to the origin: on entries the
 * day on which it came, else a day in care. Levers on prices, places and outcomes, and on readmissions, are
 * not asked: true. Cost: O(segments). */
bool matches_anybody(const struct history *history, const struct lever *lever, day origin);

#endif
