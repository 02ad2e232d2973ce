/* SPDX-License-Identifier: GPL-3.0-or-later
 * Probabilities go through the log of a beta function, which GSL keeps exact when size dwarfs k (its log of a
 * rising factorial loses nine digits at size 1e9). The quantile
 * walks up from 0 while that is cheap and then bisects, because a small size has a tail too long to walk. */
#include "numeric/negative_binomial.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>

#include "numeric/dist.h"

static const double mean_limit = 1e9;
/* Above this size per unit of mean the variance differs from the mean by less than 1e-9 of it. */
static const double poisson_from = 1e9;
/* Above this one, GSL's incomplete beta function loses digits (1e-8 at size 1e9), while two terms of a series
 * are right to 1e-10. */
static const double series_from = 1e5;
enum { WALK_UP_TO = 200 };

static bool is_poisson(double mean, double size)
{
    return size > poisson_from * fmax(1, mean);
}

static void check(double mean, double size)
{
    bug_if(!(mean >= 0) || !(mean < mean_limit) || !(size > 0));
}

/* log P(N = k), mean > 0, size finite: Gamma(size + k) / (Gamma(size) k!) = 1 / (k B(size, k)), times
 * (size / (size + mean))^size (mean / (size + mean))^k. */
static double log_pmf(double mean, double size, double k)
{
    const double none = -size * log1p(mean / size);
    return k > 0 ? none - log(k) - gsl_sf_lnbeta(size, k) + k * log(mean / (size + mean)) : none;
}

double negative_binomial_pmf(double mean, double size, int64_t k)
{
    check(mean, size);
    if (k < 0)
        return 0;
    if (!(mean > 0))
        return k == 0;
    if (is_poisson(mean, size))
        return k > UINT32_MAX ? 0 : gsl_ran_poisson_pdf((unsigned)k, mean);
    return exp(log_pmf(mean, size, (double)k));
}

/* F is the mean of the Poisson's F over a gamma of mean 1 and variance 1 / size; its second derivative in the
 * mean is P(k) - P(k - 1). */
static double cdf_near_poisson(double mean, double size, int64_t k)
{
    if (k > UINT32_MAX)
        return 1;
    const double below = k > 0 ? gsl_ran_poisson_pdf((unsigned)k - 1, mean) : 0;
    return gsl_cdf_poisson_P((unsigned)k, mean) +
           mean * mean / (2 * size) * (gsl_ran_poisson_pdf((unsigned)k, mean) - below);
}

double negative_binomial_cdf(double mean, double size, int64_t k)
{
    check(mean, size);
    if (k < 0)
        return 0;
    if (!(mean > 0))
        return 1;
    if (size > series_from * fmax(1, mean))
        return cdf_near_poisson(mean, size, k);
    return gsl_cdf_beta_P(size / (size + mean), size, (double)k + 1);
}

/* The answer lies above `low`: F(low) < u. */
static int32_t bisect(double mean, double size, int64_t low, double u)
{
    int64_t high = 2 * low + 1;
    while (high < INT32_MAX && negative_binomial_cdf(mean, size, high) < u) {
        low = high;
        high = 2 * high + 1;
    }
    high = high < INT32_MAX ? high : INT32_MAX;
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        if (negative_binomial_cdf(mean, size, middle) < u)
            low = middle;
        else
            high = middle;
    }
    return (int32_t)high;
}

int32_t negative_binomial_quantile(double mean, double size, double u)
{
    check(mean, size);
    bug_if(isnan(u));
    if (is_poisson(mean, size))
        return dist_poisson_quantile(mean, u);
    const double share = mean / (size + mean);
    double term = exp(-size * log1p(mean / size));
    double cdf = term;
    int32_t k = 0;
    while (cdf < u && k < WALK_UP_TO) {
        term *= (size + k) / (k + 1) * share;
        k++;
        cdf += term;
    }
    return cdf < u ? bisect(mean, size, WALK_UP_TO, u) : k;
}

struct sample {
    const double *counts, *means;
    size_t n;
};

static double log_likelihood(const struct sample *sample, double size)
{
    double sum = 0;
    for (size_t i = 0; i < sample->n; i++) {
        const double y = sample->counts[i];
        const double mu = sample->means[i];
        sum += isinf(size) ? y * log(mu) - mu - gsl_sf_lngamma(y + 1) : log_pmf(mu, size, y);
    }
    return sum;
}

