/* SPDX-License-Identifier: GPL-3.0-or-later
 * Means are rounded as the tables of a forecast round them, month by month, so that a run that is made again
 * gives what its files say. */
#include "study/variance.h"

#include <math.h>
#include <stdlib.h>

#include "base/rounding.h"
#include "base/vec.h"
#include "numeric/quantile.h"
#include "study/pvm.h"

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

/* One month of n parts in every future, in units of 1 / unit: columns[n][replicates], room for two columns
 * behind them. */
struct month {
    int64_t *columns;
    size_t n, replicates;
    double unit,
        printed; /* units a whole one, and of what is printed: thousandths and hundredths of a child */
    int32_t members[PLACEMENT_COUNT];
};

static double mean_of(const struct month *month, int64_t *column)
{
    int64_t *work = month->columns + (month->n + 1) * month->replicates;
    return month->printed *
           (quantile_of_integers(column, work, month->replicates, NULL, 0, NULL).mean / month->unit);
}

/* Adds the means to `into` as the tables of a forecast print them: so that the parts add up to the whole. */
static void add_means(const struct month *month, int64_t into[VARIANCE_MEMBERS])
{
    double values[PLACEMENT_COUNT];
    double rest[PLACEMENT_COUNT];
    int64_t parts[PLACEMENT_COUNT];
    int64_t *whole = month->columns + month->n * month->replicates;
    for (size_t r = 0; r < month->replicates; r++) {
        whole[r] = 0;
        for (size_t i = 0; i < month->n; i++)
            whole[r] += month->columns[i * month->replicates + r];
    }
    const double total = mean_of(month, whole);
    for (size_t i = 0; i < month->n; i++)
        values[i] = mean_of(month, month->columns + i * month->replicates);
    rounding_together(values, month->n, (int64_t)floor(total + .5), rest, parts);
    for (size_t i = 0; i < month->n; i++)
        into[month->members[i]] += parts[i];
}

/* Means of a family of counts over months, added to `into`; futures NULL: not wanted. */
static bool add_counts(const struct draws *draws, enum measure measure, int32_t first, int32_t last,
                       double *futures, int64_t into[VARIANCE_MEMBERS], struct err *err)
{
    struct family family;
    const size_t n = (size_t)draws->replicates;
    const size_t n_months = (size_t)(last - first) + 1;
    struct month month = {.replicates = n, .unit = draws_unit(draws, measure), .printed = hundred};
    if (!family_find(draws, measure, &family, err))
        return false;
    month.n = family.n;
    const size_t block = (family.n + 2) * n;
    int64_t *columns = vec_new(n_months * block, sizeof *columns, err);
    for (size_t i = 0; i < family.n; i++)
        month.members[i] = member_of(draws, &family, i);
    for (size_t r = 0; columns != NULL && r < n; r++) {
        draws_final(draws, (int32_t)r, family.first, family.n, family.final, family.work);
        for (size_t i = 0; i < family.n; i++)
            for (size_t m = 0; m < n_months; m++) {
                const int32_t count = family.final[i * family.months + (size_t)first + m];
                columns[m * block + i * n + r] = count;
                if (futures != NULL)
                    futures[(size_t)month.members[i] * n + r] += hundred * count / month.unit;
                if (futures != NULL && month.members[i] != VARIANCE_ALL)
                    futures[VARIANCE_ALL * n + r] += hundred * count / month.unit;
            }
    }
    for (size_t m = 0; columns != NULL && m < n_months; m++) {
        month.columns = columns + m * block;
        add_means(&month, into);
    }
    const bool ok = columns != NULL;
    free(columns);
    free(family.final);
    return ok;
}

/* What a time costs, future by future and, month by month, on average. */
static bool add_cost(const struct draws *draws, int32_t first, int32_t last, struct variance_state *out,
                     struct err *err)
{
    const size_t n = (size_t)draws->replicates;
    const size_t months = (size_t)draws->months;
    const size_t n_futures = (size_t)out->replicates;
    double *futures = out->futures[VARIANCE_COST];
    struct month month = {.n = PLACEMENT_COUNT, .replicates = n, .unit = 1, .printed = 1};
    month.columns = vec_new((PLACEMENT_COUNT + 2) * n, sizeof *month.columns, err);
    if (month.columns == NULL)
        return false;
    for (int32_t m = first; m <= last; m++) {
        for (size_t g = 0; g < PLACEMENT_COUNT; g++) {
            int64_t *column = month.columns + g * n;
            month.members[g] = (int32_t)g;
            for (size_t r = 0; r < n; r++)
                column[r] = draws->costs[(r * PLACEMENT_COUNT + g) * months + (size_t)m];
            /* known months are one future that all have in common */
            for (size_t r = 0; r < n_futures; r++) {
                futures[g * n_futures + r] += (double)column[n == 1 ? 0 : r];
                futures[VARIANCE_ALL * n_futures + r] += (double)column[n == 1 ? 0 : r];
            }
        }
        add_means(&month, out->value[VARIANCE_COST]);
    }
    free(month.columns);
    return true;
}

static bool fill_cost(const struct draws *draws, const struct variance_period *period,
                      const struct draws *known, struct variance_state *out, struct err *err)
{
    bool ok =
        period->first_month > period->last_month ||
        (add_counts(draws, MEASURE_NIGHTS, period->first_month, period->last_month, NULL, out->nights, err) &&
         add_cost(draws, period->first_month, period->last_month, out, err));
    int64_t *cost = out->value[VARIANCE_COST];
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        out->known[g] = -cost[g];
        out->known_nights[g] = -out->nights[g];
    }
    ok = ok &&
         (known == NULL || (add_counts(known, MEASURE_NIGHTS, 0, known->months - 1, NULL, out->nights, err) &&
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
        ok = add_counts(draws, MEASURE_STOCK, period->stock_month, period->stock_month,
                        out->futures[VARIANCE_CHILDREN], out->value[VARIANCE_CHILDREN], err);
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

bool variance_split(const struct variance_state *before, const struct variance_state *after,
                    struct variance_part out[VARIANCE_MEMBERS], struct err *err)
{
    struct pvm_line lines[PLACEMENT_COUNT];
    struct pvm_split splits[VARIANCE_MEMBERS];
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        lines[g] = (struct pvm_line){.is_placement = true,
                                     .nights0 = before->nights[g],
                                     .nights1 = after->nights[g],
                                     .cost0 = before->value[VARIANCE_COST][g],
                                     .cost1 = after->value[VARIANCE_COST][g]};
    if (!pvm_make(lines, PLACEMENT_COUNT, splits, &splits[VARIANCE_ALL], err))
        return false;
    for (int member = 0; member < VARIANCE_MEMBERS; member++) {
        out[member] = variance_part(before, after, VARIANCE_COST, member);
        out[member].volume = splits[member].volume;
        out[member].price = splits[member].price;
        out[member].mix = splits[member].mix;
    }
    return true;
}
