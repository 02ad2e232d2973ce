/* SPDX-License-Identifier: GPL-3.0-or-later
 * The layout is in pixels of a 960 x 540 picture, counted from its top left corner; scripts turn them into
 * gnuplot's fractions. Widths of texts are estimated generously, because the reader's machine picks the font.
 */
#include "render/chart_files.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/chart_flags.h"
#include "render/chart_labels.h"
#include "render/plot_file.h"

enum { CANVAS_WIDTH = 960, CANVAS_HEIGHT = 540, TITLE_CHARACTERS = 80, SUBTITLE_CHARACTERS = 124 };
static const double character_px = 7.9; /* of a 13 px sans serif, DejaVu Sans being among the wide ones */
static const double line_px = 17.0;     /* between labels: 1.2 lines and a little */
static const double stub_px = 24.0;     /* from the end of a line to its label */
static const double no_rule = -1e9; /* a place left of every axis: gnuplot takes a row with NaN for no row */
static const double edge_px = 16.0; /* round the whole picture */
static const double title_line_px = 25.0;
static const double subtitle_line_px = 19.0;
static const double ticks_px = 24.0; /* under an axis */
static const double axis_title_px = 20.0;
static const double flag_line_px = 15.0; /* a level of flags */
static const double flags_edge_px = 6.0; /* below the flags */

struct layout {
    double width, height;
    double left, right, top[2], bottom[2], y_title[2], x_title[2];
    double title[2], subtitle[2], source;
    char titles[2][256], subtitles[2][256];
    struct chart_placed_flag flags[CHART_FLAGS_MOST];
    size_t n_flags;
    double flags_height; /* between axis and tick texts */
};

/* ---- layout ---- */

static double widest(const struct chart_label labels[], size_t n)
{
    size_t most = 0;
    for (size_t i = 0; i < n; i++)
        most = chart_characters(labels[i].words) > most ? chart_characters(labels[i].words) : most;
    return (double)most * character_px;
}

static double widest_tick(const struct frame_axis *axis)
{
    size_t most = 0;
    for (int32_t i = 0; i < axis->n_ticks; i++)
        most = chart_characters(axis->texts[i]) > most ? chart_characters(axis->texts[i]) : most;
    return (double)most * character_px;
}

/* The right end of the x axis: room behind the data for the stubs of labels. */
static double axis_end(const struct chart_drawn_panel *panel, size_t n_gutter, double width)
{
    return n_gutter == 0 ? panel->x_high
                         : panel->x_high + stub_px / (width - stub_px) * (panel->x_high - panel->x_low);
}

static void place_flags(const struct chart_spec *spec, const struct chart_drawn_panel *panel, size_t n_gutter,
                        struct layout *out)
{
    int32_t levels = 0;
    const double width = out->right - out->left;
    const double end = axis_end(panel, n_gutter, width);
    out->n_flags = chart_flags_place(spec->flags, spec->n_flags, panel->x_low, panel->x_high,
                                     width / (end - panel->x_low), out->flags, &levels);
    out->flags_height = levels == 0 ? 0.0 : levels * flag_line_px + flags_edge_px;
}

/* Title and subtitle from the top; returns where they end. */
static double place_titles(const struct chart_spec *spec, struct layout *out)
{
    double y = edge_px + 12.0;
    chart_wrap(spec->title, TITLE_CHARACTERS, out->titles);
    chart_wrap(spec->subtitle, SUBTITLE_CHARACTERS, out->subtitles);
    out->title[0] = y;
    y += out->titles[1][0] != '\0' ? title_line_px : 0.0;
    out->title[1] = y;
    out->subtitle[0] = y += subtitle_line_px + 6.0;
    y += out->subtitles[1][0] != '\0' ? subtitle_line_px : 0.0;
    out->subtitle[1] = y;
    return y;
}

