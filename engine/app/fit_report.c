/* SPDX-License-Identifier: GPL-3.0-or-later
 * The model card is a template (reports/fit.mustache); here its values are gathered. */
#include "app/fit_report.h"

#include <time.h>

#include "app/fit_charts.h"
#include "app/fit_numbers.h"
#include "app/help.h"
#include "app/manifest.h"
#include "app/results_page.h"
#include "render/csv.h"

enum { PROCESSES = 2, NOTES_MOST = 32 };

double fit_seconds(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static bool write_tables(const struct fit_report *report, struct folder *folder, struct err *err)
{
    bool (*const makers[])(const struct learned *, const char *, struct table *, struct err *) = {
        learned_rates_table, learned_checks_table, learned_levels_table, learned_facts_table};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof makers / sizeof makers[0]; i++) {
        struct table table = {0};
        ok = makers[i](report->learned, report->model->name, &table, err) && csv_save(folder, &table, err);
        table_free(&table);
    }
    return ok;
}

static bool make_charts(const struct fit_report *report, struct chart_set *charts, struct err *err)
{
    char known[DATE_TEXT];
    date_format_words(report->outlook->origin, known);
    const char *source = arena_format(&charts->texts, err, "Source: returns to %s; model %s; turncurve %s",
                                      known, report->model->name, HELP_VERSION);
    const struct fit_subject subject = {report->outlook->authority.name, report->model, report->learned,
                                        source};
    return source != NULL && fit_charts_add(charts, &subject, err);
}

/* ---- the card -------------------------------------------------------------------------------------------
 */

static bool add_topic(struct arena *arena, struct page_value *root, const char *key,
                      const struct learned *learned, enum learned_topic topic, struct err *err)
{
    const char *texts[NOTES_MOST];
    size_t n = 0;
    for (size_t i = 0; i < learned->n_notes && n < NOTES_MOST; i++)
        if (learned->notes[i].topic == topic)
            texts[n++] = learned->notes[i].words;
    return results_page_add_texts(arena, root, key, texts, n, err);
}

static bool add_notices(struct arena *arena, struct page_value *root, const struct fit_report *report,
                        bool drawn, struct err *err)
{
    const char *texts[2];
    size_t n = 0;
    if (report->outlook->caution[0] != '\0')
        texts[n++] = report->outlook->caution;
    if (!drawn)
        texts[n++] = "There are no pictures because gnuplot is not installed.";
    return results_page_add_texts(arena, root, "notices", texts, n, err) &&
           page_add_flag(arena, root, "drawn", drawn, err);
}

static bool add_tables(struct arena *arena, struct page_value *root, const struct fit_report *report,
                       struct err *err)
{
    struct table placements = {0};
    struct table processes = {0};
    struct table years = {0};
    struct table parameters = {0};
    const bool ok = fit_placement_table(&placements, report->learned, err) &&
                    fit_process_table(&processes, report->learned, err) &&
                    fit_year_table(&years, report->learned, err) &&
                    fit_parameter_table(&parameters, report->model, &report->scenario->params, err) &&
                    page_add_table(arena, root, "placements", &placements, err) &&
                    page_add_table(arena, root, "processes", &processes, err) &&
                    page_add_table(arena, root, "years", &years, err) &&
                    page_add_table(arena, root, "parameters", &parameters, err);
    table_free(&placements);
    table_free(&processes);
    table_free(&years);
    table_free(&parameters);
    return ok;
}

static bool add_facts(struct arena *arena, struct page_value *root, const struct fit_report *report,
                      const char *command_line, struct err *err)
{
    char from[DATE_TEXT];
    char to[DATE_TEXT];
    const struct model *model = report->model;
    date_format_words(report->learned->from, from);
    date_format_words(report->learned->to, to);
    const char *title = arena_format(arena, err, "Children looked after in %s: what the model learned",
                                     report->outlook->authority.name);
    return title != NULL && page_add_text(arena, root, "title", title, err) &&
           page_add_text(arena, root, "from", from, err) && page_add_text(arena, root, "to", to, err) &&
           page_add_text(arena, root, "model_title", model->title, err) &&
           page_add_text(arena, root, "model_name", model->name, err) &&
           page_add_text(arena, root, "about", model->about, err) &&
           page_add_text(arena, root, "sources", model->sources, err) &&
           page_add_text(arena, root, "version", HELP_VERSION, err) &&
           page_add_text(arena, root, "command_line", command_line, err);
}

static bool write_card(const struct app *app, const struct fit_report *report, const struct chart_set *charts,
                       bool drawn, struct folder *folder, struct err *err)
{
    struct arena arena = {0};
    const struct learned *learned = report->learned;
    struct page_value *root = page_new(&arena, err);
    const bool ok = root != NULL && add_facts(&arena, root, report, app->command_line, err) &&
                    add_notices(&arena, root, report, drawn, err) && add_tables(&arena, root, report, err) &&
                    add_topic(&arena, root, "given", learned, LEARNED_GIVEN, err) &&
                    add_topic(&arena, root, "borrowed", learned, LEARNED_BORROWED, err) &&
                    add_topic(&arena, root, "wanders", learned, LEARNED_WANDERS, err) &&
                    add_topic(&arena, root, "unknown", learned, LEARNED_UNKNOWN, err) &&
                    add_topic(&arena, root, "not_for", learned, LEARNED_NOT_FOR, err) &&
                    results_page_add_charts(&arena, root, charts, err) &&
                    results_page_write(folder, report->reports, "fit", root, err);
    arena_free(&arena);
    return ok;
}

/* ---- the folder -----------------------------------------------------------------------------------------
 */

static bool write_manifest(const struct app *app, const struct fit_report *report, struct folder *folder,
                           struct err *err)
{
    const char *const names[] = {report->outlook->authority.name};
    const struct manifest manifest = {
        .command_line = app->command_line,
        .model = report->model,
        .scenarios = report->scenario,
        .n_scenarios = 1,
        .origin = report->outlook->origin,
        .short_breaks = report->short_breaks,
        .authorities = names,
        .n_authorities = 1,
        .run_seconds = fit_seconds() - report->started,
    };
    return manifest_write(&manifest, report->store, folder, err);
}

bool fit_report_write(struct app *app, const struct fit_report *report, struct err *err)
{
    struct folder folder = {0};
    struct chart_set charts = {0};
    const struct chart_options drawing = {.reports = report->reports, .processes = PROCESSES};
    bool drawn = false;
    const bool ok = folder_begin(&folder, report->folder, err) && write_tables(report, &folder, err) &&
                    make_charts(report, &charts, err) &&
                    chart_draw(&folder, charts.charts, charts.n_charts, &drawing, &app->log, &drawn, err) &&
                    write_card(app, report, &charts, drawn || charts.n_charts == 0, &folder, err) &&
                    write_manifest(app, report, &folder, err) && folder_commit(&folder, err);
    folder_abandon(&folder);
    chart_set_free(&charts);
    return ok;
}
