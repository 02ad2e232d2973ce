/* SPDX-License-Identifier: GPL-3.0-or-later
 * What each decision of a plan brings, and what if: the questions beside the report. */
#include <math.h>
#include <string.h>

#include "app/finance_publish.h"
#include "sim/where_text.h"
#include "study/levered.h"

enum { NIGHTS_A_WEEK = 7, TEN = 10, SENSITIVITY_RUNS = 200, DELAYS_MOST = 4, PENCE = 100 };
static const double entries_more = .05;
static const double price_more = .01;

/* ---- decisions ---------------------------------------------------------------------------------------- */

/* The scenario whose plan is divided among its actions: the main one if it has the plan, else the first that
 * has. */
static const struct scenario *planned(const struct finance_job *job)
{
    const struct scenario *scenarios = job->choice.scenarios;
    if (job->choice.plan == NULL)
        return NULL;
    const char *name = job->choice.plan->plan.name;
    for (size_t i = 0; i <= job->choice.n; i++) {
        const struct scenario *scenario = &scenarios[i == 0 ? job->outlook.main : i - 1];
        if (scenario->plan != NULL && strcmp(scenario->plan, name) == 0)
            return scenario;
    }
    return NULL;
}

static bool divide_plan(struct finance_job *job, struct err *err)
{
    const struct scenario *scenario = planned(job);
    const day next = date_year_end(job->year + 1);
    const int32_t months = date_month_index(next) - date_month_index(job->outlook.origin);
    if (scenario == NULL || job->publish.is_on) /* what actions do stays in the house */
        return true;
    job->has_work =
        plan_work_run(&job->outlook, job->model, job->choice.plan, scenario, months, (uint64_t)job->seed,
                      &job->prices, &job->run_options, &job->app->log, &job->work, err);
    return job->has_work;
}

/* ---- what if ------------------------------------------------------------------------------------------ */

static pence to_pence(double value)
{
    return (pence)floor(value + .5);
}

/* Days from the day after what is known to the year's end. */
static double days_left(const struct finance_job *job)
{
    const double days = date_year_end(job->year) - job->outlook.origin;
    return fmin(fmax(days, 0), date_year_end(job->year) - date_year_end(job->year - 1));
}

static void add(struct finance_job *job, const char *question, const char *basis, bool is_known,
                double rest_of_year, double full_year)
{
    bug_if(job->n_sensitivities == FINANCE_QUESTIONS);
    job->sensitivities[job->n_sensitivities++] =
        (struct finance_sensitivity){.question = question,
                                     .basis = basis,
                                     .is_known = is_known,
                                     .has_rest = is_known,
                                     .rest_of_year = to_pence(rest_of_year),
                                     .full_year = to_pence(full_year)};
}

/* A weekly price for so many children, for the rest of the year and for a whole one. */
static bool add_children(struct finance_job *job, const char *question, double weekly, bool is_known,
                         bool may_be_told, struct err *err)
{
    if (!may_be_told) {
        add(job, question, finance_publish_why, false, 0, 0);
        return true;
    }
    const double year = date_year_end(job->year + 1) - date_year_end(job->year);
    char price[OUTLOOK_NUMBER];
    outlook_exact(fabs(weekly) / PENCE, price);
    const char *basis = is_known ? arena_format(&job->texts, err, "£%s a week now", price)
                                 : "nobody is placed there now, so there is no price of one's own";
    if (basis != NULL)
        add(job, question, basis, is_known, weekly * days_left(job) / NIGHTS_A_WEEK,
            weekly * year / NIGHTS_A_WEEK);
    return basis != NULL;
}

static bool add_prices(struct finance_job *job, struct err *err)
{
    const double home = finance_weekly(&job->finance, PLACEMENT_RES_EXTERNAL);
    const double agency = finance_weekly(&job->finance, PLACEMENT_FOSTER_IFA);
    const double own = finance_weekly(&job->finance, PLACEMENT_FOSTER_INHOUSE);
    const double homes = home * (double)job->finance.known.children[PLACEMENT_RES_EXTERNAL];
    const bool tells_home = finance_publish_shows_group(job, PLACEMENT_RES_EXTERNAL);
    const bool tells_fostering = finance_publish_shows_group(job, PLACEMENT_FOSTER_IFA) &&
                                 finance_publish_shows_group(job, PLACEMENT_FOSTER_INHOUSE);
    return add_children(job, "One more child in an external children's home", home, home > 0, tells_home,
                        err) &&
           add_children(job, "One fewer child in an external children's home", -home, home > 0, tells_home,
                        err) &&
           add_children(job, "Ten children from agency to in-house fostering", TEN * (own - agency),
                        own > 0 && agency > 0, tells_fostering, err) &&
           add_children(job, "Prices of external children's homes 1 % higher", price_more * homes, home > 0,
                        tells_home, err);
}

