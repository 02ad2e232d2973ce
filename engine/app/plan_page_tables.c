/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of a plan as people read them; counts are gathered first. */
#include "app/plan_page_tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/effect_range.h"
#include "app/row_writer.h"
#include "base/vec.h"
#include "plan/check.h"
#include "plan/lookup.h"

enum { WHAT = 160, LEAD = 120, VALUE = 80 };

/* The words of a row: its milestone beside its action where it has both. */
static void put_what(struct row_writer *w, const struct plan *plan, const struct plan_row *row)
{
    const char *action = plan->actions[row->i_action].text;
    const char *milestone = row->text[PLAN_TEXT_MILESTONE];
    struct text both = {0};
    const bool ok = text_append_c(&both, action, w->err) &&
                    (milestone[0] == '\0' || action[0] == '\0' || text_append_c(&both, ": ", w->err)) &&
                    text_append_c(&both, milestone, w->err);
    w->ok = w->ok && ok;
    row_writer_short(w, text_c(&both), WHAT);
    text_free(&both);
}

/* ---- due and late ------------------------------------------------------------------------------------ */

static bool add_due(struct table *out, const struct plan *plan, const struct plan_row *row, day as_of,
                    struct err *err)
{
    struct row_writer w = row_writer_begin(out, err);
    const int32_t moved = plan_row_days_moved(row);
    row_writer_short(&w, row->ref, LEAD);
    put_what(&w, plan, row);
    row_writer_day(&w, row->when.latest);
    row_writer_integer(&w, plan_row_days_late(row, as_of));
    if (moved != 0)
        row_writer_integer(&w, moved);
    else
        row_writer_skip(&w);
    row_writer_text(&w, status_words(row->status));
    row_writer_short(&w, row->text[PLAN_TEXT_LEAD_ROLE], LEAD);
    return w.ok;
}

static const struct table_column due_columns[] = {{"Action", 0},         {"What", 0},  {"Due", 0},
                                                  {"Days late", 0},      {"Moved", 0}, {"How it stands", 0},
                                                  {"Who leads on it", 0}};

bool plan_page_due(struct table *out, const struct plan *plan, day as_of, struct err *err)
{
    day first = DAY_NONE;
    day last = DAY_NONE;
    bool ok = true;
    table_init(out, "Due in this quarter: last day due, days late, days that it was moved", due_columns,
               sizeof due_columns / sizeof due_columns[0]);
    if (as_of == DAY_NONE)
        return true;
    plan_quarter(as_of, &first, &last);
    for (size_t i = 0; ok && i < plan->n_rows; i++)
        if (plan_row_is_due_in(&plan->rows[i], first, last))
            ok = add_due(out, plan, &plan->rows[i], as_of, err);
    return ok;
}

/* A row, for sorting: the larger the number, the earlier. */
struct ranked {
    int32_t n;
    size_t i;
};

static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return (x->i > y->i) - (x->i < y->i);
}

bool plan_page_late(struct table *out, const struct plan *plan, day as_of, struct err *err)
{
    size_t n = 0;
    table_init(out, "Late: last day due, days late, days that it was moved before", due_columns,
               sizeof due_columns / sizeof due_columns[0]);
    struct ranked *late = vec_new(plan->n_rows, sizeof *late, err);
    bool ok = late != NULL;
    for (size_t i = 0; ok && as_of != DAY_NONE && i < plan->n_rows; i++) {
        const int32_t days = plan_row_days_late(&plan->rows[i], as_of);
        if (days > 0)
            late[n++] = (struct ranked){days, i};
    }
    if (n > 0)
        qsort(late, n, sizeof *late, by_rank);
    for (size_t i = 0; ok && i < n; i++)
        ok = add_due(out, plan, &plan->rows[late[i].i], as_of, err);
    free(late);
    return ok;
}

/* ---- counts ------------------------------------------------------------------------------------------ */

static const struct table_column priority_columns[] = {
    {"Priority", 0},  {"All", 0},   {"Done", 0},     {"On track", 0}, {"Delayed", 0},
    {"Off track", 0}, {"Other", 0}, {"Not said", 0}, {"Late", 0},     {"Latest, days", 0}};
static const struct table_column lead_columns[] = {
    {"Who leads", 0}, {"All", 0},   {"Done", 0},     {"On track", 0}, {"Delayed", 0},
    {"Off track", 0}, {"Other", 0}, {"Not said", 0}, {"Late", 0},     {"Latest, days", 0}};
enum { COUNT_COLUMNS = sizeof lead_columns / sizeof lead_columns[0] };

