/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row of a table is filled from the left by a small writer that remembers the first failure. */
#include "app/plan_tables.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { SHORT_TEXT = 48, QUARTER_MONTHS = 3, APRIL = 4 };

/* Fills the cells of a row one after the other. */
struct writer {
    struct table *table;
    struct table_cell *cell;
    struct err *err;
    bool ok;
};

static struct writer begin_row(struct table *table, struct err *err)
{
    struct writer w = {.table = table, .cell = table_add_row(table, err), .err = err};
    w.ok = w.cell != NULL;
    return w;
}

static void put_text(struct writer *w, const char *text)
{
    w->ok = w->ok && (text[0] == '\0' || table_set_text(w->table, w->cell, text, w->err));
    w->cell += w->ok;
}

static void put_day(struct writer *w, day date)
{
    if (w->ok)
        table_set_day(w->cell++, date);
}

static void put_integer(struct writer *w, int64_t value)
{
    if (w->ok)
        table_set_integer(w->cell++, value);
}

static void skip(struct writer *w)
{
    w->cell += w->ok;
}

/* Two texts as one, "; " between them. */
static void put_both(struct writer *w, const char *a, const char *b)
{
    struct text text = {0};
    w->ok = w->ok && text_append_c(&text, a, w->err) &&
            (a[0] == '\0' || b[0] == '\0' || text_append_c(&text, "; ", w->err)) &&
            text_append_c(&text, b, w->err);
    if (w->ok)
        put_text(w, text_c(&text));
    text_free(&text);
}

/* A text on one line, cut after a whole character. */
static void put_short(struct writer *w, const char *text)
{
    struct text out = {0};
    struct str rest = str_of(text);
    size_t characters = 0;
    bool ok = w->ok;
    while (ok && rest.length > 0 && characters < SHORT_TEXT) {
        size_t n = str_utf8_sequence(rest);
        n = n == 0 ? 1 : n;
        const bool blank = (unsigned char)rest.at[0] < 0x20;
        ok = text_append(&out, blank ? str_of(" ") : (struct str){rest.at, n}, w->err);
        rest = (struct str){rest.at + n, rest.length - n};
        characters++;
    }
    ok = ok && (rest.length == 0 || text_append_c(&out, "...", w->err));
    w->ok = ok;
    put_text(w, text_c(&out));
    text_free(&out);
}

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

bool plan_tables_add_rows(struct table *table, const struct plan *plan, day as_of, struct err *err)
{
    for (size_t i = 0; i < plan->n_rows; i++) {
        const struct plan_row *row = &plan->rows[i];
        struct writer w = begin_row(table, err);
        put_text(&w, plan->name);
        put_text(&w, row->ref);
        put_text(&w, plan->actions[row->i_action].text);
        put_text(&w, row->text[PLAN_TEXT_MILESTONE]);
        put_both(&w, row->text[PLAN_TEXT_DUE], row->text[PLAN_TEXT_REVISED_DUE]);
        put_day(&w, row->when.earliest);
        put_day(&w, row->when.latest);
        put_text(&w, due_precision_name(row->when.precision));
        put_text(&w, due_kind_name(row->when.kind));
        put_text(&w, row->text[PLAN_TEXT_STATUS]);
        put_text(&w, status_name(row->status));
        if (has_deadline(row) && as_of != DAY_NONE)
            put_integer(&w, plan_row_days_late(row, as_of));
        else
            skip(&w);
        put_text(&w, row->text[PLAN_TEXT_LEAD_ROLE]);
        if (!w.ok)
            return false;
    }
    return true;
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
        struct writer w = begin_row(table, err);
        put_text(&w, after->name);
        put_day(&w, before->stamp.date);
        put_day(&w, after->stamp.date);
        put_text(&w, change_kind_name(change->kind));
        if (change->kind == CHANGE_MOVED)
            put_integer(&w, change->days);
        else
            skip(&w);
        put_text(&w, row->ref);
        put_text(&w, plan->actions[row->i_action].text);
        put_text(&w, row->text[PLAN_TEXT_MILESTONE]);
        put_day(&w, change->before == NULL ? DAY_NONE : change->before->when.latest);
        put_day(&w, change->after == NULL ? DAY_NONE : change->after->when.latest);
        put_text(&w, change->before == NULL ? "" : status_name(change->before->status));
        put_text(&w, change->after == NULL ? "" : status_name(change->after->status));
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
        struct writer w = begin_row(table, err);
        put_text(&w, plan->name);
        put_day(&w, as_of);
        put_text(&w, status_name((enum action_status)s));
        put_integer(&w, n);
        put_integer(&w, late);
        put_integer(&w, latest);
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
    struct writer w = begin_row(table, err);
    put_text(&w, plan->name);
    put_short(&w, row->ref);
    put_day(&w, row->when.latest);
    put_integer(&w, plan_row_days_late(row, as_of));
    put_integer(&w, plan_row_days_moved(row));
    put_text(&w, status_name(row->status));
    put_short(&w, row->text[PLAN_TEXT_MILESTONE][0] != '\0' ? row->text[PLAN_TEXT_MILESTONE]
                                                            : plan->actions[row->i_action].text);
    put_short(&w, row->text[PLAN_TEXT_LEAD_ROLE]);
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
