/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/chart.h: tables as pictures, through gnuplot and the scripts of reports/charts.
 *
 * Ownership: everything is borrowed for the call.
 *
 * A chart is a script, words, and one or two panels of data. C works out everything that needs arithmetic
 * (axis ranges, tick texts, stacked heights, where labels at line ends go so that they do not touch) and
 * hands it to the script as data files; the script holds what an analyst may want to change: colours, dashes,
 * fonts, layout. No text becomes script text. Every chart is written as NAME.svg and NAME.png.
 *
 * The table of a panel has one row a point and these columns, found by name, in any order; only those marked
 * * must be there:
 *
 *   series*   text: the words of the label at the end of the line, of the slice of a bar, or of the bar
 *   style*    text: how it is drawn, a name of render/chart_style.def
 *   x*        CELL_DAY, a number, or a text (a category: categories keep the order of their first
 * appearance); of CHART_BARS a text before the value, "" none y*        a number (CELL_GBP: pence); empty: a
 * gap p025 p10 p25 p75 p90 p975   numbers: a fan round y; empty: none. One series that reaches the right end
 * at most should have one shift    a number: moves a point sideways from the place of its category, in widths
 * of a category
 *
 * Rows of a series stand together, in the order of x. Labels show the series' words and, when the panel asks
 * for it, its last y. The scripts:
 *
 *   turning_the_curve  CHART_LINES  history, baseline, best, likely, worst; a fan; targets
 *   card_curve         CHART_LINES  the same for a report card
 *   entries_exits      CHART_LINES  flows; history solid, forecast dashed (styles ending in _forecast)
 *   stock              CHART_LINES  two panels: the stock above, entries and exits below
 *   rate               CHART_LINES  own rate (own), neighbours (context), England (england)
 *   duration           CHART_STEPS  share still in care by months since entry; p10 and p90 are limits
 *   mix                CHART_STACK  children by group over time (placements, ages, legal status)
 *   cost               CHART_STACK  pounds by group a year (x: text), marks (best, likely, worst) for totals
 *   bars               CHART_BARS   one bar a row, longest first: reasons, routes
 *   tornado            CHART_BARS   two bars a row, from a base at 0: what each end of a range changes
 *   funnel             CHART_POINTS rates by population: all, neighbour, own_point; limits as lines
 *                                   (limit95, limit998, middle); also counts observed by those expected
 *   gantt              rows of a plan over time (render/gantt.h): no panels
 *   pit                CHART_STACK  shares by tenth of a forecast; series with the style of a line are lines
 */
#ifndef TURNCURVE_RENDER_CHART_H
#define TURNCURVE_RENDER_CHART_H

#include "base/log.h"
#include "base/table.h"
#include "render/folder.h"

enum chart_shape {
    CHART_LINES,  /* lines, fans, marks */
    CHART_STEPS,  /* as lines, but level until the next x (survival curves); y from 0 */
    CHART_STACK,  /* bars of slices, first series at the bottom; series with the style of a line become marks
                   */
    CHART_BARS,   /* horizontal bars */
    CHART_POINTS, /* points, and lines for series whose style is a line */
};

enum chart_unit {
    CHART_COUNT,   /* 1,374 */
    CHART_DECIMAL, /* 81.3 */
    CHART_PERCENT, /* y is 0..100: 57% */
    CHART_POUNDS   /* £1.2m, £350k */
};

struct chart_panel {
    const struct table *data;
    enum chart_shape shape;
    enum chart_unit unit;
    const char *y_title;   /* above the axis: "Children" */
    const char *x_title;   /* below the axis, NULL none */
    bool from_zero;        /* the axis starts at 0 whatever the data (always so for bars) */
    bool label_with_value; /* the label at the end of a line carries its last value: "Likely 1,190" */
    bool roots; /* both axes in square roots, from 0: chance then moves every count by the same distance */
};

/* A mark on a time axis: the start of an action. */
struct chart_flag {
    day at;
    const char *words; /* a reference, cut to 12 characters */
};

struct gantt; /* render/gantt.h */

struct chart_spec {
    const char *script;   /* "turning_the_curve" for reports/charts/turning_the_curve.gp */
    const char *name;     /* of the files, without ending: letters, digits, - and _ */
    const char *title;    /* the finding, at most about 130 characters; wrapped on two lines */
    const char *subtitle; /* what, where, when, unit */
    const char *source;   /* data date, model, version */
    const char *alt;      /* alternative text, 2 to 4 sentences */
    day now;              /* a vertical rule: the end of what is known; DAY_NONE none */
    const char *now_text; /* beside the rule, "now: 31 Mar 2022"; NULL none */
    struct chart_panel panels[2];
    size_t n_panels;
    const struct chart_flag *flags; /* below the time axis of the first panel, in the order of their days;
                                       turning_the_curve only */
    size_t n_flags;
    const struct gantt *gantt; /* rows instead of panels (n_panels 0), NULL none */
    int32_t width, height;     /* pixels; 0: 960 x 540. Fonts are 12 and 13 pixels whatever the size */
    bool is_bare; /* title, subtitle and source are not drawn, because the page says them; the alternative
                     text still has the title */
};

struct chart_options {
    const char
        *reports; /* --reports: a folder with charts/NAME.gp to use before the built-in ones; NULL none */
    int32_t processes; /* gnuplot processes at a time, >= 1 */
};

/* Draws charts into a folder. *drawn is false, after one warning, when gnuplot is not installed: the results
 * then have no pictures and that is no failure. Everything else is: a script that is not there
 * (ERR_NO_INPUT), a panel without a finite y or with an unknown style (ERR_INTERNAL), a word of gnuplot on
 * stderr, more than 20 seconds (ERR_IO), ERR_INTERRUPTED. Same input, same bytes. Cost: about 0.2 s of a
 * processor a chart. */
bool chart_draw(struct folder *folder, const struct chart_spec specs[], size_t n_specs,
                const struct chart_options *options, struct log *log, bool *drawn, struct err *err);

#endif
