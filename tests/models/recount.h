/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/models/recount.h: a replicate of the model of paths through care counted again from what each child
 * did, day by day.
 *
 * Ownership: nothing is kept. */
#ifndef TURNCURVE_TESTS_MODELS_RECOUNT_H
#define TURNCURVE_TESTS_MODELS_RECOUNT_H

#include "tests/models/path.h"

struct recount {
    int32_t people, marks, readmitted, aged_out;
};

/* Runs a replicate of a started path and fails the test unless every child's story holds together (who is
 * here or comes is there, once, on days that can be; nobody on or after the 18th birthday; the kind is that
 * of the age of the day) and every number of every series is what the stories add up to. Says what there was.
 * Cost: children x days. */
struct recount recount_replicate(struct path *path, uint32_t replicate);

#endif
