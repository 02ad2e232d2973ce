/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every replicate is kept until the outcome has been looked up, so that scores are those of the sample
 * itself.
 */
#include "study/backtest_trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "numeric/quantile.h"

static const struct group all = {GROUP_ALL, 0};
static const double pence_a_pound = 100;
static const double count_tolerance = 1e-9; /* final stocks are multiples of 1/1000 of a child */

struct trial {
    struct backtest_job *job;
    const struct backtest_moment *moment;
    const struct model *model;
    struct model_input input;
    struct run_options options;
    struct run run;
    struct scenario scenario; /* nothing is done */
    double *values;           /* [replicates] */
    struct draws actual;
    struct result_series actual_series[PLACEMENT_COUNT];
};

/* The series that are scored. */
static bool is_scored(const struct result_series *series)
{
    switch (series->measure) {
    case MEASURE_STOCK:
        return series->group.kind == GROUP_ALL || series->group.kind == GROUP_PLACEMENT ||
               series->group.kind == GROUP_AGE || series->group.kind == GROUP_UASC;
    case MEASURE_ENTRIES:
    case MEASURE_EXITS:
    case MEASURE_MOVES:
    case MEASURE_NIGHTS:
    case MEASURE_COST:
    case MEASURE_READMISSIONS:
        return series->group.kind == GROUP_ALL;
    case MEASURE_COUNT:
        break;
    }
    return false;
}

