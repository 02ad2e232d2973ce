/* SPDX-License-Identifier: GPL-3.0-or-later
 * Unaccompanied asylum-seeking children: a child named once in the table counts as one for the whole period
 * of care, until DUC or the 18th birthday. */
#include "data/stack_rows.h"

static const struct str no_repair = {NULL, 0};

/* U-01, U-02, U-03 on one row; *until is DAY_OPEN when the row gives no date. */
static bool settle_duc(struct stacking *s, struct record *record, day *until)
{
    const struct value *duc = STACK_VALUE(record, UASC, UASC_DUC);
    *until = DAY_OPEN;
    if (duc->state == VALUE_BLANK)
        return stack_report(s, record, RULE_U_03, OUTCOME_KEPT, COLUMN_UASC_DUC, no_repair);
    if (duc->state == VALUE_BAD || duc->number < stack_year_start(s, record->return_index))
        return stack_report(s, record, RULE_U_01, OUTCOME_REPAIRED, COLUMN_UASC_DUC, no_repair);
    *until = (day)duc->number;
    if (*until <= s->eighteen)
        return true;
    *until = s->eighteen;
    return stack_report_day(s, record, RULE_U_02, OUTCOME_REPAIRED, COLUMN_UASC_DUC, s->eighteen);
}

/* The child is in care on some day of a return's year. */
static bool is_in_care_in(const struct stacking *s, int32_t return_index)
{
    const day from = stack_year_start(s, return_index), to = stack_year_end(s, return_index);
    for (size_t i = 0; i < s->n; i++)
        if (s->episodes[i].start <= to && s->episodes[i].end > from)
            return true;
    return false;
}

/* U-04: named in one return and not in the one before or after, in care in both, and no end of the status. */
static bool check_gaps(struct stacking *s)
{
    struct record *rows = s->rows->rows[TABLE_UASC];
    const size_t n = s->rows->n_rows[TABLE_UASC];
    for (size_t i = 0; i < n; i++) {
        const int32_t r = rows[i].return_index;
        const bool is_last = i + 1 == n || rows[i + 1].return_index > r + 1;
        const bool is_first = i == 0 || rows[i - 1].return_index < r - 1;
        const bool ended = STACK_VALUE(&rows[i], UASC, UASC_DUC)->state == VALUE_OK;
        if ((is_last && !ended && r + 1 < s->context->n_years && is_in_care_in(s, r + 1)) ||
            (is_first && r > 0 && is_in_care_in(s, r - 1))) {
            if (!stack_report(s, &rows[i], RULE_U_04, OUTCOME_KEPT, COLUMN_UASC_CHILD, no_repair))
                return false;
        }
    }
    return true;
}

/* U-05: told on the first row with a home postcode; none counts for distance. */
static bool drop_distances(struct stacking *s)
{
    bool told = false;
    for (size_t i = 0; i < s->n; i++) {
        struct row *row = &s->episodes[i];
        row->distance = no_repair;
        if (told || row->home_post.length == 0)
            continue;
        told = true;
        if (!stack_report(s, row->record, RULE_U_05, OUTCOME_KEPT, COLUMN_EPISODES_HOME_POST, no_repair))
            return false;
    }
    return true;
}

bool stack_uasc(struct stacking *s)
{
    struct record *rows = s->rows->rows[TABLE_UASC];
    for (size_t i = 0; i < s->rows->n_rows[TABLE_UASC]; i++) {
        day until = DAY_OPEN;
        if (!stack_is_used(&rows[i]))
            continue;
        if (!settle_duc(s, &rows[i], &until))
            return false;
        s->out->uasc = true;
        if (until != DAY_OPEN)
            s->out->uasc_until = until;
    }
    return !s->out->uasc || (check_gaps(s) && drop_distances(s));
}
