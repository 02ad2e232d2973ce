/* SPDX-License-Identifier: GPL-3.0-or-later
 * sensitivity: which assumptions matter. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/caution.h"
#include "app/manifest.h"
#include "app/options.h"
#include "app/run_choice.h"
#include "app/scenario_choice.h"
#include "app/sensitivity_job.h"
#include "app/shared_options.h"
#include "app/show.h"
#include "base/parse.h"
#include "base/vec.h"
#include "store/council.h"

static const struct option_spec sensitivity_options[] = {
    {.name = "on",
     .argument = "QUANTITY",
     .type = OPTION_TEXT,
     .repeatable = true,
     .words =
         "what is looked at: cost (of the twelve months to --by), stock, saving (cost against the baseline), "
         "a placement group (children in it), or a quantity such as exits:route:home; cost and stock when "
         "not "
         "given",
     .group = "What to ask"},
    {.name = "by",
     .argument = "DATE",
     .type = OPTION_DATE,
     .words = "at the end of this month; the end of the first whole financial year ahead when not given",
     .group = "What to ask"},
    {.name = "limit",
     .argument = "VALUE",
     .type = OPTION_TEXT,
     .words = "budget or target of the first --on: at which value of each assumption it is reached; when not "
              "given: for the cost of a financial year the stored budget of its placements, else a target of "
              "the plan for that date, and no saving for --on saving",
     .group = "What to ask"},
    OPTION_SCENARIO("What to forecast"),
    OPTION_SCENARIOS("What to forecast"),
    {.name = "plan",
     .argument = "NAME",
     .type = OPTION_TEXT,
     .words = "a stored plan, as likely: its effects and delays are assumptions too",
     .group = "What to forecast"},
    OPTION_MODEL("What to forecast"),
    OPTION_FROM("What to forecast"),
    OPTION_SHORT_BREAKS("What to forecast"),
    OPTION_RUNS("300", 2, "simulated futures of the base and of each end of a range", "How to run it"),
    OPTION_SEED("another seed draws other futures", "How to run it"),
    OPTION_THREADS("How to run it"),
    OPTION_RAW("the model's own intervals, neither pooled nor scaled by what backtests taught",
               "How to run it"),
    OPTION_REPORTS("How to run it"),
};

struct job {
    struct app *app;
    const struct options *options;
    struct store *store;
    struct price_book prices;
    struct panel_source panel;
    struct scenario_choice choice;
    struct outlook outlook;
    struct sensitivity_job work;
    bool is_loaded;
};

static bool load_outlook(struct job *job, struct err *err)
{
    struct authority authority;
    const char *name = options_text(job->options, "model");
    const char *la = options_text(job->options, "la");
    const struct model **model = &job->work.model;
    if (la != NULL && strcmp(la, "all") == 0)
        return err_set(err, ERR_USAGE, "sensitivity answers for one authority: give its name to --la");
    if (!store_find_authority(job->store, la, &authority, err) ||
        !(name != NULL
              ? run_choice_model(job->app, name, model, err)
              : run_choice_default(job->app, authority.has_returns, &job->panel, job->store, model, err)) ||
        !outlook_load(&job->outlook, job->store, &authority, *model, options_date(job->options, "from"),
                      options_has(job->options, "short-breaks"), err))
        return false;
    job->is_loaded = true;
    return ((*model)->needs & MODEL_NEEDS_PANEL) == 0 ||
           panel_source_at(&job->panel, job->store, job->outlook.origin, &job->outlook.panel, err);
}

/* The scenario that is asked about, and the baseline where there is one beside it. */
static void choose(struct job *job)
{
    const struct scenario_choice *choice = &job->choice;
    job->outlook.scenarios = choice->scenarios;
    job->outlook.n_scenarios = choice->n;
    outlook_choose(&job->outlook);
    job->work.scenario = &choice->scenarios[job->outlook.main];
    if (job->outlook.base != job->outlook.main)
        job->work.baseline = &choice->scenarios[job->outlook.base];
}

static bool set_date(struct job *job, struct err *err)
{
    const day by = options_date(job->options, "by");
    const day origin = job->outlook.origin;
    /* the first 31 March with twelve forecast months before it */
    const day first = date_year_end(date_financial_year(date_month_end(origin, 12)));
    job->work.by = by == DAY_NONE ? first : date_month_end(by, 0);
    job->work.months = date_month_index(job->work.by) - date_month_index(origin);
    return job->work.months >= 1 ||
           err_set(err, ERR_USAGE, "--by lies in what is known: the forecast starts after it");
}

