/* SPDX-License-Identifier: GPL-3.0-or-later
 * Parallel over replicates; each is kept by its number, and every statistic is made afterwards from what was
 * kept, so that nothing depends on threads. Work goes in batches, between which the person may stop it. */
#include "sim/run.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "data/counts.h"
#include "sim/ask.h"
#include "sim/cost.h"
#include "sim/summarise.h"
#include "sim/verify.h"
#include "sim/years.h"

/* Replicates between two looks at the clock and at Ctrl-C. */
enum { BATCH = 256 };

/* ---- opening ----------------------------------------------------------------------------------------- */

/* The reference's quantiles month by month. */
static bool fit_reference(struct run *run, struct err *err)
{
    const struct model *model = run->options->reference;
    const size_t months = (size_t)run->input->months;
    struct params params = {0};
    void *fitted = NULL;
    run->reference = vec_new(months, sizeof *run->reference, err);
    bool ok = run->reference != NULL && params_init(&params, model->params, model->n_params, err) &&
              model->fit(run->input, &params, &fitted, err);
    for (size_t m = 0; ok && m < months; m++)
        model->stock_quantiles(fitted, (int32_t)m, score_levels, SCORE_LEVELS, run->reference[m]);
    if (fitted != NULL)
        model->free_fitted(fitted);
    params_free(&params);
    return ok;
}

bool run_is_calibrated(const struct run *run)
{
    return !run->options->raw && run->options->reference != NULL && run->model->calibration != NULL;
}

/* The stock at the end of the origin's day, for --verify. */
static bool count_origin(struct run *run, struct err *err)
{
    struct counts counts = {0};
    run->origin_stock = -1;
    if (!run->options->verify || run->input->history == NULL ||
        (run->model->needs & MODEL_NEEDS_HISTORY) == 0)
        return true;
    if (!counts_make(run->input->history, run->input->origin, run->input->origin, &counts, err))
        return false;
    run->origin_stock =
        (int32_t)counts_at(&counts, MEASURE_STOCK, (struct group){GROUP_ALL, 0}, counts.n_months - 1);
    counts_free(&counts);
    return true;
}

void run_close(struct run *run)
{
    if (run->fitted != NULL)
        run->model->free_fitted(run->fitted);
    free(run->reference);
    *run = (struct run){0};
}

bool run_open(struct run *run, const struct model *model, const struct model_input *input,
              const struct params *params, const struct run_options *options, struct log *log,
              struct err *err)
{
    *run = (struct run){
        .model = model, .input = input, .options = options, .log = log, .total = options->replicates};
    if (!ask_input(model, input, options, err))
        return false;
    if (!model->fit(input, params, &run->fitted, err))
        return false;
    model->series(run->fitted, &run->series, &run->n_series);
    if ((run_is_calibrated(run) && !fit_reference(run, err)) || !count_origin(run, err)) {
        run_close(run);
        return false;
    }
    return true;
}

/* ---- replicates -------------------------------------------------------------------------------------- */

struct crew {
    const struct run *run;
    const void *prepared;
    struct draws *draws;
    void **rooms;   /* of the model, one a thread */
    int32_t **rows; /* n_series x months, one a thread */
};

static bool run_one(const struct crew *crew, int thread, int32_t replicate, struct err *err)
{
    const struct run *run = crew->run;
    struct tally tally = {
        .series = run->series,
        .n_series = run->n_series,
        .months = run->input->months,
        .values = crew->rows[thread],
        .room = crew->rooms[thread],
    };
    return run->model->simulate(run->fitted, crew->prepared, replicate, &tally, err) &&
           (!run->options->verify || tally_verify(&tally, run->input->origin, run->origin_stock, err)) &&
           draws_put(crew->draws, replicate, tally.values, err);
}

/* The replicates first .. last - 1 in parallel; the failure with the lowest number is reported. */
static bool run_batch(const struct crew *crew, int32_t first, int32_t last, struct err *err)
{
    int32_t failed = last;
#pragma omp parallel for num_threads(crew->run->options->threads) schedule(dynamic, 8) reduction(min : failed)
    for (int32_t r = first; r < last; r++) {
        struct err own = {0};
        if (!run_one(crew, omp_get_thread_num(), r, &own) && r < failed)
            failed = r;
    }
    if (failed == last)
        return true;
    if (run_one(crew, 0, failed, err))
        return err_set(err, ERR_INTERNAL, "replicate %d failed only once", (int)failed);
    return err_prefix(err, "replicate %d", (int)failed);
}

static void free_crew(struct crew *crew)
{
    for (int32_t t = 0; t < crew->run->options->threads; t++) {
        if (crew->rooms != NULL && crew->rooms[t] != NULL)
            crew->run->model->free_room(crew->rooms[t]);
        if (crew->rows != NULL)
            free(crew->rows[t]);
    }
    free((void *)crew->rooms);
    free((void *)crew->rows);
}

