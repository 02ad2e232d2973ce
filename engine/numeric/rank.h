/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/rank.h: is there a trend in a short series? Kendall's test and Theil and Sen's slope.
 *
 * Ownership: arrays are borrowed for the call.
 *
 * Serial correlation inflates the test: only for flows or yearly figures, never for a stock by month. */
#ifndef TURNCURVE_NUMERIC_RANK_H
#define TURNCURVE_NUMERIC_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { RANK_LEAST = 8, RANK_EXACT_UP_TO = 50 };

struct rank_trend {
    int64_t s;    /* pairs that rise less pairs that fall */
    double tau;   /* s over all pairs (over pairs that are not ties: tau b) */
    double z;     /* with continuity correction */
    double p;     /* two-sided, exact without ties up to RANK_EXACT_UP_TO values, else from z */
    double slope; /* median of the slopes of all pairs, per step */
    bool is_exact;
};
/* values[n] one step apart, n >= RANK_LEAST, else ERR_DATA; ERR_MEMORY. Kendall (1975, Rank Correlation
 * Methods, 4th ed.; R: cor.test(method = "kendall")); Theil (1950), Sen (1968, JASA 63:1379). When all values
 * are equal p is 1 and tau NaN. Cost: O(n^2 log n).
 *
 * Example: 371, 378, 389, 384, 402, 410, 405, 421: s = 24, tau .857143, z 2.845512, p .001736111, slope 7. */
bool rank_trend(const double values[], size_t n, struct rank_trend *out, struct err *err);

#endif
