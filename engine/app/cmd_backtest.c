/* SPDX-License-Identifier: GPL-3.0-or-later
 * backtest: hides the end of what is known, forecasts it, and holds the forecasts against it.
 *
 * The folder is begun before the long work, so that a place that cannot be written is known at once; what was
 * learned is stored when everything is written, just before the folder takes its place. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/backtest_report.h"
#include "app/backtest_tables.h"
#include "app/intervals.h"
#include "app/run_choice.h"
#include "app/shared_options.h"
#include "app/show.h"
#include "base/vec.h"

static const struct option_spec backtest_options[] = {
    {.name = "model",
     .argument = "NAME",
     .type = OPTION_TEXT,
     .repeatable = true,
     .words =
         "a model to test; the default of forecast and all others that can work from what is stored when "
         "none is given. The last value is always beside them",
     .group = "What to test"},
    {.name = "published",
     .type = OPTION_FLAG,
     .words = "from published yearly totals, also where returns are stored",
     .group = "What to test"},
    {.name = "months",
     .argument = "N",
     .type = OPTION_INTEGER,
     .fallback = "36",
     .low = 1,
     .high = 240,
     .words = "longest horizon; shorter ones are 3, 6, 12, 24, 36 months, from totals 12, 24, 36",
     .group = "What to test"},
    OPTION_SHORT_BREAKS("What to test"),
    {.name = "every",
     .argument = "N",
     .type = OPTION_INTEGER,
     .fallback = "12",
     .low = 1,
     .high = 120,
     .words = "months between forecasts, counted back from the end of the data",
     .group = "From when"},
    {.name = "least-years",
     .argument = "N",
     .type = OPTION_INTEGER,
     .fallback = "3",
     .low = 1,
     .high = 50,
     .words = "years of history before the first forecast",
     .group = "From when"},
    {.name = "first",
     .argument = "DATE",
     .type = OPTION_DATE,
     .words = "no forecast from before this day",
     .group = "From when"},
    {.name = "last",
     .argument = "DATE",
     .type = OPTION_DATE,
     .words = "no forecast from after this day",
     .group = "From when"},
    OPTION_RUNS("1000", 2, "simulated futures a forecast", "How to run it"),
    OPTION_SEED("another seed draws other futures", "How to run it"),
    OPTION_THREADS("How to run it"),
    OPTION_RAW("the models' own intervals, neither pooled nor scaled; nothing is kept for forecast",
               "How to run it"),
    OPTION_REPORTS("How to run it"),
};

enum { MONTHS_A_YEAR = 12 };
static const char reference_name[] = "last_value";

struct job {
    struct app *app;
    const struct options *options;
    struct store *store;
    struct price_book prices;
    struct panel_source panel;
    struct backtest_results results;
    bool raw;
};

/* ---- what to test ------------------------------------------------------------------------------------ */

/* True when a model can work from what is tested on. */
static bool fits(const struct job *job, const struct model *model)
{
    const uint32_t wanted = job->results.from_returns ? MODEL_NEEDS_HISTORY : MODEL_TAKES_YEARLY;
    return (model->needs & wanted) != 0;
}

static bool add_model(struct job *job, const struct model *model, struct err *err)
{
    struct backtest_results *results = &job->results;
    if (backtest_results_model(results, model->name) < results->n_models)
        return true;
    if (!fits(job, model))
        return err_set(err, ERR_USAGE, "model %s works from %s, and this backtest is from %s", model->name,
                       job->results.from_returns ? "published totals" : "returns",
                       job->results.from_returns ? "returns; add --published" : "published totals");
    if (results->n_models == BACKTEST_MODELS_MOST)
        return err_set(err, ERR_USAGE, "more than %d models are too many for one backtest",
                       BACKTEST_MODELS_MOST);
    results->models[results->n_models++] = model;
    return true;
}

static bool choose_models(struct job *job, struct err *err)
{
    const size_t given = options_count(job->options, "model");
    const struct model *model = NULL;
    bool ok = true;
    for (size_t i = 0; ok && i < given; i++)
        ok = run_choice_model(job->app, options_text_at(job->options, "model", i), &model, err) &&
             add_model(job, model, err);
    if (given == 0) {
        ok = run_choice_default(job->app, job->results.from_returns, &job->panel, job->store, &model, err) &&
             add_model(job, model, err);
        for (size_t i = 0; ok && job->app->models[i] != NULL; i++)
            ok = !fits(job, job->app->models[i]) || add_model(job, job->app->models[i], err);
    }
    return ok && run_choice_model(job->app, reference_name, &model, err) && add_model(job, model, err);
}

