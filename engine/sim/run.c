/* SPDX-License-Identifier: GPL-3.0-or-later
 * Parallel over replicates; each writes its own row of integers, and every statistic is made afterwards from
 * the rows, so that nothing depends on threads. Work goes in batches, between which the person may stop it.
 */
#include "sim/run.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "numeric/quantile.h"
#include "sim/cost.h"

/* Replicates between two looks at the clock and at Ctrl-C. */
enum { BATCH = 256 };

struct draws {
    int32_t *counts; /* [replicate][series][month] */
    pence *costs;    /* [replicate][PLACEMENT_COUNT][month]; NULL when there are no nights by placement */
};

struct job {
    const struct model *model;
    const struct model_input *input;
    const struct run_options *options;
    struct log *log;
    void *fitted;
    const struct result_series *series;
    size_t n_series;
    size_t row;                     /* n_series x months */
    size_t nights[PLACEMENT_COUNT]; /* index of the nights series of a group, n_series: none */
    bool has_cost;
    int64_t done, total;
};

static void free_draws(struct draws *draws)
{
    free(draws->counts);
    free(draws->costs);
    *draws = (struct draws){0};
}

static const char *const where_names[WHERE_KEY_COUNT] = {
    [WHERE_AGE] = "age",
    [WHERE_PLACEMENT] = "placement",
    [WHERE_ROUTE] = "route",
    [WHERE_PROVIDER] = "provider",
    [WHERE_UASC] = "uasc",
    [WHERE_LEGAL] = "legal",
    [WHERE_NEED] = "need",
    [WHERE_LOCALITY] = "locality",
    [WHERE_TIME_IN_CARE] = "time_in_care",
    [WHERE_TIME_IN_PLACEMENT] = "time_in_placement",
    [WHERE_FROM] = "from",
    [WHERE_TO] = "to",
};

static bool check_where(const struct model *model, const struct lever *lever, struct err *err)
{
    const uint32_t engine_keys = 1U << WHERE_PLACEMENT | 1U << WHERE_PROVIDER;
    const uint32_t known = lever->kind == LEVER_PRICE ? engine_keys : model->where_keys;
    for (int key = 0; key < WHERE_KEY_COUNT; key++)
        if ((lever->where.given & ~known) >> key & 1U)
            return err_set(err, ERR_USAGE,
                           "%s: lever %s (%s) has where: %s, which %s %s cannot tell apart; leave that "
                           "condition out or use another --model",
                           lever->source, lever->id, lever_kind_name(lever->kind), where_names[key],
                           lever->kind == LEVER_PRICE ? "a price under" : "model", model->name);
    return true;
}

/* Every lever must be one that the model, or the engine itself (price, outcome), can apply. */
static bool check_levers(const struct model *model, const struct scenario *scenario, struct log *log,
                         struct err *err)
{
    const uint32_t engine_kinds = 1U << LEVER_PRICE | 1U << LEVER_OUTCOME;
    bool warned = false;
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct lever *lever = &scenario->levers[i];
        if (((model->lever_kinds | engine_kinds) >> lever->kind & 1U) == 0) {
            if (lever->kind != LEVER_CAPACITY)
                return err_set(err, ERR_USAGE,
                               "%s: lever %s acts on %s, which model %s cannot; remove it or use --model "
                               "stockflow",
                               lever->source, lever->id, lever_kind_name(lever->kind), model->name);
            if (!warned)
                log_warning(log, "%s: model %s has no limit on places; lever %s is not applied",
                            lever->source, model->name, lever->id);
            warned = true;
        } else if (lever->kind != LEVER_OUTCOME && !check_where(model, lever, err)) {
            return false;
        }
    }
    if (scenario->n_capacities > 0 && (model->lever_kinds >> LEVER_CAPACITY & 1U) == 0)
        log_warning(log, "scenario %s: model %s has no limit on places; capacity is not applied",
                    scenario->name, model->name);
    return true;
}

static size_t find_series(const struct job *job, enum measure measure, struct group group)
{
    size_t i = 0;
    while (i < job->n_series &&
           !(job->series[i].measure == measure && job->series[i].group.kind == group.kind &&
             job->series[i].group.member == group.member))
        i++;
    return i;
}

/* One replicate: the model's integers, then their cost. */
static bool run_one(const struct job *job, const void *prepared, const struct cost_plan *plan, void *room,
                    struct draws *draws, int32_t replicate, struct err *err)
{
    const size_t months = (size_t)job->input->months;
    struct tally tally = {
        .series = job->series,
        .n_series = job->n_series,
        .months = job->input->months,
        .values = draws->counts + (size_t)replicate * job->row,
        .room = room,
    };
    if (!job->model->simulate(job->fitted, prepared, replicate, &tally, err))
        return false;
    if (draws->costs == NULL)
        return true;
    const int32_t *nights[PLACEMENT_COUNT];
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        nights[g] = job->nights[g] < job->n_series ? tally.values + job->nights[g] * months : NULL;
    cost_replicate(plan, replicate, nights, draws->costs + (size_t)replicate * PLACEMENT_COUNT * months);
    return true;
}

