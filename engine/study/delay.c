/* SPDX-License-Identifier: GPL-3.0-or-later
 * Differences are kept by replicate and summed in their order, so that nothing depends on threads. */
#include "study/delay.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { NUMBERS = 3, BATCH = 8, PENCE = 100 };

struct job {
    struct switched *switched;
    const struct run *run;
    const struct scenario *scenario;
    const int32_t *milestone_of;
    size_t n_milestones;
    int32_t days;
    double *differences; /* [replicate][milestone][number] */
};

/* What one thread needs. */
struct bench {
    int32_t thread;
    int32_t *later, *stock, *nights;
    pence *cost;
};

static bool run_one(const struct job *job, struct bench *bench, int32_t replicate, int32_t milestone,
                    double numbers[NUMBERS], struct err *err)
{
    const int32_t months = job->run->input->months;
    for (size_t i = 0; i < job->scenario->n_levers; i++)
        bench->later[i] = milestone >= 0 && job->milestone_of[i] == milestone ? job->days : 0;
    if (!switched_run_later(job->switched, bench->thread, replicate, bench->later, bench->stock,
                            bench->nights, bench->cost, err))
        return false;
    int64_t nights = 0;
    pence cost = 0;
    for (int32_t m = 0; m < months; m++) {
        nights += bench->nights[m];
        cost += bench->cost[m];
    }
    numbers[0] = bench->stock[months - 1];
    numbers[1] = (double)nights;
    numbers[2] = (double)cost / PENCE;
    return true;
}

static bool run_replicate(const struct job *job, struct bench *bench, int32_t replicate, struct err *err)
{
    double as_it_is[NUMBERS];
    double delayed[NUMBERS];
    if (!run_one(job, bench, replicate, -1, as_it_is, err))
        return false;
    for (size_t i = 0; i < job->n_milestones; i++) {
        if (!run_one(job, bench, replicate, (int32_t)i, delayed, err))
            return false;
        double *out = job->differences + ((size_t)replicate * job->n_milestones + i) * NUMBERS;
        for (int k = 0; k < NUMBERS; k++)
            out[k] = delayed[k] - as_it_is[k];
    }
    return true;
}

static bool run_batch(const struct job *job, struct bench benches[], int32_t first, int32_t last,
                      struct err *err)
{
    int32_t failed = last;
#pragma omp parallel for num_threads(job->run->options->threads) schedule(dynamic, 1) reduction(min : failed)
    for (int32_t r = first; r < last; r++) {
        struct err own = {0};
        if (!run_replicate(job, &benches[omp_get_thread_num()], r, &own) && r < failed)
            failed = r;
    }
    return failed == last || run_replicate(job, &benches[0], failed, err) ||
           err_set(err, ERR_INTERNAL, "replicate %d failed only once", (int)failed);
}

static bool make_bench(const struct job *job, int32_t thread, struct bench *bench, struct err *err)
{
    const size_t months = (size_t)job->run->input->months;
    *bench = (struct bench){.thread = thread};
    bench->later = vec_new(job->scenario->n_levers, sizeof *bench->later, err);
    bench->stock = vec_new(months, sizeof *bench->stock, err);
    bench->nights = vec_new(months, sizeof *bench->nights, err);
    bench->cost = vec_new(months, sizeof *bench->cost, err);
    return bench->later != NULL && bench->stock != NULL && bench->nights != NULL && bench->cost != NULL;
}

static void free_bench(struct bench *bench)
{
    free(bench->later);
    free(bench->stock);
    free(bench->nights);
    free(bench->cost);
}

static bool run_all(const struct job *job, int32_t replicates, struct err *err)
{
    const int32_t threads = job->run->options->threads;
    struct log *log = job->run->log;
    struct bench *benches = vec_new((size_t)threads, sizeof *benches, err);
    bool ok = benches != NULL;
    int32_t made = 0;
    for (; ok && made < threads; made++)
        ok = make_bench(job, made, &benches[made], err);
    log_progress_start(log);
    for (int32_t first = 0; ok && first < replicates; first += BATCH) {
        const int32_t last = first + BATCH < replicates ? first + BATCH : replicates;
        ok = log_is_stopped(log) ? err_set(err, ERR_INTERRUPTED, "stopped on request; nothing was written")
                                 : run_batch(job, benches, first, last, err);
        log_progress(log, "delaying milestones", last, replicates);
    }
    log_progress_end(log);
    for (int32_t t = 0; benches != NULL && t < made; t++)
        free_bench(&benches[t]);
    free(benches);
    return ok;
}

static void mean_of(const struct job *job, size_t milestone, int number, int32_t replicates, double *mean,
                    double *error)
{
    double sum = 0;
    double squares = 0;
    for (int pass = 0; pass < 2; pass++)
        for (int32_t r = 0; r < replicates; r++) {
            const double x =
                job->differences[((size_t)r * job->n_milestones + milestone) * NUMBERS + (size_t)number];
            if (pass == 0)
                sum += x / replicates;
            else
                squares += (x - sum) * (x - sum);
        }
    *mean = sum;
    *error = sqrt(squares / (replicates - 1) / replicates);
}

bool delay_costs(struct run *run, const struct scenario *scenario, const struct price_book *prices,
                 const int32_t milestone_of[], size_t n_milestones, int32_t days, int32_t replicates,
                 struct delay_cost out[], struct err *err)
{
    struct job job = {.run = run,
                      .scenario = scenario,
                      .milestone_of = milestone_of,
                      .n_milestones = n_milestones,
                      .days = days};
    job.differences = vec_new((size_t)replicates * n_milestones * NUMBERS, sizeof *job.differences, err);
    const bool ok = job.differences != NULL && switched_open(run, scenario, prices, &job.switched, err) &&
                    run_all(&job, replicates, err);
    for (size_t i = 0; ok && i < n_milestones; i++) {
        mean_of(&job, i, 0, replicates, &out[i].children, &out[i].children_error);
        mean_of(&job, i, 1, replicates, &out[i].nights, &out[i].nights_error);
        mean_of(&job, i, 2, replicates, &out[i].pounds, &out[i].pounds_error);
    }
    switched_close(job.switched);
    free(job.differences);
    return ok;
}
