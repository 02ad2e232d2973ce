/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/chart_labels.h: the words beside lines, slices, bars and points. Internal to render/chart.
 *
 * Ownership: labels hold copies of their words. */
#ifndef TURNCURVE_RENDER_CHART_LABELS_H
#define TURNCURVE_RENDER_CHART_LABELS_H

#include "render/chart_panel.h"

enum { CHART_LABELS_MOST = 64 };
/* Line styles of common.gp beyond the list of styles. */
enum { CHART_STYLE_NOT_DRAWN = STYLE_COUNT + 1, CHART_STYLE_BAND_EDGE = STYLE_COUNT + 2 };

struct chart_label {
    double x, y, at; /* the line's end; where the label stands */
    int style;       /* number of the line style in common.gp */
    char words[256];
};

/* Labels in the gutter, for what reaches the right end; a fan adds two for its edges. Returns how many. */
size_t chart_gutter_labels(const struct chart_drawn_panel *panel,
                           struct chart_label labels[CHART_LABELS_MOST]);
/* Labels beside points: values of bars, names of points, ends of lines that stop early. Returns how many. */
size_t chart_inline_labels(const struct chart_drawn_panel *panel,
                           struct chart_label labels[CHART_LABELS_MOST]);
/* The last point of a series with a finite y, NULL when it has none. */
const struct chart_point *chart_last_point(const struct chart_drawn_panel *panel,
                                           const struct chart_series *series);
/* The largest x with a finite y. */
double chart_data_end(const struct chart_drawn_panel *panel);

/* Characters (code points) of a text. */
size_t chart_characters(const char *text);
/* Copies at most `most` characters; a longer text ends in an ellipsis, which counts. The buffer must hold
 * four bytes a character. */
void chart_cut(const char *text, size_t most, char *out, size_t size);
/* Breaks text into at most two lines of at most `most` characters at blanks; what does not fit ends in an
 * ellipsis. lines[1] is "" when one line is enough. most is at most 124. */
void chart_wrap(const char *text, size_t most, char lines[2][256]);

#endif