static bool make_room(const struct job *job, const void *prepared, void **room, struct err *err)
{
    *room = NULL;
    return job->model->make_room == NULL || job->model->make_room(prepared, room, err);
}

static void free_room(const struct job *job, void *room)
{
    if (room != NULL)
        job->model->free_room(room);
}

/* The replicates first .. last - 1 in parallel; the failure with the lowest number is reported. */
static bool run_batch(const struct job *job, const void *prepared, const struct cost_plan *plan,
                      void *const rooms[], struct draws *draws, int32_t first, int32_t last, struct err *err)
{
    int32_t failed = last;
#pragma omp parallel for num_threads(job->options->threads) schedule(dynamic, 8) reduction(min : failed)
    for (int32_t r = first; r < last; r++) {
        struct err own = {0};
        if (!run_one(job, prepared, plan, rooms[omp_get_thread_num()], draws, r, &own) && r < failed)
            failed = r;
    }
    if (failed == last)
        return true;
    if (run_one(job, prepared, plan, rooms[0], draws, failed, err))
        return err_set(err, ERR_INTERNAL, "replicate %d failed only once", (int)failed);
    return err_prefix(err, "replicate %d", (int)failed);
}

/* All replicates, batch by batch. */
static bool run_replicates(struct job *job, const void *prepared, const struct cost_plan *plan,
                           struct draws *draws, struct err *err)
{
    const size_t threads = (size_t)job->options->threads;
    void **rooms = vec_new(threads, sizeof *rooms, err);
    bool ok = rooms != NULL;
    for (size_t t = 0; ok && t < threads; t++)
        ok = make_room(job, prepared, &rooms[t], err);
    for (int32_t first = 0; ok && first < job->options->replicates; first += BATCH) {
        const int32_t end = first + BATCH;
        const int32_t last = end < job->options->replicates ? end : job->options->replicates;
        if (log_is_stopped(job->log)) {
            ok = err_set(err, ERR_INTERRUPTED, "stopped on request; nothing was written");
            break;
        }
        ok = run_batch(job, prepared, plan, rooms, draws, first, last, err);
        job->done += last - first;
        log_progress(job->log, "simulating", job->done, job->total);
    }
    for (size_t t = 0; rooms != NULL && t < threads; t++)
        free_room(job, rooms[t]);
    free((void *)rooms);
    return ok;
}

static bool run_scenario(struct job *job, const struct scenario *scenario, const struct price_book *prices,
                         struct draws *out, struct err *err)
{
    bool ok = false;
    void *prepared = NULL;
    struct cost_plan plan = {0};
    struct draws draws = {0};
    const size_t replicates = (size_t)job->options->replicates;
    if (!job->model->prepare(job->fitted, scenario, &prepared, err) ||
        !cost_plan_make(job->input, scenario, prices, job->log, &plan, err))
        goto out;
    draws.counts = vec_new(replicates * job->row, sizeof *draws.counts, err);
    if (draws.counts == NULL)
        goto out;
    if (job->has_cost) {
        draws.costs =
            vec_new(replicates * PLACEMENT_COUNT * (size_t)job->input->months, sizeof *draws.costs, err);
        if (draws.costs == NULL)
            goto out;
    }
    if (!run_replicates(job, prepared, &plan, &draws, err))
        goto out;
    *out = draws;
    draws = (struct draws){0};
    ok = true;
out:
    free_draws(&draws);
    cost_plan_free(&plan);
    if (prepared != NULL)
        job->model->free_prepared(prepared);
    return ok;
}

/* Where a series of a result comes from. */
struct source {
    struct result_series series;
    enum { FROM_COUNTS, FROM_COSTS, FROM_COST_SUM } from;
    size_t index;
};

static int compare_sources(const void *a, const void *b)
{
    const struct result_series *x = &((const struct source *)a)->series;
    const struct result_series *y = &((const struct source *)b)->series;
    if (x->measure != y->measure)
        return x->measure < y->measure ? -1 : 1;
    if (x->group.kind != y->group.kind)
        return x->group.kind < y->group.kind ? -1 : 1;
    return x->group.member < y->group.member ? -1 : x->group.member > y->group.member;
}