static bool ask(struct job *job, struct err *err)
{
    struct sensitivity_job *work = &job->work;
    const size_t n = options_count(job->options, "on");
    const char *limit = options_text(job->options, "limit");
    bool wants_saving = false;
    for (size_t i = 0; i < n; i++)
        wants_saving = wants_saving || strcmp(options_text_at(job->options, "on", i), "saving") == 0;
    if (!wants_saving)
        work->baseline = NULL;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = sensitivity_job_ask(work, options_text_at(job->options, "on", i), err);
    if (n == 0) {
        const bool has_cost = (work->model->needs & MODEL_NEEDS_HISTORY) != 0 && work->months >= 12;
        ok = (!has_cost || sensitivity_job_ask(work, "cost", err)) && sensitivity_job_ask(work, "stock", err);
    }
    int64_t pence_of = 0;
    if (ok && limit != NULL && !parse_pence(str_of(limit), &pence_of))
        return err_set(err, ERR_USAGE, "--limit %s is no number", limit);
    if (ok && pence_of < 0 && !work->outputs[0].is_saving)
        return err_set(err, ERR_USAGE, "--limit %s is below nothing: give a cost or a number of children",
                       limit);
    if (ok && limit != NULL) {
        work->outputs[0].limit = (double)pence_of / 100;
        work->outputs[0].limit_words = "the limit";
    }
    return ok;
}

/* The cost of a financial year is held against its stored budget: the lines that placements explain, as the
 * cost is theirs alone. */