static void lay_out(const struct chart_spec *spec, const struct chart_drawn_panel panels[],
                    struct layout *out)
{
    struct chart_label labels[CHART_LABELS_MOST];
    const double width = spec->width > 0 ? spec->width : CANVAS_WIDTH;
    const double height = spec->height > 0 ? spec->height : CANVAS_HEIGHT;
    const double edge = spec->is_bare ? 2.0 : edge_px;
    *out = (struct layout){.width = width, .height = height, .left = 40.0, .right = width - edge - 14.0};
    double y = spec->is_bare ? -14.0 : place_titles(spec, out);
    out->source = height - 14.0;
    for (size_t p = 0; p < spec->n_panels; p++) {
        const struct chart_drawn_panel *panel = &panels[p];
        const size_t n = chart_gutter_labels(panel, labels);
        out->left = fmax(out->left, edge + 10.0 + widest_tick(&panel->y));
        if (n > 0)
            out->right = fmin(out->right, width - edge - widest(labels, n));
        if (panel->spec->shape == CHART_BARS)
            out->right = fmin(out->right, width - edge - 5 * character_px);
    }
    if (spec->n_flags > 0)
        place_flags(spec, &panels[0], chart_gutter_labels(&panels[0], labels), out);
    const double bottom = height - (spec->is_bare ? 4.0 : 38.0);
    const double room = bottom - y;
    for (size_t p = 0; p < spec->n_panels; p++) {
        const double share = spec->n_panels == 1 ? 1.0 : p == 0 ? 0.58 : 0.42;
        const bool x_title = panels[p].spec->x_title != NULL;
        const double flags = p == 0 ? out->flags_height : 0.0;
        const bool y_title = panels[p].spec->y_title[0] != '\0';
        out->y_title[p] = y + 24.0;
        /* words beside the rule stand on a line of their own between axis title and axis */
        out->top[p] = y + (y_title ? 40.0 : 22.0) + (spec->now != DAY_NONE && p == 0 ? line_px : 0.0);
        y += share * room;
        out->x_title[p] = y;
        out->bottom[p] = y - ticks_px - (x_title ? axis_title_px : 0.0) - flags;
    }
}

/* ---- files ---- */

static bool write_texts(const struct chart_spec *spec, const struct layout *layout, const char *folder,
                        struct err *err)
{
    FILE *file = plot_file_create(folder, spec->name, "texts", 0, err);
    if (file == NULL)
        return false;
    const bool ruled = spec->now != DAY_NONE;
    const bool ok =
        plot_file_text(file, layout->titles[0], '\t') && plot_file_text(file, layout->titles[1], '\t') &&
        plot_file_text(file, layout->subtitles[0], '\t') &&
        plot_file_text(file, layout->subtitles[1], '\t') &&
        plot_file_text(file, spec->is_bare ? "" : spec->source, '\t') &&
        plot_file_text(file, ruled ? spec->now_text : "", '\t') &&
        plot_file_text(file, ruled ? "forecast" : "", '\t') && plot_file_text(file, PLOT_FILE_ROW_END, '\n');
    return plot_file_end(file, ok, spec->name, err);
}

static bool write_frame(const struct chart_spec *spec, const struct layout *layout, const char *folder,
                        struct err *err)
{
    FILE *file = plot_file_create(folder, spec->name, "frame", 0, err);
    if (file == NULL)
        return false;
    const double values[] = {layout->width,          layout->height,
                             (double)spec->n_panels, spec->now == DAY_NONE ? no_rule : (double)spec->now,
                             layout->title[0],       layout->title[1],
                             layout->subtitle[0],    layout->subtitle[1],
                             layout->source,         layout->flags_height,
                             (double)layout->n_flags};
    return plot_file_end(file, plot_file_numbers(file, values, sizeof values / sizeof values[0]), spec->name,
                         err);
}

