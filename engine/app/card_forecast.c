/* SPDX-License-Identifier: GPL-3.0-or-later
 * The history is loaded whole; what a forecast may see of it is cut at its origin (outlook_input_make). */
#include "app/card_forecast.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/caution.h"
#include "app/outlook_publish.h"
#include "base/vec.h"
#include "numeric/quantile.h"
#include "sim/summarise.h"
#include "study/traps.h"

static const struct group all = {GROUP_ALL, 0};
enum { MONTHS_A_YEAR = 12, MOST_SCENARIO_NAME = 60, WITHOUT = 0, WITH = 1 };

void card_forecast_close(struct card_forecast *forecast)
{
    if (forecast == NULL)
        return;
    result_free(&forecast->frozen_curve);
    for (size_t i = 0; i < 2; i++) {
        draws_free(&forecast->draws[i]);
        if (i < forecast->n_scenarios)
            scenario_free(&forecast->scenarios[i]);
    }
    if (forecast->run.fitted != NULL)
        run_close(&forecast->run);
    if (forecast->is_known)
        outlook_input_free(&forecast->known);
    if (forecast->is_loaded)
        outlook_free(&forecast->outlook);
    plan_choices_free(&forecast->plans);
    free(forecast);
}

/* ---- what is known ----------------------------------------------------------------------------------- */

static bool find_group(struct card_forecast *f, const char *locality, struct err *err)
{
    const struct history *history = &f->outlook.history;
    f->group = all;
    if (locality == NULL || locality[0] == '\0')
        return true;
    for (size_t i = 0; i < history->n_localities; i++)
        if (str_equal_ignore_case(str_of(history->localities[i]), str_of(locality))) {
            f->group = (struct group){GROUP_LOCALITY, (int32_t)i};
            return true;
        }
    f->group = (struct group){GROUP_LOCALITY, -1}; /* one that only the measures file has */
    return history->n_localities > 0 ||
           err_set(err, ERR_NO_INPUT,
                   "no localities are stored; import a file with the columns postcode, locality first");
}

double card_known(const struct card_forecast *forecast, enum measure measure, day date)
{
    const struct counts *counts = &forecast->outlook.counts;
    double shown = (double)NAN;
    if (measure == MEASURE_STOCK && forecast->outlook.published != NULL)
        return outlook_stock(&forecast->outlook, forecast->group, date, &shown) ? shown : (double)NAN;
    const int32_t month = counts_month(counts, date);
    if (month < 0 || month >= counts->n_months || forecast->group.member < 0)
        return (double)NAN;
    return (double)counts_at(counts, measure, forecast->group, month);
}

/* The plan as it stood, and its levers on top of the baseline. */
static bool load_plan(struct card_forecast *f, struct err *err)
{
    const struct card_setting *s = f->setting;
    struct scenario *with = &f->scenarios[WITH];
    f->begins = DAY_NONE;
    if (s->plan == NULL)
        return true;
    if (!plan_choices_load(&f->plans, s->store, s->plan, f->outlook.origin, &f->plan, err))
        return false;
    if (f->plan->effects.n == 0)
        return true;
    if (!scenario_load(with, "baseline", NULL, s->model->params, s->model->n_params, err))
        return false;
    f->n_scenarios = 2;
    with->stance = STANCE_LIKELY;
    with->name = arena_format(&with->texts, err, "%.*s", MOST_SCENARIO_NAME, f->plan->plan.name);
    if (with->name == NULL || !plan_choices_add(f->plan, with, &s->app->log, err))
        return false;
    for (size_t i = 0; i < with->n_levers; i++) {
        const struct lever *lever = &with->levers[i];
        if (lever->kind != LEVER_OUTCOME && lever->start != DAY_NONE &&
            (f->begins == DAY_NONE || lever->start < f->begins))
            f->begins = lever->start;
    }
    return true;
}

/* ---- runs -------------------------------------------------------------------------------------------- */

