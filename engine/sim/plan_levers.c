/* SPDX-License-Identifier: GPL-3.0-or-later
 * Levers are put in the order of their ids afterwards, as those of a file are. */
#include "sim/plan_levers.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "sim/where_text.h"

static const double pct = 100;

const char *plan_lever_fate_words(enum plan_lever_fate fate)
{
    switch (fate) {
    case PLAN_LEVER_APPLIED:
        return "applied";
    case PLAN_LEVER_UNUSABLE:
        return "names what the plan does not have";
    case PLAN_LEVER_NOT_KNOWN:
        return "listed only: no return tells whom it acts on";
    case PLAN_LEVER_DROPPED:
        return "its milestone was dropped";
    case PLAN_LEVER_NO_CAPACITY:
        return "listed only: the scenario has no limit on these places";
    case PLAN_LEVER_FATE_COUNT:
        break;
    }
    return "";
}

static bool read_where(const struct plan_effect *effect, struct arena *texts, struct where *out,
                       struct err *err)
{
    *out = where_all();
    for (int32_t i = 0; effect->in_returns && i < effect->n_conditions; i++)
        if (!where_set(out, str_of(effect->conditions[i].key), str_of(effect->conditions[i].value), texts,
                       err))
            return err_prefix(err, "effect of action %s", effect->ref);
    return true;
}

/* Effects of an action, by the number of the effect among them. */
static const char *name_lever(const struct plan *plan, const struct effects *effects, size_t i,
                              struct arena *texts, struct err *err)
{
    const char *ref = plan->actions[effects->items[i].i_action].ref;
    int number = 1;
    for (size_t k = 0; k < i; k++)
        number += effects->items[k].usable && effects->items[k].i_action == effects->items[i].i_action;
    return number == 1 ? arena_format(texts, err, "%s/%s", plan->name, ref)
                       : arena_format(texts, err, "%s/%s:%d", plan->name, ref, number);
}

static enum effect_unit unit_of(enum plan_unit unit)
{
    switch (unit) {
    case PLAN_UNIT_PCT:
        return EFFECT_FACTOR;
    case PLAN_UNIT_PER_YEAR:
        return EFFECT_PER_YEAR;
    case PLAN_UNIT_CHILDREN:
    case PLAN_UNIT_PLACES:
    case PLAN_UNIT_COUNT:
        break;
    }
    return EFFECT_CHILDREN;
}

/* The day and the slippage of a milestone. */
static bool set_start(struct lever *lever, const struct plan *plan, const struct slippage *slippage,
                      int32_t i_row, struct arena *texts, struct err *err)
{
    const struct plan_row *row = &plan->rows[i_row];
    const struct slippage_of_row slip = slippage_of_row(plan, slippage, row);
    const char *lead = row->text[PLAN_TEXT_LEAD_ROLE];
    lever->start = slip.start;
    lever->slip = (struct slip){.late = slip.chance,
                                .log_median = slippage->log_median,
                                .log_sd = slippage->log_sd,
                                .past_due = slip.past_due};
    lever->slip.milestone = arena_format(texts, err, "%s/%s#%d", plan->name, row->ref, (int)i_row);
    lever->slip.team = lead[0] != '\0' ? arena_format(texts, err, "%s: %s", plan->name, lead) : NULL;
    return lever->slip.milestone != NULL && (lead[0] == '\0' || lever->slip.team != NULL);
}

static bool has_line(const struct scenario *scenario, uint32_t groups)
{
    for (size_t i = 0; i < scenario->n_capacities; i++)
        if (groups >> scenario->capacities[i].group & 1U)
            return true;
    return false;
}

static enum plan_lever_fate fate_of(const struct scenario *scenario, const struct plan *plan,
                                    const struct slippage *slippage, const struct plan_effect *effect,
                                    const struct where *where)
{
    if (!effect->usable)
        return PLAN_LEVER_UNUSABLE;
    if (!effect->in_returns)
        return PLAN_LEVER_NOT_KNOWN;
    if (slippage_of_row(plan, slippage, &plan->rows[effect->i_start]).is_dropped)
        return PLAN_LEVER_DROPPED;
    if (effect->lever == PLAN_LEVER_CAPACITY && !has_line(scenario, where->placements))
        return PLAN_LEVER_NO_CAPACITY;
    return PLAN_LEVER_APPLIED;
}

