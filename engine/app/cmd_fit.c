/* SPDX-License-Identifier: GPL-3.0-or-later
 * fit: what a model learned of an authority, as tables, charts and a model card. */
#include <stdlib.h>
#include <string.h>

#include "app/authority_folder.h"
#include "app/caution.h"
#include "app/fit_numbers.h"
#include "app/fit_report.h"
#include "app/shared_options.h"
#include "app/show.h"
#include "app/suggest.h"

static const struct option_spec fit_options[] = {
    {.name = "model",
     .argument = "NAME",
     .type = OPTION_TEXT,
     .words = "a model that learns rates (default: the first of `list models` that does)"},
    OPTION_FROM(NULL),
    OPTION_SHORT_BREAKS(NULL),
    OPTION_REPORTS(NULL),
};

enum { MODELS_MOST = 64, STEPS = 3 };

struct job {
    struct app *app;
    const struct options *options;
    struct store *store;
    const struct model *model;
    struct scenario scenario; /* baseline, for its parameters */
    struct table shown;
    double started;
};

/* The model by name, which must learn rates; without a name the first that does. */
static bool choose_model(struct job *job, struct err *err)
{
    const char *name = options_text(job->options, "model");
    const struct model *const *models = job->app->models;
    const char *names[MODELS_MOST];
    const char *able = NULL;
    size_t n = 0;
    for (size_t i = 0; models[i] != NULL && n < MODELS_MOST; i++) {
        const bool learns = models[i]->learned != NULL;
        names[n++] = models[i]->name;
        able = able == NULL && learns ? models[i]->name : able;
        if (name == NULL ? learns : strcmp(models[i]->name, name) == 0) {
            job->model = models[i];
            break;
        }
    }
    if (job->model != NULL && job->model->learned != NULL)
        return true;
    for (size_t i = 0; models[i] != NULL && able == NULL; i++)
        able = models[i]->learned != NULL ? models[i]->name : NULL;
    if (job->model != NULL)
        return err_set(err, ERR_USAGE, "the model %s learns no rates; use --model %s", name, able);
    const char *nearest = suggest_nearest(name, names, n);
    return err_set(err, ERR_USAGE, "there is no model %.40s; %s%s%s", name,
                   nearest != NULL ? "did you mean " : "use --model ", nearest != NULL ? nearest : able,
                   nearest != NULL ? "?" : "");
}

static bool learn(struct job *job, const struct outlook *outlook, struct learned *out, struct err *err)
{
    struct outlook_input known;
    void *fitted = NULL;
    bool ok = outlook_input_make(outlook, 1, 0, &known, err) &&
              job->model->fit(&known.input, &job->scenario.params, &fitted, err);
    ok = ok && job->model->learned(fitted, &known.input, out, err);
    if (fitted != NULL)
        job->model->free_fitted(fitted);
    outlook_input_free(&known);
    return ok;
}

static bool one_authority(struct job *job, const struct authority *authority, const char *folder,
                          struct err *err)
{
    struct outlook outlook = {0};
    struct learned learned = {0};
    struct log *log = &job->app->log;
    if (log_is_stopped(log))
        return err_set(err, ERR_INTERRUPTED, "stopped");
    if (!authority->has_returns)
        return err_set(err, ERR_NO_INPUT,
                       "%s has no returns, and rates are learned from children's; import them",
                       authority->name);
    log_progress(log, "learning rates: reading", 0, STEPS);
    bool ok = outlook_load(&outlook, job->store, authority, job->model, options_date(job->options, "from"),
                           options_has(job->options, "short-breaks"), err);
    if (ok) {
        log_progress(log, "learning rates", 1, STEPS);
        ok = (caution_find(&outlook, job->store, err) && learn(job, &outlook, &learned, err)) ||
             err_prefix(err, "%s", authority->name);
    }
    if (ok) {
        const struct fit_report report = {
            .folder = folder,
            .reports = options_text(job->options, "reports"),
            .outlook = &outlook,
            .model = job->model,
            .scenario = &job->scenario,
            .learned = &learned,
            .store = job->store,
            .short_breaks = options_has(job->options, "short-breaks"),
            .started = job->started,
        };
        log_progress(log, "learning rates: drawing", 2, STEPS);
        ok = fit_report_write(job->app, &report, err) &&
             fit_summary_add(&job->shown, authority->name, &learned, err);
    }
    if (ok && outlook.caution[0] != '\0')
        log_warning(log, "%s", outlook.caution);
    learned_free(&learned);
    outlook_free(&outlook);
    return ok;
}

