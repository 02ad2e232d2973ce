/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rule by rule over the rows, then over the actions. */
#include "plan/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { MESSAGE = 240, REFERENCE_SHOWN = 40 };

struct checking {
    const struct plan *plan;
    struct findings *findings;
    unsigned char *measured; /* of actions: an effect or a target names it */
};

static bool report(const struct checking *c, const struct plan_row *row, enum rule rule, const char *column,
                   const char *value, const char *message, struct err *err)
{
    const struct finding finding = {.rule = rule,
                                    .outcome = OUTCOME_KEPT,
                                    .file = row->file,
                                    .table = "plan",
                                    .line = row->line,
                                    .column = column,
                                    .value = str_trim(str_of(value)),
                                    .message = message};
    return findings_add(c->findings, &finding, err);
}

void check_join(const struct plan *plan, struct effects *effects, struct targets *targets)
{
    for (size_t i = 0; i < effects->n; i++) {
        struct plan_effect *effect = &effects->items[i];
        const char *start = effect->start[0] != '\0' ? effect->start : effect->ref;
        effect->i_action = plan_find_action(plan, str_of(effect->ref));
        effect->i_start = plan_find_milestone(plan, str_of(start));
        effect->i_replaces =
            effect->replaces[0] == '\0' ? -1 : plan_find_action(plan, str_of(effect->replaces));
        effect->usable = effect->i_action >= 0 && effect->i_start >= 0 &&
                         (effect->replaces[0] == '\0' || effect->i_replaces >= 0);
    }
    for (size_t i = 0; i < targets->n; i++)
        targets->items[i].i_action = plan_find_action(plan, str_of(targets->items[i].ref));
}

/* ---- a row ------------------------------------------------------------------------------------------- */

static bool check_words(const struct checking *c, const struct plan_row *row, struct err *err)
{
    static const char *const chains[] = {NULL, "the plan has no action of this reference",
                                         "that action has no date", "it waits for itself in the end"};
    if (!row->due_read && !report(c, row, RULE_I_02, "due", row->text[PLAN_TEXT_DUE], NULL, err))
        return false;
    if (!row->revised_read &&
        !report(c, row, RULE_I_02, "revised_due", row->text[PLAN_TEXT_REVISED_DUE], NULL, err))
        return false;
    if (!row->status_read && !report(c, row, RULE_I_18, "status", row->text[PLAN_TEXT_STATUS], NULL, err))
        return false;
    return row->chain == PLAN_CHAIN_NONE ||
           report(c, row, RULE_I_14, "due", row->when.after, chains[row->chain], err);
}

static bool check_dates(const struct checking *c, const struct plan_row *row, struct err *err)
{
    char message[MESSAGE];
    const day as_of = c->plan->stamp.date;
    if (plan_due_has_date(&row->revised) && row->due.earliest != DAY_NONE &&
        row->revised.latest < row->due.earliest) {
        (void)snprintf(message, sizeof message, "the revised date is %d days before the due",
                       (int)(row->due.earliest - row->revised.latest));
        if (!report(c, row, RULE_I_03, "revised_due", row->text[PLAN_TEXT_REVISED_DUE], message, err))
            return false;
    }
    if (as_of == DAY_NONE)
        return true;
    if (row->status == ACTION_COMPLETE && row->when.kind == DUE_DUE && row->when.earliest != DAY_NONE &&
        row->when.earliest > as_of) {
        (void)snprintf(message, sizeof message, "complete, but due %d days after the plan's date",
                       (int)(row->when.earliest - as_of));
        return report(c, row, RULE_I_03, "status", row->text[PLAN_TEXT_DUE], message, err);
    }
    if (row->status == ACTION_UNKNOWN && plan_row_days_late(row, as_of) > 0) {
        (void)snprintf(message, sizeof message,
                       "due %d days before the plan's date, and the plan does not say what became of it",
                       (int)plan_row_days_late(row, as_of));
        return report(c, row, RULE_I_09, "status", row->due_text, message, err);
    }
    return true;
}

/* ---- an action --------------------------------------------------------------------------------------- */

static bool check_references(const struct checking *c, const struct plan_action *action, struct err *err)
{
    const struct plan *plan = c->plan;
    if (action->doubled && !report(c, &plan->rows[action->i_first], RULE_I_03, "action_ref", action->ref,
                                   "another action has the same reference; effects belong to the first", err))
        return false;
    for (int32_t i = action->i_first; i >= 0; i = plan->rows[i].i_next)
        if (plan->rows[i].repeated && !report(c, &plan->rows[i], RULE_I_03, "action_ref", action->ref,
                                              "the same action and milestone are in an earlier row", err))
            return false;
    return true;
}

static bool has_end(const struct plan_row *row)
{
    return plan_due_has_date(&row->when) && row->when.kind == DUE_DUE;
}

static bool has_milestone(const struct plan_row *row)
{
    return str_trim(str_of(row->text[PLAN_TEXT_MILESTONE])).length > 0;
}

static bool report_order(const struct checking *c, const struct plan_row *row, const char *what, int32_t days,
                         struct err *err)
{
    char message[MESSAGE];
    (void)snprintf(message, sizeof message, "%.180s, by %d days", what, (int)days);
    return report(c, row, RULE_I_10, "due", row->due_text, message, err);
}

