/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ends for rows that were left open: by the next episode, or because the child is missing from a whole
 * return. */
#include "data/stack_rows.h"

static const struct str no_repair = {NULL, 0};

/* E-11, E-12: rows that cannot be this child's care. Before anything is closed by them. */
static bool refuse_impossible_ages(struct stacking *s)
{
    for (size_t i = 0; i < s->n; i++) {
        struct row *row = &s->episodes[i];
        row->gone = row->start < s->born || row->start >= s->eighteen;
        if (row->gone && !stack_report(s, row->record, row->start < s->born ? RULE_E_11 : RULE_E_12,
                                       OUTCOME_REFUSED, COLUMN_EPISODES_DECOM, no_repair))
            return false;
    }
    stack_compact(s);
    return true;
}

/* E-15, S-04, and E-03 where DEC could not be read: an open row ends where the next starts. A new period of
 * care (S) in a later return says that the child had left: no later than that return's start. */
static bool close_by_next(struct stacking *s, struct row *row, const struct row *next)
{
    const bool later_return = next->record->return_index > row->record->return_index;
    enum rule rule = later_return ? RULE_S_04 : RULE_E_15;
    if (row->end_unreadable)
        rule = RULE_E_03;
    row->end = next->start;
    row->ending = ENDING_SILENT;
    row->route = ROUTE_OTHER;
    if (rule == RULE_S_04 && next->rne == 'S') {
        const day after = stack_year_end(s, row->record->return_index) + 1;
        if (after < row->end)
            row->end = after;
    }
    return stack_report_day(s, row->record, rule, OUTCOME_REPAIRED, COLUMN_EPISODES_DEC, row->end);
}

/* E-17 at the end of a return: the next episode would be in the next return, so the row counts as open. */
static bool reopen_at_year_end(struct stacking *s, struct row *last)
{
    const day year_end = stack_year_end(s, last->record->return_index);
    if (last->ending != ENDING_NEXT || last->end < year_end - 1 || last->end > year_end + 1)
        return true;
    last->end = DAY_OPEN;
    last->ending = ENDING_OPEN;
    return stack_report_day(s, last->record, RULE_E_17, OUTCOME_REPAIRED, COLUMN_EPISODES_DEC, DAY_OPEN);
}

/* S-05: open, and a later return knows nothing of the child. The 18th birthday comes first (E-14); short
 * breaks are outside the counts. */
static bool close_lost(struct stacking *s, struct row *last)
{
    const bool is_short_break = code_legal_is_short_break((enum legal_status)last->status);
    if (last->end != DAY_OPEN || s->last_named >= s->context->n_years - 1 ||
        (is_short_break && !s->context->short_breaks))
        return true;
    const day after = stack_year_end(s, s->last_named) + 1;
    if (s->eighteen <= after)
        return true;
    last->end = after;
    last->ending = ENDING_SILENT;
    last->route = ROUTE_OTHER;
    last->lost = true;
    return stack_report_day(s, last->record, RULE_S_05, OUTCOME_REPAIRED, COLUMN_EPISODES_DEC, after);
}

/* S-08: the child's care is chained over a year of which there is no return. */
static bool report_bridged_gaps(struct stacking *s)
{
    for (int32_t r = 1; r < s->context->n_years; r++) {
        if (s->context->years[r] - s->context->years[r - 1] == 1)
            continue;
        const day before = stack_year_end(s, r - 1), after = stack_year_start(s, r);
        for (size_t i = 0; i < s->n; i++) {
            struct row *row = &s->episodes[i];
            if (row->start > before || row->end < after || row->record->return_index < r)
                continue;
            if (!stack_report(s, row->record, RULE_S_08, OUTCOME_KEPT, COLUMN_EPISODES_DECOM, no_repair))
                return false;
            break;
        }
    }
    return true;
}

bool stack_close(struct stacking *s)
{
    if (!refuse_impossible_ages(s))
        return false;
    for (size_t i = 0; i < s->n; i++) {
        struct row *row = &s->episodes[i];
        stack_decode(s, row);
        const struct record *record = row->record;
        if (STACK_VALUE(record, EPISODES, EPISODES_DEC)->state == VALUE_BLANK &&
            STACK_VALUE(record, EPISODES, EPISODES_REC)->state != VALUE_BLANK &&
            !stack_report(s, row->record, RULE_E_21, OUTCOME_REPAIRED, COLUMN_EPISODES_REC, no_repair))
            return false;
    }
    for (size_t i = 0; i + 1 < s->n; i++)
        if (s->episodes[i].end == DAY_OPEN && !close_by_next(s, &s->episodes[i], &s->episodes[i + 1]))
            return false;
    if (s->n == 0)
        return true;
    struct row *last = &s->episodes[s->n - 1];
    return reopen_at_year_end(s, last) && close_lost(s, last) && report_bridged_gaps(s);
}
