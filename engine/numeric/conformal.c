/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything is arithmetic on a handful of numbers; what takes care is the lower end, where counts are small,
 * quantiles tie and logs would be infinite. */
#include "numeric/conformal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "numeric/dist.h"

static const double floor_value = 0.5; /* half a child */
static const double scale_least = 0.5;
static const double scale_most = 3.0;
static const double rounding = 1e-9; /* 20 x .95 is 19, not the next integer up */
/* Of the map: ties, and slopes in logs. */
static const double tie = 1e-9;
static const double slope_within = 0.01;
static const double slope_least = 0.25;
static const double slope_most = 4.0;

const double conformal_coverages[CONFORMAL_COVERAGES] = {.5, .8, .95};
/* Which of them the seven quantiles belong to. */
static const int interval_of[SCORE_LEVELS] = {2, 1, 0, 0, 0, 1, 2};

static double hold(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

static double log_floored(double x)
{
    return log(fmax(x, floor_value));
}

/* What is left of a value below the floor: 1 from the floor on, 0 at 0. */
static double foot(double x)
{
    return fmin(1, x / floor_value);
}

void conformal_pool(const double a[SCORE_LEVELS], const double b[SCORE_LEVELS], double weight,
                    double out[SCORE_LEVELS])
{
    bug_if(!(weight >= 0) || !(weight <= 1));
    for (int i = 0; i < SCORE_LEVELS; i++)
        out[i] = weight * a[i] + (1 - weight) * b[i];
}

void conformal_pool_log(const double a[SCORE_LEVELS], const double b[SCORE_LEVELS], double weight,
                        double out[SCORE_LEVELS])
{
    bug_if(!(weight >= 0) || !(weight <= 1));
    for (int i = 0; i < SCORE_LEVELS; i++) {
        bug_if(!(a[i] >= 0) || !(b[i] >= 0));
        const double feet = weight * foot(a[i]) + (1 - weight) * foot(b[i]);
        out[i] = exp(weight * log_floored(a[i]) + (1 - weight) * log_floored(b[i])) * feet;
    }
}

double conformal_shrink_weight(double own, double n, double prior, double worth)
{
    bug_if(!(n >= 0) || !(worth > 0));
    return (n * own + worth * prior) / (n + worth);
}

double conformal_residual(double median, double low, double high, double y)
{
    bug_if(!(low <= median) || !(median <= high) || isnan(y));
    const double middle = log_floored(median);
    const double error = fabs(log_floored(y) - middle);
    const double reach = y >= median ? log_floored(high) - middle : middle - log_floored(low);
    return error > 0 ? error / reach : 0;
}

size_t conformal_rank(size_t n, double coverage)
{
    bug_if(!(coverage > 0) || !(coverage < 1));
    const size_t rank = (size_t)ceil((double)(n + 1) * coverage - rounding);
    return rank <= n ? rank : 0;
}

size_t conformal_least(double coverage)
{
    bug_if(!(coverage > 0) || !(coverage < 1));
    return (size_t)fmax(1, ceil(coverage / (1 - coverage) - rounding));
}

double conformal_coverage_quantile(size_t n, double coverage, double p)
{
    const size_t rank = conformal_rank(n, coverage);
    bug_if(rank == 0);
    return dist_beta_quantile(p, (double)rank, (double)(n + 1 - rank));
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

double conformal_scale(const double residuals[], double work[], size_t n, ptrdiff_t without, double coverage)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        bug_if(!(residuals[i] >= 0));
        if ((ptrdiff_t)i != without)
            work[kept++] = residuals[i];
    }
    const size_t rank = conformal_rank(kept, coverage);
    if (rank == 0)
        return NAN;
    qsort(work, kept, sizeof *work, ascending);
    return work[rank - 1];
}

double conformal_shrink(double own, double n, double prior, double worth)
{
    bug_if(!(prior > 0) || !(worth >= 0) || !(n >= 0));
    if (isnan(own) || n < CONFORMAL_LEAST)
        return hold(prior, scale_least, scale_most);
    const double log_own = log(hold(own, scale_least, scale_most));
    return hold(exp((n * log_own + worth * log(prior)) / (n + worth)), scale_least, scale_most);
}

void conformal_pool_adjacent(double values[], const double weights[], size_t n)
{
    struct {
        double mean, weight;
        size_t length;
    } blocks[CONFORMAL_LONGEST];
    bug_if(n > CONFORMAL_LONGEST);
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        blocks[used].mean = values[i];
        blocks[used].weight = weights != NULL ? weights[i] : 1;
        blocks[used].length = 1;
        used++;
        while (used > 1 && blocks[used - 2].mean > blocks[used - 1].mean) {
            used--;
            const double weight = blocks[used - 1].weight + blocks[used].weight;
            blocks[used - 1].mean +=
                (blocks[used].mean - blocks[used - 1].mean) * blocks[used].weight / weight;
            blocks[used - 1].weight = weight;
            blocks[used - 1].length += blocks[used].length;
        }
    }
    size_t at = 0;
    for (size_t b = 0; b < used; b++)
        for (size_t k = 0; k < blocks[b].length; k++)
            values[at++] = blocks[b].mean;
}

