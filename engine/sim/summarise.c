/* SPDX-License-Identifier: GPL-3.0-or-later
 * Series are taken family by family, a measure in one kind of group, because the parts of a calibrated stock
 * are shared out together. A thread takes a family at a time and has its own work space. */
#include "sim/summarise.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "numeric/quantile.h"

/* Neighbouring series of one measure and kind, and where they lie in the result. */
struct family {
    enum measure measure;
    enum group_kind kind;
    size_t first, n; /* in the draws; of costs: members */
    size_t at;       /* in the result */
};

struct work {
    const struct draws *draws, *base;
    struct result *result;
};

static bool same_family(const struct result_series *a, const struct result_series *b)
{
    return a->measure == b->measure && a->group.kind == b->group.kind;
}

static int compare_families(const void *a, const void *b)
{
    const struct family *x = a;
    const struct family *y = b;
    if (x->measure != y->measure)
        return x->measure < y->measure ? -1 : 1;
    return x->kind < y->kind ? -1 : x->kind > y->kind;
}

/* Lists families in the order of the result: by measure, then kind. Of a difference only stocks and costs. */
static size_t list_families(const struct draws *draws, bool is_difference, struct family out[],
                            size_t *n_series)
{
    size_t n = 0;
    for (size_t i = 0, end = 0; i < draws->n_series; i = end) {
        for (end = i + 1; end < draws->n_series && same_family(&draws->series[i], &draws->series[end]);)
            end++;
        if (!is_difference || draws->series[i].measure == MEASURE_STOCK)
            out[n++] = (struct family){draws->series[i].measure, draws->series[i].group.kind, i, end - i, 0};
    }
    if (draws->costs != NULL) {
        out[n++] = (struct family){MEASURE_COST, GROUP_ALL, 0, 1, 0};
        out[n++] = (struct family){MEASURE_COST, GROUP_PLACEMENT, 0, PLACEMENT_COUNT, 0};
    }
    qsort(out, n, sizeof *out, compare_families);
    *n_series = 0;
    for (size_t i = 0; i < n; i++) {
        out[i].at = *n_series;
        *n_series += out[i].n;
    }
    return n;
}

static void name_series(const struct draws *draws, const struct family *family, struct result *result)
{
    for (size_t i = 0; i < family->n; i++)
        result->series[family->at + i] =
            family->measure == MEASURE_COST ? (struct result_series){MEASURE_COST, {family->kind, (int32_t)i}}
                                            : draws->series[family->first + i];
}

static void put_summary(struct quantile_moments moments, double unit, struct summary *at)
{
    at->mean = moments.mean / unit;
    at->sd = moments.sd / unit;
    for (int q = 0; q < SUMMARY_QUANTILES; q++)
        at->quantiles[q] /= unit;
}

static bool sum_costs(const struct work *work, const struct family *family)
{
    const struct draws *draws = work->draws;
    const size_t months = (size_t)draws->months;
    const size_t n = (size_t)draws->replicates;
    int64_t *values = malloc(2 * n * sizeof *values);
    if (values == NULL)
        return false;
    for (size_t i = 0; i < family->n; i++)
        for (size_t m = 0; m < months; m++) {
            for (size_t r = 0; r < n; r++) {
                const size_t row = r * PLACEMENT_COUNT * months;
                values[r] = 0;
                for (size_t g = 0; g < PLACEMENT_COUNT; g++)
                    if (family->kind == GROUP_ALL || g == i)
                        values[r] += draws->costs[row + g * months + m] -
                                     (work->base != NULL ? work->base->costs[row + g * months + m] : 0);
            }
            struct summary *at = &work->result->at[(family->at + i) * months + m];
            put_summary(
                quantile_of_integers(values, values + n, n, summary_levels, SUMMARY_QUANTILES, at->quantiles),
                1, at);
        }
    free(values);
    return true;
}

/* Turns up to BLOCK replicates from `one`, [replicate][row], into columns of values, [row][n]: whole lines of
 * memory at a time. */
enum { BLOCK = 16 };

static void turn(const int32_t *one, size_t rows, size_t block, size_t n, int32_t *values)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < block; k++)
            values[i * n + k] = one[k * rows + i];
}

static bool sum_counts(const struct work *work, const struct family *family)
{
    const struct draws *draws = work->draws;
    const size_t months = (size_t)draws->months;
    const size_t n = (size_t)draws->replicates;
    const size_t rows = family->n * months;
    int32_t *values = malloc((rows * n + n) * sizeof *values); /* [row][replicate] */
    int32_t *one = malloc(((BLOCK + 1) * rows + (family->n + 1) * months) * sizeof *one);
    int32_t *other = one + BLOCK * rows;
    const bool ok = values != NULL && one != NULL;
    const double unit = draws_unit(draws, draws->series[family->first].measure);
    for (size_t from = 0; ok && from < n; from += BLOCK) {
        const size_t block = n - from < BLOCK ? n - from : BLOCK;
        for (size_t k = 0; k < block; k++) {
            const int32_t r = (int32_t)(from + k);
            draws_final(draws, r, family->first, family->n, one + k * rows, other + rows);
            if (work->base == NULL)
                continue;
            draws_final(work->base, r, family->first, family->n, other, other + rows);
            for (size_t i = 0; i < rows; i++)
                one[k * rows + i] -= other[i];
        }
        turn(one, rows, block, n, values + from);
    }
    for (size_t i = 0; ok && i < rows; i++) {
        struct summary *at = &work->result->at[family->at * months + i];
        put_summary(quantile_of_counts(values + i * n, values + rows * n, n, summary_levels,
                                       SUMMARY_QUANTILES, at->quantiles),
                    unit, at);
    }
    free(values);
    free(one);
    return ok;
}

bool summarise_draws(const struct draws *draws, const struct draws *base, int32_t threads,
                     struct result *result, struct err *err)
{
    const struct work work = {draws, base, result};
    bool no_memory = false;
    struct family *families = vec_new(draws->n_series + 2, sizeof *families, err);
    if (families == NULL)
        return false;
    const size_t n = list_families(draws, base != NULL, families, &result->n_series);
    result->series = vec_new(result->n_series, sizeof *result->series, err);
    result->at = vec_new(result->n_series * (size_t)draws->months, sizeof *result->at, err);
    if (result->series == NULL || result->at == NULL) {
        free(families);
        return false;
    }
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1) reduction(|| : no_memory)
    for (size_t i = 0; i < n; i++) {
        name_series(draws, &families[i], result);
        if (!no_memory)
            no_memory = !(families[i].measure == MEASURE_COST ? sum_costs(&work, &families[i])
                                                              : sum_counts(&work, &families[i]));
    }
    free(families);
    return !no_memory || err_no_memory(err);
}