/* The usual horizons shorter than the longest, and it. */
static bool choose_horizons(struct job *job, struct err *err)
{
    static const int32_t usual[] = {3, 6, 12, 24, 36};
    struct backtest_results *results = &job->results;
    const int32_t longest = (int32_t)options_integer(job->options, "months");
    const bool years = !results->from_returns;
    results->every_months = (int32_t)options_integer(job->options, "every");
    results->least_years = (int32_t)options_integer(job->options, "least-years");
    if (years && (longest % MONTHS_A_YEAR != 0 || results->every_months % MONTHS_A_YEAR != 0))
        return err_set(err, ERR_USAGE,
                       "published totals are yearly: --months and --every must be multiples of 12");
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (usual[i] < longest && (!years || usual[i] % MONTHS_A_YEAR == 0))
            results->horizons[results->n_horizons++] = usual[i];
    results->horizons[results->n_horizons++] = longest;
    return true;
}

/* ---- on what ----------------------------------------------------------------------------------------- */

/* Totals that are all suppressed are none: *has is false then. */
static bool load_totals(struct job *job, const struct authority *authority, struct yearly *out, bool *has,
                        struct err *err)
{
    struct err own = {0};
    *has = authority->has_published && store_load_yearly(job->store, authority->la, out, &own);
    if (!authority->has_published || *has || own.code == ERR_NO_INPUT)
        return true;
    *err = own;
    return false;
}

/* Adds an authority when there is something to test on. */
static bool load_place(struct job *job, const struct authority *authority, struct err *err)
{
    struct backtest_place place = {.authority = *authority, .has_history = job->results.from_returns};
    if (place.has_history &&
        !store_load_history(job->store, authority->la, options_has(job->options, "short-breaks"),
                            &place.history, err))
        return false;
    const bool ok = load_totals(job, authority, &place.yearly, &place.has_yearly, err) &&
                    store_load_population(job->store, authority->la, &place.population, err);
    if (ok && (place.has_history || place.has_yearly))
        job->results.places[job->results.n_places++] = place;
    else
        backtest_place_free(&place);
    return ok;
}

static bool load_places(struct job *job, struct err *err)
{
    const char *la = options_text(job->options, "la");
    const bool is_all = la != NULL && strcmp(la, "all") == 0;
    const bool published = options_has(job->options, "published");
    struct authority *authorities = NULL;
    struct authority one;
    size_t n = 1;
    if (is_all ? !store_authorities(job->store, &authorities, &n, err)
               : !store_find_authority(job->store, la, &one, err))
        return false;
    const struct authority *list = is_all ? authorities : &one;
    for (size_t i = 0; i < n; i++)
        job->results.from_returns = job->results.from_returns || (!published && list[i].has_returns);
    job->results.places = vec_new(n, sizeof *job->results.places, err);
    bool ok = job->results.places != NULL;
    for (size_t i = 0; ok && i < n; i++)
        if (job->results.from_returns ? list[i].has_returns : list[i].has_published)
            ok = load_place(job, &list[i], err);
    if (ok && job->results.n_places == 0)
        ok = is_all ? err_set(err, ERR_NO_INPUT,
                              "no authority has returns or published totals; import some first")
                    : err_set(err, ERR_NO_INPUT, "nothing is stored of %s that could be tested%s", one.name,
                              published ? ": it has no published totals" : "; import returns or totals");
    free(authorities);
    return ok;
}

/* ---- running ----------------------------------------------------------------------------------------- */

/* Authorities without a row leave the results, with a word to the person. */
static void drop_unscored(struct job *job)
{
    struct backtest_results *results = &job->results;
    size_t kept = 0;
    for (size_t i = 0; i < results->n_places; i++) {
        struct backtest_place *place = &results->places[i];
        bool scored = false;
        for (size_t k = 0; !scored && k < results->backtest.n; k++)
            scored = results->backtest.rows[k].la == place->authority.la;
        if (scored) {
            results->places[kept++] = *place;
            continue;
        }
        log_info(&job->app->log, "left out: %s has too little history, or nothing known after it",
                 place->authority.name);
        backtest_place_free(place);
    }
    results->n_places = kept;
}

