/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/chart_set.h: the charts of a results page, with the tables and words behind them.
 *
 * Ownership: a set owns its tables and texts; chart_set_free releases them. Charts borrow them. */
#ifndef TURNCURVE_APP_CHART_SET_H
#define TURNCURVE_APP_CHART_SET_H

#include "base/arena.h"
#include "base/table.h"
#include "render/chart.h"

enum { CHART_SET_CHARTS = 24, CHART_SET_PANELS = 2 * CHART_SET_CHARTS };

struct chart_set {
    struct chart_spec charts[CHART_SET_CHARTS];
    const char *numbers[CHART_SET_CHARTS]; /* name of the CSV with a chart's numbers, "history.csv" */
    size_t n_charts;
    struct table panels[CHART_SET_PANELS];
    size_t n_panels;
    struct arena texts;
};
void chart_set_free(struct chart_set *set);

/* A new empty table for a panel: series, style, x, y, p10, p90. A set that is full is a bug. */
struct table *chart_set_panel(struct chart_set *set);
/* Adds a chart with the panels given last (n_panels of them, data filled in by the caller). */
void chart_set_add(struct chart_set *set, const struct chart_spec *chart, const char *numbers);

/* Appends a point. style and series are copied. y NaN is a gap. Returns the row's cells for what else is to
 * be set (columns CHART_X .. CHART_P90), NULL with err filled when out of memory. */
enum { CHART_SERIES, CHART_STYLE, CHART_X, CHART_Y, CHART_P10, CHART_P90, CHART_COLUMNS };
struct table_cell *chart_set_point(struct table *panel, const char *series, const char *style, double y,
                                   struct err *err);
/* The same with a day, or a number, for x. */
bool chart_set_day_point(struct table *panel, const char *series, const char *style, day x, double y,
                         struct err *err);
bool chart_set_number_point(struct table *panel, const char *series, const char *style, double x, double y,
                            struct err *err);

#endif
