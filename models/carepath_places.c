/* SPDX-License-Identifier: GPL-3.0-or-later
 * A lever of places a year goes on for as long as it lasts; one of places comes in over its ramp. */
#include "models/carepath_places.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"

static const double year_days = 365.25;

static bool has_line(const struct scenario *scenario, uint32_t groups)
{
    for (size_t i = 0; i < scenario->n_capacities; i++)
        if (groups >> scenario->capacities[i].group & 1U)
            return true;
    return false;
}

static bool add_growth(struct carepath_plan *plan, size_t i_lever, struct err *err)
{
    const struct lever *lever = &plan->scenario->levers[i_lever];
    if (!has_line(plan->scenario, lever->where.placements))
        return err_set(
            err, ERR_USAGE,
            "%s: lever %s adds places to placements without a limit; give them a line under capacity",
            lever->source, lever->id);
    struct carepath_growth *growth = &plan->growths[plan->n_growths++];
    *growth = (struct carepath_growth){.effect = effect_make(lever, plan->scenario->stance),
                                       .groups = lever->where.placements,
                                       .index = i_lever,
                                       .is_factor = lever->unit == EFFECT_FACTOR};
    return true;
}

void carepath_places_force(const struct carepath_plan *plan, const day starts[], double places[])
{
    const day origin = plan->fit->origin;
    for (size_t i = 0; i < plan->n_growths; i++) {
        const struct carepath_growth *growth = &plan->growths[i];
        const bool a_year = plan->scenario->levers[growth->index].unit == EFFECT_PER_YEAR;
        double sum = 0;
        for (int32_t m = 0; m < plan->months; m++) {
            const day from = date_month_start(origin, m + 1);
            const day to = date_month_start(origin, m + 2);
            const double ramp = effect_ramp(plan->scenario, starts, growth->index, from, to);
            sum += ramp * (to - from) / year_days;
            places[i * (size_t)plan->months + (size_t)m] = a_year ? sum : ramp;
        }
    }
}

bool carepath_places_make(struct carepath_plan *plan, struct err *err)
{
    const struct scenario *scenario = plan->scenario;
    plan->growths = vec_new(scenario->n_levers, sizeof *plan->growths, err);
    if (plan->growths == NULL)
        return false;
    for (size_t i = 0; i < scenario->n_levers && !plan->is_pilot; i++)
        if (scenario->levers[i].kind == LEVER_CAPACITY && !add_growth(plan, i, err))
            return false;
    for (size_t i = 0; i < scenario->n_capacities && !plan->is_pilot; i++) {
        const struct scenario_capacity *line = &scenario->capacities[i];
        plan->has_capacity = true;
        plan->usable[line->group] = line->usable;
        plan->n_overflow[line->group] = line->n_overflow;
        for (int32_t k = 0; k < line->n_overflow; k++)
            plan->overflow[line->group][k] = (uint8_t)line->overflow[k];
    }
    return true;
}

void carepath_places_free(struct carepath_plan *plan)
{
    free(plan->growths);
}

void carepath_places_draw(struct carepath_room *room)
{
    const struct carepath_plan *plan = room->plan;
    const size_t months = (size_t)plan->months;
    for (size_t i = 0; i < CAREPATH_GROUPS * months; i++)
        room->places[i] = HUGE_VAL;
    for (size_t i = 0; i < plan->scenario->n_capacities; i++) {
        const struct scenario_capacity *line = &plan->scenario->capacities[i];
        double *places = room->places + (size_t)line->group * months;
        for (size_t m = 0; m < months; m++)
            places[m] = line->places;
        for (size_t k = 0; k < plan->n_growths; k++) {
            const struct carepath_growth *growth = &plan->growths[k];
            const double effect = effect_draw(&growth->effect, plan->fit->seed, (int32_t)room->replicate);
            const double *share = room->force.places + k * months;
            for (size_t m = 0; m < months && (growth->groups >> line->group & 1U) != 0; m++)
                places[m] =
                    growth->is_factor ? places[m] * (1 + effect * share[m]) : places[m] + effect * share[m];
        }
        for (size_t m = 0; m < months; m++)
            places[m] = fmax(0, places[m] * line->usable);
    }
}