static struct card_range range_of(double values[], size_t n)
{
    static const double levels[] = {.1, .5, .9};
    double q[3];
    gsl_sort(values, 1, n);
    for (size_t i = 0; i < 3; i++)
        q[i] = quantile_sorted(values, n, levels[i]);
    return (struct card_range){q[0], q[1], q[2]};
}

static bool summarise(const struct card_forecast *f, const struct scenario *scenario,
                      const struct draws *draws, const struct draws *base, day origin, struct result *out,
                      struct err *err)
{
    *out = (struct result){.origin = origin, .months = draws->months, .replicates = draws->replicates};
    str_copy(str_of(f->setting->authority->name), out->la_name, sizeof out->la_name);
    str_copy(str_of(scenario->name), out->scenario, sizeof out->scenario);
    str_copy(str_of(f->setting->model->name), out->model, sizeof out->model);
    return summarise_draws(draws, base, f->options.threads, out, err);
}

static bool find_intervals(struct card_forecast *f, day origin, struct intervals *intervals,
                           struct run_options *options, struct err *err)
{
    const struct card_setting *s = f->setting;
    *options = (struct run_options){.replicates = s->runs, .threads = s->threads, .reference = s->reference};
    if (!intervals_find(s->store, s->authority->la, s->model, &f->scenarios[WITHOUT].params, false, false,
                        origin, intervals, err))
        return false;
    if (intervals->source != INTERVALS_RAW)
        options->calibration = &intervals->calibration;
    return true;
}

/* Where to freeze the baseline: before the plan's first effect, else a year ago. */
void card_forecast_freeze(struct card_forecast *f)
{
    const day origin = f->outlook.origin;
    const day least = date_month_end(f->outlook.history.start, CARD_YEARS_BEFORE * MONTHS_A_YEAR - 1);
    f->baseline = CARD_SINCE_YEAR;
    f->frozen = date_month_end(origin, -MONTHS_A_YEAR);
    if (f->begins != DAY_NONE && origin - f->begins >= CARD_EARLY_DAYS &&
        date_month_start(f->begins, 0) - 1 >= least) {
        f->baseline = CARD_SINCE_PLAN;
        f->frozen = date_month_start(f->begins, 0) - 1;
    }
    if (f->frozen < least)
        f->baseline = CARD_NO_BASELINE;
}

/* A plan that has effects but has not had its time cannot have turned anything. */
void card_forecast_judge(struct card_forecast *f)
{
    f->is_early =
        f->n_scenarios == 2 && (f->begins == DAY_NONE || f->outlook.origin - f->begins < CARD_EARLY_DAYS);
    f->answer = f->is_early || f->is_doubtful || !isfinite(f->turned) ? CARD_TOO_EARLY
                : f->turned >= CARD_TURNED                            ? CARD_YES
                : f->turned < CARD_NOT_TURNED                         ? CARD_NO
                                                                      : CARD_TOO_EARLY;
}

/* Holds the stock against the futures of the frozen baseline. A tie counts half. */
static bool compare(struct card_forecast *f, const struct draws *draws, struct err *err)
{
    const size_t n = (size_t)draws->replicates;
    const int32_t month = date_month_index(f->outlook.origin) - date_month_index(f->frozen) - 1;
    double *values =
        draws_find(draws, MEASURE_STOCK, f->group) < draws->n_series ? vec_new(n, sizeof *values, err) : NULL;
    if (values == NULL)
        return draws_find(draws, MEASURE_STOCK, f->group) == draws->n_series;
    double more = 0;
    draws_values(draws, MEASURE_STOCK, f->group, month, month, values);
    for (size_t r = 0; r < n; r++)
        more += values[r] > f->stock + .5 ? 1 : values[r] > f->stock - .5 ? .5 : 0;
    f->turned = more / (double)n;
    f->expected = range_of(values, n);
    free(values);
    return true;
}

