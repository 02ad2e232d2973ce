/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/dist.h: one uniform in, one value of a distribution out.
 *
 * Ownership: nothing is allocated.
 *
 * Every draw inverts a distribution function at one uniform u in (0,1): the smallest k with F(k) >= u. So the
 * number of random numbers used never depends on values, and the result never falls when u or the mean rises:
 * two scenarios that share u share their luck. GSL's own samplers do not check arguments and some never
 * return for large ones; here an argument out of range is a bug and stops the program. */
#ifndef TURNCURVE_NUMERIC_DIST_H
#define TURNCURVE_NUMERIC_DIST_H

#include <stdint.h>

/* Standard normal quantile (Wichura 1988, AS 241, through GSL). u is clamped to [1e-300, 1 - 2^-53]. */
double dist_normal_quantile(double u);
/* Standard normal distribution function. */
double dist_normal_cdf(double z);
/* Gamma quantile with mean shape / rate; u is clamped to [1e-12, 1 - 1e-12]. A shape below 1e-3 gives 0.
 * shape >= 0, rate > 0. Cost: some ten incomplete gamma functions. */
double dist_gamma_quantile(double u, double shape, double rate);
/* Beta quantile, a, b > 0; u is clamped as for the gamma. */
double dist_beta_quantile(double u, double a, double b);
/* Poisson quantile, 0 <= mean < 1e9. Cost: O(mean) below a mean of 60, then a few steps from a normal start.
 * Example: mean 0.5, u 0.7 gives 1 (F(0) = .6065, F(1) = .9098). */
int32_t dist_poisson_quantile(double mean, double u);
/* Binomial quantile, n >= 0, 0 <= p <= 1. Cost as for the Poisson. */
int32_t dist_binomial_quantile(int32_t n, double p, double u);
/* The same with p = 1 - exp(-hazard), hazard >= 0: how many of n children leave in a step whose cumulative
 * hazard is known. */
int32_t dist_binomial_quantile_hazard(int32_t n, double hazard, double u);

#endif
