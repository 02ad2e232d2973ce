/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/control.h: control charts: is a month unusual, given how months vary?
 *
 * Ownership: nothing is allocated; arrays are borrowed for the call.
 *
 * Limits come from a baseline of at least CONTROL_LEAST points at the beginning, which is then frozen. A
 * stock is correlated from month to month and "signals" always: chart flows, or differences. */
#ifndef TURNCURVE_NUMERIC_CONTROL_H
#define TURNCURVE_NUMERIC_CONTROL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CONTROL_LEAST = 12, CONTROL_BASELINE = 24, CONTROL_RUN = 8, CONTROL_TREND = 6 };

/* The chart of single values (XmR). */
struct control_xmr {
    double middle;       /* mean, or median */
    double moving_range; /* mean, or median, of the differences of neighbours */
    double low, high;    /* of values */
    double range_high;   /* of moving ranges; NaN by medians */
};
/* values[n], n >= 2: middle +- 2.66 x mean moving range, ranges up to 3.267 x it; by medians +- 3.145 x the
 * median moving range (Wheeler 2000, Understanding Variation). */
struct control_xmr control_xmr(const double values[], size_t n);
/* The same by medians; work has room for n. */
struct control_xmr control_xmr_median(const double values[], size_t n, double work[]);

/* Charts of rates (u) and shares (p) whose points vary more than Poisson or binomial ones. */
struct control_rate {
    double middle;  /* events over exposure of the baseline */
    double sigma_z; /* spread of z-scores between neighbours; 1 when it came out below 1 */
    bool is_share;
};
/* Laney (2002, Quality Engineering 14:531): z_i = (y_i - middle) / sigma_i, sigma_z = mean |z_i - z_i-1| /
 * 1.128, limits middle +- 3 sigma_i sigma_z, with sigma_i^2 = middle / exposure, or middle (1 - middle) / n
 * for shares. counts[n] >= 0, exposure[n] > 0, n >= 2. sigma_z below 1 is taken as 1: neighbours are alike by
 * luck, not by law. Without any events (or with nothing else, for shares) sigma_z is 1. */
struct control_rate control_rates(const double counts[], const double exposure[], size_t n);
struct control_rate control_shares(const double counts[], const double of[], size_t n);
/* Limits of `sigmas` sigma at an exposure; not below 0, of shares not above 1. */
void control_limits(const struct control_rate *chart, double exposure, double sigmas, double *low,
                    double *high);
/* (value - middle) / (sigma sigma_z): how far out a point lies; 0 without events. */
double control_score(const struct control_rate *chart, double count, double exposure);

/* Which rules a series of scores breaks at a point. The first two alone cry wolf in 13 % of series of 24
 * stable points, all four in 20 % (20,000 simulations): public cards use the first two. */
enum control_rule {
    CONTROL_BEYOND = 1,       /* beyond 3 sigma */
    CONTROL_ONE_SIDE = 2,     /* the 8th, 9th .. point in a row on one side of the middle */
    CONTROL_SLOPE = 4,        /* the 6th, 7th .. in a row, each above (or below) the one before */
    CONTROL_TWO_OF_THREE = 8, /* two of the last three beyond 2 sigma on one side, this one too */
    CONTROL_PUBLIC = CONTROL_BEYOND | CONTROL_ONE_SIDE,
    CONTROL_ALL = 15
};
/* The rules among `rules` that point `at` of scores[] breaks, 0 for none. */
unsigned control_signals(const double scores[], size_t at, unsigned rules);
/* How many points up to `at` lie in a row on its side of the middle; 0 when it lies on it. */
size_t control_run(const double scores[], size_t at);

#endif
