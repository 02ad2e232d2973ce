/* SPDX-License-Identifier: GPL-3.0-or-later
 * Means are rounded as the tables of a forecast round them, month by month, so that a run that is made again
 * gives what its files say. */
#include "study/variance.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/parse.h"
#include "base/vec.h"
#include "numeric/quantile.h"

static const double hundred = 100;

/* ---- names ------------------------------------------------------------------------------------------- */

static const struct {
    const char *name, *words, *about;
} steps[VARIANCE_STEPS] = {
#define VARIANCE_STEP(member, name, words, about) {name, words, about},
#include "study/variance.def"
#undef VARIANCE_STEP
};
const char *variance_step_name(enum variance_step step)
{
    return steps[step].name;
}
const char *variance_step_words(enum variance_step step)
{
    return steps[step].words;
}
const char *variance_step_about(enum variance_step step)
{
    return steps[step].about;
}

/* ---- states ------------------------------------------------------------------------------------------ */

void variance_state_free(struct variance_state *state)
{
    free(state->futures[VARIANCE_CHILDREN]);
    free(state->futures[VARIANCE_COST]);
    *state = (struct variance_state){0};
}

void variance_state_sum(struct variance_state *state)
{
    for (int measure = 0; measure < VARIANCE_MEASURES; measure++) {
        state->value[measure][VARIANCE_ALL] = 0;
        for (int g = 0; g < PLACEMENT_COUNT; g++)
            state->value[measure][VARIANCE_ALL] += state->value[measure][g];
    }
    state->nights[VARIANCE_ALL] = 0;
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        state->nights[VARIANCE_ALL] += state->nights[g];
}

/* Hundredths, rounded as a table's two decimals are. */
static int64_t hundredths(double value)
{
    char text[64];
    double rounded = 0;
    (void)snprintf(text, sizeof text, "%.2f", value);
    bug_if(!parse_double(str_of(text), &rounded));
    return llround(hundred * rounded);
}

/* A family of series, by placement where the model has them, else `all` alone. */
struct family {
    size_t first, n;
    size_t months;
    int32_t *final, *work; /* [n][months]; [n + 1][months] */
};

static bool family_find(const struct draws *draws, enum measure measure, struct family *out, struct err *err)
{
    size_t first = draws_find(draws, measure, (struct group){GROUP_PLACEMENT, 0});
    size_t n = 0;
    if (first == draws->n_series)
        first = draws_find(draws, measure, (struct group){GROUP_ALL, 0});
    while (first + n < draws->n_series && draws->series[first + n].measure == measure &&
           draws->series[first + n].group.kind == draws->series[first].group.kind)
        n++;
    const size_t months = (size_t)draws->months;
    *out = (struct family){.first = first, .n = n, .months = months};
    out->final = vec_new((2 * n + 1) * months, sizeof *out->final, err);
    out->work = out->final == NULL ? NULL : out->final + n * months;
    return out->final != NULL;
}

static int32_t member_of(const struct draws *draws, const struct family *family, size_t i)
{
    const struct group group = draws->series[family->first + i].group;
    return group.kind == GROUP_PLACEMENT ? group.member : VARIANCE_ALL;
}

/* Children at the end of a month, future by future and on average. */
static bool fill_children(const struct draws *draws, int32_t month, struct variance_state *out,
                          struct err *err)
{
    const size_t n = (size_t)draws->replicates;
    const double unit = draws_unit(draws, MEASURE_STOCK);
    double *futures = out->futures[VARIANCE_CHILDREN];
    struct family family;
    if (!family_find(draws, MEASURE_STOCK, &family, err))
        return false;
    int32_t *values = vec_new((family.n + 1) * n, sizeof *values, err);
    for (int32_t r = 0; values != NULL && r < draws->replicates; r++) {
        draws_final(draws, r, family.first, family.n, family.final, family.work);
        for (size_t i = 0; i < family.n; i++) {
            const int32_t count = family.final[i * family.months + (size_t)month];
            const double children = hundred * count / unit;
            values[i * n + (size_t)r] = count;
            futures[(size_t)member_of(draws, &family, i) * n + (size_t)r] = children;
            if (out->by_placement)
                futures[VARIANCE_ALL * n + (size_t)r] += children;
        }
    }
    for (size_t i = 0; values != NULL && i < family.n; i++)
        out->value[VARIANCE_CHILDREN][member_of(draws, &family, i)] = hundredths(
            quantile_of_counts(values + i * n, values + family.n * n, n, NULL, 0, NULL).mean / unit);
    const bool ok = values != NULL;
    free(values);
    free(family.final);
    return ok;
}

