/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/compare.h: is one forecast better than another, and how sure is a coverage?
 *
 * Ownership: nothing is allocated that outlives a call; arrays are borrowed for the call.
 *
 * Scores of forecasts are not independent: horizons overlap, and all authorities of one origin share the
 * nation's fortune. So errors are by cluster, the origin where there are many authorities and the authority
 * where there are many origins. With fewer than some eight origins say "6 of 8 better" and its sign test,
 * interval_change_p(wins, 1, losses, 1), and nothing more. */
#ifndef TURNCURVE_NUMERIC_COMPARE_H
#define TURNCURVE_NUMERIC_COMPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Diebold and Mariano's test of equal loss. */
struct compare_dm {
    double mean;      /* of the differences; below 0: the first forecast loses less */
    double variance;  /* of the differences in the long run, g0 + 2 sum g_k */
    double statistic; /* with the small-sample factor */
    double p;         /* two-sided, t with n - 1 degrees of freedom */
    bool is_bartlett; /* the variance came out at 0 or below and was estimated again, see below */
};

/* differences[n]: loss of the first less loss of the second, in order of origin, one an origin (with many
 * authorities: their mean). horizon h: how many steps forecasts reach, so that h - 1 neighbours overlap.
 *
 *   statistic = sqrt((n + 1 - 2h + h (h - 1) / n) / n) x mean / sqrt(variance / n)
 *
 * with autocovariances g_k over n (Diebold & Mariano 1995, JBES 13:253; Harvey, Leybourne & Newbold 1997,
 * Int. J. Forecast. 13:281). The plain sum of g_k can be 0 or negative; then g_k get Bartlett's weights 1 -
 * k/h, which cannot. Statistic and p are NaN when there is no test: h is 0, n <= h, or all differences are
 * equal. Cost: O(n h). */
struct compare_dm compare_diebold_mariano(const double differences[], size_t n, size_t horizon);

/* A mean of clustered values and how sure it is. */
struct compare_mean {
    double mean;
    double se;            /* sqrt(sum of squared cluster sums of residuals) / n: vcovCL, HC0 */
    double se_adjusted;   /* x sqrt(G / (G - 1)), for few clusters; NaN for one */
    double design_effect; /* (se / se of independent values)^2; NaN when values do not vary */
    size_t n_clusters;    /* G: clusters with at least one value */
};

/* values[n], n >= 1, each in clusters[i] of 0..n_clusters-1; a cluster may be empty. For a coverage, values
 * are 1 where the interval held and 0 where not. Fails with ERR_DATA for no values, ERR_MEMORY. Cost: O(n).
 */
bool compare_cluster_mean(const double values[], const int32_t clusters[], size_t n, size_t n_clusters,
                          struct compare_mean *out, struct err *err);

/* A ratio of sums and how it varies over resampled clusters. */
struct compare_bootstrap {
    double estimate;
    double se;        /* standard deviation over replicates */
    double low, high; /* 2.5 and 97.5 % of them */
    size_t n_clusters;
};

/* sum of numerators / sum of denominators (NULL: all 1, the mean of the numerators), as in the CRPS of a
 * model relative to last value's. Each replicate draws as many clusters as there are, with replacement, from
 * its own keyed stream: the same seed gives the same bytes. replicates >= 2; a cluster may be empty and is
 * then not drawn. Replicates whose denominators add up to 0 are left out.
 *
 * Fails with ERR_DATA when fewer than two clusters have values or the denominators add up to 0, ERR_MEMORY.
 * Cost: O(n + replicates x clusters). */
bool compare_bootstrap_ratio(const double numerators[], const double denominators[], const int32_t clusters[],
                             size_t n, size_t n_clusters, size_t replicates, uint64_t seed,
                             struct compare_bootstrap *out, struct err *err);

#endif
