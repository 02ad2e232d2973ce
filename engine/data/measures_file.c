/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every field is read before the row counts; the first that cannot be read refuses it. */
#include "data/measures_file.h"

#include <math.h>
#include <stdlib.h>

#include "base/parse.h"
#include "base/vec.h"
#include "data/dateform.h"

enum { NUMBER_LONGEST = 32 };

static const char *const polarities[POLARITY_COUNT] = {"up", "down", "none"};
static const char *const questions[QUESTION_COUNT] = {"", "how_much", "how_well", "better_off"};

const char *polarity_name(enum polarity polarity)
{
    bug_if((int)polarity < 0 || polarity >= POLARITY_COUNT);
    return polarities[polarity];
}

bool polarity_parse(struct str s, enum polarity *out)
{
    for (int i = 0; i < POLARITY_COUNT; i++)
        if (str_equal_ignore_case(str_trim(s), str_of(polarities[i]))) {
            *out = (enum polarity)i;
            return true;
        }
    return false;
}

const char *question_name(enum question question)
{
    bug_if((int)question < 0 || question >= QUESTION_COUNT);
    return questions[question];
}

bool question_parse(struct str s, enum question *out)
{
    for (int i = 0; i < QUESTION_COUNT; i++)
        if (str_equal_ignore_case(str_trim(s), str_of(questions[i]))) {
            *out = (enum question)i;
            return true;
        }
    return false;
}

void measure_rows_free(struct measure_rows *rows)
{
    free(rows->items);
    arena_free(&rows->texts);
    *rows = (struct measure_rows){0};
}

bool measure_rows_put(struct measure_rows *rows, const struct measure_row *row, struct err *err)
{
    struct measure_row copy = *row;
    copy.measure = arena_copy(&rows->texts, str_of(row->measure), err);
    copy.locality = arena_copy(&rows->texts, str_of(row->locality), err);
    if (copy.measure == NULL || copy.locality == NULL ||
        !vec_reserve((void **)&rows->items, &rows->capacity, rows->n + 1, sizeof *rows->items, err))
        return false;
    rows->items[rows->n++] = copy;
    return true;
}

/* What is wrong with a row: a column, and a message that refuses the row. */
struct measure_fault {
    const char *column, *message;
    struct str value;
};

static bool fault(struct measure_fault *out, const char *column, struct str value, const char *message)
{
    *out = (struct measure_fault){column, message, value};
    return false;
}

static bool read_date(struct str text, const char *column, day *out, struct measure_fault *wrong)
{
    enum dateform_order order;
    text = str_trim(text);
    const enum dateform form = text.length > 0 ? dateform_parse(text, out, &order) : DATEFORM_NONE;
    return (form != DATEFORM_IMPOSSIBLE && form != DATEFORM_NONE) ||
           fault(wrong, column, text, "not a date, as in 2026-04-01");
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A comma stands before three digits and no more: "2,300", not "2,5". */
static bool is_thousands_comma(struct str text, size_t i)
{
    return i > 0 && is_digit(text.at[i - 1]) && i + 3 < text.length && is_digit(text.at[i + 1]) &&
           is_digit(text.at[i + 2]) && is_digit(text.at[i + 3]) &&
           (i + 4 == text.length || !is_digit(text.at[i + 4]));
}

/* A number, perhaps with commas between its thousands; NaN when the field is blank. "12.5%" is 12.5. */
static bool read_number(struct str text, const char *column, double *out, struct measure_fault *wrong)
{
    char digits[NUMBER_LONGEST];
    size_t n = 0;
    *out = NAN;
    text = str_trim(text);
    if (text.length == 0)
        return true;
    const size_t length = text.at[text.length - 1] == '%' ? text.length - 1 : text.length;
    for (size_t i = 0; i < length && n + 1 < sizeof digits; i++)
        if (text.at[i] != ',' || !is_thousands_comma(text, i))
            digits[n++] = text.at[i];
    digits[n] = '\0';
    return (n < sizeof digits - 1 && parse_double(str_of(digits), out)) ||
           fault(wrong, column, text, "not a number");
}

static bool read_numbers(const struct measure_fields *fields, struct measure_row *row,
                         struct measure_fault *wrong)
{
    if (!read_number(fields->numerator, "numerator", &row->numerator, wrong) ||
        !read_number(fields->denominator, "denominator", &row->denominator, wrong) ||
        !read_number(fields->value, "value", &row->value, wrong) ||
        !read_number(fields->target, "target", &row->target, wrong))
        return false;
    if (row->denominator < 0 || !(row->denominator > 0 || isnan(row->denominator)))
        return fault(wrong, "denominator", fields->denominator, "a denominator is a number above 0");
    if (row->numerator < 0)
        return fault(wrong, "numerator", fields->numerator, "a numerator is a number of at least 0");
    if (row->numerator > row->denominator)
        return fault(wrong, "numerator", fields->numerator, "the numerator exceeds its denominator");
    if (isnan(row->value) && isnan(row->numerator) && isnan(row->target))
        return fault(wrong, "value", (struct str){0}, "neither a value, a numerator nor a target is given");
    return true;
}

static bool read_fields(const struct measure_fields *fields, struct measure_row *row,
                        struct measure_fault *wrong)
{
    if (str_trim(fields->measure).length == 0)
        return fault(wrong, "measure", (struct str){0}, "a measure needs its name");
    if (!read_date(fields->period_start, "period_start", &row->start, wrong) ||
        !read_date(fields->period_end, "period_end", &row->end, wrong))
        return false;
    if (row->end < row->start)
        return fault(wrong, "period_end", fields->period_end, "the period ends before it starts");
    if (!read_numbers(fields, row, wrong))
        return false;
    row->polarity = POLARITY_NONE;
    if (str_trim(fields->polarity).length > 0 && !polarity_parse(fields->polarity, &row->polarity))
        return fault(wrong, "polarity", fields->polarity, "a polarity is up, down or none");
    return question_parse(fields->question, &row->question) ||
           fault(wrong, "question", fields->question, "a question is how_much, how_well or better_off");
}

static bool overlaps(const struct measure_rows *rows, const struct measure_row *row, struct str measure,
                     struct str locality)
{
    for (size_t i = 0; i < rows->n; i++) {
        const struct measure_row *other = &rows->items[i];
        if (other->start <= row->end && row->start <= other->end &&
            str_equal_ignore_case(str_of(other->measure), measure) &&
            str_equal_ignore_case(str_of(other->locality), locality))
            return true;
    }
    return false;
}

bool measure_rows_add(struct measure_rows *rows, const struct measure_fields *fields, int32_t file,
                      int32_t line, bool *usable, struct findings *findings, struct err *err)
{
    struct measure_row row = {.file = file, .row = line};
    struct measure_fault wrong = {0};
    const struct str measure = str_trim(fields->measure), locality = str_trim(fields->locality);
    *usable = read_fields(fields, &row, &wrong);
    if (*usable && overlaps(rows, &row, measure, locality))
        *usable = fault(&wrong, "period_start", fields->period_start,
                        "the period shares a day with an earlier row of this measure");
    if (!*usable) {
        const struct finding finding = {.rule = RULE_I_07,
                                        .outcome = OUTCOME_REFUSED,
                                        .file = file,
                                        .table = "measures",
                                        .line = line,
                                        .column = wrong.column,
                                        .value = wrong.value,
                                        .message = wrong.message};
        return findings_add(findings, &finding, err);
    }
    row.measure = arena_copy(&rows->texts, measure, err);
    row.locality = arena_copy(&rows->texts, locality, err);
    return row.measure != NULL && row.locality != NULL && measure_rows_put(rows, &row, err);
}
