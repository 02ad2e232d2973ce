/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows in the order of the plan, but for what is late: the latest first. */
#include "app/plan_tables.h"

#include <stdlib.h>
#include <string.h>

#include "app/effect_range.h"
#include "app/row_writer.h"
#include "base/vec.h"

enum { SHORT_TEXT = 48, QUARTER_MONTHS = 3, APRIL = 4 };

/* ---- plan.csv ---------------------------------------------------------------------------------------- */

static const struct table_column row_columns[] = {
    {"plan", 0},         {"action_ref", 0}, {"action", 0},        {"milestone", 0},  {"due_text", 0},
    {"due_earliest", 0}, {"due_latest", 0}, {"due_precision", 0}, {"due_kind", 0},   {"status_text", 0},
    {"status", 0},       {"days_late", 0},  {"lead_role", 0},     {"effect_p50", 3}, {"effect_p10", 3},
    {"effect_p90", 3},   {"unit", 0}};

void plan_tables_init_rows(struct table *table)
{
    table_init(table, "plan", row_columns, sizeof row_columns / sizeof row_columns[0]);
}

/* True for what can be late. */
static bool has_deadline(const struct plan_row *row)
{
    return !plan_row_is_over(row) && row->when.kind == DUE_DUE && plan_due_has_date(&row->when);
}

/* The effect that a row stands for: the first of its action, where it starts with this row; one that starts
 * with a row of another action stands at the action's first. NULL: none. */
static const struct plan_effect *effect_of(const struct plan *plan, const struct effects *effects,
                                           const int32_t first_effect[], size_t i_row)
{
    const int32_t i_action = plan->rows[i_row].i_action;
    const int32_t i = first_effect[i_action];
    if (i < 0)
        return NULL;
    const int32_t start = effects->items[i].i_start;
    const bool own = start >= 0 && plan->rows[start].i_action == i_action;
    return (int32_t)i_row == (own ? start : plan->actions[i_action].i_first) ? &effects->items[i] : NULL;
}

/* The first effect of each action, -1 none. */
static int32_t *find_first_effects(const struct plan *plan, const struct effects *effects, struct err *err)
{
    int32_t *first = vec_new(plan->n_actions, sizeof *first, err);
    for (size_t i = 0; first != NULL && i < plan->n_actions; i++)
        first[i] = -1;
    for (size_t i = effects->n; first != NULL && i-- > 0;)
        if (effects->items[i].usable)
            first[effects->items[i].i_action] = (int32_t)i;
    return first;
}

static void put_effect(struct row_writer *w, const struct plan_effect *effect)
{
    if (effect == NULL)
        return;
    const struct effect_range range = effect_range_of(effect->low, effect->likely, effect->high);
    row_writer_real(w, range.p50);
    row_writer_real(w, range.p10);
    row_writer_real(w, range.p90);
    row_writer_text(w, plan_unit_name(effect->unit));
}

bool plan_tables_add_rows(struct table *table, const struct plan *plan, const struct effects *effects,
                          day as_of, struct err *err)
{
    int32_t *first_effect = find_first_effects(plan, effects, err);
    bool ok = first_effect != NULL;
    for (size_t i = 0; ok && i < plan->n_rows; i++) {
        const struct plan_row *row = &plan->rows[i];
        struct row_writer w = row_writer_begin(table, err);
        row_writer_text(&w, plan->name);
        row_writer_text(&w, row->ref);
        row_writer_text(&w, plan->actions[row->i_action].text);
        row_writer_text(&w, row->text[PLAN_TEXT_MILESTONE]);
        row_writer_both(&w, row->text[PLAN_TEXT_DUE], row->text[PLAN_TEXT_REVISED_DUE]);
        row_writer_day(&w, row->when.earliest);
        row_writer_day(&w, row->when.latest);
        row_writer_text(&w, due_precision_name(row->when.precision));
        row_writer_text(&w, due_kind_name(row->when.kind));
        row_writer_text(&w, row->text[PLAN_TEXT_STATUS]);
        row_writer_text(&w, status_name(row->status));
        if (has_deadline(row) && as_of != DAY_NONE)
            row_writer_integer(&w, plan_row_days_late(row, as_of));
        else
            row_writer_skip(&w);
        row_writer_text(&w, row->text[PLAN_TEXT_LEAD_ROLE]);
        put_effect(&w, effect_of(plan, effects, first_effect, i));
        ok = w.ok;
    }
    free(first_effect);
    return ok;
}

/* ---- changes.csv ------------------------------------------------------------------------------------- */

static const struct table_column change_columns[] = {
    {"plan", 0},       {"from_date", 0},  {"to_date", 0},       {"change", 0},
    {"days", 0},       {"action_ref", 0}, {"action", 0},        {"milestone", 0},
    {"due_before", 0}, {"due_after", 0},  {"status_before", 0}, {"status_after", 0}};

void plan_tables_init_changes(struct table *table)
{
    table_init(table, "changes", change_columns, sizeof change_columns / sizeof change_columns[0]);
}

