/* SPDX-License-Identifier: GPL-3.0-or-later
 * Prices are worked out once a scenario, month by month as averages over the month's days, so that a change
 * in mid-month counts from its day. A replicate then needs one exponential per group and year. */
#include "sim/cost.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "numeric/stream.h"
#include "sim/payees.h"
#include "sim/slip.h"

/* Average over the days of the month; most months have one price. */
static double price_of_month(const struct payees *payees, const struct price_book *prices,
                             const struct scenario *scenario, enum placement_group group, day first, day last)
{
    const double start = payees_weekly(payees, prices, scenario, group, first);
    const double end = payees_weekly(payees, prices, scenario, group, last);
    if (!(start < end) && !(start > end))
        return start;
    double sum = 0;
    for (day date = first; date <= last; date++)
        sum += payees_weekly(payees, prices, scenario, group, date);
    return sum / (last - first + 1);
}

static bool make_levers(struct cost_plan *plan, const struct scenario *scenario, const struct payees *payees,
                        const struct price_book *prices, struct log *log, struct err *err)
{
    plan->levers = vec_new(scenario->n_levers, sizeof *plan->levers, err);
    if (plan->levers == NULL)
        return false;
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct lever *lever = &scenario->levers[i];
        if (lever->kind != LEVER_PRICE)
            continue;
        if (!payees_know(payees, lever->where.provider)) {
            log_warning(log, "%s: lever %s: no night of the last year was with provider %s; not applied",
                        lever->source, lever->id, lever->where.provider);
            continue;
        }
        struct cost_lever *made = &plan->levers[plan->n_levers++];
        made->effect = effect_make(lever, scenario->stance);
        made->index = i;
        for (int g = 0; g < PLACEMENT_COUNT; g++)
            made->share[g] = (lever->where.placements >> g & 1U) != 0
                                 ? payees_cost_share(payees, prices, scenario, (enum placement_group)g,
                                                     lever->where.provider, plan->origin + 1)
                                 : 0;
    }
    return true;
}

/* Shares of the levers' full effects in force: [levers][months]. */
static void fill_ramps(const struct cost_plan *plan, const day starts[], double ramps[])
{
    for (size_t i = 0; i < plan->n_levers; i++)
        for (int32_t m = 0; m < plan->months; m++)
            ramps[i * (size_t)plan->months + (size_t)m] =
                effect_ramp(plan->scenario, starts, plan->levers[i].index,
                            date_month_start(plan->origin, m + 1), date_month_start(plan->origin, m + 2));
}

static bool make_ramps(struct cost_plan *plan, struct err *err)
{
    day *starts = vec_new(plan->scenario->n_levers, sizeof *starts, err);
    plan->ramps = vec_new(plan->n_levers * (size_t)plan->months, sizeof *plan->ramps, err);
    const bool ok = starts != NULL && plan->ramps != NULL;
    if (ok) {
        slip_fixed_starts(plan->scenario, plan->origin, starts);
        fill_ramps(plan, starts, plan->ramps);
    }
    free(starts);
    return ok;
}

void cost_plan_free(struct cost_plan *plan)
{
    free(plan->levers);
    free(plan->ramps);
    free(plan->weekly);
    free(plan->aprils);
    *plan = (struct cost_plan){0};
}

