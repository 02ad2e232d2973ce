/* SPDX-License-Identifier: GPL-3.0-or-later
 * A plan is loaded once, however many scenarios have it. */
#include "app/plan_choice.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

static void free_joined(struct joined_plan *joined)
{
    plan_free(&joined->plan);
    effects_free(&joined->effects);
    targets_free(&joined->targets);
    free(joined->fates);
}

void plan_choices_free(struct plan_choices *choices)
{
    for (size_t i = 0; i < choices->n; i++)
        free_joined(&choices->plans[i]);
    free(choices->plans);
    *choices = (struct plan_choices){0};
}

bool plan_choices_load(struct plan_choices *choices, struct store *store, const char *name, day as_of,
                       struct joined_plan **out, struct err *err)
{
    struct stored_plan stored;
    const struct plan_choice choice = {.has_as_of = as_of != DAY_NONE, .as_of = as_of};
    if (!store_find_plan(store, name, &stored, err))
        return false;
    for (size_t i = 0; i < choices->n; i++)
        if (strcmp(choices->plans[i].plan.name, stored.name) == 0) {
            *out = &choices->plans[i];
            return true;
        }
    if (!vec_reserve((void **)&choices->plans, &choices->capacity, choices->n + 1, sizeof choices->plans[0],
                     err))
        return false;
    struct joined_plan joined = {0};
    if (!store_load_plan(store, &stored, &choice, &joined.plan, err) ||
        !store_load_plan_parts(store, &stored, &joined.plan, &joined.effects, &joined.targets, err)) {
        free_joined(&joined);
        return false;
    }
    choices->plans[choices->n] = joined;
    *out = &choices->plans[choices->n++];
    return true;
}

static void warn_of(const struct joined_plan *joined, struct log *log)
{
    for (size_t i = 0; i < joined->effects.n; i++) {
        const struct plan_effect *effect = &joined->effects.items[i];
        if (joined->fates[i] == PLAN_LEVER_APPLIED && effect->lever != PLAN_LEVER_OUTCOME &&
            !plan_due_has_date(&joined->plan.rows[effect->i_start].when))
            log_warning(log,
                        "plan %s: the effect of action %s on %s starts with the forecast, for its milestone "
                        "has no date",
                        joined->plan.name, effect->ref, plan_lever_name(effect->lever));
        if (joined->fates[i] != PLAN_LEVER_APPLIED)
            log_warning(log, "plan %s: the effect of action %s on %s changes no number (%s)",
                        joined->plan.name, joined->effects.items[i].ref,
                        plan_lever_name(joined->effects.items[i].lever),
                        plan_lever_fate_words(joined->fates[i]));
    }
}

bool plan_choices_add(struct joined_plan *joined, struct scenario *scenario, struct log *log, struct err *err)
{
    const bool is_first = joined->fates == NULL;
    if (scenario->stance == STANCE_BASELINE)
        return true;
    if (joined->effects.n == 0)
        return err_set(err, ERR_NO_INPUT,
                       "plan %s has no effects, so it cannot change a forecast; import an effects file "
                       "(columns plan, action_ref, lever, applies_to, low, likely, high, unit)",
                       joined->plan.name);
    if (is_first) {
        joined->fates = vec_new(joined->effects.n, sizeof *joined->fates, err);
        if (joined->fates == NULL)
            return false;
    }
    if (!plan_levers_add(scenario, &joined->plan, &joined->effects, joined->fates, err))
        return false;
    if (is_first)
        warn_of(joined, log);
    return true;
}

/* The name before the slash. */
static bool bind_start(struct plan_choices *choices, struct store *store, day as_of,
                       struct scenario *scenario, const struct lever *lever, struct err *err)
{
    struct joined_plan *joined = NULL;
    char name[PLAN_NAME];
    const size_t length = strcspn(lever->start_at, "/");
    str_copy((struct str){lever->start_at, length}, name, sizeof name);
    if (!plan_choices_load(choices, store, name, as_of, &joined, err))
        return err_prefix(err, "%s: lever %s starts with a milestone", lever->source, lever->id);
    return plan_levers_bind(scenario, &joined->plan, err);
}

bool plan_choices_join(struct plan_choices *choices, struct store *store, day as_of,
                       struct scenario *scenario, struct log *log, struct err *err)
{
    struct joined_plan *joined = NULL;
    if (scenario->plan != NULL && !(plan_choices_load(choices, store, scenario->plan, as_of, &joined, err) &&
                                    plan_choices_add(joined, scenario, log, err)))
        return err_prefix(err, "scenario %s", scenario->name);
    for (size_t i = 0; i < scenario->n_levers; i++)
        if (scenario->levers[i].start_at != NULL &&
            !bind_start(choices, store, as_of, scenario, &scenario->levers[i], err))
            return false;
    return true;
}
