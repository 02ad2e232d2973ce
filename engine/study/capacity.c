/* SPDX-License-Identifier: GPL-3.0-or-later
 * Paired replicates; every summary is made month by month from the values of all replicates. */
#include "study/capacity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "numeric/erlang.h"
#include "numeric/surprise.h"
#include "sim/effect.h"
#include "sim/slip.h"

enum { LAST_MONTHS = 12 };
static const double year_days = 365.25, pence_a_pound = 100;
static const struct group all = {GROUP_ALL, 0};

/* The two runs, and room for the values of all replicates. */
struct pair {
    struct draws limited, free;
    double *a, *b; /* [replicates] */
    size_t n;
    int32_t months;
};

void capacity_free(struct capacity *capacity)
{
    for (size_t i = 0; capacity->lines != NULL && i < capacity->n_lines; i++) {
        free(capacity->lines[i].places);
        free(capacity->lines[i].in_use);
        free(capacity->lines[i].unlimited);
        free(capacity->lines[i].elsewhere);
    }
    free(capacity->lines);
    free(capacity->cost);
    *capacity = (struct capacity){0};
}

/* ---- places ----------------------------------------------------------------------------------------------
 */

bool capacity_places(const struct scenario *scenario, const struct scenario_capacity *line, day origin,
                     int32_t months, double places[], struct err *err)
{
    day *starts = vec_new(scenario->n_levers, sizeof *starts, err);
    if (starts == NULL)
        return false;
    slip_fixed_starts(scenario, origin, starts);
    for (int32_t m = 0; m < months; m++)
        places[m] = line->places;
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct lever *lever = &scenario->levers[i];
        if (lever->kind != LEVER_CAPACITY || (lever->where.placements >> line->group & 1U) == 0)
            continue;
        const double effect = effect_make(lever, scenario->stance).mean;
        double years = 0;
        for (int32_t m = 0; m < months; m++) {
            const day from = date_month_start(origin, m + 1);
            const day to = date_month_start(origin, m + 2);
            const double ramp = effect_ramp(scenario, starts, i, from, to);
            years += ramp * (to - from) / year_days;
            places[m] += lever->unit == EFFECT_FACTOR     ? places[m] * effect * ramp
                         : lever->unit == EFFECT_PER_YEAR ? effect * years
                                                          : effect * ramp;
        }
    }
    for (int32_t m = 0; m < months; m++)
        places[m] = fmax(0, places[m] * line->usable);
    free(starts);
    return true;
}

/* ---- pairs -----------------------------------------------------------------------------------------------
 */

static struct capacity_summary summarise(double values[], size_t n)
{
    struct surprise found;
    surprise_find(values, n, 0, &found);
    return (struct capacity_summary){found.mean, found.p10, found.p50, found.p90};
}

static void get(const struct draws *draws, enum measure measure, struct group group, int32_t from, int32_t to,
                double out[])
{
    if (draws_find(draws, measure, group) < draws->n_series || measure == MEASURE_COST)
        draws_values(draws, measure, group, from, to, out);
    else
        memset(out, 0, (size_t)draws->replicates * sizeof *out);
}

/* Leaves a[] = the second run's values less the first's. */
static void subtract(struct pair *pair, enum measure measure, struct group group, int32_t from, int32_t to,
                     bool free_less_limited)
{
    get(free_less_limited ? &pair->free : &pair->limited, measure, group, from, to, pair->a);
    get(free_less_limited ? &pair->limited : &pair->free, measure, group, from, to, pair->b);
    for (size_t r = 0; r < pair->n; r++)
        pair->a[r] -= pair->b[r];
}

/* Children who came into a group over months, by entry or by move, in every replicate. work: room for as
 * many. */
static void count_arrivals(const struct draws *draws, struct group group, int32_t from, int32_t to,
                           double out[], double work[])
{
    get(draws, MEASURE_ENTRIES, group, from, to, out);
    get(draws, MEASURE_MOVES, group, from, to, work);
    for (int32_t r = 0; r < draws->replicates; r++)
        out[r] += work[r];
}

/* The ratio of two sums over replicates, and its standard error by the usual linear approximation. */
static bool find_blocked(struct pair *pair, struct capacity_line *line, int32_t from, struct err *err)
{
    const struct group group = {GROUP_PLACEMENT, (int32_t)line->group};
    const int32_t to = pair->months - 1;
    double *work = vec_new(pair->n, sizeof *work, err);
    double wanted = 0;
    double came = 0;
    double squares = 0;
    if (work == NULL)
        return false;
    count_arrivals(&pair->free, group, from, to, pair->a, work);
    count_arrivals(&pair->limited, group, from, to, pair->b, work);
    free(work);
    for (size_t r = 0; r < pair->n; r++) {
        wanted += pair->a[r];
        came += pair->b[r];
    }
    line->blocked = wanted > 0 ? 1 - came / wanted : 0;
    for (size_t r = 0; r < pair->n; r++) {
        const double off = pair->b[r] - (1 - line->blocked) * pair->a[r];
        squares += off * off;
    }
    const double n = (double)pair->n;
    line->blocked_error = wanted > 0 ? sqrt(squares / (n - 1) * n) / wanted : 0;
    return true;
}

