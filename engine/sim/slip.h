/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/slip.h: when the levers of a scenario start, milestones that slip included.
 *
 * Ownership: everything is borrowed.
 *
 * A milestone is late with a chance, and then by a log-normal number of days. Under the stance `likely` that
 * is drawn in every replicate; `best` is on time; `worst` is the day that nine in ten milestones like it
 * keep; `baseline` is on time. One normal number a milestone and replicate; those of one lead role share half
 * of its variance (correlation .5: one team has one load). A milestone that is past its due
 * date and not done falls later than it already has: its days late are drawn from the tail beyond that. */
#ifndef TURNCURVE_SIM_SLIP_H
#define TURNCURVE_SIM_SLIP_H

#include <stdint.h>

#include "sim/scenario.h"

enum { SLIP_NEVER = INT32_MAX };

/* Days late at a probability u in (0,1); 0 when on time. Whole days, at most ten years. */
int32_t slip_quantile(const struct slip *slip, double u);
/* Whether starts differ from replicate to replicate: milestones slip, or levers are switched off. */
bool slip_varies(const struct scenario *scenario);
/* The start of every lever in a replicate; starts[n_levers]. One without a start begins at the origin; one
 * that starts at the origin or without a date does not slip. */
void slip_starts(const struct scenario *scenario, day origin, uint64_t seed, int32_t replicate,
                 const int32_t later[], day starts[]);
/* The same where no slip is drawn: of the stance's fixed day, for `likely` on time. */
void slip_fixed_starts(const struct scenario *scenario, day origin, day starts[]);

#endif
