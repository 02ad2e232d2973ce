/* SPDX-License-Identifier: GPL-3.0-or-later
 * A walk in depth with a stack of its own, so that a chain of any length needs no deep call: a row waits on
 * the stack until all rows of the action that it names are worked out. One that meets itself there is a
 * circle. */
#include <stdlib.h>

#include "base/vec.h"
#include "plan/plan_read.h"

enum state { UNSEEN, WAITING, WORKED_OUT };

struct chaining {
    struct plan *plan;
    unsigned char *states; /* of rows */
    int32_t *stack;
    size_t depth;
};

/* The day some months and days later; the last day of a month that is too short. */
static day later(day from, int32_t months, int32_t days)
{
    const struct civil civil = date_to_civil(from);
    const day month = date_month_start(from, months);
    const day end = date_month_end(from, months);
    const day date = month + civil.day - 1;
    return (date < end ? date : end) + days;
}

/* A due that has a date besides needs no other action to have one. */
static bool names_action(const struct plan_row *row)
{
    return row->when.after[0] != '\0' && !plan_due_has_date(&row->when);
}

/* A row of the action whose turn is first, -1 when all are worked out. */
static int32_t unfinished_row(const struct chaining *c, int32_t i_action)
{
    for (int32_t i = c->plan->actions[i_action].i_first; i >= 0; i = c->plan->rows[i].i_next)
        if (c->states[i] != WORKED_OUT && names_action(&c->plan->rows[i]))
            return i;
    return -1;
}

/* Every row on the stack from this one on waits for itself. */
static void mark_circle(struct chaining *c, int32_t i_row)
{
    size_t k = c->depth;
    while (c->stack[--k] != i_row)
        ;
    for (; k < c->depth; k++)
        c->plan->rows[c->stack[k]].chain = PLAN_CHAIN_CIRCLE;
}

/* The action that it names is worked out: the row counts from its last milestone. */
static void work_out(struct plan *plan, struct plan_row *row, int32_t i_action)
{
    const struct plan_row *anchor = NULL;
    for (int32_t i = plan->actions[i_action].i_first; i >= 0; i = plan->rows[i].i_next)
        if (plan_due_has_date(&plan->rows[i].when) &&
            (anchor == NULL || plan->rows[i].when.latest > anchor->when.latest))
            anchor = &plan->rows[i];
    if (anchor == NULL) {
        row->chain = PLAN_CHAIN_NO_DATE;
        return;
    }
    struct due *when = &row->when;
    const day first = anchor->when.earliest == DAY_NONE ? anchor->when.latest : anchor->when.earliest;
    when->earliest = later(first, when->after_months, when->after_days);
    when->latest = later(anchor->when.latest, when->after_months, when->after_days);
    when->precision = anchor->when.precision;
}

/* One step for the row on top of the stack: it is worked out, or another is put above it. */
static void step(struct chaining *c)
{
    struct plan *plan = c->plan;
    const int32_t i_row = c->stack[c->depth - 1];
    struct plan_row *row = &plan->rows[i_row];
    const int32_t i_action = plan_find_action(plan, str_of(row->when.after));
    if (row->chain != PLAN_CHAIN_CIRCLE && i_action >= 0) {
        const int32_t next = unfinished_row(c, i_action);
        if (next >= 0 && c->states[next] == UNSEEN) {
            c->states[next] = WAITING;
            c->stack[c->depth++] = next;
            return;
        }
        if (next >= 0)
            mark_circle(c, next);
        else
            work_out(plan, row, i_action);
    } else if (i_action < 0) {
        row->chain = PLAN_CHAIN_NO_ACTION;
    }
    c->states[i_row] = WORKED_OUT;
    c->depth--;
}

bool plan_chain_rows(struct plan *plan, struct err *err)
{
    struct chaining c = {.plan = plan};
    c.states = vec_new(plan->n_rows, sizeof *c.states, err);
    c.stack = vec_new(plan->n_rows, sizeof *c.stack, err);
    const bool ok = c.states != NULL && c.stack != NULL;
    for (size_t i = 0; ok && i < plan->n_rows; i++) {
        if (!names_action(&plan->rows[i]) || c.states[i] != UNSEEN)
            continue;
        c.states[i] = WAITING;
        c.stack[c.depth++] = (int32_t)i;
        while (c.depth > 0)
            step(&c);
    }
    free(c.states);
    free(c.stack);
    return ok;
}