/* What the last year says, beside the formula. */
static bool find_last_year(struct pair *pair, struct capacity_line *line, struct err *err)
{
    const int32_t last = pair->months - 1;
    const int32_t from = last + 1 > LAST_MONTHS ? last + 1 - LAST_MONTHS : 0;
    const double places = floor(line->places[last]);
    double sum = 0;
    line->is_steady = line->in_use[last].p90 <= places && places <= INT32_MAX;
    for (int32_t m = from; m <= last; m++) {
        sum += line->unlimited[m].mean;
        line->is_steady = line->is_steady && !(fabs(line->places[m] - line->places[last]) > 0);
    }
    line->load = sum / (last + 1 - from);
    if (line->is_steady)
        line->erlang = erlang_blocked((int32_t)places, line->load);
    return find_blocked(pair, line, from, err);
}

static bool find_line(struct pair *pair, const struct scenario *scenario, size_t i, struct capacity *out,
                      struct err *err)
{
    struct capacity_line *line = &out->lines[i];
    const size_t months = (size_t)pair->months;
    line->group = scenario->capacities[i].group;
    const struct group group = {GROUP_PLACEMENT, (int32_t)line->group};
    line->places = vec_new(months, sizeof *line->places, err);
    line->in_use = vec_new(months, sizeof *line->in_use, err);
    line->unlimited = vec_new(months, sizeof *line->unlimited, err);
    line->elsewhere = vec_new(months, sizeof *line->elsewhere, err);
    if (line->places == NULL || line->in_use == NULL || line->unlimited == NULL || line->elsewhere == NULL ||
        !capacity_places(scenario, &scenario->capacities[i], out->origin, pair->months, line->places, err))
        return false;
    for (int32_t m = 0; m < pair->months; m++) {
        get(&pair->limited, MEASURE_STOCK, group, m, m, pair->a);
        line->in_use[m] = summarise(pair->a, pair->n);
        get(&pair->free, MEASURE_STOCK, group, m, m, pair->a);
        line->unlimited[m] = summarise(pair->a, pair->n);
        subtract(pair, MEASURE_STOCK, group, m, m, true);
        line->elsewhere[m] = summarise(pair->a, pair->n);
    }
    return find_last_year(pair, line, err);
}

static void find_cost(struct pair *pair, int32_t from, int32_t to, struct capacity_summary *out)
{
    subtract(pair, MEASURE_COST, all, from, to, false);
    for (size_t r = 0; r < pair->n; r++)
        pair->a[r] /= pence_a_pound;
    *out = summarise(pair->a, pair->n);
}

static bool find_costs(struct pair *pair, struct capacity *out, struct err *err)
{
    struct surprise whole;
    out->cost = vec_new((size_t)pair->months, sizeof *out->cost, err);
    if (out->cost == NULL)
        return false;
    for (int32_t m = 0; m < pair->months; m++)
        find_cost(pair, m, m, &out->cost[m]);
    find_cost(pair, 0, pair->months - 1, &out->whole);
    surprise_find(pair->a, pair->n, 0, &whole);
    out->whole_error = whole.sd / sqrt((double)pair->n);
    return true;
}

static bool run_pair(struct run *run, const struct scenario *scenario, const struct price_book *prices,
                     struct pair *pair, struct err *err)
{
    struct scenario bare = *scenario; /* flat: nothing in it is freed */
    bare.n_capacities = 0;
    struct lever *levers = vec_new(scenario->n_levers, sizeof *levers, err);
    if (levers == NULL)
        return false;
    bare.levers = levers;
    bare.n_levers = 0;
    for (size_t i = 0; i < scenario->n_levers; i++)
        if (scenario->levers[i].kind != LEVER_CAPACITY) /* places that nothing limits */
            levers[bare.n_levers++] = scenario->levers[i];
    const bool ok = run_scenario(run, scenario, NULL, prices, &pair->limited, err) &&
                    run_scenario(run, &bare, NULL, prices, &pair->free, err);
    free(levers);
    return ok;
}

bool capacity_find(struct run *run, const struct scenario *scenario, const struct price_book *prices,
                   struct capacity *out, struct err *err)
{
    struct pair pair = {.n = (size_t)run->options->replicates, .months = run->input->months};
    bug_if(scenario->n_capacities == 0 || run_is_calibrated(run));
    *out = (struct capacity){
        .origin = run->input->origin, .months = pair.months, .replicates = run->options->replicates};
    pair.a = vec_new(2 * pair.n, sizeof *pair.a, err);
    out->lines = vec_new(scenario->n_capacities, sizeof *out->lines, err);
    bool ok = pair.a != NULL && out->lines != NULL && run_pair(run, scenario, prices, &pair, err);
    if (ok) {
        pair.b = pair.a + pair.n;
        out->n_lines = scenario->n_capacities;
        for (size_t i = 0; ok && i < out->n_lines; i++)
            ok = find_line(&pair, scenario, i, out, err);
        ok = ok && find_costs(&pair, out, err);
    }
    draws_free(&pair.limited);
    draws_free(&pair.free);
    free(pair.a);
    if (!ok)
        capacity_free(out);
    return ok;
}
