/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything that is drawn is a point with an x and a y in the axes' own units; slices of bars are boxes
 * heaped up in the order of the series. Steps become corners, so that lines and fans need no second way of
 * drawing. */
#include "render/chart_panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

/* Width of a bar as a share of the distance to the next, and of a bar that stands alone in days. */
static const double bar_share = 0.82;
static const double lone_bar_days = 60.0;
static const double pence_a_pound = 100.0;

static const struct {
    const char *name;
    enum chart_style_kind kind;
    int32_t every;
} styles[] = {
#define STYLE(member, name, kind, every) {name, STYLE_KIND_##kind, every},
#include "render/chart_style.def"
#undef STYLE
};

static const char *const band_names[CHART_BANDS] = {"p025", "p10", "p25", "p75", "p90", "p975"};

struct places {
    size_t series, style, x, y, shift, bands[CHART_BANDS]; /* columns; n_columns: none */
};

enum chart_style_kind chart_style_kind(enum chart_style style)
{
    return styles[style].kind;
}

int32_t chart_style_every(enum chart_style style)
{
    return styles[style].every;
}

void chart_panel_free(struct chart_drawn_panel *panel)
{
    free(panel->points);
    *panel = (struct chart_drawn_panel){0};
}

static double number(const struct table *table, size_t row, size_t column)
{
    if (column >= table->n_columns)
        return (double)NAN;
    const struct table_cell *cell = table_at(table, row, column);
    switch (cell->kind) {
    case CELL_INTEGER:
        return (double)cell->as.integer;
    case CELL_REAL:
        return cell->as.real;
    case CELL_GBP:
        return (double)cell->as.integer / pence_a_pound;
    case CELL_DAY:
        return cell->as.date;
    case CELL_EMPTY:
    case CELL_TEXT:
        break;
    }
    return (double)NAN;
}

static const char *words(const struct table *table, size_t row, size_t column)
{
    const struct table_cell *cell = table_at(table, row, column);
    return cell->kind == CELL_TEXT ? cell->as.text : "";
}

static bool find_columns(const struct table *table, const char *chart, bool needs_x, struct places *out,
                         struct err *err)
{
    out->series = table_column_index(table, "series");
    out->style = table_column_index(table, "style");
    out->x = table_column_index(table, "x");
    out->y = table_column_index(table, "y");
    out->shift = table_column_index(table, "shift");
    for (size_t b = 0; b < CHART_BANDS; b++)
        out->bands[b] = table_column_index(table, band_names[b]);
    const size_t none = table->n_columns;
    if (out->series == none || out->style == none || out->y == none || (needs_x && out->x == none))
        return err_set(err, ERR_INTERNAL, "the data of the chart %s lack series, style, x or y", chart);
    return true;
}

static bool find_style(const char *name, const char *chart, enum chart_style *out, struct err *err)
{
    for (int s = 0; s < STYLE_COUNT; s++)
        if (strcmp(styles[s].name, name) == 0) {
            *out = (enum chart_style)s;
            return true;
        }
    return err_set(err, ERR_INTERNAL, "the chart %s asks for an unknown style %s", chart, name);
}

static bool category(struct chart_drawn_panel *panel, const char *text, const char *chart, double *out,
                     struct err *err)
{
    size_t i = 0;
    while (i < panel->n_categories && strcmp(panel->categories[i], text) != 0)
        i++;
    if (i == CHART_CATEGORIES_MOST)
        return err_set(err, ERR_INTERNAL, "the chart %s has more than %d categories", chart,
                       CHART_CATEGORIES_MOST);
    panel->categories[i] = text;
    if (i == panel->n_categories)
        panel->n_categories++;
    *out = (double)(i + 1);
    return true;
}

/* Begins a series when the row's words or style differ from the row before; bars are a series each. */
static bool take_series(struct chart_drawn_panel *panel, const struct places *at, size_t row,
                        const char *chart, struct err *err)
{
    const struct table *table = panel->spec->data;
    const char *label = words(table, row, at->series);
    enum chart_style style = STYLE_HISTORY;
    if (!find_style(words(table, row, at->style), chart, &style, err))
        return false;
    struct chart_series *last = panel->n_series == 0 ? NULL : &panel->series[panel->n_series - 1];
    if (last != NULL && panel->spec->shape != CHART_BARS && last->style == style &&
        strcmp(last->words, label) == 0)
        return true;
    if (panel->n_series == CHART_SERIES_MOST)
        return err_set(err, ERR_INTERNAL, "the chart %s has more than %d series", chart, CHART_SERIES_MOST);
    const enum chart_style_kind kind = styles[style].kind;
    panel->series[panel->n_series++] = (struct chart_series){
        .words = label,
        .note = panel->spec->shape == CHART_BARS && at->x < table->n_columns ? words(table, row, at->x) : "",
        .style = style,
        .first = panel->n_points,
        .is_mark = panel->spec->shape == CHART_STACK && kind != STYLE_KIND_AREA,
    };
    return true;
}

