/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/interval.h: limits of counts, rates and shares.
 *
 * Ownership: nothing is allocated. */
#ifndef TURNCURVE_NUMERIC_INTERVAL_H
#define TURNCURVE_NUMERIC_INTERVAL_H

#include <stddef.h>
#include <stdint.h>

struct interval {
    double low, high;
};

/* 95 % limits of a Poisson count >= 0: Byar's approximation from 10 events on (Breslow & Day 1987, p. 69),
 * exact below (the switch of public-health guidance). Count 0: low is 0. Divide by the population for a rate.
 * Example: 62 gives 47.5325, 79.4825. */
struct interval interval_count(int64_t count);
/* The two methods apart, 95 %. */
struct interval interval_count_byar(int64_t count);
struct interval interval_count_exact(int64_t count);

/* 95 % limits of a share, `of` out of `n` >= 1 (Wilson 1927). Only for binomial counts: not for the same
 * children counted twice. Example: 3 of 41 gives 0.0252, 0.1943. */
struct interval interval_share(int64_t of, int64_t n);
/* 95 % limits of the difference of two independent shares, a/n - b/m (Newcombe 1998, method 10). */
struct interval interval_share_difference(int64_t a, int64_t n, int64_t b, int64_t m);

/* A directly standardised rate, per unit of population, with 95 % limits. */
struct interval_rate {
    double rate, low, high;
};
/* events[n] >= 0 in populations[n] > 0 of n >= 1 groups, weights[n] >= 0 of a standard population, not all 0:
 *
 *   rate = sum w O/N / sum w,   variance = sum w^2 O/N^2 / (sum w)^2
 *   limits = rate + sqrt(variance / O) (limit of O - O),   O = sum of events
 *
 * (Dobson, Kuulasmaa, Eberle & Scherer 1991, Stat. Med. 10:457), limits of O by interval_count. NaN, all
 * three, below 10 events: a standardised rate of so few says nothing. */
struct interval_rate interval_standardised(const int64_t events[], const double populations[],
                                           const double weights[], size_t n);

/* Two-sided p of the hypothesis that two Poisson counts have one rate, given their sum: exact binomial,
 * summing all outcomes no more probable than the one seen (R: binom.test(after, before + after,
 * exposure_after / (exposure_before
 * + exposure_after))). 1 when both are 0. Exposures > 0. Cost: O(before + after). Example: 92, then 104 over
 * equal times: p = 0.43. */
double interval_change_p(int64_t before, double exposure_before, int64_t after, double exposure_after);

#endif
