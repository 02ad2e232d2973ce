/* SPDX-License-Identifier: GPL-3.0-or-later
 * Actions that began in the same month share one baseline: it is run once. Prices do not vary, so that what
 * costs differ by is children. */
#include "app/plan_worked_rows.h"

#include <stdlib.h>
#include <string.h>

#include "app/outlook.h"
#include "app/run_choice.h"
#include "base/vec.h"

struct work {
    struct app *app;
    const struct options *options;
    struct store *store;
    const struct model *model, *reference;
    struct price_book prices;
    struct outlook outlook;
    struct scenario base, plan; /* the baseline; the same with the plan's levers */
    int32_t *owner;             /* [levers of plan] the action of each */
    struct plan_worked *out;
    struct err *err;
};

/* What is run from one origin. */
struct trial {
    struct outlook_input known;
    struct intervals intervals;
    struct run_options options;
    struct run run;
    struct draws draws;
    pence cost; /* what happened cost */
};

void plan_worked_close(struct plan_worked *worked)
{
    if (worked == NULL)
        return;
    plan_choices_free(&worked->choices);
    free(worked->rows);
    free(worked->actions);
    free(worked);
}

/* ---- what has begun --------------------------------------------------------------------------------------
 */

static bool has_begun(const struct lever *lever, day end)
{
    return lever->kind != LEVER_OUTCOME && lever->start != DAY_NONE && lever->slip.past_due == 0 &&
           lever->start <= end;
}

/* The last month end before a day. */
static day month_before(day date)
{
    return date_month_start(date, 0) - 1;
}

/* Actions with a lever that has begun, each from its first. Levers that have begun do not slip any more. */
static bool list_actions(struct work *w)
{
    const struct plan *plan = &w->out->joined->plan;
    const size_t length = strlen(plan->name) + 1;
    w->owner = vec_new(w->plan.n_levers, sizeof *w->owner, w->err);
    w->out->actions = vec_new(plan->n_actions, sizeof *w->out->actions, w->err);
    if (w->owner == NULL || w->out->actions == NULL)
        return false;
    for (size_t i = 0; i < w->plan.n_levers; i++)
        w->owner[i] = plan_find_action(plan, str_of(w->plan.levers[i].action + length));
    for (size_t a = 0; a < plan->n_actions; a++) {
        day began = DAY_OPEN;
        for (size_t i = 0; i < w->plan.n_levers; i++) {
            struct lever *lever = &w->plan.levers[i];
            if (w->owner[i] != (int32_t)a || !has_begun(lever, w->out->end))
                continue;
            lever->slip = (struct slip){0};
            began = lever->start < began ? lever->start : began;
        }
        if (began != DAY_OPEN)
            w->out->actions[w->out->n_actions++] = (struct plan_worked_action){
                .i_action = (int32_t)a, .began = began, .origin = month_before(began)};
    }
    return true;
}

/* ---- one origin ------------------------------------------------------------------------------------------
 */

static void close_trial(struct trial *trial)
{
    draws_free(&trial->draws);
    if (trial->run.model != NULL)
        run_close(&trial->run);
    outlook_input_free(&trial->known);
}

/* Fits the model to what was known, and runs the baseline. */
static bool open_trial(struct work *w, struct trial *trial)
{
    const struct outlook *outlook = &w->outlook;
    const int32_t months = date_month_index(w->out->end) - date_month_index(outlook->origin);
    const uint64_t seed = (uint64_t)options_integer(w->options, "seed");
    *trial = (struct trial){.options = {.replicates = (int32_t)options_integer(w->options, "runs"),
                                        .threads = run_choice_threads(w->options),
                                        .reference = w->reference}};
    if (!outlook_input_make(outlook, months, seed, &trial->known, w->err) ||
        !intervals_find(w->store, outlook->authority.la, w->model, &w->base.params, false, false,
                        outlook->origin, &trial->intervals, w->err))
        return false;
    if (trial->intervals.source != INTERVALS_RAW)
        trial->options.calibration = &trial->intervals.calibration;
    return run_open(&trial->run, w->model, &trial->known.input, &w->base.params, &trial->options,
                    &w->app->log, w->err) &&
           run_scenario(&trial->run, &w->base, NULL, &w->prices, &trial->draws, w->err) &&
           worked_cost(&trial->run, &w->base, &w->prices, &outlook->counts, &trial->cost, w->err);
}