/* Models without a row leave the results, with a word to the person. */
static void drop_unable(struct job *job)
{
    struct backtest_results *results = &job->results;
    const struct backtest *backtest = &results->backtest;
    size_t kept = 0;
    for (size_t m = 0; m < results->n_models; m++) {
        const struct model *model = results->models[m];
        bool scored = false;
        for (size_t i = 0; !scored && i < backtest->n; i++)
            scored = strcmp(backtest->rows[i].model, model->name) == 0;
        if (scored)
            results->models[kept++] = model;
        for (size_t i = 0; !scored && i < backtest->n_gaps; i++)
            if (strcmp(backtest->gaps[i].model, model->name) == 0) {
                log_info(&job->app->log, "left out: model %s could not forecast: %s", model->name,
                         backtest->gaps[i].why);
                break;
            }
    }
    results->n_models = kept;
}

static bool run_models(struct job *job, const struct backtest_known known[], struct err *err)
{
    struct backtest_results *results = &job->results;
    struct backtest_options options = {
        .horizons = results->horizons,
        .n_horizons = results->n_horizons,
        .every_months = results->every_months,
        .least_months = results->least_years * MONTHS_A_YEAR,
        .first = options_date(job->options, "first"),
        .last = options_date(job->options, "last"),
        .intervals = job->raw ? BACKTEST_RAW : BACKTEST_FINAL,
        .run = {.replicates = results->runs, .threads = run_choice_threads(job->options)},
        .seed = (uint64_t)results->seed,
    };
    if (!run_choice_model(job->app, reference_name, &options.reference, err) ||
        !backtest_run_all(results->models, results->n_models, known, results->n_places, &job->prices,
                          &options, &job->app->log, &results->backtest, err))
        return false;
    if (results->backtest.n == 0)
        return err_set(err, ERR_DATA, "nothing could be scored%s%s",
                       results->backtest.n_gaps > 0 ? ": " : "; import more years",
                       results->backtest.n_gaps > 0 ? results->backtest.gaps[0].why : "");
    drop_unscored(job);
    drop_unable(job);
    return backtest_scores(&results->backtest, reference_name, &results->scores, &results->n_scores, err);
}

static bool run_all(struct job *job, struct err *err)
{
    struct backtest_results *results = &job->results;
    bool pools = false;
    size_t n = 0;
    for (size_t m = 0; m < results->n_models; m++)
        pools = pools || (results->models[m]->needs & MODEL_NEEDS_PANEL) != 0;
    if (pools && !panel_source_count(&job->panel, job->store, &n, err))
        return false;
    struct backtest_known *known = vec_new(results->n_places, sizeof *known, err);
    bool ok = known != NULL;
    for (size_t i = 0; ok && i < results->n_places; i++) {
        const struct backtest_place *place = &results->places[i];
        known[i] =
            (struct backtest_known){.la = place->authority.la,
                                    .history = place->has_history ? &place->history : NULL,
                                    .yearly = place->has_yearly ? &place->yearly : NULL,
                                    .panel = pools ? &job->panel.stored : NULL,
                                    .population = place->population.n_years > 0 ? &place->population : NULL};
    }
    ok = ok && run_models(job, known, err);
    free(known);
    return ok;
}

/* ---- what forecast may use --------------------------------------------------------------------------- */

static bool keep_one(struct job *job, struct store *store, const struct model *model, int32_t la,
                     struct err *err)
{
    const struct backtest *backtest = &job->results.backtest;
    struct calibration_case *cases = vec_new(backtest->n_cases, sizeof *cases, err);
    size_t n = 0;
    if (cases == NULL)
        return false;
    for (size_t i = 0; i < backtest->n_cases; i++)
        if (backtest->case_las[i] == la && strcmp(backtest->case_models[i], model->name) == 0)
            cases[n++] = backtest->cases[i];
    const bool ok =
        n == 0 || intervals_keep(store, la, model, options_has(job->options, "short-breaks"), cases, n, err);
    free(cases);
    return ok;
}

