/* SPDX-License-Identifier: GPL-3.0-or-later
 * Labels stand at the ends of lines instead of a legend: in the gutter when the line reaches the right end,
 * beside the point otherwise. */
#include "render/chart_labels.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

enum { LABEL_CHARACTERS = 36 };

size_t chart_characters(const char *text)
{
    size_t n = 0;
    for (; *text != '\0'; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80 ? 1 : 0;
    return n;
}

/* Bytes of the first n characters. */
static size_t bytes_of(const char *text, size_t n)
{
    size_t i = 0;
    while (text[i] != '\0') {
        if (((unsigned char)text[i] & 0xC0) != 0x80 && n-- == 0)
            break;
        i++;
    }
    return i;
}

void chart_cut(const char *text, size_t most, char *out, size_t size)
{
    if (chart_characters(text) <= most) {
        str_copy(str_of(text), out, size);
        return;
    }
    const size_t keep = bytes_of(text, most - 1);
    const int n = snprintf(out, size, "%.*s…", (int)keep, text);
    bug_if(n < 0 || (size_t)n >= size);
}

void chart_wrap(const char *text, size_t most, char lines[2][256])
{
    lines[1][0] = '\0';
    if (most > 124)
        most = 124; /* two bytes a character, and room for the ellipsis */
    if (chart_characters(text) <= most) {
        chart_cut(text, most, lines[0], 256);
        return;
    }
    size_t at = bytes_of(text, most + 1);
    while (at > 0 && text[at - 1] != ' ')
        at--;
    if (at == 0)
        at = bytes_of(text, most);
    str_copy(str_trim((struct str){text, at}), lines[0], 256);
    while (text[at] == ' ')
        at++;
    chart_cut(text + at, most, lines[1], 256);
}

static void add_label(struct chart_label labels[], size_t *n, double x, double y, int style,
                      const char *format, ...) __attribute__((format(printf, 6, 7)));
static void add_label(struct chart_label labels[], size_t *n, double x, double y, int style,
                      const char *format, ...)
{
    va_list arguments;
    char words[256];
    if (*n == CHART_LABELS_MOST)
        return;
    va_start(arguments, format);
    const int length = vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    labels[*n] = (struct chart_label){.x = x, .y = y, .at = y, .style = style};
    if (length >= 0 && (size_t)length < sizeof words)
        chart_cut(words, LABEL_CHARACTERS, labels[*n].words, sizeof labels[*n].words);
    (*n)++;
}

const struct chart_point *chart_last_point(const struct chart_drawn_panel *panel,
                                           const struct chart_series *series)
{
    for (size_t i = series->first + series->n; i-- > series->first;)
        if (isfinite(panel->points[i].y))
            return &panel->points[i];
    return NULL;
}

double chart_data_end(const struct chart_drawn_panel *panel)
{
    double high = -(double)INFINITY;
    for (size_t i = 0; i < panel->n_points; i++)
        if (isfinite(panel->points[i].y))
            high = fmax(high, panel->points[i].x);
    return high;
}

/* True for a point at the right end; with categories, anywhere in the last one. */
static bool is_at_end(const struct chart_drawn_panel *panel, const struct chart_point *point, double right)
{
    return panel->n_categories > 0 ? point->x > (double)panel->n_categories - 0.5 : point->x >= right;
}

/* Labels in the gutter, for what reaches the right end. */
size_t chart_gutter_labels(const struct chart_drawn_panel *panel,
                           struct chart_label labels[CHART_LABELS_MOST])
{
    size_t n = 0;
    char value[FRAME_TEXT];
    const double right = chart_data_end(panel);
    if (panel->spec->shape == CHART_BARS)
        return 0;
    for (size_t s = 0; s < panel->n_series; s++) {
        const struct chart_series *series = &panel->series[s];
        const struct chart_point *point = chart_last_point(panel, series);
        if (series->words[0] == '\0' || point == NULL || !is_at_end(panel, point, right) ||
            chart_style_kind(series->style) == STYLE_KIND_POINT)
            continue;
        const bool slice = chart_style_kind(series->style) == STYLE_KIND_AREA;
        if (slice && point->box[3] - point->box[2] <= 0.0)
            continue;
        const double x = slice ? point->box[1] : point->x;
        const double y = slice ? (point->box[2] + point->box[3]) / 2 : point->y;
        frame_format(point->y, panel->spec->unit, 0.0, value);
        const bool with_value = panel->spec->label_with_value;
        add_label(labels, &n, x, y, (int)series->style + 1, "%s%s%s", series->words, with_value ? " " : "",
                  with_value ? value : "");
        if (series->has_fan && panel->spec->shape == CHART_LINES && isfinite(point->bands[1]) &&
            isfinite(point->bands[4])) {
            frame_format(point->bands[4], panel->spec->unit, 0.0, value);
            add_label(labels, &n, x, point->bands[4], CHART_STYLE_BAND_EDGE, "1 in 10 above %s", value);
            frame_format(point->bands[1], panel->spec->unit, 0.0, value);
            add_label(labels, &n, x, point->bands[1], CHART_STYLE_BAND_EDGE, "1 in 10 below %s", value);
        }
    }
    return n;
}

/* Labels beside points: values of bars, names of points, ends of lines that stop early. */
size_t chart_inline_labels(const struct chart_drawn_panel *panel,
                           struct chart_label labels[CHART_LABELS_MOST])
{
    size_t n = 0;
    char value[FRAME_TEXT];
    const double right = chart_data_end(panel);
    for (size_t s = 0; s < panel->n_series; s++) {
        const struct chart_series *series = &panel->series[s];
        const struct chart_point *point = chart_last_point(panel, series);
        if (point == NULL || series->words[0] == '\0' || (series->is_mark && is_at_end(panel, point, right)))
            continue;
        const bool bar = panel->spec->shape == CHART_BARS;
        frame_format(bar ? point->x : point->y, panel->spec->unit, 0.0, value);
        if (bar)
            add_label(labels, &n, point->x, point->y, (int)series->style + 1, "%s%s%s", series->note,
                      series->note[0] != '\0' ? ": " : "", value);
        else if (chart_style_kind(series->style) == STYLE_KIND_POINT ||
                 (chart_style_kind(series->style) == STYLE_KIND_LINE && !is_at_end(panel, point, right)))
            add_label(labels, &n, point->x, point->y, (int)series->style + 1, "%s%s%s", series->words,
                      panel->spec->label_with_value ? " " : "", panel->spec->label_with_value ? value : "");
    }
    return n;
}
