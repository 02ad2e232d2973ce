/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who the child is: date of birth, sex and ethnic origin. The header of the latest return governs; other
 * returns and tables only fill what it lacks. */
#include "data/stack_rows.h"

/* Where a table keeps the date of birth; COLUMN_COUNT: nowhere. */
static const enum return_column birth_columns[TABLE_COUNT] = {
    [TABLE_HEADER] = COLUMN_HEADER_DOB,
    [TABLE_EPISODES] = COLUMN_COUNT,
    [TABLE_UASC] = COLUMN_UASC_DOB,
    [TABLE_REVIEWS] = COLUMN_REVIEWS_DOB,
    [TABLE_OC2] = COLUMN_OC2_DOB,
    [TABLE_OC3] = COLUMN_OC3_DOB,
    [TABLE_AD1] = COLUMN_AD1_DOB,
    [TABLE_PLACED_ADOPTION] = COLUMN_PLACED_DOB,
    [TABLE_PREVIOUS_PERMANENCE] = COLUMN_PERMANENCE_DOB,
    [TABLE_MISSING] = COLUMN_MISSING_DOB,
    [TABLE_SW_EPISODES] = COLUMN_SW_DOB,
    [TABLE_DOLO] = COLUMN_DOLO_DOB,
};

static const struct str no_repair = {NULL, 0};

/* H-10: of several rows of one header the last stands. The others are set aside as superseded. */
static bool drop_repeated_headers(struct stacking *s)
{
    struct record *headers = s->rows->rows[TABLE_HEADER];
    for (size_t i = 1; i < s->rows->n_rows[TABLE_HEADER]; i++) {
        struct record *earlier = &headers[i - 1];
        if (!stack_is_used(earlier) || !stack_is_used(&headers[i]) ||
            earlier->return_index != headers[i].return_index)
            continue;
        earlier->superseded = true;
        if (!stack_report(s, earlier, RULE_H_10, OUTCOME_REPAIRED, COLUMN_HEADER_CHILD, no_repair))
            return false;
    }
    return true;
}

static bool header_counts(const struct record *header)
{
    return stack_is_used(header) && !header->superseded;
}

static day usable_birth(const struct stacking *s, const struct record *header)
{
    const day born = stack_day(STACK_VALUE(header, HEADER, HEADER_DOB));
    return born != DAY_NONE && born <= stack_year_end(s, header->return_index) ? born : DAY_NONE;
}

/* The date of birth on which all other tables agree; DAY_NONE when none has one or they differ. */
static day agreed_birth(const struct stacking *s)
{
    day agreed = DAY_NONE;
    for (int32_t table = 0; table < TABLE_COUNT; table++) {
        if (birth_columns[table] == COLUMN_COUNT || table == TABLE_HEADER)
            continue;
        for (size_t i = 0; i < s->rows->n_rows[table]; i++) {
            const struct record *record = &s->rows->rows[table][i];
            const day born = stack_day(
                &record->values[birth_columns[table] - table_spec((enum return_table)table)->first]);
            if (born == DAY_NONE || !stack_is_used(record))
                continue;
            if (agreed != DAY_NONE && agreed != born)
                return DAY_NONE;
            agreed = born;
        }
    }
    return agreed;
}

/* Past the 25th birthday; almost all children are told by the days alone. */
static bool is_over_25(day born, day date)
{
    return date - born > 25 * 365 && date_birthday(born, 25) < date;
}

/* H-04 and H-05 on each header row, H-06 where an earlier return says otherwise than the latest. */
static bool check_births(struct stacking *s)
{
    for (size_t i = 0; i < s->rows->n_rows[TABLE_HEADER]; i++) {
        struct record *header = &s->rows->rows[TABLE_HEADER][i];
        if (!header_counts(header))
            continue;
        const enum outcome outcome = s->born == DAY_NONE ? OUTCOME_KEPT : OUTCOME_REPAIRED;
        const day filed = stack_day(STACK_VALUE(header, HEADER, HEADER_DOB));
        bool ok = true;
        if (filed == DAY_NONE)
            ok = stack_report_day(s, header, RULE_H_04, outcome, COLUMN_HEADER_DOB, s->born);
        else if (filed > stack_year_end(s, header->return_index))
            ok = stack_report_day(s, header, RULE_H_05, outcome, COLUMN_HEADER_DOB, s->born);
        else if (filed != s->born)
            ok = stack_report_day(s, header, RULE_H_06, OUTCOME_REPAIRED, COLUMN_HEADER_DOB, s->born);
        else if (is_over_25(filed, stack_year_start(s, header->return_index)))
            ok = stack_report(s, header, RULE_H_13, OUTCOME_KEPT, COLUMN_HEADER_DOB, no_repair);
        if (!ok)
            return false;
    }
    return true;
}