static bool take_row(struct chart_drawn_panel *panel, const struct places *at, size_t row, const char *chart,
                     struct err *err)
{
    const struct table *table = panel->spec->data;
    struct chart_point point = {.y = number(table, row, at->y)};
    if (!take_series(panel, at, row, chart, err))
        return false;
    struct chart_series *series = &panel->series[panel->n_series - 1];
    if (panel->spec->shape == CHART_BARS) {
        if (!category(panel, series->words, chart, &point.x, err))
            return false;
    } else if (table_at(table, row, at->x)->kind == CELL_TEXT) {
        const double shift = number(table, row, at->shift);
        if (!category(panel, words(table, row, at->x), chart, &point.x, err))
            return false;
        point.x += isfinite(shift) ? shift : 0.0;
    } else {
        point.x = number(table, row, at->x);
        panel->x_is_date = table_at(table, row, at->x)->kind == CELL_DAY;
        if (!isfinite(point.x))
            return err_set(err, ERR_INTERNAL, "the chart %s has a point without x", chart);
    }
    for (size_t b = 0; b < CHART_BANDS; b++)
        point.bands[b] = number(table, row, at->bands[b]);
    if (panel->spec->roots) {
        bug_if(point.x < 0.0 || point.y < 0.0);
        point.x = sqrt(point.x);
        point.y = sqrt(point.y);
    }
    if (isfinite(point.bands[1]) && isfinite(point.bands[4]))
        series->has_fan = true;
    /* a step: the level before holds until this x */
    if (panel->spec->shape == CHART_STEPS && series->n > 0) {
        struct chart_point corner = panel->points[panel->n_points - 1];
        corner.x = point.x;
        panel->points[panel->n_points++] = corner;
        series->n++;
    }
    panel->points[panel->n_points++] = point;
    series->n++;
    return true;
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Fills xs[n_points] with the different x in order; returns how many. */
static size_t different_x(const struct chart_drawn_panel *panel, double xs[])
{
    size_t n = 0;
    for (size_t i = 0; i < panel->n_points; i++)
        xs[i] = panel->points[i].x;
    qsort(xs, panel->n_points, sizeof *xs, compare_doubles);
    for (size_t i = 0; i < panel->n_points; i++)
        if (n == 0 || xs[i] > xs[n - 1])
            xs[n++] = xs[i];
    return n;
}

static bool heap_slices(struct chart_drawn_panel *panel, struct err *err)
{
    double *xs = vec_new(panel->n_points, sizeof *xs, err);
    double *heights = vec_new(panel->n_points, sizeof *heights, err);
    if (xs == NULL || heights == NULL) {
        free(xs);
        free(heights);
        return false;
    }
    const size_t n = different_x(panel, xs);
    double width = n > 1 ? xs[1] - xs[0] : panel->x_is_date ? lone_bar_days / bar_share : 1.0;
    for (size_t i = 2; i < n; i++)
        width = fmin(width, xs[i] - xs[i - 1]);
    width *= bar_share;
    for (size_t s = 0; s < panel->n_series; s++) {
        const struct chart_series *series = &panel->series[s];
        for (size_t i = series->first; i < series->first + series->n; i++) {
            struct chart_point *point = &panel->points[i];
            size_t k = 0;
            while (k + 1 < n && xs[k] < point->x)
                k++;
            const double slice = series->is_mark || !isfinite(point->y) ? 0.0 : point->y;
            memcpy(point->box,
                   (double[4]){point->x - width / 2, point->x + width / 2, heights[k], heights[k] + slice},
                   sizeof point->box);
            heights[k] += slice;
        }
    }
    panel->x_low = xs[0] - width * 0.7;
    panel->x_high = xs[n - 1] + width * 0.7;
    free(xs);
    free(heights);
    return true;
}

static void place_bars(struct chart_drawn_panel *panel)
{
    const double half = bar_share * 0.45;
    for (size_t i = 0; i < panel->n_points; i++) {
        struct chart_point *point = &panel->points[i];
        const double middle = (double)panel->n_categories - point->x + 1.0; /* the first at the top */
        const double value = isfinite(point->y) ? point->y : 0.0;
        memcpy(point->box, (double[4]){fmin(0.0, value), fmax(0.0, value), middle - half, middle + half},
               sizeof point->box);
        point->x = value;
        point->y = middle;
    }
    panel->y = (struct frame_axis){.low = 0.4, .high = (double)panel->n_categories + 0.6};
    for (size_t i = 0; i < panel->n_categories && i < FRAME_TICKS_MOST; i++) {
        panel->y.ticks[i] = (double)(panel->n_categories - i);
        str_copy(str_of(panel->categories[i]), panel->y.texts[i], FRAME_TEXT);
        panel->y.n_ticks++;
    }
}

static void include(double value, double *low, double *high)
{
    if (isfinite(value)) {
        *low = fmin(*low, value);
        *high = fmax(*high, value);
    }
}

/* The range of values and of x; false when there is no finite value. */
static bool find_range(struct chart_drawn_panel *panel, double *low, double *high)
{
    double x_low = (double)INFINITY;
    double x_high = -(double)INFINITY;
    *low = (double)INFINITY;
    *high = -(double)INFINITY;
    const bool bars = panel->spec->shape == CHART_BARS;
    for (size_t i = 0; i < panel->n_points; i++) {
        const struct chart_point *point = &panel->points[i];
        include(point->x, &x_low, &x_high);
        include(bars ? point->x : point->y, low, high);
        if (panel->spec->shape == CHART_STACK)
            include(point->box[3], low, high);
        for (size_t b = 0; b < CHART_BANDS && !bars; b++)
            include(point->bands[b], low, high);
    }
    if (panel->spec->shape != CHART_STACK) {
        panel->x_low = x_low;
        panel->x_high = x_high;
    }
    return *low <= *high;
}

static void category_axis(struct chart_drawn_panel *panel)
{
    /* points stand in the middle of their category; bars have set the ends themselves */
    if (panel->spec->shape != CHART_STACK) {
        panel->x_low = fmin(panel->x_low, 0.5);
        panel->x_high = fmax(panel->x_high, (double)panel->n_categories + 0.5);
    }
    panel->x = (struct frame_axis){.low = panel->x_low, .high = panel->x_high};
    for (size_t i = 0; i < panel->n_categories && i < FRAME_TICKS_MOST; i++) {
        panel->x.ticks[i] = (double)(i + 1);
        str_copy(str_of(panel->categories[i]), panel->x.texts[i], FRAME_TEXT);
        panel->x.n_ticks++;
    }
}

static bool set_axes(struct chart_drawn_panel *panel, const char *chart, struct err *err)
{
    double low = 0.0;
    double high = 0.0;
    const enum chart_shape shape = panel->spec->shape;
    if (!find_range(panel, &low, &high))
        return err_set(err, ERR_INTERNAL, "the chart %s has no values", chart);
    if (panel->spec->roots) {
        frame_root_axis(panel->x_high * panel->x_high, CHART_COUNT, &panel->x);
        frame_root_axis(high * high, panel->spec->unit, &panel->y);
        panel->x_low = 0.0;
        panel->x_high = panel->x.high;
        return true;
    }
    if (shape == CHART_BARS) {
        frame_value_axis(low, high, panel->spec->unit, true, &panel->x);
        return true;
    }
    const bool from_zero = panel->spec->from_zero || shape == CHART_STACK || shape == CHART_STEPS;
    frame_value_axis(low, high, panel->spec->unit, from_zero, &panel->y);
    if (panel->n_categories > 0) {
        category_axis(panel);
    } else if (panel->x_is_date) {
        const double room = panel->x_high > panel->x_low ? 0.0 : 1.0; /* one date: a day on both sides */
        frame_date_axis((day)floor(panel->x_low - room), (day)ceil(panel->x_high + room), &panel->x);
    } else {
        frame_value_axis(panel->x_low, panel->x_high, CHART_COUNT,
                         shape == CHART_STEPS || shape == CHART_POINTS, &panel->x);
        panel->x_high = panel->x.high;
    }
    panel->x_low = panel->x.low;
    panel->x_high = fmax(panel->x_high, panel->x.low + 1e-9);
    return true;
}

bool chart_panel_make(struct chart_drawn_panel *out, const struct chart_panel *spec, const char *chart,
                      struct err *err)
{
    struct places at;
    const struct table *table = spec->data;
    *out = (struct chart_drawn_panel){.spec = spec};
    if (!find_columns(table, chart, spec->shape != CHART_BARS, &at, err))
        return false;
    /* a step adds a corner to each point */
    out->points = vec_new(2 * table->n_rows, sizeof *out->points, err);
    bool ok = out->points != NULL;
    for (size_t row = 0; ok && row < table->n_rows; row++)
        ok = take_row(out, &at, row, chart, err);
    if (ok && out->n_points == 0)
        ok = err_set(err, ERR_INTERNAL, "the chart %s has no data", chart);
    if (ok && spec->shape == CHART_STACK)
        ok = heap_slices(out, err);
    if (ok && spec->shape == CHART_BARS)
        place_bars(out);
    ok = ok && set_axes(out, chart, err);
    if (!ok)
        chart_panel_free(out);
    return ok;
}
