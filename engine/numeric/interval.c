/* SPDX-License-Identifier: GPL-3.0-or-later
 * Closed forms; only the exact Poisson limits need a quantile of chi-square. */
#include "numeric/interval.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#include "base/err.h"

static const double z95 = 1.959963984540054; /* normal quantile at .975 */
enum { BYAR_FROM = 10, STANDARDISED_FROM = 10 };
static const double tie = 1.0 + 1e-7; /* outcomes as probable as the one seen but for rounding */

struct interval interval_count_byar(int64_t count)
{
    const double o = (double)count;
    const double low = o > 0.0 ? 1.0 - 1.0 / (9.0 * o) - z95 / (3.0 * sqrt(o)) : 0.0;
    const double high = 1.0 - 1.0 / (9.0 * (o + 1.0)) + z95 / (3.0 * sqrt(o + 1.0));
    return (struct interval){o * low * low * low, (o + 1.0) * high * high * high};
}

struct interval interval_count_exact(int64_t count)
{
    const double o = (double)count;
    return (struct interval){
        count > 0 ? gsl_cdf_chisq_Pinv(0.025, 2.0 * o) / 2.0 : 0.0,
        gsl_cdf_chisq_Pinv(0.975, 2.0 * o + 2.0) / 2.0,
    };
}

struct interval interval_count(int64_t count)
{
    bug_if(count < 0);
    return count < BYAR_FROM ? interval_count_exact(count) : interval_count_byar(count);
}

struct interval interval_share(int64_t of, int64_t n)
{
    bug_if(n < 1 || of < 0 || of > n);
    const double size = (double)n;
    const double p = (double)of / size;
    const double z2 = z95 * z95;
    const double middle = p + z2 / (2.0 * size);
    const double half = z95 * sqrt(p * (1.0 - p) / size + z2 / (4.0 * size * size));
    const double scale = 1.0 + z2 / size;
    return (struct interval){
        of == 0 ? 0.0 : (middle - half) / scale,
        of == n ? 1.0 : (middle + half) / scale,
    };
}

struct interval interval_share_difference(int64_t a, int64_t n, int64_t b, int64_t m)
{
    const struct interval first = interval_share(a, n);
    const struct interval second = interval_share(b, m);
    const double p = (double)a / (double)n;
    const double q = (double)b / (double)m;
    return (struct interval){
        p - q - hypot(p - first.low, second.high - q),
        p - q + hypot(first.high - p, q - second.low),
    };
}

struct interval_rate interval_standardised(const int64_t events[], const double populations[],
                                           const double weights[], size_t n)
{
    int64_t count = 0;
    double weight = 0;
    double rate = 0;
    double variance = 0;
    for (size_t i = 0; i < n; i++) {
        bug_if(events[i] < 0 || !(populations[i] > 0) || !(weights[i] >= 0));
        const double o = (double)events[i];
        count += events[i];
        weight += weights[i];
        rate += weights[i] * o / populations[i];
        variance += weights[i] * weights[i] * o / (populations[i] * populations[i]);
    }
    bug_if(!(weight > 0));
    if (count < STANDARDISED_FROM)
        return (struct interval_rate){NAN, NAN, NAN};
    const struct interval limits = interval_count(count);
    const double o = (double)count;
    const double scale = sqrt(variance / o) / weight;
    rate /= weight;
    return (struct interval_rate){rate, rate + scale * (limits.low - o), rate + scale * (limits.high - o)};
}

double interval_change_p(int64_t before, double exposure_before, int64_t after, double exposure_after)
{
    bug_if(before < 0 || after < 0 || !(exposure_before > 0.0) || !(exposure_after > 0.0));
    const unsigned n = (unsigned)(before + after);
    const double p = exposure_after / (exposure_before + exposure_after);
    const double seen = gsl_ran_binomial_pdf((unsigned)after, p, n);
    double sum = 0.0;
    for (unsigned k = 0; k <= n; k++) {
        const double here = gsl_ran_binomial_pdf(k, p, n);
        if (here <= seen * tie)
            sum += here;
    }
    return fmin(sum, 1.0);
}