static bool make_crew(struct crew *crew, struct err *err)
{
    const struct run *run = crew->run;
    const size_t threads = (size_t)run->options->threads;
    crew->rooms = vec_new(threads, sizeof *crew->rooms, err);
    crew->rows = vec_new(threads, sizeof *crew->rows, err);
    bool ok = crew->rooms != NULL && crew->rows != NULL;
    for (size_t t = 0; ok && t < threads; t++) {
        crew->rows[t] = vec_new(run->n_series * (size_t)run->input->months, sizeof **crew->rows, err);
        ok = crew->rows[t] != NULL &&
             (run->model->make_room == NULL || run->model->make_room(crew->prepared, &crew->rooms[t], err));
    }
    return ok;
}

static bool run_crew(struct run *run, const void *prepared, struct draws *draws, struct err *err)
{
    struct crew crew = {.run = run, .prepared = prepared, .draws = draws};
    const int32_t replicates = run->options->replicates;
    bool ok = make_crew(&crew, err);
    for (int32_t first = 0; ok && first < replicates; first += BATCH) {
        const int32_t last = first + BATCH < replicates ? first + BATCH : replicates;
        if (log_is_stopped(run->log)) {
            ok = err_set(err, ERR_INTERRUPTED, "stopped on request; nothing was written");
            break;
        }
        ok = run_batch(&crew, first, last, err);
        run->done += last - first;
        log_progress(run->log, "simulating", run->done, run->total);
    }
    free_crew(&crew);
    return ok;
}

bool run_replicates(struct run *run, const struct scenario *scenario, struct draws *out, struct err *err)
{
    void *prepared = NULL;
    struct draws draws = {0};
    bool ok =
        run->model->prepare(run->fitted, scenario, &prepared, err) &&
        draws_make(run->series, run->n_series, run->input->months, run->options->replicates, &draws, err) &&
        run_crew(run, prepared, &draws, err);
    if (prepared != NULL)
        run->model->free_prepared(prepared);
    if (!ok) {
        draws_free(&draws);
        return false;
    }
    *out = draws;
    return true;
}

/* ---- costs ------------------------------------------------------------------------------------------- */

/* Nights of groups that the model does not give are 0. */
static bool cost_one(const struct cost_plan *plan, struct draws *draws, size_t first, int32_t replicate)
{
    const size_t months = (size_t)draws->months;
    const int32_t *rows[PLACEMENT_COUNT];
    size_t n = 0;
    while (first + n < draws->n_series && draws->series[first + n].measure == MEASURE_NIGHTS &&
           draws->series[first + n].group.kind == GROUP_PLACEMENT)
        n++;
    int32_t *nights = calloc((2 * n + 2) * months, sizeof *nights);
    if (nights == NULL)
        return false;
    draws_final(draws, replicate, first, n, nights, nights + n * months);
    for (size_t g = 0; g < PLACEMENT_COUNT; g++)
        rows[g] = nights + (2 * n + 1) * months; /* none */
    for (size_t i = 0; i < n; i++)
        rows[draws->series[first + i].group.member] = nights + i * months;
    const bool ok = cost_replicate(plan, replicate, NULL, rows,
                                   draws->costs + (size_t)replicate * PLACEMENT_COUNT * months);
    free(nights);
    return ok;
}

bool run_costs(const struct run *run, const struct scenario *scenario, const struct price_book *prices,
               struct draws *draws, struct err *err)
{
    struct cost_plan plan = {0};
    const size_t first = draws_find(draws, MEASURE_NIGHTS, (struct group){GROUP_PLACEMENT, 0});
    bool no_memory = false;
    if (first == draws->n_series)
        return true;
    if (!cost_plan_make(run->input, scenario, prices, run->log, &plan, err))
        return false;
    draws->costs = vec_new((size_t)draws->replicates * PLACEMENT_COUNT * (size_t)draws->months,
                           sizeof *draws->costs, err);
    const bool ok = draws->costs != NULL;
#pragma omp parallel for num_threads(run->options->threads) schedule(static) reduction(|| : no_memory)
    for (int32_t r = 0; r < draws->replicates; r++)
        if (ok && !no_memory)
            no_memory = !cost_one(&plan, draws, first, r);
    cost_plan_free(&plan);
    return ok && (!no_memory || err_no_memory(err));
}

/* ---- forecasts --------------------------------------------------------------------------------------- */

static void name_result(const struct run *run, const struct scenario *scenario, struct result *result)
{
    const struct model_input *input = run->input;
    const char *la = input->history != NULL  ? input->history->la_name
                     : input->yearly != NULL ? input->yearly->la_name
                                             : "";
    *result = (struct result){
        .origin = input->origin, .months = input->months, .replicates = run->options->replicates};
    str_copy(str_of(la), result->la_name, sizeof result->la_name);
    str_copy(str_of(scenario->name), result->scenario, sizeof result->scenario);
    str_copy(str_of(run->model->name), result->model, sizeof result->model);
}

static bool make_result(const struct run *run, const struct scenario *scenario, const struct draws *draws,
                        const struct draws *base, struct result *out, struct err *err)
{
    name_result(run, scenario, out);
    if (summarise_draws(draws, base, run->options->threads, out, err) && years_sum(draws, base, out, err))
        return true;
    result_free(out);
    return false;
}