/* Mean cost of the rest of the report's year and of the next, pence. */
static bool mean_costs(const struct finance_job *job, const struct draws *draws, double out[2],
                       struct err *err)
{
    struct finance_future future = {0};
    if (!finance_future_make(draws, job->year, job->outlook.origin, 0, 2, &future, err))
        return false;
    out[0] = out[1] = 0;
    for (size_t k = 0; k < (size_t)PLACEMENT_COUNT * (size_t)future.replicates; k++) {
        out[0] += future.rest[k] / future.replicates;
        out[1] += future.n_years > 1 ? future.later[k] / future.replicates : 0;
    }
    finance_future_free(&future);
    return true;
}

/* Five per cent more entries from now on, against the same futures without. */
static bool add_entries(struct finance_job *job, struct err *err)
{
    const struct where where = where_all();
    const struct scenario *main = &job->choice.scenarios[job->outlook.main];
    const struct lever lever =
        levered_lever("five-per-cent-more-entries", LEVER_ENTRIES, &where, EFFECT_FACTOR, entries_more);
    const struct run_options all = job->run_options;
    struct run_options few = all;
    struct scenario levered = {0};
    struct draws with = {0}, without = {0};
    double more[2] = {0}, same[2] = {0};
    few.replicates = few.replicates < SENSITIVITY_RUNS ? few.replicates : SENSITIVITY_RUNS;
    few.raw = true;
    if ((job->model->lever_kinds >> LEVER_ENTRIES & 1U) == 0)
        return true;
    job->run.options = &few;
    const bool ok = levered_make(main, &lever, 1, &levered, err) &&
                    run_scenario(&job->run, main, NULL, &job->prices, &without, err) &&
                    run_scenario(&job->run, &levered, NULL, &job->prices, &with, err) &&
                    mean_costs(job, &with, more, err) && mean_costs(job, &without, same, err);
    job->run.options = &job->run_options;
    if (ok)
        add(job, "Entries 5 % higher from now on",
            "simulated in the same futures; the whole year is the next one", true, more[0] - same[0],
            more[1] - same[1]);
    draws_free(&with);
    draws_free(&without);
    levered_free(&levered);
    return ok;
}

/* The milestones of the plan whose delay costs most. */
static bool add_delays(struct finance_job *job, struct err *err)
{
    const size_t n = job->has_work ? job->work.n_milestones : 0;
    for (size_t i = 0; i < n && i < DELAYS_MOST; i++) {
        const struct plan_work_milestone *milestone = &job->work.milestones[i];
        const struct plan_row *row = &job->choice.plan->plan.rows[milestone->i_row];
        char error[OUTLOOK_NUMBER];
        outlook_pounds(milestone->cost.pounds_error, error);
        const char *question =
            arena_format(&job->texts, err, "A quarter's delay of %s: %.60s", row->ref,
                         row->text[PLAN_TEXT_MILESTONE][0] != '\0' ? row->text[PLAN_TEXT_MILESTONE]
                                                                   : row->text[PLAN_TEXT_ACTION]);
        const char *basis = arena_format(
            &job->texts, err, "simulated in %d futures, this year and the next together, standard error %s",
            (int)job->work.delay_replicates, error);
        if (question == NULL || basis == NULL)
            return false;
        add(job, question, basis, true, 0, milestone->cost.pounds * PENCE);
        job->sensitivities[job->n_sensitivities - 1].has_rest = false;
    }
    return true;
}

bool finance_job_ask(struct finance_job *job, struct err *err)
{
    return divide_plan(job, err) && add_prices(job, err) && add_entries(job, err) && add_delays(job, err);
}
