/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names of scenarios tell tables apart, so each may be there once. */
#include "app/scenario_choice.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { STANCES_OF_A_PLAN = 3, MOST_SCENARIO_NAME = 60 };

void scenario_choice_free(struct scenario_choice *choice)
{
    for (size_t i = 0; i < choice->n; i++)
        scenario_free(&choice->scenarios[i]);
    free(choice->scenarios);
    plan_choices_free(&choice->plans);
    *choice = (struct scenario_choice){0};
}

struct choosing {
    const struct options *options;
    const struct model *model;
    struct store *store;
    day as_of;
    struct log *log;
    struct scenario_choice *out;
    struct err *err;
};

/* Loads one more scenario. */
static struct scenario *load_one(const struct choosing *c, const char *name)
{
    struct scenario *scenario = &c->out->scenarios[c->out->n];
    if (!scenario_load(scenario, name, options_text(c->options, "scenarios"), c->model->params,
                       c->model->n_params, c->err))
        return NULL;
    c->out->n++;
    return scenario;
}

/* The baseline's assumptions with the plan's levers under a stance. */
static bool add_stance(const struct choosing *c, enum stance stance)
{
    struct scenario *scenario = load_one(c, "baseline");
    if (scenario == NULL)
        return false;
    const struct plan *plan = &c->out->plan->plan;
    const char *suffix = stance == STANCE_LIKELY ? "" : stance == STANCE_BEST ? "-best" : "-worst";
    const char *words = stance == STANCE_LIKELY ? "effects and delays drawn from their ranges"
                        : stance == STANCE_BEST ? "on time, effects at the hopeful end"
                                                : "late, effects at the weakest end";
    scenario->stance = stance;
    scenario->name = arena_format(&scenario->texts, c->err, "%.*s%s", MOST_SCENARIO_NAME, plan->name, suffix);
    scenario->title = arena_format(&scenario->texts, c->err, "Plan %s, %s", plan->name, words);
    return scenario->name != NULL && scenario->title != NULL &&
           plan_choices_add(c->out->plan, scenario, c->log, c->err);
}

static bool check_names(const struct scenario_choice *choice, struct err *err)
{
    for (size_t i = 0; i < choice->n; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(choice->scenarios[k].name, choice->scenarios[i].name) == 0)
                return err_set(err, ERR_USAGE,
                               "the scenario %s is given twice; tables could not tell them apart",
                               choice->scenarios[i].name);
    return true;
}

/* Joins a scenario to the plan that it names, and to that of --plan. */
static bool join(const struct choosing *c, struct scenario *scenario)
{
    struct scenario_choice *out = c->out;
    const char *own = scenario->plan;
    const bool is_same = own != NULL && out->plan != NULL && strcmp(own, out->plan->plan.name) == 0;
    if (!plan_choices_join(&out->plans, c->store, c->as_of, scenario, c->log, c->err))
        return false;
    if (out->plan != NULL && !is_same)
        return plan_choices_add(out->plan, scenario, c->log, c->err);
    return true;
}

static bool choose(const struct choosing *c)
{
    struct scenario_choice *out = c->out;
    const size_t given = options_count(c->options, "scenario");
    const char *plan = options_text(c->options, "plan");
    out->scenarios = vec_new(given + 1 + STANCES_OF_A_PLAN, sizeof *out->scenarios, c->err);
    if (out->scenarios == NULL)
        return false;
    if (plan != NULL && !plan_choices_load(&out->plans, c->store, plan, c->as_of, &out->plan, c->err))
        return false;
    if (given == 0)
        return load_one(c, "baseline") != NULL &&
               (plan == NULL ||
                (add_stance(c, STANCE_LIKELY) && add_stance(c, STANCE_BEST) && add_stance(c, STANCE_WORST)));
    for (size_t i = 0; i < given; i++) {
        struct scenario *scenario = load_one(c, options_text_at(c->options, "scenario", i));
        if (scenario == NULL || !join(c, scenario))
            return false;
    }
    return true;
}

bool scenario_choice_make(const struct options *options, const struct model *model, struct store *store,
                          day as_of, struct log *log, struct scenario_choice *out, struct err *err)
{
    *out = (struct scenario_choice){0};
    const struct choosing c = {options, model, store, as_of, log, out, err};
    if (!choose(&c) || !check_names(out, err)) {
        scenario_choice_free(out);
        return false;
    }
    if (out->plan == NULL && out->plans.n > 0)
        out->plan = &out->plans.plans[0];
    return true;
}
