/* SPDX-License-Identifier: GPL-3.0-or-later
 * A count speaks of eta = h'x alone. With s the variance of eta before it, the mode solves
 * eta = before + s (N - E exp(eta)) / c, whose left side less the right is increasing and convex or concave
 * by turns: Newton's method, held to a bracket, always ends. Around the mode the density is summed at equal
 * steps: for a smooth density that ends in tails as good as any quadrature (Trefethen and Weideman 2014, SIAM
 * Review 56:385). */
#include "numeric/state_space.h"

#include <math.h>
#include <stdbool.h>

enum { NEWTON_STEPS = 60, QUADRATURE_STEPS = 60 };
static const double quadrature_reach = 12; /* standard deviations at the mode */
static const double newton_enough = 1e-12;
static const double most_step = 2; /* of a log level at once */
static const double log_two_pi = 1.8378770664093454836;

void state_space_predict(struct state_space *state,
                         const double transition[STATE_SPACE_MOST][STATE_SPACE_MOST],
                         const double noise[STATE_SPACE_MOST][STATE_SPACE_MOST])
{
    const int n = state->n;
    double mean[STATE_SPACE_MOST] = {0};
    double moved[STATE_SPACE_MOST][STATE_SPACE_MOST] = {{0}};
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++) {
            mean[i] += transition[i][k] * state->mean[k];
            for (int j = 0; j < n; j++)
                moved[i][j] += transition[i][k] * state->covariance[k][j];
        }
    for (int i = 0; i < n; i++) {
        state->mean[i] = mean[i];
        for (int j = 0; j <= i; j++) {
            double sum = noise[i][j];
            for (int k = 0; k < n; k++)
                sum += moved[i][k] * transition[j][k];
            state->covariance[i][j] = state->covariance[j][i] = sum;
        }
    }
}

/* gain = covariance . loading; returns loading . gain. */
static double direction(const struct state_space *state, const double loading[], double gain[])
{
    double variance = 0;
    for (int i = 0; i < state->n; i++) {
        gain[i] = 0;
        for (int k = 0; k < state->n; k++)
            gain[i] += state->covariance[i][k] * loading[k];
    }
    for (int i = 0; i < state->n; i++)
        variance += loading[i] * gain[i];
    return variance;
}

/* mean += gain x step, covariance -= gain gain' x weight. */
static void update(struct state_space *state, const double gain[], double step, double weight)
{
    for (int i = 0; i < state->n; i++) {
        state->mean[i] += gain[i] * step;
        for (int j = 0; j < state->n; j++)
            state->covariance[i][j] -= gain[i] * gain[j] * weight;
    }
}

static double dot(const struct state_space *state, const double loading[])
{
    double sum = 0;
    for (int i = 0; i < state->n; i++)
        sum += loading[i] * state->mean[i];
    return sum;
}

void state_space_count(struct state_space *state, const double loading[STATE_SPACE_MOST], double count,
                       double expected, double dispersion)
{
    double gain[STATE_SPACE_MOST];
    const double spread = direction(state, loading, gain);
    const double before = dot(state, loading);
    if (!(spread > 0))
        return;
    double eta = before;
    for (int step = 0; step < NEWTON_STEPS; step++) {
        const double mean = expected * exp(eta);
        const double value = eta - before - spread * (count - mean) / dispersion;
        const double change = value / (1 + spread * mean / dispersion);
        eta -= fmax(-most_step, fmin(most_step, change));
        if (fabs(change) < newton_enough)
            break;
    }
    /* mean and variance of eta */
    const double width = 1 / sqrt(1 / spread + expected * exp(eta) / dispersion);
    double mass = 0;
    double first = 0;
    double second = 0;
    for (int i = -QUADRATURE_STEPS; i <= QUADRATURE_STEPS; i++) {
        const double x = width * quadrature_reach * i / QUADRATURE_STEPS;
        /* log density over that at the mode */
        const double away =
            (eta - before + x / 2) * x / spread - (count * x - expected * exp(eta) * expm1(x)) / dispersion;
        const double density = exp(-away);
        mass += density;
        first += density * x;
        second += density * x * x;
    }
    const double shift = first / mass;
    const double variance = second / mass - shift * shift;
    update(state, gain, (eta + shift - before) / spread, (spread - variance) / (spread * spread));
}

double state_space_value(struct state_space *state, const double loading[STATE_SPACE_MOST], double y,
                         double variance)
{
    double gain[STATE_SPACE_MOST];
    const double total = direction(state, loading, gain) + variance;
    const double surprise = y - dot(state, loading);
    update(state, gain, surprise / total, 1 / total);
    return -0.5 * (log_two_pi + log(total) + surprise * surprise / total);
}

void state_space_root(const double matrix[STATE_SPACE_MOST][STATE_SPACE_MOST], int n,
                      double root[STATE_SPACE_MOST][STATE_SPACE_MOST])
{
    for (int j = 0; j < n; j++) {
        double left = matrix[j][j];
        for (int k = 0; k < j; k++)
            left -= root[j][k] * root[j][k];
        const bool flat = !(left > 1e-14 * (1e-300 + matrix[j][j]));
        root[j][j] = flat ? 0 : sqrt(left);
        for (int i = 0; i < n; i++) {
            if (i < j)
                root[i][j] = 0;
            if (i <= j)
                continue;
            double sum = matrix[i][j];
            for (int k = 0; k < j; k++)
                sum -= root[i][k] * root[j][k];
            root[i][j] = flat ? 0 : sum / root[j][j];
        }
    }
}
