/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the questions gathered becomes files, and short tables on the screen. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/help.h"
#include "app/manifest.h"
#include "app/run_choice.h"
#include "app/show.h"
#include "app/target_job.h"
#include "render/csv.h"

enum { PROCESSES = 2 };
static const double pct = 100;

/* ---- charts ------------------------------------------------------------------------------------------ */

/* The last of the quantity's targets. */
static const char *title_of(struct target_job *job, const struct target_panel *panel, struct err *err)
{
    char words[QUANTITY_WORDS];
    char when[OUTLOOK_NUMBER];
    char level[OUTLOOK_NUMBER];
    size_t last = 0;
    for (size_t i = 1; i < panel->n_goals; i++)
        last = panel->goals[i].by > panel->goals[last].by ? i : last;
    const struct target_goal *goal = &panel->goals[last];
    quantity_say(&panel->quantity, job->now.localities, words);
    outlook_month_words(goal->by, when);
    target_job_value(&panel->quantity, goal->level, level);
    const char *side = goal->at_most ? "at most" : "at least";
    if (isnan(panel->chances[last]) || panel->fan == NULL)
        return arena_format(&job->charts.texts, err, "%s: %s %s by %s", words, side, level, when);
    return arena_format(&job->charts.texts, err, "%s: %s %s by %s, met in %.0f of 100 futures (%s)", words,
                        side, level, when, pct * panel->chances[last], panel->fan);
}

static bool add_targets(const struct target_panel *panel, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < panel->n_goals; i++)
        ok = chart_set_day_point(panel->table, "Target", "target", panel->goals[i].by, panel->goals[i].level,
                                 err);
    return ok;
}

static bool add_chart(struct target_job *job, size_t i, const char *source, const char *now_text,
                      struct err *err)
{
    struct arena *texts = &job->charts.texts;
    struct target_panel *panel = &job->panels[i];
    const char *title = title_of(job, panel, err);
    const char *name = arena_format(texts, err, "target-%d", (int)i + 1);
    const char *alt =
        title == NULL ? NULL
                      : arena_format(texts, err,
                                     "Line chart in %s. %s. Lines are the middle of simulated futures under "
                                     "each scenario, points are targets. Data: %s.",
                                     job->outlook.authority.name, title, panel->numbers);
    const char *subtitle = arena_format(
        texts, err, "%s. Lines: half of futures lie below. Band: 8 in 10 futures of the line in brackets.",
        job->outlook.authority.name);
    if (title == NULL || name == NULL || alt == NULL || subtitle == NULL || !add_targets(panel, err))
        return false;
    const enum chart_unit unit = panel->quantity.is_share                  ? CHART_PERCENT
                                 : panel->quantity.measure == MEASURE_COST ? CHART_POUNDS
                                                                           : CHART_COUNT;
    const struct chart_spec spec = {
        .script = "turning_the_curve",
        .name = name,
        .title = title,
        .subtitle = subtitle,
        .source = source,
        .alt = alt,
        .now = job->outlook.origin,
        .now_text = now_text,
        .panels = {{.data = panel->table,
                    .shape = CHART_LINES,
                    .unit = unit,
                    .y_title = measure_words(panel->quantity.measure),
                    .label_with_value = true}},
        .n_panels = 1,
    };
    chart_set_add(&job->charts, &spec, panel->numbers);
    return true;
}

static bool add_charts(struct target_job *job, struct err *err)
{
    char known[DATE_TEXT];
    date_format_words(job->outlook.origin, known);
    struct arena *texts = &job->charts.texts;
    const char *source = arena_format(texts, err, "Source: %s to %s; model %s; turncurve %s",
                                      job->outlook.has_history ? "returns" : "published yearly totals", known,
                                      job->model->name, HELP_VERSION);
    const char *now_text = arena_format(texts, err, "now: %s", known);
    bool ok = source != NULL && now_text != NULL;
    for (size_t i = 0; ok && i < job->n_panels; i++)
        ok = add_chart(job, i, source, now_text, err);
    return ok;
}

/* ---- page -------------------------------------------------------------------------------------------- */

static bool add_notes(struct target_job *job, char intervals[INTERVALS_WORDS])
{
    intervals_say(&job->outlook.intervals, intervals);
    bool ok =
        target_job_note(job, intervals) &&
        target_job_note(job, "Chances and ranges are shares of simulated futures, as sure as the model is; "
                             "limits of a chance say only how well so many futures measure it.");
    if (ok && job->choice.n > 1)
        ok = target_job_note(
            job, "All scenarios share their luck: savings are differences future by future. Best, "
                 "likely and worst are assumptions, not probabilities.");
    return ok;
}

