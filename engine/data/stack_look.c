/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rules that change nothing: each is a question about one row that stands, asked in a table when there is a
 * sink to tell. */
#include "data/stack_rows.h"

#include "base/parse.h"

static const struct str no_repair = {NULL, 0};

/* The last day known to lie within a row: its end, or the end of the last return. */
static day end_known(const struct stacking *s, const struct row *row)
{
    return row->end == DAY_OPEN ? stack_last_day(s) + 1 : row->end;
}

static bool is_before_return(const struct stacking *s, size_t i)
{
    const struct row *row = &s->episodes[i];
    return row->end < stack_year_start(s, row->record->return_index);
}

static bool has_no_length(const struct stacking *s, size_t i)
{
    return s->episodes[i].start == s->episodes[i].end;
}

/* E-31: counted over touching rows with the same status, told on the last of them. */
static bool is_status_too_long(const struct stacking *s, size_t i)
{
    const struct row *row = &s->episodes[i];
    const int32_t limit = code_legal_longest((enum legal_status)row->status);
    if (limit == 0 || (i + 1 < s->n && !row[1].starts_care && row[1].status == row->status))
        return false;
    size_t first = i;
    while (stack_touches(s, first) && s->episodes[first - 1].status == row->status)
        first--;
    return end_known(s, row) - s->episodes[first].start > limit;
}

static bool is_too_young(const struct stacking *s, size_t i)
{
    const struct row *row = &s->episodes[i];
    const int32_t age = code_place_age_floor((enum place)row->place);
    return age > 0 && row->start < date_birthday(s->born, age);
}

/* Longest temporary placements in days: T1 six weeks (375), T3 three weeks (376), T4 one week (379). */
static bool is_temporary_too_long(const struct stacking *s, size_t i)
{
    const struct row *row = &s->episodes[i];
    if (!row->temporary)
        return false;
    const int32_t days = end_known(s, row) - row->start;
    return (row->place == PLACE_T1 && days > 42) || (row->place == PLACE_T3 && days > 21) ||
           (row->place == PLACE_T4 && days > 7);
}

static bool is_reason_at_wrong_age(const struct stacking *s, size_t i)
{
    const struct row *row = &s->episodes[i];
    return row->ends_care && row->ending == ENDING_LEFT &&
           !code_rec_fits_age((enum rec)row->reason, date_age_on(s->born, row->end));
}

/* The outward and inward halves of a postcode: letters and digits, then digit, letter, letter. */
static bool is_postcode(struct str text)
{
    char packed[8];
    size_t n = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == ' ')
            continue;
        if (n == sizeof packed - 1)
            return false;
        packed[n++] = text.at[i];
    }
    if (n < 5)
        return false;
    const char *inward = packed + n - 3;
    return packed[0] >= 'A' && packed[0] <= 'Z' && inward[0] >= '0' && inward[0] <= '9' && inward[1] >= 'A' &&
           inward[1] <= 'Z' && inward[2] >= 'A' && inward[2] <= 'Z';
}

/* E-51. Unaccompanied children and temporary placements have no such postcodes. */
static bool has_bad_postcode(const struct stacking *s, size_t i)
{
    const struct row *row = &s->episodes[i];
    const bool may_be_blank = row->temporary || s->rows->n_rows[TABLE_UASC] > 0;
    const struct str home = row->home_post, placement = row->placement_post;
    double miles = 0;
    return (!is_postcode(home) && !(may_be_blank && home.length == 0)) ||
           (!is_postcode(placement) && !(may_be_blank && placement.length == 0)) ||
           (row->distance.length > 0 && !parse_double(row->distance, &miles));
}

/* BT, JE, GY, IM: Northern Ireland, Jersey, Guernsey, Man. */
static bool is_postcode_outside(struct str text)
{
    static const char areas[4][3] = {"BT", "JE", "GY", "IM"};
    if (text.length < 3 || text.at[2] < '0' || text.at[2] > '9')
        return false;
    for (size_t i = 0; i < 4; i++)
        if (text.at[0] == areas[i][0] && text.at[1] == areas[i][1])
            return true;
    return false;
}

static bool is_outside_england(const struct stacking *s, size_t i)
{
    static const char *const authorities[] = {"NUK", "WAL", "SCO", "NIR", "CON"};
    const struct row *row = &s->episodes[i];
    const struct str authority = stack_text(STACK_VALUE(row->record, EPISODES, EPISODES_PL_LA));
    if (is_postcode_outside(row->placement_post))
        return true;
    for (size_t k = 0; authority.length > 0 && k < sizeof authorities / sizeof authorities[0]; k++)
        if (str_equal_text(authority, authorities[k]))
            return true;
    return false;
}

/* E-38: codes outside the years in which they hold. */
static bool is_place_out_of_date(const struct stacking *s, size_t i)
{
    const struct row *row = &s->episodes[i];
    return !code_place_valid((enum place)row->place, row->start, end_known(s, row));
}

static bool is_status_out_of_date(const struct stacking *s, size_t i)
{
    const struct row *row = &s->episodes[i];
    return !code_legal_valid((enum legal_status)row->status, row->start, end_known(s, row));
}

static bool is_reason_out_of_date(const struct stacking *s, size_t i)
{
    const struct row *row = &s->episodes[i];
    return row->ends_care && row->ending == ENDING_LEFT && !code_rec_valid((enum rec)row->reason, row->end);
}

static const struct {
    enum rule rule;
    enum return_column column;
    bool (*breaks)(const struct stacking *s, size_t i);
} questions[] = {
    {RULE_E_08, COLUMN_EPISODES_DEC, is_before_return},
    {RULE_E_10, COLUMN_EPISODES_DEC, has_no_length},
    {RULE_E_31, COLUMN_EPISODES_LS, is_status_too_long},
    {RULE_E_38, COLUMN_EPISODES_PLACE, is_place_out_of_date},
    {RULE_E_38, COLUMN_EPISODES_LS, is_status_out_of_date},
    {RULE_E_38, COLUMN_EPISODES_REC, is_reason_out_of_date},
    {RULE_E_44, COLUMN_EPISODES_PLACE, is_too_young},
    {RULE_E_46, COLUMN_EPISODES_PLACE, is_temporary_too_long},
    {RULE_E_49, COLUMN_EPISODES_REC, is_reason_at_wrong_age},
    {RULE_E_51, COLUMN_EPISODES_PL_POST, has_bad_postcode},
};

static bool ask(struct stacking *s, size_t i)
{
    for (size_t k = 0; k < sizeof questions / sizeof questions[0]; k++)
        if (questions[k].breaks(s, i) && !stack_report(s, s->episodes[i].record, questions[k].rule,
                                                       OUTCOME_KEPT, questions[k].column, no_repair))
            return false;
    return true;
}

bool stack_look(struct stacking *s)
{
    for (size_t i = 0; i < s->n; i++) {
        struct row *row = &s->episodes[i];
        if (s->findings != NULL && !ask(s, i))
            return false;
        if (!is_outside_england(s, i))
            continue;
        row->location = str_of("OUT"); /* E-52: never inside the boundary */
        if (!stack_report(s, row->record, RULE_E_52, OUTCOME_KEPT, COLUMN_EPISODES_PL_POST, no_repair))
            return false;
    }
    return true;
}
