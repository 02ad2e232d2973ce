/* SPDX-License-Identifier: GPL-3.0-or-later
 * The list is made in the order in which a person would ask: flows, the plan, prices, parameters, luck. */
#include "study/assumptions.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "sim/where_text.h"

static const double eight_in_ten = 1.2815515655; /* normal quantile of .9 */
static const double normal_975 = 1.9599639845;
static const double pct = 100;
static const double guessed_share = .1; /* of a flow that the model does not tell, of places */
static const double least_realism =
    .7;                              /* of the effects of plans: the risk-adjusted view of the Green Book */
static const double late_days = 155; /* nine in ten milestones that are late at all are not later */

const char *assumption_quality_name(enum assumption_quality quality)
{
    static const char *const names[] = {"evidence", "expert", "guess"};
    return names[quality];
}

void assumptions_free(struct assumptions *assumptions)
{
    free(assumptions->items);
    arena_free(&assumptions->texts);
    *assumptions = (struct assumptions){0};
}

static bool add(struct assumptions *out, const struct assumption *item, struct err *err)
{
    if (item->id == NULL || item->words == NULL || item->source == NULL)
        return err_no_memory(err);
    if (!vec_reserve((void **)&out->items, &out->capacity, out->n + 1, sizeof out->items[0], err))
        return false;
    out->items[out->n] = *item;
    if (item->label == NULL)
        out->items[out->n].label = item->words;
    out->n++;
    return true;
}

/* ---- flows ------------------------------------------------------------------------------------------- */

/* The last level that the fit gives of a process, as a range of factors round it; false when it tells none.
 */
static bool level_range(const struct learned *learned, enum learned_process process, double *low,
                        double *high)
{
    bool found = false;
    for (size_t i = 0; learned != NULL && i < learned->n_months; i++) {
        const struct learned_month *month = &learned->months[i];
        if (month->process != process || !(month->level > 0))
            continue;
        *low = month->low / month->level;
        *high = month->high / month->level;
        found = true;
    }
    return found;
}

/* The 95 % limits of a rate that the fit gives, narrowed to 8 in 10 on the scale of logarithms. */
static bool rate_range(const struct learned *learned, const struct learned_rate *which, double *low,
                       double *high)
{
    struct learned_rate sum;
    if (learned == NULL || !learned_sum(learned, which, &sum) || !(sum.low > 0) || !(sum.high > sum.low) ||
        !(sum.occurrences > 0))
        return false;
    const double sd = log(sum.high / sum.low) / (2 * normal_975);
    *low = exp(-eight_in_ten * sd);
    *high = exp(eight_in_ten * sd);
    return true;
}

static bool add_flow(struct assumptions *out, const char *id, const char *words, enum lever_kind lever,
                     const struct where *where, bool known, double low, double high, struct err *err)
{
    const struct assumption item = {
        .id = id,
        .words = words,
        .unit = "factor",
        .base = 1,
        .low = known ? low : 1 - guessed_share,
        .high = known ? high : 1 + guessed_share,
        .source = known ? "learned from the returns" : "learned from the data",
        .basis =
            known ? "8 in 10 by the standard error of the fit" : "a tenth either way; the model tells none",
        .owner = "Analyst",
        .quality = known ? QUALITY_EVIDENCE : QUALITY_GUESS,
        .kind = ASSUMPTION_FLOW,
        .lever = lever,
        .where = *where,
    };
    return add(out, &item, err);
}

static bool add_exits(struct assumptions *out, const struct model *model, const struct learned *learned,
                      struct err *err)
{
    double low = 0;
    double high = 0;
    const struct where all = where_all();
    bool known = level_range(learned, LEARNED_EXIT, &low, &high);
    bool ok = add_flow(out, "exits", "Leaving care, all routes but turning 18", LEVER_EXITS, &all, known, low,
                       high, err);
    for (int r = 0; ok && r < ROUTE_COUNT && (model->where_keys >> WHERE_ROUTE & 1U) != 0; r++) {
        struct where where = all;
        if (r == ROUTE_AGED_OUT)
            continue;
        where.routes = 1U << r;
        where.given = 1U << WHERE_ROUTE;
        known = rate_range(learned,
                           &(struct learned_rate){.process = LEARNED_EXIT, .to = route_name((enum route)r)},
                           &low, &high);
        if (learned != NULL && !known)
            continue; /* nobody left that way */
        ok = add_flow(out, arena_format(&out->texts, err, "exits:route:%s", route_name((enum route)r)),
                      arena_format(&out->texts, err, "Leaving care: %s", route_words((enum route)r)),
                      LEVER_EXITS, &where, known, low, high, err);
    }
    return ok;
}

