/* SPDX-License-Identifier: GPL-3.0-or-later
 * Each state is fitted and run by itself; a step that nothing differs in is not run again. */
#include "app/variance_chain.h"

#include <stdlib.h>
#include <string.h>

#include "app/frozen.h"
#include "app/options.h"
#include "app/run_choice.h"
#include "base/vec.h"
#include "numeric/quantile.h"
#include "study/happened.h"

static const double pct10 = .1, pct50 = .5, pct90 = .9;

void variance_chain_free(struct variance_chain *chain)
{
    for (size_t i = 0; i <= VARIANCE_STEPS; i++)
        variance_state_free(&chain->states[i]);
    *chain = (struct variance_chain){0};
}

/* ---- one state --------------------------------------------------------------------------------------- */

/* What a state of the chain is made of: each part from one of the sides. */
struct recipe {
    const struct variance_side *settings; /* model, seed, runs, scaling */
    const struct variance_side *place;    /* day to start from */
    const struct variance_side *plan;     /* scenario and parameters */
    const struct price_book *prices;
    int32_t unlearned_days;
};

struct making {
    struct variance_chain *chain;
    struct app *app;
    struct store *store;
    const struct options *options;
    struct panel_source *panel;
    struct err *err;
};

/* A state on its way. */
struct trial {
    struct outlook outlook;
    struct outlook_input known;
    struct intervals intervals;
    struct run_options options;
    struct run run;
    struct draws draws, before; /* the forecast; what is known of the months of the cost */
    struct result_series series[PLACEMENT_COUNT];
    bool has_input;
};

static void trial_close(struct trial *t)
{
    draws_free(&t->draws);
    draws_free(&t->before);
    if (t->run.fitted != NULL)
        run_close(&t->run);
    if (t->has_input)
        outlook_input_free(&t->known);
    outlook_free(&t->outlook);
    free(t);
}

/* A scenario of another model's parameters: those that the model does not have keep their defaults. */
static bool scenario_for(const struct variance_side *side, const struct model *model, size_t which,
                         struct scenario *out, struct err *err)
{
    json_t *tree = frozen_scenario(&side->choice.scenarios[which], err);
    const bool ok =
        tree != NULL && frozen_read_scenario(tree, side->text, model->params, model->n_params, out, err);
    json_decref(tree);
    return ok;
}

/* Months up to the end of what is asked. */
static int32_t months_from(const struct variance_chain *chain, day origin)
{
    const day last = chain->by > chain->cost_to ? chain->by : chain->cost_to;
    const int32_t months = date_month_index(last) - date_month_index(origin);
    const int32_t between = date_month_index(chain->b->origin) - date_month_index(origin);
    return months > between ? months : between > 1 ? between : 1;
}

static bool trial_open(const struct making *m, const struct recipe *recipe, const struct params *params,
                       struct trial *t)
{
    const struct variance_side *settings = recipe->settings;
    const int32_t months = months_from(m->chain, recipe->place->origin);
    t->options = (struct run_options){
        .replicates = settings->runs, .threads = run_choice_threads(m->options), .raw = settings->raw};
    if (!run_choice_model(m->app, "last_value", &t->options.reference, m->err) ||
        !outlook_load(&t->outlook, m->store, &m->chain->authority, settings->model, recipe->place->origin,
                      settings->short_breaks, m->err))
        return false;
    if (((settings->model->needs & MODEL_NEEDS_PANEL) != 0 &&
         !panel_source_at(m->panel, m->store, t->outlook.origin, &t->outlook.panel, m->err)) ||
        !intervals_find(m->store, m->chain->authority.la, settings->model, params, settings->short_breaks,
                        settings->raw, t->outlook.origin, &t->intervals, m->err) ||
        !outlook_input_make(&t->outlook, months, (uint64_t)settings->seed, &t->known, m->err))
        return false;
    t->has_input = true;
    if (t->intervals.source != INTERVALS_RAW)
        t->options.calibration = &t->intervals.calibration;
    t->known.input.unlearned_days = recipe->unlearned_days;
    return run_open(&t->run, settings->model, &t->known.input, params, &t->options, &m->app->log, m->err);
}

/* Nights before the forecast that belong to the cost, at the scenario's prices without luck or levers: what a
 * night cost is then what the book says. */