static bool add_count(struct table *out, const char *name, const struct plan_count *count, struct err *err)
{
    struct row_writer w = row_writer_begin(out, err);
    const int32_t *n = count->statuses;
    row_writer_short(&w, name, LEAD);
    row_writer_integer(&w, count->rows);
    row_writer_integer(&w, n[ACTION_COMPLETE]);
    row_writer_integer(&w, n[ACTION_ON_TRACK]);
    row_writer_integer(&w, n[ACTION_DELAYED]);
    row_writer_integer(&w, n[ACTION_OFF_TRACK]);
    row_writer_integer(&w, n[ACTION_ONGOING] + n[ACTION_SUPERSEDED] + n[ACTION_NOT_STARTED]);
    row_writer_integer(&w, n[ACTION_UNKNOWN]);
    row_writer_integer(&w, count->late);
    row_writer_integer(&w, count->most_late);
    return w.ok;
}

bool plan_page_priorities(struct table *out, const struct plan *plan, day as_of, struct err *err)
{
    table_init(out, "By priority; other: going on, dropped, or still to begin", priority_columns,
               COUNT_COLUMNS);
    struct plan_count *counts = vec_new(plan->n_priorities, sizeof *counts, err);
    bool ok = counts != NULL;
    for (size_t i = 0; ok && i < plan->n_rows; i++)
        plan_count_add(&counts[plan->actions[plan->rows[i].i_action].i_priority], &plan->rows[i], as_of);
    for (size_t p = 0; ok && p < plan->n_priorities; p++) {
        char words[PLAN_WORDS_PRIORITY];
        plan_words_priority(&plan->priorities[p], words);
        ok = add_count(out, words[0] == '\0' ? "none given" : words, &counts[p], err);
    }
    free(counts);
    return ok;
}

/* The lead roles of a plan with their counts. */
struct leads {
    struct lookup names;
    struct {
        struct str name;
        struct plan_count count;
    } * items;
    size_t n, capacity;
};

static bool count_lead(struct leads *leads, struct str name, const struct plan_row *row, day as_of,
                       struct err *err)
{
    int32_t i = 0;
    if (!lookup_put(&leads->names, name, (int32_t)leads->n, &i, err) ||
        !vec_reserve((void **)&leads->items, &leads->capacity, leads->n + 1, sizeof *leads->items, err))
        return false;
    if ((size_t)i == leads->n) {
        leads->items[i].name = name;
        leads->items[i].count = (struct plan_count){0};
        leads->n++;
    }
    plan_count_add(&leads->items[i].count, row, as_of);
    return true;
}

static bool count_leads(struct leads *leads, const struct plan_row *row, day as_of, struct err *err)
{
    struct str rest = str_trim(str_of(row->text[PLAN_TEXT_LEAD_ROLE]));
    if (rest.length == 0)
        return count_lead(leads, str_of("nobody named"), row, as_of, err);
    bool ok = true;
    while (ok && rest.length > 0) {
        const char *end = memchr(rest.at, ';', rest.length);
        const size_t n = end == NULL ? rest.length : (size_t)(end - rest.at);
        const struct str name = str_trim((struct str){rest.at, n});
        ok = name.length == 0 || count_lead(leads, name, row, as_of, err);
        rest = n == rest.length ? (struct str){NULL, 0} : (struct str){rest.at + n + 1, rest.length - n - 1};
    }
    return ok;
}

bool plan_page_leads(struct table *out, const struct plan *plan, day as_of, struct err *err)
{
    struct leads leads = {0};
    bool ok = true;
    table_init(out, "By who leads; what several lead on counts under each", lead_columns, COUNT_COLUMNS);
    for (size_t i = 0; ok && i < plan->n_rows; i++)
        ok = count_leads(&leads, &plan->rows[i], as_of, err);
    struct ranked *order = ok ? vec_new(leads.n, sizeof *order, err) : NULL;
    ok = order != NULL;
    for (size_t i = 0; ok && i < leads.n; i++)
        order[i] = (struct ranked){leads.items[i].count.rows, i};
    if (ok && leads.n > 0)
        qsort(order, leads.n, sizeof *order, by_rank);
    for (size_t i = 0; ok && i < leads.n; i++) {
        char name[4 * LEAD];
        (void)str_copy(leads.items[order[i].i].name, name, sizeof name); /* the table cuts it sooner */
        ok = add_count(out, name, &leads.items[order[i].i].count, err);
    }
    free(order);
    free(leads.items);
    lookup_free(&leads.names);
    return ok;
}

/* ---- measures and effects ---------------------------------------------------------------------------- */

bool plan_page_measured(struct table *out, const struct plan *plan, const struct plan_measured of[],
                        struct err *err)
{
    static const struct table_column columns[] = {
        {"Action", 0}, {"What", 0}, {"Indicator", 0}, {"Target", 0}, {"Effect", 0}};
    bool ok = true;
    table_init(out, "What measures each action", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; ok && i < plan->n_actions; i++) {
        struct row_writer w = row_writer_begin(out, err);
        row_writer_short(&w, plan->actions[i].ref, LEAD);
        row_writer_short(&w, plan->actions[i].text, WHAT);
        row_writer_text(&w, of[i].indicator ? "yes" : "no");
        row_writer_text(&w, of[i].target ? "yes" : "no");
        row_writer_text(&w, of[i].effect ? "yes" : "no");
        ok = w.ok;
    }
    return ok;
}

