/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/plan_levers.h: the effects of a plan's actions as levers of a scenario.
 *
 * Ownership: levers and texts go into the scenario.
 *
 * A lever starts when the milestone that its effect names falls due, and slips as that milestone may
 * (plan/slippage.h); its id is PLAN/REFERENCE, with ":2", ":3".. for further effects of one action. Effects
 * are taken by the scenario's stance like all others. A baseline takes no plan. */
#ifndef TURNCURVE_SIM_PLAN_LEVERS_H
#define TURNCURVE_SIM_PLAN_LEVERS_H

#include "base/log.h"
#include "plan/effects.h"
#include "plan/slippage.h"
#include "sim/scenario.h"

/* Why an effect of a plan brings no lever. */
enum plan_lever_fate {
    PLAN_LEVER_APPLIED,
    PLAN_LEVER_UNUSABLE,    /* its action, start or what it replaces is not in the plan */
    PLAN_LEVER_NOT_KNOWN,   /* no return tells whom it acts on */
    PLAN_LEVER_DROPPED,     /* its milestone is superseded */
    PLAN_LEVER_NO_CAPACITY, /* adds places where the scenario has no limit on places */
    PLAN_LEVER_FATE_COUNT
};
const char *plan_lever_fate_words(enum plan_lever_fate fate);

/* Adds the levers of a plan to a scenario and sets its plan. fates[effects->n] says what became of each
 * effect, NULL: not asked. A start without a date starts the lever at the forecast's origin. ERR_USAGE for a
 * lever of the same id that is there already. Plan and effects must be joined (plan/check.h). */
bool plan_levers_add(struct scenario *scenario, const struct plan *plan, const struct effects *effects,
                     enum plan_lever_fate fates[], struct err *err);
/* Levers whose start names a milestone ("leeds-2012/3A.1") get its date and slippage. ERR_USAGE for a
 * milestone that the plan does not have. */
bool plan_levers_bind(struct scenario *scenario, const struct plan *plan, struct err *err);

#endif
