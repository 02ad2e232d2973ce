/* SPDX-License-Identifier: GPL-3.0-or-later
 * base/table.h: rows and named columns, the only thing a renderer knows.
 *
 * Ownership: a table owns its cells and copies every text given to it; table_free releases all. Column names
 * must be string constants. */
#ifndef TURNCURVE_BASE_TABLE_H
#define TURNCURVE_BASE_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/money.h"

enum cell_kind {
    CELL_EMPTY,
    CELL_TEXT,
    CELL_INTEGER,
    CELL_REAL, /* printed with the column's decimals */
    CELL_GBP,  /* pence, printed as pounds with two decimals */
    CELL_DAY
};

struct table_cell {
    enum cell_kind kind;
    union {
        const char *text;
        int64_t integer; /* CELL_INTEGER, CELL_GBP (pence) */
        double real;
        day date;
    } as;
};

struct table_column {
    const char *name; /* as in the CSV header */
    int decimals;     /* for CELL_REAL, 0 to 9 */
};

struct table {
    const char *name; /* file name without ".csv" */
    const struct table_column *columns;
    size_t n_columns;
    size_t n_rows, capacity;
    struct table_cell *cells; /* n_rows x n_columns, row by row */
    struct arena texts;
};

/* An empty table over a constant array of columns. */
void table_init(struct table *table, const char *name, const struct table_column *columns, size_t n_columns);
void table_free(struct table *table);
/* Appends a row of empty cells and returns its first cell; valid until the next row. NULL when out of memory.
 */
struct table_cell *table_add_row(struct table *table, struct err *err);
/* Writers for the cells of the row being filled; each returns false only when out of memory. */
bool table_set_text(struct table *table, struct table_cell *cell, const char *text, struct err *err);
bool table_set_str(struct table *table, struct table_cell *cell, struct str text, struct err *err);
void table_set_integer(struct table_cell *cell, int64_t value);
/* A value that is not finite leaves the cell empty. */
void table_set_real(struct table_cell *cell, double value);
void table_set_gbp(struct table_cell *cell, pence amount);
/* DAY_NONE and DAY_OPEN leave the cell empty. */
void table_set_day(struct table_cell *cell, day date);
const struct table_cell *table_at(const struct table *table, size_t row, size_t column);
/* The column's index by name, or n_columns when there is none. */
size_t table_column_index(const struct table *table, const char *name);

#endif