/* Mean nights of a time, month by month. */
static bool add_nights(const struct draws *draws, int32_t first, int32_t last, struct variance_state *out,
                       struct err *err)
{
    struct family family;
    const size_t n = (size_t)draws->replicates;
    const size_t n_months = (size_t)(last - first + 1);
    if (!family_find(draws, MEASURE_NIGHTS, &family, err))
        return false;
    int32_t *values = vec_new((family.n * n_months + 1) * n, sizeof *values, err); /* [i][month][replicate] */
    for (size_t r = 0; values != NULL && r < n; r++) {
        draws_final(draws, (int32_t)r, family.first, family.n, family.final, family.work);
        for (size_t i = 0; i < family.n; i++)
            for (size_t m = 0; m < n_months; m++)
                values[(i * n_months + m) * n + r] = family.final[i * family.months + (size_t)first + m];
    }
    for (size_t i = 0; values != NULL && i < family.n * n_months; i++)
        out->nights[draws->series[family.first + i / n_months].group.member] += hundredths(
            quantile_of_counts(values + i * n, values + family.n * n_months * n, n, NULL, 0, NULL).mean);
    const bool ok = values != NULL;
    free(values);
    free(family.final);
    return ok;
}

/* What a time costs, future by future and, month by month, on average. */
static bool add_cost(const struct draws *draws, int32_t first, int32_t last, struct variance_state *out,
                     struct err *err)
{
    const size_t n = (size_t)draws->replicates;
    const size_t months = (size_t)draws->months;
    double *futures = out->futures[VARIANCE_COST];
    const size_t n_futures = (size_t)out->replicates;
    int64_t *values = vec_new(2 * n, sizeof *values, err);
    if (values == NULL)
        return false;
    for (size_t g = 0; g < PLACEMENT_COUNT; g++)
        for (int32_t m = first; m <= last; m++) {
            for (size_t r = 0; r < n; r++)
                values[r] = draws->costs[(r * PLACEMENT_COUNT + g) * months + (size_t)m];
            /* known months are one future that all have in common */
            for (size_t r = 0; r < n_futures; r++) {
                futures[g * n_futures + r] += (double)values[n == 1 ? 0 : r];
                futures[VARIANCE_ALL * n_futures + r] += (double)values[n == 1 ? 0 : r];
            }
            out->value[VARIANCE_COST][g] +=
                money_from_pounds(quantile_of_integers(values, values + n, n, NULL, 0, NULL).mean / hundred);
        }
    free(values);
    return true;
}

static bool fill_cost(const struct draws *draws, const struct variance_period *period,
                      const struct draws *known, struct variance_state *out, struct err *err)
{
    bool ok = period->first_month > period->last_month ||
              (add_nights(draws, period->first_month, period->last_month, out, err) &&
               add_cost(draws, period->first_month, period->last_month, out, err));
    int64_t *cost = out->value[VARIANCE_COST];
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        out->known[g] = -cost[g];
        out->known_nights[g] = -out->nights[g];
    }
    ok = ok && (known == NULL || (add_nights(known, 0, known->months - 1, out, err) &&
                                  add_cost(known, 0, known->months - 1, out, err)));
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        out->known[g] += cost[g];
        out->known_nights[g] += out->nights[g];
        out->known[VARIANCE_ALL] += out->known[g];
        out->known_nights[VARIANCE_ALL] += out->known_nights[g];
    }
    return ok;
}

bool variance_state_make(const struct draws *draws, const struct variance_period *period,
                         const struct draws *known, const int64_t present[PLACEMENT_COUNT],
                         struct variance_state *out, struct err *err)
{
    const struct group first = {GROUP_PLACEMENT, 0};
    const size_t n = (size_t)draws->replicates;
    *out = (struct variance_state){
        .by_placement = draws_find(draws, MEASURE_STOCK, first) < draws->n_series,
        .has_cost = draws->costs != NULL,
        .replicates = draws->replicates,
    };
    bool ok = true;
    for (int measure = 0; ok && measure < VARIANCE_MEASURES; measure++) {
        out->futures[measure] = vec_new(VARIANCE_MEMBERS * n, sizeof *out->futures[measure], err);
        ok = out->futures[measure] != NULL;
    }
    if (ok && period->stock_month >= 0)
        ok = fill_children(draws, period->stock_month, out, err);
    for (size_t g = 0; ok && period->stock_month < 0 && g < PLACEMENT_COUNT; g++) {
        out->value[VARIANCE_CHILDREN][g] = (int64_t)hundred * present[g];
        out->value[VARIANCE_CHILDREN][VARIANCE_ALL] += (int64_t)hundred * present[g];
        for (size_t r = 0; r < n; r++) {
            out->futures[VARIANCE_CHILDREN][g * n + r] = hundred * (double)present[g];
            out->futures[VARIANCE_CHILDREN][VARIANCE_ALL * n + r] += hundred * (double)present[g];
        }
    }
    ok = ok && (!out->has_cost || fill_cost(draws, period, known, out, err));
    if (!ok) {
        variance_state_free(out);
        return false;
    }
    if (out->by_placement)
        variance_state_sum(out);
    return true;
}

