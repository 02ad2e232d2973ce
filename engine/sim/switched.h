/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/switched.h: single replicates of a scenario with some of its levers switched off, or delayed.
 *
 * Ownership: a struct switched is released by switched_close; it borrows the run, the scenario and the
 * prices.
 *
 * For questions about the parts of a plan: what each action does, what a milestone's delay costs. All sets of
 * levers share their luck, and a lever that is off leaves every number as if it had not been written. Numbers
 * are the model's own, before intervals are calibrated. */
#ifndef TURNCURVE_SIM_SWITCHED_H
#define TURNCURVE_SIM_SWITCHED_H

#include "sim/cost.h"
#include "sim/run.h"

struct switched;

/* scenario->switchable must be set. Fails as run_replicates does. */
bool switched_open(struct run *run, const struct scenario *scenario, const struct price_book *prices,
                   struct switched **out, struct err *err);
void switched_close(struct switched *switched);
/* One replicate in a thread of its own number, below the run's options->threads: children at each month's
 * end, nights and pence of each month. off[n_levers of the scenario]; NULL: none is. Any thread, any order,
 * same numbers. */
bool switched_run(struct switched *switched, int32_t thread, int32_t replicate, const bool off[],
                  int32_t stock[], int32_t nights[], pence cost[], struct err *err);

/* The same with levers that start later[n_levers] days later, SLIP_NEVER (sim/slip.h): never. */
bool switched_run_later(struct switched *switched, int32_t thread, int32_t replicate, const int32_t later[],
                        int32_t stock[], int32_t nights[], pence cost[], struct err *err);

#endif
