/* SPDX-License-Identifier: GPL-3.0-or-later
 * variance: why the forecast moved between two runs, or between two days. */
#include <stdlib.h>
#include <string.h>

#include "app/help.h"
#include "app/manifest.h"
#include "app/row_writer.h"
#include "app/run_choice.h"
#include "app/shared_options.h"
#include "app/show.h"
#include "app/variance_report.h"
#include "base/vec.h"

static const struct option_spec variance_options[] = {
    {.name = "by",
     .argument = "DATE",
     .type = OPTION_DATE,
     .words =
         "children at the end of this month, and the cost of the financial year that it lies in; the first "
         "31 March after the later forecast begins when not given",
     .group = "What to compare"},
    {.name = "scenario",
     .argument = "NAME|FILE",
     .type = OPTION_TEXT,
     .repeatable = true,
     .words = "of folders: which of their scenarios, the main one when not given. Of days: as in forecast",
     .group = "What to compare"},
    OPTION_SCENARIOS("Days, not folders"),
    {.name = "plan",
     .argument = "NAME",
     .type = OPTION_TEXT,
     .words = "a stored plan, on each day as it stood then",
     .group = "Days, not folders"},
    OPTION_MODEL("Days, not folders"),
    OPTION_SHORT_BREAKS("Days, not folders"),
    OPTION_RUNS("1000", 2, "simulated futures a step", "Days, not folders"),
    OPTION_SEED("another seed draws other futures", "Days, not folders"),
    OPTION_RAW("the model's own intervals, neither pooled nor scaled by what backtests taught",
               "Days, not folders"),
    OPTION_THREADS("How to run it"),
    OPTION_REPORTS("How to run it"),
};

struct job {
    struct app *app;
    const struct options *options;
    struct store *store;
    struct panel_source panel;
    struct variance_side sides[2];
    struct variance_chain chain;
};

