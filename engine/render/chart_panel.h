/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/chart_panel.h: a panel's table as numbers to draw. Internal to render/chart.
 *
 * Ownership: a panel owns its arrays and borrows its texts from the table; chart_panel_free releases it. */
#ifndef TURNCURVE_RENDER_CHART_PANEL_H
#define TURNCURVE_RENDER_CHART_PANEL_H

#include "render/chart.h"
#include "render/frame.h"

enum chart_style {
#define STYLE(member, name, kind, every) STYLE_##member,
#include "render/chart_style.def"
#undef STYLE
    STYLE_COUNT
};

enum chart_style_kind { STYLE_KIND_LINE, STYLE_KIND_POINT, STYLE_KIND_AREA };

enum { CHART_BANDS = 6, CHART_SERIES_MOST = 64, CHART_CATEGORIES_MOST = 64 };

struct chart_point {
    double x, y;               /* NaN y: a gap */
    double bands[CHART_BANDS]; /* p025 p10 p25 p75 p90 p975, NaN: none */
    double box[4];             /* x low, x high, y low, y high of a slice or bar */
};

struct chart_series {
    const char *words; /* "": no label */
    const char *note;  /* of a bar, before its value; "" none */
    enum chart_style style;
    size_t first, n; /* points */
    bool has_fan;
    bool is_mark; /* a line's style in a stack: points only */
};

struct chart_drawn_panel {
    const struct chart_panel *spec;
    struct chart_point *points;
    size_t n_points;
    struct chart_series series[CHART_SERIES_MOST];
    size_t n_series;
    const char *categories[CHART_CATEGORIES_MOST]; /* texts of x, or of bars */
    size_t n_categories;
    bool x_is_date;
    double x_low, x_high;   /* of the data, bars' widths included */
    struct frame_axis x, y; /* for CHART_BARS, x is the value axis and y the categories */
};

/* What a style draws: a line, a band, points. */
enum chart_style_kind chart_style_kind(enum chart_style style);
/* Months between markers, 0 none. */
int32_t chart_style_every(enum chart_style style);

/* Reads the table and works out slices, steps and axes. ERR_INTERNAL for a column, style or value that is
 * missing. */
bool chart_panel_make(struct chart_drawn_panel *out, const struct chart_panel *spec, const char *chart,
                      struct err *err);
void chart_panel_free(struct chart_drawn_panel *panel);

#endif
