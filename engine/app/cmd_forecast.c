/* SPDX-License-Identifier: GPL-3.0-or-later
 * forecast: scenarios on what is stored of one authority or of all, as tables, charts and a page.
 *
 * The folder is begun before the long work, so that a place that cannot be written is known at once. */
#include <stdlib.h>
#include <string.h>

#include "app/authority_folder.h"
#include "app/caution.h"
#include "app/command.h"
#include "app/forecast_assurance.h"
#include "app/forecast_difference.h"
#include "app/forecast_numbers.h"
#include "app/forecast_page.h"
#include "app/forecast_tables.h"
#include "app/forecast_workbook.h"
#include "app/help.h"
#include "app/manifest.h"
#include "app/market.h"
#include "app/outlook_publish.h"
#include "app/plan_work_chart.h"
#include "app/run_choice.h"
#include "app/scenario_choice.h"
#include "app/shared_options.h"
#include "app/show.h"
#include "base/vec.h"
#include "render/csv.h"

static const struct option_spec forecast_options[] = {
    OPTION_SCENARIO("What to forecast"),
    OPTION_SCENARIOS("What to forecast"),
    {.name = "plan",
     .argument = "NAME",
     .type = OPTION_TEXT,
     .words =
         "a stored plan: its effects bend the curve from its milestones on; as likely, best and worst beside "
         "the baseline, or in every --scenario that is no baseline",
     .group = "What to forecast"},
    {.name = "model",
     .argument = "NAME",
     .type = OPTION_TEXT,
     .words =
         "carepath when returns are stored; from published totals panel when at least 20 authorities are "
         "stored, else last_value; `turncurve list models` names all",
     .group = "What to forecast"},
    OPTION_FROM("What to forecast"),
    {.name = "months",
     .argument = "N",
     .type = OPTION_INTEGER,
     .fallback = "60",
     .low = 1,
     .high = 600,
     .words = "months to forecast",
     .group = "What to forecast"},
    OPTION_SHORT_BREAKS("What to forecast"),
    OPTION_RUNS("2000", 2, "simulated futures a scenario", "How to run it"),
    OPTION_SEED("another seed draws other futures", "How to run it"),
    OPTION_THREADS("How to run it"),
    OPTION_RAW("the model's own intervals, neither pooled nor scaled by what backtests taught",
               "How to run it"),
    {.name = "verify",
     .type = OPTION_FLAG,
     .words = "check in every simulated future that no child is lost",
     .group = "How to run it"},
    OPTION_ASSURANCE,
    OPTION_REPORTS("How to run it"),
    OPTIONS_PUBLISH,
};

/* Beyond so many authorities there are tables but no pictures. */
enum { CHARTED_MOST = 6, PROCESSES = 2 };

struct job {
    struct app *app;
    const struct options *options;
    struct store *store;
    const struct model *model;
    struct price_book prices;
    struct panel_source panel;
    struct scenario_choice choice;
    struct outlook *outlooks;                /* n of capacity */
    struct plan_work *works;                 /* of each outlook where a plan was joined; NULL none */
    struct capacity_report places;           /* of the only authority */
    struct table forecast, cost, difference; /* as they are written */
    size_t n, capacity;
    struct publish publish; /* of the only authority */
    struct forecast need;   /* its main scenario without limits on places, for the market statement */
    int32_t months, runs;
    int64_t seed;
    bool all;
};

static bool choose_model(struct job *job, bool any_returns, struct err *err)
{
    const char *name = options_text(job->options, "model");
    return name != NULL
               ? run_choice_model(job->app, name, &job->model, err)
               : run_choice_default(job->app, any_returns, &job->panel, job->store, &job->model, err);
}

static bool load_scenarios(struct job *job, struct err *err)
{
    return scenario_choice_make(job->options, job->model, job->store, options_date(job->options, "from"),
                                &job->app->log, &job->choice, err);
}

/* The intervals that own backtests taught, where there are some. */
static bool find_intervals(const struct job *job, struct outlook *outlook, struct run_options *run,
                           struct err *err)
{
    if (!intervals_find(job->store, outlook->authority.la, job->model, &job->choice.scenarios[0].params,
                        options_has(job->options, "short-breaks"), run->raw, outlook->origin,
                        &outlook->intervals, err))
        return false;
    if (outlook->intervals.source != INTERVALS_RAW)
        run->calibration = &outlook->intervals.calibration;
    if (outlook->intervals.source == INTERVALS_STALE)
        log_info(
            &job->app->log,
            "%s: files, parameters or the program have changed since the last backtest, so what it taught "
            "about intervals is not used; run \"turncurve backtest\" again",
            outlook->authority.name);
    return true;
}

