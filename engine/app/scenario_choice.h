/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/scenario_choice.h: the scenarios that a command line asks for, with their plans.
 *
 * Ownership: scenario_choice_free releases scenarios and plans. */
#ifndef TURNCURVE_APP_SCENARIO_CHOICE_H
#define TURNCURVE_APP_SCENARIO_CHOICE_H

#include "app/options.h"
#include "app/plan_choice.h"
#include "sim/model.h"

struct scenario_choice {
    struct scenario *scenarios;
    size_t n;
    struct plan_choices plans;
    struct joined_plan *plan; /* of --plan, else of the first scenario that names one; NULL none */
};
/* Reads --scenario (repeatable), --scenarios and --plan. Without --scenario: the baseline; with a plan also
 * the plan as likely (named as the plan is), best and worst. With both, every scenario that is no baseline
 * has the plan. as_of: plans as they stood then, DAY_NONE: as they stand. */
bool scenario_choice_make(const struct options *options, const struct model *model, struct store *store,
                          day as_of, struct log *log, struct scenario_choice *out, struct err *err);
void scenario_choice_free(struct scenario_choice *choice);

#endif
