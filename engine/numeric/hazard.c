/* SPDX-License-Identifier: GPL-3.0-or-later
 * Formulas are in the header; the only work is the search for the prior, in logs so that both of its numbers
 * stay above 0. */
#include "numeric/hazard.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multimin.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

/* A prior worth more than this many times all exposure is as good as pooling. */
static const double strength_cap = 20.0;

double hazard_from_daily(double q)
{
    bug_if(!(q >= 0) || !(q < 1));
    return -log1p(-q);
}

double hazard_to_daily(double hazard)
{
    bug_if(!(hazard >= 0));
    return -expm1(-hazard);
}

void hazard_split_daily(const double q[], size_t n, double hazards[])
{
    double total = 0;
    for (size_t i = 0; i < n; i++)
        total += q[i];
    const double ratio = total > 0 ? hazard_from_daily(total) / total : 1;
    for (size_t i = 0; i < n; i++)
        hazards[i] = q[i] * ratio;
}

struct totals {
    double occurrences, exposure;
};

static bool add_up(const struct hazard_cell cells[], size_t n, struct totals *out, struct err *err)
{
    struct totals sum = {0, 0};
    for (size_t i = 0; i < n; i++) {
        if (cells[i].occurrences > 0 && !(cells[i].exposure > 0))
            return err_set(err, ERR_DATA,
                           "cell %zu has events but no time at risk; the history contradicts itself, run "
                           "check",
                           i + 1);
        sum.occurrences += cells[i].occurrences;
        sum.exposure += cells[i].exposure;
    }
    if (!(sum.exposure > 0))
        return err_set(err, ERR_DATA, "there is no time at risk to learn a rate from");
    *out = sum;
    return true;
}

struct marginal {
    const struct hazard_cell *cells;
    size_t n;
};

static double log_likelihood(const struct marginal *marginal, double shape, double strength)
{
    double sum = 0;
    for (size_t i = 0; i < marginal->n; i++) {
        const double o = marginal->cells[i].occurrences;
        const double e = marginal->cells[i].exposure;
        if (!(e > 0))
            continue;
        sum += gsl_sf_lngamma(shape + o) - gsl_sf_lngamma(shape) - gsl_sf_lngamma(o + 1) -
               shape * log1p(e / strength);
        if (o > 0)
            sum += o * log(e / (strength + e));
    }
    return sum;
}

static double minus_log_likelihood(const gsl_vector *logs, void *context)
{
    const double shape = exp(gsl_vector_get(logs, 0));
    const double strength = exp(gsl_vector_get(logs, 1));
    const double value = log_likelihood(context, shape, strength);
    return isfinite(value) ? -value : 1e300;
}

/* Nelder and Mead from the pooled rate with one unit of shape; restarted once, which is what a collapsed
 * simplex needs. */
static bool search_prior(struct marginal *marginal, double rate, struct hazard_prior *out, struct err *err)
{
    enum { PASSES = 3, STEPS = 400 };
    gsl_multimin_fminimizer *minimizer = gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, 2);
    gsl_vector *start = gsl_vector_alloc(2);
    gsl_vector *step = gsl_vector_alloc(2);
    bool ok = minimizer != NULL && start != NULL && step != NULL;
    if (!ok)
        err_no_memory(err);
    gsl_multimin_function function = {.f = minus_log_likelihood, .n = 2, .params = marginal};
    if (ok) {
        gsl_vector_set(start, 0, 0.0);
        gsl_vector_set(start, 1, -log(rate));
        gsl_vector_set_all(step, 1.0);
    }
    for (int pass = 0; ok && pass < PASSES; pass++) {
        if (gsl_multimin_fminimizer_set(minimizer, &function, start, step) != GSL_SUCCESS)
            break;
        for (int i = 0; i < STEPS && gsl_multimin_fminimizer_size(minimizer) > 1e-11; i++)
            if (gsl_multimin_fminimizer_iterate(minimizer) != GSL_SUCCESS)
                break;
        if (gsl_vector_memcpy(start, minimizer->x) != GSL_SUCCESS)
            break;
        gsl_vector_set_all(step, 0.01);
    }
    if (ok) {
        out->shape = exp(gsl_vector_get(start, 0));
        out->strength = exp(gsl_vector_get(start, 1));
        out->log_likelihood = log_likelihood(marginal, out->shape, out->strength);
    }
    if (minimizer != NULL)
        gsl_multimin_fminimizer_free(minimizer);
    if (start != NULL)
        gsl_vector_free(start);
    if (step != NULL)
        gsl_vector_free(step);
    return ok;
}

bool hazard_fit_prior(const struct hazard_cell cells[], size_t n, struct hazard_prior *out, struct err *err)
{
    struct totals sum = {0};
    if (!add_up(cells, n, &sum, err))
        return false;
    struct hazard_prior prior = {.strength = strength_cap * sum.exposure, .pooled = true};
    const double rate = sum.occurrences / sum.exposure;
    prior.shape = rate * prior.strength;
    prior.log_likelihood = NAN;
    if (rate > 0) {
        struct marginal marginal = {cells, n};
        struct hazard_prior found = {0};
        if (!search_prior(&marginal, rate, &found, err))
            return false;
        if (found.strength < prior.strength)
            prior = found;
    }
    *out = prior;
    return true;
}

bool hazard_shrink_moments(const struct hazard_cell cells[], size_t n, double rates[], double weights[],
                           struct err *err)
{
    struct totals sum = {0};
    if (!add_up(cells, n, &sum, err))
        return false;
    const double rate = sum.occurrences / sum.exposure;
    double spread = 0;
    for (size_t i = 0; i < n; i++) {
        const double e = cells[i].exposure;
        if (e > 0)
            spread += e * pow(cells[i].occurrences / e - rate, 2);
    }
    const double between = fmax(0, spread / sum.exposure - rate * (double)n / sum.exposure);
    for (size_t i = 0; i < n; i++) {
        const double e = cells[i].exposure;
        const double weight = e > 0 && between > 0 ? between / (between + rate / e) : 0;
        rates[i] = e > 0 ? rate + weight * (cells[i].occurrences / e - rate) : rate;
        if (weights != NULL)
            weights[i] = weight;
    }
    return true;
}

double hazard_strength(const struct hazard_cell cells[], const double expected[], size_t n, double least,
                       double most)
{
    /* In units of expected events the parent's rate is 1 and Marshall's r / A is 1 / A. */
    double events = 0;
    double weight = 0;
    double exposure = 0;
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        events += cells[i].occurrences;
        exposure += cells[i].exposure;
    }
    const double pooled = exposure > 0 ? events / exposure : 0;
    double spread = 0;
    for (size_t i = 0; i < n; i++) {
        const double mean = cells[i].exposure * (expected != NULL ? expected[i] : pooled);
        if (!(mean > 0))
            continue;
        spread += pow(cells[i].occurrences - mean, 2) / mean;
        weight += mean;
        used++;
    }
    if (!(weight > 0) || !(events > 0))
        return most;
    const double between = (spread - (double)used) / weight;
    if (!(between > 0))
        return most;
    const double strength = exposure / (between * weight);
    return fmin(most, fmax(least, strength));
}

double hazard_posterior_mean(struct hazard_cell cell, double parent, double strength)
{
    bug_if(!(strength > 0) || !(parent >= 0));
    return (cell.occurrences + strength * parent) / (cell.exposure + strength);
}