static bool cost_known(const struct making *m, const struct recipe *recipe, const struct scenario *scenario,
                       struct trial *t)
{
    const struct variance_chain *chain = m->chain;
    if (!t->outlook.has_history || t->draws.costs == NULL || recipe->place->origin < chain->cost_from)
        return true;
    struct scenario plain = *scenario;
    struct model_input input = t->known.input;
    const struct run costing = {.input = &input, .log = &m->app->log};
    double *values = vec_new(plain.params.n, sizeof *values, m->err);
    if (values == NULL)
        return false;
    memcpy(values, scenario->params.values, plain.params.n * sizeof *values);
    plain.params.values = values;
    plain.n_levers = plain.n_capacities = 0;
    input.history = &t->outlook.history;
    input.origin = date_month_end(chain->cost_from, -1);
    const day last = recipe->place->origin < chain->cost_to ? recipe->place->origin : chain->cost_to;
    input.months = date_month_index(last) - date_month_index(input.origin);
    const bool ok =
        params_set(&plain.params, str_of("price_uplift_sd_pct"), 0, plain.params.origins[0], "", m->err) &&
        happened_costs(&costing, &plain, recipe->prices, &t->outlook.counts, t->series, &t->before, m->err);
    free(values);
    return ok;
}

static bool trial_state(const struct making *m, const struct recipe *recipe, struct trial *t,
                        struct variance_state *out)
{
    const struct variance_chain *chain = m->chain;
    const int32_t start = date_month_index(recipe->place->origin) + 1;
    const int32_t first = date_month_index(chain->cost_from) - start;
    const struct variance_period period = {
        .stock_month = date_month_index(chain->by) - start,
        .first_month = first > 0 ? first : 0,
        .last_month = date_month_index(chain->cost_to) - start,
    };
    int64_t present[PLACEMENT_COUNT] = {0};
    for (int32_t g = 0; period.stock_month < 0 && t->outlook.has_history && g < PLACEMENT_COUNT; g++)
        present[g] = counts_at(&t->outlook.counts, MEASURE_STOCK, (struct group){GROUP_PLACEMENT, g},
                               counts_month(&t->outlook.counts, chain->by));
    return variance_state_make(&t->draws, &period, t->before.costs != NULL ? &t->before : NULL, present, out,
                               m->err);
}

/* ---- what came --------------------------------------------------------------------------------------- */

static bool add_outcome(const struct making *m, const struct trial *t, enum measure measure,
                        struct group group)
{
    struct variance_chain *chain = m->chain;
    const struct counts *counts = &t->outlook.counts;
    const size_t n = (size_t)t->draws.replicates;
    const int32_t last = date_month_index(chain->b->origin) - date_month_index(chain->a->origin) - 1;
    if (draws_find(&t->draws, measure, group) == t->draws.n_series ||
        chain->n_outcomes == VARIANCE_FLOWS_MOST)
        return true;
    int64_t *values = vec_new(2 * n, sizeof *values, m->err);
    double *found = vec_new(n, sizeof *found, m->err);
    const double levels[] = {pct10, pct50, pct90};
    double quantiles[3];
    if (values != NULL && found != NULL) {
        struct variance_outcome *outcome = &chain->outcomes[chain->n_outcomes++];
        /* in thousandths, as calibrated stocks come */
        draws_values(&t->draws, measure, group, 0, last, found);
        for (size_t r = 0; r < n; r++)
            values[r] = (int64_t)(1000 * found[r] + .5);
        const struct quantile_moments moments =
            quantile_of_integers(values, values + n, n, levels, 3, quantiles);
        *outcome = (struct variance_outcome){.measure = measure,
                                             .group = group,
                                             .mean = moments.mean / 1000,
                                             .p10 = quantiles[0] / 1000,
                                             .p50 = quantiles[1] / 1000,
                                             .p90 = quantiles[2] / 1000};
        outcome->happened =
            measure == MEASURE_STOCK
                ? (double)counts_at(counts, measure, group, counts_month(counts, chain->b->origin))
                : (double)counts_sum(counts, measure, group, chain->a->origin + 1, chain->b->origin);
    }
    const bool ok = values != NULL && found != NULL;
    free(values);
    free(found);
    return ok;
}

/* The earlier forecast of the months between the two, held against them. */
static bool find_outcomes(const struct making *m, const struct trial *t)
{
    const struct group all = {GROUP_ALL, 0};
    struct variance_chain *chain = m->chain;
    if (!t->outlook.has_history || chain->a->origin >= chain->b->origin)
        return true;
    if (chain->b->origin > t->outlook.history.end) {
        char from[DATE_TEXT], end[DATE_TEXT];
        date_format_iso(chain->b->origin, from);
        date_format_iso(t->outlook.history.end, end);
        return err_set(m->err, ERR_NO_INPUT, "%s forecasts from %s, and what is known of %s ends on %s",
                       chain->b->text, from, chain->authority.name, end);
    }
    chain->outcome_from = date_month_end(chain->a->origin, 0) + 1;
    chain->outcome_to = chain->b->origin;
    bool ok = add_outcome(m, t, MEASURE_STOCK, all) && add_outcome(m, t, MEASURE_ENTRIES, all) &&
              add_outcome(m, t, MEASURE_READMISSIONS, all) && add_outcome(m, t, MEASURE_EXITS, all);
    for (int32_t r = 0; ok && r < ROUTE_COUNT; r++)
        ok = add_outcome(m, t, MEASURE_EXITS, (struct group){GROUP_ROUTE, r});
    ok = ok && add_outcome(m, t, MEASURE_MOVES, all);
    for (int32_t g = 0; ok && g < PLACEMENT_COUNT; g++)
        ok = add_outcome(m, t, MEASURE_STOCK, (struct group){GROUP_PLACEMENT, g});
    return ok;
}