static bool write_page(struct target_job *job, struct folder *folder, struct err *err)
{
    char intervals[INTERVALS_WORDS];
    bool drawn = false;
    struct results_page page = {
        .report = "target", .lead = text_c(&job->lead), .command_line = target_job_command(job)};
    const struct chart_options drawing = {.reports = options_text(job->options, "reports"),
                                          .processes = PROCESSES};
    page.title = arena_format(&job->texts, err, "Targets in %s", job->outlook.authority.name);
    bug_if(!add_notes(job, intervals));
    for (size_t i = 0; i < job->n_tables; i++) {
        struct target_table *table = &job->tables[i];
        if (table->table.n_rows > 0 && table->heading != NULL) {
            page.tables[page.n_tables].heading = page.tables[page.n_tables].caption = table->heading;
            page.tables[page.n_tables].file = table->file;
            page.tables[page.n_tables++].table = &table->table;
        }
        if (table->is_saved)
            page.files[page.n_files++] = table->file;
    }
    if (job->publish.is_on) {
        page.n_notes = publish_notes(&job->publish, &job->texts, page.notes, err);
        if (page.n_notes == 0)
            return false;
    }
    for (size_t i = 0; i < job->n_notes; i++)
        page.notes[page.n_notes++] = job->notes[i];
    return page.title != NULL && add_charts(job, err) &&
           chart_draw(folder, job->charts.charts, job->charts.n_charts, &drawing, &job->app->log, &drawn,
                      err) &&
           results_page_save(folder, drawing.reports, &page, &job->charts, drawn, err);
}

/* ---- files ------------------------------------------------------------------------------------------- */

static bool write_manifest(const struct target_job *job, struct folder *folder, double started,
                           struct err *err)
{
    struct table intervals;
    struct table control = {0};
    const char *name = job->outlook.authority.name;
    const char *exposure = job->outlook.exposure;
    intervals_table_init(&intervals);
    const struct manifest manifest = {
        .command_line = target_job_command(job),
        .published = job->publish.is_on,
        .model = job->model,
        .scenarios = job->choice.scenarios,
        .n_scenarios = job->choice.n,
        .prices = job->publish.is_on ? NULL : &job->prices,
        .origin = job->outlook.origin,
        .months = job->months,
        .runs = job->run_options.replicates,
        .seed = job->seed,
        .short_breaks = options_has(job->options, "short-breaks"),
        .raw = options_has(job->options, "raw"),
        .authorities = &name,
        .n_authorities = 1,
        .exposures = (job->model->needs & MODEL_TAKES_POPULATION) != 0 ? &exposure : NULL,
        .tables = {&intervals, &control},
        .n_tables = job->publish.is_on ? 2 : 1,
        .run_seconds = run_choice_seconds() - started,
    };
    const bool ok = intervals_table_add(&intervals, name, &job->outlook.intervals, err) &&
                    (!job->publish.is_on || publish_table(&job->publish, &control, err)) &&
                    manifest_write(&manifest, job->store, folder, err) &&
                    (!job->publish.is_on ||
                     publish_record(&job->publish, job->app->database, job->outlook.authority.la, err));
    table_free(&intervals);
    table_free(&control);
    return ok;
}

bool target_job_write(struct target_job *job, struct folder *folder, double started, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < job->n_tables; i++) {
        struct target_table *table = &job->tables[i];
        if (table->file == NULL)
            table->file = arena_format(&job->texts, err, "%s.csv", table->table.name);
        ok = table->file != NULL && (!table->is_saved || csv_save(folder, &table->table, err));
    }
    return ok && write_page(job, folder, err) && write_manifest(job, folder, started, err);
}

bool target_job_show(struct target_job *job, struct err *err)
{
    FILE *out = job->app->out;
    bool ok = true, is_shown = false;
    if (!job->app->json && job->lead.length > 0)
        fprintf(out, "%s\n", text_c(&job->lead));
    for (size_t i = 0; ok && i < job->n_tables; i++) {
        const struct target_table *table = &job->tables[i];
        if (table->table.n_rows == 0 || !(job->app->json ? table->is_saved : table->is_shown))
            continue;
        if (!job->app->json)
            fprintf(out, "\n%s:\n", table->heading);
        ok = show_table(job->app, &table->table, err);
        is_shown = true;
        if (job->app->json)
            break; /* one table is one JSON document */
    }
    if (ok && job->app->json && !is_shown)
        fputs("[]\n", out);
    if (ok && !job->app->json)
        fprintf(out, "\nopen %s/index.html\n", options_out(job->options));
    return ok;
}
