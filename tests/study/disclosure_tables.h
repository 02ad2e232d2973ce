/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/study/disclosure_tables.h: two-way tables with all margins, for tests of disclosure control.
 *
 * Ownership: a grid owns its tables; disclosure_free(&grid.d) releases them. */
#ifndef TESTS_STUDY_DISCLOSURE_TABLES_H
#define TESTS_STUDY_DISCLOSURE_TABLES_H

#include "study/disclosure.h"

enum { GRID_MOST = 8 };
struct grid {
    struct disclosure d;
    size_t rows, columns;
    size_t cells[GRID_MOST][GRID_MOST];
    size_t row_totals[GRID_MOST], column_totals[GRID_MOST], total;
};
/* values[rows * columns]; fixed: margins are known whatever is done, else they may be hidden. */
void grid_make(struct grid *grid, const int64_t values[], size_t rows, size_t columns, bool fixed);
/* The sum of the values of hidden cells that are not small, and their number. */
int64_t grid_hidden_weight(const struct grid *grid, int *n);

#endif
