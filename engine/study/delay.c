/* SPDX-License-Identifier: GPL-3.0-or-later
 * Differences are kept by replicate and summed in their order, so that nothing depends on threads. */
#include "study/delay.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { NUMBERS = 3, PENCE = 100 };

struct job {
    struct switched *switched;
    const struct run *run;
    const struct scenario *scenario;
    const int32_t *milestone_of;
    size_t n_milestones;
    int32_t days;
    double *differences; /* [replicate][milestone][number] */
};

static bool run_one(const struct job *job, int32_t thread, int32_t replicate, int32_t milestone,
                    double numbers[NUMBERS], struct err *err)
{
    const int32_t months = job->run->input->months;
    int32_t *later = switched_levers(job->switched, thread);
    struct switched_path path;
    for (size_t i = 0; i < job->scenario->n_levers; i++)
        later[i] = milestone >= 0 && job->milestone_of[i] == milestone ? job->days : 0;
    if (!switched_run(job->switched, thread, replicate, &path, err))
        return false;
    int64_t nights = 0;
    pence cost = 0;
    for (int32_t m = 0; m < months; m++) {
        nights += path.nights[m];
        cost += path.cost[m];
    }
    numbers[0] = path.stock[months - 1];
    numbers[1] = (double)nights;
    numbers[2] = (double)cost / PENCE;
    return true;
}

static bool run_replicate(void *context, int32_t thread, int32_t replicate, struct err *err)
{
    const struct job *job = context;
    double as_it_is[NUMBERS];
    double delayed[NUMBERS];
    if (!run_one(job, thread, replicate, -1, as_it_is, err))
        return false;
    for (size_t i = 0; i < job->n_milestones; i++) {
        if (!run_one(job, thread, replicate, (int32_t)i, delayed, err))
            return false;
        double *out = job->differences + ((size_t)replicate * job->n_milestones + i) * NUMBERS;
        for (int k = 0; k < NUMBERS; k++)
            out[k] = delayed[k] - as_it_is[k];
    }
    return true;
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
                    switched_each(job.switched, replicates, "delaying milestones", run_replicate, &job, err);
    for (size_t i = 0; ok && i < n_milestones; i++) {
        mean_of(&job, i, 0, replicates, &out[i].children, &out[i].children_error);
        mean_of(&job, i, 1, replicates, &out[i].nights, &out[i].nights_error);
        mean_of(&job, i, 2, replicates, &out[i].pounds, &out[i].pounds_error);
    }
    switched_close(job.switched);
    free(job.differences);
    return ok;
}