/* H-07: the first row of a table and return whose date of birth is not the one used. */
static bool check_other_births(struct stacking *s)
{
    for (int32_t table = 0; table < TABLE_COUNT; table++) {
        if (birth_columns[table] == COLUMN_COUNT || table == TABLE_HEADER)
            continue;
        const enum return_column first = table_spec((enum return_table)table)->first;
        int32_t reported = -1;
        for (size_t i = 0; i < s->rows->n_rows[table]; i++) {
            struct record *record = &s->rows->rows[table][i];
            const day born = stack_day(&record->values[birth_columns[table] - first]);
            if (born == DAY_NONE || born == s->born || record->return_index == reported ||
                !stack_is_used(record))
                continue;
            reported = record->return_index;
            if (!stack_report_day(s, record, RULE_H_07, OUTCOME_KEPT, birth_columns[table], s->born))
                return false;
        }
    }
    return true;
}

static bool find_birth(struct stacking *s, bool *has_header)
{
    enum rule problem = RULE_H_12;
    *has_header = false;
    for (size_t i = s->rows->n_rows[TABLE_HEADER]; i-- > 0 && s->born == DAY_NONE;) {
        const struct record *header = &s->rows->rows[TABLE_HEADER][i];
        if (!header_counts(header))
            continue;
        s->born = usable_birth(s, header);
        if (!*has_header)
            problem = stack_day(STACK_VALUE(header, HEADER, HEADER_DOB)) == DAY_NONE ? RULE_H_04 : RULE_H_05;
        *has_header = true;
    }
    if (s->born == DAY_NONE)
        s->born = agreed_birth(s);
    s->no_birth = problem;
    if (s->born != DAY_NONE)
        s->eighteen = date_birthday(s->born, 18);
    return check_births(s) && (s->born == DAY_NONE || !*has_header || check_other_births(s));
}

static enum sex read_sex(struct str text)
{
    if (text.length == 1)
        return text.at[0] == '1' || text.at[0] == 'M'   ? SEX_MALE
               : text.at[0] == '2' || text.at[0] == 'F' ? SEX_FEMALE
                                                        : SEX_UNKNOWN;
    if (str_equal_text(text, "1.0") || str_equal_text(text, "MALE"))
        return SEX_MALE;
    return str_equal_text(text, "2.0") || str_equal_text(text, "FEMALE") ? SEX_FEMALE : SEX_UNKNOWN;
}

/* H-03 on a row's SEX, H-08 where it is another sex than the one used. */
static bool check_sex(struct stacking *s, struct record *record, enum return_column column, enum sex used)
{
    const struct str text = stack_text(record_value(record, column));
    const enum sex sex = read_sex(text);
    if (sex == SEX_UNKNOWN && !str_equal_text(text, "U"))
        return stack_report(s, record, RULE_H_03, OUTCOME_KEPT, column, no_repair);
    if (text.length > 1 &&
        !stack_report(s, record, RULE_H_03, OUTCOME_REPAIRED, column, str_of(sex == SEX_MALE ? "M" : "F")))
        return false;
    if (sex != SEX_UNKNOWN && used != SEX_UNKNOWN && sex != used)
        return stack_report(s, record, RULE_H_08, OUTCOME_KEPT, column, str_of(used == SEX_MALE ? "M" : "F"));
    return true;
}

