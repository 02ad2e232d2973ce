/* SPDX-License-Identifier: GPL-3.0-or-later
 * Clusters enter by their sums only, so that both the sandwich and the bootstrap pass once over the values.
 */
#include "numeric/compare.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "numeric/quantile.h"
#include "numeric/stream.h"

static const double nothing = 1e-12; /* share of a variance that is rounding */

static double mean_of(const double values[], size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += values[i];
    return sum / (double)n;
}

static double autocovariance(const double values[], size_t n, double mean, size_t lag)
{
    double sum = 0;
    for (size_t i = lag; i < n; i++)
        sum += (values[i] - mean) * (values[i - lag] - mean);
    return sum / (double)n;
}

static double long_run_variance(const double values[], size_t n, double mean, size_t horizon,
                                bool is_bartlett)
{
    double variance = autocovariance(values, n, mean, 0);
    for (size_t k = 1; k < horizon; k++) {
        const double weight = is_bartlett ? 1 - (double)k / (double)horizon : 1;
        variance += 2 * weight * autocovariance(values, n, mean, k);
    }
    return variance;
}

struct compare_dm compare_diebold_mariano(const double differences[], size_t n, size_t horizon)
{
    struct compare_dm dm = {.mean = NAN, .variance = NAN, .statistic = NAN, .p = NAN};
    if (horizon < 1 || n <= horizon)
        return dm;
    /* Equal differences leave a variance of rounding errors, not of 0. */
    bool vary = false;
    for (size_t i = 1; i < n; i++)
        vary = vary || differences[i] < differences[0] || differences[i] > differences[0];
    const double size = (double)n;
    const double h = (double)horizon;
    dm.mean = mean_of(differences, n);
    if (!vary)
        return dm;
    dm.variance = long_run_variance(differences, n, dm.mean, horizon, false);
    if (!(dm.variance > nothing * autocovariance(differences, n, dm.mean, 0))) {
        dm.is_bartlett = true;
        dm.variance = long_run_variance(differences, n, dm.mean, horizon, true);
    }
    const double factor = sqrt((size + 1 - 2 * h + h * (h - 1) / size) / size);
    dm.statistic = factor * dm.mean / sqrt(dm.variance / size);
    dm.p = 2 * gsl_cdf_tdist_Q(fabs(dm.statistic), size - 1);
    return dm;
}

struct cluster {
    size_t n;
    double top, bottom; /* sums */
};

/* The sums of each cluster that has values, in order of cluster: out[0..*n_used). */
static struct cluster *add_up(const double tops[], const double bottoms[], const int32_t clusters[], size_t n,
                              size_t n_clusters, size_t *n_used, struct err *err)
{
    struct cluster *const sums = vec_new(n_clusters, sizeof *sums, err);
    if (sums == NULL)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        bug_if(clusters[i] < 0 || (size_t)clusters[i] >= n_clusters);
        struct cluster *const here = &sums[clusters[i]];
        here->n++;
        here->top += tops[i];
        here->bottom += bottoms != NULL ? bottoms[i] : 1;
    }
    *n_used = 0;
    for (size_t i = 0; i < n_clusters; i++)
        if (sums[i].n > 0)
            sums[(*n_used)++] = sums[i];
    return sums;
}

bool compare_cluster_mean(const double values[], const int32_t clusters[], size_t n, size_t n_clusters,
                          struct compare_mean *out, struct err *err)
{
    if (n == 0)
        return err_set(err, ERR_DATA, "there are no values to take the mean of");
    size_t used = 0;
    struct cluster *const sums = add_up(values, NULL, clusters, n, n_clusters, &used, err);
    if (sums == NULL)
        return false;
    const double mean = mean_of(values, n);
    double independent = 0;
    for (size_t i = 0; i < n; i++)
        independent += (values[i] - mean) * (values[i] - mean);
    double clustered = 0;
    for (size_t i = 0; i < used; i++) {
        const double residual = sums[i].top - (double)sums[i].n * mean;
        clustered += residual * residual;
    }
    const double g = (double)used;
    const double se = sqrt(clustered) / (double)n;
    *out = (struct compare_mean){
        .mean = mean,
        .se = se,
        .se_adjusted = used > 1 ? se * sqrt(g / (g - 1)) : (double)NAN,
        .design_effect = independent > 0 ? clustered / independent : (double)NAN,
        .n_clusters = used,
    };
    free(sums);
    return true;
}

/* One replicate; NaN when its denominators add up to 0. */
static double resampled(const struct cluster sums[], size_t n, uint64_t seed, uint32_t replicate)
{
    struct stream stream = stream_make(seed, PURPOSE_BOOTSTRAP, replicate, 0, 0);
    double top = 0;
    double bottom = 0;
    for (size_t i = 0; i < n; i++) {
        const struct cluster *const drawn = &sums[(size_t)(stream_uniform(&stream) * (double)n)];
        top += drawn->top;
        bottom += drawn->bottom;
    }
    return bottom > 0 || bottom < 0 ? top / bottom : (double)NAN;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Spread of the replicates that are numbers; sorts them. */
static void summarise(double values[], size_t n, struct compare_bootstrap *out)
{
    const double mean = mean_of(values, n);
    double squares = 0;
    for (size_t i = 0; i < n; i++)
        squares += (values[i] - mean) * (values[i] - mean);
    qsort(values, n, sizeof *values, ascending);
    out->se = sqrt(squares / (double)(n - 1));
    out->low = quantile_sorted(values, n, .025);
    out->high = quantile_sorted(values, n, .975);
}

bool compare_bootstrap_ratio(const double numerators[], const double denominators[], const int32_t clusters[],
                             size_t n, size_t n_clusters, size_t replicates, uint64_t seed,
                             struct compare_bootstrap *out, struct err *err)
{
    bool ok = false;
    size_t used = 0;
    size_t kept = 0;
    struct compare_bootstrap found = {0};
    bug_if(replicates < 2 || replicates > UINT32_MAX);
    double *const values = vec_new(replicates, sizeof *values, err);
    struct cluster *const sums =
        values != NULL ? add_up(numerators, denominators, clusters, n, n_clusters, &used, err) : NULL;
    if (sums == NULL)
        goto out;
    if (used < 2) {
        err_set(err, ERR_DATA, "%zu cluster cannot show how much clusters differ; two are needed", used);
        goto out;
    }
    double top = 0;
    double bottom = 0;
    for (size_t i = 0; i < used; i++) {
        top += sums[i].top;
        bottom += sums[i].bottom;
    }
    for (size_t i = 0; i < replicates; i++) {
        const double value = resampled(sums, used, seed, (uint32_t)i);
        if (!isnan(value))
            values[kept++] = value;
    }
    if (!(bottom > 0 || bottom < 0) || kept < 2) {
        err_set(err, ERR_DATA, "a ratio to a sum of 0 has no value");
        goto out;
    }
    found.estimate = top / bottom;
    found.n_clusters = used;
    summarise(values, kept, &found);
    *out = found;
    ok = true;
out:
    free(values);
    free(sums);
    return ok;
}
