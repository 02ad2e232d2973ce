/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whole numbers are shifted to start at 0. A range below 2^11 needs only counts: order statistics are read
 * off their running sum. A wider range is sorted by 11-bit digits, least first. */
#include "numeric/quantile.h"

#include <math.h>

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

/* Position h of type 8 as a 1-based lower rank and the weight of the value above it. */
static size_t position(size_t n, double p, double *weight)
{
    const double h = ((double)n + 1.0 / 3.0) * p + 1.0 / 3.0;
    const double held = h < 1 ? 1 : h > (double)n ? (double)n : h;
    const double below = floor(held + 4 * 2.220446049250313e-16 * held); /* R's fuzz: 3 - 1e-16 is 3 */
    *weight = held > below ? held - below : 0;
    return (size_t)below;
}

double quantile_sorted(const double sorted[], size_t n, double p)
{
    double weight = 0;
    const size_t rank = position(n, p, &weight);
    const double low = sorted[rank - 1];
    return weight > 0 && rank < n ? low + weight * (sorted[rank] - low) : low;
}

static double between(int64_t low, int64_t high, double weight)
{
    return (double)low + weight * (double)(high - low);
}

/* Order statistics from counts of values minimum .. minimum + DIGITS - 1. */
static void quantiles_of_counts(const uint32_t counts[], int64_t minimum, size_t n, const double p[],
                                size_t n_p, double out[])
{
    size_t value = 0;
    size_t below = counts[0]; /* how many are <= value */
    for (size_t i = 0; i < n_p; i++) {
        double weight = 0;
        const size_t rank = position(n, p[i], &weight);
        while (below < rank)
            below += counts[++value];
        size_t above = value;
        if (below < rank + 1 && rank < n) {
            above = value + 1;
            while (counts[above] == 0)
                above++;
        }
        out[i] = between(minimum + (int64_t)value, minimum + (int64_t)above, weight);
    }
}

/* sd from exact sums of the values less their minimum. */
static struct quantile_moments moments(int64_t minimum, double sum, double squares, size_t n)
{
    const double size = (double)n;
    const double shifted = sum / size;
    const double variance = n > 1 ? (squares - sum * shifted) / (size - 1) : 0;
    return (struct quantile_moments){.mean = (double)minimum + shifted,
                                     .sd = variance > 0 ? sqrt(variance) : 0};
}

/* The two widths differ in nothing but their type. NOLINTBEGIN(bugprone-macro-parentheses): arguments are
 * types. */
#define DEFINE_QUANTILES(function, type, wide)                                                               \
    static type *function##_sorted(type values[], type work[], size_t n, wide range)                         \
    {                                                                                                        \
        type *from = values;                                                                                 \
        type *to = work;                                                                                     \
        for (int shift = 0; shift < (int)(8 * sizeof(type)) && (range >> shift) > 0; shift += DIGIT_BITS) {  \
            uint32_t ends[DIGITS] = {0};                                                                     \
            for (size_t i = 0; i < n; i++)                                                                   \
                ends[((wide)from[i] >> shift) & (DIGITS - 1)]++;                                             \
            uint32_t at = 0;                                                                                 \
            for (size_t d = 0; d < DIGITS; d++) {                                                            \
                const uint32_t count = ends[d];                                                              \
                ends[d] = at;                                                                                \
                at += count;                                                                                 \
            }                                                                                                \
            for (size_t i = 0; i < n; i++)                                                                   \
                to[ends[((wide)from[i] >> shift) & (DIGITS - 1)]++] = from[i];                               \
            type *const swap = from;                                                                         \
            from = to;                                                                                       \
            to = swap;                                                                                       \
        }                                                                                                    \
        return from;                                                                                         \
    }                                                                                                        \
    struct quantile_moments function(type values[], type work[], size_t n, const double p[], size_t n_p,     \
                                     double out[])                                                           \
    {                                                                                                        \
        type minimum = values[0];                                                                            \
        type maximum = values[0];                                                                            \
        for (size_t i = 1; i < n; i++) {                                                                     \
            minimum = values[i] < minimum ? values[i] : minimum;                                             \
            maximum = values[i] > maximum ? values[i] : maximum;                                             \
        }                                                                                                    \
        const wide range = (wide)maximum - (wide)minimum;                                                    \
        double sum = 0;                                                                                      \
        double squares = 0;                                                                                  \
        if (range < DIGITS) {                                                                                \
            uint32_t counts[DIGITS] = {0};                                                                   \
            for (size_t i = 0; i < n; i++)                                                                   \
                counts[(wide)values[i] - (wide)minimum]++;                                                   \
            for (size_t d = 1; d <= (size_t)range; d++) {                                                    \
                sum += (double)d * counts[d];                                                                \
                squares += (double)d * (double)d * counts[d];                                                \
            }                                                                                                \
            quantiles_of_counts(counts, minimum, n, p, n_p, out);                                            \
            return moments(minimum, sum, squares, n);                                                        \
        }                                                                                                    \
        for (size_t i = 0; i < n; i++)                                                                       \
            values[i] = (type)((wide)values[i] - (wide)minimum);                                             \
        const type *const sorted = function##_sorted(values, work, n, range);                                \
        for (size_t i = 0; i < n; i++)                                                                       \
            sum += (double)sorted[i];                                                                        \
        const double mean = sum / (double)n;                                                                 \
        for (size_t i = 0; i < n; i++)                                                                       \
            squares += ((double)sorted[i] - mean) * ((double)sorted[i] - mean);                              \
        for (size_t i = 0; i < n_p; i++) {                                                                   \
            double weight = 0;                                                                               \
            const size_t rank = position(n, p[i], &weight);                                                  \
            const type low = sorted[rank - 1];                                                               \
            const type high = rank < n ? sorted[rank] : low;                                                 \
            out[i] = (double)minimum + between(low, high, weight);                                           \
        }                                                                                                    \
        return (struct quantile_moments){.mean = (double)minimum + mean,                                     \
                                         .sd = n > 1 ? sqrt(squares / (double)(n - 1)) : 0};                 \
    }
DEFINE_QUANTILES(quantile_of_integers, int64_t, uint64_t)
DEFINE_QUANTILES(quantile_of_counts, int32_t, uint32_t)
/* NOLINTEND(bugprone-macro-parentheses) */
#undef DEFINE_QUANTILES

const int32_t *quantile_sort_counts(int32_t values[], int32_t work[], size_t n)
{
    int32_t minimum = values[0];
    int32_t maximum = values[0];
    for (size_t i = 1; i < n; i++) {
        minimum = values[i] < minimum ? values[i] : minimum;
        maximum = values[i] > maximum ? values[i] : maximum;
    }
    for (size_t i = 0; i < n; i++)
        values[i] = (int32_t)((uint32_t)values[i] - (uint32_t)minimum);
    const uint32_t range = (uint32_t)maximum - (uint32_t)minimum;
    int32_t *const sorted = quantile_of_counts_sorted(values, work, n, range);
    for (size_t i = 0; i < n; i++)
        sorted[i] = (int32_t)((uint32_t)sorted[i] + (uint32_t)minimum);
    return sorted;
}
