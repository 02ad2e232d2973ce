/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rows of a series stand together, month after month. */
#include "app/forecast_figures.h"

#include <math.h>
#include <string.h>

/* The columns of those tables. */
enum { COLUMN_LA, COLUMN_SCENARIO, COLUMN_DATE, COLUMN_MEASURE, COLUMN_GROUP };
static const char *const figure_names[] = {"mean", "p10", "p50", "p90"};
static const double decimals_scale = 100.0;

static bool is_of(const struct table *table, size_t row, size_t column, const char *text)
{
    const struct table_cell *cell = table_at(table, row, column);
    return cell->kind == CELL_TEXT && strcmp(cell->as.text, text) == 0;
}

struct figures figures_find(const struct table *table, const char *la, const char *scenario,
                            const char *measure, const char *group)
{
    struct figures found = {.table = table};
    for (size_t row = 0; row < table->n_rows; row++) {
        const bool same = is_of(table, row, COLUMN_GROUP, group) &&
                          is_of(table, row, COLUMN_MEASURE, measure) &&
                          is_of(table, row, COLUMN_SCENARIO, scenario) && is_of(table, row, COLUMN_LA, la);
        if (same && found.months++ == 0)
            found.row = row;
        if (!same && found.months > 0)
            break;
    }
    return found;
}

const struct table_cell *figures_at(const struct figures *figures, int32_t month, enum figure figure)
{
    if (month < 0 || month >= figures->months)
        return NULL;
    const size_t column = table_column_index(figures->table, figure_names[figure]);
    bug_if(column == figures->table->n_columns);
    return table_at(figures->table, figures->row + (size_t)month, column);
}

void figures_add(struct table_cell *sum, const struct table_cell *cell)
{
    if (sum->kind == CELL_TEXT || cell->kind == CELL_EMPTY)
        return;
    if (sum->kind == CELL_EMPTY || cell->kind == CELL_TEXT) {
        *sum = *cell;
        return;
    }
    bug_if(sum->kind != cell->kind);
    if (cell->kind == CELL_REAL) /* hundredths, as printed: no error creeps in */
        sum->as.real =
            (round(sum->as.real * decimals_scale) + round(cell->as.real * decimals_scale)) / decimals_scale;
    else
        sum->as.integer += cell->as.integer;
}

bool figures_sum(const struct figures *figures, int32_t first, int32_t last, struct table_cell *out)
{
    *out = (struct table_cell){.kind = CELL_EMPTY};
    for (int32_t m = first; m <= last; m++) {
        const struct table_cell *cell = figures_at(figures, m, FIGURE_MEAN);
        if (cell == NULL)
            return false;
        figures_add(out, cell);
    }
    return true;
}