/* The scenario whose plan is divided among its actions: the main one if it has the plan, else the first that
 * has. */
static const struct scenario *planned(const struct job *job, const struct outlook *outlook)
{
    const struct scenario *scenarios = job->choice.scenarios;
    if (job->choice.plan == NULL)
        return NULL;
    const char *name = job->choice.plan->plan.name;
    for (size_t i = 0; i <= job->choice.n; i++) {
        const struct scenario *scenario = &scenarios[i == 0 ? outlook->main : i - 1];
        if (scenario->plan != NULL && strcmp(scenario->plan, name) == 0)
            return scenario;
    }
    return NULL;
}

/* Which actions do the work; of one authority only, for it takes longer than a forecast. */
static bool divide_plan(struct job *job, const struct outlook *outlook, const struct run_options *run,
                        struct err *err)
{
    const struct scenario *scenario = planned(job, outlook);
    if (scenario == NULL || job->all)
        return true;
    job->works = vec_new(1, sizeof *job->works, err);
    return job->works != NULL &&
           plan_work_run(outlook, job->model, job->choice.plan, scenario, job->months, (uint64_t)job->seed,
                         &job->prices, run, &job->app->log, &job->works[0], err);
}

static bool forecast_one(struct job *job, const struct authority *authority, struct err *err)
{
    struct outlook *outlook = &job->outlooks[job->n];
    struct run_options run = {.replicates = job->runs,
                              .threads = run_choice_threads(job->options),
                              .raw = options_has(job->options, "raw"),
                              .verify = options_has(job->options, "verify")};
    if (!run_choice_model(job->app, "last_value", &run.reference, err) ||
        !outlook_load(outlook, job->store, authority, job->model, options_date(job->options, "from"),
                      options_has(job->options, "short-breaks"), err))
        return false;
    if (((job->model->needs & MODEL_NEEDS_PANEL) != 0 &&
         !panel_source_at(&job->panel, job->store, outlook->origin, &outlook->panel, err)) ||
        !find_intervals(job, outlook, &run, err) ||
        !outlook_run(outlook, job->model, job->months, (uint64_t)job->seed, job->choice.scenarios,
                     job->choice.n, &job->prices, &run, &job->app->log, err) ||
        !caution_find(outlook, job->store, err)) {
        outlook_free(outlook);
        return err_prefix(err, "%s", authority->name);
    }
    caution_add_point(outlook, job->model);
    outlook->targets = job->choice.plan == NULL ? NULL : &job->choice.plan->targets;
    if (outlook->caution[0] != '\0')
        log_warning(&job->app->log, "%s", outlook->caution);
    job->n++;
    if (job->publish.is_on) /* what actions do, and places, stay in the house */
        return outlook_publish(outlook, &job->publish, job->store, &job->app->log, err) &&
               market_run_need(outlook, job->model, job->months, (uint64_t)job->seed, &job->prices, &run,
                               &job->app->log, &job->need, err);
    return divide_plan(job, outlook, &run, err) &&
           (job->all || capacity_report_run(&job->places, outlook, job->model, job->months,
                                            (uint64_t)job->seed, &job->prices, &run, &job->app->log, err));
}

/* Every authority that the model can work on; those that it cannot are named and left out. */
static bool forecast_all(struct job *job, const struct authority authorities[], size_t n, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        struct err own = {0};
        if (log_is_stopped(&job->app->log))
            return err_set(err, ERR_INTERRUPTED, "stopped");
        log_progress(&job->app->log, "forecasting authorities", (int64_t)i, (int64_t)n);
        if (forecast_one(job, &authorities[i], &own))
            continue;
        if (own.code != ERR_NO_INPUT && own.code != ERR_DATA) {
            *err = own;
            return false;
        }
        log_info(&job->app->log, "left out: %s", own.message);
    }
    log_progress_end(&job->app->log);
    return job->n > 0 ||
           err_set(err, ERR_NO_INPUT, "no stored authority has what the model %s needs", job->model->name);
}