/* d logL / d size, and minus the second derivative. */
static double slope(const struct sample *sample, double size, double *information)
{
    double first = 0;
    double second = 0;
    for (size_t i = 0; i < sample->n; i++) {
        const double y = sample->counts[i];
        const double mu = sample->means[i];
        first += gsl_sf_psi(size + y) - gsl_sf_psi(size) - log1p(mu / size) + (mu - y) / (mu + size);
        second += gsl_sf_psi_1(size) - gsl_sf_psi_1(size + y) - 1 / size + 2 / (mu + size) -
                  (y + size) / ((mu + size) * (mu + size));
    }
    *information = second;
    return first;
}

/* Newton's steps on log size, kept inside a bracket on which the slope falls through 0; a step that leaves it
 * is replaced by halving. Returns INFINITY when no slope below 0 is found up to `most`. */
static double solve_size(const struct sample *sample, double start, double most)
{
    enum { STEPS = 200 };
    double information = 0;
    double low = start;
    double high = start;
    while (low > start * 1e-9 && slope(sample, low, &information) <= 0)
        low /= 4;
    while (slope(sample, high, &information) >= 0) {
        if (high > most)
            return INFINITY;
        high *= 4;
    }
    double size = sqrt(low * high);
    for (int i = 0; i < STEPS && high / low > 1 + 1e-14; i++) {
        const double first = slope(sample, size, &information);
        if (first > 0)
            low = size;
        else
            high = size;
        /* in logs: first derivative size x f', second size^2 f'' + size f' */
        const double curvature = size * size * information - size * first;
        const double next = curvature > 0 ? size * exp(size * first / curvature) : 0;
        const double previous = size;
        size = next > low && next < high ? next : sqrt(low * high);
        if (fabs(size - previous) <= 1e-14 * size)
            break;
    }
    return size;
}

bool negative_binomial_fit(const double counts[], const double means[], size_t n, size_t n_fitted,
                           struct negative_binomial_fit *out, struct err *err)
{
    if (n <= n_fitted)
        return err_set(err, ERR_DATA, "%zu counts cannot show how much they vary around %zu fitted means", n,
                       n_fitted);
    double squares = 0;
    double sum = 0;
    double sum_means = 0;
    double sum_squares = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(counts[i] >= 0) || !(means[i] > 0) || !isfinite(counts[i]) || !isfinite(means[i]))
            return err_set(err, ERR_DATA, "count %zu is %g around a mean of %g; counts must be 0 or more",
                           i + 1, counts[i], means[i]);
        squares += (counts[i] - means[i]) * (counts[i] - means[i]);
        sum += counts[i];
        sum_means += means[i];
        sum_squares += means[i] * means[i];
    }
    const struct sample sample = {counts, means, n};
    struct negative_binomial_fit fit = {
        .size = INFINITY, .size_se = NAN, .moment_size = INFINITY, .moment_se = NAN, .p = 1};
    fit.log_likelihood_poisson = fit.log_likelihood = log_likelihood(&sample, INFINITY);
    const double excess = squares * (double)n / (double)(n - n_fitted) - sum_means;
    if (excess > 0) {
        fit.moment_size = sum_squares / excess;
        double fourths = 0;
        for (size_t i = 0; i < n; i++)
            fourths += pow(means[i] + means[i] * means[i] / fit.moment_size, 2);
        /* of 1 / size, then by the delta method */
        const double inverse_se = sqrt(2 * (1 + 1 / fit.moment_size) * fourths) / sum_squares;
        fit.moment_se = fit.moment_size * fit.moment_size * inverse_se;
    }
    if (squares > sum) {
        const double most = 1e8 * sum_squares / sum_means;
        fit.size = solve_size(&sample, sum_squares / (squares - sum), most);
    }
    if (isfinite(fit.size)) {
        double information = 0;
        slope(&sample, fit.size, &information);
        fit.size_se = information > 0 ? 1 / sqrt(information) : (double)NAN;
        fit.log_likelihood = log_likelihood(&sample, fit.size);
        fit.ratio = fmax(0, 2 * (fit.log_likelihood - fit.log_likelihood_poisson));
        fit.p = fit.ratio > 0 ? gsl_cdf_chisq_Q(fit.ratio, 1) / 2 : 1;
    }
    *out = fit;
    return true;
}
