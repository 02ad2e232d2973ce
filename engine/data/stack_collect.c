/* SPDX-License-Identifier: GPL-3.0-or-later
 * Episode rows whose dates can be used, sorted by start. Rules of one row against its own return come here,
 * before returns are compared: a row refused in a later return must not hide the earlier one. */
#include "data/stack_rows.h"

#include <stdlib.h>

static const struct str no_repair = {NULL, 0};

#define EPISODE(record, column) STACK_VALUE(record, EPISODES, EPISODES_##column)

/* Looks like a date, though none of the calendar: three groups of digits with separators between. */
static bool is_impossible_date(struct str text)
{
    int groups = 0, digits = 0;
    for (size_t i = 0; i < text.length; i++) {
        const char c = text.at[i];
        if (c >= '0' && c <= '9') {
            groups += digits == 0;
            digits++;
        } else if ((c == '/' || c == '-' || c == '.') && digits > 0) {
            digits = 0;
        } else {
            break;
        }
    }
    return groups == 3;
}

/* E-01, E-02, E-06: a start that cannot be used. */
static bool check_start(struct stacking *s, struct record *record, bool *usable)
{
    const struct value *decom = EPISODE(record, DECOM);
    *usable = false;
    if (decom->state != VALUE_OK) {
        const bool impossible = decom->state == VALUE_BAD && is_impossible_date(decom->text);
        return stack_report(s, record, impossible ? RULE_E_02 : RULE_E_01, OUTCOME_REFUSED,
                            COLUMN_EPISODES_DECOM, no_repair);
    }
    if (decom->number > stack_year_end(s, record->return_index))
        return stack_report(s, record, RULE_E_06, OUTCOME_REFUSED, COLUMN_EPISODES_DECOM, no_repair);
    *usable = true;
    return true;
}

/* E-03: an end that cannot be read. The next start ends the row when one follows in any return (stack_close);
 * else it is open when no reason says that it ended. */
static bool check_unreadable_end(struct stacking *s, struct row *row, day latest_start)
{
    struct record *record = row->record;
    row->end = DAY_OPEN;
    row->ending = ENDING_OPEN;
    row->end_unreadable = true;
    if (row->start < latest_start)
        return true;
    const bool is_open = EPISODE(record, REC)->state == VALUE_BLANK;
    row->gone = !is_open;
    return stack_report(s, record, RULE_E_03, is_open ? OUTCOME_REPAIRED : OUTCOME_REFUSED,
                        COLUMN_EPISODES_DEC, no_repair);
}

/* The neighbours of a row in its own return, in order of DECOM; NULL where there is none. */
static const struct record *neighbour(const struct stacking *s, const struct record *record, int step)
{
    const struct record *first = s->rows->rows[TABLE_EPISODES];
    const ptrdiff_t i = record - first + step;
    if (i < 0 || i >= (ptrdiff_t)s->rows->n_rows[TABLE_EPISODES] ||
        first[i].return_index != record->return_index)
        return NULL;
    return &first[i];
}

/* E-09: dates the wrong way round are swapped when the row before then ends, and the row after starts, where
 * the swapped row does. The row after starts on the filed DECOM, so it stands beside this one. */
static bool check_order(struct stacking *s, struct row *row)
{
    const struct record *before = neighbour(s, row->record, -1);
    const struct record *after = neighbour(s, row->record, 1);
    if (before != NULL && stack_day(EPISODE(before, DECOM)) == row->start) {
        after = before;
        before = neighbour(s, row->record, -2);
    }
    const bool swaps = before != NULL && stack_day(EPISODE(before, DEC)) == row->end && after != NULL &&
                       stack_day(EPISODE(after, DECOM)) == row->start;
    if (!swaps) {
        row->gone = true;
        return stack_report(s, row->record, RULE_E_09, OUTCOME_REFUSED, COLUMN_EPISODES_DEC, no_repair);
    }
    const day start = row->end;
    row->end = row->start;
    row->start = start;
    return stack_report_day(s, row->record, RULE_E_09, OUTCOME_REPAIRED, COLUMN_EPISODES_DEC, row->end);
}

/* E-07: an end on the 1 April after the return is kept (in care on 31 March, then left); a later one belongs
 * to another return, so that the row counts as open. */
static bool check_late_end(struct stacking *s, struct row *row)
{
    const day last = stack_year_end(s, row->record->return_index);
    if (row->end <= last)
        return true;
    if (row->end == last + 1)
        return stack_report(s, row->record, RULE_E_07, OUTCOME_KEPT, COLUMN_EPISODES_DEC, no_repair);
    row->end = DAY_OPEN;
    row->ending = ENDING_OPEN;
    return stack_report(s, row->record, RULE_E_07, OUTCOME_REPAIRED, COLUMN_EPISODES_DEC, no_repair);
}

static bool check_end(struct stacking *s, struct row *row, day latest_start)
{
    const struct value *dec = EPISODE(row->record, DEC);
    row->end = DAY_OPEN;
    row->ending = ENDING_OPEN;
    if (dec->state == VALUE_BLANK)
        return true;
    if (dec->state == VALUE_BAD)
        return check_unreadable_end(s, row, latest_start);
    row->end = (day)dec->number;
    row->ending = ENDING_BLANK;
    if (row->end < row->start)
        return check_order(s, row);
    return check_late_end(s, row);
}

static bool has_no_length(const struct row *row)
{
    return row->start == row->end;
}

/* By start, then return; rows of no length before others, so that each stands before what follows it the same
 * day; then by line. A total order: rows are compared last by their place among the records. */
static int compare_rows(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->record->return_index != b->record->return_index)
        return a->record->return_index < b->record->return_index ? -1 : 1;
    if (has_no_length(a) != has_no_length(b))
        return has_no_length(a) ? -1 : 1;
    return a->record < b->record ? -1 : a->record > b->record;
}

/* Few rows, mostly in order: insertion; many: qsort. */
static void sort_rows(struct row *rows, size_t n)
{
    enum { FEW = 64 };
    if (n > FEW) {
        qsort(rows, n, sizeof *rows, compare_rows);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        if (compare_rows(&rows[i - 1], &rows[i]) <= 0)
            continue;
        const struct row row = rows[i];
        size_t at = i;
        for (; at > 0 && compare_rows(&rows[at - 1], &row) > 0; at--)
            rows[at] = rows[at - 1];
        rows[at] = row;
    }
}

bool stack_collect(struct stacking *s)
{
    struct record *records = s->rows->rows[TABLE_EPISODES];
    const size_t n = s->rows->n_rows[TABLE_EPISODES];
    if (n == 0)
        return true;
    s->episodes = arena_take(s->arena, n * sizeof *s->episodes, s->err);
    if (s->episodes == NULL)
        return false;
    day latest_start = DAY_NONE;
    for (size_t i = 0; i < n; i++) {
        const day start = stack_day(EPISODE(&records[i], DECOM));
        if (stack_is_used(&records[i]) && start > latest_start)
            latest_start = start;
    }
    for (size_t i = 0; i < n; i++) {
        bool usable = false;
        if (!stack_is_used(&records[i]))
            continue;
        if (!check_start(s, &records[i], &usable))
            return false;
        if (!usable)
            continue;
        struct row *row = &s->episodes[s->n];
        row->record = &records[i];
        row->start = (day)EPISODE(&records[i], DECOM)->number;
        if (!check_end(s, row, latest_start))
            return false;
        s->n += row->gone ? 0 : 1;
        if (row->gone)
            *row = (struct row){0};
    }
    sort_rows(s->episodes, s->n);
    return true;
}
