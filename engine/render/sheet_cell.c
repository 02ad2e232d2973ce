/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a cell of a table is in a workbook: a number with a format, or words; and how wide it stands. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/parse.h"
#include "render/sheet_parts.h"

enum {
    DECIMALS = 10,   /* 0 .. 9 */
    WIDTH_LEAST = 9, /* characters */
    WORD_MOST = 70,  /* a single word that is as long is not broken */
    WORDS_MOST = 56, /* a wider text is wrapped */
    BUTTON = 2,      /* of the filter, in characters */
};
static const day first_day_counted = -25508; /* 1 March 1900: before it spreadsheets disagree about days */
static const int64_t whole_most = INT64_C(9007199254740992); /* 2^53 */
static const int64_t pence_most = INT64_C(1000000000000000); /* 10^13 pounds: exact to the penny below */
static const double pence_a_pound = 100.0;

static const char pounds_and_pence[] = "[$£-809]#,##0.00;-[$£-809]#,##0.00";
static const char pounds[] = "[$£-809]#,##0;-[$£-809]#,##0";
static const char dates[] = "dd mmm yyyy";
static const char general[] = "General";
static const char *const plain[DECIMALS] = {
    "#,##0",       "#,##0.0",      "#,##0.00",      "#,##0.000",      "#,##0.0000",
    "#,##0.00000", "#,##0.000000", "#,##0.0000000", "#,##0.00000000", "#,##0.000000000"};
static const char *const shares[DECIMALS] = {"0%",     "0%",      "0%",       "0.0%",      "0.00%",
                                             "0.000%", "0.0000%", "0.00000%", "0.000000%", "0.0000000%"};

struct sheet_column sheet_column_of(const struct sheet_page *page, size_t column)
{
    const struct sheet_column as_it_is = {0};
    return column < page->n_columns ? page->columns[column] : as_it_is;
}

const char *sheet_heading(const struct sheet_page *page, size_t column)
{
    const char *heading = sheet_column_of(page, column).heading;
    return heading == NULL ? page->table->columns[column].name : heading;
}

bool sheet_cell_number(const struct table *table, size_t row, size_t column, double *out, const char **bad)
{
    const struct table_cell *cell = table_at(table, row, column);
    char digits[512]; /* the longest double has 309 digits before the dot */
    *bad = NULL;
    switch (cell->kind) {
    case CELL_EMPTY:
    case CELL_TEXT:
        return false;
    case CELL_INTEGER:
        *out = (double)cell->as.integer;
        return cell->as.integer <= whole_most && cell->as.integer >= -whole_most;
    case CELL_REAL: /* as the CSV prints it */
        snprintf(digits, sizeof digits, "%.*f", table->columns[column].decimals, cell->as.real);
        if (!isfinite(cell->as.real) || !parse_double(str_of(digits), out))
            *bad = "a number is not finite";
        if (*bad == NULL && fpclassify(*out) == FP_ZERO)
            *out = 0.0; /* not -0 */
        return *bad == NULL;
    case CELL_GBP:
        if (cell->as.integer >= pence_most || cell->as.integer <= -pence_most)
            *bad = "an amount is beyond ten million million pounds";
        *out = (double)cell->as.integer / pence_a_pound;
        return *bad == NULL;
    case CELL_DAY:
        *out = sheet_serial(cell->as.date);
        return cell->as.date >= first_day_counted;
    }
    return false;
}

const char *sheet_number_format(const struct sheet_page *page, size_t column, enum cell_kind kind)
{
    const enum sheet_form form = sheet_column_of(page, column).form;
    const int decimals = page->table->columns[column].decimals;
    switch (kind) {
    case CELL_EMPTY:
    case CELL_TEXT:
        break;
    case CELL_INTEGER:
        return form == SHEET_BARE ? general : plain[0];
    case CELL_REAL:
        return form == SHEET_BARE    ? general
               : form == SHEET_SHARE ? shares[decimals]
               : form == SHEET_WHOLE ? plain[0]
                                     : plain[decimals];
    case CELL_GBP:
        return form == SHEET_WHOLE ? pounds : pounds_and_pence;
    case CELL_DAY:
        return dates;
    }
    return NULL;
}

/* What stands in a cell that is no number of the workbook: its text, or the digits of what is too long for
 * one. */
void sheet_cell_words(const struct table_cell *cell, char *out, size_t size, const char **text)
{
    *text = cell->kind == CELL_TEXT ? cell->as.text : out;
    out[0] = '\0';
    if (cell->kind == CELL_INTEGER)
        snprintf(out, size, "%lld", (long long)cell->as.integer);
    else if (cell->kind == CELL_DAY)
        date_format_words(cell->as.date, out);
}

/* ---- widths ---- */

/* Characters that a cell takes: digits, commas, mark of the pound. */
static size_t shown_width(const struct sheet_page *page, size_t row, size_t column)
{
    const char *bad = NULL;
    double value = 0.0;
    char digits[512];
    const struct table_cell *cell = table_at(page->table, row, column);
    if (cell->kind == CELL_TEXT)
        return sheet_text_longest_line(cell->as.text);
    if (cell->kind == CELL_DAY)
        return DATE_TEXT - 4;
    if (!sheet_cell_number(page->table, row, column, &value, &bad))
        return 0;
    const enum sheet_form form = sheet_column_of(page, column).form;
    const bool money = cell->kind == CELL_GBP;
    const int decimals = form == SHEET_WHOLE || cell->kind == CELL_INTEGER ? 0
                         : money                                           ? 2
                                 : page->table->columns[column].decimals;
    const int n = snprintf(digits, sizeof digits, "%.*f", decimals, value);
    return (size_t)n + strcspn(digits, ".") / 3 + (money ? 1 : 0);
}

static size_t longest_word(const char *text)
{
    size_t longest = 0;
    for (size_t n = 0; *text != '\0'; text++) {
        n = *text == ' ' || *text == '\n' ? 0 : n + 1;
        longest = n > longest ? n : longest;
    }
    return longest;
}

size_t sheet_column_width(const struct sheet_page *page, size_t column)
{
    const char *heading = sheet_heading(page, column);
    size_t width = WIDTH_LEAST;
    for (size_t i = 0; i < page->table->n_rows; i++) {
        const size_t shown = shown_width(page, i, column) + 2;
        width = shown > width ? shown : width;
    }
    if (width > WORDS_MOST) { /* wrapped, but for words that cannot be */
        width = WORDS_MOST;
        for (size_t i = 0; i < page->table->n_rows; i++)
            if (table_at(page->table, i, column)->kind == CELL_TEXT) {
                const size_t whole = longest_word(table_at(page->table, i, column)->as.text) + 2;
                width = whole > width && whole < WORD_MOST ? whole : width;
            }
    }
    const size_t word = longest_word(heading) + BUTTON;
    const size_t third = strlen(heading) / 3 + BUTTON; /* a heading takes three lines at most, or nearly so */
    width = word > width ? word : width;
    return third > width ? third : width;
}
