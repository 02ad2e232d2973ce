/* SPDX-License-Identifier: GPL-3.0-or-later
 * Each outcome is spread over the bins that its probability lies in; limits are those of clustered means. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "numeric/compare.h"
#include "study/backtest.h"

static const double upper_tail = 0.975;

struct work {
    double *values;   /* [row] */
    int32_t *origins; /* [row] which origin */
    size_t n;
    size_t n_origins;
    double overlap;
};

/* Mean and 95 % limits of the values, clusters being the origins. */
static bool find_limits(const struct work *work, double *mean, double *low, double *high, struct err *err)
{
    struct compare_mean found;
    if (!compare_cluster_mean(work->values, work->origins, work->n, work->n_origins, &found, err))
        return false;
    *mean = found.mean;
    *low = *high = NAN;
    if (found.n_clusters >= BACKTEST_LEAST_ORIGINS) {
        const double reach = gsl_cdf_tdist_Pinv(upper_tail, (double)found.n_clusters - 1) *
                             sqrt(work->overlap) * found.se_adjusted;
        *low = fmax(0, found.mean - reach);
        *high = fmin(1, found.mean + reach);
    }
    return true;
}

static int compare_days(const void *a, const void *b)
{
    const day x = *(const day *)a;
    const day y = *(const day *)b;
    return (x > y) - (x < y);
}

/* Numbers the origins of rows in order of time. */
static bool number_origins(const struct backtest_row *const rows[], struct work *work, struct err *err)
{
    day *days = vec_new(work->n, sizeof *days, err);
    if (days == NULL)
        return false;
    for (size_t i = 0; i < work->n; i++)
        days[i] = rows[i]->origin;
    qsort(days, work->n, sizeof *days, compare_days);
    size_t n = 0;
    for (size_t i = 0; i < work->n; i++)
        if (n == 0 || days[i] != days[n - 1])
            days[n++] = days[i];
    for (size_t i = 0; i < work->n; i++) {
        const day *at = bsearch(&rows[i]->origin, days, n, sizeof *days, compare_days);
        bug_if(at == NULL);
        work->origins[i] = (int32_t)(at - days);
    }
    int32_t longest = 0;
    for (size_t i = 0; i < work->n; i++)
        longest = rows[i]->horizon_months > longest ? rows[i]->horizon_months : longest;
    work->n_origins = n;
    work->overlap = backtest_overlap(days[0], days[n - 1], n, longest);
    free(days);
    return true;
}

static bool fill(const struct backtest_row *const rows[], struct work *work, struct backtest_pit *out,
                 struct err *err)
{
    bool ok = number_origins(rows, work, err);
    for (size_t b = 0; ok && b < out->n_bins; b++) {
        for (size_t i = 0; i < work->n; i++) {
            double bins[BACKTEST_BINS_MOST] = {0};
            score_pit_add(rows[i]->pit, bins, out->n_bins);
            work->values[i] = bins[b];
        }
        ok = find_limits(work, &out->shares[b], &out->low[b], &out->high[b], err);
    }
    for (size_t i = 0; ok && i < work->n; i++) {
        double halves[2] = {0};
        score_pit_add(rows[i]->pit, halves, 2);
        work->values[i] = halves[1];
    }
    out->n_origins = work->n_origins;
    out->overlap = work->overlap;
    return ok && find_limits(work, &out->above, &out->above_low, &out->above_high, err);
}

bool backtest_pit_make(const struct backtest *backtest, const char *model, int32_t horizon_months,
                       size_t n_bins, struct backtest_pit *out, struct err *err)
{
    const struct backtest_row **rows = vec_new(backtest->n, sizeof *rows, err);
    struct work work = {.values = vec_new(backtest->n, sizeof *work.values, err),
                        .origins = vec_new(backtest->n, sizeof *work.origins, err)};
    bool ok = rows != NULL && work.values != NULL && work.origins != NULL;
    bug_if(n_bins < 1 || n_bins > BACKTEST_BINS_MOST);
    *out = (struct backtest_pit){.n_bins = n_bins};
    for (size_t i = 0; ok && i < backtest->n; i++) {
        const struct backtest_row *row = &backtest->rows[i];
        if (row->measure == MEASURE_STOCK && row->group.kind == GROUP_ALL && !row->is_raw &&
            (horizon_months == 0 || row->horizon_months == horizon_months) && strcmp(row->model, model) == 0)
            rows[work.n++] = row;
    }
    out->n = work.n;
    if (ok && work.n > 0)
        ok = fill(rows, &work, out, err);
    free((void *)rows);
    free(work.values);
    free(work.origins);
    return ok;
}
