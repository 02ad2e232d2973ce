/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/delay.h: what it costs when a milestone of a plan is late.
 *
 * Ownership: arrays are the caller's.
 *
 * Every future is lived through twice with the same luck: as it is, and with the levers of one milestone
 * starting so many days later than they do in that future anyway. Numbers are the model's own, before
 * intervals are calibrated. */
#ifndef TURNCURVE_STUDY_DELAY_H
#define TURNCURVE_STUDY_DELAY_H

#include "sim/switched.h"

struct delay_cost {
    double children, children_error; /* more at the end of the forecast, and the standard error */
    double nights, nights_error;     /* more over the forecast */
    double pounds, pounds_error;
};

/* milestone_of[lever of the scenario]: 0 .. n_milestones - 1, -1: none that is asked for. out[n_milestones].
 * replicates >= 2. scenario->switchable must be set. */
bool delay_costs(struct run *run, const struct scenario *scenario, const struct price_book *prices,
                 const int32_t milestone_of[], size_t n_milestones, int32_t days, int32_t replicates,
                 struct delay_cost out[], struct err *err);

#endif
