/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/seek.h: where a nearly monotone function with a little noise crosses zero.
 *
 * Ownership: nothing is allocated.
 *
 * For questions such as "how many fewer entries reach the target?", where each look costs a simulation. The
 * ends come first: when they lie on one side of zero there is no answer between them. Then the Illinois
 * method (Dowell & Jarratt 1971, BIT 11:168), halving where it does not help. It stops when the bracket is as
 * narrow as asked for, or the value is within half its standard error of zero. Where the points visited are
 * not monotone the answer is the crossing of their isotonic regression. */
#ifndef TURNCURVE_NUMERIC_SEEK_H
#define TURNCURVE_NUMERIC_SEEK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum { SEEK_LOOKS_MOST = 32 };

struct seek_point {
    double x, value;
    double error; /* standard error of the value, >= 0 */
};
/* Looks at x: fills value and error. False stops the search. */
typedef bool (*seek_look)(void *context, double x, struct seek_point *out, struct err *err);

struct seek_answer {
    bool found;     /* false: the ends do not enclose zero */
    double x;       /* where it crosses; not found: the end whose value is nearest to zero */
    double error;   /* standard error of x: that of the value over the slope; 0 when not found */
    bool is_rising; /* value grows with x */
    struct seek_point points[SEEK_LOOKS_MOST]; /* in ascending order of x */
    size_t n_points;
};
/* Seeks between low and high (low < high) to within `narrow` > 0. Cost: two looks and about five more.
 * Example: 300 exp(-.8 x) - 220 between 0 and 1 crosses at .38769366. */
bool seek_zero(seek_look look, void *context, double low, double high, double narrow, struct seek_answer *out,
               struct err *err);

#endif
