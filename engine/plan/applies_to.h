/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/applies_to.h, internal to plan/effects: whom an effect acts on.
 *
 * Ownership: the texts of conditions go into the arena.
 *
 * "all", or pairs KEY=VALUE joined by ";" with the keys that scenarios know; each once, one value each. The
 * key `flag` names a mark that no return has. */
#ifndef TURNCURVE_PLAN_APPLIES_TO_H
#define TURNCURVE_PLAN_APPLIES_TO_H

#include "plan/effects.h"

/* Fills conditions, n_conditions and in_returns from applies_to and the lever. *message says what is wrong,
 * NULL: nothing. False only without memory. */
bool applies_to_read(struct arena *texts, struct plan_effect *effect, const char **message, struct err *err);

#endif