static bool forecast_authorities(struct job *job, struct err *err)
{
    struct authority *authorities = NULL;
    struct authority one;
    size_t n = 1;
    const char *la = options_text(job->options, "la");
    job->all = la != NULL && strcmp(la, "all") == 0;
    if (job->all && job->publish.is_on)
        return err_set(err, ERR_USAGE, "--publish goes with one authority; give --la a name");
    if (!forecast_assurance_check(options_has(job->options, "assurance"), job->all, job->publish.is_on, err))
        return false;
    bool ok = job->all ? store_authorities(job->store, &authorities, &n, err)
                       : store_find_authority(job->store, la, &one, err);
    const struct authority *list = job->all ? authorities : &one;
    bool any_returns = false;
    for (size_t i = 0; ok && i < n; i++)
        any_returns = any_returns || list[i].has_returns;
    ok = ok && choose_model(job, any_returns, err) && load_scenarios(job, err);
    job->outlooks = ok ? vec_new(n, sizeof *job->outlooks, err) : NULL;
    job->capacity = n;
    ok = job->outlooks != NULL;
    if (ok)
        ok = job->all ? forecast_all(job, list, n, err) : forecast_one(job, list, err);
    free(authorities);
    return ok;
}

static bool write_tables(struct job *job, struct folder *folder, struct err *err)
{
    forecast_table_init(&job->forecast, "forecast");
    forecast_table_init(&job->cost, "cost");
    forecast_table_init(&job->difference, "difference");
    bool ok = true;
    for (size_t i = 0; ok && i < job->n; i++)
        ok = forecast_table_add(&job->forecast, &job->outlooks[i], err) &&
             forecast_table_add_costs(&job->cost, &job->outlooks[i], err) &&
             forecast_table_add_differences(&job->difference, &job->outlooks[i], err);
    ok = ok && csv_save(folder, &job->forecast, err) && csv_save(folder, &job->cost, err) &&
         (job->choice.n < 2 || csv_save(folder, &job->difference, err)) &&
         (job->works == NULL || plan_work_write(&job->works[0], folder, err)) &&
         capacity_report_write(&job->places, folder, err);
    return ok;
}

static bool make_charts(const struct job *job, struct forecast_charts charts[], struct arena *texts,
                        struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < job->n; i++) {
        char prefix[AUTHORITY_PREFIX] = "";
        char known[DATE_TEXT];
        const struct outlook *outlook = &job->outlooks[i];
        if (job->all)
            authority_prefix(&outlook->authority, prefix);
        date_format_words(outlook->origin, known);
        const char *source = arena_format(texts, err, "Source: %s to %s; model %s; turncurve %s",
                                          outlook->has_history ? "returns" : "published yearly totals", known,
                                          job->model->name, HELP_VERSION);
        ok = source != NULL && forecast_charts_make(&charts[i], outlook, prefix, source, err);
    }
    return ok;
}

/* As typed it has paths, which are nobody's business outside. */
static const char *command_line(const struct job *job)
{
    return job->publish.is_on ? "turncurve forecast --publish" : job->app->command_line;
}

static bool write_market(const struct job *job, const char *source, struct folder *folder, struct err *err)
{
    const struct market_job market = {
        .outlook = &job->outlooks[0],
        .need = job->need.n_scenarios > 0 ? &job->need.scenarios[0] : NULL,
        .publish = &job->publish,
        .prices = &job->prices,
        .reports = options_text(job->options, "reports"),
        .source = source,
    };
    return !job->publish.is_on || market_write(&market, folder, &job->app->log, err);
}