/* The flags: place on the axis, pixels from the axis to the words, the words. */
static bool write_flags(const struct chart_spec *spec, const struct layout *layout, const char *folder,
                        struct err *err)
{
    FILE *file = plot_file_create(folder, spec->name, "flags", 0, err);
    if (file == NULL)
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < layout->n_flags; i++) {
        const struct chart_placed_flag *flag = &layout->flags[i];
        ok = plot_file_number(file, flag->at, '\t') &&
             plot_file_number(file, (flag->level - 0.35) * flag_line_px, '\t') &&
             plot_file_number(file, layout->bottom[0], '\t') && plot_file_text(file, flag->words, '\t') &&
             plot_file_text(file, PLOT_FILE_ROW_END, '\n');
    }
    return plot_file_end(file, ok, spec->name, err);
}

/* Every how many ticks have words, so that neighbours do not touch in a picture that is not as wide as usual.
 */
static int32_t tick_step(const struct frame_axis *axis, double width_px)
{
    int32_t step = 1;
    while (step < axis->n_ticks &&
           widest_tick(axis) > width_px * (axis->ticks[axis->n_ticks - 1] - axis->ticks[0]) /
                                   (axis->high - axis->low) / (double)(axis->n_ticks - 1) * (double)step)
        step++;
    return step;
}

static bool write_ticks(const struct frame_axis *axis, int32_t step, const char *what, int p,
                        const struct chart_spec *spec, const char *folder, struct err *err)
{
    FILE *file = plot_file_create(folder, spec->name, what, p, err);
    if (file == NULL)
        return false;
    bool ok = true;
    for (int32_t i = 0; ok && i < axis->n_ticks; i++)
        ok = plot_file_number(file, axis->ticks[i], '\t') &&
             plot_file_text(file, i % step == 0 ? axis->texts[i] : "", '\n');
    return plot_file_end(file, ok, spec->name, err);
}

static bool write_data(const struct chart_drawn_panel *panel, int p, const struct chart_spec *spec,
                       const char *folder, struct err *err)
{
    FILE *file = plot_file_create(folder, spec->name, "data", p, err);
    if (file == NULL)
        return false;
    bool ok = true;
    for (size_t s = 0; ok && s < panel->n_series; s++) {
        const struct chart_series *series = &panel->series[s];
        ok = s == 0 || fputs("\n\n", file) >= 0;
        for (size_t i = series->first; ok && i < series->first + series->n; i++) {
            const struct chart_point *point = &panel->points[i];
            ok = plot_file_number(file, point->x, '\t') && plot_file_number(file, point->y, '\t');
            for (size_t b = 0; ok && b < CHART_BANDS; b++)
                ok = plot_file_number(file, point->bands[b], '\t');
            ok = ok && plot_file_numbers(file, point->box, 4);
        }
    }
    /* the point that is not drawn, which stands for "none" in a list */
    const double x = panel->spec->shape == CHART_BARS ? panel->x.low : panel->x_low;
    const double y = panel->y.low;
    const double nothing[] = {x, y, y, y, y, y, y, y, x, x, y, y};
    ok = ok && fputs("\n\n", file) >= 0 &&
         plot_file_numbers(file, nothing, sizeof nothing / sizeof nothing[0]);
    return plot_file_end(file, ok, spec->name, err);
}

enum list { LIST_STYLES, LIST_AREAS, LIST_FANS, LIST_LINES, LIST_MARKED, LIST_EVERY, LIST_POINTS };

/* How many steps lie between markers: fewer than 15 points all have one; yearly points too. */
static int32_t marker_step(const struct chart_drawn_panel *panel, const struct chart_series *series)
{
    enum { FEW_POINTS = 15 };
    const int32_t every = chart_style_every(series->style);
    const bool context = series->style == STYLE_CONTEXT || series->style == STYLE_LIMIT95 ||
                         series->style == STYLE_LIMIT998 || series->style == STYLE_MIDDLE;
    if (series->is_mark)
        return 1;
    if (panel->spec->shape != CHART_LINES || context)
        return series->n == 1 ? 1 : 0;
    return series->n < FEW_POINTS ? 1 : every;
}