static bool take_budget(struct job *job, struct err *err)
{
    struct budget_rows rows = {0};
    pence total = 0;
    const day by = job->work.by;
    const int32_t year = date_financial_year(by);
    if (by != date_year_end(year))
        return true;
    if (!store_load_budget(job->store, job->outlook.authority.la, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (rows.items[i].year == year && rows.items[i].groups != 0)
            total += rows.items[i].budget;
    for (size_t k = 0; total > 0 && k < job->work.n_outputs; k++) {
        struct sensitivity_output *output = &job->work.outputs[k];
        if (!isnan(output->limit) || output->quantity.measure != MEASURE_COST ||
            output->quantity.group.kind != GROUP_ALL)
            continue;
        output->limit = (double)total / 100;
        output->limit_words = "the stored budget";
    }
    budget_rows_free(&rows);
    return true;
}

static bool set_run(struct job *job, struct err *err)
{
    struct sensitivity_job *work = &job->work;
    struct outlook *outlook = &job->outlook;
    work->options = (struct run_options){.replicates = (int32_t)options_integer(job->options, "runs"),
                                         .threads = run_choice_threads(job->options),
                                         .raw = options_has(job->options, "raw")};
    if (!run_choice_model(job->app, "last_value", &work->options.reference, err) ||
        !intervals_find(job->store, outlook->authority.la, work->model, &work->scenario->params,
                        options_has(job->options, "short-breaks"), work->options.raw, outlook->origin,
                        &outlook->intervals, err) ||
        !caution_find(outlook, job->store, err))
        return false;
    if (outlook->intervals.source != INTERVALS_RAW)
        work->options.calibration = &outlook->intervals.calibration;
    if (outlook->caution[0] != '\0')
        log_warning(&job->app->log, "%s", outlook->caution);
    return true;
}

static bool prepare(struct job *job, struct err *err)
{
    struct sensitivity_job *work = &job->work;
    work->log = &job->app->log;
    work->outlook = &job->outlook;
    work->prices = &job->prices;
    work->seed = options_integer(job->options, "seed");
    if (!load_outlook(job, err) ||
        !scenario_choice_make(job->options, work->model, job->store, options_date(job->options, "from"),
                              &job->app->log, &job->choice, err))
        return false;
    choose(job);
    outlook_warn_of_prices(&job->outlook, &job->prices, &job->app->log);
    work->targets = job->choice.plan == NULL ? NULL : &job->choice.plan->targets;
    return set_date(job, err) && ask(job, err) && take_budget(job, err) && set_run(job, err);
}

static bool write_manifest(struct job *job, struct folder *folder, double started, struct err *err)
{
    const char *name = job->outlook.authority.name;
    const struct manifest manifest = {
        .command_line = job->app->command_line,
        .model = job->work.model,
        .scenarios = job->work.scenario,
        .n_scenarios = 1,
        .prices = &job->prices,
        .origin = job->outlook.origin,
        .months = job->work.months,
        .runs = job->work.options.replicates,
        .seed = job->work.seed,
        .short_breaks = options_has(job->options, "short-breaks"),
        .raw = job->work.options.raw,
        .authorities = &name,
        .n_authorities = 1,
        .run_seconds = run_choice_seconds() - started,
    };
    return manifest_write(&manifest, job->store, folder, err);
}

static bool show(const struct job *job, struct err *err)
{
    const struct sensitivity_job *work = &job->work;
    struct text lead = {0};
    bool ok = true;
    if (job->app->json) {
        struct table table = {0};
        ok = sensitivity_report_table(work, &table, err) && show_table(job->app, &table, err);
        table_free(&table);
        return ok;
    }
    ok = sensitivity_report_say(work, &lead, err);
    if (ok)
        fprintf(job->app->out, "%s\n", text_c(&lead));
    text_free(&lead);
    for (size_t k = 0; ok && k < work->n_outputs; k++) {
        struct table table = {0};
        char words[SENSITIVITY_WORDS];
        sensitivity_output_words(work, k, words);
        fprintf(job->app->out, "\n%s:\n", words);
        ok = sensitivity_report_top(work, k, &table, err) && show_table(job->app, &table, err);
        table_free(&table);
    }
    if (ok)
        fprintf(job->app->out, "\nopen %s/index.html\n", options_out(job->options));
    return ok;
}

static void job_close(struct job *job)
{
    sensitivity_job_free(&job->work);
    scenario_choice_free(&job->choice);
    if (job->is_loaded)
        outlook_free(&job->outlook);
    price_book_free(&job->prices);
    panel_source_free(&job->panel);
    store_close(job->store);
}

static bool sensitivity_command(struct app *app, const struct options *options, struct err *err)
{
    const double started = run_choice_seconds();
    struct folder folder = {0};
    struct job *job = vec_new(1, sizeof *job, err);
    if (job == NULL)
        return false;
    *job = (struct job){.app = app, .options = options};
    job->store = store_open(app->database, STORE_READ, err);
    const bool ok = job->store != NULL && store_load_prices(job->store, &job->prices, err) &&
                    folder_begin(&folder, options_out(options), err) && prepare(job, err) &&
                    sensitivity_job_run(&job->work, err) &&
                    sensitivity_report_write(&job->work, options_text(options, "reports"), app->command_line,
                                             &folder, err) &&
                    write_manifest(job, &folder, started, err) && folder_commit(&folder, err) &&
                    show(job, err);
    folder_abandon(&folder);
    job_close(job);
    free(job);
    return ok;
}

const struct command command_sensitivity = {
    .name = "sensitivity",
    .one_line = "which assumptions matter, and where the result would tip",
    .arguments = "",
    .about =
        "Moves each assumption alone to the two ends of its own range and measures what becomes of the cost, "
        "the "
        "number of children or another quantity, in the same simulated futures (common random numbers), so "
        "that "
        "small differences can be told from chance. Assumptions are the flows (starting, leaving by route, "
        "moving, "
        "coming back), with the standard errors of the fit; each effect of a plan, with its own low and "
        "high; the "
        "share of all effects that arrives, and the delay of milestones; places; weekly prices and yearly "
        "uplifts by "
        "placement; and every parameter of the program and the model. The next two seeds show what chance "
        "alone "
        "does.\n\n"
        "With --limit, a stored budget of that year or a target of the plan for that date, it also tells the "
        "switching value: where each assumption would have to be for the limit to be reached, by straight "
        "lines between base and ends. "
        "Rules of "
        "thumb say what round changes cost at the prices stored.",
    .examples =
        "turncurve sensitivity  # cost and children at the end of the next whole financial year\n"
        "turncurve sensitivity --on cost --by 2027-03-31 --limit 61,200,000  # what would break the budget?\n"
        "turncurve sensitivity --on saving --plan example-2026  # what must hold for the plan to pay?\n"
        "turncurve sensitivity --on res_external --by 2028-03-31\n",
    .files =
        "out/sensitivity/index.html      tornado charts, the ten that matter most, rules of thumb\n"
        "out/sensitivity/sensitivity.csv every assumption: range, what its ends change, standard errors,\n"
        "                                whether that is more than chance, where the limit is reached,\n"
        "                                quality, owner, source\n"
        "out/sensitivity/rules.csv       what one child, ten children, one per cent and a month cost\n"
        "out/sensitivity/manifest.json   inputs, parameters, seed",
    .options = sensitivity_options,
    .n_options = sizeof sensitivity_options / sizeof sensitivity_options[0],
    .run = sensitivity_command,
};
