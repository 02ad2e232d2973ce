/* SPDX-License-Identifier: GPL-3.0-or-later
 * One row for each episode. Over returns CHILD and DECOM are the key and the later return's row stands whole;
 * within a return rows of no length stand beside the one that has a length. */
#include "data/stack_rows.h"

static const struct str no_repair = {NULL, 0};

/* What makes two rows tell the same of an episode, and what S-02 compares. */
static const enum return_column compared[] = {
    COLUMN_EPISODES_LS,      COLUMN_EPISODES_PLACE,     COLUMN_EPISODES_PLACE_PROVIDER,
    COLUMN_EPISODES_PL_POST, COLUMN_EPISODES_HOME_POST, COLUMN_EPISODES_CIN,
    COLUMN_EPISODES_URN,     COLUMN_EPISODES_RNE};
enum { N_COMPARED = sizeof compared / sizeof compared[0], S02_COMPARED = 6 };

static struct str text_of(const struct record *record, enum return_column column)
{
    return stack_text(&record->values[column - COLUMN_EPISODES_CHILD]);
}

/* The first column in which two rows differ, of the first n compared; COLUMN_COUNT: none. */
static enum return_column first_difference(const struct record *a, const struct record *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!str_equal(text_of(a, compared[i]), text_of(b, compared[i])))
            return compared[i];
    return COLUMN_COUNT;
}

static bool tells_the_same(const struct row *a, const struct row *b)
{
    return a->end == b->end && first_difference(a->record, b->record, N_COMPARED) == COLUMN_COUNT &&
           str_equal(text_of(a->record, COLUMN_EPISODES_REC), text_of(b->record, COLUMN_EPISODES_REC));
}

static bool has_no_length(const struct row *row)
{
    return row->start == row->end;
}

/* S-01: of two rows of one return with the same start, the one that does not stand. Rows come with those of
 * no length first, then by line, so that b is the later line. */
static struct row *choose_surplus(struct row *a, struct row *b)
{
    if (tells_the_same(a, b))
        return b;
    if (has_no_length(a) || has_no_length(b))
        return NULL;
    if ((a->end == DAY_OPEN) != (b->end == DAY_OPEN))
        return a->end == DAY_OPEN ? a : b;
    return a->end > b->end ? b : a;
}

/* Rows [from, to) share start and return. */
static bool merge_within_return(struct stacking *s, size_t from, size_t to)
{
    size_t last = from;
    for (size_t i = from + 1; i < to; i++) {
        struct row *surplus = choose_surplus(&s->episodes[last], &s->episodes[i]);
        if (surplus != &s->episodes[i])
            last = i;
        if (surplus == NULL)
            continue;
        surplus->gone = true;
        if (!stack_report(s, surplus->record, RULE_S_01, OUTCOME_REFUSED, COLUMN_EPISODES_DECOM, no_repair))
            return false;
    }
    return true;
}

/* A later return's row stands instead of an earlier one's. S-02 when it says something else than the open row
 * did. */
static bool supersede(struct stacking *s, struct row *earlier, const struct row *later)
{
    earlier->gone = true;
    earlier->record->superseded = true;
    const enum return_column differs = first_difference(earlier->record, later->record, S02_COMPARED);
    if (differs == COLUMN_COUNT)
        return true;
    return stack_report(s, earlier->record, RULE_S_02, OUTCOME_REPAIRED, differs,
                        text_of(later->record, differs));
}

/* Rows [from, to) share the start and are sorted by return; [newest, to) are the latest return's, which stand
 * whole. Of an earlier return a row of no length stays when its own return told it apart from a row with a
 * length and the latest return has only the latter. */
static bool merge_key(struct stacking *s, size_t from, size_t newest, size_t to)
{
    size_t winner = to;
    while (winner > newest && s->episodes[winner - 1].gone)
        winner--;
    const struct row *later = &s->episodes[winner - 1];
    const bool only_length = !has_no_length(later) && (winner - 1 == newest || s->episodes[newest].gone);
    for (size_t i = newest; i-- > from;) {
        struct row *row = &s->episodes[i];
        const bool has_twin = i + 1 < newest && !has_no_length(&s->episodes[i + 1]) &&
                              s->episodes[i + 1].record->return_index == row->record->return_index;
        if (row->gone || (has_no_length(row) && has_twin && only_length))
            continue;
        if (!supersede(s, row, later))
            return false;
    }
    return true;
}

static bool merge_keys(struct stacking *s)
{
    for (size_t from = 0, to = 0; from < s->n; from = to) {
        size_t newest = from;
        for (to = from + 1; to < s->n && s->episodes[to].start == s->episodes[from].start; to++) {
            if (s->episodes[to].record->return_index == s->episodes[newest].record->return_index)
                continue;
            if (!merge_within_return(s, newest, to))
                return false;
            newest = to;
        }
        if (to - from > 1 && (!merge_within_return(s, newest, to) || !merge_key(s, from, newest, to)))
            return false;
    }
    stack_compact(s);
    return true;
}

static bool starts_same_way(const struct record *a, const struct record *b)
{
    static const enum return_column same[] = {COLUMN_EPISODES_RNE,     COLUMN_EPISODES_LS,
                                              COLUMN_EPISODES_PLACE,   COLUMN_EPISODES_PLACE_PROVIDER,
                                              COLUMN_EPISODES_PL_POST, COLUMN_EPISODES_URN};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        if (!str_equal(text_of(a, same[i]), text_of(b, same[i])))
            return false;
    return true;
}

static bool is_corrected_start(const struct row *open, const struct row *other)
{
    return other != NULL && !other->gone && other->record->return_index == open->record->return_index + 1 &&
           starts_same_way(open->record, other->record);
}

/* S-03: the episode that a return left open comes back in the next with another start and all else the same.
 * Only the last row of a return is looked at: an open row before it is E-15. */
static bool drop_corrected_starts(struct stacking *s)
{
    for (size_t i = 0; i < s->n; i++) {
        struct row *open = &s->episodes[i];
        const int32_t r = open->record->return_index;
        if (open->end != DAY_OPEN || (i + 1 < s->n && s->episodes[i + 1].record->return_index == r))
            continue;
        const struct row *corrected = i > 0 ? &s->episodes[i - 1] : NULL;
        if (!is_corrected_start(open, corrected))
            corrected = i + 1 < s->n ? &s->episodes[i + 1] : NULL;
        if (!is_corrected_start(open, corrected))
            continue;
        open->gone = true;
        if (!stack_report_day(s, open->record, RULE_S_03, OUTCOME_REFUSED, COLUMN_EPISODES_DECOM,
                              corrected->start))
            return false;
    }
    stack_compact(s);
    return true;
}

/* S-07: the first return that has the child starts before its year, though the return before is there. */
static bool report_late_recording(struct stacking *s)
{
    if (s->n == 0)
        return true;
    const struct record *first = s->rows->rows[TABLE_EPISODES];
    const int32_t r = first->return_index;
    struct row *row = &s->episodes[0];
    if (r == 0 || s->context->years[r - 1] != s->context->years[r] - 1 ||
        row->start >= stack_year_start(s, r) || row->record->return_index != r)
        return true;
    return stack_report(s, row->record, RULE_S_07, OUTCOME_KEPT, COLUMN_EPISODES_DECOM, no_repair);
}

bool stack_merge(struct stacking *s)
{
    return merge_keys(s) && drop_corrected_starts(s) && report_late_recording(s);
}
