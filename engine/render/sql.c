/* SPDX-License-Identifier: GPL-3.0-or-later
 * One statement a row: slower to load than many rows at once, but a broken row is found where it stands. */
#include "render/sql.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"
#include "render/csv.h"

static bool put_quoted(FILE *file, const char *text, char quote)
{
    bool ok = putc(quote, file) != EOF;
    for (; ok && *text != '\0'; text++)
        ok = (*text != quote || putc(quote, file) != EOF) && putc(*text, file) != EOF;
    return ok && putc(quote, file) != EOF;
}

/* The type that holds every cell of a column; texts hold all. */
static const char *type_of(const struct table *table, size_t column)
{
    static const char *const types[] = {[CELL_EMPTY] = "TEXT",        [CELL_TEXT] = "TEXT",
                                        [CELL_INTEGER] = "INTEGER",   [CELL_REAL] = "DOUBLE PRECISION",
                                        [CELL_GBP] = "NUMERIC(15,2)", [CELL_DAY] = "DATE"};
    enum cell_kind kind = CELL_EMPTY;
    for (size_t i = 0; i < table->n_rows; i++) {
        const enum cell_kind here = table_at(table, i, column)->kind;
        const bool numbers =
            (kind == CELL_INTEGER && here == CELL_REAL) || (kind == CELL_REAL && here == CELL_INTEGER);
        if (here == CELL_EMPTY || here == kind)
            continue;
        if (kind != CELL_EMPTY && !numbers)
            return types[CELL_TEXT];
        kind = numbers ? CELL_REAL : here;
    }
    return types[kind];
}

static bool put_cell(FILE *file, const struct table_cell *cell, int decimals, bool as_text)
{
    char number[512]; /* the longest double has 309 digits before the dot */
    if (cell->kind == CELL_EMPTY)
        return fputs("NULL", file) >= 0;
    if (cell->kind == CELL_TEXT)
        return put_quoted(file, cell->as.text, '\'');
    if (!csv_format_cell(cell, decimals, number, sizeof number))
        return false;
    return as_text || cell->kind == CELL_DAY ? put_quoted(file, number, '\'') : fputs(number, file) >= 0;
}

static bool is_clean(const struct table *table)
{
    for (size_t i = 0; i < table->n_rows; i++)
        for (size_t j = 0; j < table->n_columns; j++) {
            const struct table_cell *cell = table_at(table, i, j);
            if (cell->kind == CELL_TEXT && !str_is_clean_utf8(str_of(cell->as.text)))
                return false;
        }
    return true;
}

static bool put_rows(FILE *file, const struct table *table, const bool as_text[])
{
    bool ok = true;
    for (size_t i = 0; ok && i < table->n_rows; i++) {
        ok = fputs("INSERT INTO ", file) >= 0 && put_quoted(file, table->name, '"') &&
             fputs(" VALUES (", file) >= 0;
        for (size_t j = 0; ok && j < table->n_columns; j++)
            ok = (j == 0 || fputs(", ", file) >= 0) &&
                 put_cell(file, table_at(table, i, j), table->columns[j].decimals, as_text[j]);
        ok = ok && fputs(");\n", file) >= 0;
    }
    return ok;
}

bool sql_write(FILE *file, const struct table *table, struct err *err)
{
    if (!is_clean(table))
        return err_set(err, ERR_DATA, "the table %s holds a text that is not UTF-8 or has control characters",
                       table->name);
    bool ok = fputs("BEGIN;\nCREATE TABLE ", file) >= 0 && put_quoted(file, table->name, '"');
    for (size_t j = 0; ok && j < table->n_columns; j++)
        ok = fputs(j == 0 ? " (\n    " : ",\n    ", file) >= 0 &&
             put_quoted(file, table->columns[j].name, '"') && fprintf(file, " %s", type_of(table, j)) > 0;
    ok = ok && fputs("\n);\n", file) >= 0;
    bool *as_text = ok ? vec_new(table->n_columns, sizeof *as_text, err) : NULL;
    if (ok && as_text == NULL)
        return false;
    for (size_t j = 0; ok && j < table->n_columns; j++)
        as_text[j] = strcmp(type_of(table, j), "TEXT") == 0;
    ok = ok && put_rows(file, table, as_text);
    free(as_text);
    ok = ok && fputs("COMMIT;\n", file) >= 0;
    return ok || err_set(err, ERR_IO, "cannot write the table %s: %s", table->name, strerror(errno));
}