/* The series of a result in their order; of a difference only stock and cost. Returns how many. */
static size_t list_sources(const struct job *job, bool is_difference, struct source sources[])
{
    size_t n = 0;
    for (size_t i = 0; i < job->n_series; i++)
        if (!is_difference || job->series[i].measure == MEASURE_STOCK)
            sources[n++] = (struct source){job->series[i], FROM_COUNTS, i};
    if (job->has_cost) {
        sources[n++] = (struct source){{MEASURE_COST, {GROUP_ALL, 0}}, FROM_COST_SUM, 0};
        for (int g = 0; g < PLACEMENT_COUNT; g++)
            if (job->nights[g] < job->n_series)
                sources[n++] = (struct source){{MEASURE_COST, {GROUP_PLACEMENT, g}}, FROM_COSTS, (size_t)g};
    }
    qsort(sources, n, sizeof *sources, compare_sources);
    return n;
}

/* The values of one series in the order [month][replicate], less those of `base` when given. Rows are read in
 * the order in which they lie in memory. */
static void gather(const struct job *job, const struct source *source, const struct draws *draws,
                   const struct draws *base, int64_t *wide, int32_t *narrow)
{
    const size_t months = (size_t)job->input->months;
    const size_t replicates = (size_t)job->options->replicates;
    for (size_t r = 0; r < replicates; r++) {
        if (source->from == FROM_COUNTS) {
            const size_t at = r * job->row + source->index * months;
            for (size_t m = 0; m < months; m++)
                narrow[m * replicates + r] =
                    draws->counts[at + m] - (base != NULL ? base->counts[at + m] : 0);
            continue;
        }
        const bool is_sum = source->from == FROM_COST_SUM;
        for (size_t m = 0; m < months; m++) {
            pence value = 0;
            for (size_t g = is_sum ? 0 : source->index; g < (is_sum ? PLACEMENT_COUNT : source->index + 1);
                 g++) {
                const size_t at = (r * PLACEMENT_COUNT + g) * months + m;
                value += draws->costs[at] - (base != NULL ? base->costs[at] : 0);
            }
            wide[m * replicates + r] = value;
        }
    }
}

static void summarise_series(const struct job *job, const struct source *source, int64_t *wide,
                             int32_t *narrow, struct summary *at)
{
    const size_t months = (size_t)job->input->months;
    const size_t n = (size_t)job->options->replicates;
    for (size_t m = 0; m < months; m++) {
        struct quantile_moments moments;
        if (source->from == FROM_COUNTS)
            moments = quantile_of_counts(narrow + m * n, narrow + months * n, n, summary_levels,
                                         SUMMARY_QUANTILES, at[m].quantiles);
        else
            moments = quantile_of_integers(wide + m * n, wide + months * n, n, summary_levels,
                                           SUMMARY_QUANTILES, at[m].quantiles);
        at[m].mean = moments.mean;
        at[m].sd = moments.sd;
    }
}

/* All summaries of one scenario; series are shared among threads, each has its own work space. */
static bool summarise(const struct job *job, const struct draws *draws, const struct draws *base,
                      const struct source sources[], struct result *result, struct err *err)
{
    const size_t months = (size_t)job->input->months;
    const size_t room = (months + 1) * (size_t)job->options->replicates;
    bool no_memory = false;
#pragma omp parallel num_threads(job->options->threads) reduction(|| : no_memory)
    {
        int64_t *wide = job->has_cost ? malloc(room * sizeof *wide) : NULL;
        int32_t *narrow = malloc(room * sizeof *narrow);
        no_memory = narrow == NULL || (job->has_cost && wide == NULL);
#pragma omp for schedule(dynamic, 1)
        for (size_t i = 0; i < result->n_series; i++) {
            if (no_memory)
                continue;
            gather(job, &sources[i], draws, base, wide, narrow);
            summarise_series(job, &sources[i], wide, narrow, result->at + i * months);
        }
        free(wide);
        free(narrow);
    }
    return !no_memory || err_no_memory(err);
}

static void name_result(const struct job *job, const struct scenario *scenario, struct result *result)
{
    const struct model_input *input = job->input;
    const char *la = input->history != NULL  ? input->history->la_name
                     : input->yearly != NULL ? input->yearly->la_name
                                             : "";
    str_copy(str_of(la), result->la_name, sizeof result->la_name);
    str_copy(str_of(scenario->name), result->scenario, sizeof result->scenario);
    str_copy(str_of(job->model->name), result->model, sizeof result->model);
    result->origin = input->origin;
    result->months = input->months;
    result->replicates = job->options->replicates;
}

