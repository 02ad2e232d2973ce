/* SPDX-License-Identifier: GPL-3.0-or-later
 * A replicate is divided by one thread from runs of its own; every statistic is made afterwards, in the order
 * of replicates, so that nothing depends on threads. */
#include "study/attribute.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "numeric/quantile.h"
#include "numeric/shapley.h"
#include "sim/slip.h"

enum { ORDERS = 2, MOST_RUNS = 100000, LEAST_REPLICATES = 24, PENCE = 100, MARCH = 3 };
static const double telling = 2; /* standard errors beyond which an interaction is named */

/* ---- the question ------------------------------------------------------------------------------------ */

struct job {
    struct switched *switched;
    const struct run *run;
    const struct scenario *scenario;
    const int32_t *owner;
    int32_t *players; /* actions that do something */
    int n_players;
    int32_t *last_month; /* [periods] its month in the forecast */
    size_t n_periods;
    size_t n_numbers; /* measures x periods */
    struct attribution *out;
    double *shares; /* [replicate][players, then whole][number] */
    double
        *interactions; /* [replicate][players x players] of the stock in the last period; NULL: not exact */
};

static bool list_players(struct job *job, struct err *err)
{
    job->players = vec_new(job->out->n_actions, sizeof *job->players, err);
    if (job->players == NULL)
        return false;
    for (size_t a = 0; a < job->out->n_actions; a++)
        for (size_t i = 0; i < job->scenario->n_levers; i++)
            if (job->owner[i] == (int32_t)a && job->scenario->levers[i].kind != LEVER_OUTCOME &&
                !lever_is_idle(&job->scenario->levers[i])) {
                job->players[job->n_players++] = (int32_t)a;
                break;
            }
    return true;
}

static bool list_periods(struct job *job, struct err *err)
{
    const int32_t months = job->run->input->months;
    struct attribution *out = job->out;
    job->last_month = vec_new((size_t)months, sizeof *job->last_month, err);
    out->periods = vec_new((size_t)months, sizeof *out->periods, err);
    if (job->last_month == NULL || out->periods == NULL)
        return false;
    for (int32_t m = 0; m < months; m++) {
        const day end = date_month_end(job->run->input->origin, m + 1);
        if (m < months - 1 && date_to_civil(end).month != MARCH)
            continue;
        job->last_month[out->n_periods] = m;
        out->periods[out->n_periods++] = end;
    }
    job->n_periods = out->n_periods;
    job->n_numbers = ATTRIBUTE_MEASURES * job->n_periods;
    return true;
}

/* ---- runs -------------------------------------------------------------------------------------------- */

/* The numbers of one set of players, by measure and period. */
static bool run_set(const struct job *job, int32_t thread, int32_t replicate, const bool plays[],
                    double numbers[], size_t stride, struct err *err)
{
    int32_t *later = switched_levers(job->switched, thread);
    struct switched_path path;
    for (size_t i = 0; i < job->scenario->n_levers; i++)
        later[i] = job->owner[i] >= 0 ? SLIP_NEVER : 0;
    for (int p = 0; p < job->n_players; p++)
        for (size_t i = 0; plays[p] && i < job->scenario->n_levers; i++)
            if (job->owner[i] == job->players[p])
                later[i] = 0;
    if (!switched_run(job->switched, thread, replicate, &path, err))
        return false;
    int32_t first = 0;
    for (size_t p = 0; p < job->n_periods; p++) {
        double nights = 0;
        double cost = 0;
        for (int32_t m = first; m <= job->last_month[p]; m++) {
            nights += path.nights[m];
            cost += (double)path.cost[m];
        }
        first = job->last_month[p] + 1;
        numbers[(ATTRIBUTE_STOCK * job->n_periods + p) * stride] = path.stock[job->last_month[p]];
        numbers[(ATTRIBUTE_NIGHTS * job->n_periods + p) * stride] = nights;
        numbers[(ATTRIBUTE_COST * job->n_periods + p) * stride] = cost / PENCE;
    }
    return true;
}

static double *share_at(const struct job *job, int32_t replicate, int player)
{
    return job->shares + ((size_t)replicate * (size_t)(job->n_players + 1) + (size_t)player) * job->n_numbers;
}

