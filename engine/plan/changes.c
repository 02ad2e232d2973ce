/* SPDX-License-Identifier: GPL-3.0-or-later
 * Each row of the later version looks for its match in the earlier one, by its text first, so that a
 * milestone that was put in between does not push the others. */
#include "plan/changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

static const char *const names[CHANGE_COUNT] = {"added", "dropped", "moved", "dated", "undated", "status"};

const char *change_kind_name(enum change_kind kind)
{
    bug_if((unsigned)kind >= CHANGE_COUNT);
    return names[kind];
}

struct matching {
    const struct plan *before, *after;
    int32_t *match; /* of rows of after: row of before, -1 none */
    unsigned char *taken;
};

static struct str milestone_of(const struct plan_row *row)
{
    return str_trim(str_of(row->text[PLAN_TEXT_MILESTONE]));
}

/* The earlier version's action of a row. Of actions with one reference the one with the same text. */
static int32_t action_before(const struct matching *m, const struct plan_row *row)
{
    const int32_t found = plan_find_action(m->before, str_of(row->ref));
    const struct plan_action *action = &m->after->actions[row->i_action];
    if (!action->doubled || found < 0)
        return found;
    for (size_t i = 0; i < m->before->n_actions; i++)
        if (m->before->actions[i].doubled &&
            str_equal_ignore_case(str_of(m->before->actions[i].ref), str_of(row->ref)) &&
            str_equal_ignore_case(str_of(m->before->actions[i].text), str_of(action->text)))
            return (int32_t)i;
    return -1;
}

static void take(struct matching *m, int32_t i_after, int32_t i_before)
{
    m->match[i_after] = i_before;
    m->taken[i_before] = 1;
}

static void match_by_text(struct matching *m, int32_t i_after)
{
    const struct plan_row *row = &m->after->rows[i_after];
    const int32_t action = action_before(m, row);
    for (int32_t i = action < 0 ? -1 : m->before->actions[action].i_first; i >= 0;
         i = m->before->rows[i].i_next)
        if (m->taken[i] == 0 && str_equal_ignore_case(milestone_of(&m->before->rows[i]), milestone_of(row))) {
            take(m, i_after, i);
            return;
        }
}

/* The only unmatched row of an action, -1 when there is none or more than one. */
static int32_t only_left(const struct plan *plan, int32_t i_action, const struct matching *m, bool later)
{
    int32_t found = -1;
    for (int32_t i = plan->actions[i_action].i_first; i >= 0; i = plan->rows[i].i_next) {
        if (later ? m->match[i] >= 0 : m->taken[i] != 0)
            continue;
        if (found >= 0)
            return -1;
        found = i;
    }
    return found;
}

static void match_by_action(struct matching *m, int32_t i_after)
{
    const struct plan_row *row = &m->after->rows[i_after];
    const int32_t action = action_before(m, row);
    if (action < 0 || only_left(m->after, row->i_action, m, true) != i_after)
        return;
    const int32_t i = only_left(m->before, action, m, false);
    if (i >= 0)
        take(m, i_after, i);
}

/* False when nothing changed. */
static bool compare_rows(const struct plan_row *before, const struct plan_row *after, struct change *out)
{
    const bool had = plan_due_has_date(&before->when);
    const bool has = plan_due_has_date(&after->when);
    *out = (struct change){.before = before, .after = after};
    if (had && has && before->when.latest != after->when.latest) {
        out->kind = CHANGE_MOVED;
        out->days = after->when.latest - before->when.latest;
    } else if (had != has) {
        out->kind = has ? CHANGE_DATED : CHANGE_UNDATED;
    } else if (before->status != after->status) {
        out->kind = CHANGE_STATUS;
    } else {
        return false;
    }
    return true;
}

static size_t list_changes(const struct matching *m, struct change out[])
{
    size_t n = 0;
    for (size_t i = 0; i < m->after->n_rows; i++) {
        if (m->match[i] < 0)
            out[n++] = (struct change){.kind = CHANGE_ADDED, .after = &m->after->rows[i]};
        else
            n += compare_rows(&m->before->rows[m->match[i]], &m->after->rows[i], &out[n]);
    }
    for (size_t i = 0; i < m->before->n_rows; i++)
        if (m->taken[i] == 0)
            out[n++] = (struct change){.kind = CHANGE_DROPPED, .before = &m->before->rows[i]};
    return n;
}

bool changes_find(const struct plan *before, const struct plan *after, struct change **out, size_t *n,
                  struct err *err)
{
    struct matching m = {.before = before, .after = after};
    m.match = vec_new(after->n_rows, sizeof *m.match, err);
    m.taken = vec_new(before->n_rows, sizeof *m.taken, err);
    *out = vec_new(before->n_rows + after->n_rows, sizeof **out, err);
    const bool ok = m.match != NULL && m.taken != NULL && *out != NULL;
    *n = 0;
    if (ok) {
        for (size_t i = 0; i < after->n_rows; i++)
            m.match[i] = -1;
        for (size_t i = 0; i < after->n_rows; i++)
            match_by_text(&m, (int32_t)i);
        for (size_t i = 0; i < after->n_rows; i++)
            if (m.match[i] < 0)
                match_by_action(&m, (int32_t)i);
        *n = list_changes(&m, *out);
    } else {
        free(*out);
        *out = NULL;
    }
    free(m.match);
    free(m.taken);
    return ok;
}