/* Pictures, page and workbook. */
static bool write_page(struct job *job, struct folder *folder, struct err *err)
{
    struct arena texts = {0};
    struct forecast_page page = {
        .reports = options_text(job->options, "reports"),
        .command_line = command_line(job),
        .publish = job->publish.is_on ? &job->publish : NULL,
        .model = job->model,
        .prices = &job->prices,
        .runs = job->runs,
        .seed = job->seed,
        .plan = job->choice.plan,
        .n_outlooks = job->n,
    };
    const struct chart_options drawing = {.reports = page.reports, .processes = PROCESSES};
    const size_t n = job->n <= CHARTED_MOST ? job->n : 0;
    struct forecast_charts *charts = vec_new(n, sizeof *charts, err);
    struct chart_spec *specs =
        vec_new(n * FORECAST_CHART_COUNT + 1 + CAPACITY_REPORT_CHARTS, sizeof *specs, err);
    struct plan_work_chart waterfall = {0};
    const struct outlook **outlooks = vec_new(job->n, sizeof *outlooks, err);
    bool ok = charts != NULL && specs != NULL && outlooks != NULL;
    size_t n_specs = 0;
    if (ok && n > 0)
        ok = make_charts(job, charts, &texts, err);
    for (size_t i = 0; ok && i < n; i++)
        for (size_t c = 0; c < charts[i].n; c++)
            specs[n_specs++] = charts[i].specs[c];
    if (ok && n > 0 && job->works != NULL) {
        ok = plan_work_chart_make(&waterfall, &job->outlooks[0], &job->works[0], "",
                                  charts[0].specs[0].source, err);
        if (ok && waterfall.is_there)
            specs[n_specs++] = waterfall.spec;
        page.work = &job->works[0];
        page.waterfall = waterfall.is_there ? &waterfall.spec : NULL;
    }
    if (ok && n > 0)
        ok = capacity_report_draw(&job->places, &job->outlooks[0], charts[0].specs[0].source, err);
    for (size_t c = 0; ok && c < job->places.n_charts; c++)
        specs[n_specs++] = job->places.charts[c];
    page.capacity = &job->places;
    ok = ok && chart_draw(folder, specs, n_specs, &drawing, &job->app->log, &page.drawn, err);
    for (size_t i = 0; ok && i < job->n; i++)
        outlooks[i] = &job->outlooks[i];
    if (ok) {
        page.outlooks = outlooks;
        page.charts = n > 0 ? charts : NULL;
        const struct forecast_workbook workbook = {&page, job->store, &job->forecast, &job->cost,
                                                   &job->difference};
        ok = forecast_page_write(&page, folder, err) && forecast_workbook_write(&workbook, folder, err) &&
             write_market(job, n > 0 ? charts[0].specs[0].source : "", folder, err);
    }
    for (size_t i = 0; charts != NULL && i < n; i++)
        forecast_charts_free(&charts[i]);
    plan_work_chart_free(&waterfall);
    free(charts);
    free(specs);
    free(outlooks);
    arena_free(&texts);
    return ok;
}

static bool write_manifest(const struct job *job, struct folder *folder, double started, struct err *err)
{
    struct table intervals;
    struct table control = {0};
    intervals_table_init(&intervals);
    const char **names = vec_new(2 * job->n, sizeof *names, err);
    const char **exposures = names != NULL ? names + job->n : NULL;
    bool ok = names != NULL;
    for (size_t i = 0; ok && i < job->n; i++) {
        names[i] = job->outlooks[i].authority.name;
        exposures[i] = job->outlooks[i].exposure;
        ok = intervals_table_add(&intervals, names[i], &job->outlooks[i].intervals, err);
    }
    const struct manifest manifest = {
        .command_line = command_line(job),
        .published = job->publish.is_on,
        .model = job->model,
        .scenarios = job->choice.scenarios,
        .n_scenarios = job->choice.n,
        .prices = job->publish.is_on ? NULL : &job->prices,
        .origin = job->outlooks[0].origin,
        .months = job->months,
        .runs = job->runs,
        .seed = job->seed,
        .short_breaks = options_has(job->options, "short-breaks"),
        .raw = options_has(job->options, "raw"),
        .authorities = names,
        .n_authorities = job->n,
        .exposures = (job->model->needs & MODEL_TAKES_POPULATION) != 0 ? exposures : NULL,
        .tables = {&intervals, &control},
        .n_tables = job->publish.is_on ? 2 : 1,
        .run_seconds = run_choice_seconds() - started,
    };
    ok = ok && (!job->publish.is_on || publish_table(&job->publish, &control, err)) &&
         manifest_write(&manifest, job->store, folder, err);
    table_free(&intervals);
    table_free(&control);
    free(names);
    return ok;
}

static void job_free(struct job *job)
{
    for (size_t i = 0; i < job->n; i++)
        outlook_free(&job->outlooks[i]);
    if (job->works != NULL)
        plan_work_free(&job->works[0]);
    free(job->works);
    capacity_report_free(&job->places);
    publish_free(&job->publish);
    forecast_free(&job->need);
    table_free(&job->forecast);
    table_free(&job->cost);
    table_free(&job->difference);
    scenario_choice_free(&job->choice);
    free(job->outlooks);
    price_book_free(&job->prices);
    panel_source_free(&job->panel);
    store_close(job->store);
}

