/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/card_curve.h: the curve at the top of a report card.
 *
 * Ownership: a curve owns its table and texts; card_curve_free releases it. It is not moved once made. */
#ifndef TURNCURVE_APP_CARD_CURVE_H
#define TURNCURVE_APP_CARD_CURVE_H

#include "app/card_forecast.h"
#include "render/chart.h"

/* Pixels of the drawing and of its place on the sheet: 186 mm are 703 pixels of 1/96 inch, so that letters of
 * 12 pixels are printed at 10 points. */
enum {
    CARD_CURVE_WIDTH = 632,
    CARD_CURVE_HEIGHT = 212,
    CARD_CURVE_SHOWN = 703,
    CARD_CURVE_SHOWN_HEIGHT = 236
};

struct card_curve {
    struct table table;
    struct arena texts;
    struct chart_spec spec;
};

/* History of five years, the frozen baseline, what is expected with the plan (without one: if nothing
 * changes) with its fan, and the plan's targets. name: of the files. */
bool card_curve_make(struct card_curve *out, const struct card_forecast *forecast, const char *name,
                     struct err *err);
void card_curve_free(struct card_curve *curve);

#endif
