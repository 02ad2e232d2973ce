/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/plan_cohorts.h: children in care whom a plan could act on, for the command plan.
 *
 * Ownership: a struct plan_cohorts owns its tables; plan_cohorts_free releases them.
 *
 * cohorts.csv has exact counts, by locality where localities are stored, and like every output it is for
 * those who work with the children. The screen is more easily shown around: it has the whole authority only,
 * and where five children or fewer are meant it says so instead of how many, and leaves out what they cost. A
 * child is named in children.csv alone, and only when that was asked for. */
#ifndef TURNCURVE_APP_PLAN_COHORTS_H
#define TURNCURVE_APP_PLAN_COHORTS_H

#include "app/command.h"
#include "render/folder.h"
#include "store/store.h"
#include "study/cohorts.h"

enum { PLAN_COHORTS_SMALL = 5 /* counts up to it are not shown on the screen */ };

struct plan_cohorts {
    bool is_there; /* some authority has returns, and it is clear which one is meant */
    bool with_children;
    struct table counts;   /* cohorts.csv */
    struct table children; /* children.csv: la, cohort, locality, child, age, placement, since */
    struct table screen;
};
/* Finds the cohorts of the authority that --la names (all: each that has returns); without it of the only one
 * that has returns, and nothing where there are several. On the day --as-of names where it lies in the
 * returns, else at their end. */
bool plan_cohorts_make(struct app *app, const struct options *options, struct store *store,
                       struct plan_cohorts *out, struct err *err);
void plan_cohorts_free(struct plan_cohorts *cohorts);
/* Writes cohorts.csv, and children.csv where it was asked for. */
bool plan_cohorts_write(const struct plan_cohorts *cohorts, struct folder *folder, struct err *err);
/* The table for people; nothing when there are no returns. */
bool plan_cohorts_show(struct app *app, const struct plan_cohorts *cohorts, struct err *err);

#endif