/* ---- the chain --------------------------------------------------------------------------------------- */

static bool make_state(const struct making *m, const struct recipe *recipe, bool with_outcomes,
                       struct variance_state *out)
{
    struct scenario fit = {0};
    struct scenario scenario = {0};
    struct trial *t = vec_new(1, sizeof *t, m->err);
    if (t == NULL)
        return false;
    const bool ok =
        scenario_for(recipe->plan, recipe->settings->model, 0, &fit, m->err) &&
        scenario_for(recipe->plan, recipe->settings->model, recipe->plan->chosen, &scenario, m->err) &&
        trial_open(m, recipe, &fit.params, t) &&
        run_scenario(&t->run, &scenario, NULL, recipe->prices, &t->draws, m->err) &&
        cost_known(m, recipe, &scenario, t) && trial_state(m, recipe, t, out) &&
        (!with_outcomes || find_outcomes(m, t));
    trial_close(t);
    scenario_free(&fit);
    scenario_free(&scenario);
    return ok;
}

/* A copy of the last state: nothing differs. */
static bool copy_state(const struct variance_state *from, struct variance_state *out, struct err *err)
{
    const size_t n = VARIANCE_MEMBERS * (size_t)from->replicates;
    *out = *from;
    for (int measure = 0; measure < VARIANCE_MEASURES; measure++) {
        out->futures[measure] = NULL;
        if (from->futures[measure] == NULL)
            continue;
        out->futures[measure] = vec_new(n, sizeof(double), err);
        if (out->futures[measure] == NULL)
            return false;
        memcpy(out->futures[measure], from->futures[measure], n * sizeof(double));
    }
    return true;
}

/* Adds a step: run when something differs. */
static bool add_step(const struct making *m, enum variance_step step, const struct recipe *recipe, bool same,
                     bool with_outcomes)
{
    struct variance_chain *chain = m->chain;
    struct variance_state *next = &chain->states[chain->n_steps + 1];
    chain->steps[chain->n_steps] = step;
    chain->same[chain->n_steps] = same;
    const bool ok = same ? copy_state(&chain->states[chain->n_steps], next, m->err)
                         : make_state(m, recipe, with_outcomes, next);
    chain->n_steps += ok ? 1 : 0;
    return ok;
}

static bool same_settings(const struct variance_side *a, const struct variance_side *b)
{
    return a->model == b->model && a->seed == b->seed && a->runs == b->runs && a->raw == b->raw &&
           a->short_breaks == b->short_breaks;
}

/* Compares what would be written. */
static bool same_trees(json_t *a, json_t *b, bool *same)
{
    const bool ok = a != NULL && b != NULL;
    *same = ok && json_equal(a, b) != 0;
    json_decref(a);
    json_decref(b);
    return ok;
}

static bool compare_sides(const struct variance_side *a, const struct variance_side *b, bool *prices,
                          bool *plan, struct err *err)
{
    bool fit = false;
    const struct scenario *one = a->choice.scenarios;
    const struct scenario *two = b->choice.scenarios;
    if (!same_trees(frozen_prices(&a->prices, err), frozen_prices(&b->prices, err), prices) ||
        !same_trees(frozen_scenario(&one[a->chosen], err), frozen_scenario(&two[b->chosen], err), plan) ||
        !same_trees(frozen_scenario(&one[0], err), frozen_scenario(&two[0], err), &fit))
        return false;
    *plan = *plan && fit;
    return true;
}

/* The first state: what the earlier side published, or its run. */
static bool begin(const struct making *m, struct recipe *recipe)
{
    struct variance_chain *chain = m->chain;
    const struct variance_side *a = chain->a;
    if (!a->is_folder)
        return make_state(m, recipe, true, &chain->states[0]);
    return variance_side_published(a, chain->by, chain->cost_from, chain->cost_to, &chain->states[0],
                                   m->err) &&
           add_step(m, VARIANCE_CORRECTIONS, recipe, false, true);
}

