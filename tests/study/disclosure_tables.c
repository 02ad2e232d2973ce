/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cells row by row, then margins. */
#include "tests/study/disclosure_tables.h"

#include <check.h>

static size_t add(struct grid *grid, int64_t value, enum disclosure_rank rank, bool known)
{
    struct err err = {0};
    size_t index = 0;
    const struct disclosure_cell cell = {
        .value = value, .rank = rank, .kind = known ? DISCLOSURE_KNOWN : DISCLOSURE_OPEN};
    ck_assert(disclosure_add_cell(&grid->d, &cell, &index, &err));
    return index;
}

void grid_make(struct grid *grid, const int64_t values[], size_t rows, size_t columns, bool fixed)
{
    struct err err = {0};
    int64_t total = 0;
    *grid = (struct grid){.rows = rows, .columns = columns};
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            grid->cells[i][j] = add(grid, values[i * columns + j], DISCLOSURE_PART, false);
            total += values[i * columns + j];
        }
    grid->total = add(grid, total, DISCLOSURE_HEADLINE, fixed);
    for (size_t i = 0; i < rows; i++) {
        int64_t sum = 0;
        for (size_t j = 0; j < columns; j++)
            sum += values[i * columns + j];
        grid->row_totals[i] = add(grid, sum, DISCLOSURE_TOTAL, fixed);
        ck_assert(disclosure_add_sum(&grid->d, grid->row_totals[i], grid->cells[i], columns, &err));
    }
    for (size_t j = 0; j < columns; j++) {
        size_t parts[GRID_MOST];
        int64_t sum = 0;
        for (size_t i = 0; i < rows; i++) {
            parts[i] = grid->cells[i][j];
            sum += values[i * columns + j];
        }
        grid->column_totals[j] = add(grid, sum, DISCLOSURE_TOTAL, fixed);
        ck_assert(disclosure_add_sum(&grid->d, grid->column_totals[j], parts, rows, &err));
    }
    ck_assert(disclosure_add_sum(&grid->d, grid->total, grid->row_totals, rows, &err));
    ck_assert(disclosure_add_sum(&grid->d, grid->total, grid->column_totals, columns, &err));
}

int64_t grid_hidden_weight(const struct grid *grid, int *n)
{
    int64_t sum = 0;
    *n = 0;
    for (size_t c = 0; c < grid->d.n_cells; c++)
        if (grid->d.cells[c].is_hidden && !grid->d.cells[c].is_primary) {
            sum += grid->d.cells[c].value;
            (*n)++;
        }
    return sum;
}
