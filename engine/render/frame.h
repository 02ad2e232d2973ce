/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/frame.h: the arithmetic of a chart: axes, tick texts, labels that do not touch.
 *
 * Ownership: nothing is allocated; arrays are borrowed. */
#ifndef TURNCURVE_RENDER_FRAME_H
#define TURNCURVE_RENDER_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "render/chart.h"

enum { FRAME_TICKS_MOST = 24, FRAME_TEXT = 48 };

struct frame_axis {
    double low, high; /* low < high */
    double ticks[FRAME_TICKS_MOST];
    char texts[FRAME_TICKS_MOST][FRAME_TEXT];
    int32_t n_ticks;
};

/* An axis for values between low and high (both finite, low <= high, may be equal): 4 to 8 round ticks (1, 2
 * or 5 times a power of ten apart; whole numbers for CHART_COUNT) that cover the values. from_zero starts it
 * at 0 (or below when there are values below 0); otherwise it starts at 0 only when the values reach far down
 * anyway (low < 0.4 high). Example: 1226 to 1475 children -> 1,200 1,250 .. 1,500. */
void frame_value_axis(double low, double high, enum chart_unit unit, bool from_zero, struct frame_axis *axis);

/* An axis in square roots of values from 0 to high (finite, >= 0): positions are roots, texts the values 0
 * and 1, 2 or 5 times a power of ten, where they do not touch. Example: 100 -> 0 1 5 10 20 50 100 at 0 .. 10.
 */
void frame_root_axis(double high, enum chart_unit unit, struct frame_axis *axis);

/* Ticks at ends of March ("Mar 2022"), every 1, 2, 5 .. years so that at most 9 stand; at ends of quarters
 * when there are fewer than two years. low and high of the axis are those given. */
void frame_date_axis(day low, day high, struct frame_axis *axis);

/* A value as it stands on an axis with ticks `step` apart (0: a value by itself): "1,250", "57%", "£1.2m",
 * "£350k". */
void frame_format(double value, enum chart_unit unit, double step, char out[FRAME_TEXT]);

/* Moves n label positions so that they are at least `gap` apart and inside [low, high], each as near to its
 * own place as can be (least squares); the order from low to high stays. When there is no room for all, they
 * are set evenly. at[n] is changed in place. Example: {10, 11} with gap 4 -> {8.5, 12.5}. Method: isotonic
 * regression by pooling neighbours of at[i] - i x gap (Barlow et al. 1972). Cost: O(n^2). n <= 64. */
void frame_spread(double at[], size_t n, double gap, double low, double high);

#endif