bool cost_plan_make(const struct model_input *input, const struct scenario *scenario,
                    const struct price_book *prices, struct log *log, struct cost_plan *out, struct err *err)
{
    struct cost_plan plan = {
        .seed = input->seed,
        .months = input->months,
        .scenario = scenario,
        .origin = input->origin,
        .uplift_sd = params_get(&scenario->params, "price_uplift_sd_pct") / 100,
        .correlation = params_get(&scenario->params, "price_correlation"),
    };
    struct payees payees = {0};
    if (!payees_make(input, prices, scenario, &payees, err))
        return false;
    for (size_t i = 0; i < scenario->n_prices; i++)
        if (!payees_know(&payees, scenario->prices[i].provider))
            log_warning(log,
                        "scenario %s: no night of the last year was with provider %s; its price is left out",
                        scenario->name, scenario->prices[i].provider);
    const size_t months = (size_t)plan.months;
    plan.weekly = vec_new(PLACEMENT_COUNT * months, sizeof *plan.weekly, err);
    plan.aprils = vec_new(months, sizeof *plan.aprils, err);
    if (plan.weekly == NULL || plan.aprils == NULL ||
        !make_levers(&plan, scenario, &payees, prices, log, err) || !make_ramps(&plan, err)) {
        cost_plan_free(&plan);
        payees_free(&payees);
        return false;
    }
    plan.slips = plan.n_levers > 0 && slip_varies(scenario);
    for (int32_t m = 0; m < plan.months; m++) {
        const day first = date_month_start(input->origin, m + 1);
        plan.aprils[m] = date_financial_year(first) - date_financial_year(input->origin);
        for (int g = 0; g < PLACEMENT_COUNT; g++)
            plan.weekly[(size_t)g * months + (size_t)m] = price_of_month(
                &payees, prices, scenario, (enum placement_group)g, first, date_month_end(first, 0));
    }
    payees_free(&payees);
    *out = plan;
    return true;
}

/* What the levers make of a group's price in a month. sizes: [levers][months] of effects in force. */
static double lever_factor(const struct cost_plan *plan, const double sizes[], int group, int32_t month)
{
    double factor = 1;
    for (size_t i = 0; i < plan->n_levers; i++)
        factor *= 1 + plan->levers[i].share[group] * sizes[i * (size_t)plan->months + (size_t)month];
    return fmax(0, factor);
}

/* Effects in force in a replicate, [levers][months]; NULL without memory. */
static double *draw_sizes(const struct cost_plan *plan, int32_t replicate, const int32_t later[])
{
    const size_t months = (size_t)plan->months;
    const size_t n = plan->n_levers * months;
    double *sizes = malloc((n + 1) * sizeof *sizes);
    day *starts = malloc((plan->scenario->n_levers + 1) * sizeof *starts);
    if (sizes == NULL || starts == NULL) {
        free(sizes);
        free(starts);
        return NULL;
    }
    if (plan->slips) {
        slip_starts(plan->scenario, plan->origin, plan->seed, replicate, later, starts);
        fill_ramps(plan, starts, sizes);
    } else {
        memcpy(sizes, plan->ramps, n * sizeof *sizes);
    }
    free(starts);
    for (size_t i = 0; i < plan->n_levers; i++) {
        const double effect = effect_draw(&plan->levers[i].effect, plan->seed, replicate);
        for (size_t m = 0; m < months; m++)
            sizes[i * months + m] *= effect;
    }
    return sizes;
}

bool cost_replicate(const struct cost_plan *plan, int32_t replicate, const int32_t later[],
                    const int32_t *const nights[PLACEMENT_COUNT], pence *cost)
{
    double *sizes = draw_sizes(plan, replicate, later);
    if (sizes == NULL)
        return false;
    struct stream common = stream_make(plan->seed, PURPOSE_PRICE, (uint32_t)replicate, 0, 0);
    const double shared = sqrt(plan->correlation) * stream_normal(&common);
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        struct stream own = stream_make(plan->seed, PURPOSE_PRICE, (uint32_t)replicate, 1 + (uint32_t)g, 0);
        const double z = shared + sqrt(1 - plan->correlation) * stream_normal(&own);
        int32_t aprils = 0;
        double luck = 1;
        int64_t before = 0;
        for (int32_t m = 0; m < plan->months; m++) {
            const size_t at = (size_t)g * (size_t)plan->months + (size_t)m;
            if (nights[g] == NULL) {
                cost[at] = 0;
                continue;
            }
            if (plan->aprils[m] != aprils) {
                aprils = plan->aprils[m];
                luck = exp(plan->uplift_sd * z * aprils);
            }
            const double weekly = plan->weekly[at] * luck * lever_factor(plan, sizes, g, m);
            const int64_t after = before + money_sevenths(nights[g][m], (pence)floor(weekly + 0.5));
            cost[at] = money_round_step(before, after);
            before = after;
        }
    }
    free(sizes);
    return true;
}
