/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sorted once for quantiles and ranks; the variance in a second pass around the mean. */
#include "numeric/surprise.h"

#include <math.h>
#include <stdlib.h>

#include "numeric/quantile.h"

static const double p10 = .1, p50 = .5, p90 = .9;

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

void surprise_find(double values[], size_t n, double outcome, struct surprise *out)
{
    size_t below = 0; /* or equal */
    size_t above = 0; /* or equal */
    double mean = 0;
    double squares = 0;
    qsort(values, n, sizeof *values, compare);
    for (size_t i = 0; i < n; i++) {
        mean += (values[i] - mean) / (double)(i + 1);
        below += values[i] <= outcome;
        above += values[i] >= outcome;
    }
    for (size_t i = 0; i < n; i++)
        squares += (values[i] - mean) * (values[i] - mean);
    const size_t least = below < above ? below : above;
    const double sd = sqrt(squares / (double)(n - 1));
    *out = (struct surprise){
        .mean = mean,
        .sd = sd,
        .p10 = quantile_sorted(values, n, p10),
        .p50 = quantile_sorted(values, n, p50),
        .p90 = quantile_sorted(values, n, p90),
        .deviations = sd > 0 ? (outcome - mean) / sd : (double)NAN,
        .chance = fmin(1, 2 * (double)(1 + least) / (double)(n + 1)),
    };
}
