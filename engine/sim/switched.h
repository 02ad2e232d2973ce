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
/* How many days later than drawn each lever starts in a thread's next runs, SLIP_NEVER (sim/slip.h): never;
 * [levers of the scenario], 0 at first. The caller writes it. thread: below the run's options->threads. */
int32_t *switched_levers(struct switched *switched, int32_t thread);
/* What became of a replicate, month by month; it lies in the thread's memory until its next run. */
struct switched_path {
    const int32_t *stock, *nights; /* children at each month's end; nights of the month */
    const pence *cost;             /* of the month */
};
/* One replicate with the thread's levers as they stand. Any thread, any order, same numbers. */
bool switched_run(struct switched *switched, int32_t thread, int32_t replicate, struct switched_path *out,
                  struct err *err);
/* Calls `one` for the replicates 0 .. n - 1 on all threads, with a progress line that says `doing`. The
 * failure with the lowest number is reported; ERR_INTERRUPTED when the person stops it. */
bool switched_each(struct switched *switched, int32_t n, const char *doing,
                   bool (*one)(void *context, int32_t thread, int32_t replicate, struct err *err),
                   void *context, struct err *err);

#endif