void conformal_isotonic(double scales[], size_t n_coverages, size_t n_horizons)
{
    double logs[CONFORMAL_LONGEST];
    bug_if(n_coverages > CONFORMAL_LONGEST || n_horizons > CONFORMAL_LONGEST);
    for (size_t i = 0; i < n_coverages; i++) {
        for (size_t j = 0; j < n_horizons; j++)
            logs[j] = log(scales[i * n_horizons + j]);
        conformal_pool_adjacent(logs, NULL, n_horizons);
        for (size_t j = 0; j < n_horizons; j++)
            scales[i * n_horizons + j] = logs[j];
    }
    for (size_t j = 0; j < n_horizons; j++) {
        for (size_t i = 0; i < n_coverages; i++)
            logs[i] = scales[i * n_horizons + j];
        conformal_pool_adjacent(logs, NULL, n_coverages);
        for (size_t i = 0; i < n_coverages; i++)
            scales[i * n_horizons + j] = exp(logs[i]);
    }
}

double conformal_adapt(double aim, double target, double gain, bool missed)
{
    return aim + gain * (target - (missed ? 1 : 0));
}

void conformal_apply(const double raw[SCORE_LEVELS], const double scales[CONFORMAL_COVERAGES],
                     double out[SCORE_LEVELS])
{
    double sorted[SCORE_LEVELS];
    memcpy(sorted, raw, sizeof sorted);
    qsort(sorted, SCORE_LEVELS, sizeof *sorted, ascending);
    bug_if(!(sorted[0] >= 0));
    const double middle = log_floored(sorted[SCORE_MEDIAN]);
    for (int i = 0; i < SCORE_LEVELS; i++) {
        const double c = scales[interval_of[i]];
        bug_if(!(c > 0));
        out[i] = i == SCORE_MEDIAN ? sorted[i]
                                   : exp(middle + c * (log_floored(sorted[i]) - middle)) * foot(sorted[i]);
    }
    qsort(out, SCORE_LEVELS, sizeof *out, ascending);
}

/* Moves targets apart where they do not rise, outwards from knot `fixed`. */
static void separate(struct conformal_map *map, size_t fixed)
{
    for (size_t i = fixed + 1; i < map->n; i++)
        map->to[i] = fmax(map->to[i], map->to[i - 1] + slope_within * (map->from[i] - map->from[i - 1]));
    for (size_t i = fixed; i > 0; i--)
        map->to[i - 1] = fmin(map->to[i - 1], map->to[i] - slope_within * (map->from[i] - map->from[i - 1]));
}

static double slope(const struct conformal_map *map, size_t i)
{
    return hold((map->to[i] - map->to[i - 1]) / (map->from[i] - map->from[i - 1]), slope_least, slope_most);
}

struct conformal_map conformal_map_make(const double raw[SCORE_LEVELS], const double final[SCORE_LEVELS])
{
    struct conformal_map map = {.below = 1, .above = 1};
    size_t fixed = 0;
    for (int i = 0, next = 0; i < SCORE_LEVELS; i = next) {
        const double from = log_floored(raw[i]);
        double sum = 0;
        bool has_median = false;
        for (next = i; next < SCORE_LEVELS && log_floored(raw[next]) - from <= tie; next++) {
            bug_if(next > 0 && (raw[next] < raw[next - 1] || final[next] < final[next - 1]));
            sum += log_floored(final[next]);
            has_median = has_median || next == SCORE_MEDIAN;
        }
        if (has_median)
            fixed = map.n;
        map.from[map.n] = from;
        map.to[map.n] = has_median ? log_floored(final[SCORE_MEDIAN]) : sum / (next - i);
        map.n++;
    }
    separate(&map, fixed);
    if (map.n > 1) {
        map.below = slope(&map, 1);
        map.above = slope(&map, map.n - 1);
    }
    return map;
}

double conformal_map_value(const struct conformal_map *map, double x)
{
    bug_if(!(x >= 0));
    if (!(x > 0))
        return 0;
    const double at = log(x);
    const size_t last = map->n - 1;
    if (at <= map->from[0])
        return exp(map->to[0] + map->below * (at - map->from[0]));
    if (at >= map->from[last])
        return exp(map->to[last] + map->above * (at - map->from[last]));
    size_t i = 1;
    while (at > map->from[i])
        i++;
    const double share = (at - map->from[i - 1]) / (map->from[i] - map->from[i - 1]);
    return exp(map->to[i - 1] + share * (map->to[i] - map->to[i - 1]));
}
