/* SPDX-License-Identifier: GPL-3.0-or-later
 * Row by row through Jansson, which knows how to escape: a long table never becomes a tree in memory. */
#include "render/json.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/* Digits that a double always carries; 17 would print 0.1 as 0.10000000000000001. */
enum { JSON_DIGITS = 15 };

static json_t *cell_value(const struct table_cell *cell, int decimals)
{
    char text[DATE_TEXT];
    switch (cell->kind) {
    case CELL_EMPTY:
        return json_null();
    case CELL_TEXT:
        return json_string(cell->as.text);
    case CELL_INTEGER:
        return json_integer(cell->as.integer);
    case CELL_REAL: {
        const double scale = pow(10.0, decimals);
        const double rounded = round(cell->as.real * scale) / scale;
        return json_real(isfinite(rounded) ? rounded + 0.0 : cell->as.real);
    }
    case CELL_GBP:
        return json_real((double)cell->as.integer / 100.0);
    case CELL_DAY:
        date_format_iso(cell->as.date, text);
        return json_string(text);
    }
    return NULL;
}

static json_t *row_object(const struct table *table, size_t i, struct err *err)
{
    json_t *row = json_object();
    if (row == NULL)
        err_no_memory(err);
    for (size_t j = 0; row != NULL && j < table->n_columns; j++) {
        json_t *value = cell_value(table_at(table, i, j), table->columns[j].decimals);
        if (json_object_set_new(row, table->columns[j].name, value) != 0) {
            json_decref(row);
            err_set(err, ERR_DATA, "row %zu, column %s of the table %s is not UTF-8", i + 1,
                    table->columns[j].name, table->name);
            return NULL;
        }
    }
    return row;
}

json_t *json_rows(const struct table *table, struct err *err)
{
    json_t *rows = json_array();
    if (rows == NULL)
        err_no_memory(err);
    for (size_t i = 0; rows != NULL && i < table->n_rows; i++) {
        json_t *row = row_object(table, i, err);
        if (row == NULL || json_array_append_new(rows, row) != 0) {
            if (row != NULL)
                err_no_memory(err);
            json_decref(rows);
            return NULL;
        }
    }
    return rows;
}

bool json_write(FILE *file, const struct table *table, struct err *err)
{
    bool ok = fputs("[", file) >= 0;
    for (size_t i = 0; ok && i < table->n_rows; i++) {
        json_t *row = row_object(table, i, err);
        if (row == NULL)
            return false;
        ok = fputs(i == 0 ? "\n" : ",\n", file) >= 0 &&
             json_dumpf(row, file, JSON_COMPACT | JSON_REAL_PRECISION(JSON_DIGITS)) == 0;
        json_decref(row);
    }
    ok = ok && fputs("\n]\n", file) >= 0;
    return ok || err_set(err, ERR_IO, "cannot write the table %s: %s", table->name, strerror(errno));
}