static bool run_frozen(struct card_forecast *f, struct err *err)
{
    const struct card_setting *s = f->setting;
    const day origin = f->outlook.origin;
    struct outlook_input known = {0};
    struct intervals intervals;
    struct run_options options;
    struct run run = {0};
    struct draws draws = {0};
    card_forecast_freeze(f);
    if (f->baseline == CARD_NO_BASELINE || f->group.member < 0)
        return true;
    const int32_t months = date_month_index(origin) - date_month_index(f->frozen) + CARD_AHEAD_MONTHS;
    f->outlook.origin = f->frozen; /* what may be seen is cut here, and nothing else is */
    const bool cut = outlook_input_make(&f->outlook, months, (uint64_t)s->seed, &known, err);
    f->outlook.origin = origin;
    const bool ok =
        cut && find_intervals(f, f->frozen, &intervals, &options, err) &&
        run_open(&run, s->model, &known.input, &f->scenarios[WITHOUT].params, &options, &s->app->log, err) &&
        run_scenario(&run, &f->scenarios[WITHOUT], NULL, NULL, &draws, err) &&
        summarise(f, &f->scenarios[WITHOUT], &draws, NULL, f->frozen, &f->frozen_curve, err) &&
        compare(f, &draws, err);
    draws_free(&draws);
    if (run.fitted != NULL)
        run_close(&run);
    outlook_input_free(&known);
    return ok;
}

/* The results that words and charts of a forecast work from. */
static bool keep_results(struct card_forecast *f, struct err *err)
{
    struct outlook *outlook = &f->outlook;
    struct forecast *forecast = &outlook->forecast;
    outlook->scenarios = f->scenarios;
    outlook->n_scenarios = f->n_scenarios;
    outlook_choose(outlook);
    forecast->scenarios = vec_new(f->n_scenarios, sizeof *forecast->scenarios, err);
    forecast->differences = vec_new(f->n_scenarios, sizeof *forecast->differences, err);
    bool ok = forecast->scenarios != NULL && forecast->differences != NULL;
    forecast->n_scenarios = ok ? f->n_scenarios : 0;
    for (size_t i = 0; ok && i < f->n_scenarios; i++)
        ok = summarise(f, &f->scenarios[i], &f->draws[i], NULL, outlook->origin, &forecast->scenarios[i],
                       err) &&
             (i == 0 || summarise(f, &f->scenarios[i], &f->draws[i], &f->draws[0], outlook->origin,
                                  &forecast->differences[i - 1], err));
    return ok;
}

/* Where the curve leads, and how far the plan and the baseline come apart in the same futures. */
static bool look_ahead(struct card_forecast *f, struct err *err)
{
    const size_t n = (size_t)f->draws[0].replicates;
    const int32_t last = f->draws[0].months - 1;
    f->until = outlook_month_end(&f->outlook, last);
    f->with = f->gap = f->without = (struct card_range){NAN, NAN, NAN};
    if (draws_find(&f->draws[0], MEASURE_STOCK, f->group) == f->draws[0].n_series)
        return true;
    double *values = vec_new(3 * n, sizeof *values, err);
    if (values == NULL)
        return false;
    draws_values(&f->draws[WITHOUT], MEASURE_STOCK, f->group, last, last, values);
    if (f->n_scenarios == 2) {
        draws_values(&f->draws[WITH], MEASURE_STOCK, f->group, last, last, values + n);
        for (size_t r = 0; r < n; r++)
            values[2 * n + r] = values[n + r] - values[r];
        f->with = range_of(values + n, n);
        f->gap = range_of(values + 2 * n, n);
    }
    f->without = range_of(values, n);
    free(values);
    return true;
}

