/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows are put in order of what they are about; each run of equal ones is a score. */
#include "study/backtest.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "numeric/compare.h"
#include "numeric/interval.h"

static const int low_of[3] = {2, 1, 0}; /* quantile below of the 50, 80, 95 % intervals */
static const double coverage_80 = 0.8;
static const double upper_tail = 0.975; /* of 95 % limits */
static const double normal_limit = 1.959963984540054;
enum { BOOTSTRAPS = 1000, BOOTSTRAP_SEED = 1 };
enum { FEW_CASES = 30 };      /* below, a share is said as "6 of 8" */
enum { CASES_AN_ORIGIN = 4 }; /* from there on an origin says something of its own */

/* Order of scores: measure, group, horizon, model; then origin and authority, so that models pair up. */
static int compare_kind(const struct backtest_row *x, const struct backtest_row *y)
{
    if (x->measure != y->measure)
        return x->measure < y->measure ? -1 : 1;
    if (x->group.kind != y->group.kind)
        return x->group.kind < y->group.kind ? -1 : 1;
    if (x->group.member != y->group.member)
        return x->group.member < y->group.member ? -1 : 1;
    if (x->horizon_months != y->horizon_months)
        return x->horizon_months < y->horizon_months ? -1 : 1;
    return 0;
}

static int compare_case(const struct backtest_row *x, const struct backtest_row *y)
{
    if (x->origin != y->origin)
        return x->origin < y->origin ? -1 : 1;
    return x->la < y->la ? -1 : x->la > y->la;
}

static int compare_rows(const void *a, const void *b)
{
    const struct backtest_row *x = *(const struct backtest_row *const *)a;
    const struct backtest_row *y = *(const struct backtest_row *const *)b;
    int order = compare_kind(x, y);
    if (order == 0)
        order = strcmp(x->model, y->model);
    if (order == 0)
        order = (int)x->is_raw - (int)y->is_raw;
    return order != 0 ? order : compare_case(x, y);
}

static bool same_score(const struct backtest_row *x, const struct backtest_row *y)
{
    return compare_kind(x, y) == 0 && strcmp(x->model, y->model) == 0 && x->is_raw == y->is_raw;
}

struct span {
    const struct backtest_row **rows;
    size_t n;
};

/* The reference's rows of the same measure, group and horizon. */
static struct span find_reference(const struct backtest_row **rows, size_t n, const struct backtest_row *like,
                                  const char *reference)
{
    struct span span = {0};
    for (size_t i = 0; i < n; i++)
        if (compare_kind(rows[i], like) == 0 && !rows[i]->is_raw && strcmp(rows[i]->model, reference) == 0) {
            if (span.n == 0)
                span.rows = rows + i;
            span.n++;
        }
    return span;
}

/* The cases that a model shares with the reference, clustered by origin. */
struct pairs {
    double *mine, *theirs;
    int32_t *origins;
    size_t n;
    int32_t n_origins;
};

static void pairs_free(struct pairs *pairs)
{
    free(pairs->mine);
    free(pairs->theirs);
    free(pairs->origins);
}

/* Both spans are in order of case. */
static bool pair_up(struct span own, struct span reference, struct pairs *out, struct err *err)
{
    day last = DAY_NONE;
    size_t k = 0;
    *out = (struct pairs){.mine = vec_new(own.n, sizeof *out->mine, err),
                          .theirs = vec_new(own.n, sizeof *out->theirs, err),
                          .origins = vec_new(own.n, sizeof *out->origins, err)};
    if (out->mine == NULL || out->theirs == NULL || out->origins == NULL)
        return false;
    for (size_t i = 0; i < own.n; i++) {
        const struct backtest_row *row = own.rows[i];
        while (k < reference.n && compare_case(reference.rows[k], row) < 0)
            k++;
        if (k == reference.n || compare_case(reference.rows[k], row) != 0)
            continue;
        out->n_origins += row->origin != last;
        last = row->origin;
        out->mine[out->n] = row->crps;
        out->theirs[out->n] = reference.rows[k]->crps;
        out->origins[out->n++] = out->n_origins - 1;
    }
    return true;
}

/* 95 % limits of a ratio of sums. Resampling n clusters gives limits that are too narrow as if the normal's
 * quantile stood where Student's belongs, and the variance were divided by n instead of n - 1. */
static bool limit_ratio(const struct pairs *pairs, struct backtest_score *score, struct err *err)
{
    struct compare_bootstrap found;
    const double n = pairs->n_origins;
    if (pairs->n_origins < BACKTEST_LEAST_ORIGINS ||
        (n / score->overlap < BACKTEST_ENOUGH_ORIGINS && (double)pairs->n < n * CASES_AN_ORIGIN))
        return true;
    if (!compare_bootstrap_ratio(pairs->mine, pairs->theirs, pairs->origins, pairs->n,
                                 (size_t)pairs->n_origins, BOOTSTRAPS, BOOTSTRAP_SEED, &found, err))
        return false;
    const double wider =
        gsl_cdf_tdist_Pinv(upper_tail, n - 1) / normal_limit * sqrt(n / (n - 1) * score->overlap);
    score->crps_vs_low = found.estimate - wider * (found.estimate - found.low);
    score->crps_vs_high = found.estimate + wider * (found.high - found.estimate);
    return true;
}

