/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cells lie in one array, texts in one arena: a table is freed in two calls and copied nowhere. */
#include "base/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

void table_init(struct table *table, const char *name, const struct table_column *columns, size_t n_columns)
{
    *table = (struct table){.name = name, .columns = columns, .n_columns = n_columns};
}

void table_free(struct table *table)
{
    free(table->cells);
    arena_free(&table->texts);
    table->cells = NULL;
    table->n_rows = 0;
    table->capacity = 0;
}

struct table_cell *table_add_row(struct table *table, struct err *err)
{
    const size_t needed = (table->n_rows + 1) * table->n_columns;
    if (!vec_reserve((void **)&table->cells, &table->capacity, needed, sizeof *table->cells, err))
        return NULL;
    struct table_cell *row = table->cells + table->n_rows * table->n_columns;
    for (size_t i = 0; i < table->n_columns; i++)
        row[i] = (struct table_cell){.kind = CELL_EMPTY};
    table->n_rows++;
    return row;
}

bool table_set_str(struct table *table, struct table_cell *cell, struct str text, struct err *err)
{
    const char *copy = arena_copy(&table->texts, text, err);
    if (copy == NULL)
        return false;
    *cell = (struct table_cell){.kind = CELL_TEXT, .as.text = copy};
    return true;
}

bool table_set_text(struct table *table, struct table_cell *cell, const char *text, struct err *err)
{
    return table_set_str(table, cell, str_of(text), err);
}

void table_set_integer(struct table_cell *cell, int64_t value)
{
    *cell = (struct table_cell){.kind = CELL_INTEGER, .as.integer = value};
}

void table_set_real(struct table_cell *cell, double value)
{
    if (isfinite(value))
        *cell = (struct table_cell){.kind = CELL_REAL, .as.real = value};
}

void table_set_gbp(struct table_cell *cell, pence amount)
{
    *cell = (struct table_cell){.kind = CELL_GBP, .as.integer = amount};
}

void table_set_day(struct table_cell *cell, day date)
{
    if (date != DAY_NONE && date != DAY_OPEN)
        *cell = (struct table_cell){.kind = CELL_DAY, .as.date = date};
}

const struct table_cell *table_at(const struct table *table, size_t row, size_t column)
{
    bug_if(row >= table->n_rows || column >= table->n_columns);
    return &table->cells[row * table->n_columns + column];
}

size_t table_column_index(const struct table *table, const char *name)
{
    size_t i = 0;
    while (i < table->n_columns && strcmp(table->columns[i].name, name) != 0)
        i++;
    return i;
}
