/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sums over sets are in the order of their masks, so results do not depend on anything else. */
#include "numeric/shapley.h"

#include "base/err.h"
#include "numeric/stream.h"

static int size_of(uint32_t mask)
{
    int n = 0;
    for (; mask != 0; mask &= mask - 1)
        n++;
    return n;
}

/* s! (n - s - k)! / (n - k + 1)!: the share of orders in which a given set of s comes just before k players
 * who join as one. */
static double weight(int n, int s, int k)
{
    double w = 1.0 / (n - k + 1);
    for (int i = 1; i <= s; i++) /* 1 / ((m) choose s), m = n - k */
        w *= (double)i / (n - k - s + i);
    return w;
}

void shapley_values(const double v[], int n, double values[])
{
    bug_if(n < 1 || n > SHAPLEY_MOST);
    double weights[SHAPLEY_MOST];
    for (int s = 0; s < n; s++)
        weights[s] = weight(n, s, 1);
    for (int i = 0; i < n; i++) {
        const uint32_t own = UINT32_C(1) << i;
        values[i] = 0;
        for (uint32_t mask = 0; mask < UINT32_C(1) << n; mask++)
            if ((mask & own) == 0)
                values[i] += weights[size_of(mask)] * (v[mask | own] - v[mask]);
    }
}

double shapley_interaction(const double v[], int n, int i, int j)
{
    bug_if(n < 2 || n > SHAPLEY_MOST || i == j);
    const uint32_t a = UINT32_C(1) << i;
    const uint32_t b = UINT32_C(1) << j;
    double sum = 0;
    for (uint32_t mask = 0; mask < UINT32_C(1) << n; mask++)
        if ((mask & (a | b)) == 0)
            sum += weight(n, size_of(mask), 2) * (v[mask | a | b] - v[mask | a] - v[mask | b] + v[mask]);
    return sum;
}

void shapley_order(uint64_t seed, uint32_t number, int n, int32_t order[])
{
    struct stream stream = stream_make(seed, PURPOSE_ORDER, number / 2, (uint32_t)n, 0);
    for (int i = 0; i < n; i++) { /* Fisher and Yates, inside out */
        const int j = (int)(stream_uniform(&stream) * (i + 1));
        order[i] = order[j];
        order[j] = i;
    }
    for (int i = 0; number % 2 == 1 && i < n / 2; i++) {
        const int32_t held = order[i];
        order[i] = order[n - 1 - i];
        order[n - 1 - i] = held;
    }
}