static bool show(const struct job *job, struct err *err)
{
    struct table summary = {0};
    struct table difference = {0};
    bool ok =
        forecast_summary_table(&summary, job->outlooks, job->n, err) && show_table(job->app, &summary, err);
    /* as JSON one table is enough: the rest is in difference.csv */
    if (ok && job->choice.n > 1 && !job->app->json) {
        fprintf(job->app->out, "\nChildren looked after, less the first scenario's in the same futures:\n");
        ok = forecast_difference_summary(&difference, job->outlooks, job->n, err) &&
             show_table(job->app, &difference, err);
    }
    table_free(&summary);
    table_free(&difference);
    return ok;
}

static bool forecast_command(struct app *app, const struct options *options, struct err *err)
{
    const double started = run_choice_seconds();
    struct folder folder = {0};
    struct job job = {
        .app = app,
        .options = options,
        .months = (int32_t)options_integer(options, "months"),
        .runs = (int32_t)options_integer(options, "runs"),
        .seed = options_integer(options, "seed"),
    };
    if (!publish_begin(&job.publish, options, err))
        return false;
    job.store = store_open(app->database, STORE_READ, err);
    bool ok = job.store != NULL && store_load_prices(job.store, &job.prices, err) &&
              folder_begin(&folder, options_out(options), err) && forecast_authorities(&job, err) &&
              write_tables(&job, &folder, err) && write_page(&job, &folder, err) &&
              (!options_has(options, "assurance") ||
               forecast_assurance_write(app, options, job.store, &job.outlooks[0], job.model, &job.prices,
                                        &folder, err)) &&
              write_manifest(&job, &folder, started, err) &&
              (!job.publish.is_on ||
               publish_record(&job.publish, app->database, job.outlooks[0].authority.la, err));
    if (ok)
        ok = folder_commit(&folder, err) && show(&job, err);
    else
        folder_abandon(&folder);
    if (ok && !app->json)
        fprintf(app->out, "open %s/index.html\n", options_out(options));
    job_free(&job);
    return ok;
}

const struct command command_forecast = {
    .name = "forecast",
    .one_line = "numbers, placements and cost to come, scenario by scenario",
    .arguments = "",
    .about = "Forecasts children looked after, entries, exits, placements and cost month by month from what "
             "is stored, under "
             "one or several scenarios that share their luck, so that differences between them are their "
             "own. Writes "
             "tables, charts and a page that explains itself. --la all forecasts every authority that the "
             "model can "
             "work on; up to six have charts.",
    .examples = "turncurve forecast                          # the baseline for five years\n"
                "turncurve forecast --scenario baseline --scenario likely   # a plan beside it\n"
                "turncurve forecast --la Leeds --from 2016-03-31    # as it was known then\n"
                "turncurve forecast --plan leeds-2012       # what a stored plan is expected to bring",
    .files =
        "out/forecast/index.html     findings, charts, tables, assumptions\n"
        "out/forecast/forecast.csv   numbers by measure, group and month\n"
        "out/forecast/cost.csv       cost by placement and month, pounds\n"
        "out/forecast/difference.csv each later scenario less the first\n"
        "out/forecast/capacity.csv   where places are limited: places, children in them, overflow, its cost\n"
        "out/forecast/attribution.csv with --plan: each action's part of the plan's effect\n"
        "out/forecast/slippage.csv   with --plan: what a quarter's delay of each milestone costs\n"
        "out/forecast/market.html    with --publish: need against places, with market.csv\n"
        "out/forecast/forecast.xlsx  findings, figures, assumptions and charts as a workbook\n"
        "out/forecast/manifest.json  inputs, parameters, seed: what is needed to make it again\n"
        "out/forecast/assurance.html with --assurance: purpose, data log, verification, validation, limits,\n"
        "                            sign-off; assumptions.csv: the register with what each one moves\n"
        "out/forecast/NAME.svg .png  the charts",
    .options = forecast_options,
    .n_options = sizeof forecast_options / sizeof forecast_options[0],
    .run = forecast_command,
};
