/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shrinkage by prior events for the factors; the harmonic is a Poisson regression on two columns. */
#include "numeric/season.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <math.h>

#include "numeric/poisson_glm.h"

static const double weight_seen = 120; /* events */
static const double weight_unseen = 600;
static const double p_seen = .1;
static const double years_enough = 5;

static double total(const double values[SEASON_MONTHS])
{
    double sum = 0;
    for (int i = 0; i < SEASON_MONTHS; i++)
        sum += values[i];
    return sum;
}

bool season_find(const double counts[SEASON_MONTHS], const double days[SEASON_MONTHS],
                 struct season_test *out, struct err *err)
{
    enum { HARMONICS = 2 };
    double columns[SEASON_MONTHS * HARMONICS];
    for (size_t i = 0; i < SEASON_MONTHS; i++) {
        const double phase = 2 * M_PI * ((double)i + .5) / SEASON_MONTHS;
        columns[HARMONICS * i] = cos(phase);
        columns[HARMONICS * i + 1] = sin(phase);
    }
    const struct poisson_glm_data data = {
        .n = SEASON_MONTHS, .n_columns = HARMONICS, .events = counts, .exposure = days, .columns = columns};
    struct poisson_glm glm;
    if (!poisson_glm_fit(&data, &glm, err))
        return false;
    struct season_test test = {.cosine = glm.coefficients[1], .sine = glm.coefficients[2]};
    const double rate = total(counts) / total(days);
    double none = 0; /* deviance of one rate for all months */
    for (int i = 0; i < SEASON_MONTHS; i++) {
        const double mean = rate * days[i];
        test.chi2 += (counts[i] - mean) * (counts[i] - mean) / mean;
        none += counts[i] > 0 ? 2 * counts[i] * log(counts[i] / mean) : 0;
    }
    test.p = gsl_cdf_chisq_Q(test.chi2, SEASON_MONTHS - 1);
    test.ratio = fmax(0, none - glm.deviance);
    test.harmonic_p = gsl_cdf_chisq_Q(test.ratio, HARMONICS);
    poisson_glm_free(&glm);
    *out = test;
    return true;
}

double season_weight(const struct season_test *test, double years)
{
    const bool seen = test->p < p_seen || test->harmonic_p < p_seen;
    return seen || years >= years_enough ? weight_seen : weight_unseen;
}

void season_factors(const double counts[SEASON_MONTHS], const double days[SEASON_MONTHS], double weight,
                    double factors[SEASON_MONTHS])
{
    bug_if(!(weight > 0));
    const double rate = total(counts) / total(days);
    for (int i = 0; i < SEASON_MONTHS; i++)
        factors[i] = (counts[i] + weight) / (rate * days[i] + weight);
    season_normalise(factors, days);
}

void season_normalise(double factors[SEASON_MONTHS], const double days[SEASON_MONTHS])
{
    double sum = 0;
    for (int i = 0; i < SEASON_MONTHS; i++)
        sum += factors[i] * days[i];
    const double scale = total(days) / sum;
    for (int i = 0; i < SEASON_MONTHS; i++)
        factors[i] *= scale;
}
