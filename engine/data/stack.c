/* SPDX-License-Identifier: GPL-3.0-or-later
 * The order of the steps, and what they share. Each step works on the rows of one child, sorted by start, and
 * leaves them sorted; rules about single rows come last, on what is left. */
#include "data/stack_rows.h"

#include <string.h>

day stack_year_start(const struct stacking *s, int32_t return_index)
{
    return date_year_end(s->context->years[return_index] - 1) + 1;
}

day stack_year_end(const struct stacking *s, int32_t return_index)
{
    return date_year_end(s->context->years[return_index]);
}

day stack_last_day(const struct stacking *s)
{
    return date_year_end(s->context->years[s->context->n_years - 1]);
}

bool stack_report(struct stacking *s, struct record *record, enum rule rule, enum outcome outcome,
                  enum return_column column, struct str repair)
{
    if (outcome > record->outcome)
        record->outcome = outcome;
    if (s->findings == NULL)
        return true;
    char date[DATE_TEXT];
    struct finding finding = {
        .rule = rule,
        .outcome = outcome,
        .file = record->file,
        .table = table_spec(record->table)->name,
        .line = record->line,
        .child = s->rows->child,
        .column = "",
        .repair = repair,
    };
    if (column != COLUMN_COUNT) {
        const struct column_spec *spec = column_spec(column);
        const struct value *value = record_value(record, column);
        finding.column = spec->name;
        finding.value = stack_text(value);
        if (spec->kind == KIND_DATE && value->state == VALUE_OK) {
            date_format_iso((day)value->number, date);
            finding.value = str_of(date);
        }
    }
    return s->findings->add(s->findings, &finding, s->err);
}

bool stack_report_day(struct stacking *s, struct record *record, enum rule rule, enum outcome outcome,
                      enum return_column column, day repair)
{
    char date[DATE_TEXT] = "";
    if (s->findings != NULL && repair != DAY_OPEN)
        date_format_iso(repair, date);
    return stack_report(s, record, rule, outcome, column, str_of(date));
}

void stack_compact(struct stacking *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (s->episodes[i].gone)
            continue;
        if (kept != i)
            s->episodes[kept] = s->episodes[i];
        kept++;
    }
    s->n = kept;
}

struct row *stack_row_on(const struct stacking *s, day date)
{
    size_t low = 0, high = s->n; /* rows before low start by the day, rows from high on later */
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (s->episodes[middle].start <= date)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && date < s->episodes[low - 1].end ? &s->episodes[low - 1] : NULL;
}

/* Without a usable date of birth there is neither an age nor an 18th birthday: no episode can be used. */
static bool refuse_all(struct stacking *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (!stack_report(s, s->episodes[i].record, s->no_birth, OUTCOME_REFUSED, COLUMN_COUNT,
                          (struct str){NULL, 0}))
            return false;
    s->n = 0;
    return true;
}

static struct episode episode_of(const struct row *row)
{
    struct episode episode = {
        .start = row->start,
        .end = row->end,
        .rne = row->rne,
        .legal = row->legal,
        .need = row->need,
        .group = row->group,
        .provider = row->provider,
        .temporary = row->temporary,
        .route = row->route,
        .ends_care = row->ends_care,
        .lost = row->lost,
        .place_code = row->place,
        .home_post = row->home_post,
        .placement_post = row->placement_post,
        .urn = row->urn,
        .location = row->location,
        .distance = row->distance,
    };
    memcpy(episode.legal_status, code_legal_name((enum legal_status)row->status),
           row->status == STATUS_UNKNOWN ? 1 : sizeof episode.legal_status);
    return episode;
}

static bool hand_over(struct stacking *s)
{
    struct clean_child *out = s->out;
    out->born = s->born;
    out->usable = s->born != DAY_NONE && s->n > 0;
    out->n_episodes = s->n;
    if (s->n == 0)
        return true;
    out->episodes = arena_take(s->arena, s->n * sizeof *out->episodes, s->err);
    if (out->episodes == NULL)
        return false;
    for (size_t i = 0; i < s->n; i++)
        out->episodes[i] = episode_of(&s->episodes[i]);
    out->start_known_first = s->episodes[0].rne == 'S' || s->episodes[0].start >= stack_year_start(s, 0);
    return true;
}

/* H-01: rows that name no child. */
static bool refuse_nameless(struct stacking *s)
{
    for (int32_t table = 0; table < TABLE_COUNT; table++)
        for (size_t i = 0; i < s->rows->n_rows[table]; i++)
            if (stack_is_used(&s->rows->rows[table][i]) &&
                !stack_report(s, &s->rows->rows[table][i], RULE_H_01, OUTCOME_REFUSED,
                              table_spec((enum return_table)table)->first, (struct str){NULL, 0}))
                return false;
    return true;
}

static int32_t find_last_named(const struct child_rows *rows)
{
    int32_t last = -1;
    for (int32_t table = 0; table < TABLE_COUNT; table++) {
        const size_t n = rows->n_rows[table];
        if (table != TABLE_OC3 && n > 0 && rows->rows[table][n - 1].return_index > last)
            last = rows->rows[table][n - 1].return_index;
    }
    return last;
}

bool stack_child(const struct stack_context *context, struct child_rows *rows, struct arena *arena,
                 struct clean_child *out, struct findings *findings, struct err *err)
{
    struct stacking s = {
        .context = context,
        .rows = rows,
        .arena = arena,
        .out = out,
        .findings = findings,
        .err = err,
        .born = DAY_NONE,
        .eighteen = DAY_NONE,
        .last_named = find_last_named(rows),
    };
    *out = (struct clean_child){.born = DAY_NONE, .uasc_until = DAY_OPEN};
    if (rows->child.length == 0)
        return refuse_nameless(&s);
    if (!stack_identity(&s) || !stack_collect(&s))
        return false;
    if (s.born == DAY_NONE)
        return refuse_all(&s) && (findings == NULL || stack_other_tables(&s));
    if (!stack_merge(&s) || !stack_close(&s) || !stack_cut(&s) || !stack_providers(&s) || !stack_chain(&s) ||
        !stack_periods(&s) || !stack_look(&s) || !stack_uasc(&s) || !hand_over(&s))
        return false;
    return findings == NULL || (stack_adoption(&s) && stack_other_tables(&s));
}