/* "entries: age=0-4" */
static void put_lever(struct row_writer *w, const struct plan_effect *effect)
{
    struct text words = {0};
    const bool ok = text_append_c(&words, plan_lever_name(effect->lever), w->err) &&
                    (effect->applies_to[0] == '\0' || text_append_c(&words, ": ", w->err)) &&
                    text_append_c(&words, effect->applies_to, w->err);
    w->ok = w->ok && ok;
    row_writer_short(w, text_c(&words), LEAD);
    text_free(&words);
}

/* "30 Sep 2012, with 1A.1"; the effect's own action is not named */
static void put_start(struct row_writer *w, const struct plan *plan, const struct plan_effect *effect)
{
    struct text words = {0};
    char date[DATE_TEXT];
    bool ok = true;
    if (effect->i_start < 0) {
        ok = text_format(&words, w->err, "never: the plan has no %.64s", effect->start);
    } else {
        const struct plan_row *row = &plan->rows[effect->i_start];
        date_format_words(row->when.latest, date);
        ok = text_append_c(&words, plan_due_has_date(&row->when) ? date : "at once: no day is given",
                           w->err) &&
             (row->i_action == effect->i_action || text_format(&words, w->err, ", with %.64s", row->ref));
    }
    w->ok = w->ok && ok;
    row_writer_short(w, text_c(&words), LEAD);
    text_free(&words);
}

bool plan_page_effects(struct table *out, const struct plan *plan, const struct effects *effects,
                       struct err *err)
{
    static const struct table_column columns[] = {
        {"Action", 0},           {"Acts on", 0}, {"Weakest", 0},        {"Likely", 0},     {"Strongest", 0},
        {"Middle (8 in 10)", 0}, {"Starts", 0},  {"Months to full", 1}, {"Instead of", 0}, {"Why", 0}};
    bool ok = true;
    table_init(out, "Expected effects: planning assumptions, not evidence", columns,
               sizeof columns / sizeof columns[0]);
    for (size_t i = 0; ok && i < effects->n; i++) {
        const struct plan_effect *effect = &effects->items[i];
        char words[EFFECT_WORDS];
        const double sizes[] = {effect->low, effect->likely, effect->high};
        struct row_writer w = row_writer_begin(out, err);
        row_writer_short(&w, effect->ref, LEAD);
        put_lever(&w, effect);
        for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
            effect_size_words(sizes[s], effect->unit, words);
            row_writer_text(&w, words);
        }
        effect_range_words(effect, words);
        row_writer_text(&w, words);
        put_start(&w, plan, effect);
        if (fabs(effect->ramp_months - round(effect->ramp_months)) < 1e-9)
            row_writer_integer(&w, llround(effect->ramp_months));
        else
            row_writer_real(&w, effect->ramp_months);
        row_writer_short(&w, effect->replaces, LEAD);
        row_writer_short(&w, effect->rationale, WHAT);
        ok = w.ok;
    }
    return ok;
}

/* ---- findings ---------------------------------------------------------------------------------------- */

/* A sink that fills a table with the findings of one severity. */
struct listing {
    struct findings sink; /* first */
    struct table *table;
    enum severity severity;
};

static bool list_one(struct findings *self, const struct finding *finding, struct err *err)
{
    struct listing *listing = (struct listing *)self;
    const struct rule_info *rule = rule_info(finding->rule);
    char value[4 * VALUE];
    if (rule->severity != listing->severity)
        return true;
    struct row_writer w = row_writer_begin(listing->table, err);
    (void)str_copy(finding->value, value, sizeof value); /* the table cuts it sooner */
    row_writer_text(&w, severity_name(rule->severity));
    row_writer_text(&w, rule->id);
    row_writer_text(&w, finding->table);
    row_writer_integer(&w, finding->line);
    row_writer_short(&w, value, VALUE);
    row_writer_text(&w, finding->message != NULL ? finding->message : rule->words);
    return w.ok;
}

bool plan_page_findings(struct table *out, const struct plan *plan, const struct effects *effects,
                        const struct targets *targets, struct err *err)
{
    static const struct table_column columns[] = {{"Severity", 0}, {"Rule", 0},  {"File of", 0},
                                                  {"Line", 0},     {"Value", 0}, {"What is wrong", 0}};
    bool ok = true;
    table_init(out, "Findings", columns, sizeof columns / sizeof columns[0]);
    for (int s = 0; ok && s < SEVERITY_COUNT; s++) {
        struct listing listing = {{list_one}, out, (enum severity)s};
        ok = check_plan(plan, effects, targets, &listing.sink, err) &&
             check_effects(plan, effects, &listing.sink, err) && check_targets(targets, &listing.sink, err);
    }
    return ok;
}
