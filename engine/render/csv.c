/* SPDX-License-Identifier: GPL-3.0-or-later
 * printf writes decimals as dots because no part of the program calls setlocale. */
#include "render/csv.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"

/* A spreadsheet would run it: = + - @ begin formulas, tab and line ends are skipped before one. */
static bool text_is_formula(const char *text)
{
    double number = 0.0;
    if (text[0] == '\0' || strchr("=+-@\t\r\n", text[0]) == NULL)
        return false;
    return !((text[0] == '+' || text[0] == '-') && parse_double(str_of(text), &number));
}

static bool write_text(FILE *file, const char *text)
{
    const bool formula = text_is_formula(text);
    if (!formula && strpbrk(text, ",\"\r\n") == NULL)
        return fputs(text, file) >= 0;
    bool ok = putc('"', file) != EOF && (!formula || putc('\'', file) != EOF);
    for (const char *at = text; ok && *at != '\0'; at++)
        ok = (*at != '"' || putc('"', file) != EOF) && putc(*at, file) != EOF;
    return ok && putc('"', file) != EOF;
}

bool csv_format_cell(const struct table_cell *cell, int decimals, char *out, size_t size)
{
    char small[MONEY_TEXT]; /* DATE_TEXT is less */
    int n = -1;
    switch (cell->kind) {
    case CELL_EMPTY:
        n = snprintf(out, size, "%s", "");
        break;
    case CELL_TEXT:
        n = snprintf(out, size, "%s", cell->as.text);
        break;
    case CELL_INTEGER:
        n = snprintf(out, size, "%" PRId64, cell->as.integer);
        break;
    case CELL_REAL:
        n = snprintf(out, size, "%.*f", decimals, cell->as.real);
        if (n > 0 && out[0] == '-' && strspn(out, "-0.") == strlen(out)) /* "-0.00" is no number for people */
            n = snprintf(out, size, "%.*f", decimals, 0.0);
        break;
    case CELL_GBP:
        money_format_gbp(cell->as.integer, small);
        n = snprintf(out, size, "%s", small);
        break;
    case CELL_DAY:
        date_format_iso(cell->as.date, small);
        n = snprintf(out, size, "%s", small);
        break;
    }
    return n >= 0 && (size_t)n < size;
}

static bool write_cell(FILE *file, const struct table_cell *cell, int decimals)
{
    char number[512]; /* the longest double has 309 digits before the dot */
    if (cell->kind == CELL_TEXT)
        return write_text(file, cell->as.text);
    return csv_format_cell(cell, decimals, number, sizeof number) && fputs(number, file) >= 0;
}

bool csv_write(FILE *file, const struct table *table, struct err *err)
{
    bool ok = true;
    for (size_t j = 0; ok && j < table->n_columns; j++)
        ok = (j == 0 || putc(',', file) != EOF) && write_text(file, table->columns[j].name);
    ok = ok && putc('\n', file) != EOF;
    for (size_t i = 0; ok && i < table->n_rows; i++) {
        for (size_t j = 0; ok && j < table->n_columns; j++)
            ok = (j == 0 || putc(',', file) != EOF) &&
                 write_cell(file, table_at(table, i, j), table->columns[j].decimals);
        ok = ok && putc('\n', file) != EOF;
    }
    return ok || err_set(err, ERR_IO, "cannot write the table %s: %s", table->name, strerror(errno));
}

bool csv_save(struct folder *folder, const struct table *table, struct err *err)
{
    char name[256];
    const int n = snprintf(name, sizeof name, "%s.csv", table->name);
    bug_if(n < 0 || (size_t)n >= sizeof name);
    FILE *file = folder_create(folder, name, err);
    if (file == NULL)
        return false;
    const bool written = csv_write(file, table, err);
    struct err second = {0};
    const bool closed = folder_close_file(file, name, written ? err : &second);
    return written && closed;
}
