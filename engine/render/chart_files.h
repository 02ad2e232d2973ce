/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/chart_files.h: a chart's layout and the data files that its script reads. Internal to render/chart.
 *
 * Ownership: everything is borrowed.
 *
 * Files, tabs between fields, NaN for no number, in the working folder; NAME is the chart's, P the panel, 1
 * or 2:
 *
 *   NAME-texts.tsv    one row: two lines of title, two of subtitle, source, words left and right of the rule
 *   NAME-frame.tsv    one row: width, height, panels, x of the rule (far left: none), y of each text in
 * pixels from the top: two titles, two subtitles, source; height of the flags below the axis, how many
 *   NAME-flags.tsv    place, pixels from the axis to the words, y of the axis, words of each flag
 *   NAME-panelP.tsv   one row: left, right, top, bottom
 * in pixels; x low, x high, end of data, y low, y high; y of the axis titles in pixels NAME-listsP.tsv   one
 * row of lists with blanks between: style of each series; which series are areas, fans, lines, marked; steps
 * between markers of each; which are points; style of each gutter label; x title, y title NAME-dataP.tsv    a
 * block a series, two blank lines between: x, y, p025, p10, p25, p75, p90, p975, x low, x high, y low, y high
 * of a box NAME-xticksP.tsv  place, text; also NAME-yticksP.tsv NAME-gutterP.tsv  x and y of a line's end, y
 * of its label, text NAME-inlineP.tsv  x, y, text right of the point; NAME-inlinerP.tsv: left of it */
#ifndef TURNCURVE_RENDER_CHART_FILES_H
#define TURNCURVE_RENDER_CHART_FILES_H

#include "render/chart_panel.h"

/* Writes all files of a chart into a folder. */
bool chart_files_write(const struct chart_spec *spec, const struct chart_drawn_panel panels[],
                       const char *folder, struct err *err);

#endif
