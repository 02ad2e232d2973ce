/* SPDX-License-Identifier: GPL-3.0-or-later
 * Small means: walk up from 0, adding probabilities by their ratios. Large means: start at the normal
 * approximation, ask GSL for F there, and step to the exact answer. */
#include "numeric/dist.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

#include "base/err.h"

/* Below this mean, walking from 0 is faster than one incomplete gamma or beta function. */
static const double walk_up_to = 60.0;
static const double poisson_mean_limit = 1e9;
static const double clamp_tail = 1e-12;
static const double log_2 = 0.6931471805599453; /* hazard at which p is 1/2 */

static double clamp(double u, double low, double high)
{
    bug_if(isnan(u));
    return u < low ? low : u > high ? high : u;
}

double dist_normal_quantile(double u)
{
    return gsl_cdf_ugaussian_Pinv(clamp(u, 1e-300, 1.0 - 0x1p-53));
}

double dist_normal_cdf(double z)
{
    return gsl_cdf_ugaussian_P(z);
}

/* The logarithm of a gamma quantile with rate 1: GSL's own inverse gives NaN for small shapes and may fail to
 * converge for large ones. Newton's method on the logarithm, held to a bracket; each tail by its own
 * probability, so that none is a difference from 1. */
static double gamma_log_quantile(double u, double shape)
{
    enum { STEPS_MOST = 200 };
    static const double enough = 1e-15, longest = 2;
    const double z = dist_normal_quantile(u);
    const double root = 1 - 1 / (9 * shape) + z / (3 * sqrt(shape)); /* Wilson and Hilferty 1931 */
    const double log_gamma = gsl_sf_lngamma(shape);
    double low = -(double)INFINITY;
    double high = (double)INFINITY;
    /* near 0 the distribution is a power of x */
    double t = root > 0.2 ? log(shape) + 3 * log(root) : (log(u) + log_gamma + log(shape)) / shape;
    for (int step = 0; step < STEPS_MOST; step++) {
        const double x = exp(t);
        const double miss = u < 0.5 ? gsl_cdf_gamma_P(x, shape, 1) - u : 1 - u - gsl_cdf_gamma_Q(x, shape, 1);
        const double slope = exp(shape * t - x - log_gamma);
        if (!(fabs(miss) > 0))
            break;
        if (miss < 0)
            low = t;
        else
            high = t;
        double next = t - clamp(miss / slope, -longest, longest);
        if (!(next > low && next < high))
            next = isfinite(low) && isfinite(high) ? (low + high) / 2 : t - copysign(longest, miss);
        const bool there = fabs(next - t) <= enough * fmax(1, fabs(t));
        t = next;
        if (there)
            break;
    }
    return t;
}

double dist_gamma_quantile(double u, double shape, double rate)
{
    bug_if(!(shape >= 0) || !(rate > 0) || !isfinite(shape) || !isfinite(rate));
    if (shape < 1e-3)
        return 0.0;
    return exp(gamma_log_quantile(clamp(u, clamp_tail, 1.0 - clamp_tail), shape)) / rate;
}

double dist_beta_quantile(double u, double a, double b)
{
    bug_if(!(a > 0) || !(b > 0) || !isfinite(a) || !isfinite(b));
    return gsl_cdf_beta_Pinv(clamp(u, clamp_tail, 1.0 - clamp_tail), a, b);
}

static int32_t poisson_large(double mean, double u)
{
    const double start = floor(mean + sqrt(mean) * dist_normal_quantile(u));
    uint32_t k = start > 0 ? (uint32_t)start : 0;
    double cdf = gsl_cdf_poisson_P(k, mean);
    while (cdf < u) {
        k++;
        const double next = gsl_cdf_poisson_P(k, mean);
        if (!(next > cdf) && next > 0.5)
            break; /* u is beyond what doubles can tell from 1 */
        cdf = next;
    }
    while (k > 0 && gsl_cdf_poisson_P(k - 1, mean) >= u)
        k--;
    return (int32_t)k;
}

int32_t dist_poisson_quantile(double mean, double u)
{
    bug_if(!(mean >= 0) || !(mean < poisson_mean_limit) || isnan(u));
    if (u <= 1.0 - mean) /* exp(-mean) >= 1 - mean: no exponential needed */
        return 0;
    if (mean > walk_up_to)
        return poisson_large(mean, u);
    double term = exp(-mean);
    double cdf = term;
    int32_t k = 0;
    while (cdf < u) {
        k++;
        term *= mean / k;
        const double next = cdf + term;
        if (!(next > cdf))
            break;
        cdf = next;
    }
    return k;
}

static int32_t binomial_large(int32_t n, double p, double u)
{
    const double mean = n * p;
    double start = floor(mean + sqrt(mean * (1 - p)) * dist_normal_quantile(u));
    start = start < 0 ? 0 : start > n ? n : start;
    uint32_t k = (uint32_t)start;
    while (k < (uint32_t)n && gsl_cdf_binomial_P(k, p, (uint32_t)n) < u)
        k++;
    while (k > 0 && gsl_cdf_binomial_P(k - 1, p, (uint32_t)n) >= u)
        k--;
    return (int32_t)k;
}

/* p <= 1/2 and a small mean; none is (1 - p)^n, odds p / (1 - p). */
static int32_t binomial_walk(int32_t n, double none, double odds, double u)
{
    double term = none;
    double cdf = none;
    int32_t k = 0;
    while (cdf < u && k < n) {
        term *= odds * (n - k) / (k + 1);
        k++;
        cdf += term;
    }
    return k;
}

/* p > 1/2: counts those who stay, from the other side. The smallest k with F(k) >= u is n - y for the first y
 * with G(y) > 1 - u. */
static int32_t binomial_flipped(int32_t n, double none, double odds, double u)
{
    double term = none;
    double cdf = none;
    int32_t y = 0;
    while (cdf <= 1.0 - u && y < n) {
        term *= odds * (n - y) / (y + 1);
        y++;
        cdf += term;
    }
    return n - y;
}

int32_t dist_binomial_quantile_hazard(int32_t n, double hazard, double u)
{
    bug_if(n < 0 || !(hazard >= 0) || isnan(u));
    const double total = n * hazard;
    if (u <= 1.0 - total) /* exp(-total) >= 1 - total */
        return 0;
    if (hazard > log_2)
        return dist_binomial_quantile(n, -expm1(-hazard), u);
    if (total > walk_up_to)
        return binomial_large(n, -expm1(-hazard), u);
    const double none = exp(-total);
    return u <= none ? 0 : binomial_walk(n, none, expm1(hazard), u);
}

int32_t dist_binomial_quantile(int32_t n, double p, double u)
{
    bug_if(n < 0 || !(p >= 0) || !(p <= 1) || isnan(u));
    if (n == 0 || !(p > 0))
        return 0;
    if (!(p < 1))
        return n;
    if (n * p > walk_up_to && n * (1 - p) > walk_up_to)
        return binomial_large(n, p, u);
    if (p > 0.5)
        return n * (1 - p) > walk_up_to ? binomial_large(n, p, u)
                                        : binomial_flipped(n, pow(p, n), (1 - p) / p, u);
    return binomial_walk(n, pow(1 - p, n), p / (1 - p), u);
}