static bool add_flows(struct assumptions *out, const struct model *model, const struct learned *learned,
                      struct err *err)
{
    double low = 0;
    double high = 0;
    struct where where = where_all();
    double uasc_low = 0;
    double uasc_high = 0;
    const bool by_uasc = (model->where_keys >> WHERE_UASC & 1U) != 0 &&
                         level_range(learned, LEARNED_ENTRY_UASC, &uasc_low, &uasc_high);
    bool ok = true;
    if (model->lever_kinds >> LEVER_ENTRIES & 1U) {
        const bool known = level_range(learned, LEARNED_ENTRY, &low, &high);
        if (by_uasc) {
            where.uasc = 0;
            where.given = 1U << WHERE_UASC;
        }
        ok = add_flow(out, "entries",
                      by_uasc ? "Starting to be looked after, unaccompanied apart"
                              : "Starting to be looked after",
                      LEVER_ENTRIES, &where, known, low, high, err);
        where.uasc = 1;
        if (ok && by_uasc)
            ok = add_flow(out, "entries:uasc", "Unaccompanied children arriving", LEVER_ENTRIES, &where, true,
                          uasc_low, uasc_high, err);
    }
    where = where_all();
    if (ok && (model->lever_kinds >> LEVER_EXITS & 1U) != 0)
        ok = add_exits(out, model, learned, err);
    if (ok && (model->lever_kinds >> LEVER_MOVES & 1U) != 0) {
        const bool known = rate_range(learned, &(struct learned_rate){.process = LEARNED_MOVE}, &low, &high);
        ok = add_flow(out, "moves", "Changing placement", LEVER_MOVES, &where, known, low, high, err);
    }
    if (ok && (model->lever_kinds >> LEVER_READMISSIONS & 1U) != 0) {
        const bool known =
            rate_range(learned, &(struct learned_rate){.process = LEARNED_RETURN}, &low, &high);
        ok = add_flow(out, "readmissions", "Coming back into care", LEVER_READMISSIONS, &where, known, low,
                      high, err);
    }
    return ok;
}

/* ---- the plan ---------------------------------------------------------------------------------------- */

static double unit_of(const struct lever *lever)
{
    return lever->unit == EFFECT_FACTOR ? pct : 1;
}

static bool add_effects(struct assumptions *out, const struct scenario *scenario, struct err *err)
{
    bool ok = true;
    bool any = false;
    for (size_t i = 0; ok && i < scenario->n_levers; i++) {
        const struct lever *lever = &scenario->levers[i];
        if (lever->kind == LEVER_OUTCOME || lever_is_idle(lever))
            continue;
        any = true;
        if (!(lever->low < lever->high) && !(lever->high < lever->low))
            continue;
        ok = add(out,
                 &(struct assumption){
                     .id = arena_format(&out->texts, err, "effect:%s", lever->id),
                     .words = arena_format(&out->texts, err, "Effect of %s on %s", lever->id,
                                           lever_kind_name(lever->kind)),
                     .unit = lever->unit == EFFECT_FACTOR     ? "%"
                             : lever->unit == EFFECT_PER_YEAR ? "children a year"
                                                              : "children",
                     .base = unit_of(lever) * lever->likely,
                     .low = unit_of(lever) * lever->low,
                     .high = unit_of(lever) * lever->high,
                     .source = lever->source != NULL ? lever->source : "scenario",
                     .basis = "weakest and strongest effect as stated",
                     .owner = "Head of service",
                     .quality = QUALITY_EXPERT,
                     .kind = ASSUMPTION_EFFECT,
                     .member = (int32_t)i,
                 },
                 err);
    }
    if (!ok || !any)
        return ok;
    ok = add(out,
             &(struct assumption){.id = "realism",
                                  .words = "Share of all stated effects that arrives",
                                  .unit = "share",
                                  .base = 1,
                                  .low = least_realism,
                                  .high = 1,
                                  .source = "effects as stated",
                                  .basis = "appraisers tend to hope; planning assumption",
                                  .owner = "Head of service",
                                  .quality = QUALITY_GUESS,
                                  .kind = ASSUMPTION_REALISM},
             err);
    return ok && add(out,
                     &(struct assumption){.id = "slippage",
                                          .words = "Delay of every milestone that is not past",
                                          .unit = "days",
                                          .base = (double)NAN,
                                          .low = 0,
                                          .high = late_days,
                                          .source = "drawn milestone by milestone",
                                          .basis = "on time, to what nine in ten milestones keep",
                                          .owner = "Head of service",
                                          .quality = QUALITY_EXPERT,
                                          .kind = ASSUMPTION_SLIPPAGE},
                     err);
}

