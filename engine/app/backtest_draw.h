/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/backtest_draw.h: what the charts of a backtest have in common. Internal to app/backtest_charts.
 *
 * Ownership: a drawing borrows everything; tables and texts belong to the charts. */
#ifndef TURNCURVE_APP_BACKTEST_DRAW_H
#define TURNCURVE_APP_BACKTEST_DRAW_H

#include "app/backtest_charts.h"

struct backtest_drawing {
    struct backtest_charts *out;
    const struct backtest_results *results;
    const char *source;
    struct err *err;
};

/* Columns of a panel's table, as render/chart.h has them. */
enum {
    DRAW_SERIES,
    DRAW_STYLE,
    DRAW_X,
    DRAW_Y,
    DRAW_FIRST_BAND,
    DRAW_BANDS = 6,
    DRAW_SHIFT = DRAW_FIRST_BAND + DRAW_BANDS
};

/* A new empty table for a panel. */
struct table *backtest_draw_table(const struct backtest_drawing *job);
/* Appends a point without x; NULL with err filled when out of memory. y NaN is a gap. */
struct table_cell *backtest_draw_point(const struct backtest_drawing *job, struct table *table,
                                       const char *series, const char *style, double y);
/* The authority's name, or how many there are. */
const char *backtest_draw_where(const struct backtest_drawing *job);
/* Completes a chart of one panel by title and alternative text, and adds it. kind: "Chart of .."; numbers:
 * the name of the CSV behind it. */
bool backtest_draw_chart(const struct backtest_drawing *job, struct chart_spec *chart, const char *title,
                         const char *kind, const char *numbers);

/* Fans of a few authorities. */
bool backtest_draw_fans(const struct backtest_drawing *job);

#endif