/* Pounds a future costs in the mean. */
static bool mean_cost(const struct draws *draws, double *out, struct err *err)
{
    const size_t n = (size_t)draws->replicates;
    double *values = vec_new(n, sizeof *values, err);
    if (values == NULL)
        return false;
    draws_values(draws, MEASURE_COST, (struct group){GROUP_ALL, 0}, 0, draws->months - 1, values);
    *out = 0;
    for (size_t r = 0; r < n; r++)
        *out += values[r] / (double)n / 100;
    free(values);
    return true;
}

/* What the action alone was to save, in the same futures. */
static bool find_savings(struct work *w, struct trial *trial, struct plan_worked_action *action)
{
    struct draws draws = {0};
    struct scenario alone = w->plan; /* flat: nothing in it is freed */
    double baseline = 0;
    double with_it = 0;
    alone.levers = vec_new(w->plan.n_levers, sizeof *alone.levers, w->err);
    alone.n_levers = 0;
    if (alone.levers == NULL)
        return false;
    for (size_t i = 0; i < w->plan.n_levers; i++)
        if (w->owner[i] == action->i_action)
            alone.levers[alone.n_levers++] = w->plan.levers[i];
    const bool ok = run_scenario(&trial->run, &alone, &trial->draws, &w->prices, &draws, w->err) &&
                    mean_cost(&trial->draws, &baseline, w->err) && mean_cost(&draws, &with_it, w->err);
    draws_free(&draws);
    free(alone.levers);
    action->expected = baseline - with_it;
    action->seen = baseline - (double)trial->cost / 100;
    return ok;
}

static struct plan_worked_row *add_row(struct work *w, const struct plan_worked_action *action)
{
    struct plan_worked *out = w->out;
    if (!vec_reserve((void **)&out->rows, &out->rows_capacity, out->n_rows + 1, sizeof *out->rows, w->err))
        return NULL;
    out->rows[out->n_rows] = (struct plan_worked_row){
        .i_action = action->i_action, .began = action->began, .origin = action->origin};
    return &out->rows[out->n_rows++];
}

static bool is_asked(const struct plan_worked *out, size_t from, const struct worked_question *question)
{
    for (size_t i = from; i < out->n_rows; i++)
        if (out->rows[i].question.measure == question->measure &&
            strcmp(out->rows[i].question.text, question->text) == 0)
            return true;
    return false;
}

static bool ask(struct work *w, const struct trial *trial, const struct plan_worked_action *action,
                size_t from, struct worked_question question)
{
    struct worked found;
    if (!worked_find(&trial->draws, &w->outlook.counts, w->outlook.origin, &question, trial->cost, &found,
                     w->err))
        return false;
    if (is_asked(w->out, from, &question))
        return true;
    struct plan_worked_row *row = add_row(w, action);
    if (row == NULL)
        return false;
    row->question = question;
    row->found = found;
    row->found.is_early = found.is_early || w->out->end - action->began < WORKED_LEAST_DAYS;
    row->is_known = true;
    return true;
}

static bool ask_all(struct work *w, struct trial *trial, struct plan_worked_action *action)
{
    const size_t from = w->out->n_rows;
    bool ok = ask(w, trial, action, from, worked_of_all(MEASURE_STOCK));
    for (size_t i = 0; ok && i < w->plan.n_levers; i++) {
        struct worked_question question;
        if (w->owner[i] == action->i_action && has_begun(&w->plan.levers[i], w->out->end) &&
            worked_of_lever(&w->plan.levers[i], &question))
            ok = ask(w, trial, action, from, question);
    }
    action->is_known = true;
    return ok && ask(w, trial, action, from, worked_of_all(MEASURE_COST)) && find_savings(w, trial, action);
}

