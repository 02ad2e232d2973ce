/* SPDX-License-Identifier: GPL-3.0-or-later
 * base/money.h: integer pence.
 *
 * Ownership: nothing is allocated. A price is per week; a night costs a seventh of it. Sums keep the exact
 * numerator (nights x weekly pence, over 7) and are rounded once per printed figure, so that months add up to
 * the year. */
#ifndef TURNCURVE_BASE_MONEY_H
#define TURNCURVE_BASE_MONEY_H

#include <stddef.h>
#include <stdint.h>

typedef int64_t pence;

/* The longest text that money_format_gbp writes, with its NUL. */
enum { MONEY_TEXT = 32 };

/* Nights x weekly price, in sevenths of a penny. Example: 31 nights at 117025 pence is 3627775 sevenths. */
int64_t money_sevenths(int64_t nights, pence weekly);
/* Sevenths of a penny to pence, half up, also below zero. Example: 3627775 -> 518254. */
pence money_round_sevenths(int64_t sevenths);
/* The printed figure of one period of several, so that the printed figures add up to the printed total:
 * round(cumulative) - round(cumulative before). */
pence money_round_step(int64_t sevenths_before, int64_t sevenths_after);
/* A weekly price after an uplift in per cent, rounded half up to a penny. Example: 117025 x 3.5 % -> 121121.
 */
pence money_uplift(pence weekly, double uplift_pct);
/* Shares total among n parts in proportion to weights (>= 0, not all 0 unless total is 0) so that they add up
 * to total exactly: largest remainder, ties to the larger weight, then to the earlier part. Also used for
 * whole children. Cost: O(n^2) in the number of left-over units at most; n is small. */
void money_share(int64_t total, const double weights[], size_t n, int64_t parts[]);
/* Writes pounds with two decimals and no separators, "-1234.50": for files. */
void money_format_gbp(pence amount, char out[MONEY_TEXT]);
/* A real number of pounds (a mean or quantile) as pence, half up. The one place where a double becomes money.
 */
pence money_from_pounds(double pounds);

#endif