static bool add_places(struct assumptions *out, const struct scenario *scenario, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < scenario->n_capacities; i++) {
        const struct scenario_capacity *line = &scenario->capacities[i];
        const double places = line->places * line->usable;
        ok = add(out,
                 &(struct assumption){
                     .id = arena_format(&out->texts, err, "places:%s", placement_group_name(line->group)),
                     .words = arena_format(&out->texts, err, "Usable places: %s",
                                           placement_group_words(line->group)),
                     .unit = "places",
                     .base = places,
                     .low = (1 - guessed_share) * places,
                     .high = (1 + guessed_share) * places,
                     .source = line->source != NULL ? line->source : "scenario",
                     .basis = "a tenth either way",
                     .owner = "Commissioning",
                     .quality = QUALITY_GUESS,
                     .kind = ASSUMPTION_PLACES,
                     .member = (int32_t)i,
                 },
                 err);
    }
    return ok;
}

/* ---- prices ------------------------------------------------------------------------------------------ */

/* The range of a default price moves with it from the level of 2024-25; of an own price the spread of a
 * year's uplift. */
static void price_range_of(const struct price_book *prices, enum placement_group group, double uplift_sd,
                           double now, double *low, double *high)
{
    const struct price_range range = price_default_range(group);
    const double stated = (double)price_book_weekly(prices, group, "", date_from_civil(2024, 4, 1));
    const bool is_default = price_book_is_default(prices, group) && stated > 0;
    *low = is_default ? now * (double)range.low / stated : now * exp(-eight_in_ten * uplift_sd);
    *high = is_default ? now * (double)range.high / stated : now * exp(eight_in_ten * uplift_sd);
}

static double uplift_of(const struct price_book *prices, enum placement_group group)
{
    double uplift = 0;
    for (size_t i = 0; i < prices->n_lines; i++)
        if (prices->lines[i].group == group)
            uplift = prices->lines[i].annual_uplift_pct;
    return uplift;
}

static bool add_price(struct assumptions *out, const struct price_book *prices, enum placement_group group,
                      double uplift_sd_pct, day by, struct err *err)
{
    const double now = (double)price_book_weekly(prices, group, "", by) / pct;
    const double uplift = uplift_of(prices, group);
    const bool is_default = price_book_is_default(prices, group);
    if (!(now > 0))
        return true;
    struct assumption item = {
        .id = arena_format(&out->texts, err, "price:%s", placement_group_name(group)),
        .words = arena_format(&out->texts, err, "Weekly price: %s", placement_group_words(group)),
        .unit = "£ a week",
        .base = now,
        .source = is_default ? "built-in price book" : "own price book",
        .basis =
            is_default ? "plausible range of the built-in book" : "8 in 10 by the spread of a year's uplift",
        .owner = "Finance",
        .quality = is_default ? QUALITY_EXPERT : QUALITY_EVIDENCE,
        .kind = ASSUMPTION_PRICE,
        .member = (int32_t)group,
    };
    price_range_of(prices, group, uplift_sd_pct / pct, now, &item.low, &item.high);
    if (!add(out, &item, err))
        return false;
    item.id = arena_format(&out->texts, err, "uplift:%s", placement_group_name(group));
    item.words = arena_format(&out->texts, err, "Yearly uplift: %s", placement_group_words(group));
    item.unit = "% a year";
    item.base = uplift;
    item.low = uplift - eight_in_ten * uplift_sd_pct;
    item.high = uplift + eight_in_ten * uplift_sd_pct;
    item.basis = "8 in 10 by the parameter price_uplift_sd_pct";
    item.quality = QUALITY_EXPERT;
    item.kind = ASSUMPTION_UPLIFT;
    return add(out, &item, err);
}

