/* SPDX-License-Identifier: GPL-3.0-or-later
 * Closed forms; the slope is that of two variables centred at their weighted means. */
#include "numeric/trend.h"

#include <math.h>

#include "base/err.h"

static const double slope_cap = .10; /* a year */

double trend_multiplier(double slope, double damping, double steps)
{
    bug_if(!(damping >= 0) || !(damping <= 1) || !(steps >= 0));
    const double sum = damping < 1 ? damping * (1 - pow(damping, steps)) / (1 - damping) : steps;
    return exp(slope * sum);
}

double trend_limit(double slope, double damping)
{
    bug_if(!(damping >= 0) || !(damping < 1));
    return exp(slope * damping / (1 - damping));
}

struct trend_slope trend_fit_slope(const double t[], const double y[], const double weights[], size_t n,
                                   double prior_mean, double prior_sd)
{
    bug_if(!(prior_sd > 0));
    double weight = 0;
    double mean_t = 0;
    double mean_y = 0;
    for (size_t i = 0; i < n; i++) {
        bug_if(!(weights[i] >= 0));
        if (!(weights[i] > 0))
            continue; /* y may be the log of 0 */
        weight += weights[i];
        mean_t += (t[i] - mean_t) * weights[i] / weight;
        mean_y += (y[i] - mean_y) * weights[i] / weight;
    }
    double squares = 0;
    double products = 0;
    for (size_t i = 0; i < n; i++)
        if (weights[i] > 0) {
            squares += weights[i] * (t[i] - mean_t) * (t[i] - mean_t);
            products += weights[i] * (t[i] - mean_t) * (y[i] - mean_y);
        }
    const double prior = 1 / (prior_sd * prior_sd); /* 0 for none */
    return (struct trend_slope){(products + (prior > 0 ? prior * prior_mean : 0)) / (squares + prior),
                                1 / sqrt(squares + prior)};
}

double trend_shrink(double own, double national, double own_share)
{
    bug_if(!(own_share >= 0) || !(own_share <= 1));
    return fmax(-slope_cap, fmin(slope_cap, own_share * own + (1 - own_share) * national));
}