/* Milestones one after the other, and against the row that is the action itself. */
static bool check_order(const struct checking *c, const struct plan_action *action, struct err *err)
{
    const struct plan *plan = c->plan;
    const struct plan_row *before = NULL; /* the last dated milestone */
    const struct plan_row *whole = NULL;  /* the row of the action itself */
    if (action->n_rows < 2)
        return true;
    for (int32_t i = action->i_first; i >= 0; i = plan->rows[i].i_next)
        if (!has_milestone(&plan->rows[i]) && has_end(&plan->rows[i]))
            whole = &plan->rows[i];
    for (int32_t i = action->i_first; i >= 0; i = plan->rows[i].i_next) {
        const struct plan_row *row = &plan->rows[i];
        if (row == whole || !has_milestone(row) || !has_end(row) || row->when.earliest == DAY_NONE)
            continue;
        if (whole != NULL && row->when.earliest > whole->when.latest &&
            !report_order(c, row, "the milestone falls after the end of its action",
                          row->when.earliest - whole->when.latest, err))
            return false;
        if (before != NULL && row->when.latest < before->when.earliest &&
            !report_order(c, row, "the milestone falls before the one above it",
                          before->when.earliest - row->when.latest, err))
            return false;
        before = row;
    }
    return true;
}

/* The last day of an action, NULL when no row has one. */
static const struct plan_row *last_row(const struct plan *plan, const struct plan_action *action)
{
    const struct plan_row *last = NULL;
    for (int32_t i = action->i_first; i >= 0; i = plan->rows[i].i_next)
        if (has_end(&plan->rows[i]) && (last == NULL || plan->rows[i].when.latest > last->when.latest))
            last = &plan->rows[i];
    return last;
}

/* 2.5.1 against 2.5. */
static bool check_part(const struct checking *c, const struct plan_action *action, struct err *err)
{
    char what[MESSAGE];
    const struct plan *plan = c->plan;
    const char *dot = strrchr(action->ref, '.');
    const struct plan_row *row = last_row(plan, action);
    if (dot == NULL || row == NULL || row->when.earliest == DAY_NONE)
        return true;
    const int32_t i_whole = plan_find_action(plan, (struct str){action->ref, (size_t)(dot - action->ref)});
    const struct plan_row *whole = i_whole < 0 ? NULL : last_row(plan, &plan->actions[i_whole]);
    if (whole == NULL || row->when.earliest <= whole->when.latest)
        return true;
    (void)snprintf(what, sizeof what, "it falls after the end of action %.*s, of which it is a part",
                   REFERENCE_SHOWN, whole->ref);
    return report_order(c, row, what, row->when.earliest - whole->when.latest, err);
}

static bool check_measured(const struct checking *c, size_t i_action, struct err *err)
{
    const struct plan *plan = c->plan;
    const struct plan_action *action = &plan->actions[i_action];
    bool measured = c->measured[i_action] != 0;
    for (int32_t i = action->i_first; i >= 0 && !measured; i = plan->rows[i].i_next)
        measured = str_trim(str_of(plan->rows[i].text[PLAN_TEXT_INDICATOR])).length > 0 ||
                   str_trim(str_of(plan->rows[i].text[PLAN_TEXT_TARGET])).length > 0;
    return measured ||
           report(c, &plan->rows[action->i_first], RULE_I_11, "indicator", action->ref, NULL, err);
}

static bool check_date(const struct checking *c, struct err *err)
{
    char message[MESSAGE];
    char date[DATE_TEXT];
    const struct plan *plan = c->plan;
    if (plan->n_rows == 0 || plan->stamp.dated == PLAN_DATED_ASKED || plan->stamp.dated == PLAN_DATED_COLUMN)
        return true;
    date_format_iso(plan->stamp.date, date);
    const struct finding finding = {
        .rule = RULE_I_13,
        .outcome = OUTCOME_KEPT,
        .file = plan->rows[0].file,
        .table = "plan",
        .column = "plan_date",
        .value = str_of(plan->name),
        .message = message,
        .repair = str_of(date),
    };
    (void)snprintf(message, sizeof message,
                   plan->stamp.date == DAY_NONE
                       ? "the plan %.80s does not say of which day it is, and nothing in it tells%s"
                       : "the plan %.80s does not say of which day it is: by its texts, %s",
                   plan->name, date);
    return findings_add(c->findings, &finding, err);
}

bool check_plan(const struct plan *plan, const struct effects *effects, const struct targets *targets,
                struct findings *findings, struct err *err)
{
    struct checking c = {.plan = plan, .findings = findings};
    c.measured = vec_new(plan->n_actions, sizeof *c.measured, err);
    if (c.measured == NULL)
        return false;
    for (size_t i = 0; i < effects->n; i++)
        if (effects->items[i].i_action >= 0)
            c.measured[effects->items[i].i_action] = 1;
    for (size_t i = 0; i < targets->n; i++)
        if (targets->items[i].i_action >= 0)
            c.measured[targets->items[i].i_action] = 1;
    bool ok = check_date(&c, err);
    for (size_t i = 0; ok && i < plan->n_rows; i++)
        ok = check_words(&c, &plan->rows[i], err) && check_dates(&c, &plan->rows[i], err);
    for (size_t i = 0; ok && i < plan->n_actions; i++)
        ok = check_references(&c, &plan->actions[i], err) && check_order(&c, &plan->actions[i], err) &&
             check_part(&c, &plan->actions[i], err) && check_measured(&c, i, err);
    free(c.measured);
    return ok;
}
