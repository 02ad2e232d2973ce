/* SPDX-License-Identifier: GPL-3.0-or-later
 * The method of largest remainders (Hamilton). */
#include "base/rounding.h"

#include <math.h>

void rounding_together(const double values[], size_t n, int64_t total, double rest[], int64_t out[])
{
    int64_t left = total;
    for (size_t i = 0; i < n; i++) {
        const double whole = floor(values[i]);
        rest[i] = values[i] - whole;
        out[i] = (int64_t)whole;
        left -= out[i];
    }
    while (left != 0 && n > 0) {
        size_t best = 0;
        for (size_t i = 1; i < n; i++)
            best = (left > 0 ? rest[i] > rest[best] : rest[i] < rest[best]) ? i : best;
        out[best] += left > 0 ? 1 : -1;
        rest[best] += left > 0 ? -1 : 1;
        left -= left > 0 ? 1 : -1;
    }
}