static bool keep_cases(struct job *job, struct err *err)
{
    const struct backtest_results *results = &job->results;
    if (results->backtest.n_cases == 0)
        return true;
    if (access(job->app->database, W_OK) != 0) {
        log_warning(&job->app->log,
                    "%s may not be written: forecast will not use what was learned about intervals",
                    job->app->database);
        return true;
    }
    struct store *store = store_open(job->app->database, STORE_WRITE, err);
    bool ok = store != NULL;
    for (size_t i = 0; ok && i < results->n_places; i++)
        for (size_t m = 0; ok && m < results->n_models; m++)
            ok = keep_one(job, store, results->models[m], results->places[i].authority.la, err);
    store_close(store);
    return ok;
}

static bool show(struct job *job, struct err *err)
{
    struct table summary = {0};
    const bool ok =
        backtest_table_summary(&summary, &job->results, err) && show_table(job->app, &summary, err);
    table_free(&summary);
    if (ok && !job->app->json)
        fprintf(job->app->out, "open %s/index.html\n", options_out(job->options));
    return ok;
}

static bool backtest_command(struct app *app, const struct options *options, struct err *err)
{
    struct folder folder = {0};
    struct job job = {.app = app, .options = options, .raw = options_has(options, "raw")};
    struct backtest_report report = {.app = app,
                                     .reports = options_text(options, "reports"),
                                     .raw = job.raw,
                                     .short_breaks = options_has(options, "short-breaks"),
                                     .started = run_choice_seconds()};
    job.results.runs = (int32_t)options_integer(options, "runs");
    job.results.seed = options_integer(options, "seed");
    job.store = store_open(app->database, STORE_READ, err);
    report.store = job.store;
    const bool ok = job.store != NULL && store_load_prices(job.store, &job.prices, err) &&
                    folder_begin(&folder, options_out(options), err) && load_places(&job, err) &&
                    choose_models(&job, err) && choose_horizons(&job, err) && run_all(&job, err) &&
                    backtest_report_write(&report, &job.results, &folder, err) && keep_cases(&job, err) &&
                    folder_commit(&folder, err) && show(&job, err);
    folder_abandon(&folder);
    backtest_results_free(&job.results);
    price_book_free(&job.prices);
    panel_source_free(&job.panel);
    store_close(job.store);
    return ok;
}

const struct command command_backtest = {
    .name = "backtest",
    .one_line = "how good forecasts would have been: hides the end, forecasts it, scores it",
    .arguments = "",
    .about =
        "Goes back to one date after another (31 March of each year, as a rule), lets each model see only "
        "what "
        "was known then, and holds its forecast against what came to be. It answers two questions.\n\n"
        "Do ranges hold? A range of 8 in 10 should hold 8 outcomes in 10. If it holds 5, it promises too "
        "much; "
        "if it holds all, it is wider than it need be. Eight forecasts cannot tell 8 in 10 from 6 in 10: so "
        "few "
        "are counted (\"held 6 of 8\"), and no title calls a range wrong unless chance can be ruled out.\n\n"
        "Who comes nearest? mae is the mean distance between the middle of the forecast and the outcome. The "
        "CRPS measures the whole forecast, range and all, in the same unit; crps_vs_last_value divides it by "
        "that of numbers staying where they are. Below 1 a model knows something; at 1 it is of no use; the "
        "models of others (d2i, regional) stand beside ours.\n\n"
        "What is learned about the ranges of a model that is calibrated is kept in the database. forecast "
        "uses "
        "it from then on, as long as files, parameters and program stay the same, and says so.",
    .examples =
        "turncurve backtest                              # all models on the only authority with returns\n"
        "turncurve backtest --model stockflow --every 3  # one model, from each quarter's end\n"
        "turncurve backtest --published --la all         # on all authorities with published totals",
    .files = "out/backtest/index.html     findings, charts, tables, how to read them\n"
             "out/backtest/backtest.csv   every forecast with its outcome\n"
             "out/backtest/scores.csv     scores by model, horizon, measure and group\n"
             "out/backtest/limits.csv     how sure coverage and relative error of total stock are\n"
             "out/backtest/pit.csv        where outcomes fell in the forecasts\n"
             "out/backtest/manifest.json  inputs, parameters, seed: what is needed to make it again\n"
             "out/backtest/NAME.svg .png  the charts",
    .options = backtest_options,
    .n_options = sizeof backtest_options / sizeof backtest_options[0],
    .run = backtest_command,
};