/* ---- steps ------------------------------------------------------------------------------------------- */

/* Variance of n numbers. */
static double variance_of(const double values[], size_t n)
{
    double mean = 0;
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        mean += values[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        sum += (values[i] - mean) * (values[i] - mean);
    return n > 1 ? sum / (double)(n - 1) : 0;
}

/* Of the mean difference: future by future where there are as many, else of two samples. */
static double error_of(const struct variance_state *before, const struct variance_state *after,
                       enum variance_measure measure, int32_t member)
{
    const double *a = before->futures[measure];
    const double *b = after->futures[measure];
    const size_t n = (size_t)before->replicates;
    if (a == NULL || b == NULL)
        return (double)NAN;
    a += (size_t)member * n;
    b += (size_t)member * (size_t)after->replicates;
    if (before->replicates != after->replicates)
        return sqrt(variance_of(a, n) / (double)n +
                    variance_of(b, (size_t)after->replicates) / after->replicates);
    double mean = 0;
    double sum = 0;
    for (size_t r = 0; r < n; r++)
        mean += (b[r] - a[r]) / (double)n;
    for (size_t r = 0; r < n; r++)
        sum += (b[r] - a[r] - mean) * (b[r] - a[r] - mean);
    return n > 1 ? sqrt(sum / (double)(n - 1) / (double)n) : (double)NAN;
}

struct variance_part variance_part(const struct variance_state *before, const struct variance_state *after,
                                   enum variance_measure measure, int32_t member)
{
    return (struct variance_part){
        .change = after->value[measure][member] - before->value[measure][member],
        .error = error_of(before, after, measure, member),
    };
}

/* a x b / c to the nearest, halves up, for c > 0 and b >= 0: without a product that might not fit. */
static int64_t part_of(int64_t a, int64_t b, int64_t c)
{
    int64_t rest = 0;
    bug_if(__builtin_mul_overflow(2 * a, b % c, &rest));
    rest += c;
    const int64_t floor = rest / (2 * c) - (rest % (2 * c) < 0 ? 1 : 0);
    return a * (b / c) + floor;
}

void variance_split(const struct variance_state *before, const struct variance_state *after,
                    struct variance_part out[VARIANCE_MEMBERS])
{
    const int64_t *n0 = before->nights;
    const int64_t *n1 = after->nights;
    const int64_t *c0 = before->value[VARIANCE_COST];
    const int64_t *c1 = after->value[VARIANCE_COST];
    const bool has_base = n0[VARIANCE_ALL] > 0;
    double weights[PLACEMENT_COUNT];
    int64_t volumes[PLACEMENT_COUNT];
    struct variance_part *all = &out[VARIANCE_ALL];
    for (int member = 0; member < VARIANCE_MEMBERS; member++)
        out[member] = variance_part(before, after, VARIANCE_COST, member);
    /* without a night before there is no average price: what is new is volume */
    all->volume = has_base ? part_of(n1[VARIANCE_ALL] - n0[VARIANCE_ALL], c0[VARIANCE_ALL], n0[VARIANCE_ALL])
                           : c1[VARIANCE_ALL];
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        weights[g] = (double)(has_base ? c0[g] : c1[g]);
    const int64_t size = all->volume < 0 ? -all->volume : all->volume;
    money_share(size, weights, PLACEMENT_COUNT, volumes);
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        out[g].volume = all->volume < 0 ? -volumes[g] : volumes[g];
        /* a group that nobody was in has no price to differ from */
        out[g].price = n0[g] > 0 ? c1[g] - part_of(n1[g], c0[g], n0[g]) : 0;
        out[g].mix = out[g].change - out[g].volume - out[g].price;
        all->price += out[g].price;
        all->mix += out[g].mix;
    }
}