static bool run_ahead(struct card_forecast *f, struct err *err)
{
    const struct card_setting *s = f->setting;
    if (!outlook_input_make(&f->outlook, CARD_AHEAD_MONTHS, (uint64_t)s->seed, &f->known, err))
        return false;
    f->is_known = true;
    population_words(f->known.input.population, f->outlook.exposure);
    bool ok = find_intervals(f, f->outlook.origin, &f->outlook.intervals, &f->options, err) &&
              run_open(&f->run, s->model, &f->known.input, &f->scenarios[WITHOUT].params, &f->options,
                       &s->app->log, err);
    for (size_t i = 0; ok && i < f->n_scenarios; i++)
        ok = run_scenario(&f->run, &f->scenarios[i], i == 0 ? NULL : &f->draws[0], s->prices, &f->draws[i],
                          err);
    return ok && keep_results(f, err) && look_ahead(f, err);
}

struct card_forecast *card_forecast_open(const struct card_setting *setting, const struct card_period *period,
                                         const char *locality, struct err *err)
{
    struct card_forecast *f = vec_new(1, sizeof *f, err);
    if (f == NULL)
        return NULL;
    *f = (struct card_forecast){.setting = setting, .turned = (double)NAN};
    f->expected = (struct card_range){NAN, NAN, NAN};
    f->is_loaded = outlook_load(&f->outlook, setting->store, setting->authority, setting->model, period->last,
                                false, err);
    bool ok = f->is_loaded && scenario_load(&f->scenarios[WITHOUT], "baseline", NULL, setting->model->params,
                                            setting->model->n_params, err);
    if (ok) {
        f->n_scenarios = 1;
        ok = find_group(f, locality, err) && load_plan(f, err);
    }
    if (ok) {
        f->stock = card_known(f, MEASURE_STOCK, period->last);
        f->outlook.targets = f->plan == NULL ? NULL : &f->plan->targets;
        ok = run_ahead(f, err) && run_frozen(f, err) && caution_find(&f->outlook, setting->store, err);
        f->is_doubtful = ok && (f->outlook.misses_year ||
                                traps_find(&f->outlook.history, f->outlook.origin).is_closed_cohort);
        card_forecast_judge(f);
    }
    if (!ok) {
        card_forecast_close(f);
        return NULL;
    }
    return f;
}

/* ---- targets ----------------------------------------------------------------------------------------- */

bool card_forecast_target(const struct card_forecast *f, const struct plan_target *target,
                          enum target_fate *fate, struct target_goal *goal, struct target_outcome *out,
                          struct err *err)
{
    const struct outlook *outlook = &f->outlook;
    const struct draws *draws = &f->draws[f->n_scenarios - 1];
    const struct target_known known = {.counts = &outlook->counts,
                                       .stock = (double)NAN,
                                       .entries = (double)NAN,
                                       .exits = (double)NAN,
                                       .origin = outlook->origin,
                                       .localities = outlook->history.localities,
                                       .n_localities = outlook->history.n_localities};
    const size_t n = (size_t)draws->replicates;
    *fate = target_resolve(target, &known, draws->months, goal);
    if (*fate == TARGET_TESTED &&
        !quantity_is_given(&goal->quantity, draws, &outlook->counts, outlook->origin, goal->month))
        *fate = TARGET_NOT_GIVEN;
    if (*fate == TARGET_TESTED && !outlook_may_publish(outlook, goal->quantity.measure, goal->quantity.group))
        *fate = TARGET_NOT_GIVEN;
    if (*fate != TARGET_TESTED)
        return true;
    /* a level of all children looked after that is already passed is still a limit: the outcome is fewer */
    if (goal->quantity.measure == MEASURE_STOCK && goal->quantity.group.kind == GROUP_ALL &&
        isnan(target->change))
        goal->at_most = true;
    double *values = vec_new(2 * n, sizeof *values, err);
    if (values == NULL)
        return false;
    quantity_values(&goal->quantity, draws, &outlook->counts, outlook->origin, goal->month, values,
                    values + n);
    *out = target_outcome_make(goal, values, n, values + n, NULL);
    free(values);
    return true;
}
