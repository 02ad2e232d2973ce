/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/chart_flags.h: small flags below a time axis. Internal to render/chart.
 *
 * Ownership: everything is borrowed; placed flags hold copies of their words.
 *
 * Flags of one month are one, with the words of the first and the number of the others: "3A.1 +2". Words
 * stand right of their flag, below the axis, on as many levels as it takes for no word to touch another or
 * the staff of another flag: earlier flags hang deeper. Where that takes more than four levels, neighbours
 * become one flag, too. */
#ifndef TURNCURVE_RENDER_CHART_FLAGS_H
#define TURNCURVE_RENDER_CHART_FLAGS_H

#include "render/chart.h"

enum { CHART_FLAGS_MOST = 256, CHART_FLAG_LEVELS = 4, CHART_FLAG_WORDS = 72 };

struct chart_placed_flag {
    day at;
    int32_t n, level; /* flags in one; 1: nearest to the axis */
    char first[56], words[CHART_FLAG_WORDS];
};

/* Places the flags of an axis from low to high, those outside are left out. flags[n] are in the order of
 * their days. Returns how many stand; *levels is the deepest. Example: on an axis of one pixel a day, "1A" on
 * day 0 and "1B" on day 40, both under 40 pixels wide: one level; on days 0 and 31, two, "1A" at 2. */
size_t chart_flags_place(const struct chart_flag flags[], size_t n, double low, double high,
                         double pixels_a_day, struct chart_placed_flag out[CHART_FLAGS_MOST],
                         int32_t *levels);

#endif
