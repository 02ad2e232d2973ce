/* SPDX-License-Identifier: GPL-3.0-or-later
 * Origins are taken in order of time, so that an origin's calibration can use the outcomes of those before
 * it; within one the authorities, each of which adds to rows of its own, so that threads may share them. */
#include "study/backtest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "study/backtest_trial.h"

enum { MONTHS_A_YEAR = 12 };
/* Authorities between two looks at the clock and at Ctrl-C. */
enum { BATCH = 32 };

void backtest_free(struct backtest *backtest)
{
    free(backtest->rows);
    free(backtest->cases);
    free((void *)backtest->case_models);
    free(backtest->case_las);
    free(backtest->gaps);
    *backtest = (struct backtest){0};
}

static bool append(void **to, size_t *capacity, size_t n, const void *from, size_t more, size_t size,
                   struct err *err)
{
    if (more == 0)
        return true;
    if (!vec_reserve(to, capacity, n + more, size, err))
        return false;
    memcpy((char *)*to + n * size, from, more * size);
    return true;
}

static bool join(struct backtest *to, const struct backtest *from, struct err *err)
{
    if (!append((void **)&to->rows, &to->capacity, to->n, from->rows, from->n, sizeof *to->rows, err) ||
        !append((void **)&to->cases, &to->cases_capacity, to->n_cases, from->cases, from->n_cases,
                sizeof *to->cases, err) ||
        !append((void **)&to->case_models, &to->names_capacity, to->n_cases, (const void *)from->case_models,
                from->n_cases, sizeof *to->case_models, err) ||
        !append((void **)&to->case_las, &to->las_capacity, to->n_cases, from->case_las, from->n_cases,
                sizeof *to->case_las, err) ||
        !append((void **)&to->gaps, &to->gaps_capacity, to->n_gaps, from->gaps, from->n_gaps,
                sizeof *to->gaps, err))
        return false;
    to->n += from->n;
    to->n_cases += from->n_cases;
    to->n_gaps += from->n_gaps;
    return true;
}

/* ---- authorities ------------------------------------------------------------------------------------- */

/* The first and last day of a published stock; false when there is none. */
static bool known_years(const struct yearly *yearly, day *first, day *last)
{
    *first = *last = DAY_NONE;
    for (int32_t i = 0; yearly != NULL && i < yearly->n_years; i++)
        if (isfinite(yearly->stock[i])) {
            *last = date_year_end(yearly->first_year + i);
            *first = *first == DAY_NONE ? *last : *first;
        }
    return *first != DAY_NONE;
}

static bool open_job(struct backtest_job *job, const struct backtest_known *known,
                     const struct backtest_options *options, struct err *err)
{
    const struct history *history = known->history;
    day start = DAY_NONE;
    *job = (struct backtest_job){
        .known = known, .options = options, .first = DAY_NONE, .last = DAY_NONE, .end = DAY_NONE};
    if (history != NULL) {
        start = history->start - 1;
        job->end = history->end;
        if (!counts_make(history, history->start, history->end, &job->counts, err))
            return false;
    } else if (!known_years(known->yearly, &start, &job->end)) {
        return true; /* no origin */
    }
    const int32_t every = options->every_months;
    const int32_t shortest = options->horizons[0];
    int32_t back = shortest > every ? shortest : every;
    for (; date_month_end(job->end, -back) >= date_month_end(start, options->least_months); back += every) {
        const day origin = date_month_end(job->end, -back);
        if ((options->first != DAY_NONE && origin < options->first) ||
            (options->last != DAY_NONE && origin > options->last))
            continue;
        job->first = origin;
        job->last = job->last == DAY_NONE ? origin : job->last;
    }
    return true;
}

static bool has_origin(const struct backtest_job *job, day origin)
{
    return job->first != DAY_NONE && origin >= job->first && origin <= job->last &&
           (date_month_index(job->last) - date_month_index(origin)) % job->options->every_months == 0;
}

static void close_job(struct backtest_job *job)
{
    counts_free(&job->counts);
    backtest_free(&job->own);
}