static bool make_result(const struct job *job, const struct scenario *scenario, const struct draws *draws,
                        const struct draws *base, struct result *out, struct err *err)
{
    struct result result = {0};
    struct source *sources = vec_new(job->n_series + PLACEMENT_COUNT + 1, sizeof *sources, err);
    bool ok = sources != NULL;
    if (ok) {
        name_result(job, scenario, &result);
        result.n_series = list_sources(job, base != NULL, sources);
        result.series = vec_new(result.n_series, sizeof *result.series, err);
        result.at = vec_new(result.n_series * (size_t)result.months, sizeof *result.at, err);
        ok = result.series != NULL && result.at != NULL;
    }
    if (ok) {
        for (size_t i = 0; i < result.n_series; i++)
            result.series[i] = sources[i].series;
        ok = summarise(job, draws, base, sources, &result, err);
    }
    free(sources);
    if (!ok) {
        result_free(&result);
        return false;
    }
    *out = result;
    return true;
}

void forecast_free(struct forecast *forecast)
{
    for (size_t i = 0; i < forecast->n_scenarios; i++) {
        result_free(&forecast->scenarios[i]);
        if (i > 0)
            result_free(&forecast->differences[i - 1]);
    }
    free(forecast->scenarios);
    free(forecast->differences);
    *forecast = (struct forecast){0};
}

static bool check_input(const struct model *model, const struct model_input *input,
                        const struct run_options *options, struct err *err)
{
    if (options->replicates < 2 || options->threads < 1 || input->months < 1)
        return err_set(err, ERR_USAGE, "a forecast needs at least 2 runs, 1 thread and 1 month");
    const bool from_history = input->history != NULL && (model->needs & MODEL_NEEDS_HISTORY) != 0;
    const bool from_yearly = input->yearly != NULL && (model->needs & MODEL_TAKES_YEARLY) != 0;
    if (from_history || from_yearly)
        return true;
    if (input->yearly != NULL)
        return err_set(err, ERR_NO_INPUT,
                       "model %s works from children's returns, and there are only published yearly totals; "
                       "import returns or use --model last_value",
                       model->name);
    return err_set(err, ERR_NO_INPUT, "there is no history to forecast from; import returns first");
}

/* Runs scenario i and makes its result, and its difference from the first. */
static bool run_and_summarise(struct job *job, const struct scenario scenarios[], size_t i,
                              const struct price_book *prices, struct draws *base, struct forecast *forecast,
                              struct err *err)
{
    struct draws draws = {0};
    if (!run_scenario(job, &scenarios[i], prices, &draws, err))
        return err->code == ERR_INTERRUPTED ? false : err_prefix(err, "scenario %s", scenarios[i].name);
    bool ok = make_result(job, &scenarios[i], &draws, NULL, &forecast->scenarios[i], err);
    if (ok && i > 0)
        ok = make_result(job, &scenarios[i], &draws, base, &forecast->differences[i - 1], err);
    if (i == 0)
        *base = draws;
    else
        free_draws(&draws);
    return ok;
}

bool forecast_run(const struct model *model, const struct model_input *input,
                  const struct scenario scenarios[], size_t n_scenarios, const struct price_book *prices,
                  const struct run_options *options, struct log *log, struct forecast *out, struct err *err)
{
    bool ok = false;
    struct forecast forecast = {0};
    struct draws base = {0};
    struct job job = {.model = model, .input = input, .options = options, .log = log};
    job.total = (int64_t)n_scenarios * options->replicates;
    if (!check_input(model, input, options, err))
        return false;
    for (size_t i = 0; i < n_scenarios; i++)
        if (!check_levers(model, &scenarios[i], log, err))
            return false;
    log_progress_start(log);
    if (!model->fit(input, &scenarios[0].params, &job.fitted, err))
        goto out;
    model->series(job.fitted, &job.series, &job.n_series);
    job.row = job.n_series * (size_t)input->months;
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        job.nights[g] = find_series(&job, MEASURE_NIGHTS, (struct group){GROUP_PLACEMENT, g});
        job.has_cost = job.has_cost || job.nights[g] < job.n_series;
    }
    forecast.scenarios = vec_new(n_scenarios, sizeof *forecast.scenarios, err);
    forecast.differences = vec_new(n_scenarios, sizeof *forecast.differences, err);
    if (forecast.scenarios == NULL || forecast.differences == NULL)
        goto out;
    forecast.n_scenarios = n_scenarios;
    for (size_t i = 0; i < n_scenarios; i++)
        if (!run_and_summarise(&job, scenarios, i, prices, &base, &forecast, err))
            goto out;
    *out = forecast;
    forecast = (struct forecast){0};
    ok = true;
out:
    log_progress_end(log);
    free_draws(&base);
    if (job.fitted != NULL)
        model->free_fitted(job.fitted);
    forecast_free(&forecast);
    return ok;
}
