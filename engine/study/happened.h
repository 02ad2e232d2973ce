/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/happened.h: what came to be, costed as a forecast is.
 *
 * Ownership: *out is released with draws_free; it borrows series, which must outlive it. */
#ifndef TURNCURVE_STUDY_HAPPENED_H
#define TURNCURVE_STUDY_HAPPENED_H

#include "data/counts.h"
#include "sim/run.h"

/* One replicate, the nights by placement that happened in the months of the run's input, with what they cost
 * at the prices of a scenario: providers in the shares known at the origin, so that only children differ from
 * a forecast's. series is filled. The run need not be open: its input and log are used. */
bool happened_costs(const struct run *run, const struct scenario *scenario, const struct price_book *prices,
                    const struct counts *counts, struct result_series series[PLACEMENT_COUNT],
                    struct draws *out, struct err *err);

#endif
