/* SPDX-License-Identifier: GPL-3.0-or-later
 * The CRPS of a sample is two sums over ordered values: distances to y, and to each other. The latter is a
 * sum of x_i (2i - n - 1), whose weights add up to 0, so that distances to y may stand for values: less to
 * round, and whole numbers may be shifted to any origin. */
#include "numeric/score.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_bessel.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "numeric/dist.h"
#include "numeric/negative_binomial.h"
#include "numeric/quantile.h"

const double score_levels[SCORE_LEVELS] = {.025, .1, .25, .5, .75, .9, .975};
/* Half-way to the neighbouring levels on both sides, 0 and 1 at the ends. */
static const double spacing[SCORE_LEVELS] = {.0625, .1125, .2, .25, .2, .1125, .0625};
static const double inverse_sqrt_pi = 0.56418958354775629;

/* Sums over an ordered sample. */
struct sums {
    double size, absolute, spread;
};

static void add_value(struct sums *sums, size_t rank, double x, double y)
{
    const double distance = x - y;
    sums->absolute += fabs(distance);
    sums->spread += (2.0 * (double)rank + 1.0 - sums->size) * distance;
}

static double crps(const struct sums *sums, enum score_form form)
{
    const double others = form == SCORE_FAIR ? sums->size - 1 : sums->size;
    return sums->absolute / sums->size - sums->spread / (sums->size * others);
}

double score_crps_sorted(const double sorted[], size_t n, double y, enum score_form form)
{
    bug_if(n < (form == SCORE_FAIR ? 2 : 1));
    struct sums sums = {.size = (double)n};
    for (size_t i = 0; i < n; i++)
        add_value(&sums, i, sorted[i], y);
    return crps(&sums, form);
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

double score_crps_values(const double values[], double work[], size_t n, double y, enum score_form form)
{
    memcpy(work, values, n * sizeof *work);
    qsort(work, n, sizeof *work, ascending);
    return score_crps_sorted(work, n, y, form);
}

double score_crps_counts(const int32_t values[], int32_t work[], size_t n, double y, enum score_form form)
{
    bug_if(n < (form == SCORE_FAIR ? 2 : 1));
    memcpy(work, values, n * sizeof *work);
    const int32_t *const sorted = quantile_sort_counts(work, work + n, n);
    struct sums sums = {.size = (double)n};
    for (size_t i = 0; i < n; i++)
        add_value(&sums, i, sorted[i], y);
    return crps(&sums, form);
}

double score_crps_normal(double mean, double sd, double y)
{
    bug_if(!(sd >= 0));
    if (!(sd > 0))
        return fabs(y - mean);
    const double z = (y - mean) / sd;
    return sd * (z * (2 * dist_normal_cdf(z) - 1) + 2 * gsl_ran_ugaussian_pdf(z) - inverse_sqrt_pi);
}

double score_crps_poisson(double mean, int64_t y)
{
    bug_if(y < 0);
    const double cdf = negative_binomial_cdf(mean, INFINITY, y);
    const double pmf = negative_binomial_pmf(mean, INFINITY, y);
    return ((double)y - mean) * (2 * cdf - 1) + 2 * mean * pmf -
           mean * (gsl_sf_bessel_I0_scaled(2 * mean) + gsl_sf_bessel_I1_scaled(2 * mean));
}

/* Starts where F is nothing (each k below counts 1 once y is passed) and ends where it is 1. */
double score_crps_negative_binomial(double mean, double size, int64_t y)
{
    static const double nothing = 1e-20;
    static const double all = 1 - 1e-11;
    bug_if(y < 0);
    if (isinf(size))
        return score_crps_poisson(mean, y);
    int64_t k = negative_binomial_quantile(mean, size, nothing);
    double sum = y < k ? (double)(k - y) : 0;
    double pmf = negative_binomial_pmf(mean, size, k);
    double cdf = negative_binomial_cdf(mean, size, k);
    while (k < y || cdf < all) {
        const double distance = k < y ? cdf : 1 - cdf;
        sum += distance * distance;
        pmf *= (size + (double)k) / (double)(k + 1) * (mean / (size + mean));
        k++;
        cdf = fmin(cdf + pmf, 1);
    }
    return sum;
}

double score_pinball(double q, double level, double y)
{
    return (y - q) * (level - (y < q ? 1 : 0));
}

double score_interval(double low, double high, double coverage, double y)
{
    bug_if(!(coverage < 1));
    const double outside = y < low ? low - y : y > high ? y - high : 0;
    return high - low + 2 / (1 - coverage) * outside;
}

double score_wis(const double quantiles[SCORE_LEVELS], double y)
{
    double sum = 0;
    for (int i = 0; i < SCORE_LEVELS; i++)
        sum += score_pinball(quantiles[i], score_levels[i], y);
    return 2 * sum / SCORE_LEVELS;
}

double score_crps_quantiles(const double quantiles[SCORE_LEVELS], double y)
{
    double sum = 0;
    for (int i = 0; i < SCORE_LEVELS; i++)
        sum += spacing[i] * score_pinball(quantiles[i], score_levels[i], y);
    return 2 * sum;
}

void score_errors_add(struct score_errors *errors, double median, double mean, double y)
{
    errors->n++;
    errors->absolute += fabs(median - y);
    errors->signed_sum += mean - y;
    if (y > 0) {
        errors->n_positive++;
        errors->relative += fabs(median - y) / y;
    }
}

double score_errors_mae(const struct score_errors *errors)
{
    return errors->n > 0 ? errors->absolute / (double)errors->n : (double)NAN;
}

double score_errors_mape(const struct score_errors *errors)
{
    return errors->n_positive > 0 ? 100 * errors->relative / (double)errors->n_positive : (double)NAN;
}

double score_errors_bias(const struct score_errors *errors)
{
    return errors->n > 0 ? errors->signed_sum / (double)errors->n : (double)NAN;
}

double score_mase_scale(const double history[], size_t n)
{
    double sum = 0;
    for (size_t i = 1; i < n; i++)
        sum += fabs(history[i] - history[i - 1]);
    return sum > 0 ? sum / (double)(n - 1) : 1;
}

struct score_pit score_pit_counts(const int32_t values[], size_t n, int64_t y)
{
    bug_if(n < 1);
    size_t below = 0;
    size_t equal = 0;
    for (size_t i = 0; i < n; i++) {
        below += values[i] < y;
        equal += values[i] == y;
    }
    return (struct score_pit){(double)below / (double)n, (double)(below + equal) / (double)n};
}

void score_pit_add(struct score_pit pit, double bins[], size_t n_bins)
{
    bug_if(n_bins < 1 || !(pit.low >= 0) || !(pit.high >= pit.low) || !(pit.high <= 1));
    const double size = (double)n_bins;
    if (!(pit.high > pit.low)) {
        const size_t at = (size_t)(pit.low * size);
        bins[at < n_bins ? at : n_bins - 1] += 1;
        return;
    }
    for (size_t i = 0; i < n_bins; i++) {
        const double from = fmax(pit.low, (double)i / size);
        const double to = fmin(pit.high, (double)(i + 1) / size);
        if (to > from)
            bins[i] += (to - from) / (pit.high - pit.low);
    }
}
