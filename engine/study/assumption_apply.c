/* SPDX-License-Identifier: GPL-3.0-or-later
 * One assumption at another value; everything else is borrowed from the scenario that is asked about. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "study/assumptions.h"
#include "study/levered.h"

static const double pct = 100;

void assumption_applied_free(struct assumption_applied *applied)
{
    free(applied->scenario.levers);
    free(applied->scenario.capacities);
    free(applied->prices.lines);
    free(applied->values);
    *applied = (struct assumption_applied){0};
}

/* Every array that may change becomes the copy's own. */
static bool copy(const struct scenario *scenario, const struct price_book *prices,
                 struct assumption_applied *out, struct err *err)
{
    struct scenario *own = &out->scenario;
    *own = *scenario;
    out->prices = *prices;
    /* room for one lever more */
    own->levers = vec_new(scenario->n_levers + 1, sizeof *own->levers, err);
    own->capacities = vec_new(scenario->n_capacities, sizeof *own->capacities, err);
    out->prices.lines = vec_new(prices->n_lines, sizeof *out->prices.lines, err);
    out->values = vec_new(scenario->params.n, sizeof *out->values, err);
    if (own->levers == NULL || own->capacities == NULL || out->prices.lines == NULL || out->values == NULL)
        return false;
    if (scenario->n_levers > 0)
        memcpy(own->levers, scenario->levers, scenario->n_levers * sizeof *own->levers);
    if (scenario->n_capacities > 0)
        memcpy(own->capacities, scenario->capacities, scenario->n_capacities * sizeof *own->capacities);
    if (prices->n_lines > 0)
        memcpy(out->prices.lines, prices->lines, prices->n_lines * sizeof *out->prices.lines);
    memcpy(out->values, scenario->params.values, scenario->params.n * sizeof *out->values);
    own->params.values = out->values;
    return true;
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct lever *)a)->id, ((const struct lever *)b)->id);
}

static void add_lever(const struct assumption *assumption, double value, struct scenario *out)
{
    struct lever lever =
        levered_lever(assumption->id, assumption->lever, &assumption->where, EFFECT_FACTOR, value - 1);
    lever.source = "sensitivity";
    out->levers[out->n_levers++] = lever;
    qsort(out->levers, out->n_levers, sizeof *out->levers, by_id);
}

static void set_prices(const struct assumption *assumption, double value, struct price_book *prices)
{
    const double factor = value / assumption->base;
    for (size_t i = 0; i < prices->n_lines; i++) {
        struct price_line *line = &prices->lines[i];
        if ((int32_t)line->group != assumption->member)
            continue;
        if (assumption->kind == ASSUMPTION_PRICE)
            line->weekly = (pence)llround((double)line->weekly * factor);
        else
            line->annual_uplift_pct += value - assumption->base;
    }
}

static void set_levers(const struct assumption *assumption, double value, struct scenario *out)
{
    for (size_t i = 0; i < out->n_levers; i++) {
        struct lever *lever = &out->levers[i];
        if (assumption->kind == ASSUMPTION_REALISM && lever->kind != LEVER_OUTCOME) {
            lever->low *= value;
            lever->likely *= value;
            lever->high *= value;
        } else if (assumption->kind == ASSUMPTION_SLIPPAGE && lever->start != DAY_NONE) {
            const bool is_done = !(lever->slip.late > 0) && lever->slip.past_due == 0;
            lever->start += is_done ? 0 : lever->slip.past_due + (day)lround(value);
            lever->slip = (struct slip){0};
        } else if (assumption->kind == ASSUMPTION_EFFECT && assumption->member == (int32_t)i) {
            const double size = lever->unit == EFFECT_FACTOR ? value / pct : value;
            lever->low = lever->likely = lever->high = size;
        }
    }
}

bool assumption_apply(const struct assumption *assumption, double value, const struct scenario *scenario,
                      const struct price_book *prices, uint64_t seed, struct assumption_applied *out,
                      struct err *err)
{
    *out = (struct assumption_applied){.seed = seed};
    if (!copy(scenario, prices, out, err)) {
        assumption_applied_free(out);
        return false;
    }
    switch (assumption->kind) {
    case ASSUMPTION_FLOW:
        add_lever(assumption, value, &out->scenario);
        break;
    case ASSUMPTION_PARAM:
        out->values[assumption->member] = value;
        break;
    case ASSUMPTION_PRICE:
    case ASSUMPTION_UPLIFT:
        set_prices(assumption, value, &out->prices);
        break;
    case ASSUMPTION_EFFECT:
    case ASSUMPTION_REALISM:
    case ASSUMPTION_SLIPPAGE:
        set_levers(assumption, value, &out->scenario);
        break;
    case ASSUMPTION_PLACES:
        out->scenario.capacities[assumption->member].places *= value / assumption->base;
        break;
    case ASSUMPTION_SEED:
        out->seed = seed + (uint64_t)value;
        break;
    }
    return true;
}