static bool all_authorities(struct job *job, struct err *err)
{
    struct authority *authorities = NULL;
    size_t n = 0;
    size_t done = 0;
    bool ok = store_authorities(job->store, &authorities, &n, err);
    for (size_t i = 0; ok && i < n; i++) {
        char path[AUTHORITY_FOLDER_LONGEST];
        if (!authorities[i].has_returns)
            continue;
        done++;
        ok = authority_folder(options_out(job->options), &authorities[i], path, err) &&
             one_authority(job, &authorities[i], path, err);
    }
    free(authorities);
    return ok && (done > 0 || err_set(err, ERR_NO_INPUT, "no returns are stored; import them first"));
}

static bool fit_run(struct app *app, const struct options *options, struct err *err)
{
    struct job job = {.app = app, .options = options, .started = fit_seconds()};
    struct authority authority;
    const char *la = options_text(options, "la");
    const bool all = la != NULL && strcmp(la, "all") == 0;
    log_progress_start(&app->log);
    fit_summary_init(&job.shown);
    bool ok = choose_model(&job, err);
    if (ok) {
        job.store = store_open(app->database, STORE_READ, err);
        ok = job.store != NULL &&
             scenario_load(&job.scenario, "baseline", NULL, job.model->params, job.model->n_params, err);
    }
    if (ok && all)
        ok = all_authorities(&job, err);
    else if (ok)
        ok = store_find_authority(job.store, la, &authority, err) &&
             one_authority(&job, &authority, options_out(options), err);
    log_progress_end(&app->log);
    ok = ok && show_table(app, &job.shown, err);
    if (ok && !app->json && !all)
        fprintf(app->out, "open %s/index.html\n", options_out(options));
    table_free(&job.shown);
    scenario_free(&job.scenario);
    store_close(job.store);
    return ok;
}

const struct command command_fit = {
    .name = "fit",
    .one_line = "what the model learned: rates, how well they fit, a model card",
    .arguments = "",
    .about = "Learns rates from what is stored, as forecast does, and tells them: how often children leave, "
             "by route, "
             "placement, age and time in care; how often they change placement, and where to; how many come, "
             "and come "
             "back; with limits, and with the share of each rate that is borrowed. It holds what was "
             "observed against "
             "what the rates expect, shows how entries and exits wander, and says what in the data is no "
             "history of an "
             "authority. --la all writes a folder for each authority with returns.\n\n"
             "rates.csv: rates are events a child-year, with 95 % limits. exit: from a placement by a route. "
             "move: "
             "changes of placement from a placement; rows with an empty `to` are by age and time in care, "
             "rows with a "
             "`to` the same changes by where they went, all times in care: add up the ones or the others. "
             "entry: to a "
             "first placement, events a year; entry_per_10000: the same by ten thousand children who live "
             "there, where "
             "that is stored, unaccompanied children left out. return: by time since leaving. Ages are as "
             "the child "
             "is; uasc are unaccompanied asylum-seeking children. borrowed is 1 where a cell has nothing of "
             "its own.\n\n"
             "diagnostics.csv: residual is (observed - expected) / sqrt(variance), where the variance is the "
             "model's "
             "dispersion times expected (exits 1.5, entries 1.6, else 1, a Poisson count), and for single "
             "months also "
             "what is not known of the level: within -2 and 2 is as expected. Years are expected at rates "
             "that do not "
             "wander, months from the months before them.",
    .examples = "turncurve fit                        # the only authority with returns\n"
                "turncurve fit --from 2022-03-31      # as it was known then\n"
                "turncurve fit --la all --out cards   # a folder for each authority",
    .files = "out/fit/index.html        the model card: one page and charts\n"
             "out/fit/rates.csv         every rate, with limits and what is borrowed\n"
             "out/fit/diagnostics.csv   observed against expected\n"
             "out/fit/levels.csv        levels of entries and exits by month\n"
             "out/fit/facts.csv         all else that was learned, by name\n"
             "out/fit/manifest.json     inputs and parameters: what is needed to make it again\n"
             "out/fit/NAME.svg .png     the charts",
    .options = fit_options,
    .n_options = sizeof fit_options / sizeof fit_options[0],
    .run = fit_run,
};
