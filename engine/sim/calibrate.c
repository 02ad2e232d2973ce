/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ratios, not differences, so that a small part of a total shrinks or grows with it and never falls below 0.
 */
#include "sim/calibrate.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "numeric/quantile.h"

enum { WEIGHT_STEPS = 10, MONTHS_A_YEAR = 12, CASES_MOST = 512 };
static const double prior_worth = 30; /* cases */

/* ---- learning ---------------------------------------------------------------------------------------- */

static size_t cases_at(const struct calibration_case cases[], size_t n, day known_by, int32_t months,
                       const struct calibration_case *out[CASES_MOST])
{
    size_t found = 0;
    for (size_t i = 0; i < n && found < CASES_MOST; i++)
        if (cases[i].months == months && date_month_end(cases[i].origin, months) <= known_by)
            out[found++] = &cases[i];
    return found;
}

/* Overlapping horizons are not independent: yearly origins of a two-year horizon count half each, quarterly
 * ones of a year a quarter. One alone counts like one of yearly ones. */
static double independent(const struct calibration_case *const cases[], size_t n, int32_t months)
{
    double apart = MONTHS_A_YEAR; /* months between origins */
    day first = DAY_OPEN;
    day last = DAY_NONE;
    for (size_t i = 0; i < n; i++) {
        first = cases[i]->origin < first ? cases[i]->origin : first;
        last = cases[i]->origin > last ? cases[i]->origin : last;
    }
    if (n > 1)
        apart = (date_month_index(last) - date_month_index(first)) / (double)(n - 1);
    return apart < months ? (double)n * apart / months : (double)n;
}

static double best_weight(const struct calibration_case *const cases[], size_t n)
{
    double best = INFINITY;
    double weight = 1;
    for (int step = WEIGHT_STEPS; step >= 0; step--) {
        const double w = step / (double)WEIGHT_STEPS;
        double score = 0;
        for (size_t i = 0; i < n; i++) {
            double pooled[SCORE_LEVELS];
            conformal_pool(cases[i]->raw, cases[i]->reference, w, pooled);
            score += score_crps_quantiles(pooled, cases[i]->actual);
        }
        if (score < best) {
            best = score;
            weight = w;
        }
    }
    return weight;
}

static double own_scale(const struct calibration_case *const cases[], size_t n, double weight, int coverage)
{
    double residuals[CASES_MOST];
    double work[CASES_MOST];
    for (size_t i = 0; i < n; i++) {
        double pooled[SCORE_LEVELS];
        conformal_pool(cases[i]->raw, cases[i]->reference, weight, pooled);
        const int low = SCORE_MEDIAN - 1 - coverage;
        residuals[i] = conformal_residual(pooled[SCORE_MEDIAN], pooled[low], pooled[SCORE_LEVELS - 1 - low],
                                          cases[i]->actual);
    }
    return conformal_scale(residuals, work, n, CONFORMAL_ALL, conformal_coverages[coverage]);
}

void calibration_learn(const struct calibration *prior, const struct calibration_case cases[], size_t n,
                       day known_by, struct calibration *out)
{
    struct calibration learned = *prior;
    double scales[CONFORMAL_COVERAGES * CALIBRATION_HORIZONS_MOST];
    for (size_t h = 0; h < prior->n; h++) {
        const struct calibration_case *mine[CASES_MOST];
        struct calibration_horizon *at = &learned.at[h];
        const size_t found = cases_at(cases, n, known_by, at->months, mine);
        const double count = independent(mine, found, at->months);
        if (found > 0)
            at->weight = conformal_shrink_weight(best_weight(mine, found), count, at->weight, prior_worth);
        for (int c = 0; c < CONFORMAL_COVERAGES; c++)
            scales[(size_t)c * prior->n + h] =
                conformal_shrink(own_scale(mine, found, at->weight, c), count, at->scales[c], prior_worth);
        learned.origins = (int32_t)found > learned.origins ? (int32_t)found : learned.origins;
    }
    if (learned.origins > 0)
        conformal_isotonic(scales, CONFORMAL_COVERAGES, prior->n);
    for (size_t h = 0; h < prior->n; h++)
        for (int c = 0; c < CONFORMAL_COVERAGES; c++)
            learned.at[h].scales[c] = scales[(size_t)c * prior->n + h];
    *out = learned;
}

/* ---- applying ---------------------------------------------------------------------------------------- */

struct calibration_horizon calibration_at(const struct calibration *calibration, int32_t months)
{
    size_t h = 0;
    while (h + 1 < calibration->n && calibration->at[h + 1].months <= months)
        h++;
    struct calibration_horizon at = calibration->at[h];
    at.months = months;
    if (h + 1 == calibration->n || months <= calibration->at[h].months)
        return at;
    const struct calibration_horizon *next = &calibration->at[h + 1];
    const double share =
        (double)(months - calibration->at[h].months) / (next->months - calibration->at[h].months);
    at.weight += share * (next->weight - at.weight);
    for (int c = 0; c < CONFORMAL_COVERAGES; c++)
        at.scales[c] += share * (next->scales[c] - at.scales[c]);
    return at;
}

void calibration_quantiles(const struct calibration_horizon *horizon, const double raw[SCORE_LEVELS],
                           const double reference[SCORE_LEVELS], double final[SCORE_LEVELS])
{
    double pooled[SCORE_LEVELS];
    conformal_pool(raw, reference, horizon->weight, pooled);
    conformal_apply(pooled, horizon->scales, final);
}

bool calibration_apply(const struct calibration *calibration, const double reference[][SCORE_LEVELS],
                       struct draws *draws, struct err *err)
{
    const size_t n = (size_t)draws->replicates;
    const size_t months = (size_t)draws->months;
    const struct group all = {GROUP_ALL, 0};
    double *values = vec_new(n, sizeof *values, err);
    int32_t *counts = vec_new(2 * n, sizeof *counts, err);
    double *ratios = vec_new(n * months, sizeof *ratios, err);
    const bool ok = values != NULL && counts != NULL && ratios != NULL;
    for (size_t m = 0; ok && m < months; m++) {
        const struct calibration_horizon horizon = calibration_at(calibration, (int32_t)m + 1);
        double raw[SCORE_LEVELS];
        double final[SCORE_LEVELS];
        draws_values(draws, MEASURE_STOCK, all, (int32_t)m, (int32_t)m, values);
        for (size_t r = 0; r < n; r++)
            counts[r] = (int32_t)values[r];
        (void)quantile_of_counts(counts, counts + n, n, score_levels, SCORE_LEVELS, raw);
        calibration_quantiles(&horizon, raw, reference[m], final);
        const struct conformal_map map = conformal_map_make(raw, final);
        for (size_t r = 0; r < n; r++)
            ratios[r * months + m] = values[r] > 0 ? conformal_map_value(&map, values[r]) / values[r] : 1;
    }
    free(values);
    free(counts);
    if (!ok) {
        free(ratios);
        return false;
    }
    free(draws->ratios);
    draws->ratios = ratios;
    return true;
}