/* Options that folders answer themselves. */
static bool refuse_for_folders(const struct options *options, struct err *err)
{
    static const char *const names[] = {"scenarios", "plan", "model", "short-breaks", "runs", "seed", "raw"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (options_has(options, names[i]))
            return err_set(err, ERR_USAGE, "--%s is for days: the folders say themselves how they were made",
                           names[i]);
    return true;
}

static bool read_folders(struct job *job, struct err *err)
{
    const char *scenario = options_text(job->options, "scenario");
    const char *la = options_text(job->options, "la");
    if (!refuse_for_folders(job->options, err))
        return false;
    for (size_t i = 0; i < 2; i++)
        if (!variance_side_read(&job->sides[i], job->app, options_argument(job->options, i), scenario, la,
                                err))
            return false;
    return strcmp(job->sides[0].la_name, job->sides[1].la_name) == 0 ||
           err_set(err, ERR_USAGE, "%s is a forecast of %s, %s of %s", job->sides[0].text,
                   job->sides[0].la_name, job->sides[1].text, job->sides[1].la_name);
}

static bool make_days(struct job *job, const day origins[2], struct err *err)
{
    struct authority authority;
    const struct model *model = NULL;
    const char *name = options_text(job->options, "model");
    const char *la = options_text(job->options, "la");
    if (!store_find_authority(job->store, la, &authority, err) ||
        !(name != NULL
              ? run_choice_model(job->app, name, &model, err)
              : run_choice_default(job->app, authority.has_returns, &job->panel, job->store, &model, err)))
        return false;
    for (size_t i = 0; i < 2; i++) {
        const char *text = options_argument(job->options, i);
        if (!variance_side_of_day(&job->sides[i], job->app, job->options, job->store, model, text, origins[i],
                                  err))
            return false;
        str_copy(str_of(authority.name), job->sides[i].la_name, sizeof job->sides[i].la_name);
    }
    return true;
}

static bool make_sides(struct job *job, struct err *err)
{
    day origins[2];
    const char *la = options_text(job->options, "la");
    if (la != NULL && strcmp(la, "all") == 0)
        return err_set(err, ERR_USAGE, "variance answers for one authority: give its name to --la");
    const bool first = variance_side_is_day(options_argument(job->options, 0), &origins[0]);
    const bool second = variance_side_is_day(options_argument(job->options, 1), &origins[1]);
    if (first && second)
        return make_days(job, origins, err);
    if (!first && !second)
        return read_folders(job, err);
    return err_set(err, ERR_USAGE,
                   "%s is a day or a quarter such as 2026-27Q1, %s is none: give two of them, or two folders "
                   "that forecast wrote",
                   options_argument(job->options, first ? 0 : 1),
                   options_argument(job->options, first ? 1 : 0));
}

static bool write_manifest(struct job *job, struct folder *folder, double started, struct err *err)
{
    static const struct table_column columns[] = {{"side", 0},     {"what", 0}, {"from", 0}, {"model", 0},
                                                  {"scenario", 0}, {"runs", 0}, {"seed", 0}, {"version", 0}};
    const struct variance_side *b = &job->sides[1];
    const char *name = job->chain.authority.name;
    struct table compared;
    bool ok = true;
    table_init(&compared, "compared", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; ok && i < 2; i++) {
        const struct variance_side *side = &job->sides[i];
        bug_if(side->model == NULL);
        struct row_writer w = row_writer_begin(&compared, err);
        row_writer_text(&w, i == 0 ? "before" : "after");
        row_writer_text(&w, side->text);
        row_writer_day(&w, side->origin);
        row_writer_text(&w, side->model->name);
        row_writer_text(&w, side->choice.scenarios[side->chosen].name);
        row_writer_integer(&w, side->runs);
        row_writer_integer(&w, side->seed);
        row_writer_text(&w, side->version == NULL ? HELP_VERSION : side->version);
        ok = w.ok;
    }
    const day last = job->chain.by > job->chain.cost_to ? job->chain.by : job->chain.cost_to;
    const struct manifest manifest = {
        .command_line = job->app->command_line,
        .model = b->model,
        .scenarios = &b->choice.scenarios[b->chosen],
        .n_scenarios = 1,
        .prices = &b->prices,
        .origin = b->origin,
        .months = date_month_index(last) - date_month_index(b->origin),
        .runs = b->runs,
        .seed = b->seed,
        .short_breaks = b->short_breaks,
        .raw = b->raw,
        .authorities = &name,
        .n_authorities = 1,
        .tables = {&compared},
        .n_tables = 1,
        .run_seconds = run_choice_seconds() - started,
    };
    ok = ok && manifest_write(&manifest, job->store, folder, err);
    table_free(&compared);
    return ok;
}

static bool show(const struct job *job, struct err *err)
{
    struct table table = {0};
    struct text lead = {0};
    bool ok = job->app->json ? variance_report_table(&job->chain, &table, err)
                             : variance_report_say(&job->chain, &lead, err) &&
                                   variance_report_summary(&job->chain, &table, err);
    if (ok && !job->app->json)
        fprintf(job->app->out, "%s\n\n", text_c(&lead));
    ok = ok && show_table(job->app, &table, err);
    if (ok && !job->app->json)
        fprintf(job->app->out, "\nopen %s/index.html\n", options_out(job->options));
    text_free(&lead);
    table_free(&table);
    return ok;
}

static bool variance_command(struct app *app, const struct options *options, struct err *err)
{
    const double started = run_choice_seconds();
    struct folder folder = {0};
    struct job *job = vec_new(1, sizeof *job, err);
    if (job == NULL)
        return false;
    *job = (struct job){.app = app, .options = options};
    job->store = store_open(app->database, STORE_READ, err);
    const bool ok =
        job->store != NULL && make_sides(job, err) && folder_begin(&folder, options_out(options), err) &&
        variance_chain_run(&job->chain, app, job->store, options, &job->sides[0], &job->sides[1],
                           options_date(options, "by"), err) &&
        variance_report_write(&job->chain, app, options_text(options, "reports"), job->store, &folder, err) &&
        write_manifest(job, &folder, started, err) && folder_commit(&folder, err) && show(job, err);
    folder_abandon(&folder);
    variance_chain_free(&job->chain);
    variance_side_free(&job->sides[0]);
    variance_side_free(&job->sides[1]);
    panel_source_free(&job->panel);
    store_close(job->store);
    free(job);
    return ok;
}

const struct command command_variance = {
    .name = "variance",
    .one_line = "why the forecast moved between two runs or two quarters",
    .arguments = "EARLIER LATER",
    .least_arguments = 2,
    .most_arguments = 2,
    .about =
        "Divides the movement from one forecast to a later one: of the children at a date and of the cost of "
        "its financial year, in all and by placement. EARLIER and LATER are two folders that forecast wrote, "
        "or "
        "two days or quarters (2025-26Q3: its last day), from which forecasts are then made with what was "
        "known "
        "on them.\n\n"
        "A chain of forecasts leads from one to the other, each with one thing changed: corrections of data "
        "and "
        "program (the earlier run made again from today's database), settings (another model, seed or number "
        "of "
        "runs), the children now in care at the rates learned before, rates (what was learned since), "
        "prices, "
        "plan and scenario; and, of folders, what has changed since the later run. The steps add up to the "
        "movement exactly, in hundredths of a child and in pence, and each has the standard error of its "
        "mean. "
        "Another order of the steps would give other steps with the same sum. Cost is also split into "
        "volume, "
        "price and mix.\n\n"
        "Between two days it also says what the earlier forecast expected of the time between them and what "
        "came: which of the flows was off, and whether it fell within its expected range (8 in 10).",
    .examples = "turncurve variance 2025-26Q3 2025-26Q4  # what a quarter brought\n"
                "turncurve variance last-month/forecast out/forecast  # two runs that were kept\n"
                "turncurve variance 2025-03-31 2026-03-31 --plan example-2026 --by 2028-03-31\n",
    .files =
        "out/variance/index.html    what moved, step by step, and what came\n"
        "out/variance/variance.csv  la, scenario, measure, date, group, unit, step, before, after, change,\n"
        "                           error, volume, price, mix; step all: the whole movement\n"
        "out/variance/outcome.csv   the earlier forecast of the time between, and what came\n"
        "out/variance/manifest.json inputs, parameters, seed, both sides",
    .options = variance_options,
    .n_options = sizeof variance_options / sizeof variance_options[0],
    .run = variance_command,
};