/* ---- parameters -------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    double low, high;
    enum assumption_quality quality;
    const char *owner, *basis;
} ranges[] = {
#define ASSUMPTION(name, low, high, quality, owner, basis) {name, low, high, QUALITY_##quality, owner, basis},
#include "study/assumption.def"
#undef ASSUMPTION
};

static bool add_param(struct assumptions *out, const struct params *params, size_t i, struct err *err)
{
    const struct param_spec *spec = params->specs[i];
    const double value = params->values[i];
    const bool is_default = params->origins[i] == PARAM_DEFAULT;
    struct assumption item = {
        .id = spec->name,
        .words = spec->words,
        .label = arena_format(&out->texts, err, "Parameter %s", spec->name),
        .unit = spec->unit,
        .base = value,
        .low = fmax(spec->low, value / 2),
        .high = fmin(spec->high, value * 2),
        .source = is_default ? "default" : params->places[i],
        .basis = "no range is stated: half and double",
        .owner = "Analyst",
        .quality = QUALITY_GUESS,
        .kind = ASSUMPTION_PARAM,
        .member = (int32_t)i,
        .fits = i >= n_engine_params,
    };
    for (size_t r = 0; r < sizeof ranges / sizeof ranges[0]; r++)
        if (strcmp(ranges[r].name, spec->name) == 0 && ranges[r].low <= value && ranges[r].high >= value) {
            item.low = ranges[r].low;
            item.high = ranges[r].high;
            item.basis = ranges[r].basis;
            item.owner = ranges[r].owner;
            item.quality = ranges[r].quality;
        }
    return !(item.low < item.high) || add(out, &item, err);
}

bool assumptions_of_params(const struct params *params, struct assumptions *out, struct err *err)
{
    bool ok = true;
    *out = (struct assumptions){0};
    for (size_t i = 0; ok && i < params->n; i++)
        ok = add_param(out, params, i, err);
    return ok;
}

/* ---- the list ---------------------------------------------------------------------------------------- */

bool assumptions_list(const struct model *model, const struct learned *learned,
                      const struct scenario *scenario, const struct price_book *prices, bool has_cost, day by,
                      struct assumptions *out, struct err *err)
{
    const struct params *params = &scenario->params;
    const double uplift_sd = params_get(params, "price_uplift_sd_pct");
    *out = (struct assumptions){0};
    bool ok = add_flows(out, model, learned, err) && add_effects(out, scenario, err) &&
              add_places(out, scenario, err);
    for (int g = 0; ok && has_cost && g < PLACEMENT_COUNT; g++)
        ok = add_price(out, prices, (enum placement_group)g, uplift_sd, by, err);
    for (size_t i = 0; ok && i < params->n; i++)
        ok = add_param(out, params, i, err);
    return ok && add(out,
                     &(struct assumption){.id = "seed",
                                          .words = "Luck of the draw: the same with other seeds",
                                          .unit = "seed",
                                          .source = "--seed",
                                          .basis = "the next two seeds; what is left when nothing differs",
                                          .owner = "Analyst",
                                          .base = 0,
                                          .low = 1,
                                          .high = 2,
                                          .quality = QUALITY_EVIDENCE,
                                          .kind = ASSUMPTION_SEED},
                     err);
}