static bool in_list(const struct chart_drawn_panel *panel, const struct chart_series *series, enum list list)
{
    const enum chart_style_kind kind = chart_style_kind(series->style);
    switch (list) {
    case LIST_STYLES:
    case LIST_EVERY:
        break; /* all series */
    case LIST_AREAS:
        return kind == STYLE_KIND_AREA;
    case LIST_FANS:
        return series->has_fan;
    case LIST_LINES:
        return kind == STYLE_KIND_LINE && !series->is_mark && series->n > 1;
    case LIST_MARKED:
        return kind == STYLE_KIND_LINE && marker_step(panel, series) > 0;
    case LIST_POINTS:
        return kind == STYLE_KIND_POINT;
    }
    return true;
}

static bool put_list(FILE *file, const struct chart_drawn_panel *panel, enum list list)
{
    bool ok = true;
    const bool for_each = list == LIST_STYLES || list == LIST_EVERY;
    const char *before = "";
    for (size_t s = 0; ok && s < panel->n_series; s++) {
        const struct chart_series *series = &panel->series[s];
        const int number = (int)s + 1;
        if (!for_each && (!in_list(panel, series, list) || chart_last_point(panel, series) == NULL))
            continue;
        const int32_t every = marker_step(panel, series);
        const int value = list == LIST_STYLES ? (int)series->style + 1 : list == LIST_EVERY ? every : number;
        ok = fprintf(file, "%s%d", before, value < 1 ? 1 : value) > 0;
        before = " ";
    }
    /* the point that is not drawn is the block behind the last series: gnuplot runs a loop over nothing once
     */
    const int nothing = list == LIST_STYLES  ? CHART_STYLE_NOT_DRAWN
                        : list == LIST_EVERY ? 1
                                             : (int)panel->n_series + 1;
    if (ok && (for_each || before[0] == '\0'))
        ok = fprintf(file, "%s%d", before, nothing) > 0;
    return ok && putc('\t', file) != EOF;
}

static bool write_lists(const struct chart_drawn_panel *panel, const struct chart_label gutter[],
                        size_t n_gutter, int p, const struct chart_spec *spec, const char *folder,
                        struct err *err)
{
    FILE *file = plot_file_create(folder, spec->name, "lists", p, err);
    if (file == NULL)
        return false;
    bool ok = true;
    for (int list = LIST_STYLES; ok && list <= LIST_POINTS; list++)
        ok = put_list(file, panel, (enum list)list);
    for (size_t i = 0; ok && i < n_gutter; i++)
        ok = fprintf(file, "%s%d", i == 0 ? "" : " ", gutter[i].style) > 0;
    if (n_gutter == 0)
        ok = ok && fprintf(file, "%d", CHART_STYLE_NOT_DRAWN) > 0;
    ok = ok && putc('\t', file) != EOF;
    char y_title[160];
    snprintf(y_title, sizeof y_title, "%s%s", panel->spec->y_title,
             panel->spec->shape != CHART_BARS && panel->y.low > 0.0 ? " (the axis does not start at 0)" : "");
    ok = ok && plot_file_text(file, panel->spec->x_title, '\t') && plot_file_text(file, y_title, '\t') &&
         plot_file_text(file, PLOT_FILE_ROW_END, '\n');
    return plot_file_end(file, ok, spec->name, err);
}

enum side { SIDE_GUTTER, SIDE_RIGHT, SIDE_LEFT };

/* `corner` is where an empty label goes when there is none: gnuplot warns of files without points. */
static bool write_labels(const struct chart_label labels[], size_t n, enum side side, double middle,
                         const double corner[2], int p, const struct chart_spec *spec, const char *folder,
                         struct err *err)
{
    static const char *const names[] = {"gutter", "inline", "inliner"};
    FILE *file = plot_file_create(folder, spec->name, names[side], p, err);
    if (file == NULL)
        return false;
    bool ok = true;
    size_t written = 0;
    for (size_t i = 0; ok && i < n; i++) {
        const bool is_left = isinf(middle) ? labels[i].x < 0 : labels[i].x > middle; /* bars: of 0 */
        if (side != SIDE_GUTTER && is_left != (side == SIDE_LEFT))
            continue;
        ok = plot_file_number(file, labels[i].x, '\t') && plot_file_number(file, labels[i].y, '\t') &&
             (side != SIDE_GUTTER || plot_file_number(file, labels[i].at, '\t')) &&
             plot_file_text(file, labels[i].words, '\n');
        written++;
    }
    if (ok && written == 0)
        ok = plot_file_number(file, corner[0], '\t') && plot_file_number(file, corner[1], '\t') &&
             (side != SIDE_GUTTER || plot_file_number(file, corner[1], '\t')) &&
             plot_file_text(file, " ", '\n');
    return plot_file_end(file, ok, spec->name, err);
}

