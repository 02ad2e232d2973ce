/* SPDX-License-Identifier: GPL-3.0-or-later
 * Closed forms and distribution functions. */
#include "numeric/change.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#include "base/err.h"

static const double z95 = 1.959963984540054; /* normal quantile at .975 */
static const double tie = 1.0 + 1e-7;        /* tables as probable as the one seen but for rounding */
static const double jeffreys = .5;
enum { EXACT_BELOW = 10 };

struct change_ratio change_of_counts(int64_t before, double exposure_before, int64_t after,
                                     double exposure_after, double dispersion)
{
    bug_if(before < 0 || after < 0 || !(exposure_before > 0) || !(exposure_after > 0) || !(dispersion >= 1));
    struct change_ratio out = {.ratio = NAN, .limits = {NAN, NAN}, .z = NAN};
    if (before > 0 && after > 0) {
        const double b = (double)before;
        const double a = (double)after;
        const double se = sqrt(dispersion * (1 / b + 1 / a));
        out.ratio = a / exposure_after / (b / exposure_before);
        out.z = log(out.ratio) / se;
        out.limits.low = out.ratio * exp(-z95 * se);
        out.limits.high = out.ratio * exp(z95 * se);
    }
    if (dispersion > 1 && !isnan(out.z))
        out.p = 2 * gsl_cdf_ugaussian_Q(fabs(out.z));
    else
        out.p = interval_change_p(llround((double)before / dispersion), exposure_before,
                                  llround((double)after / dispersion), exposure_after);
    return out;
}

double change_fisher_p(int64_t a, int64_t n, int64_t b, int64_t m)
{
    bug_if(a < 0 || a > n || b < 0 || b > m);
    if (n == 0 || m == 0)
        return NAN;
    const unsigned drawn = (unsigned)(a + b);
    const unsigned first = (unsigned)n;
    const unsigned second = (unsigned)m;
    const double seen = gsl_ran_hypergeometric_pdf((unsigned)a, first, second, drawn);
    double sum = 0;
    for (unsigned k = drawn > second ? drawn - second : 0; k <= drawn && k <= first; k++) {
        const double here = gsl_ran_hypergeometric_pdf(k, first, second, drawn);
        if (here <= seen * tie)
            sum += here;
    }
    return fmin(sum, 1);
}

double change_of_shares(int64_t a, int64_t n, int64_t b, int64_t m)
{
    bug_if(a < 0 || a > n || b < 0 || b > m);
    if (n == 0 || m == 0)
        return NAN;
    if (a < EXACT_BELOW || b < EXACT_BELOW || n - a < EXACT_BELOW || m - b < EXACT_BELOW)
        return change_fisher_p(a, n, b, m);
    const double p = (double)(a + b) / (double)(n + m);
    const double se = sqrt(p * (1 - p) * (1 / (double)n + 1 / (double)m));
    return 2 * gsl_cdf_ugaussian_Q(fabs((double)a / (double)n - (double)b / (double)m) / se);
}

/* Variance of the mean; NaN for fewer than two values. */
static double mean_variance(struct change_sample sample)
{
    return sample.n >= 2 ? sample.squares / (sample.n - 1) / sample.n : (double)NAN;
}

double change_of_means(struct change_sample before, struct change_sample after)
{
    const double u = mean_variance(before);
    const double v = mean_variance(after);
    if (!(u + v > 0))
        return NAN;
    const double t = (after.mean - before.mean) / sqrt(u + v);
    const double freedom = (u + v) * (u + v) / (u * u / (before.n - 1) + v * v / (after.n - 1));
    return 2 * gsl_cdf_tdist_Q(fabs(t), freedom);
}

struct interval change_mean_limits(struct change_sample sample)
{
    const double variance = mean_variance(sample);
    if (isnan(variance))
        return (struct interval){NAN, NAN};
    const double half = gsl_cdf_tdist_Pinv(.975, sample.n - 1) * sqrt(variance);
    return (struct interval){sample.mean - half, sample.mean + half};
}

double change_count_chance(int64_t count, double dispersion, double target)
{
    bug_if(count < 0 || !(dispersion >= 1));
    if (!(target > 0))
        return 0;
    return gsl_cdf_gamma_P(target / dispersion, (double)count / dispersion + jeffreys, 1);
}

double change_share_chance(int64_t a, int64_t n, double target)
{
    bug_if(a < 0 || a > n || n < 1);
    if (!(target > 0) || target >= 1)
        return target >= 1 ? 1 : 0;
    return gsl_cdf_beta_P(target, (double)a + jeffreys, (double)(n - a) + jeffreys);
}

double change_mean_chance(struct change_sample sample, double target)
{
    const double variance = mean_variance(sample);
    if (!(variance > 0))
        return NAN;
    return gsl_cdf_tdist_P((target - sample.mean) / sqrt(variance), sample.n - 1);
}
