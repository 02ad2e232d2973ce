/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/drift.h: rates that wander, seen through yearly counts.
 *
 * Ownership: nothing is allocated; arrays are borrowed for the call.
 *
 * The log of a rate follows u(t) = phi u(t-1) + e, e ~ N(0, s^2), from month to month. Published counts
 * average it over a year, which hides part of the movement (Working 1960, Econometrica 28:916): a monthly sd
 * taken straight from yearly changes makes paths 18 % too calm. And counts add the noise of chance, which
 * must come off before changes say anything about the rate. phi without more words is the correlation of a
 * year; a month's is phi^(1/12). */
#ifndef TURNCURVE_NUMERIC_DRIFT_H
#define TURNCURVE_NUMERIC_DRIFT_H

#include <stddef.h>

enum { DRIFT_MONTHS = 12, DRIFT_MOST_MONTHS = 400 };

/* The mean of a stationary rate over a period, in units of the rate's own variance. */
struct drift_average {
    double variance;   /* of the mean of one period */
    double covariance; /* of the means of two neighbouring periods */
};
/* In continuous time (Ornstein and Uhlenbeck) with correlation exp(-k) a period, k >= 0: 2 (k - 1 + e^-k) /
 * k^2 and ((1 - e^-k) / k)^2. Example: k = -log(.8): .92959, .80333; a change has 2 (.92959 - .80333). */
struct drift_average drift_average_continuous(double k);
/* Of n steps with correlation 0 <= phi < 1 each, 1 <= n <= DRIFT_MOST_MONTHS. */
struct drift_average drift_average_steps(double phi, int n);

/* The variance of the change between the means of two neighbouring periods of n steps, in units of the
 * variance of one step's innovation; 0 <= phi <= 1 a step. phi = 1, the random walk: (2 n^2 + 1) / (3 n),
 * 8.0278 for 12 months, where 12 steps have moved by 12. */
double drift_change_variance(double phi, int n);

/* The monthly innovation sd that moves yearly means as much as measured: change_sd is the sd of the change
 * between neighbouring years, free of chance (drift_measure); phi a year, 0 < phi <= 1. */
double drift_monthly_sd(double change_sd, double phi);
/* The sd of a yearly change when the rate takes one step a year with this innovation sd: sd sqrt(2 / (1 +
 * phi)). For converting parameters fitted in years: drift_monthly_sd(drift_annual_change_sd(.13, .8), .8). */
double drift_annual_change_sd(double innovation_sd, double phi);

/* What yearly counts say about the movement of their rate. */
struct drift_measure {
    size_t n;        /* changes between years that both have events */
    double mean;     /* of the changes of log rate */
    double variance; /* of the changes, over n - 1 */
    double noise;    /* mean of dispersion x (1/N + 1/N before): what chance alone makes */
    double net;      /* variance - noise; may be below 0: use it so, drift_shrink_variance copes */
};
/* counts[n_years] by year, exposure[n_years] > 0 (NULL: constant); common[n_years - 1] is subtracted from the
 * changes, as the mean change of all authorities in the year (NULL: nothing). dispersion: variance over mean
 * of the counts given the rate, 1 for Poisson. Fewer than two changes: NaN but for n. */
struct drift_measure drift_measure(const double counts[], const double exposure[], const double common[],
                                   size_t n_years, double dispersion);

/* A variance from n changes, shrunk to a prior that is worth prior_n of them: (prior_n x prior + n x own) /
 * (prior_n + n), the scale of the posterior under a scaled inverse chi-square prior (Gelman et al., Bayesian
 * Data Analysis, 3rd ed., section 2.6), at least a quarter of the prior. own may be below 0, and is not
 * looked at when n is 0. Example: .0281, 8, .052, 5: .03729. */
double drift_shrink_variance(double prior, double prior_n, double own, double n);

/* Mean of exp(N(0, sd^2)), whose median is 1: the mean of a forecast creeps up by it. */
double drift_mean_multiplier(double sd);
/* Its coefficient of variation, sqrt(exp(sd^2) - 1). */
double drift_multiplier_cv(double sd);
/* The sd of a count with this mean, dispersion, and a rate that wanders by sd: sqrt(c mean + mean^2
 * (exp(sd^2) - 1)). Example: 200, .18, 1.7: 40.7, where Poisson says 14.1. */
double drift_count_sd(double mean, double sd, double dispersion);

#endif
