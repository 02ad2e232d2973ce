/* SPDX-License-Identifier: GPL-3.0-or-later
 * The scenario is prepared once; a replicate only changes which levers ever start. */
#include "sim/switched.h"

#include <omp.h>
#include <stdlib.h>

#include "base/vec.h"
#include "sim/ask.h"

/* Replicates between two looks at the clock and at Ctrl-C. */
enum { BATCH = 8 };

struct switched {
    struct run *run;
    void *prepared;
    struct cost_plan costs;
    size_t stock, nights; /* series of all children, of nights by placement */
    size_t n_groups;      /* placement groups that have nights */
    void **rooms;         /* [threads] of the model */
    int32_t **rows;       /* [threads][series][months], then a row of zeros, then all nights */
    pence **money;        /* [threads][PLACEMENT_COUNT][months], then the whole cost */
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
        switched->rows[t] = vec_new((run->n_series + 2) * months, sizeof **switched->rows, err);
        switched->money[t] = vec_new((PLACEMENT_COUNT + 1) * months, sizeof **switched->money, err);
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

int32_t *switched_levers(struct switched *switched, int32_t thread)
{
    return switched->later[thread];
}

bool switched_run(struct switched *switched, int32_t thread, int32_t replicate, struct switched_path *out,
                  struct err *err)
{
    const struct run *run = switched->run;
    const size_t months = (size_t)run->input->months;
    int32_t *rows = switched->rows[thread];
    pence *money = switched->money[thread];
    int32_t *nights = rows + (run->n_series + 1) * months;
    pence *cost = money + PLACEMENT_COUNT * months;
    struct tally tally = {
        .series = run->series,
        .n_series = run->n_series,
        .months = run->input->months,
        .values = rows,
        .room = switched->rooms[thread],
        .later = switched->later[thread],
    };
    if (!run->model->simulate(run->fitted, switched->prepared, replicate, &tally, err))
        return false;
    const int32_t *groups[PLACEMENT_COUNT];
    for (size_t g = 0; g < PLACEMENT_COUNT; g++)
        groups[g] = rows + run->n_series * months; /* none */
    for (size_t i = 0; i < switched->n_groups; i++)
        groups[run->series[switched->nights + i].group.member] = rows + (switched->nights + i) * months;
    if (!cost_replicate(&switched->costs, replicate, switched->later[thread], groups, money))
        return err_no_memory(err);
    for (size_t m = 0; m < months; m++) {
        nights[m] = 0;
        cost[m] = 0;
        for (size_t g = 0; g < PLACEMENT_COUNT; g++) {
            nights[m] += groups[g][m];
            cost[m] += money[g * months + m];
        }
    }
    *out = (struct switched_path){rows + switched->stock * months, nights, cost};
    return true;
}

bool switched_each(struct switched *switched, int32_t n, const char *doing,
                   bool (*one)(void *context, int32_t thread, int32_t replicate, struct err *err),
                   void *context, struct err *err)
{
    struct log *log = switched->run->log;
    bool ok = true;
    log_progress_start(log);
    for (int32_t first = 0; ok && first < n; first += BATCH) {
        const int32_t last = first + BATCH < n ? first + BATCH : n;
        int32_t failed = last;
        if (log_is_stopped(log)) {
            ok = err_set(err, ERR_INTERRUPTED, "stopped on request; nothing was written");
            break;
        }
#pragma omp parallel for num_threads(switched->run->options->threads) schedule(dynamic, 1)                   \
    reduction(min                                                                                            \
              : failed)
        for (int32_t r = first; r < last; r++) {
            struct err own = {0};
            if (!one(context, omp_get_thread_num(), r, &own) && r < failed)
                failed = r;
        }
        if (failed < last)
            ok = one(context, 0, failed, err)
                     ? err_set(err, ERR_INTERNAL, "replicate %d failed only once", (int)failed)
                     : false;
        log_progress(log, doing, last, n);
    }
    log_progress_end(log);
    return ok;
}
