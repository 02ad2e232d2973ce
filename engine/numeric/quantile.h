/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/quantile.h: mean, standard deviation and quantiles of a sample.
 *
 * Ownership: nothing is kept; work space is the caller's.
 *
 * Quantiles are type 8 of Hyndman and Fan (1996, The American Statistician 50:361): position
 * h = (n + 1/3) p + 1/3, held to [1, n], linear between order statistics; about median-unbiased whatever the
 * distribution. Whole numbers are ordered by counting, not by comparing. */
#ifndef TURNCURVE_NUMERIC_QUANTILE_H
#define TURNCURVE_NUMERIC_QUANTILE_H

#include <stddef.h>
#include <stdint.h>

/* The quantile of ascending values, n >= 1, p in (0,1).
 * Example: {.4, 1.8, 2.2, 3.1, 4.4, 5, 6.3, 7.7, 8.5, 9.9} and p = .1 give .913333... (R: type = 8). */
double quantile_sorted(const double sorted[], size_t n, double p);

/* What quantile_of_integers finds. */
struct quantile_moments {
    double mean, sd; /* sd with n - 1; 0 when n is 1 */
};

/* Mean, sd and quantiles at p[n_p] (ascending) of n >= 1 whole numbers. values is overwritten; work has room
 * for n values. The result does not depend on the order of the values. Cost: O(n) for each 11 bits of their
 * range. */
struct quantile_moments quantile_of_integers(int64_t values[], int64_t work[], size_t n, const double p[],
                                             size_t n_p, double out[]);
/* The same for 32-bit values: the way of counts of children. */
struct quantile_moments quantile_of_counts(int32_t values[], int32_t work[], size_t n, const double p[],
                                           size_t n_p, double out[]);
/* The same values in ascending order, n >= 1: the answer is `values` or `work`; both are overwritten. Cost as
 * above. */
const int32_t *quantile_sort_counts(int32_t values[], int32_t work[], size_t n);

#endif
