/* SPDX-License-Identifier: GPL-3.0-or-later
 * One function a kind of column. Nearly every cell of a real return needs nothing, so each kind first tests
 * for that and borrows the text; repaired texts go to the parser's own scratch. */
#include "data/returns_parse.h"

#include <string.h>

#include "base/parse.h"
#include "data/dateform.h"

/* One cell on its way to a value. */
struct cell {
    struct returns_parser *parser;
    struct record *record;
    const struct csv_record *row;
    enum return_column column;
    struct str text; /* trimmed, not empty */
    struct value *value;
};

void returns_parser_init(struct returns_parser *parser, const struct sniffed *sniffed,
                         struct findings *findings, int32_t file_key)
{
    bug_if(sniffed->kind != FILE_RETURN);
    parser->table = sniffed->table;
    parser->map = sniffed->map;
    parser->findings = findings;
    parser->file = file_key;
    parser->n_day_first = 0;
    parser->n_month_first = 0;
    parser->month_first_line = 0;
    parser->scratch_used = 0;
}

/* Makes the record's outcome worse, never better. */
static void worsen(struct record *record, enum outcome outcome)
{
    if (outcome > record->outcome)
        record->outcome = outcome;
}

static struct str child_of(const struct record *record)
{
    return record->values[0].text;
}

/* Adds a finding about a cell and lets the row share its outcome. */
static bool tell(const struct cell *cell, enum rule rule, enum outcome outcome, struct str repair,
                 const char *message, struct err *err)
{
    const struct finding finding = {.rule = rule,
                                    .outcome = outcome,
                                    .file = cell->parser->file,
                                    .table = table_spec(cell->parser->table)->name,
                                    .line = cell->row->line,
                                    .child = child_of(cell->record),
                                    .column = column_spec(cell->column)->name,
                                    .value = cell->text,
                                    .message = message,
                                    .repair = repair};
    worsen(cell->record, outcome);
    return findings_add(cell->parser->findings, &finding, err);
}

/* Room for n bytes that live as long as the record. There is room for the longest text of every column. */
static char *take_scratch(struct returns_parser *parser, size_t n)
{
    bug_if(n > sizeof parser->scratch - parser->scratch_used);
    char *const at = parser->scratch + parser->scratch_used;
    parser->scratch_used += n;
    return at;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Words that stand for a blank. */
static bool is_blank_word(struct str s)
{
    static const char *const words[] = {"-", "null", "nan", "na", "n/a", "#n/a"};
    if (s.length > 4 || (s.at[0] != '-' && s.at[0] != '#' && s.at[0] != 'N' && s.at[0] != 'n'))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_equal_ignore_case(s, str_of(words[i])))
            return true;
    return false;
}

/* Length of a whole number before a ".0" or ".00" that a spreadsheet put there, 0 when there is none. */
static size_t length_before_zeros(struct str s)
{
    size_t i = 0;
    while (i < s.length && is_digit(s.at[i]))
        i++;
    const size_t digits = i;
    if (digits == 0 || i + 1 >= s.length || s.at[i] != '.')
        return 0;
    for (i++; i < s.length; i++)
        if (s.at[i] != '0')
            return 0;
    return digits;
}

/* "4.2E+05": figures, a point or not, E and a sign. */
static bool is_scientific(struct str s)
{
    size_t i = 0;
    while (i < s.length && (is_digit(s.at[i]) || s.at[i] == '.'))
        i++;
    if (i == 0 || i + 2 >= s.length || (s.at[i] != 'E' && s.at[i] != 'e') || s.at[i + 1] != '+')
        return false;
    for (i += 2; i < s.length; i++)
        if (!is_digit(s.at[i]))
            return false;
    return true;
}

