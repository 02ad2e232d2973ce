/* SPDX-License-Identifier: GPL-3.0-or-later
 * Effects beside each other: each against the last before it on the same thing. */
#include <stdio.h>
#include <string.h>

#include "plan/check.h"

enum { MESSAGE = 200, REFERENCE_SHOWN = 40 };

static bool report(const struct plan_effect *effect, struct findings *findings, enum rule rule,
                   enum outcome outcome, const char *column, const char *value, const char *message,
                   struct err *err)
{
    const struct finding finding = {.rule = rule,
                                    .outcome = outcome,
                                    .file = effect->file,
                                    .table = "effects",
                                    .line = effect->line,
                                    .column = column,
                                    .value = str_of(value),
                                    .message = message};
    return findings_add(findings, &finding, err);
}

static bool refuse(const struct plan_effect *effect, struct findings *findings, struct err *err)
{
    if (effect->i_action < 0)
        return report(effect, findings, RULE_I_04, OUTCOME_REFUSED, "action_ref", effect->ref,
                      "the plan has no action of this reference", err);
    if (effect->i_start < 0)
        return report(effect, findings, RULE_I_04, OUTCOME_REFUSED, "start_milestone", effect->start,
                      "the plan has no action or milestone of this name", err);
    return report(effect, findings, RULE_I_04, OUTCOME_REFUSED, "replaces", effect->replaces,
                  "the plan has no action of this reference to replace", err);
}

/* True when one takes the other's place, or begins with the other's milestone. */
static bool follow(const struct plan *plan, const struct plan_effect *a, const struct plan_effect *b)
{
    return a->i_replaces == b->i_action || b->i_replaces == a->i_action ||
           plan->rows[b->i_start].i_action == a->i_action || plan->rows[a->i_start].i_action == b->i_action;
}

static bool check_pair(const struct plan *plan, const struct plan_effect *before,
                       const struct plan_effect *effect, struct findings *findings, struct err *err)
{
    char message[MESSAGE];
    if (before->i_action == effect->i_action)
        return report(effect, findings, RULE_I_12, OUTCOME_KEPT, "action_ref", effect->ref,
                      "the action has this effect twice", err);
    if (follow(plan, before, effect) || effect->unit == PLAN_UNIT_PLACES) /* places add up */
        return true;
    (void)snprintf(message, sizeof message, "action %.*s acts on the same: %s %.60s", REFERENCE_SHOWN,
                   before->ref, plan_lever_name(effect->lever),
                   effect->applies_to[0] == '\0' ? "all" : effect->applies_to);
    return report(effect, findings, RULE_I_12, OUTCOME_KEPT, "applies_to", effect->ref, message, err);
}

bool check_effects(const struct plan *plan, const struct effects *effects, struct findings *findings,
                   struct err *err)
{
    for (size_t i = 0; i < effects->n; i++) {
        const struct plan_effect *effect = &effects->items[i];
        if (!effect->usable) {
            if (!refuse(effect, findings, err))
                return false;
            continue;
        }
        for (size_t k = i; k-- > 0;) {
            const struct plan_effect *before = &effects->items[k];
            if (!before->usable || !effects_same_place(before, effect))
                continue;
            if (!check_pair(plan, before, effect, findings, err))
                return false;
            break;
        }
    }
    return true;
}

bool check_targets(const struct targets *targets, struct findings *findings, struct err *err)
{
    for (size_t i = 0; i < targets->n; i++) {
        const struct plan_target *target = &targets->items[i];
        if (target->i_action >= 0 || target->ref[0] == '\0')
            continue;
        const struct finding finding = {.rule = RULE_I_05,
                                        .outcome = OUTCOME_KEPT,
                                        .file = target->file,
                                        .table = "targets",
                                        .line = target->line,
                                        .column = "action_ref",
                                        .value = str_of(target->ref),
                                        .message = "the plan has no action of this reference"};
        if (!findings_add(findings, &finding, err))
            return false;
    }
    return targets_check(targets, findings, err);
}

bool check_orphans(const struct effects *effects, const struct targets *targets, struct findings *findings,
                   struct err *err)
{
    for (size_t i = 0; i < effects->n; i++)
        if (!report(&effects->items[i], findings, RULE_I_17, OUTCOME_KEPT, "plan", effects->items[i].ref,
                    NULL, err))
            return false;
    for (size_t i = 0; i < targets->n; i++) {
        const struct finding finding = {.rule = RULE_I_17,
                                        .outcome = OUTCOME_KEPT,
                                        .file = targets->items[i].file,
                                        .table = "targets",
                                        .line = targets->items[i].line,
                                        .column = "plan",
                                        .value = str_of(targets->items[i].quantity)};
        if (!findings_add(findings, &finding, err))
            return false;
    }
    return true;
}
