/* SPDX-License-Identifier: GPL-3.0-or-later
 * Origins are taken in order of time, so that an origin's calibration can use the outcomes of those before
 * it. */
#include "study/backtest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "data/counts.h"
#include "numeric/quantile.h"

enum { MONTHS_A_YEAR = 12 };
static const struct group all = {GROUP_ALL, 0};
static const double pence_a_pound = 100;

void backtest_free(struct backtest *backtest)
{
    free(backtest->rows);
    free(backtest->cases);
    free((void *)backtest->case_models);
    *backtest = (struct backtest){0};
}

struct job {
    const struct backtest_known *known;
    const struct price_book *prices;
    const struct backtest_options *options;
    struct log *log;
    struct backtest *out;
    size_t first_case;    /* those of this authority begin here */
    struct counts counts; /* of the history */
    day end;              /* of what is known by now */
    int32_t step_months;  /* 1: month ends are known; 12: years */
};

/* One origin with one model. */
struct trial {
    struct job *job;
    struct run run;
    struct scenario scenario; /* nothing is done */
    const struct model *model;
    day origin;
    struct model_input input;
    double *values, *work; /* [replicates] */
    struct draws actual;   /* one replicate: the nights that happened, costed like a forecast's */
    struct result_series actual_series[PLACEMENT_COUNT];
};

/* ---- what happened ------------------------------------------------------------------------------------- */

static bool yearly_outcome(const struct yearly *yearly, enum measure measure, day origin, int32_t months,
                           double *out)
{
    const double *series = measure == MEASURE_STOCK     ? yearly->stock
                           : measure == MEASURE_ENTRIES ? yearly->starts
                           : measure == MEASURE_EXITS   ? yearly->leavers
                                                        : NULL;
    const int32_t last = date_financial_year(origin) + months / MONTHS_A_YEAR - yearly->first_year;
    const int32_t first =
        measure == MEASURE_STOCK ? last : date_financial_year(origin) + 1 - yearly->first_year;
    if (series == NULL || months % MONTHS_A_YEAR != 0 || first < 0 || last >= yearly->n_years)
        return false;
    *out = 0;
    for (int32_t i = first; i <= last; i++)
        *out += series[i];
    return isfinite(*out);
}

/* What became of a series by the horizon; cost in pounds. */
static bool outcome_of(const struct trial *trial, const struct result_series *series, int32_t months,
                       double *out)
{
    const struct job *job = trial->job;
    const day to = date_month_end(trial->origin, months);
    if (job->known->history == NULL)
        return series->group.kind == GROUP_ALL &&
               yearly_outcome(job->known->yearly, series->measure, trial->origin, months, out);
    if (series->measure == MEASURE_COST) {
        draws_values(&trial->actual, MEASURE_COST, series->group, 0, months - 1, out);
        *out /= pence_a_pound;
        return true;
    }
    if (series->measure == MEASURE_STOCK)
        *out = (double)counts_at(&job->counts, MEASURE_STOCK, series->group, counts_month(&job->counts, to));
    else
        *out = (double)counts_sum(&job->counts, series->measure, series->group, trial->origin + 1, to);
    return true;
}

/* Costs what happened at the prices known at the origin. */
static bool cost_outcome(struct trial *trial, struct err *err)
{
    const struct job *job = trial->job;
    struct result_series *series = trial->actual_series;
    const size_t months = (size_t)trial->input.months;
    if (job->known->history == NULL)
        return true;
    int32_t *nights = vec_new(PLACEMENT_COUNT * months, sizeof *nights, err);
    if (nights == NULL)
        return false;
    const int32_t start = counts_month(&job->counts, trial->origin) + 1;
    for (int32_t g = 0; g < PLACEMENT_COUNT; g++) {
        series[g] = (struct result_series){MEASURE_NIGHTS, {GROUP_PLACEMENT, g}};
        for (size_t m = 0; m < months; m++)
            nights[(size_t)g * months + m] =
                (int32_t)counts_at(&job->counts, MEASURE_NIGHTS, series[g].group, start + (int32_t)m);
    }
    const struct run_options one = {.replicates = 1, .threads = 1};
    const struct run run = {.input = &trial->input, .options = &one, .log = job->log};
    const bool ok = draws_make(series, PLACEMENT_COUNT, (int32_t)months, 1, &trial->actual, err) &&
                    draws_put(&trial->actual, 0, nights, err) &&
                    run_costs(&run, &trial->scenario, job->prices, &trial->actual, err);
    free(nights);
    return ok;
}

