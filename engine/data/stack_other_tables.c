/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tables that no count needs: absences, oc2, oc3, social workers, deprivation of liberty. Their rows are
 * held against themselves and against the episodes. */
#include "data/stack_rows.h"

static const struct str no_repair = {NULL, 0};

/* O-01: an absence that cannot be used. */
static bool is_bad_absence(const struct stacking *s, const struct record *record)
{
    const day start = stack_day(STACK_VALUE(record, MISSING, MISSING_MIS_START));
    const struct value *end = STACK_VALUE(record, MISSING, MISSING_MIS_END);
    return start == DAY_NONE || end->state == VALUE_BAD ||
           !code_list_has(LIST_MISSING, stack_text(STACK_VALUE(record, MISSING, MISSING_MISSING))) ||
           (end->state == VALUE_OK && end->number < start) ||
           start > stack_year_end(s, record->return_index) ||
           (end->state == VALUE_OK && end->number < stack_year_start(s, record->return_index));
}

/* O-02: absences of one return overlap, or one without an end is followed by another. Rows come by line: a
 * row is held against the latest before it. */
static bool check_absences(struct stacking *s)
{
    struct record *rows = s->rows->rows[TABLE_MISSING];
    const struct record *before = NULL;
    for (size_t i = 0; i < s->rows->n_rows[TABLE_MISSING]; i++) {
        if (!stack_is_used(&rows[i]))
            continue;
        if (is_bad_absence(s, &rows[i])) {
            if (!stack_report(s, &rows[i], RULE_O_01, OUTCOME_REFUSED, COLUMN_MISSING_MIS_START, no_repair))
                return false;
            continue;
        }
        const day start = stack_day(STACK_VALUE(&rows[i], MISSING, MISSING_MIS_START));
        if (before != NULL && before->return_index == rows[i].return_index) {
            const struct value *end = STACK_VALUE(before, MISSING, MISSING_MIS_END);
            const day began = stack_day(STACK_VALUE(before, MISSING, MISSING_MIS_START));
            const struct value *own_end = STACK_VALUE(&rows[i], MISSING, MISSING_MIS_END);
            const bool overlaps = (end->state == VALUE_BLANK || start < end->number) &&
                                  (own_end->state == VALUE_BLANK || own_end->number > began);
            if (overlaps &&
                !stack_report(s, &rows[i], RULE_O_02, OUTCOME_REPAIRED, COLUMN_MISSING_MIS_START, no_repair))
                return false;
        }
        before = &rows[i];
    }
    return true;
}

/* In care without a break from 1 April to 31 March of a return's year. */
static struct row *find_whole_year(const struct stacking *s, int32_t return_index)
{
    const day first = stack_year_start(s, return_index), last = stack_year_end(s, return_index);
    day since = DAY_NONE;
    for (size_t i = 0; i < s->n; i++) {
        struct row *row = &s->episodes[i];
        if (row->starts_care)
            since = row->start;
        if (since <= first && row->start <= last && row->end > last)
            return row;
    }
    return NULL;
}

/* O-03: in oc2 without twelve months in care; or twelve months in care and in oc2 in another year only. */
static bool check_outcomes_cohort(struct stacking *s)
{
    struct record *rows = s->rows->rows[TABLE_OC2];
    const size_t n = s->rows->n_rows[TABLE_OC2];
    if (n == 0 || s->born == DAY_NONE)
        return true;
    size_t k = 0;
    for (int32_t r = 0; r < s->context->n_years; r++) {
        while (k < n && rows[k].return_index < r)
            k++;
        const bool named = k < n && rows[k].return_index == r;
        struct row *row = find_whole_year(s, r);
        bool ok = true;
        if (named && row == NULL)
            ok = stack_report(s, &rows[k], RULE_O_03, OUTCOME_KEPT, COLUMN_OC2_CHILD, no_repair);
        else if (!named && row != NULL)
            ok = stack_report(s, row->record, RULE_O_03, OUTCOME_KEPT, COLUMN_EPISODES_CHILD, no_repair);
        if (!ok)
            return false;
    }
    return true;
}

/* O-04: the score is a whole number from 0 to 40 for children of 4 to 16, with a known reason when blank. */
static bool check_scores(struct stacking *s)
{
    struct record *rows = s->rows->rows[TABLE_OC2];
    for (size_t i = 0; i < s->rows->n_rows[TABLE_OC2]; i++) {
        const struct value *score = STACK_VALUE(&rows[i], OC2, OC2_SDQ_SCORE);
        const struct str reason = stack_text(STACK_VALUE(&rows[i], OC2, OC2_SDQ_REASON));
        bool bad = score->state == VALUE_BAD ||
                   (score->state == VALUE_OK && (score->number < 0 || score->number > 40));
        if (score->state == VALUE_OK && s->born != DAY_NONE) {
            const int32_t r = rows[i].return_index;
            bad = bad || date_age_on(s->born, stack_year_end(s, r)) < 4 ||
                  date_age_on(s->born, stack_year_start(s, r)) > 16;
        }
        bad = bad || (reason.length > 0 && !code_list_has(LIST_SDQ_REASON, reason));
        if (bad && stack_is_used(&rows[i]) &&
            !stack_report(s, &rows[i], RULE_O_04, OUTCOME_REPAIRED, COLUMN_OC2_SDQ_SCORE, no_repair))
            return false;
    }
    return true;
}

