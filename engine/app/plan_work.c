/* SPDX-License-Identifier: GPL-3.0-or-later
 * A scenario is copied flat to be made switchable; nothing in the copy is freed. */
#include "app/plan_work.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "base/vec.h"

enum { MOST_REPLICATES = 200, DELAY_REPLICATES = 200 };

void plan_work_free(struct plan_work *work)
{
    attribution_free(&work->attribution);
    free(work->milestones);
    *work = (struct plan_work){0};
}

/* The action of each lever: an index into the plan's, -1 for levers of no plan. */
static void find_owners(const struct scenario *scenario, const struct plan *plan, int32_t owner[])
{
    const size_t length = strlen(plan->name);
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const char *action = scenario->levers[i].action;
        owner[i] = -1;
        if (action != NULL && strncmp(action, plan->name, length) == 0 && action[length] == '/')
            owner[i] = plan_find_action(plan, str_of(action + length + 1));
    }
}

static bool divide(struct run *run, const struct scenario *scenario, const struct price_book *prices,
                   const int32_t owner[], struct plan_work *out, struct err *err)
{
    const struct plan *plan = &out->joined->plan;
    const char **refs = vec_new(plan->n_actions, sizeof *refs, err);
    if (refs == NULL)
        return false;
    for (size_t a = 0; a < plan->n_actions; a++)
        refs[a] = plan->actions[a].ref;
    const struct attribute_options options = {.replicates = MOST_REPLICATES};
    const bool ok =
        attribute(run, scenario, prices, refs, plan->n_actions, owner, &options, &out->attribution, err);
    free((void *)refs);
    return ok;
}

/* Rows whose milestone starts a lever after the origin, and the number of each lever's among them. */
static size_t list_milestones(const struct scenario *scenario, const int32_t owner[], day origin,
                              struct plan_work_milestone milestones[], int32_t milestone_of[])
{
    size_t n = 0;
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct lever *lever = &scenario->levers[i];
        const char *mark = lever->slip.milestone != NULL ? strrchr(lever->slip.milestone, '#') : NULL;
        milestone_of[i] = -1;
        if (owner[i] < 0 || mark == NULL || lever->kind == LEVER_OUTCOME || lever->start == DAY_NONE ||
            lever->start + lever->slip.past_due <= origin)
            continue;
        int64_t row = 0;
        bug_if(!parse_int_between(str_of(mark + 1), 0, INT32_MAX, &row));
        size_t k = 0;
        while (k < n && milestones[k].i_row != row)
            k++;
        milestone_of[i] = (int32_t)k;
        milestones[k].i_row = (int32_t)row;
        n = k == n ? n + 1 : n;
    }
    return n;
}

static int compare_milestones(const void *a, const void *b)
{
    const struct plan_work_milestone *x = a;
    const struct plan_work_milestone *y = b;
    if (x->cost.pounds > y->cost.pounds || x->cost.pounds < y->cost.pounds)
        return x->cost.pounds > y->cost.pounds ? -1 : 1;
    return x->i_row < y->i_row ? -1 : x->i_row > y->i_row;
}

static bool delay(struct run *run, const struct scenario *scenario, const struct price_book *prices,
                  const int32_t owner[], struct plan_work *out, struct err *err)
{
    int32_t *milestone_of = vec_new(scenario->n_levers, sizeof *milestone_of, err);
    struct delay_cost *costs = vec_new(scenario->n_levers, sizeof *costs, err);
    out->milestones = vec_new(scenario->n_levers, sizeof *out->milestones, err);
    bool ok = milestone_of != NULL && costs != NULL && out->milestones != NULL;
    if (ok) {
        out->n_milestones =
            list_milestones(scenario, owner, run->input->origin, out->milestones, milestone_of);
        out->delay_replicates = DELAY_REPLICATES;
    }
    if (ok && out->n_milestones > 0)
        ok = delay_costs(run, scenario, prices, milestone_of, out->n_milestones, PLAN_WORK_DELAY,
                         DELAY_REPLICATES, costs, err);
    for (size_t i = 0; ok && i < out->n_milestones; i++)
        out->milestones[i].cost = costs[i];
    if (ok)
        qsort(out->milestones, out->n_milestones, sizeof *out->milestones, compare_milestones);
    free(milestone_of);
    free(costs);
    return ok;
}

bool plan_work_run(const struct outlook *outlook, const struct model *model, const struct joined_plan *joined,
                   const struct scenario *scenario, int32_t months, uint64_t seed,
                   const struct price_book *prices, const struct run_options *options, struct log *log,
                   struct plan_work *out, struct err *err)
{
    struct outlook_input known;
    struct run run = {0};
    struct scenario switchable = *scenario;
    *out = (struct plan_work){.joined = joined, .scenario = scenario};
    str_copy(str_of(outlook->authority.name), out->la_name, sizeof out->la_name);
    switchable.switchable = true;
    int32_t *owner = vec_new(scenario->n_levers, sizeof *owner, err);
    if (owner == NULL || !outlook_input_make(outlook, months, seed, &known, err)) {
        free(owner);
        return false;
    }
    find_owners(scenario, &joined->plan, owner);
    const bool ok = run_open(&run, model, &known.input, &scenario->params, options, log, err) &&
                    divide(&run, &switchable, prices, owner, out, err) &&
                    delay(&run, &switchable, prices, owner, out, err);
    if (run.model != NULL)
        run_close(&run);
    outlook_input_free(&known);
    free(owner);
    if (!ok)
        plan_work_free(out);
    return ok;
}