/* Mean absolute change from step to step before the origin, of stocks. */
static double naive_change(const struct trial *trial, const struct result_series *series)
{
    const struct job *job = trial->job;
    double sum = 0;
    double n = 0;
    if (series->measure != MEASURE_STOCK)
        return NAN;
    if (job->known->history == NULL) {
        const struct yearly *yearly = job->known->yearly;
        const int32_t last = date_financial_year(trial->origin) - yearly->first_year;
        for (int32_t i = 1; i <= last && i < yearly->n_years; i++) {
            const double change = fabs(yearly->stock[i] - yearly->stock[i - 1]);
            sum += isfinite(change) ? change : 0;
            n += isfinite(change);
        }
    } else {
        const int64_t *stock = counts_series(&job->counts, MEASURE_STOCK, series->group);
        for (int32_t m = 1; m <= counts_month(&job->counts, trial->origin); m++, n += 1)
            sum += fabs((double)(stock[m] - stock[m - 1]));
    }
    return n > 0 && sum > 0 ? sum / n : 1;
}

/* ---- one origin ---------------------------------------------------------------------------------------- */

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
    const size_t n = (size_t)trial->run.options->replicates;
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
    const size_t n = (size_t)trial->run.options->replicates;
    size_t below = 0;
    while (below < n && trial->values[below] < actual - 1e-9)
        below++;
    size_t not_above = below;
    while (not_above < n && trial->values[not_above] <= actual + 1e-9)
        not_above++;
    return (struct score_pit){(double)below / (double)n, (double)not_above / (double)n};
}