/* All sets. */
static bool divide_exactly(const struct job *job, int32_t thread, int32_t replicate, double v[],
                           struct err *err)
{
    const int n = job->n_players;
    const uint32_t sets = UINT32_C(1) << n;
    bool plays[SHAPLEY_MOST];
    double values[SHAPLEY_MOST];
    for (uint32_t mask = 0; mask < sets; mask++) {
        for (int p = 0; p < n; p++)
            plays[p] = (mask >> p & 1U) != 0;
        if (!run_set(job, thread, replicate, plays, v + mask, sets, err))
            return false;
    }
    for (size_t k = 0; k < job->n_numbers; k++) {
        const double *at = v + k * sets;
        shapley_values(at, n, values);
        for (int p = 0; p < n; p++)
            share_at(job, replicate, p)[k] = values[p];
        share_at(job, replicate, n)[k] = at[sets - 1] - at[0];
    }
    const double *stock = v + (ATTRIBUTE_STOCK * job->n_periods + job->n_periods - 1) * sets;
    double *pairs = job->interactions + (size_t)replicate * (size_t)n * (size_t)n;
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++)
            pairs[i * n + j] = shapley_interaction(stock, n, i, j);
    return true;
}

/* Orders in pairs: what each player adds when it joins. */
static bool divide_by_orders(const struct job *job, int32_t thread, int32_t replicate, double v[],
                             int32_t order[], bool plays[], struct err *err)
{
    const int n = job->n_players;
    double *before = v;
    double *after = v + job->n_numbers;
    memset(share_at(job, replicate, 0), 0, (size_t)(n + 1) * job->n_numbers * sizeof(double));
    for (uint32_t o = 0; o < ORDERS; o++) {
        shapley_order(job->run->input->seed, ORDERS * (uint32_t)replicate + o, n, order);
        memset(plays, 0, (size_t)n * sizeof *plays);
        if (!run_set(job, thread, replicate, plays, before, 1, err))
            return false;
        for (int p = 0; p < n; p++) {
            plays[order[p]] = true;
            if (!run_set(job, thread, replicate, plays, after, 1, err))
                return false;
            for (size_t k = 0; k < job->n_numbers; k++) {
                share_at(job, replicate, order[p])[k] += (after[k] - before[k]) / ORDERS;
                share_at(job, replicate, n)[k] += (after[k] - before[k]) / ORDERS;
            }
            memcpy(before, after, job->n_numbers * sizeof *before);
        }
    }
    return true;
}

static bool divide(void *context, int32_t thread, int32_t replicate, struct err *err)
{
    const struct job *job = context;
    const size_t n = (size_t)job->n_players;
    const size_t sets = job->out->is_exact ? (size_t)1 << n : 2;
    double *v = vec_new(job->n_numbers * sets, sizeof *v, err); /* exact: [number][set]; else [2][number] */
    int32_t *order = vec_new(n, sizeof *order, err);
    bool *plays = vec_new(n, sizeof *plays, err);
    const bool ok = v != NULL && order != NULL && plays != NULL &&
                    (job->out->is_exact ? divide_exactly(job, thread, replicate, v, err)
                                        : divide_by_orders(job, thread, replicate, v, order, plays, err));
    free(v);
    free(order);
    free(plays);
    return ok;
}

/* ---- results ----------------------------------------------------------------------------------------- */

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* From n values, which are put in order. */
static struct attribute_effect sum_up(double values[], size_t n)
{
    double sum = 0;
    double squares = 0;
    for (size_t r = 0; r < n; r++)
        sum += values[r];
    const double mean = sum / (double)n;
    for (size_t r = 0; r < n; r++)
        squares += (values[r] - mean) * (values[r] - mean);
    qsort(values, n, sizeof *values, compare_doubles);
    return (struct attribute_effect){.mean = mean,
                                     .error = sqrt(squares / (double)(n - 1) / (double)n),
                                     .p10 = quantile_sorted(values, n, .1),
                                     .p90 = quantile_sorted(values, n, .9)};
}

static bool sum_up_effects(const struct job *job, struct err *err)
{
    struct attribution *out = job->out;
    const size_t n = (size_t)out->replicates;
    double *values = vec_new(n, sizeof *values, err);
    out->effects = vec_new((out->n_actions + 1) * job->n_numbers, sizeof *out->effects, err);
    for (int p = 0; values != NULL && out->effects != NULL && p <= job->n_players; p++) {
        const size_t action = p == job->n_players ? out->n_actions : (size_t)job->players[p];
        for (size_t k = 0; k < job->n_numbers; k++) {
            for (size_t r = 0; r < n; r++)
                values[r] = share_at(job, (int32_t)r, p)[k];
            out->effects[action * job->n_numbers + k] = sum_up(values, n);
        }
    }
    const bool ok = values != NULL && out->effects != NULL;
    free(values);
    return ok;
}

