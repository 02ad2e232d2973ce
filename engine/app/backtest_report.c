/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page is the template reports/backtest.mustache; here its tables, charts and notes are put together. */
#include "app/backtest_report.h"

#include <string.h>

#include "app/backtest_charts.h"
#include "app/backtest_tables.h"
#include "app/help.h"
#include "app/manifest.h"
#include "app/results_page.h"
#include "app/run_choice.h"
#include "render/csv.h"

enum { PROCESSES = 2 };
enum report_table { ROWS, SCORES, LIMITS, PIT, ERRORS, HELD, MODELS, PARAMETERS, TABLE_COUNT };

struct writer {
    const struct backtest_report *report;
    const struct backtest_results *results;
    struct folder *folder;
    struct backtest_charts charts;
    struct table tables[TABLE_COUNT];
    struct results_page page;
    struct arena texts;
    struct err *err;
};

static bool note(struct writer *w, const char *words)
{
    if (words == NULL)
        return false;
    bug_if(w->page.n_notes >= RESULTS_PAGE_NOTES);
    w->page.notes[w->page.n_notes++] = words;
    return true;
}

static const char *places_words(struct writer *w)
{
    const struct backtest_results *results = w->results;
    return results->n_places == 1 ? results->places[0].authority.name
                                  : arena_format(&w->texts, w->err, "%zu authorities", results->n_places);
}

/* Which forecasts there were. */
static bool note_design(struct writer *w)
{
    const struct backtest_results *results = w->results;
    day first = DAY_NONE;
    day last = DAY_NONE;
    char from[DATE_TEXT];
    char to[DATE_TEXT];
    (void)backtest_results_origins(results, &first, &last);
    date_format_words(first, from);
    date_format_words(last, to);
    const char *where = places_words(w);
    return where != NULL &&
           note(w, arena_format(&w->texts, w->err,
                                "%s: forecasts every %d months from %s to %s, each with at least %d years of "
                                "history before it, %d simulated futures, made from %s.",
                                where, (int)results->every_months, from, to, (int)results->least_years,
                                (int)results->runs,
                                results->from_returns ? "returns" : "published yearly totals")) &&
           note(w,
                w->report->raw
                    ? "Ranges are the models' own, neither pooled nor scaled (--raw)."
                    : "Ranges of models that are calibrated are pooled with the last value and scaled by the "
                      "built-in prior and by what earlier forecasts of the same authority taught, as far as "
                      "their outcomes were known by then.");
}

/* What makes the past look easier or harder than it was. */
static bool note_limits(struct writer *w)
{
    const bool returns = w->results->from_returns;
    return note(w,
                "Stock is scored at the month's end, all else summed from the forecast's start. Horizons and "
                "starts overlap, so scores are not independent: errors are by start, and few starts say "
                "little.") &&
           note(w, returns
                       ? "Later returns correct earlier ones. What was filed late or put right later is "
                         "counted as if it had been known, which makes forecasts look a little better than "
                         "they were."
                       : "Totals are as published by now, revisions included. Where an area changed, no "
                         "forecast across the change is scored.") &&
           (!returns ||
            note(w, "Costs are forecast and scored at the prices known at the start, so their errors "
                    "are those of numbers and placements.")) &&
           note(
               w,
               "Built-in priors of the models were estimated on English totals of 2010 to 2022; forecasts of "
               "these years had a little help from them.");
}

/* Models that were left out somewhere, each with how often and the first reason. */
static bool note_gaps(struct writer *w)
{
    const struct backtest *backtest = &w->results->backtest;
    for (size_t m = 0; m < w->results->n_models; m++) {
        const char *model = w->results->models[m]->name;
        const struct backtest_gap *first = NULL;
        size_t n = 0;
        for (size_t i = 0; i < backtest->n_gaps; i++) {
            if (strcmp(backtest->gaps[i].model, model) != 0)
                continue;
            first = first == NULL ? &backtest->gaps[i] : first;
            n++;
        }
        if (n == 0 || w->page.n_notes + 1 >= RESULTS_PAGE_NOTES)
            continue;
        if (!note(w, arena_format(&w->texts, w->err, "%s could not forecast at %zu start%s: %s.", model, n,
                                  n == 1 ? "" : "s", first->why)))
            return false;
    }
    return true;
}

static bool save(struct writer *w, enum report_table which, const char *heading, const char *file)
{
    const struct table *table = &w->tables[which];
    if (heading != NULL) {
        w->page.tables[w->page.n_tables].heading = heading;
        w->page.tables[w->page.n_tables].file = file;
        w->page.tables[w->page.n_tables++].table = table;
        return true;
    }
    bug_if(w->page.n_files >= RESULTS_PAGE_FILES);
    w->page.files[w->page.n_files++] = file;
    return csv_save(w->folder, table, w->err);
}

