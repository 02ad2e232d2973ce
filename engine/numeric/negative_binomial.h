/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/negative_binomial.h: counts that vary more than chance alone.
 *
 * Ownership: nothing is allocated; arrays are borrowed for the call.
 *
 * NB2: a Poisson count whose mean is multiplied by a gamma of mean 1 and variance 1 / size, so that
 * var = mean + mean^2 / size. size = INFINITY is the Poisson. As in numeric/dist an argument out of range is
 * a bug and stops the program. */
#ifndef TURNCURVE_NUMERIC_NEGATIVE_BINOMIAL_H
#define TURNCURVE_NUMERIC_NEGATIVE_BINOMIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* P(N = k); 0 for k < 0. 0 <= mean < 1e9, size > 0 or INFINITY. Example: mean 12, size 3, k 0: (3/15)^3 =
 * .008. */
double negative_binomial_pmf(double mean, double size, int64_t k);
/* P(N <= k), an incomplete beta function. */
double negative_binomial_cdf(double mean, double size, int64_t k);
/* The smallest k with P(N <= k) >= u, one uniform for one count; it never falls when u or the mean rises. Not
 * beyond INT32_MAX. Cost: O(k) up to 200, then some 30 incomplete beta functions. */
int32_t negative_binomial_quantile(double mean, double size, double u);

/* What a family of counts says about size. */
struct negative_binomial_fit {
    double size, size_se;          /* maximum likelihood; INFINITY and NaN when the counts vary no more than a
                                      Poisson */
    double moment_size, moment_se; /* by moments; INFINITY and NaN likewise */
    double log_likelihood, log_likelihood_poisson;
    double ratio, p; /* likelihood-ratio statistic against the Poisson, >= 0, and its p value */
};

/* counts[n] >= 0 with known or fitted means[n] > 0; n_fitted: how many coefficients the means cost (1 for one
 * common mean), < n.
 *
 * Likelihood: the means are held; the size solves d logL / d size = 0. It is finite when sum (y - mu)^2 >
 * sum y, which for one common mean is also necessary (Levin & Reeds 1977, Ann. Stat. 5:79); size_se is from
 * the observed information, as in MASS::theta.ml. Moments: size = sum mu^2 / (sum (y - mu)^2 n / (n -
 * n_fitted) - sum mu); its error from var((Y - mu)^2 - Y - 2 (mu / size) (Y - mu)) = 2 (1 + 1/size) var(Y)^2,
 * the last term being what fitting the mean takes; for a common mean it is Anscombe's (1950, Biometrika
 * 37:358). p: the Poisson is at the edge of the NB, so the statistic is 0 half of the time and chi-square on
 * 1 half (Self & Liang 1987, JASA 82:605).
 *
 * Fails with ERR_DATA when there are too few counts, a count is negative or a mean is not positive. Cost:
 * some 50 x O(n). */
bool negative_binomial_fit(const double counts[], const double means[], size_t n, size_t n_fitted,
                           struct negative_binomial_fit *out, struct err *err);

#endif