static bool against_reference(struct span own, struct span reference, struct backtest_score *score,
                              struct err *err)
{
    struct pairs pairs;
    double mine = 0;
    double theirs = 0;
    bool ok = pair_up(own, reference, &pairs, err);
    for (size_t i = 0; ok && i < pairs.n; i++) {
        mine += pairs.mine[i];
        theirs += pairs.theirs[i];
        score->n_better += pairs.mine[i] < pairs.theirs[i];
    }
    score->n_paired = pairs.n;
    score->crps_vs_reference = theirs > 0 ? mine / theirs : (double)NAN;
    score->crps_vs_low = score->crps_vs_high = NAN;
    const bool is_itself = reference.n > 0 && own.rows == reference.rows;
    ok = ok && (is_itself || !(theirs > 0) || limit_ratio(&pairs, score, err));
    pairs_free(&pairs);
    return ok;
}

static bool covers(struct span span, int c, struct backtest_score *score, struct err *err)
{
    double *held = vec_new(span.n, sizeof *held, err);
    int32_t *clusters = vec_new(span.n, sizeof *clusters, err);
    struct compare_mean mean = {0};
    int32_t cluster = 0;
    bool ok = held != NULL && clusters != NULL;
    for (size_t i = 0; ok && i < span.n; i++) {
        const double *q = span.rows[i]->quantiles;
        const int low = low_of[c];
        held[i] = q[low] <= span.rows[i]->actual && span.rows[i]->actual <= q[SCORE_LEVELS - 1 - low];
        cluster += i > 0 && span.rows[i]->origin != span.rows[i - 1]->origin;
        clusters[i] = cluster;
    }
    ok = ok && compare_cluster_mean(held, clusters, span.n, (size_t)cluster + 1, &mean, err);
    for (size_t i = 0; ok && i < span.n; i++)
        score->held[c] += held[i] > 0.5;
    score->n_origins = mean.n_clusters;
    score->cover[c] = mean.mean;
    score->cover_error[c] = mean.n_clusters > 1 ? mean.se_adjusted : (double)NAN;
    free(held);
    free(clusters);
    return ok;
}

static bool make_score(struct span span, struct span reference, struct backtest_score *score, struct err *err)
{
    const struct backtest_row *first = span.rows[0];
    struct score_errors errors = {0};
    double scaled = 0;
    *score = (struct backtest_score){
        .model = first->model,
        .is_raw = first->is_raw,
        .horizon_months = first->horizon_months,
        .measure = first->measure,
        .group = first->group,
        .n = span.n,
    };
    for (size_t i = 0; i < span.n; i++) {
        const struct backtest_row *row = span.rows[i];
        score_errors_add(&errors, row->quantiles[SCORE_MEDIAN], row->mean, row->actual);
        scaled += fabs(row->quantiles[SCORE_MEDIAN] - row->actual) / row->naive / (double)span.n;
        score->crps += row->crps / (double)span.n;
        score->winkler80 +=
            score_interval(row->quantiles[1], row->quantiles[SCORE_LEVELS - 2], coverage_80, row->actual) /
            (double)span.n;
    }
    score->mae = score_errors_mae(&errors);
    score->mape = score_errors_mape(&errors);
    score->bias = score_errors_bias(&errors);
    score->mase = scaled;
    for (int c = 0; c < 3; c++)
        if (!covers(span, c, score, err))
            return false;
    score->overlap = backtest_overlap(first->origin, span.rows[span.n - 1]->origin, score->n_origins,
                                      first->horizon_months);
    return against_reference(span, reference, score, err);
}

double backtest_overlap(day first, day last, size_t n_origins, int32_t horizon_months)
{
    if (n_origins < 2)
        return 1;
    const double apart = (date_month_index(last) - date_month_index(first)) / ((double)n_origins - 1);
    return fmax(1, horizon_months / apart);
}

bool backtest_score_limits(const struct backtest_score *score, int c, double *low, double *high)
{
    const double g = (double)score->n_origins;
    const double n = fmax(1, round((double)score->n / score->overlap));
    const struct interval share = interval_share((int64_t)llround(score->cover[c] * n), (int64_t)n);
    *low = share.low;
    *high = share.high;
    if (n < FEW_CASES)
        return false;
    if (score->n_origins >= BACKTEST_LEAST_ORIGINS && (double)score->n >= g * CASES_AN_ORIGIN) {
        const double reach =
            gsl_cdf_tdist_Pinv(upper_tail, g - 1) * sqrt(score->overlap) * score->cover_error[c];
        *low = fmax(0, fmin(*low, score->cover[c] - reach));
        *high = fmin(1, fmax(*high, score->cover[c] + reach));
    }
    return true;
}

bool backtest_scores(const struct backtest *backtest, const char *reference, struct backtest_score **out,
                     size_t *n, struct err *err)
{
    const struct backtest_row **rows = vec_new(backtest->n, sizeof *rows, err);
    struct backtest_score *scores = vec_new(backtest->n, sizeof *scores, err);
    bool ok = rows != NULL && scores != NULL;
    *n = 0;
    for (size_t i = 0; ok && i < backtest->n; i++)
        rows[i] = &backtest->rows[i];
    if (ok)
        qsort((void *)rows, backtest->n, sizeof *rows, compare_rows);
    for (size_t i = 0; ok && i < backtest->n;) {
        size_t end = i + 1;
        while (end < backtest->n && same_score(rows[i], rows[end]))
            end++;
        /* rows of one kind stand together: look for the reference among those near */
        size_t from = i;
        size_t to = end;
        while (from > 0 && compare_kind(rows[from - 1], rows[i]) == 0)
            from--;
        while (to < backtest->n && compare_kind(rows[to], rows[i]) == 0)
            to++;
        const struct span span = {rows + i, end - i};
        ok = make_score(span, find_reference(rows + from, to - from, rows[i], reference), &scores[(*n)++],
                        err);
        i = end;
    }
    free((void *)rows);
    if (!ok) {
        free(scores);
        return false;
    }
    *out = scores;
    return true;
}
