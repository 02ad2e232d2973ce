/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/change.h: did it change, or is it chance? Counts, shares and means, two at a time.
 *
 * Ownership: nothing is allocated. All p are two-sided. */
#ifndef TURNCURVE_NUMERIC_CHANGE_H
#define TURNCURVE_NUMERIC_CHANGE_H

#include <stdint.h>

#include "numeric/interval.h"

/* The ratio of two rates, with 95 % limits on the log scale. */
struct change_ratio {
    double ratio; /* after / before; NaN when a count is 0 */
    struct interval limits;
    double z; /* log ratio / its standard error */
    double p; /* of one rate */
};
/* Counts over exposures > 0; dispersion >= 1 is how many times the variance of counts exceeds Poisson's (1:
 * chance alone):
 *
 *   se = sqrt(dispersion (1/before + 1/after))
 *
 * p is exact (interval_change_p) where dispersion is 1; else from z, and where a count is 0 exact on the
 * counts divided by the dispersion, rounded, which are as many independent events as they are worth.
 *
 * Example: 188 on 48,200, then 221 on 48,450: 1.1694662 (.9627952, 1.4205007), p .1252090; with dispersion
 * 1.9 z = 1.1446759. */
struct change_ratio change_of_counts(int64_t before, double exposure_before, int64_t after,
                                     double exposure_after, double dispersion);

/* p that two shares, a of n and b of m, are one. By the score test (R: prop.test(correct = FALSE)), or, where
 * one of the four cells is below 10, Fisher's exact test (R: fisher.test). NaN when n or m is 0.
 *
 * Only for independent children: the same children counted twice make it claim too little. */
double change_of_shares(int64_t a, int64_t n, int64_t b, int64_t m);
/* Fisher's exact test apart: all tables with these margins that are no more probable than the one seen. */
double change_fisher_p(int64_t a, int64_t n, int64_t b, int64_t m);

/* A sample by its sums. */
struct change_sample {
    double n;
    double mean;
    double squares; /* sum of squared deviations from the mean */
};
/* p that two means are one, by Welch's t (R: t.test). NaN when a sample has fewer than two values or neither
 * varies. */
double change_of_means(struct change_sample before, struct change_sample after);

/* 95 % limits of a mean by Student's t (R: t.test(x)$conf.int); NaN for fewer than two values. */
struct interval change_mean_limits(struct change_sample sample);

/* Chances that the level behind what was seen meets a target, from posteriors after Jeffreys' priors.
 *   count: rate x exposure <= target, gamma(count / dispersion + 1/2); exposure is 1 for the time itself
 *   share: level <= target (0..1), beta(a + 1/2, n - a + 1/2); n >= 1
 *   mean:  level <= target, Student's t; NaN for fewer than two values or none that differ
 * For a target that is to be reached from below take 1 less it. */
double change_count_chance(int64_t count, double dispersion, double target);
double change_share_chance(int64_t a, int64_t n, double target);
double change_mean_chance(struct change_sample sample, double target);

#endif