static bool parse_child(struct cell *cell, struct err *err)
{
    cell->value->state = VALUE_OK;
    cell->value->text = cell->text;
    const size_t digits = length_before_zeros(cell->text);
    if (digits > 0) {
        cell->value->text.length = digits;
        return tell(cell, RULE_H_02, OUTCOME_REPAIRED, cell->value->text,
                    "the identifier had become a number", err);
    }
    if (is_scientific(cell->text)) {
        cell->value->state = VALUE_BAD;
        return tell(cell, RULE_H_02, OUTCOME_REFUSED, (struct str){NULL, 0},
                    "a spreadsheet has rounded the identifier: it cannot be known any more", err);
    }
    return true;
}

/* An impossible date is told here for DECOM and DEC only (E-02); what any other means is for the rules. */
static bool tell_impossible(struct cell *cell, struct err *err)
{
    if (cell->column == COLUMN_EPISODES_DECOM)
        return tell(cell, RULE_E_02, OUTCOME_REFUSED, (struct str){NULL, 0}, NULL, err);
    if (cell->column == COLUMN_EPISODES_DEC)
        return tell(cell, RULE_E_02, OUTCOME_KEPT, (struct str){NULL, 0}, NULL, err);
    return true;
}

static bool parse_date(struct cell *cell, struct err *err)
{
    struct returns_parser *const parser = cell->parser;
    struct value *const value = cell->value;
    day date = DAY_NONE;
    enum dateform_order order;
    const enum dateform form = dateform_parse(cell->text, &date, &order);
    parser->n_day_first += order == DATEFORM_ORDER_DAY_FIRST;
    if (order == DATEFORM_ORDER_MONTH_FIRST && parser->n_month_first++ == 0)
        parser->month_first_line = cell->row->line;
    value->state = VALUE_OK;
    value->number = date;
    if (form == DATEFORM_OFFICIAL)
        return true;
    char iso[DATE_TEXT];
    switch (form) {
    case DATEFORM_OFFICIAL:
        break;
    case DATEFORM_OTHER:
        date_format_iso(date, iso);
        return tell(cell, RULE_E_04, OUTCOME_REPAIRED, str_of(iso), NULL, err);
    case DATEFORM_TWO_DIGITS:
        date_format_iso(date, iso);
        return tell(cell, RULE_E_05, OUTCOME_REPAIRED, str_of(iso), NULL, err);
    case DATEFORM_IMPOSSIBLE:
        *value = (struct value){.state = VALUE_BAD, .text = cell->text};
        return tell_impossible(cell, err);
    case DATEFORM_NONE:
        *value = (struct value){.state = VALUE_BAD, .text = cell->text};
        break;
    }
    return true;
}

/* Codes that end in a figure or hold one where people type the letter O. */
static bool may_hold_zero(enum return_column column)
{
    return column == COLUMN_EPISODES_PLACE || column == COLUMN_EPISODES_PLACE_PROVIDER ||
           column == COLUMN_EPISODES_REC || column == COLUMN_REVIEWS_REVIEW_CODE ||
           column == COLUMN_AD1_LS_ADOPTR;
}

static bool is_sex(enum return_column column)
{
    return column == COLUMN_HEADER_SEX || column == COLUMN_UASC_SEX;
}

/* "male" and the like as codes of the list; false for other words. */
static bool sex_of_word(struct str s, const char **code)
{
    static const char *const words[][2] = {{"male", "M"}, {"female", "F"}, {"unknown", "U"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_equal_ignore_case(s, str_of(words[i][0]))) {
            *code = words[i][1];
            return true;
        }
    }
    return false;
}

/* Writes the code upper-cased, without ".0", and with figures for letters O; true when it differs from the
 * cell. */