bool plan_tables_add_changes(struct table *table, const struct plan *before, const struct plan *after,
                             const struct change changes[], size_t n, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        const struct change *change = &changes[i];
        const struct plan *plan = change->after != NULL ? after : before;
        const struct plan_row *row = change->after != NULL ? change->after : change->before;
        struct row_writer w = row_writer_begin(table, err);
        row_writer_text(&w, after->name);
        row_writer_day(&w, before->stamp.date);
        row_writer_day(&w, after->stamp.date);
        row_writer_text(&w, change_kind_name(change->kind));
        if (change->kind == CHANGE_MOVED)
            row_writer_integer(&w, change->days);
        else
            row_writer_skip(&w);
        row_writer_text(&w, row->ref);
        row_writer_text(&w, plan->actions[row->i_action].text);
        row_writer_text(&w, row->text[PLAN_TEXT_MILESTONE]);
        row_writer_day(&w, change->before == NULL ? DAY_NONE : change->before->when.latest);
        row_writer_day(&w, change->after == NULL ? DAY_NONE : change->after->when.latest);
        row_writer_text(&w, change->before == NULL ? "" : status_name(change->before->status));
        row_writer_text(&w, change->after == NULL ? "" : status_name(change->after->status));
        if (!w.ok)
            return false;
    }
    return true;
}

/* ---- the screen -------------------------------------------------------------------------------------- */

static const struct table_column status_columns[] = {{"plan", 0}, {"as_of", 0}, {"status", 0},
                                                     {"rows", 0}, {"late", 0},  {"days_late", 0}};

void plan_tables_init_statuses(struct table *table)
{
    table_init(table, "statuses", status_columns, sizeof status_columns / sizeof status_columns[0]);
}

bool plan_tables_add_statuses(struct table *table, const struct plan *plan, day as_of, struct err *err)
{
    for (int s = 0; s < ACTION_STATUS_COUNT; s++) {
        int64_t n = 0;
        int64_t late = 0;
        int32_t latest = 0;
        for (size_t i = 0; i < plan->n_rows; i++) {
            const int32_t days = plan_row_days_late(&plan->rows[i], as_of);
            if (plan->rows[i].status != (enum action_status)s)
                continue;
            n++;
            late += days > 0;
            latest = days > latest ? days : latest;
        }
        if (n == 0)
            continue;
        struct row_writer w = row_writer_begin(table, err);
        row_writer_text(&w, plan->name);
        row_writer_day(&w, as_of);
        row_writer_text(&w, status_name((enum action_status)s));
        row_writer_integer(&w, n);
        row_writer_integer(&w, late);
        row_writer_integer(&w, latest);
        if (!w.ok)
            return false;
    }
    return true;
}

static const struct table_column short_columns[] = {{"plan", 0},      {"action_ref", 0}, {"due", 0},
                                                    {"days_late", 0}, {"moved", 0},      {"status", 0},
                                                    {"action", 0},    {"lead_role", 0}};

void plan_tables_init_short(struct table *table)
{
    table_init(table, "short", short_columns, sizeof short_columns / sizeof short_columns[0]);
}

static bool add_short(struct table *table, const struct plan *plan, const struct plan_row *row, day as_of,
                      struct err *err)
{
    struct row_writer w = row_writer_begin(table, err);
    row_writer_text(&w, plan->name);
    row_writer_short(&w, row->ref, SHORT_TEXT);
    row_writer_day(&w, row->when.latest);
    row_writer_integer(&w, plan_row_days_late(row, as_of));
    row_writer_integer(&w, plan_row_days_moved(row));
    row_writer_text(&w, status_name(row->status));
    row_writer_short(&w,
                     row->text[PLAN_TEXT_MILESTONE][0] != '\0' ? row->text[PLAN_TEXT_MILESTONE]
                                                               : plan->actions[row->i_action].text,
                     SHORT_TEXT);
    row_writer_short(&w, row->text[PLAN_TEXT_LEAD_ROLE], SHORT_TEXT);
    return w.ok;
}

bool plan_tables_add_due(struct table *table, const struct plan *plan, day as_of, struct err *err)
{
    if (as_of == DAY_NONE)
        return true;
    const int32_t month = date_to_civil(as_of).month;
    const int32_t into = (month - APRIL + 12) % QUARTER_MONTHS; /* quarters of the financial year */
    const day first = date_month_start(as_of, -into);
    const day last = date_month_end(as_of, QUARTER_MONTHS - 1 - into);
    for (size_t i = 0; i < plan->n_rows; i++) {
        const struct plan_row *row = &plan->rows[i];
        if (row->when.kind != DUE_DUE || row->when.latest < first || row->when.latest > last)
            continue;
        if (!add_short(table, plan, row, as_of, err))
            return false;
    }
    return true;
}

/* A late row, for sorting. */
struct late {
    int32_t days, i_row;
};

static int by_days(const void *a, const void *b)
{
    const struct late *x = a;
    const struct late *y = b;
    if (x->days != y->days)
        return x->days > y->days ? -1 : 1;
    return (x->i_row > y->i_row) - (x->i_row < y->i_row);
}

bool plan_tables_add_late(struct table *table, const struct plan *plan, day as_of, size_t most, size_t *left,
                          struct err *err)
{
    struct late *late = vec_new(plan->n_rows, sizeof *late, err);
    size_t n = 0;
    bool ok = late != NULL;
    for (size_t i = 0; ok && i < plan->n_rows; i++) {
        const int32_t days = plan_row_days_late(&plan->rows[i], as_of);
        if (days > 0)
            late[n++] = (struct late){days, (int32_t)i};
    }
    if (n > 0)
        qsort(late, n, sizeof *late, by_days);
    *left += n > most ? n - most : 0;
    for (size_t i = 0; ok && i < n && i < most; i++)
        ok = add_short(table, plan, &plan->rows[late[i].i_row], as_of, err);
    free(late);
    return ok;
}