/* The later run from its files, with what is known of the months before it. */
static bool add_rest(const struct making *m, const struct variance_state *made)
{
    struct variance_chain *chain = m->chain;
    const struct variance_side *b = chain->b;
    struct variance_state *out = &chain->states[chain->n_steps + 1];
    day from = b->origin + 1 > chain->cost_from ? b->origin + 1 : chain->cost_from;
    if (!variance_side_published(b, chain->by, from, chain->cost_to, out, m->err))
        return false;
    for (int g = 0; g < VARIANCE_MEMBERS; g++) {
        out->value[VARIANCE_COST][g] += made->known[g];
        out->nights[g] += made->known_nights[g];
    }
    chain->steps[chain->n_steps] = VARIANCE_REST;
    chain->n_steps++;
    return true;
}

static bool walk(const struct making *m)
{
    struct variance_chain *chain = m->chain;
    const struct variance_side *a = chain->a;
    const struct variance_side *b = chain->b;
    const bool same_day = a->origin == b->origin;
    struct recipe recipe = {a, a, a, &a->prices, 0};
    bool same_prices = false;
    bool same_plan = false;
    if (!compare_sides(a, b, &same_prices, &same_plan, m->err) || !begin(m, &recipe))
        return false;
    recipe.settings = b;
    if (!add_step(m, VARIANCE_SETTINGS, &recipe, same_settings(a, b), false))
        return false;
    recipe.place = b;
    chain->holds_rates = b->model->holds_rates;
    recipe.unlearned_days = chain->holds_rates ? b->origin - a->origin : 0;
    if (!add_step(m, VARIANCE_DATA, &recipe, same_day, false))
        return false;
    recipe.unlearned_days = 0;
    if (!add_step(m, VARIANCE_RATES, &recipe, same_day || !chain->holds_rates, false))
        return false;
    recipe.prices = &b->prices;
    if (!add_step(m, VARIANCE_PRICES, &recipe, same_prices, false))
        return false;
    recipe.plan = b;
    return add_step(m, VARIANCE_PLAN, &recipe, same_plan, false) &&
           (!b->is_folder || add_rest(m, &chain->states[chain->n_steps]));
}

/* ---- what is asked ----------------------------------------------------------------------------------- */

static bool check_reach(const struct variance_side *side, day last, struct err *err)
{
    char text[DATE_TEXT];
    date_format_iso(last, text);
    const int32_t months = date_month_index(last) - date_month_index(side->origin);
    return months <= side->months ||
           err_set(err, ERR_USAGE,
                   "the forecast %s ends before %s; give an earlier --by, or forecast further", side->text,
                   text);
}

static bool set_period(struct variance_chain *chain, day by, struct err *err)
{
    const struct variance_side *a = chain->a;
    const struct variance_side *b = chain->b;
    if (a->origin > b->origin)
        return err_set(err, ERR_USAGE, "%s is later than %s: give the earlier forecast first", a->text,
                       b->text);
    chain->by = by == DAY_NONE ? date_year_end(date_financial_year(b->origin + 1)) : date_month_end(by, 0);
    if (chain->by <= a->origin)
        return err_set(err, ERR_USAGE, "--by must lie behind the day from which %s forecasts", a->text);
    chain->cost_to = date_year_end(date_financial_year(chain->by));
    chain->cost_from = date_year_end(date_financial_year(chain->by) - 1) + 1;
    chain->cost_from = chain->cost_from > a->origin ? chain->cost_from : a->origin + 1;
    return check_reach(a, chain->cost_to, err) && check_reach(b, chain->cost_to, err) &&
           (!b->is_folder || chain->by > b->origin ||
            err_set(err, ERR_USAGE, "--by must lie behind the day from which %s forecasts", b->text));
}

bool variance_chain_run(struct variance_chain *chain, struct app *app, struct store *store,
                        const struct options *options, const struct variance_side *a,
                        const struct variance_side *b, day by, struct err *err)
{
    *chain = (struct variance_chain){.a = a, .b = b, .outcome_from = DAY_NONE, .outcome_to = DAY_NONE};
    struct panel_source panel = {0};
    struct making m = {chain, app, store, options, &panel, err};
    const char *la = b->la_name[0] != '\0' ? b->la_name : options_text(options, "la");
    log_progress_start(&app->log);
    const bool ok =
        store_find_authority(store, la, &chain->authority, err) && set_period(chain, by, err) && walk(&m);
    log_progress_end(&app->log);
    panel_source_free(&panel);
    if (!ok)
        variance_chain_free(chain);
    return ok;
}
