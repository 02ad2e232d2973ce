/* SPDX-License-Identifier: GPL-3.0-or-later
 * Floor division where C truncates, so that a refund rounds like a charge. */
#include "base/money.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

enum { NIGHTS_PER_WEEK = 7, PENCE_PER_POUND = 100 };

static int64_t floor_divide(int64_t a, int64_t b)
{
    const int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

int64_t money_sevenths(int64_t nights, pence weekly)
{
    int64_t product = 0;
    bug_if(__builtin_mul_overflow(nights, weekly, &product));
    return product;
}

pence money_round_sevenths(int64_t sevenths)
{
    return floor_divide(2 * sevenths + NIGHTS_PER_WEEK, (int64_t)2 * NIGHTS_PER_WEEK);
}

pence money_round_step(int64_t sevenths_before, int64_t sevenths_after)
{
    return money_round_sevenths(sevenths_after) - money_round_sevenths(sevenths_before);
}

pence money_uplift(pence weekly, double uplift_pct)
{
    return (pence)floor((double)weekly * (1.0 + uplift_pct / 100.0) + 0.5);
}

void money_share(int64_t total, const double weights[], size_t n, int64_t parts[])
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += weights[i];
    bug_if(!(sum > 0) && total != 0);
    int64_t given = 0;
    for (size_t i = 0; i < n; i++) {
        parts[i] = total == 0 ? 0 : (int64_t)floor((double)total * (weights[i] / sum));
        given += parts[i];
    }
    const int64_t step = given < total ? 1 : -1;
    while (given != total) {
        /* The part furthest below (or above) its exact share gets the unit. */
        size_t best = n;
        double best_gap = 0;
        for (size_t i = 0; i < n; i++) {
            if (!(weights[i] > 0))
                continue;
            const double gap = ((double)total * (weights[i] / sum) - (double)parts[i]) * (double)step;
            const bool wins =
                best == n || gap > best_gap || (!(gap < best_gap) && weights[i] > weights[best]);
            if (wins) {
                best = i;
                best_gap = gap;
            }
        }
        parts[best] += step;
        given += step;
    }
}

void money_format_gbp(pence amount, char out[MONEY_TEXT])
{
    const bool negative = amount < 0;
    const uint64_t size = negative ? 0 - (uint64_t)amount : (uint64_t)amount;
    const int length =
        snprintf(out, MONEY_TEXT, "%s%llu.%02llu", negative ? "-" : "",
                 (unsigned long long)(size / PENCE_PER_POUND), (unsigned long long)(size % PENCE_PER_POUND));
    bug_if(length < 0 || length >= MONEY_TEXT);
}

pence money_from_pounds(double pounds)
{
    bug_if(!isfinite(pounds));
    return (pence)floor(pounds * PENCE_PER_POUND + 0.5);
}