/* 01 and 02 are how some systems write 0, not known. */
static bool is_padded_zero(struct str text)
{
    return str_equal_text(text, "01") || str_equal_text(text, "02");
}

static bool is_known(enum code_list list, struct str text)
{
    return text.length == 0 || str_equal_text(text, "0") || code_list_has(list, text);
}

/* O-05: codes unknown, or activity and accommodation recorded for a young person not in touch, or the reverse
 * (DfE rules 344, 345). */
static bool check_leaver(struct stacking *s, struct record *record)
{
    const struct str touch = stack_text(STACK_VALUE(record, OC3, OC3_IN_TOUCH));
    const struct str activity = stack_text(STACK_VALUE(record, OC3, OC3_ACTIV));
    const struct str home = stack_text(STACK_VALUE(record, OC3, OC3_ACCOM));
    if (is_padded_zero(activity) || is_padded_zero(home))
        return stack_report(s, record, RULE_O_05, OUTCOME_REPAIRED,
                            is_padded_zero(home) ? COLUMN_OC3_ACCOM : COLUMN_OC3_ACTIV, str_of("0"));
    const bool in_touch = str_equal_text(touch, "YES");
    const bool filled = activity.length > 0 && home.length > 0;
    const bool empty = (activity.length == 0 || str_equal_text(activity, "0")) &&
                       (home.length == 0 || str_equal_text(home, "0"));
    if (code_list_has(LIST_IN_TOUCH, touch) && is_known(LIST_ACTIV, activity) && is_known(LIST_ACCOM, home) &&
        (in_touch ? filled : empty))
        return true;
    return stack_report(s, record, RULE_O_05, OUTCOME_KEPT, COLUMN_OC3_IN_TOUCH, no_repair);
}

/* O-06: no length, overlap with the row before, or the last of a return ended though the child is in care. */
static bool check_workers(struct stacking *s)
{
    struct record *rows = s->rows->rows[TABLE_SW_EPISODES];
    const size_t n = s->rows->n_rows[TABLE_SW_EPISODES];
    for (size_t i = 0; i < n; i++) {
        const struct record *before =
            i > 0 && rows[i - 1].return_index == rows[i].return_index ? &rows[i - 1] : NULL;
        const bool is_last = i + 1 == n || rows[i + 1].return_index != rows[i].return_index;
        const day start = stack_day(STACK_VALUE(&rows[i], SW, SW_SW_DECOM));
        const day end = stack_day(STACK_VALUE(&rows[i], SW, SW_SW_DEC));
        const day end_before = before == NULL ? DAY_NONE : stack_day(STACK_VALUE(before, SW, SW_SW_DEC));
        const day year_end = stack_year_end(s, rows[i].return_index);
        const bool odd = start == DAY_NONE || (end != DAY_NONE && end <= start) ||
                         (before != NULL && (end_before == DAY_NONE || end_before > start)) ||
                         (is_last && end != DAY_NONE && end <= year_end && stack_row_on(s, year_end) != NULL);
        if (odd && stack_is_used(&rows[i]) &&
            !stack_report(s, &rows[i], RULE_O_06, OUTCOME_KEPT, COLUMN_SW_SW_DECOM, no_repair))
            return false;
    }
    return true;
}

/* The placements in which an order is expected (DfE rule 709). */
static bool may_deprive(const struct row *row)
{
    return row->place == PLACE_K2 || row->place == PLACE_Z12 || row->place == PLACE_Z13;
}

/* O-07: dates, overlap, or a placement that cannot have the order. */
static bool check_orders(struct stacking *s)
{
    struct record *rows = s->rows->rows[TABLE_DOLO];
    day end_before = DAY_NONE;
    for (size_t i = 0; i < s->rows->n_rows[TABLE_DOLO]; i++) {
        const day start = stack_day(STACK_VALUE(&rows[i], DOLO, DOLO_START));
        const struct value *end = STACK_VALUE(&rows[i], DOLO, DOLO_END);
        const bool odd = start == DAY_NONE || end->state == VALUE_BAD ||
                         (end->state == VALUE_OK && end->number < start) ||
                         start > stack_year_end(s, rows[i].return_index) ||
                         (i > 0 && rows[i - 1].return_index == rows[i].return_index && start < end_before);
        const struct row *row = stack_row_on(s, start);
        if ((odd || row == NULL || !may_deprive(row)) && stack_is_used(&rows[i]) &&
            !stack_report(s, &rows[i], RULE_O_07, OUTCOME_KEPT, COLUMN_DOLO_START, no_repair))
            return false;
        end_before = end->state == VALUE_OK ? (day)end->number : DAY_OPEN;
    }
    return true;
}

bool stack_other_tables(struct stacking *s)
{
    for (size_t i = 0; i < s->rows->n_rows[TABLE_OC3]; i++)
        if (stack_is_used(&s->rows->rows[TABLE_OC3][i]) && !check_leaver(s, &s->rows->rows[TABLE_OC3][i]))
            return false;
    return check_absences(s) && check_outcomes_cohort(s) && check_scores(s) && check_workers(s) &&
           check_orders(s);
}
