/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/gantt.h: the rows of a plan over time, as a picture whose height grows with them.
 *
 * Ownership: everything is borrowed for the call that draws.
 *
 * A row has words on the left, a mark on the day it is due (its state by shape and colour), a bar from the
 * earliest to the latest day where the due is a stretch of days (hatched when longer than a month), a hollow
 * mark where it was first due with an arrow to the day that counts now, and a note on the right. Rows without
 * a day are put last, below the time axis, with their note in the place of the bar. Headings part the rows. A
 * chart with a gantt (chart_spec.gantt) uses the script "gantt"; its rule `now` is drawn through all rows.
 * The numbers of states are those of the marks in reports/charts/gantt.gp. */
#ifndef TURNCURVE_RENDER_GANTT_H
#define TURNCURVE_RENDER_GANTT_H

#include "base/date.h"
#include "base/err.h"

struct chart_spec;

enum { GANTT_STATES_MOST = 8 };

struct gantt_row {
    bool is_heading;   /* words only */
    const char *words; /* cut to the column */
    const char *note;  /* "122 days late"; "" none */
    int state;         /* 0 .. n_states - 1 */
    day from, to;      /* first and last day due; DAY_NONE: no day */
    day first;         /* last day of the due as first planned; DAY_NONE: it was not moved */
    bool goes_on;      /* without an end: an arrow from the mark to the right */
};
struct gantt {
    const struct gantt_row *rows;
    size_t n_rows;
    const char *const *states; /* words of the legend, by number */
    size_t n_states;           /* at most GANTT_STATES_MOST */
};

/* Size of the picture of a gantt, in pixels (the PNG has twice as many each way). */
void gantt_size(const struct chart_spec *spec, int32_t *width, int32_t *height);

/* Writes the data files of the script into a folder. In pixels from the top left corner, each with a first
 * row outside the picture, as gnuplot warns of files without rows:
 *
 * NAME-texts.tsv and NAME-frame.tsv as other charts have them, and in a twelfth column of the frame the y of
 * the words of the rule;
 *
 * NAME-lines.tsv: x, y, x and y of the way, kind (1 row, 2 quarter, 3 year, 4 heading, 5 now, 6 goes on);
 *
 * NAME-bars.tsv, NAME-hatched.tsv: x from, x to, y from, y to, state from 1;
 *
 * NAME-marks.tsv: x, y, state; NAME-firsts.tsv: x, y; NAME-moves.tsv: x, y, x and y of the way;
 *
 * NAME-headings.tsv, NAME-rows.tsv, NAME-notes.tsv, NAME-ticks.tsv (centred): x, y, words. */
bool gantt_files_write(const struct chart_spec *spec, const char *folder, struct err *err);

#endif