static int compare_pairs(const void *a, const void *b)
{
    const struct attribute_pair *x = a;
    const struct attribute_pair *y = b;
    if (fabs(x->mean) < fabs(y->mean) || fabs(x->mean) > fabs(y->mean))
        return fabs(x->mean) > fabs(y->mean) ? -1 : 1;
    return x->first < y->first ? -1 : x->first > y->first ? 1 : x->second < y->second ? -1 : 1;
}

static bool sum_up_pairs(const struct job *job, struct err *err)
{
    struct attribution *out = job->out;
    const size_t n = (size_t)job->n_players;
    double *values = vec_new((size_t)out->replicates, sizeof *values, err);
    out->pairs = vec_new(n * n, sizeof *out->pairs, err);
    for (size_t k = 0; values != NULL && out->pairs != NULL && k < n * n; k++) {
        if (k / n >= k % n)
            continue;
        for (size_t r = 0; r < (size_t)out->replicates; r++)
            values[r] = job->interactions[r * n * n + k];
        const struct attribute_effect effect = sum_up(values, (size_t)out->replicates);
        if (fabs(effect.mean) > telling * effect.error)
            out->pairs[out->n_pairs++] = (struct attribute_pair){
                (size_t)job->players[k / n], (size_t)job->players[k % n], effect.mean, effect.error};
    }
    const bool ok = values != NULL && out->pairs != NULL;
    if (ok)
        qsort(out->pairs, out->n_pairs, sizeof *out->pairs, compare_pairs);
    free(values);
    return ok;
}

/* ---- together ---------------------------------------------------------------------------------------- */

void attribution_free(struct attribution *attribution)
{
    free((void *)attribution->actions);
    free(attribution->periods);
    free(attribution->effects);
    free(attribution->pairs);
    *attribution = (struct attribution){0};
}

const struct attribute_effect *attribution_effect(const struct attribution *attribution, size_t action,
                                                  enum attribute_measure measure, size_t period)
{
    return &attribution
                ->effects[(action * ATTRIBUTE_MEASURES + (size_t)measure) * attribution->n_periods + period];
}

/* How many sets or orders there are, and for how many replicates. */
static bool plan_runs(struct job *job, int32_t most, struct err *err)
{
    struct attribution *out = job->out;
    const size_t n = (size_t)job->n_players;
    out->is_exact = job->n_players <= SHAPLEY_MOST;
    const int64_t each = out->is_exact ? INT64_C(1) << n : ORDERS * (int64_t)(n + 1);
    const int64_t fit = MOST_RUNS / each;
    const int64_t wanted = fit < LEAST_REPLICATES ? LEAST_REPLICATES : fit;
    out->replicates = wanted < most ? (int32_t)wanted : most;
    out->runs = each * out->replicates;
    job->shares = vec_new((size_t)out->replicates * (n + 1) * job->n_numbers, sizeof *job->shares, err);
    if (out->is_exact && n > 0)
        job->interactions = vec_new((size_t)out->replicates * n * n, sizeof *job->interactions, err);
    return job->shares != NULL && (!out->is_exact || n == 0 || job->interactions != NULL);
}

bool attribute(struct run *run, const struct scenario *scenario, const struct price_book *prices,
               const char *const actions[], size_t n_actions, const int32_t owner[],
               const struct attribute_options *options, struct attribution *out, struct err *err)
{
    struct attribution attribution = {.n_actions = n_actions};
    struct job job = {.run = run, .scenario = scenario, .owner = owner, .out = &attribution};
    attribution.actions = vec_new(n_actions, sizeof *attribution.actions, err);
    bool ok = attribution.actions != NULL;
    for (size_t a = 0; ok && a < n_actions; a++)
        attribution.actions[a] = actions[a];
    ok =
        ok && list_players(&job, err) && list_periods(&job, err) && plan_runs(&job, options->replicates, err);
    if (ok && job.n_players > 0)
        ok = switched_open(run, scenario, prices, &job.switched, err) &&
             switched_each(job.switched, attribution.replicates, "dividing the effect among actions", divide,
                           &job, err);
    ok = ok && sum_up_effects(&job, err) &&
         (!attribution.is_exact || job.n_players < 2 || sum_up_pairs(&job, err));
    switched_close(job.switched);
    free(job.players);
    free(job.last_month);
    free(job.shares);
    free(job.interactions);
    if (!ok) {
        attribution_free(&attribution);
        return false;
    }
    *out = attribution;
    return true;
}