static bool add_row(struct trial *trial, const struct draws *draws, const struct result_series *series,
                    int32_t months, bool is_raw, struct err *err)
{
    struct backtest *out = trial->job->out;
    double actual = 0;
    if (!outcome_of(trial, series, months, &actual))
        return true;
    if (!vec_reserve((void **)&out->rows, &out->capacity, out->n + 1, sizeof *out->rows, err))
        return false;
    struct backtest_row *row = &out->rows[out->n++];
    *row = (struct backtest_row){
        .la = trial->job->known->la,
        .model = trial->model->name,
        .is_raw = is_raw,
        .origin = trial->origin,
        .horizon_months = months,
        .measure = series->measure,
        .group = series->group,
        .actual = actual,
        .naive = naive_change(trial, series),
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
    struct backtest *out = trial->job->out;
    const struct backtest_options *options = trial->job->options;
    const struct result_series stock = {MEASURE_STOCK, all};
    for (size_t h = 0; h < options->n_horizons && options->horizons[h] <= trial->input.months; h++) {
        const int32_t months = options->horizons[h];
        double mean = 0;
        double actual = 0;
        if (!outcome_of(trial, &stock, months, &actual))
            continue;
        if (!vec_reserve((void **)&out->cases, &out->cases_capacity, out->n_cases + 1, sizeof *out->cases,
                         err) ||
            !vec_reserve((void **)&out->case_models, &out->names_capacity, out->n_cases + 1,
                         sizeof *out->case_models, err))
            return false;
        struct calibration_case *made = &out->cases[out->n_cases];
        *made = (struct calibration_case){.origin = trial->origin, .months = months, .actual = actual};
        draws_values(draws, MEASURE_STOCK, all, 0, months - 1, trial->values);
        sort_values(trial, false, &mean, made->raw);
        memcpy(made->reference, trial->run.reference[months - 1], sizeof made->reference);
        out->case_models[out->n_cases++] = trial->model->name;
    }
    return true;
}

/* The calibration that could be known at the origin. */
static bool learn(const struct trial *trial, struct calibration *out, struct err *err)
{
    const struct backtest *known = trial->job->out;
    struct calibration_case *mine = vec_new(known->n_cases, sizeof *mine, err);
    size_t n = 0;
    if (mine == NULL)
        return false;
    for (size_t i = trial->job->first_case; i < known->n_cases; i++)
        if (strcmp(known->case_models[i], trial->model->name) == 0)
            mine[n++] = known->cases[i];
    calibration_learn(trial->model->calibration, mine, n, trial->origin, out);
    free(mine);
    return true;
}

static bool score_draws(struct trial *trial, struct draws *draws, struct err *err)
{
    const struct job *job = trial->job;
    const enum backtest_intervals intervals = job->options->intervals;
    const bool calibrated = run_is_calibrated(&trial->run);
    const bool raw_too = !calibrated || intervals == BACKTEST_BOTH;
    struct calibration learned;
    if (raw_too && (!run_costs(&trial->run, &trial->scenario, job->prices, draws, err) ||
                    !add_rows(trial, draws, calibrated, err)))
        return false;
    if (!calibrated)
        return true;
    if (!learn(trial, &learned, err) || !add_cases(trial, draws, err))
        return false;
    free(draws->costs);
    draws->costs = NULL;
    return calibration_apply(&learned, (const double(*)[SCORE_LEVELS])trial->run.reference, draws, err) &&
           run_costs(&trial->run, &trial->scenario, job->prices, draws, err) &&
           add_rows(trial, draws, false, err);
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

static bool run_trial(struct job *job, const struct model *model, const struct model_input *input,
                      struct err *err)
{
    struct trial trial = {.job = job, .model = model, .origin = input->origin, .input = *input};
    struct draws draws = {0};
    struct err own = {0};
    struct run_options run = job->options->run;
    run.raw = job->options->intervals == BACKTEST_RAW;
    run.reference = job->options->reference;
    trial.values = vec_new((size_t)run.replicates, sizeof *trial.values, err);
    bool ok = trial.values != NULL && make_scenario(model, &trial.scenario, err);
    if (ok && !run_open(&trial.run, model, &trial.input, &trial.scenario.params, &run, job->log, &own)) {
        trial_free(&trial);
        if (own.code == ERR_DATA || own.code == ERR_NO_INPUT)
            return true; /* too little was known for this model */
        *err = own;
        return false;
    }
    trial.run.total = 0; /* the progress line counts origins */
    ok = ok && cost_outcome(&trial, err) && run_replicates(&trial.run, &trial.scenario, &draws, err) &&
         score_draws(&trial, &draws, err);
    draws_free(&draws);
    trial_free(&trial);
    return ok;
}

/* ---- all origins --------------------------------------------------------------------------------------- */

static bool run_origin(struct job *job, const struct model *const models[], size_t n_models, day origin,
                       struct err *err)
{
    const struct backtest_options *options = job->options;
    struct history history = {0};
    struct panel panel = {0};
    struct population population = {0};
    struct yearly cut = {0};
    const int32_t ahead = date_month_index(job->end) - date_month_index(origin);
    const int32_t longest = options->horizons[options->n_horizons - 1];
    struct model_input input = {
        .origin = origin, .months = ahead < longest ? ahead : longest, .seed = options->seed};
    bool ok = true;
    if (job->known->history != NULL) {
        ok = history_as_known(job->known->history, origin, &history, err);
        input.history = &history;
    }
    if (job->known->yearly != NULL) {
        cut = *job->known->yearly;
        while (cut.n_years > 0 && date_year_end(cut.first_year + cut.n_years - 1) > origin)
            cut.n_years--;
        input.yearly = cut.n_years > 0 ? &cut : NULL;
    }
    if (ok && job->known->panel != NULL) {
        ok = panel_as_known(job->known->panel, origin, &panel, err);
        input.panel = &panel;
    }
    if (ok && job->known->population != NULL) {
        ok = population_as_known(job->known->population, origin, &population, err);
        input.population = &population;
    }
    for (size_t i = 0; ok && i < n_models; i++)
        ok = run_trial(job, models[i], &input, err);
    history_free(&history);
    panel_free(&panel);
    population_free(&population);
    return ok;
}

/* The last year with a published stock. */
static day yearly_end(const struct yearly *yearly)
{
    for (int32_t i = yearly->n_years; i-- > 0;)
        if (isfinite(yearly->stock[i]))
            return date_year_end(yearly->first_year + i);
    return DAY_NONE;
}

bool backtest_run(const struct model *const models[], size_t n_models, const struct backtest_known *known,
                  const struct price_book *prices, const struct backtest_options *options, struct log *log,
                  struct backtest *out, struct err *err)
{
    struct job job = {.known = known, .prices = prices, .options = options, .log = log, .out = out};
    const struct history *history = known->history;
    job.first_case = out->n_cases;
    job.step_months = history != NULL ? 1 : MONTHS_A_YEAR;
    job.end = history != NULL ? history->end : yearly_end(known->yearly);
    const day start = history != NULL ? history->start - 1 : date_year_end(known->yearly->first_year);
    if (history != NULL && !counts_make(history, history->start, history->end, &job.counts, err))
        return false;
    bool ok = true;
    int32_t tried = 0;
    int32_t back =
        options->horizons[0] > options->every_months ? options->horizons[0] : options->every_months;
    while (date_month_end(job.end, -(back + options->every_months)) >=
           date_month_end(start, options->least_months))
        back += options->every_months;
    for (; ok && back >= options->horizons[0]; back -= options->every_months) {
        const day origin = date_month_end(job.end, -back);
        if (origin < date_month_end(start, options->least_months) ||
            (options->first != DAY_NONE && origin < options->first) ||
            (options->last != DAY_NONE && origin > options->last))
            continue;
        if (log_is_stopped(log))
            ok = err_set(err, ERR_INTERRUPTED, "stopped on request; nothing was written");
        tried++;
        ok = ok && run_origin(&job, models, n_models, origin, err);
    }
    counts_free(&job.counts);
    if (ok && tried == 0)
        return err_set(
            err, ERR_DATA,
            "no origin has %d months of history before it and %d months after it; import more years",
            (int)options->least_months, (int)options->horizons[0]);
    return ok;
}