static void spread_labels(struct chart_label labels[], size_t n, const struct chart_drawn_panel *panel,
                          double height_px)
{
    double at[CHART_LABELS_MOST];
    const double unit = (panel->y.high - panel->y.low) / height_px; /* of the axis, a pixel */
    for (size_t i = 0; i < n; i++)
        at[i] = labels[i].y;
    frame_spread(at, n, line_px * unit, panel->y.low, panel->y.high);
    for (size_t i = 0; i < n; i++)
        labels[i].at = at[i];
}

static bool write_panel(const struct chart_drawn_panel *panel, size_t p, const struct chart_spec *spec,
                        const struct layout *layout, const char *folder, struct err *err)
{
    struct chart_label gutter[CHART_LABELS_MOST];
    struct chart_label inlines[CHART_LABELS_MOST];
    const int number = (int)p + 1;
    const size_t n_gutter = chart_gutter_labels(panel, gutter);
    const size_t n_inline = chart_inline_labels(panel, inlines);
    const double width = layout->right - layout->left;
    const double x_high = axis_end(panel, n_gutter, width);
    /* texts beside points in the right third stand on their left, or they would leave the picture; those of
       bars beyond their ends */
    const double middle =
        panel->spec->shape == CHART_BARS ? (double)INFINITY : panel->x_low + 0.66 * (x_high - panel->x_low);
    spread_labels(gutter, n_gutter, panel, layout->bottom[p] - layout->top[p]);
    const bool bars = panel->spec->shape == CHART_BARS;
    const double corner[2] = {bars ? panel->x.high : x_high, panel->y.low};
    const double values[] = {layout->left,
                             layout->right,
                             layout->top[p],
                             layout->bottom[p],
                             bars ? panel->x.low : panel->x_low,
                             corner[0],
                             chart_data_end(panel),
                             panel->y.low,
                             panel->y.high,
                             layout->x_title[p],
                             layout->y_title[p]};
    FILE *file = plot_file_create(folder, spec->name, "panel", number, err);
    if (file == NULL)
        return false;
    return plot_file_end(file, plot_file_numbers(file, values, sizeof values / sizeof values[0]), spec->name,
                         err) &&
           write_lists(panel, gutter, n_gutter, number, spec, folder, err) &&
           write_data(panel, number, spec, folder, err) &&
           write_ticks(&panel->x, spec->width > 0 ? tick_step(&panel->x, width) : 1, "xticks", number, spec,
                       folder, err) &&
           write_ticks(&panel->y, 1, "yticks", number, spec, folder, err) &&
           write_labels(gutter, n_gutter, SIDE_GUTTER, 0.0, corner, number, spec, folder, err) &&
           write_labels(inlines, n_inline, SIDE_RIGHT, middle, corner, number, spec, folder, err) &&
           write_labels(inlines, n_inline, SIDE_LEFT, middle, corner, number, spec, folder, err);
}

bool chart_files_write(const struct chart_spec *spec, const struct chart_drawn_panel panels[],
                       const char *folder, struct err *err)
{
    struct layout layout;
    lay_out(spec, panels, &layout);
    bool ok = write_texts(spec, &layout, folder, err) && write_frame(spec, &layout, folder, err) &&
              write_flags(spec, &layout, folder, err);
    for (size_t p = 0; ok && p < spec->n_panels; p++)
        ok = write_panel(&panels[p], p, spec, &layout, folder, err);
    return ok;
}