static bool copy_ratios(const struct draws *from, struct draws *to, struct err *err)
{
    const size_t n = (size_t)from->replicates * (size_t)from->months;
    if (from->ratios == NULL)
        return true;
    to->ratios = vec_new(n, sizeof *to->ratios, err);
    if (to->ratios != NULL)
        memcpy(to->ratios, from->ratios, n * sizeof *to->ratios);
    return to->ratios != NULL;
}

/* The ratios of the first scenario, or of the first without its levers where it has some. */
static bool calibrate_first(struct run *run, const struct scenario *scenario, struct draws *draws,
                            struct forecast *forecast, struct err *err)
{
    if (!run_is_calibrated(run))
        return true;
    forecast->is_calibrated = true;
    forecast->calibration =
        run->options->calibration != NULL ? *run->options->calibration : *run->model->calibration;
    if (!ask_changes(run->model, scenario))
        return calibration_apply(&forecast->calibration, (const double(*)[SCORE_LEVELS])run->reference, draws,
                                 err);
    struct scenario bare = *scenario;
    struct draws plain = {0};
    bare.n_levers = bare.n_capacities = 0;
    const bool ok = run_replicates(run, &bare, &plain, err) &&
                    calibration_apply(&forecast->calibration, (const double(*)[SCORE_LEVELS])run->reference,
                                      &plain, err) &&
                    copy_ratios(&plain, draws, err);
    draws_free(&plain);
    return ok;
}

/* All replicates, calibrated by themselves (base NULL) or as base is, and costed. What they were calibrated
 * by goes to the forecast. */
static bool run_whole(struct run *run, const struct scenario *scenario, const struct draws *base,
                      const struct price_book *prices, struct forecast *forecast, struct draws *out,
                      struct err *err)
{
    struct draws draws = {0};
    const bool ok = run_replicates(run, scenario, &draws, err) &&
                    (base == NULL ? calibrate_first(run, scenario, &draws, forecast, err)
                                  : copy_ratios(base, &draws, err)) &&
                    (prices == NULL || run_costs(run, scenario, prices, &draws, err));
    if (!ok) {
        draws_free(&draws);
        return err->code == ERR_INTERRUPTED ? false : err_prefix(err, "scenario %s", scenario->name);
    }
    *out = draws;
    return true;
}

bool run_scenario(struct run *run, const struct scenario *scenario, const struct draws *base,
                  const struct price_book *prices, struct draws *out, struct err *err)
{
    struct forecast used = {0}; /* what it was calibrated by is not asked for */
    run->total = 0;             /* how many there will be is the caller's business: replicates are counted */
    return ask_levers(run->model, scenario, run->log, err) &&
           run_whole(run, scenario, base, prices, &used, out, err);
}

/* Runs scenario i and makes its result, and its difference from the first. */
static bool run_and_summarise(struct run *run, const struct scenario scenarios[], size_t i,
                              const struct price_book *prices, struct draws *base, struct forecast *forecast,
                              struct err *err)
{
    struct draws draws = {0};
    bool ok = run_whole(run, &scenarios[i], i == 0 ? NULL : base, prices, forecast, &draws, err) &&
              make_result(run, &scenarios[i], &draws, NULL, &forecast->scenarios[i], err) &&
              (i == 0 || make_result(run, &scenarios[i], &draws, base, &forecast->differences[i - 1], err));
    if (ok && i == 0)
        *base = draws;
    else
        draws_free(&draws);
    return ok;
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

bool forecast_run(const struct model *model, const struct model_input *input,
                  const struct scenario scenarios[], size_t n_scenarios, const struct price_book *prices,
                  const struct run_options *options, struct log *log, struct forecast *out, struct err *err)
{
    struct forecast forecast = {0};
    struct draws base = {0};
    struct run run = {0};
    for (size_t i = 0; i < n_scenarios; i++) {
        if (!ask_levers(model, &scenarios[i], log, err))
            return false;
        ask_matches(input, &scenarios[i], log);
    }
    log_progress_start(log);
    bool ok = run_open(&run, model, input, &scenarios[0].params, options, log, err);
    if (ok) {
        const bool extra = run_is_calibrated(&run) && ask_changes(model, &scenarios[0]);
        run.total = (int64_t)(n_scenarios + extra) * options->replicates;
        forecast.scenarios = vec_new(n_scenarios, sizeof *forecast.scenarios, err);
        forecast.differences = vec_new(n_scenarios, sizeof *forecast.differences, err);
        ok = forecast.scenarios != NULL && forecast.differences != NULL;
        forecast.n_scenarios = ok ? n_scenarios : 0;
    }
    for (size_t i = 0; ok && i < n_scenarios; i++)
        ok = run_and_summarise(&run, scenarios, i, prices, &base, &forecast, err);
    log_progress_end(log);
    draws_free(&base);
    run_close(&run);
    if (!ok) {
        forecast_free(&forecast);
        return false;
    }
    *out = forecast;
    return true;
}