static bool clean_code(const struct cell *cell, struct str *code)
{
    const struct str s = cell->text;
    const bool zero = may_hold_zero(cell->column);
    bool differs = false;
    for (size_t i = 0; i < s.length && !differs; i++)
        differs = (s.at[i] >= 'a' && s.at[i] <= 'z') || s.at[i] == '.' || (zero && i > 0 && s.at[i] == 'O');
    *code = s;
    if (!differs)
        return false;
    const size_t digits = length_before_zeros(s);
    code->length = digits > 0 ? digits : s.length;
    char *const at = take_scratch(cell->parser, code->length);
    for (size_t i = 0; i < code->length; i++) {
        const char c = s.at[i];
        at[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        if (zero && i > 0 && at[i] == 'O')
            at[i] = '0';
    }
    code->at = at;
    return !str_equal(*code, s);
}

static bool parse_code(struct cell *cell, struct err *err)
{
    const char *sex = NULL;
    cell->value->state = VALUE_OK;
    if (is_sex(cell->column) && cell->text.length > 1 &&
        (sex_of_word(cell->text, &sex) || length_before_zeros(cell->text) > 0)) {
        cell->value->text =
            sex != NULL ? str_of(sex) : (struct str){cell->text.at, length_before_zeros(cell->text)};
        return tell(cell, RULE_H_03, OUTCOME_REPAIRED, cell->value->text, "SEX is written in another way",
                    err);
    }
    return !clean_code(cell, &cell->value->text) ||
           tell(cell, RULE_E_39, OUTCOME_REPAIRED, cell->value->text, NULL, err);
}

static bool parse_number(struct cell *cell, struct err *err)
{
    struct str text = cell->text;
    const size_t digits = length_before_zeros(text);
    if (digits > 0)
        text.length = digits;
    if (!parse_int64(text, &cell->value->number)) {
        *cell->value = (struct value){.state = VALUE_BAD, .text = cell->text};
        return true;
    }
    cell->value->state = VALUE_OK;
    return digits == 0 || tell(cell, RULE_E_39, OUTCOME_REPAIRED, text, NULL, err);
}

static bool parse_flag(struct cell *cell, struct err *err)
{
    static const struct {
        const char *word, *figure;
    } words[] = {{"0.0", "0"}, {"1.0", "1"}, {"false", "0"}, {"true", "1"},
                 {"n", "0"},   {"y", "1"},   {"no", "0"},    {"yes", "1"}};
    struct value *const value = cell->value;
    value->state = VALUE_OK;
    if (cell->text.length == 1 && (cell->text.at[0] == '0' || cell->text.at[0] == '1')) {
        value->number = cell->text.at[0] - '0';
        return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_equal_ignore_case(cell->text, str_of(words[i].word))) {
            value->number = words[i].figure[0] - '0';
            return tell(cell, RULE_E_39, OUTCOME_REPAIRED, str_of(words[i].figure), NULL, err);
        }
    }
    *value = (struct value){.state = VALUE_BAD, .text = cell->text};
    return true;
}