/* All actions of one origin, their rows one after the other. */
static bool try_origin(struct work *w, day origin)
{
    struct trial trial = {0};
    struct err own = {0};
    struct err *outer = w->err;
    bool known = origin >= date_month_end(w->outlook.history.start, 0);
    bool ok = true;
    w->outlook.origin = origin;
    if (known) {
        w->err = &own;
        known = open_trial(w, &trial);
        w->err = outer;
        ok = known || own.code == ERR_DATA || own.code == ERR_NO_INPUT;
        if (!ok)
            *outer = own;
    }
    for (size_t i = 0; ok && i < w->out->n_actions; i++) {
        struct plan_worked_action *action = &w->out->actions[i];
        if (action->origin != origin)
            continue;
        ok = known ? ask_all(w, &trial, action) : add_row(w, action) != NULL;
        if (ok && !known)
            w->out->rows[w->out->n_rows - 1].question = worked_of_all(MEASURE_STOCK);
    }
    close_trial(&trial);
    return ok;
}

/* By action; rows of one action stay in their order: stock, flows, cost. */
static bool order_rows(struct plan_worked *out, struct err *err)
{
    struct plan_worked_row *rows = vec_new(out->n_rows, sizeof *rows, err);
    size_t n = 0;
    if (rows == NULL)
        return false;
    for (size_t a = 0; a < out->n_actions; a++)
        for (size_t i = 0; i < out->n_rows; i++)
            if (out->rows[i].i_action == out->actions[a].i_action)
                rows[n++] = out->rows[i];
    free(out->rows);
    out->rows = rows;
    return true;
}

static bool try_all(struct work *w)
{
    bool ok = true;
    log_progress_start(&w->app->log);
    for (size_t i = 0; ok && i < w->out->n_actions; i++) {
        bool is_first = true;
        for (size_t k = 0; k < i; k++)
            is_first = is_first && w->out->actions[k].origin != w->out->actions[i].origin;
        ok = !is_first || try_origin(w, w->out->actions[i].origin);
    }
    log_progress_end(&w->app->log);
    return ok && order_rows(w->out, w->err);
}

/* ---- all together ----------------------------------------------------------------------------------------
 */

static bool load_plan(struct work *w)
{
    struct joined_plan *joined = NULL;
    const char *name = options_n_arguments(w->options) > 0 ? options_argument(w->options, 0) : NULL;
    if (!plan_choices_load(&w->out->choices, w->store, name, options_date(w->options, "as-of"), &joined,
                           w->err))
        return false;
    w->out->joined = joined;
    for (int i = 0; i < 2; i++) {
        struct scenario *scenario = i == 0 ? &w->base : &w->plan;
        if (!scenario_load(scenario, "baseline", NULL, w->model->params, w->model->n_params, w->err) ||
            !params_set(&scenario->params, str_of("price_uplift_sd_pct"), 0, PARAM_SET, "plan --worked",
                        w->err))
            return false;
    }
    w->plan.stance = STANCE_LIKELY;
    return plan_choices_add(joined, &w->plan, &w->app->log, w->err);
}

static bool load_authority(struct work *w)
{
    struct authority authority;
    if (!store_find_authority(w->store, options_text(w->options, "la"), &authority, w->err))
        return false;
    if (!authority.has_returns)
        return err_set(w->err, ERR_NO_INPUT,
                       "whether a plan worked is asked of returns, and none are stored of %s",
                       authority.name);
    return outlook_load(&w->outlook, w->store, &authority, w->model, DAY_NONE, false, w->err);
}

struct plan_worked *plan_worked_open(struct app *app, const struct options *options, struct store *store,
                                     struct err *err)
{
    struct work w = {.app = app, .options = options, .store = store, .err = err};
    w.out = vec_new(1, sizeof *w.out, err);
    bool ok = w.out != NULL && run_choice_model(app, "carepath", &w.model, err) &&
              run_choice_model(app, "last_value", &w.reference, err) &&
              store_load_prices(store, &w.prices, err) && load_authority(&w) && load_plan(&w);
    if (ok) {
        w.out->end = w.outlook.history.end;
        ok = list_actions(&w) && try_all(&w);
    }
    scenario_free(&w.base);
    scenario_free(&w.plan);
    outlook_free(&w.outlook);
    price_book_free(&w.prices);
    free(w.owner);
    if (ok)
        return w.out;
    plan_worked_close(w.out);
    return NULL;
}
