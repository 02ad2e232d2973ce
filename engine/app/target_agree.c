/* SPDX-License-Identifier: GPL-3.0-or-later
 * Targets of one measure and month are held against each other, whatever their fate in the forecast. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/target_job.h"
#include "base/vec.h"
#include "study/agree.h"

static const struct table_column columns[] = {
    {"plan", 0}, {"measure", 0}, {"by", 0},    {"action_ref", 0}, {"quantity", 0},
    {"side", 0}, {"target", 2},  {"slack", 2}, {"conflicts", 0},  {"can_give", 0}};

struct agreeing {
    struct target_job *job;
    const struct plan_target **targets;
    struct target_goal *goals;
    bool *taken;
    size_t n;
    const struct plan_target **some; /* of one measure and month */
    struct target_goal *some_goals;
    bool *can_give, *in_conflict;
    struct table *table;
    size_t n_conflicts, n_compared;
};

static bool take_room(struct agreeing *a, size_t n, struct err *err)
{
    a->targets = vec_new(2 * n, sizeof *a->targets, err);
    a->goals = vec_new(2 * n, sizeof *a->goals, err);
    a->taken = vec_new(3 * n, sizeof *a->taken, err);
    if (a->targets == NULL || a->goals == NULL || a->taken == NULL)
        return false;
    a->some = a->targets + n;
    a->some_goals = a->goals + n;
    a->can_give = a->taken + n;
    a->in_conflict = a->taken + 2 * n;
    return true;
}

/* Those that have a level, a side and a date. */
static void resolve(struct agreeing *a)
{
    const struct targets *targets = &a->job->choice.plan->targets;
    for (size_t i = 0; i < targets->n; i++) {
        struct target_goal goal;
        const enum target_fate fate = target_resolve(&targets->items[i], &a->job->now, INT32_MAX, &goal);
        if (fate != TARGET_TESTED && fate != TARGET_PAST)
            continue;
        a->targets[a->n] = &targets->items[i];
        a->goals[a->n++] = goal;
    }
}

static bool add_row(const struct agreeing *a, size_t i, double slack, struct err *err)
{
    const struct target_goal *goal = &a->some_goals[i];
    struct table_cell *row = table_add_row(a->table, err);
    if (row == NULL || !table_set_text(a->table, &row[0], a->job->choice.plan->plan.name, err) ||
        !table_set_text(a->table, &row[1], measure_name(goal->quantity.measure), err) ||
        !table_set_text(a->table, &row[3], a->some[i]->ref, err) ||
        !table_set_text(a->table, &row[4], a->some[i]->quantity, err) ||
        !table_set_text(a->table, &row[5], goal->at_most ? "at most" : "at least", err) ||
        !table_set_text(a->table, &row[8], a->in_conflict[i] ? "yes" : "no", err) ||
        !table_set_text(a->table, &row[9], a->can_give[i] ? "yes" : "no", err))
        return false;
    table_set_day(&row[2], goal->by);
    table_set_real(&row[6], goal->level);
    table_set_real(&row[7], slack);
    return true;
}

/* The targets that go with the first that is left. */
static bool check_group(struct agreeing *a, size_t first, struct err *err)
{
    struct agreement agreement;
    size_t n = 0;
    for (size_t i = first; i < a->n; i++)
        if (!a->taken[i] && a->goals[i].by == a->goals[first].by &&
            a->goals[i].quantity.measure == a->goals[first].quantity.measure) {
            a->taken[i] = true;
            a->some[n] = a->targets[i];
            a->some_goals[n++] = a->goals[i];
        }
    if (n < 2)
        return true;
    a->n_compared += n;
    if (!agree_check(a->some_goals, n, &agreement, a->can_give, a->in_conflict, err))
        return false;
    if (agreement.slack <= 0)
        return true;
    a->n_conflicts++;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        if (a->in_conflict[i] || a->can_give[i])
            ok = add_row(a, i, agreement.slack, err);
    char when[DATE_TEXT];
    date_format_words(a->goals[first].by, when);
    return ok && target_job_say(a->job, err,
                                "The targets for %s contradict each other: together they are %.4g %s apart.",
                                when, agreement.slack, measure_unit(a->goals[first].quantity.measure));
}

bool target_agree_run(struct target_job *job, struct err *err)
{
    struct agreeing a = {.job = job};
    a.table = target_job_table(
        job, "conflicts", "Targets that cannot all be met: who is in the conflict, and who could give way",
        columns, sizeof columns / sizeof columns[0], true, true);
    bool ok = take_room(&a, job->choice.plan->targets.n, err);
    if (ok)
        resolve(&a);
    for (size_t i = 0; ok && i < a.n; i++)
        if (!a.taken[i])
            ok = check_group(&a, i, err);
    if (ok && a.n_conflicts == 0 && a.n_compared > 0)
        ok = target_job_say(job, err, "Targets of one date agree with each other.");
    free((void *)a.targets);
    free(a.goals);
    free(a.taken);
    return ok;
}
