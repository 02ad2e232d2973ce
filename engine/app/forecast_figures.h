/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/forecast_figures.h: figures of forecast.csv, cost.csv and difference.csv by scenario, measure, group
 * and month.
 *
 * Ownership: tables are borrowed; results point into them.
 *
 * What a workbook says is read from the tables that become files, so that both say the same, also where a
 * figure is hidden. */
#ifndef TURNCURVE_APP_FORECAST_FIGURES_H
#define TURNCURVE_APP_FORECAST_FIGURES_H

#include "base/table.h"

enum figure { FIGURE_MEAN, FIGURE_P10, FIGURE_P50, FIGURE_P90 };

/* A series: its first month's row, and how many months follow it. */
struct figures {
    const struct table *table;
    size_t row;
    int32_t months; /* 0: there is no such series */
};
struct figures figures_find(const struct table *table, const char *la, const char *scenario,
                            const char *measure, const char *group);
/* A month's cell (0 the first); NULL when there is none. */
const struct table_cell *figures_at(const struct figures *figures, int32_t month, enum figure figure);
/* The sum of the means of months first .. last as printed. A hidden month hides the sum: the cell is then the
 * text that stands for it. False when a month is missing. */
bool figures_sum(const struct figures *figures, int32_t first, int32_t last, struct table_cell *out);
/* Adds one cell to another as they are printed; a text hides the sum. What is empty counts as nothing. */
void figures_add(struct table_cell *sum, const struct table_cell *cell);

#endif
