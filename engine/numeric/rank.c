/* SPDX-License-Identifier: GPL-3.0-or-later
 * The exact distribution counts permutations by inversions: those of n + 1 things are those of n with the new
 * one put in 0 .. n places from the end. As shares of all permutations they are sums of n + 1 neighbours over
 * n + 1. */
#include "numeric/rank.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The share of permutations of n with at most `most` inversions; room for n (n - 1) / 2 + 1 numbers twice. */
static double share_up_to(size_t n, size_t most, double work[])
{
    const size_t pairs = n * (n - 1) / 2;
    double *now = work;
    double *next = work + pairs + 1;
    now[0] = 1;
    size_t top = 0; /* most inversions so far */
    for (size_t k = 2; k <= n; k++) {
        double window = 0;
        for (size_t i = 0; i <= top + k - 1; i++) {
            window += i <= top ? now[i] : 0;
            window -= i >= k && i - k <= top ? now[i - k] : 0;
            next[i] = window / (double)k;
        }
        top += k - 1;
        double *const other = now;
        now = next;
        next = other;
    }
    double sum = 0;
    for (size_t i = 0; i <= most; i++)
        sum += now[i];
    return sum;
}

/* Pairs tied among sorted values, and what ties take from 18 x the variance of s. */
static void find_ties(const double sorted[], size_t n, double *pairs, double *less)
{
    *pairs = 0;
    *less = 0;
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && !(sorted[end] > sorted[i]))
            end++;
        const double t = (double)(end - i);
        *pairs += t * (t - 1) / 2;
        *less += t * (t - 1) * (2 * t + 5);
        i = end;
    }
}

/* s, and the slopes of all pairs in order of size. */
static int64_t compare_pairs(const double values[], size_t n, double slopes[], size_t *n_slopes)
{
    int64_t s = 0;
    *n_slopes = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            s += (values[j] > values[i]) - (values[j] < values[i]);
            slopes[(*n_slopes)++] = (values[j] - values[i]) / (double)(j - i);
        }
    qsort(slopes, *n_slopes, sizeof *slopes, ascending);
    return s;
}

bool rank_trend(const double values[], size_t n, struct rank_trend *out, struct err *err)
{
    if (n < RANK_LEAST)
        return err_set(err, ERR_DATA, "a trend needs at least %d values; there are %zu", (int)RANK_LEAST, n);
    const size_t pairs = n * (n - 1) / 2;
    size_t n_slopes = 0;
    double tied = 0;
    double less = 0;
    double *const work = vec_new(2 * pairs + 2, sizeof *work, err);
    if (work == NULL)
        return false;
    struct rank_trend trend = {.s = compare_pairs(values, n, work, &n_slopes)};
    trend.slope = (work[(n_slopes - 1) / 2] + work[n_slopes / 2]) / 2;

    for (size_t i = 0; i < n; i++)
        work[i] = values[i];
    qsort(work, n, sizeof *work, ascending);
    find_ties(work, n, &tied, &less);

    const double size = (double)n;
    const double variance = (size * (size - 1) * (2 * size + 5) - less) / 18;
    const double distance = fmax(0, fabs((double)trend.s) - 1);
    trend.tau = (double)trend.s / sqrt((double)pairs * ((double)pairs - tied));
    trend.z = variance > 0 ? copysign(distance / sqrt(variance), (double)trend.s) : 0;
    trend.is_exact = !(tied > 0) && n <= RANK_EXACT_UP_TO;
    if (trend.is_exact) {
        for (size_t i = 0; i < 2 * pairs + 2; i++)
            work[i] = 0;
        const size_t fewer = (pairs - (size_t)llabs(trend.s)) / 2; /* inversions of the nearer end */
        trend.p = fmin(1, 2 * share_up_to(n, fewer, work));
    } else {
        trend.p = fmin(1, 2 * gsl_cdf_ugaussian_Q(fabs(trend.z)));
    }
    free(work);
    *out = trend;
    return true;
}
