/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows are copied, put to their actions and priorities, read, and chained. */
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "plan/plan_read.h"

void plan_free(struct plan *plan)
{
    free(plan->rows);
    free(plan->actions);
    free(plan->priorities);
    lookup_free(&plan->refs);
    arena_free(&plan->texts);
    *plan = (struct plan){0};
}

static bool copy_row(struct plan *plan, const struct filed_row *filed, struct plan_row *row, struct err *err)
{
    *row = (struct plan_row){
        .file = filed->file, .line = filed->line, .ref_made = filed->ref_made, .i_next = -1};
    row->ref = arena_copy(&plan->texts, filed->ref, err);
    bool ok = row->ref != NULL;
    for (int i = 0; ok && i < PLAN_TEXT_COUNT; i++) {
        row->text[i] = filed->text[i].length == 0 ? "" : arena_copy(&plan->texts, filed->text[i], err);
        ok = row->text[i] != NULL;
    }
    return ok;
}

static struct str text_of(const struct plan_row *row, enum plan_text text)
{
    return str_trim(str_of(row->text[text]));
}

/* ---- actions and priorities -------------------------------------------------------------------------- */

/* True when a row goes on with an action of the same reference. */
static bool is_of(const struct plan_row *row, const struct plan_action *action)
{
    const struct str text = text_of(row, PLAN_TEXT_ACTION);
    return row->ref_made || text.length == 0 || str_equal_ignore_case(text, str_trim(str_of(action->text)));
}

static bool says_same(const struct plan_row *a, const struct plan_row *b)
{
    return str_equal_ignore_case(text_of(a, PLAN_TEXT_MILESTONE), text_of(b, PLAN_TEXT_MILESTONE));
}

static void add_to_action(struct plan *plan, int32_t i_row, int32_t i_action)
{
    struct plan_action *action = &plan->actions[i_action];
    struct plan_row *row = &plan->rows[i_row];
    row->i_action = i_action;
    /* an action has few milestones; a plan that is one action a thousand times over is looked at no further
     */
    enum { LOOKED_AT = 64 };
    int32_t seen = 0;
    for (int32_t i = action->i_first; i >= 0 && seen < LOOKED_AT && !row->repeated; seen++) {
        row->repeated = says_same(&plan->rows[i], row);
        i = plan->rows[i].i_next;
    }
    plan->rows[action->i_last].i_next = i_row;
    action->i_last = i_row;
    action->n_rows++;
}

/* What rows are put to while a plan is made. */
struct placing {
    struct plan *plan;
    struct lookup priorities; /* reference or title: priority */
    struct lookup doubles;    /* reference and text of an action whose reference another has: action */
};

static bool add_action(struct plan *plan, int32_t i_row, int32_t i_priority, struct err *err)
{
    struct plan_row *row = &plan->rows[i_row];
    int32_t found = 0;
    const int32_t i_action = (int32_t)plan->n_actions;
    if (!lookup_put(&plan->refs, str_of(row->ref), i_action, &found, err))
        return false;
    plan->actions[plan->n_actions++] = (struct plan_action){.ref = row->ref,
                                                            .text = row->text[PLAN_TEXT_ACTION],
                                                            .i_priority = i_priority,
                                                            .i_first = i_row,
                                                            .i_last = i_row,
                                                            .n_rows = 1,
                                                            .doubled = found != i_action};
    row->i_action = i_action;
    return true;
}

/* An action whose reference another has is known by its text as well: the one that is there, or a new one. */
static bool place_double(struct placing *p, int32_t i_row, int32_t i_priority, struct err *err)
{
    const struct plan_row *row = &p->plan->rows[i_row];
    const char *key = arena_format(&p->plan->texts, err, "%s\n%s", row->ref, row->text[PLAN_TEXT_ACTION]);
    const int32_t next = (int32_t)p->plan->n_actions;
    int32_t found = 0;
    if (key == NULL || !lookup_put(&p->doubles, str_of(key), next, &found, err))
        return false;
    if (found == next)
        return add_action(p->plan, i_row, i_priority, err);
    add_to_action(p->plan, i_row, found);
    return true;
}