static bool write_tables(struct writer *w)
{
    struct table *tables = w->tables;
    const struct backtest_results *results = w->results;
    return backtest_table_rows(&tables[ROWS], results, w->err) && save(w, ROWS, NULL, "backtest.csv") &&
           backtest_table_scores(&tables[SCORES], results, w->err) && save(w, SCORES, NULL, "scores.csv") &&
           backtest_table_limits(&tables[LIMITS], results, w->err) && save(w, LIMITS, NULL, "limits.csv") &&
           backtest_table_pit(&tables[PIT], results, w->charts.pit_horizon, &w->charts.pit, w->err) &&
           save(w, PIT, NULL, "pit.csv") && backtest_table_errors(&tables[ERRORS], results, w->err) &&
           save(w, ERRORS, "Who came nearest?", "scores.csv") &&
           backtest_table_held(&tables[HELD], results, w->err) &&
           save(w, HELD, "How often did ranges hold?", "limits.csv");
}

/* The models with their words and parameters, for the manifest. */
static bool describe_models(struct writer *w)
{
    static const struct table_column model_columns[] = {
        {"name", 0}, {"title", 0}, {"about", 0}, {"sources", 0}};
    static const struct table_column parameter_columns[] = {
        {"model", 0}, {"parameter", 0}, {"value", 9}, {"unit", 0}};
    struct table *models = &w->tables[MODELS];
    struct table *parameters = &w->tables[PARAMETERS];
    table_init(models, "models", model_columns, sizeof model_columns / sizeof model_columns[0]);
    table_init(parameters, "parameters", parameter_columns,
               sizeof parameter_columns / sizeof parameter_columns[0]);
    for (size_t m = 0; m < w->results->n_models; m++) {
        const struct model *model = w->results->models[m];
        struct table_cell *row = table_add_row(models, w->err);
        if (row == NULL || !table_set_text(models, &row[0], model->name, w->err) ||
            !table_set_text(models, &row[1], model->title, w->err) ||
            !table_set_text(models, &row[2], model->about, w->err) ||
            !table_set_text(models, &row[3], model->sources, w->err))
            return false;
        for (size_t i = 0; i < model->n_params; i++) {
            const struct param_spec *spec = &model->params[i];
            row = table_add_row(parameters, w->err);
            if (row == NULL || !table_set_text(parameters, &row[0], model->name, w->err) ||
                !table_set_text(parameters, &row[1], spec->name, w->err) ||
                !table_set_text(parameters, &row[3], spec->unit, w->err))
                return false;
            table_set_real(&row[2], spec->fallback);
        }
    }
    return true;
}

static bool write_manifest(struct writer *w)
{
    const struct backtest_results *results = w->results;
    const char **names = arena_take(&w->texts, results->n_places * sizeof *names, w->err);
    if (names == NULL || !describe_models(w))
        return false;
    for (size_t i = 0; i < results->n_places; i++)
        names[i] = results->places[i].authority.name;
    const struct manifest manifest = {
        .command_line = w->report->app->command_line,
        .origin = DAY_NONE,
        .months = results->horizons[results->n_horizons - 1],
        .runs = results->runs,
        .seed = results->seed,
        .short_breaks = w->report->short_breaks,
        .authorities = names,
        .n_authorities = results->n_places,
        .notes = w->page.notes,
        .n_notes = w->page.n_notes,
        .tables = {&w->tables[MODELS], &w->tables[PARAMETERS]},
        .n_tables = 2,
        .run_seconds = run_choice_seconds() - w->report->started,
    };
    return manifest_write(&manifest, w->report->store, w->folder, w->err);
}

static const char *source_line(struct writer *w)
{
    char known[DATE_TEXT];
    day end = DAY_NONE;
    for (size_t i = 0; i < w->results->backtest.n; i++) {
        const struct backtest_row *row = &w->results->backtest.rows[i];
        const day to = date_month_end(row->origin, row->horizon_months);
        end = to > end ? to : end;
    }
    date_format_words(end, known);
    return arena_format(&w->texts, w->err, "Source: %s to %s; turncurve %s",
                        w->results->from_returns ? "returns" : "published yearly totals", known,
                        HELP_VERSION);
}

static bool write_all(struct writer *w)
{
    bool drawn = false;
    const struct chart_options drawing = {.reports = w->report->reports, .processes = PROCESSES};
    const struct chart_set *set = &w->charts.set;
    const char *source = source_line(w);
    const char *where = places_words(w);
    if (source == NULL || where == NULL || !backtest_charts_make(&w->charts, w->results, source, w->err))
        return false;
    w->page.report = "backtest";
    w->page.command_line = w->report->app->command_line;
    w->page.title =
        arena_format(&w->texts, w->err, "Backtest: forecasts of %s against what came to be", where);
    w->page.lead = set->n_charts > 0 ? set->charts[0].title : "";
    return w->page.title != NULL && write_tables(w) && note_design(w) && note_limits(w) && note_gaps(w) &&
           chart_draw(w->folder, set->charts, set->n_charts, &drawing, &w->report->app->log, &drawn,
                      w->err) &&
           results_page_save(w->folder, w->report->reports, &w->page, set, drawn, w->err) &&
           write_manifest(w);
}

bool backtest_report_write(const struct backtest_report *report, const struct backtest_results *results,
                           struct folder *folder, struct err *err)
{
    struct writer w = {.report = report, .results = results, .folder = folder, .err = err};
    const bool ok = write_all(&w);
    for (size_t i = 0; i < TABLE_COUNT; i++)
        table_free(&w.tables[i]);
    backtest_charts_free(&w.charts);
    arena_free(&w.texts);
    return ok;
}
