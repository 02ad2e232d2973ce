/* SPDX-License-Identifier: GPL-3.0-or-later
 * The sensitivity runs as the forecast ran: same luck, same scaling of intervals. */
#include "app/forecast_assurance.h"

#include "app/options.h"
#include "app/run_choice.h"

enum { YEAR = 12 };

/* As many futures as the forecast's, but no more than tell one assumption from another. */
static bool run_as(const struct assurance *ask, const struct app *app, const struct options *options,
                   struct run_options *out, struct err *err)
{
    *out = (struct run_options){
        .replicates = ask->runs < ASSURANCE_RUNS ? ask->runs : ASSURANCE_RUNS,
        .threads = run_choice_threads(options),
        .raw = options_has(options, "raw"),
        .calibration =
            ask->outlook->intervals.source != INTERVALS_RAW ? &ask->outlook->intervals.calibration : NULL,
    };
    return run_choice_model(app, "last_value", &out->reference, err);
}

bool forecast_assurance_check(bool wanted, bool all, bool publish, struct err *err)
{
    if (wanted && all)
        return err_set(err, ERR_USAGE, "--assurance is of one authority: give its name to --la");
    return !wanted || !publish ||
           err_set(err, ERR_USAGE,
                   "--assurance is for those who answer for the forecast, and holds small numbers: not with "
                   "--publish");
}

bool forecast_assurance_write(struct app *app, const struct options *options, struct store *store,
                              const struct outlook *outlook, const struct model *model,
                              const struct price_book *prices, struct folder *folder, struct err *err)
{
    struct assurance ask = {
        .store = store,
        .outlook = outlook,
        .model = model,
        .scenarios = outlook->scenarios,
        .n_scenarios = outlook->n_scenarios,
        .prices = prices,
        .months = (int32_t)options_integer(options, "months"),
        .runs = (int32_t)options_integer(options, "runs"),
        .seed = options_integer(options, "seed"),
        .short_breaks = options_has(options, "short-breaks"),
        .reports = options_text(options, "reports"),
        .command_line = app->command_line,
    };
    const day year = date_year_end(date_financial_year(date_month_end(outlook->origin, YEAR)));
    const day last = date_month_end(outlook->origin, ask.months);
    struct sensitivity_job work = {
        .outlook = outlook,
        .model = model,
        .scenario = &outlook->scenarios[outlook->main],
        .prices = prices,
        .targets = outlook->targets,
        .by = year < last ? year : last,
        .seed = ask.seed,
        .log = &app->log,
    };
    work.months = date_month_index(work.by) - date_month_index(outlook->origin);
    ask.work = &work;
    ask.has_cost = (model->needs & MODEL_NEEDS_HISTORY) != 0 && work.months >= YEAR;
    const bool ok = run_as(&ask, app, options, &work.options, err) &&
                    (!ask.has_cost || sensitivity_job_ask(&work, "cost", err)) &&
                    sensitivity_job_ask(&work, "stock", err) && sensitivity_job_run(&work, err) &&
                    assurance_write(&ask, folder, err);
    sensitivity_job_free(&work);
    return ok;
}