/* ---- origins ----------------------------------------------------------------------------------------- */

struct schedule {
    const struct model *const *models;
    size_t n_models;
    struct backtest_job *jobs;
    size_t n_jobs;
    const struct price_book *prices;
    const struct panel *panel;
    const struct backtest_options *options;
    struct log *log;
    bool side_by_side;   /* threads share authorities, not replicates */
    int64_t done, total; /* trials */
};

/* All models on one authority. */
static bool run_job(const struct schedule *schedule, struct backtest_job *job, struct backtest_moment *moment,
                    const struct panel *panel, struct err *err)
{
    const struct backtest_options *options = schedule->options;
    struct history history = {0};
    struct population population = {0};
    struct yearly yearly = {0};
    const int32_t ahead = date_month_index(job->end) - date_month_index(moment->origin);
    const int32_t longest = options->horizons[options->n_horizons - 1];
    struct model_input input = {.origin = moment->origin,
                                .months = ahead < longest ? ahead : longest,
                                .seed = options->seed,
                                .panel = panel};
    bool ok = true;
    if (job->known->history != NULL) {
        ok = history_as_known(job->known->history, moment->origin, &history, err);
        input.history = &history;
    }
    if (ok && job->known->yearly != NULL) {
        ok = yearly_as_known(job->known->yearly, moment->origin, &yearly, err);
        input.yearly = yearly.n_years > 0 ? &yearly : NULL;
    }
    if (ok && job->known->population != NULL) {
        ok = population_as_known(job->known->population, moment->origin, &population, err);
        input.population = &population;
    }
    for (size_t i = 0; ok && i < schedule->n_models; i++) {
        ok = backtest_trial_run(job, moment, schedule->models[i], &input, err);
        moment->done += options->run.replicates;
    }
    history_free(&history);
    population_free(&population);
    yearly_free(&yearly);
    return ok;
}

/* Threads have a log that only knows when to stop; the failure of the first authority is reported. */
static bool run_side_by_side(const struct schedule *schedule, struct backtest_job *const jobs[], int32_t n,
                             const struct backtest_moment *shared, const struct panel *panel, struct err *err)
{
    bool failed[BATCH] = {false};
#pragma omp parallel for num_threads(schedule->options->run.threads) schedule(dynamic, 1)
    for (int32_t i = 0; i < n; i++) {
        struct log quiet = {.stream = schedule->log->stream, .quiet = true, .stop = schedule->log->stop};
        struct backtest_moment moment = *shared;
        moment.log = &quiet;
        moment.threads = 1;
        failed[i] = !run_job(schedule, jobs[i], &moment, panel, &jobs[i]->err);
    }
    for (int32_t i = 0; i < n; i++)
        if (failed[i]) {
            *err = jobs[i]->err;
            return false;
        }
    return true;
}

static bool run_batch(struct schedule *schedule, struct backtest_job *const jobs[], int32_t n,
                      const struct backtest_moment *shared, const struct panel *panel, struct err *err)
{
    const int64_t replicates = schedule->options->run.replicates;
    bool ok = true;
    if (log_is_stopped(schedule->log))
        return err_set(err, ERR_INTERRUPTED, "stopped on request; nothing was written");
    if (schedule->side_by_side)
        ok = run_side_by_side(schedule, jobs, n, shared, panel, err);
    for (int32_t i = 0; ok && !schedule->side_by_side && i < n; i++) {
        struct backtest_moment moment = *shared;
        moment.done = (schedule->done + i * (int64_t)schedule->n_models) * replicates;
        moment.total = schedule->total * replicates;
        ok = run_job(schedule, jobs[i], &moment, panel, err);
    }
    schedule->done += n * (int64_t)schedule->n_models;
    log_progress(schedule->log, "simulating", schedule->done, schedule->total);
    return ok;
}

