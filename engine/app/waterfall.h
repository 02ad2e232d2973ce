/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/waterfall.h: bars that each start where the last one ended, as the table of
 * reports/charts/waterfall.gp.
 *
 * Ownership: steps are plain values; the table is the caller's. */
#ifndef TURNCURVE_APP_WATERFALL_H
#define TURNCURVE_APP_WATERFALL_H

#include "base/table.h"

enum { WATERFALL_LABEL = 64, WATERFALL_STEPS = 16 };

struct waterfall {
    struct {
        char label[WATERFALL_LABEL];
        double from, to;
        bool is_total;
    } steps[WATERFALL_STEPS];
    size_t n;
};

/* A total, which stands on the floor. Beyond WATERFALL_STEPS nothing is added. */
void waterfall_total(struct waterfall *waterfall, double to, const char *label);
/* A step of a size from where the last one ended. */
void waterfall_step(struct waterfall *waterfall, double size, const char *label);
/* Fills an empty table. A waterfall that begins with a step begins at 0, and its totals stand there.
 * Otherwise the floor lies below the lowest end by half the height of the steps, at 0 at least. */
bool waterfall_table(struct table *table, const char *name, const struct waterfall *waterfall,
                     struct err *err);

#endif