static int compare_values(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Values in order, in pounds where they are pence; their mean and quantiles. */
static void sort_values(struct trial *trial, bool is_cost, double *mean, double quantiles[SCORE_LEVELS])
{
    const size_t n = (size_t)trial->options.replicates;
    double sum = 0;
    for (size_t r = 0; r < n; r++) {
        trial->values[r] /= is_cost ? pence_a_pound : 1;
        sum += trial->values[r];
    }
    qsort(trial->values, n, sizeof *trial->values, compare_values);
    *mean = sum / (double)n;
    for (int q = 0; q < SCORE_LEVELS; q++)
        quantiles[q] = quantile_sorted(trial->values, n, score_levels[q]);
}

/* Where the outcome fell: shares of replicates below, and not above it. */
static struct score_pit pit_of(const struct trial *trial, double actual)
{
    const size_t n = (size_t)trial->options.replicates;
    size_t below = 0;
    while (below < n && trial->values[below] < actual - count_tolerance)
        below++;
    size_t not_above = below;
    while (not_above < n && trial->values[not_above] <= actual + count_tolerance)
        not_above++;
    return (struct score_pit){(double)below / (double)n, (double)not_above / (double)n};
}

static bool add_row(struct trial *trial, const struct draws *draws, const struct result_series *series,
                    int32_t months, bool is_raw, struct err *err)
{
    struct backtest *out = &trial->job->own;
    double actual = 0;
    if (!backtest_outcome(trial->job, series, trial->moment->origin, months, &trial->actual, &actual))
        return true;
    if (!vec_reserve((void **)&out->rows, &out->capacity, out->n + 1, sizeof *out->rows, err))
        return false;
    struct backtest_row *row = &out->rows[out->n++];
    *row = (struct backtest_row){
        .la = trial->job->known->la,
        .model = trial->model->name,
        .is_raw = is_raw,
        .origin = trial->moment->origin,
        .horizon_months = months,
        .measure = series->measure,
        .group = series->group,
        .actual = actual,
        .naive = backtest_naive(trial->job, series, trial->moment->origin),
    };
    draws_values(draws, series->measure, series->group, 0, months - 1, trial->values);
    sort_values(trial, series->measure == MEASURE_COST, &row->mean, row->quantiles);
    row->crps = score_crps_sorted(trial->values, (size_t)draws->replicates, actual, SCORE_PLAIN);
    row->pit = pit_of(trial, actual);
    return true;
}

static bool add_rows(struct trial *trial, const struct draws *draws, bool is_raw, struct err *err)
{
    const struct backtest_options *options = trial->job->options;
    const struct result_series cost = {MEASURE_COST, all};
    for (size_t h = 0; h < options->n_horizons; h++) {
        const int32_t months = options->horizons[h];
        if (months > trial->input.months)
            break;
        for (size_t i = 0; i < draws->n_series; i++)
            if (is_scored(&draws->series[i]) &&
                !add_row(trial, draws, &draws->series[i], months, is_raw, err))
                return false;
        if (draws->costs != NULL && trial->job->known->history != NULL &&
            !add_row(trial, draws, &cost, months, is_raw, err))
            return false;
    }
    return true;
}

/* Keeps the raw forecasts of total stock for later origins to learn from. */
static bool add_cases(struct trial *trial, const struct draws *draws, struct err *err)
{
    struct backtest *out = &trial->job->own;
    const struct backtest_options *options = trial->job->options;
    const struct result_series stock = {MEASURE_STOCK, all};
    for (size_t h = 0; h < options->n_horizons && options->horizons[h] <= trial->input.months; h++) {
        const int32_t months = options->horizons[h];
        double mean = 0;
        double actual = 0;
        if (!backtest_outcome(trial->job, &stock, trial->moment->origin, months, &trial->actual, &actual))
            continue;
        if (!vec_reserve((void **)&out->cases, &out->cases_capacity, out->n_cases + 1, sizeof *out->cases,
                         err) ||
            !vec_reserve((void **)&out->case_models, &out->names_capacity, out->n_cases + 1,
                         sizeof *out->case_models, err) ||
            !vec_reserve((void **)&out->case_las, &out->las_capacity, out->n_cases + 1, sizeof *out->case_las,
                         err))
            return false;
        struct calibration_case *made = &out->cases[out->n_cases];
        *made =
            (struct calibration_case){.origin = trial->moment->origin, .months = months, .actual = actual};
        draws_values(draws, MEASURE_STOCK, all, 0, months - 1, trial->values);
        sort_values(trial, false, &mean, made->raw);
        memcpy(made->reference, trial->run.reference[months - 1], sizeof made->reference);
        out->case_las[out->n_cases] = trial->job->known->la;
        out->case_models[out->n_cases++] = trial->model->name;
    }
    return true;
}

static bool add_gap(struct trial *trial, const struct err *why, struct err *err)
{
    struct backtest *out = &trial->job->own;
    if (!vec_reserve((void **)&out->gaps, &out->gaps_capacity, out->n_gaps + 1, sizeof *out->gaps, err))
        return false;
    struct backtest_gap *gap = &out->gaps[out->n_gaps++];
    *gap = (struct backtest_gap){
        .la = trial->job->known->la, .model = trial->model->name, .origin = trial->moment->origin};
    str_copy(str_of(why->message), gap->why, sizeof gap->why);
    return true;
}

/* The calibration that could be known at the origin. */
static bool learn(const struct trial *trial, struct calibration *out, struct err *err)
{
    const struct backtest *known = &trial->job->own;
    struct calibration_case *mine = vec_new(known->n_cases, sizeof *mine, err);
    size_t n = 0;
    if (mine == NULL)
        return false;
    for (size_t i = 0; i < known->n_cases; i++)
        if (strcmp(known->case_models[i], trial->model->name) == 0)
            mine[n++] = known->cases[i];
    calibration_learn(trial->model->calibration, mine, n, trial->moment->origin, out);
    free(mine);
    return true;
}

static bool score_draws(struct trial *trial, struct draws *draws, struct err *err)
{
    const struct price_book *prices = trial->moment->prices;
    const bool calibrated = run_is_calibrated(&trial->run);
    const bool raw_too = !calibrated || trial->job->options->intervals == BACKTEST_BOTH;
    struct calibration learned;
    if (raw_too && (!run_costs(&trial->run, &trial->scenario, prices, draws, err) ||
                    !add_rows(trial, draws, calibrated, err)))
        return false;
    if (!calibrated)
        return true;
    if (!learn(trial, &learned, err) || !add_cases(trial, draws, err))
        return false;
    free(draws->costs);
    draws->costs = NULL;
    return calibration_apply(&learned, (const double(*)[SCORE_LEVELS])trial->run.reference, draws, err) &&
           run_costs(&trial->run, &trial->scenario, prices, draws, err) && add_rows(trial, draws, false, err);
}

static void trial_free(struct trial *trial)
{
    run_close(&trial->run);
    draws_free(&trial->actual);
    free(trial->values);
    scenario_free(&trial->scenario);
}

static bool make_scenario(const struct model *model, struct scenario *scenario, struct err *err)
{
    *scenario = (struct scenario){.name = "baseline", .stance = STANCE_BASELINE};
    return params_init(&scenario->params, model->params, model->n_params, err) &&
           /* prices are as known at the origin for forecast and outcome alike: no luck of prices */
           params_set(&scenario->params, str_of("price_uplift_sd_pct"), 0, PARAM_SET, "backtest", err);
}

/* False with a gap added and *left_out set when too little was known for this model. */
static bool open_run(struct trial *trial, bool *left_out, struct err *err)
{
    struct err own = {0};
    if (run_open(&trial->run, trial->model, &trial->input, &trial->scenario.params, &trial->options,
                 trial->moment->log, &own))
        return true;
    *left_out = own.code == ERR_DATA || own.code == ERR_NO_INPUT;
    if (*left_out)
        *left_out = add_gap(trial, &own, err);
    else
        *err = own;
    return false;
}

bool backtest_trial_run(struct backtest_job *job, const struct backtest_moment *moment,
                        const struct model *model, const struct model_input *input, struct err *err)
{
    struct trial trial = {.job = job, .moment = moment, .model = model, .input = *input};
    struct draws draws = {0};
    bool left_out = false;
    trial.options = job->options->run;
    trial.options.threads = moment->threads;
    trial.options.raw = job->options->intervals == BACKTEST_RAW;
    trial.options.reference = job->options->reference;
    trial.values = vec_new((size_t)trial.options.replicates, sizeof *trial.values, err);
    bool ok = trial.values != NULL && make_scenario(model, &trial.scenario, err) &&
              open_run(&trial, &left_out, err);
    trial.run.done = moment->done;
    trial.run.total = moment->total;
    ok = ok &&
         backtest_outcome_cost(job, moment, &trial.input, &trial.scenario, trial.actual_series, &trial.actual,
                               err) &&
         run_replicates(&trial.run, &trial.scenario, &draws, err) && score_draws(&trial, &draws, err);
    draws_free(&draws);
    trial_free(&trial);
    return ok || left_out;
}