static bool run_origin(struct schedule *schedule, day origin, struct err *err)
{
    struct price_book prices = {0};
    struct panel panel = {0};
    struct backtest_job *batch[BATCH];
    int32_t n = 0;
    bool ok = price_book_as_known(schedule->prices, origin, &prices, err) &&
              (schedule->panel == NULL || panel_as_known(schedule->panel, origin, &panel, err));
    const struct backtest_moment shared = {
        .origin = origin, .prices = &prices, .log = schedule->log, .threads = schedule->options->run.threads};
    for (size_t i = 0; ok && i < schedule->n_jobs; i++) {
        if (has_origin(&schedule->jobs[i], origin))
            batch[n++] = &schedule->jobs[i];
        if (n == 0 || (n < BATCH && i + 1 < schedule->n_jobs))
            continue;
        ok = run_batch(schedule, batch, n, &shared, schedule->panel != NULL ? &panel : NULL, err);
        n = 0;
    }
    panel_free(&panel);
    price_book_free(&prices);
    return ok;
}

static bool run_origins(struct schedule *schedule, struct err *err)
{
    day first = DAY_OPEN;
    day last = DAY_NONE;
    for (size_t i = 0; i < schedule->n_jobs; i++) {
        const struct backtest_job *job = &schedule->jobs[i];
        if (job->first == DAY_NONE)
            continue;
        first = job->first < first ? job->first : first;
        last = job->last > last ? job->last : last;
        const int32_t span = date_month_index(job->last) - date_month_index(job->first);
        schedule->total +=
            (int64_t)(span / schedule->options->every_months + 1) * (int64_t)schedule->n_models;
    }
    if (last == DAY_NONE)
        return err_set(
            err, ERR_DATA,
            "no origin has %d months of history before it and %d months after it; import more years",
            (int)schedule->options->least_months, (int)schedule->options->horizons[0]);
    bool ok = true;
    log_progress_start(schedule->log);
    for (day origin = first; ok && origin <= last; origin = date_month_end(origin, 1)) {
        bool any = false;
        for (size_t i = 0; i < schedule->n_jobs; i++)
            any = any || has_origin(&schedule->jobs[i], origin);
        ok = !any || run_origin(schedule, origin, err);
    }
    log_progress_end(schedule->log);
    return ok;
}

bool backtest_run_all(const struct model *const models[], size_t n_models,
                      const struct backtest_known known[], size_t n_known, const struct price_book *prices,
                      const struct backtest_options *options, struct log *log, struct backtest *out,
                      struct err *err)
{
    struct schedule schedule = {.models = models,
                                .n_models = n_models,
                                .jobs = vec_new(n_known, sizeof *schedule.jobs, err),
                                .prices = prices,
                                .panel = n_known > 0 ? known[0].panel : NULL,
                                .options = options,
                                .log = log,
                                .side_by_side = n_known > 1};
    struct backtest joined = {0};
    bool ok = schedule.jobs != NULL;
    for (size_t i = 0; ok && i < n_known; i++) {
        bug_if(known[i].panel != schedule.panel);
        schedule.side_by_side = schedule.side_by_side && known[i].history == NULL;
        schedule.n_jobs++;
        ok = open_job(&schedule.jobs[i], &known[i], options, err);
    }
    ok = ok && run_origins(&schedule, err);
    /* on success alone are rows added, and all of them */
    ok = ok && join(&joined, out, err);
    for (size_t i = 0; ok && i < schedule.n_jobs; i++)
        ok = join(&joined, &schedule.jobs[i].own, err);
    for (size_t i = 0; i < schedule.n_jobs; i++)
        close_job(&schedule.jobs[i]);
    free(schedule.jobs);
    if (!ok) {
        backtest_free(&joined);
        return false;
    }
    backtest_free(out);
    *out = joined;
    return true;
}

bool backtest_run(const struct model *const models[], size_t n_models, const struct backtest_known *known,
                  const struct price_book *prices, const struct backtest_options *options, struct log *log,
                  struct backtest *out, struct err *err)
{
    return backtest_run_all(models, n_models, known, 1, prices, options, log, out, err);
}
