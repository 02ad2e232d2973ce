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
    WIDTH_MOST = 120,
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
/* Only how it is shown: the number in the cell stays. */
static const char chances[] = "[>=0.995]\">99%\";[<0.005]\"<1%\";0%";
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
        switch (form) {
        case SHEET_PLAIN:
            return plain[decimals];
        case SHEET_WHOLE:
            return plain[0];
        case SHEET_SHARE:
            return shares[decimals];
        case SHEET_CHANCE:
            return chances;
        case SHEET_BARE:
            return general;
        }
        break;
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

enum cell_kind sheet_column_kind(const struct table *table, size_t column)
{
    for (size_t i = 0; i < table->n_rows; i++)
        if (table_at(table, i, column)->kind != CELL_EMPTY)
            return table_at(table, i, column)->kind;
    return CELL_EMPTY;
}

bool sheet_sum_column(const struct table *table, size_t column, double *sum)
{
    int64_t whole = 0;
    double real = 0.0;
    enum cell_kind kind = CELL_EMPTY;
    for (size_t i = 0; i < table->n_rows; i++) {
        const struct table_cell *cell = table_at(table, i, column);
        double value = 0.0;
        const char *bad = NULL;
        if (cell->kind == CELL_EMPTY)
            continue;
        if ((kind != CELL_EMPTY && cell->kind != kind) || cell->kind == CELL_DAY ||
            !sheet_cell_number(table, i, column, &value, &bad))
            return false;
        kind = cell->kind;
        whole += kind == CELL_REAL ? 0 : cell->as.integer;
        real += kind == CELL_REAL ? value : 0.0;
    }
    *sum = kind == CELL_REAL ? real : kind == CELL_GBP ? (double)whole / pence_a_pound : (double)whole;
    return kind != CELL_EMPTY;
}

/* ---- widths ---- */

/* Characters that a number takes: digits, commas, mark of the pound. */
static size_t number_width(const struct sheet_page *page, size_t column, enum cell_kind kind, double value)
{
    char digits[512];
    const bool money = kind == CELL_GBP;
    int decimals = money ? 2 : page->table->columns[column].decimals;
    if (sheet_column_of(page, column).form == SHEET_WHOLE || kind == CELL_INTEGER)
        decimals = 0;
    const int n = snprintf(digits, sizeof digits, "%.*f", decimals, value);
    return (size_t)n + strcspn(digits, ".") / 3 + (money ? 1 : 0);
}

static size_t shown_width(const struct sheet_page *page, size_t row, size_t column)
{
    const char *bad = NULL;
    double value = 0.0;
    const struct table_cell *cell = table_at(page->table, row, column);
    if (cell->kind == CELL_TEXT)
        return sheet_text_longest_line(cell->as.text);
    if (cell->kind == CELL_DAY)
        return DATE_TEXT - 4;
    if (!sheet_cell_number(page->table, row, column, &value, &bad))
        return 0;
    return number_width(page, column, cell->kind, value);
}

/* A number that is wider than its column would be shown as ####, a total too. */
static size_t total_width(const struct sheet_page *page, size_t column)
{
    double sum = 0.0;
    if (!sheet_column_of(page, column).total || !sheet_sum_column(page->table, column, &sum))
        return 0;
    return number_width(page, column, sheet_column_kind(page->table, column), sum) + 1; /* it is bold */
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
    size_t width = total_width(page, column) + 2;
    width = width < WIDTH_LEAST ? WIDTH_LEAST : width;
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
    width = third > width ? third : width;
    return width > WIDTH_MOST ? WIDTH_MOST : width;
}
