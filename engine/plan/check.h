/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/check.h: what contradicts itself in a plan, its effects and its targets.
 *
 * Ownership: everything is borrowed; effects and targets get their links to the plan filled in.
 *
 * A finding never changes the plan. Findings name file and line of the row, and the words that they are
 * about. */
#ifndef TURNCURVE_PLAN_CHECK_H
#define TURNCURVE_PLAN_CHECK_H

#include "plan/effects.h"
#include "plan/plan.h"
#include "plan/targets.h"

/* Finds each effect's action, start and what it replaces, and each target's action. */
void check_join(const struct plan *plan, struct effects *effects, struct targets *targets);

/* The rows of a plan, as they stood on its own date (contradictions with today are no fault of the plan):
 *   I-02 due or revised date not understood · I-03 revised before due; complete but due later; one reference
 * for two actions; the same row twice · I-09 past due without a status · I-10 milestones of an action out of
 * order, after the action's own date, or a part (2.5.1) after the end of its action (2.5) · I-11 an action
 * that neither indicator, target nor effect measures · I-13 the plan's date was inferred · I-14 a due after
 * another action without dates · I-18 status not understood. effects and targets must be joined. */
bool check_plan(const struct plan *plan, const struct effects *effects, const struct targets *targets,
                struct findings *findings, struct err *err);

/* Joined effects: I-04 (refused, `usable` false) an action, a start or a replaced action that is not in the
 * plan; I-12 effects of two actions on the same thing, of which neither takes the other's place nor starts
 * when the other ends (places apart, which add up), or one action's twice. */
bool check_effects(const struct plan *plan, const struct effects *effects, struct findings *findings,
                   struct err *err);

/* Joined targets: I-05 an action that is not in the plan; then targets_check. */
bool check_targets(const struct targets *targets, struct findings *findings, struct err *err);

/* I-17 for rows of effects and targets whose plan is not stored: one finding each. */
bool check_orphans(const struct effects *effects, const struct targets *targets, struct findings *findings,
                   struct err *err);

#endif
