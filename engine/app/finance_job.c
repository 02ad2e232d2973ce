/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is stored is loaded, every scenario is run with the same luck, and the report is made of the main one.
 */
#include "app/finance_job.h"

#include <stdlib.h>
#include <string.h>

#include "app/caution.h"
#include "app/finance_publish.h"
#include "app/help.h"
#include "app/run_choice.h"
#include "base/vec.h"

void finance_job_close(struct finance_job *job)
{
    log_progress_end(&job->app->log);
    for (size_t i = 0; i < job->n_futures; i++)
        finance_future_free(&job->futures[i]);
    free(job->futures);
    if (job->is_made)
        finance_free(&job->finance);
    if (job->has_work)
        plan_work_free(&job->work);
    if (job->has_before)
        finance_run_free(&job->before);
    if (job->run.fitted != NULL)
        run_close(&job->run);
    if (job->is_prepared)
        outlook_input_free(&job->known);
    if (job->is_loaded)
        outlook_free(&job->outlook);
    scenario_choice_free(&job->choice);
    price_book_free(&job->prices);
    panel_source_free(&job->panel);
    budget_rows_free(&job->budget);
    ledger_rows_free(&job->ledger);
    for (int i = 0; i < FINANCE_TABLE_COUNT; i++)
        table_free(&job->tables[i]);
    chart_set_free(&job->charts);
    text_free(&job->lead);
    arena_free(&job->texts);
    publish_free(&job->publish);
    store_close(job->store);
}

size_t finance_job_total(const struct finance_job *job)
{
    return job->finance.lines.n;
}

void finance_job_placement(const struct finance_job *job, size_t i, char out[PLACEMENT_SET_TEXT])
{
    out[0] = '\0';
    if (i < job->finance.lines.n)
        placement_set_format(job->finance.lines.items[i].groups, out);
}

const char *finance_job_line(const struct finance_job *job, size_t i)
{
    return i < job->finance.lines.n ? job->finance.lines.items[i].line : "all";
}

/* ---- loading ------------------------------------------------------------------------------------------ */

static bool load_outlook(struct finance_job *job, struct err *err)
{
    struct authority authority;
    const char *name = options_text(job->options, "model");
    const char *la = options_text(job->options, "la");
    if (la != NULL && strcmp(la, "all") == 0)
        return err_set(err, ERR_USAGE, "finance reports on one authority: give its name to --la");
    if (!store_find_authority(job->store, la, &authority, err))
        return false;
    if (!authority.has_returns)
        return err_set(
            err, ERR_NO_INPUT,
            "%s has published totals only; a finance report needs the children behind them, placement "
            "by placement: import its SSDA903 returns",
            authority.name);
    if (!(name != NULL ? run_choice_model(job->app, name, &job->model, err)
                       : run_choice_default(job->app, true, &job->panel, job->store, &job->model, err)) ||
        !outlook_load(&job->outlook, job->store, &authority, job->model, options_date(job->options, "from"),
                      options_has(job->options, "short-breaks"), err))
        return false;
    job->is_loaded = true;
    if (!job->outlook.has_history)
        return err_set(
            err, ERR_USAGE,
            "model %s works from published totals; a finance report needs nights by placement: use "
            "--model carepath",
            job->model->name);
    outlook_warn_of_prices(&job->outlook, &job->prices, &job->app->log);
    return store_load_budget(job->store, authority.la, &job->budget, err) &&
           store_load_ledger(job->store, authority.la, &job->ledger, err);
}

/* The year asked for, else that of the day after the data. */
static bool choose_year(struct finance_job *job, struct err *err)
{
    const char *text = options_text(job->options, "year");
    const struct outlook *outlook = &job->outlook;
    char first[DATE_TEXT], last[DATE_TEXT];
    const int32_t earliest = date_financial_year(outlook->history.start);
    const int32_t latest = date_financial_year(outlook->origin + 1);
    job->year = latest;
    if (text == NULL)
        return true;
    if (!amount_parse_year(str_of(text), &job->year))
        return err_set(err, ERR_USAGE, "--year %s is not a financial year, as in 2026-27", text);
    date_format_financial_year(earliest, first);
    date_format_financial_year(latest, last);
    return (job->year >= earliest && job->year <= latest) ||
           err_set(err, ERR_USAGE, "--year %s lies outside what can be reported on, %s to %s", text, first,
                   last);
}

/* The intervals that own backtests taught, where there are some. */
static bool find_intervals(struct finance_job *job, struct err *err)
{
    struct outlook *outlook = &job->outlook;
    if (!intervals_find(job->store, outlook->authority.la, job->model, &job->choice.scenarios[0].params,
                        options_has(job->options, "short-breaks"), job->run_options.raw, outlook->origin,
                        &outlook->intervals, err))
        return false;
    if (outlook->intervals.source != INTERVALS_RAW)
        job->run_options.calibration = &outlook->intervals.calibration;
    return true;
}

