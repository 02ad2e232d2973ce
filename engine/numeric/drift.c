/* SPDX-License-Identifier: GPL-3.0-or-later
 * The variance of a change is a sum over the innovations behind it: exact up to the random walk, where the
 * difference of two nearly equal averages would lose its digits. */
#include "numeric/drift.h"

#include <math.h>

#include "base/err.h"

static const double least_of_prior = .25;

struct drift_average drift_average_continuous(double k)
{
    bug_if(!(k >= 0));
    struct drift_average average = {1, 1};
    if (!(k > 0))
        return average;
    const double decay = -expm1(-k) / k;
    average.covariance = decay * decay;
    average.variance = 2 * (k + expm1(-k)) / (k * k);
    if (k < 1) { /* the series of the same: 2 sum (-k)^i / (i + 2)! */
        double term = 1;
        average.variance = 0;
        for (int i = 0; fabs(term) > 1e-18; i++) {
            average.variance += term;
            term *= -k / (i + 3);
        }
    }
    return average;
}

struct drift_average drift_average_steps(double phi, int n)
{
    bug_if(!(phi >= 0) || !(phi < 1) || n < 1 || n > DRIFT_MOST_MONTHS);
    double variance = n;
    double sum = 0; /* 1 + phi + .. + phi^(n - 1) */
    double power = 1;
    for (int lag = 1; lag <= n; lag++) {
        sum += power;
        power *= phi;
        variance += 2 * (n - lag) * power;
    }
    return (struct drift_average){variance / n / n, phi * sum * sum / n / n};
}

double drift_change_variance(double phi, int n)
{
    bug_if(!(phi >= 0) || !(phi <= 1) || n < 1 || n > DRIFT_MOST_MONTHS);
    double powers[DRIFT_MOST_MONTHS + 1] = {1}; /* phi^i */
    double sums[DRIFT_MOST_MONTHS + 1] = {0};   /* 1 + phi + .. + phi^(i - 1) */
    for (int i = 1; i <= n; i++) {
        sums[i] = sums[i - 1] + powers[i - 1];
        powers[i] = powers[i - 1] * phi;
    }
    double squares = 0;
    for (int left = 1; left <= n; left++) {
        /* innovations with so many steps left in the second period; and in the first, which then reach all of
         * the second */
        const double second = sums[left];
        const double first = powers[left] * sums[n] - sums[left];
        squares += second * second + first * first;
    }
    /* those before both periods: (phi^n - 1) phi sums[n], fading by phi a step */
    const double before = (powers[n] - 1) * phi * sums[n];
    if (phi < 1)
        squares += before * before / (1 - phi * phi);
    return squares / n / n;
}

double drift_monthly_sd(double change_sd, double phi)
{
    bug_if(!(change_sd >= 0) || !(phi > 0));
    const double month = phi < 1 ? pow(phi, 1.0 / DRIFT_MONTHS) : phi;
    return change_sd / sqrt(drift_change_variance(month, DRIFT_MONTHS));
}

double drift_annual_change_sd(double innovation_sd, double phi)
{
    return innovation_sd * sqrt(drift_change_variance(phi, 1));
}

struct drift_measure drift_measure(const double counts[], const double exposure[], const double common[],
                                   size_t n_years, double dispersion)
{
    struct drift_measure measure = {.mean = NAN, .variance = NAN, .noise = NAN, .net = NAN};
    double mean = 0;
    double squares = 0;
    double noise = 0;
    for (size_t i = 1; i < n_years; i++) {
        if (!(counts[i] > 0) || !(counts[i - 1] > 0))
            continue;
        double change = log(counts[i] / counts[i - 1]);
        if (exposure != NULL)
            change -= log(exposure[i] / exposure[i - 1]);
        if (common != NULL)
            change -= common[i - 1];
        measure.n++;
        const double away = change - mean;
        mean += away / (double)measure.n;
        squares += away * (change - mean);
        noise += dispersion * (1 / counts[i] + 1 / counts[i - 1]);
    }
    if (measure.n < 2)
        return measure;
    measure.mean = mean;
    measure.variance = squares / (double)(measure.n - 1);
    measure.noise = noise / (double)measure.n;
    measure.net = measure.variance - measure.noise;
    return measure;
}

double drift_shrink_variance(double prior, double prior_n, double own, double n)
{
    bug_if(!(prior > 0) || !(prior_n > 0) || !(n >= 0));
    const double sum = prior_n * prior + (n > 0 ? n * own : 0);
    return fmax(sum / (prior_n + n), least_of_prior * prior);
}

double drift_mean_multiplier(double sd)
{
    return exp(sd * sd / 2);
}

double drift_multiplier_cv(double sd)
{
    return sqrt(expm1(sd * sd));
}

double drift_count_sd(double mean, double sd, double dispersion)
{
    return sqrt(dispersion * mean + mean * mean * expm1(sd * sd));
}
