/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/plan_choice.h: stored plans joined to the scenarios of a forecast.
 *
 * Ownership: a struct plan_choices owns its plans; plan_choices_free releases them. Scenarios copy what they
 * take. */
#ifndef TURNCURVE_APP_PLAN_CHOICE_H
#define TURNCURVE_APP_PLAN_CHOICE_H

#include "base/log.h"
#include "sim/plan_levers.h"
#include "store/plans.h"

struct joined_plan {
    struct plan plan;
    struct effects effects;
    struct targets targets;
    enum plan_lever_fate
        *fates; /* of each effect in the scenarios that have the plan; NULL: not yet in any */
};
struct plan_choices {
    struct joined_plan *plans;
    size_t n, capacity;
};
void plan_choices_free(struct plan_choices *choices);

/* Loads a plan with its effects and targets, unless it is there already: as it stood on `as_of` (DAY_NONE:
 * the newest version). */
bool plan_choices_load(struct plan_choices *choices, struct store *store, const char *name, day as_of,
                       struct joined_plan **out, struct err *err);
/* Adds the levers of the plan to a scenario that is no baseline. Warns once of effects that bring no lever.
 */
bool plan_choices_add(struct joined_plan *joined, struct scenario *scenario, struct log *log,
                      struct err *err);
/* Gives a scenario what it asks of plans: the effects of the plan it names (`plan: NAME`), and dates for
 * levers that start with a milestone (`start: PLAN/REFERENCE`). ERR_NO_INPUT when such a plan is not stored.
 */
bool plan_choices_join(struct plan_choices *choices, struct store *store, day as_of,
                       struct scenario *scenario, struct log *log, struct err *err);

#endif