static bool make_lever(struct scenario *scenario, const struct plan *plan, const struct slippage *slippage,
                       const struct effects *effects, size_t i, struct lever *lever, struct err *err)
{
    const struct plan_effect *effect = &effects->items[i];
    struct arena *texts = &scenario->texts;
    const double scale = effect->unit == PLAN_UNIT_PCT ? pct : 1;
    lever->kind = (enum lever_kind)effect->lever;
    lever->unit = unit_of(effect->unit);
    lever->low = effect->low / scale;
    lever->likely = effect->likely / scale;
    lever->high = effect->high / scale;
    lever->ramp_months = effect->ramp_months;
    lever->reach = 1;
    lever->origin = PARAM_SET;
    lever->id = name_lever(plan, effects, i, texts, err);
    lever->action = arena_format(texts, err, "%s/%s", plan->name, plan->actions[effect->i_action].ref);
    lever->plan = arena_copy(texts, str_of(plan->name), err);
    lever->source = arena_format(texts, err, "effects of %s, line %d", plan->name, (int)effect->line);
    if (lever->id == NULL || lever->action == NULL || lever->plan == NULL || lever->source == NULL)
        return false;
    if (effect->i_replaces >= 0) {
        lever->replaces =
            arena_format(texts, err, "%s/%s", plan->name, plan->actions[effect->i_replaces].ref);
        if (lever->replaces == NULL)
            return false;
    }
    return set_start(lever, plan, slippage, effect->i_start, texts, err);
}

static int compare_levers(const void *a, const void *b)
{
    return strcmp(((const struct lever *)a)->id, ((const struct lever *)b)->id);
}

static bool check_ids(const struct scenario *scenario, struct err *err)
{
    for (size_t i = 1; i < scenario->n_levers; i++)
        if (strcmp(scenario->levers[i - 1].id, scenario->levers[i].id) == 0)
            return err_set(err, ERR_USAGE, "%s: there are two levers %s", scenario->levers[i].source,
                           scenario->levers[i].id);
    return true;
}

bool plan_levers_add(struct scenario *scenario, const struct plan *plan, const struct effects *effects,
                     enum plan_lever_fate fates[], struct err *err)
{
    const struct slippage slippage = slippage_of(plan);
    if (scenario->stance == STANCE_BASELINE)
        return true;
    struct lever *levers = vec_new(scenario->n_levers + effects->n, sizeof *levers, err);
    if (levers == NULL)
        return false;
    size_t n = scenario->n_levers;
    if (n > 0)
        memcpy(levers, scenario->levers, n * sizeof *levers);
    free(scenario->levers);
    scenario->levers = levers;
    for (size_t i = 0; i < effects->n; i++) {
        struct lever lever = {0};
        if (!read_where(&effects->items[i], &scenario->texts, &lever.where, err))
            return false;
        const enum plan_lever_fate fate =
            fate_of(scenario, plan, &slippage, &effects->items[i], &lever.where);
        if (fates != NULL)
            fates[i] = fate;
        if (fate != PLAN_LEVER_APPLIED)
            continue;
        if (!make_lever(scenario, plan, &slippage, effects, i, &lever, err))
            return false;
        scenario->levers[n++] = lever;
        scenario->n_levers = n;
    }
    scenario->is_joined = true;
    scenario->plan = arena_copy(&scenario->texts, str_of(plan->name), err);
    qsort(scenario->levers, scenario->n_levers, sizeof *scenario->levers, compare_levers);
    return scenario->plan != NULL && check_ids(scenario, err);
}

bool plan_levers_bind(struct scenario *scenario, const struct plan *plan, struct err *err)
{
    const struct slippage slippage = slippage_of(plan);
    const size_t length = strlen(plan->name);
    for (size_t i = 0; i < scenario->n_levers; i++) {
        struct lever *lever = &scenario->levers[i];
        const char *at = lever->start_at;
        if (at == NULL || strncmp(at, plan->name, length) != 0 || at[length] != '/')
            continue;
        const int32_t row = plan_find_milestone(plan, str_of(at + length + 1));
        if (row < 0)
            return err_set(err, ERR_USAGE, "%s: lever %s: plan %s has no milestone %s", lever->source,
                           lever->id, plan->name, at + length + 1);
        if (!set_start(lever, plan, &slippage, row, &scenario->texts, err))
            return false;
        if (lever->start == DAY_NONE)
            return err_set(err, ERR_USAGE, "%s: lever %s: milestone %s has no date; write one as start",
                           lever->source, lever->id, at);
        lever->start_at = NULL;
    }
    return true;
}
