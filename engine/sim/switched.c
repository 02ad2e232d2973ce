/* SPDX-License-Identifier: GPL-3.0-or-later
 * The scenario is prepared once; a replicate only changes which levers ever start. */
#include "sim/switched.h"

#include <stdlib.h>

#include "base/vec.h"
#include "sim/ask.h"
#include "sim/slip.h"

struct switched {
    struct run *run;
    void *prepared;
    struct cost_plan costs;
    size_t stock, nights; /* series of all children, of nights by placement */
    size_t n_groups;      /* placement groups that have nights */
    void **rooms;         /* [threads] of the model */
    int32_t **rows;       /* [threads][series][months], then a row of zeros */
    pence **money;        /* [threads][PLACEMENT_COUNT][months] */
    int32_t **later;      /* [threads][levers] */
};

static size_t series_of(const struct run *run, enum measure measure, enum group_kind kind)
{
    size_t i = 0;
    while (i < run->n_series && !(run->series[i].measure == measure && run->series[i].group.kind == kind &&
                                  run->series[i].group.member == 0))
        i++;
    return i;
}

void switched_close(struct switched *switched)
{
    if (switched == NULL)
        return;
    for (int32_t t = 0; t < switched->run->options->threads; t++) {
        if (switched->rooms != NULL && switched->rooms[t] != NULL)
            switched->run->model->free_room(switched->rooms[t]);
        if (switched->rows != NULL)
            free(switched->rows[t]);
        if (switched->money != NULL)
            free(switched->money[t]);
        if (switched->later != NULL)
            free(switched->later[t]);
    }
    free((void *)switched->rooms);
    free((void *)switched->rows);
    free((void *)switched->money);
    free((void *)switched->later);
    cost_plan_free(&switched->costs);
    if (switched->prepared != NULL)
        switched->run->model->free_prepared(switched->prepared);
    free(switched);
}

static bool make_rooms(struct switched *switched, struct err *err)
{
    const struct run *run = switched->run;
    const size_t threads = (size_t)run->options->threads;
    const size_t months = (size_t)run->input->months;
    switched->rooms = vec_new(threads, sizeof *switched->rooms, err);
    switched->rows = vec_new(threads, sizeof *switched->rows, err);
    switched->money = vec_new(threads, sizeof *switched->money, err);
    switched->later = vec_new(threads, sizeof *switched->later, err);
    bool ok = switched->rooms != NULL && switched->rows != NULL && switched->money != NULL &&
              switched->later != NULL;
    for (size_t t = 0; ok && t < threads; t++) {
        switched->rows[t] = vec_new((run->n_series + 1) * months, sizeof **switched->rows, err);
        switched->money[t] = vec_new(PLACEMENT_COUNT * months, sizeof **switched->money, err);
        switched->later[t] = vec_new(switched->costs.scenario->n_levers, sizeof **switched->later, err);
        ok = switched->rows[t] != NULL && switched->money[t] != NULL && switched->later[t] != NULL &&
             (run->model->make_room == NULL ||
              run->model->make_room(switched->prepared, &switched->rooms[t], err));
    }
    return ok;
}

bool switched_open(struct run *run, const struct scenario *scenario, const struct price_book *prices,
                   struct switched **out, struct err *err)
{
    bug_if(!scenario->switchable);
    struct switched *switched = vec_new(1, sizeof *switched, err);
    if (switched == NULL)
        return false;
    *switched = (struct switched){.run = run,
                                  .stock = series_of(run, MEASURE_STOCK, GROUP_ALL),
                                  .nights = series_of(run, MEASURE_NIGHTS, GROUP_PLACEMENT)};
    while (switched->nights + switched->n_groups < run->n_series &&
           run->series[switched->nights + switched->n_groups].measure == MEASURE_NIGHTS &&
           run->series[switched->nights + switched->n_groups].group.kind == GROUP_PLACEMENT)
        switched->n_groups++;
    bool ok = ask_levers(run->model, scenario, run->log, err);
    if (ok && switched->n_groups == 0)
        ok = err_set(err, ERR_USAGE, "model %s has no nights by placement; use --model carepath",
                     run->model->name);
    ok = ok && run->model->prepare(run->fitted, scenario, &switched->prepared, err) &&
         cost_plan_make(run->input, scenario, prices, run->log, &switched->costs, err) &&
         make_rooms(switched, err);
    if (!ok) {
        switched_close(switched);
        return false;
    }
    *out = switched;
    return true;
}

bool switched_run_later(struct switched *switched, int32_t thread, int32_t replicate, const int32_t later[],
                        int32_t stock[], int32_t nights[], pence cost[], struct err *err)
{
    const struct run *run = switched->run;
    const size_t months = (size_t)run->input->months;
    int32_t *rows = switched->rows[thread];
    pence *money = switched->money[thread];
    struct tally tally = {
        .series = run->series,
        .n_series = run->n_series,
        .months = run->input->months,
        .values = rows,
        .room = switched->rooms[thread],
        .later = later,
    };
    if (!run->model->simulate(run->fitted, switched->prepared, replicate, &tally, err))
        return false;
    const int32_t *groups[PLACEMENT_COUNT];
    for (size_t g = 0; g < PLACEMENT_COUNT; g++)
        groups[g] = rows + run->n_series * months; /* none */
    for (size_t i = 0; i < switched->n_groups; i++)
        groups[run->series[switched->nights + i].group.member] = rows + (switched->nights + i) * months;
    if (!cost_replicate(&switched->costs, replicate, later, groups, money))
        return err_no_memory(err);
    for (size_t m = 0; m < months; m++) {
        stock[m] = rows[switched->stock * months + m];
        nights[m] = 0;
        cost[m] = 0;
        for (size_t g = 0; g < PLACEMENT_COUNT; g++) {
            nights[m] += groups[g][m];
            cost[m] += money[g * months + m];
        }
    }
    return true;
}

bool switched_run(struct switched *switched, int32_t thread, int32_t replicate, const bool off[],
                  int32_t stock[], int32_t nights[], pence cost[], struct err *err)
{
    int32_t *later = switched->later[thread];
    for (size_t i = 0; i < switched->costs.scenario->n_levers; i++)
        later[i] = off != NULL && off[i] ? SLIP_NEVER : 0;
    return switched_run_later(switched, thread, replicate, later, stock, nights, cost, err);
}
