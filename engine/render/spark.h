/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/spark.h: a line of a few values, small enough to stand in a table, as SVG within the page.
 *
 * Ownership: everything is borrowed; the result is appended to the caller's text.
 *
 * Drawn here and not by gnuplot because a card has a dozen: no axes, no text but the alternative one, colours
 * of the charts (6.2 of the reference: #12436D for the series, #F46A25 dotted for a target). Positions are
 * written with one decimal, so that bytes do not depend on the machine. */
#ifndef TURNCURVE_RENDER_SPARK_H
#define TURNCURVE_RENDER_SPARK_H

#include "base/str.h"

enum { SPARK_WIDTH = 84, SPARK_HEIGHT = 18, SPARK_MOST = 64 };

/* Draws values[n], oldest first, NaN for a gap, with a dot at the last one known; target: a dotted line, NaN
 * none. n <= SPARK_MOST. alt is what it shows in words; it is escaped. Without any value nothing is appended.
 */
bool spark_write(const double values[], size_t n, double target, const char *alt, struct text *out,
                 struct err *err);

#endif
