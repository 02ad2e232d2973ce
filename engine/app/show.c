/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two walks: the first finds each column's width, the second writes. */
#include "app/show.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "render/json.h"

enum { CELL_LONGEST = 64 };

/* A cell as text: its own for texts, written into buffer for numbers. */
static const char *cell_text(const struct table *table, size_t row, size_t column, char buffer[CELL_LONGEST])
{
    const struct table_cell *cell = table_at(table, row, column);
    buffer[0] = '\0';
    switch (cell->kind) {
    case CELL_EMPTY:
        break;
    case CELL_TEXT:
        return cell->as.text;
    case CELL_INTEGER:
        (void)snprintf(buffer, CELL_LONGEST, "%lld", (long long)cell->as.integer);
        break;
    case CELL_REAL:
        /* a number longer than the buffer would lose its last digits, and be another number */
        if (snprintf(buffer, CELL_LONGEST, "%.*f", table->columns[column].decimals, cell->as.real) >=
            CELL_LONGEST)
            (void)snprintf(buffer, CELL_LONGEST, "%.17g", cell->as.real);
        break;
    case CELL_GBP:
        money_format_gbp(cell->as.integer, buffer);
        break;
    case CELL_DAY:
        date_format_iso(cell->as.date, buffer);
        break;
    }
    return buffer;
}

/* Characters, not bytes: continuation bytes of UTF-8 take no room. */
static int width_of(const char *text)
{
    int width = 0;
    for (; *text != '\0'; text++)
        width += ((unsigned char)*text & 0xC0) != 0x80;
    return width;
}

static bool is_number(const struct table *table, size_t row, size_t column)
{
    const enum cell_kind kind = table_at(table, row, column)->kind;
    return kind == CELL_INTEGER || kind == CELL_REAL || kind == CELL_GBP;
}

static void put(FILE *out, const char *text, int width, bool right, bool last)
{
    const int blanks = width - width_of(text);
    fprintf(out, "%*s%s%*s%s", right && blanks > 0 ? blanks : 0, "", text,
            !right && !last && blanks > 0 ? blanks : 0, "", last ? "\n" : "  ");
}

static void write_columns(FILE *out, const struct table *table, int widths[])
{
    char buffer[CELL_LONGEST];
    const size_t n = table->n_columns;
    for (size_t column = 0; column < n; column++) {
        widths[column] = width_of(table->columns[column].name);
        for (size_t row = 0; row < table->n_rows; row++) {
            const int width = width_of(cell_text(table, row, column, buffer));
            widths[column] = width > widths[column] ? width : widths[column];
        }
    }
    for (size_t column = 0; column < n; column++) {
        const bool right = table->n_rows > 0 && is_number(table, 0, column);
        put(out, table->columns[column].name, widths[column], right, column + 1 == n);
    }
    for (size_t row = 0; row < table->n_rows; row++)
        for (size_t column = 0; column < n; column++)
            put(out, cell_text(table, row, column, buffer), widths[column], is_number(table, row, column),
                column + 1 == n);
}

bool show_table(struct app *app, const struct table *table, struct err *err)
{
    /* what the screen (or a pipe) would not take is found once, at the end of the run */
    if (app->json)
        return json_write(app->out, table, err) || ferror(app->out) != 0;
    int *widths = vec_new(table->n_columns, sizeof *widths, err);
    if (widths == NULL)
        return false;
    write_columns(app->out, table, widths);
    free(widths);
    return true;
}
