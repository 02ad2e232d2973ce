/* SPDX-License-Identifier: GPL-3.0-or-later
 * What does not count is taken out and what overlaps is cut: short breaks first, so that they neither cut nor
 * bridge anything, then rows after death, overlaps, and what lies past the 18th birthday. */
#include "data/stack_rows.h"

static const struct str no_repair = {NULL, 0};

static bool is_short_break(const struct row *row)
{
    return code_legal_is_short_break((enum legal_status)row->status);
}

/* V3 and V4 of one child touching each other's financial year (DfE rule 426). */
static bool mixes_series(const struct row *a, const struct row *b)
{
    return is_short_break(a) && is_short_break(b) && a->status != b->status &&
           date_financial_year(a->start) == date_financial_year(b->start);
}

/* More than 75 days of V3 in the twelve months to this row's end (DfE rule 367). */
static bool breaks_too_often(const struct stacking *s, size_t i)
{
    enum { MOST_DAYS = 75, WINDOW = 365 };
    const struct row *row = &s->episodes[i];
    int32_t days = 0;
    for (size_t k = i + 1; k-- > 0 && i - k <= WINDOW && row->end - s->episodes[k].start <= WINDOW;)
        if (s->episodes[k].status == STATUS_V3 && s->episodes[k].end != DAY_OPEN)
            days += s->episodes[k].end - s->episodes[k].start;
    return days > MOST_DAYS;
}

/* E-43: between ordinary rows that touch it, longer than a break may be, or V3 with V4. */
static bool is_odd_break(const struct stacking *s, size_t i)
{
    const struct row *row = &s->episodes[i];
    const struct row *before = i > 0 ? row - 1 : NULL, *after = i + 1 < s->n ? row + 1 : NULL;
    if (before != NULL && after != NULL && !is_short_break(before) && !is_short_break(after) &&
        before->end == row->start && row->end == after->start)
        return true;
    if (row->status == STATUS_V3 && row->end != DAY_OPEN &&
        (row->end - row->start > code_legal_longest(STATUS_V3) || breaks_too_often(s, i)))
        return true;
    return before != NULL && mixes_series(before, row);
}

static bool drop_short_breaks(struct stacking *s)
{
    bool after_break = false;
    for (size_t i = 0; i < s->n; i++) {
        struct row *row = &s->episodes[i];
        if (!is_short_break(row)) {
            row->after_break = after_break;
            after_break = false;
            continue;
        }
        if (is_odd_break(s, i) &&
            !stack_report(s, row->record, RULE_E_43, OUTCOME_KEPT, COLUMN_EPISODES_LS, no_repair))
            return false;
        if (s->context->short_breaks)
            continue;
        row->record->short_break = true;
        row->gone = true;
        after_break = true;
    }
    if (after_break && s->n > 0) {
        size_t last = s->n;
        while (last > 0 && s->episodes[last - 1].gone)
            last--;
        if (last > 0 && s->episodes[last - 1].ending == ENDING_NEXT) {
            s->episodes[last - 1].ending = ENDING_SILENT;
            s->episodes[last - 1].route = ROUTE_OTHER;
        }
    }
    stack_compact(s);
    return true;
}

/* E-29: nothing follows a death. */
static bool refuse_after_death(struct stacking *s)
{
    bool dead = false;
    for (size_t i = 0; i < s->n; i++) {
        struct row *row = &s->episodes[i];
        row->gone = dead;
        if (dead &&
            !stack_report(s, row->record, RULE_E_29, OUTCOME_REFUSED, COLUMN_EPISODES_DECOM, no_repair))
            return false;
        dead = dead || (row->ending == ENDING_LEFT && row->route == ROUTE_DIED);
    }
    stack_compact(s);
    return true;
}

/* E-19: the earlier row is cut where the later starts; a row that ends before the earlier one is refused. */
static bool cut_overlaps(struct stacking *s)
{
    struct row *before = NULL;
    for (size_t i = 0; i < s->n; i++) {
        struct row *row = &s->episodes[i];
        if (before == NULL || before->end <= row->start) {
            before = row;
            continue;
        }
        if (row->end < before->end) {
            row->gone = true;
            if (!stack_report(s, row->record, RULE_E_19, OUTCOME_REFUSED, COLUMN_EPISODES_DECOM, no_repair))
                return false;
            continue;
        }
        before->end = row->start;
        before->ending = ENDING_SILENT;
        before->route = ROUTE_OTHER;
        before->lost = false;
        if (!stack_report_day(s, before->record, RULE_E_19, OUTCOME_REPAIRED, COLUMN_EPISODES_DEC,
                              row->start))
            return false;
        before = row;
    }
    stack_compact(s);
    return true;
}

/* E-13, E-14: care ends on the 18th birthday at the latest. */
static bool cut_at_eighteen(struct stacking *s)
{
    for (size_t i = 0; i < s->n; i++) {
        struct row *row = &s->episodes[i];
        const bool is_open = row->end == DAY_OPEN;
        if (row->end <= s->eighteen || (is_open && s->eighteen > stack_last_day(s)))
            continue;
        row->end = s->eighteen;
        row->ending = ENDING_SILENT;
        row->route = ROUTE_AGED_OUT;
        if (!stack_report_day(s, row->record, is_open ? RULE_E_14 : RULE_E_13, OUTCOME_REPAIRED,
                              COLUMN_EPISODES_DEC, s->eighteen))
            return false;
    }
    return true;
}

bool stack_cut(struct stacking *s)
{
    return drop_short_breaks(s) && refuse_after_death(s) && cut_overlaps(s) && cut_at_eighteen(s);
}