static bool place_row(struct placing *p, int32_t i_row, int32_t i_priority, struct err *err)
{
    struct plan *plan = p->plan;
    const struct plan_row *row = &plan->rows[i_row];
    const int32_t found = lookup_find(&plan->refs, str_of(row->ref), -1);
    const int32_t above = i_row > 0 ? plan->rows[i_row - 1].i_action : -1;
    if (found < 0)
        return add_action(plan, i_row, i_priority, err);
    if (above >= 0 && str_equal_ignore_case(str_of(plan->actions[above].ref), str_of(row->ref)) &&
        is_of(row, &plan->actions[above]))
        add_to_action(plan, i_row, above);
    else if (is_of(row, &plan->actions[found]))
        add_to_action(plan, i_row, found);
    else
        return place_double(p, i_row, i_priority, err);
    return true;
}

/* The priority of a row; that of the row above when it names none. */
static bool place_priority(struct placing *p, const struct plan_row *row, int32_t *i_priority,
                           struct err *err)
{
    struct plan *plan = p->plan;
    const struct str ref = text_of(row, PLAN_TEXT_PRIORITY_REF);
    const struct str title = text_of(row, PLAN_TEXT_PRIORITY);
    const int32_t next = (int32_t)plan->n_priorities;
    if (ref.length == 0 && title.length == 0 && next > 0)
        return true;
    if (!lookup_put(&p->priorities, ref.length > 0 ? ref : title, next, i_priority, err))
        return false;
    if (*i_priority == next)
        plan->priorities[plan->n_priorities++] =
            (struct plan_priority){row->text[PLAN_TEXT_PRIORITY_REF], row->text[PLAN_TEXT_PRIORITY]};
    return true;
}

static bool place_rows(struct plan *plan, struct err *err)
{
    struct placing placing = {.plan = plan};
    int32_t i_priority = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < plan->n_rows; i++)
        ok = place_priority(&placing, &plan->rows[i], &i_priority, err) &&
             place_row(&placing, (int32_t)i, i_priority, err);
    lookup_free(&placing.priorities);
    lookup_free(&placing.doubles);
    return ok;
}

bool plan_make(const char *name, const struct filed_row rows[], size_t n, struct plan_stamp stamp,
               struct plan *out, struct err *err)
{
    struct plan plan = {.stamp = stamp};
    bool ok = true;
    bug_if(n > INT32_MAX);
    plan.name = arena_copy(&plan.texts, str_of(name), err);
    plan.rows = vec_new(n, sizeof *plan.rows, err);
    plan.actions = vec_new(n, sizeof *plan.actions, err);
    plan.priorities = vec_new(n, sizeof *plan.priorities, err);
    ok = plan.name != NULL && plan.rows != NULL && plan.actions != NULL && plan.priorities != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        ok = copy_row(&plan, &rows[i], &plan.rows[i], err);
        plan.n_rows += ok;
    }
    if (ok) {
        plan_read_rows(&plan);
        ok = place_rows(&plan, err) && plan_chain_rows(&plan, err);
    }
    if (ok)
        *out = plan;
    else
        plan_free(&plan);
    return ok;
}

/* ---- questions --------------------------------------------------------------------------------------- */

bool plan_due_has_date(const struct due *due)
{
    return due->latest != DAY_NONE;
}

int32_t plan_find_action(const struct plan *plan, struct str ref)
{
    return lookup_find(&plan->refs, ref, -1);
}

int32_t plan_find_milestone(const struct plan *plan, struct str text)
{
    const int32_t action = plan_find_action(plan, text);
    if (action >= 0) {
        int32_t best = plan->actions[action].i_last;
        for (int32_t i = plan->actions[action].i_first; i >= 0; i = plan->rows[i].i_next)
            if (plan->rows[i].when.latest > plan->rows[best].when.latest)
                best = i;
        return best;
    }
    for (size_t i = 0; text.length > 0 && i < plan->n_rows; i++)
        if (str_equal_ignore_case(text_of(&plan->rows[i], PLAN_TEXT_MILESTONE), str_trim(text)))
            return (int32_t)i;
    return -1;
}

bool plan_row_is_over(const struct plan_row *row)
{
    return row->status == ACTION_COMPLETE || row->status == ACTION_SUPERSEDED;
}

int32_t plan_row_days_late(const struct plan_row *row, day as_of)
{
    if (plan_row_is_over(row) || row->when.kind != DUE_DUE || !plan_due_has_date(&row->when) ||
        as_of == DAY_NONE || as_of <= row->when.latest)
        return 0;
    return as_of - row->when.latest;
}

int32_t plan_row_days_moved(const struct plan_row *row)
{
    if (!plan_due_has_date(&row->due) || !plan_due_has_date(&row->revised))
        return 0;
    return row->revised.latest - row->due.latest;
}