static bool prepare(struct finance_job *job, struct err *err)
{
    struct outlook *outlook = &job->outlook;
    const day end = date_year_end(job->year + FINANCE_YEARS - 1);
    job->months = date_month_index(end) - date_month_index(outlook->origin);
    job->run_options = (struct run_options){.replicates = (int32_t)options_integer(job->options, "runs"),
                                            .threads = run_choice_threads(job->options),
                                            .raw = options_has(job->options, "raw")};
    if (!run_choice_model(job->app, "last_value", &job->run_options.reference, err) ||
        !scenario_choice_make(job->options, job->model, job->store, options_date(job->options, "from"),
                              &job->app->log, &job->choice, err) ||
        !find_intervals(job, err) ||
        !outlook_input_make(outlook, job->months, (uint64_t)job->seed, &job->known, err))
        return false;
    job->is_prepared = true;
    population_words(job->known.input.population, outlook->exposure);
    if (!caution_find(outlook, job->store, err))
        return false;
    caution_add_point(outlook, job->model);
    if (outlook->caution[0] != '\0')
        log_warning(&job->app->log, "%s", outlook->caution);
    outlook->scenarios = job->choice.scenarios;
    outlook->n_scenarios = job->choice.n;
    outlook_choose(outlook);
    return true;
}

/* ---- running ------------------------------------------------------------------------------------------ */

static day until(const struct finance_job *job)
{
    const day from = options_date(job->options, "from");
    return from == DAY_NONE ? DAY_OPEN : from;
}

static int32_t lag(const struct finance_job *job)
{
    return (int32_t)options_integer(job->options, "ledger-lag");
}

/* Every scenario becomes years by group; its draws are not kept. */
static bool run_scenarios(struct finance_job *job, struct err *err)
{
    const struct outlook *outlook = &job->outlook;
    const int32_t closed = finance_closed_months(&job->ledger, job->year, until(job), lag(job));
    const struct scenario *scenarios = job->choice.scenarios;
    struct draws base = {0};
    job->futures = vec_new(job->choice.n, sizeof *job->futures, err);
    if (job->futures == NULL ||
        !run_open(&job->run, job->model, &job->known.input, &scenarios[outlook->base].params,
                  &job->run_options, &job->app->log, err) ||
        !run_scenario(&job->run, &scenarios[outlook->base], NULL, &job->prices, &base, err))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < job->choice.n; i++) {
        struct draws own = {0};
        if (i != outlook->base)
            ok = run_scenario(&job->run, &scenarios[i], &base, &job->prices, &own, err);
        ok = ok && finance_future_make(i == outlook->base ? &base : &own, job->year, outlook->origin, closed,
                                       FINANCE_YEARS, &job->futures[i], err);
        job->n_futures += ok;
        draws_free(&own);
    }
    draws_free(&base);
    return ok;
}

static bool make_report(struct finance_job *job, struct err *err)
{
    const struct finance_options options = {.year = job->year,
                                            .origin = job->outlook.origin,
                                            .until = until(job),
                                            .lag = lag(job),
                                            .years = FINANCE_YEARS,
                                            .seed = (uint64_t)job->seed,
                                            .prior = ledger_prior_default};
    if (!finance_make(&job->budget, &job->ledger, job->known.input.history, &job->prices,
                      &job->futures[job->outlook.main], &options, &job->finance, err))
        return false;
    job->is_made = true;
    job->data_date = job->outlook.origin;
    if (job->finance.lines.n_closed > 0 && job->finance.to_date > job->data_date)
        job->data_date = job->finance.to_date;
    return finance_run_before(job->store, job->outlook.authority.la, job->year,
                              job->choice.scenarios[job->outlook.main].name, job->data_date, &job->before,
                              &job->has_before, err);
}

bool finance_job_run(struct finance_job *job, struct err *err)
{
    log_progress_start(&job->app->log);
    const bool ok = store_load_prices(job->store, &job->prices, err) && load_outlook(job, err) &&
                    choose_year(job, err) && prepare(job, err) && run_scenarios(job, err) &&
                    make_report(job, err) && finance_publish_choose(job, err) && finance_job_ask(job, err);
    log_progress_end(&job->app->log);
    return ok;
}

/* ---- what is kept ------------------------------------------------------------------------------------- */

static bool fill_lines(const struct finance_job *job, struct finance_run *run, struct err *err)
{
    for (size_t i = 0; i < run->n; i++) {
        char placement[PLACEMENT_SET_TEXT];
        const struct finance_row *row = &job->finance.rows[i];
        finance_job_placement(job, i, placement);
        run->lines[i] = (struct finance_run_line){
            .line = finance_job_line(job, i),
            .placement = arena_copy(&run->texts, str_of(placement), err),
            .budget = row->budget,
            .actual = row->actual,
            .committed = row->committed,
            .outturn = row->outturn,
            .low = row->p10,
            .high = row->p90,
            .nights = row->nights1,
        };
        if (run->lines[i].placement == NULL)
            return false;
    }
    return true;
}

bool finance_job_keep(struct finance_job *job, struct err *err)
{
    struct err own = {0};
    struct finance_run run = {.la = job->outlook.authority.la,
                              .year = job->year,
                              .scenario = job->choice.scenarios[job->outlook.main].name,
                              .model = job->model->name,
                              .version = HELP_VERSION,
                              .data_date = job->data_date,
                              .seed = job->seed,
                              .runs = job->run_options.replicates,
                              .n = job->finance.lines.n};
    run.lines = vec_new(run.n, sizeof *run.lines, err);
    if (run.lines == NULL || !fill_lines(job, &run, err)) {
        finance_run_free(&run);
        return false;
    }
    store_close(job->store);
    job->store = store_open(job->app->database, STORE_WRITE, &own);
    if (job->store == NULL || !finance_run_put(job->store, &run, &own))
        log_warning(&job->app->log, "this report is not kept for next month's movement: %s", own.message);
    finance_run_free(&run);
    return true;
}