/* Upper case, one blank before the last three characters when they look like the second half. */
static bool parse_postcode(struct cell *cell)
{
    const struct str s = cell->text;
    size_t blanks = 0;
    bool lower = false;
    for (size_t i = 0; i < s.length; i++) {
        blanks += s.at[i] == ' ';
        lower = lower || (s.at[i] >= 'a' && s.at[i] <= 'z');
    }
    cell->value->state = VALUE_OK;
    cell->value->text = s;
    const bool whole = s.length >= 5 && is_digit(s.at[s.length - 3]);
    if (!lower && (blanks == 1 || (blanks == 0 && !whole)))
        return true;
    char *const at = take_scratch(cell->parser, s.length + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.length; i++) {
        const char c = s.at[i];
        const bool second_half = whole && blanks == 0 && i == s.length - 3;
        if (second_half)
            at[n++] = ' ';
        if (c == ' ' && n > 0 && at[n - 1] == ' ')
            continue;
        at[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    cell->value->text = (struct str){at, n};
    return true;
}

static bool parse_cell(struct cell *cell, struct err *err)
{
    if (is_blank_word(cell->text))
        return tell(cell, RULE_F_13, OUTCOME_REPAIRED, (struct str){NULL, 0}, NULL, err);
    switch (column_spec(cell->column)->kind) {
    case KIND_CHILD:
        return parse_child(cell, err);
    case KIND_DATE:
        return parse_date(cell, err);
    case KIND_CODE:
        return parse_code(cell, err);
    case KIND_NUMBER:
        return parse_number(cell, err);
    case KIND_FLAG:
        return parse_flag(cell, err);
    case KIND_POSTCODE:
        return parse_postcode(cell);
    case KIND_TEXT:
        cell->value->state = VALUE_OK;
        cell->value->text = cell->text;
        return true;
    }
    return true;
}

/* False for a field that no return can hold (F-17). */
static bool is_sound_field(struct str s, bool plain)
{
    if (s.length > RETURNS_LONGEST_FIELD)
        return false;
    for (size_t i = 0; i < s.length && !plain; i++)
        if ((unsigned char)s.at[i] < 0x20 || s.at[i] == 0x7F)
            return false;
    return true;
}

/* Key columns that a short row does not reach: their number. */
static int32_t missing_keys(const struct returns_parser *parser, const struct csv_record *row)
{
    const struct table_spec *table = table_spec(parser->table);
    int32_t n = 0;
    for (int32_t i = 0; i < table->n_columns; i++)
        n += column_spec((enum return_column)((int32_t)table->first + i))->need == NEED_KEY &&
             parser->map.source[i] >= 0 && (size_t)parser->map.source[i] >= row->n_found;
    return n;
}

/* What can be wrong with a row as a whole, before and after its cells are read. */
static bool judge_row(struct cell *cell, struct err *err)
{
    const struct csv_record *row = cell->row;
    cell->column = table_spec(cell->parser->table)->first;
    cell->text = (struct str){NULL, 0};
    if (row->n_found < row->n_fields) {
        const bool refused = missing_keys(cell->parser, row) > 0;
        if (!tell(cell, RULE_F_04, refused ? OUTCOME_REFUSED : OUTCOME_REPAIRED, (struct str){NULL, 0},
                  refused ? "the row is too short to hold the key fields"
                          : "missing fields are read as blank",
                  err))
            return false;
    }
    return cell->record->values[0].state != VALUE_BLANK || cell->record->outcome == OUTCOME_REFUSED ||
           tell(cell, RULE_H_01, OUTCOME_REFUSED, (struct str){NULL, 0}, NULL, err);
}

bool returns_parse_row(struct returns_parser *parser, const struct csv_record *row, struct record *out,
                       struct err *err)
{
    const struct table_spec *table = table_spec(parser->table);
    struct cell cell = {.parser = parser, .record = out, .row = row};
    out->table = parser->table;
    out->file = parser->file;
    out->return_index = 0;
    out->line = row->line;
    out->outcome = row->outcome;
    out->superseded = false;
    out->short_break = false;
    parser->scratch_used = 0;
    for (int32_t i = 0; i < RECORD_COLUMNS; i++)
        out->values[i] = (struct value){0};
    for (int32_t i = 0; i < table->n_columns; i++) {
        const int16_t source = parser->map.source[i];
        if (source < 0 || row->fields[source].length == 0)
            continue;
        cell.column = (enum return_column)((int32_t)table->first + i);
        cell.value = &out->values[i];
        cell.text = row->fields[source];
        if (!is_sound_field(cell.text, row->plain)) {
            cell.text.length = 0;
            if (!tell(&cell, RULE_F_17, OUTCOME_REFUSED, (struct str){NULL, 0}, NULL, err))
                return false;
            continue;
        }
        cell.text = str_trim(cell.text);
        if (cell.text.length > 0 && !parse_cell(&cell, err))
            return false;
    }
    return judge_row(&cell, err);
}

bool returns_parser_finish(struct returns_parser *parser, bool *refused, struct err *err)
{
    *refused = parser->n_month_first > 0 && parser->n_day_first == 0;
    if (!*refused)
        return true;
    const struct finding finding = {.rule = RULE_F_12,
                                    .outcome = OUTCOME_REFUSED,
                                    .file = parser->file,
                                    .table = table_spec(parser->table)->name,
                                    .line = parser->month_first_line,
                                    .column = ""};
    return findings_add(parser->findings, &finding, err);
}
