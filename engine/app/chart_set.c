/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fixed arrays: a results page has a dozen charts, and charts hold pointers to panels, which must not move.
 */
#include "app/chart_set.h"

static const struct table_column columns[CHART_COLUMNS] = {
    [CHART_SERIES] = {"series", 0}, [CHART_STYLE] = {"style", 0}, [CHART_X] = {"x", 6},
    [CHART_Y] = {"y", 6},           [CHART_P10] = {"p10", 6},     [CHART_P90] = {"p90", 6},
};

void chart_set_free(struct chart_set *set)
{
    for (size_t i = 0; i < set->n_panels; i++)
        table_free(&set->panels[i]);
    arena_free(&set->texts);
    set->n_panels = 0;
    set->n_charts = 0;
}

struct table *chart_set_panel(struct chart_set *set)
{
    bug_if(set->n_panels >= CHART_SET_PANELS);
    struct table *panel = &set->panels[set->n_panels++];
    table_init(panel, "panel", columns, CHART_COLUMNS);
    return panel;
}

void chart_set_add(struct chart_set *set, const struct chart_spec *chart, const char *numbers)
{
    bug_if(set->n_charts >= CHART_SET_CHARTS);
    set->numbers[set->n_charts] = numbers;
    set->charts[set->n_charts++] = *chart;
}

struct table_cell *chart_set_point(struct table *panel, const char *series, const char *style, double y,
                                   struct err *err)
{
    struct table_cell *row = table_add_row(panel, err);
    if (row == NULL || !table_set_text(panel, &row[CHART_SERIES], series, err) ||
        !table_set_text(panel, &row[CHART_STYLE], style, err))
        return NULL;
    table_set_real(&row[CHART_Y], y);
    return row;
}

bool chart_set_day_point(struct table *panel, const char *series, const char *style, day x, double y,
                         struct err *err)
{
    struct table_cell *row = chart_set_point(panel, series, style, y, err);
    if (row != NULL)
        table_set_day(&row[CHART_X], x);
    return row != NULL;
}

bool chart_set_number_point(struct table *panel, const char *series, const char *style, double x, double y,
                            struct err *err)
{
    struct table_cell *row = chart_set_point(panel, series, style, y, err);
    if (row != NULL)
        table_set_real(&row[CHART_X], x);
    return row != NULL;
}