static bool settle_sex(struct stacking *s)
{
    const struct child_rows *rows = s->rows;
    enum sex used = SEX_UNKNOWN;
    for (size_t i = rows->n_rows[TABLE_HEADER]; i-- > 0 && used == SEX_UNKNOWN;)
        if (header_counts(&rows->rows[TABLE_HEADER][i]))
            used = read_sex(stack_text(STACK_VALUE(&rows->rows[TABLE_HEADER][i], HEADER, HEADER_SEX)));
    for (size_t i = rows->n_rows[TABLE_UASC]; i-- > 0 && used == SEX_UNKNOWN;)
        used = read_sex(stack_text(STACK_VALUE(&rows->rows[TABLE_UASC][i], UASC, UASC_SEX)));
    for (size_t i = 0; i < rows->n_rows[TABLE_HEADER]; i++)
        if (header_counts(&rows->rows[TABLE_HEADER][i]) &&
            !check_sex(s, &rows->rows[TABLE_HEADER][i], COLUMN_HEADER_SEX, used))
            return false;
    for (size_t i = 0; i < rows->n_rows[TABLE_UASC]; i++)
        if (stack_is_used(&rows->rows[TABLE_UASC][i]) &&
            !check_sex(s, &rows->rows[TABLE_UASC][i], COLUMN_UASC_SEX, used))
            return false;
    s->out->sex = (uint8_t)used;
    return true;
}

/* H-09; the latest known code counts. */
static bool settle_ethnic(struct stacking *s)
{
    enum ethnic used = ETHNIC_NOBT;
    for (size_t i = 0; i < s->rows->n_rows[TABLE_HEADER]; i++) {
        struct record *header = &s->rows->rows[TABLE_HEADER][i];
        if (!header_counts(header))
            continue;
        enum ethnic found = ETHNIC_NOBT;
        if (code_ethnic_find(stack_text(STACK_VALUE(header, HEADER, HEADER_ETHNIC)), &found))
            used = found;
        else if (!stack_report(s, header, RULE_H_09, OUTCOME_REPAIRED, COLUMN_HEADER_ETHNIC, str_of("NOBT")))
            return false;
    }
    s->out->ethnic = (uint8_t)used;
    return true;
}

static size_t skip_return(const struct record *records, size_t i, size_t n, int32_t return_index)
{
    while (i < n && records[i].return_index < return_index)
        i++;
    return i;
}

static bool named_in(const struct record *records, size_t i, size_t n, int32_t return_index)
{
    return i < n && records[i].return_index == return_index;
}

/* H-11: a header without episodes, unless for a care leaver. H-12: episodes without a header, when a date of
 * birth was found elsewhere (else every row is refused by that rule). Both lists go by return. */
static bool match_headers(struct stacking *s)
{
    struct child_rows *rows = s->rows;
    struct record *headers = rows->rows[TABLE_HEADER];
    struct record *episodes = rows->rows[TABLE_EPISODES];
    const size_t n_headers = rows->n_rows[TABLE_HEADER], n_episodes = rows->n_rows[TABLE_EPISODES];
    size_t h = 0, e = 0, leaver = 0;
    for (int32_t r = 0; r < s->context->n_years; r++) {
        h = skip_return(headers, h, n_headers, r);
        e = skip_return(episodes, e, n_episodes, r);
        leaver = skip_return(rows->rows[TABLE_OC3], leaver, rows->n_rows[TABLE_OC3], r);
        const bool in_header = named_in(headers, h, n_headers, r);
        const bool has_episodes = named_in(episodes, e, n_episodes, r);
        bool ok = true;
        if (in_header && !has_episodes &&
            !named_in(rows->rows[TABLE_OC3], leaver, rows->n_rows[TABLE_OC3], r))
            ok = stack_report(s, &headers[h], RULE_H_11, OUTCOME_KEPT, COLUMN_HEADER_CHILD, no_repair);
        else if (has_episodes && !in_header && s->born != DAY_NONE)
            ok = stack_report(s, &episodes[e], RULE_H_12, OUTCOME_REPAIRED, COLUMN_EPISODES_CHILD, no_repair);
        if (!ok)
            return false;
    }
    return true;
}

bool stack_identity(struct stacking *s)
{
    bool has_header = false;
    return drop_repeated_headers(s) && find_birth(s, &has_header) && settle_sex(s) && settle_ethnic(s) &&
           match_headers(s);
}
