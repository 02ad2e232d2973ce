/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was made becomes files, and a short table on the screen. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/finance_publish.h"
#include "app/manifest.h"
#include "app/run_choice.h"
#include "app/show.h"
#include "render/csv.h"

enum { PROCESSES = 2, PENCE = 100 };

/* The tables that the page shows; the others are files only. */
static const enum finance_table shown[] = {FINANCE_REPORT,      FINANCE_CHANCE,       FINANCE_SPLIT,
                                           FINANCE_TO_DATE,     FINANCE_MOVEMENT,     FINANCE_FULL_YEAR,
                                           FINANCE_SAVINGS,     FINANCE_DECISIONS,    FINANCE_MEDIUM_TERM,
                                           FINANCE_CALIBRATION, FINANCE_SENSITIVITIES};

/* The headings of all columns, in the order of finance_columns.def. */
static const struct table_column people_columns[] = {
#define FINANCE_COLUMN(table, name, decimals, heading, form, total, formula) {heading, decimals},
#include "app/finance_columns.def"
#undef FINANCE_COLUMN
};

/* Where a table's columns begin in that list. */
static size_t first_column(const struct finance_job *job, enum finance_table table)
{
    size_t first = 0;
    for (int t = 0; t < (int)table; t++)
        first += job->tables[t].n_columns;
    return first;
}

/* A table with headings for people: without the year, which the title has; pounds without pence, the CSV has
 * them. */
static bool for_people(const struct table *from, const struct table_column columns[], struct table *to,
                       struct err *err)
{
    const size_t skipped = strcmp(from->columns[0].name, "year") == 0 ? 1 : 0;
    table_init(to, from->name, columns + skipped, from->n_columns - skipped);
    for (size_t row = 0; row < from->n_rows; row++) {
        struct table_cell *cells = table_add_row(to, err);
        if (cells == NULL)
            return false;
        for (size_t i = skipped; i < from->n_columns; i++) {
            const struct table_cell *cell = table_at(from, row, i);
            struct table_cell *own = &cells[i - skipped];
            if (cell->kind == CELL_TEXT && !table_set_text(to, own, cell->as.text, err))
                return false;
            if (cell->kind == CELL_GBP)
                table_set_integer(own, (int64_t)floor((double)cell->as.integer / PENCE + .5));
            else if (cell->kind != CELL_TEXT)
                *own = *cell;
        }
    }
    return true;
}

static const char *command_line(const struct finance_job *job)
{
    return job->publish.is_on ? "turncurve finance --publish" : job->app->command_line;
}

static const char *file_of(struct finance_job *job, enum finance_table table, struct err *err)
{
    return arena_format(&job->texts, err, "%s.csv", job->tables[table].name);
}

static bool write_page(struct finance_job *job, struct folder *folder, struct err *err)
{
    struct table tables[FINANCE_TABLE_COUNT] = {{0}};
    bool drawn = false, ok = true;
    struct results_page page = {.report = "finance",
                                .title = job->title,
                                .lead = text_c(&job->lead),
                                .command_line = command_line(job)};
    const struct chart_options drawing = {.reports = options_text(job->options, "reports"),
                                          .processes = PROCESSES};
    for (size_t k = 0; ok && k < sizeof shown / sizeof shown[0]; k++) {
        const enum finance_table t = shown[k];
        if (job->tables[t].n_rows == 0)
            continue;
        const char *file = file_of(job, t, err);
        ok = file != NULL &&
             for_people(&job->tables[t], &people_columns[first_column(job, t)], &tables[t], err);
        page.tables[page.n_tables].heading = finance_table_heading(t);
        page.tables[page.n_tables].caption = finance_table_about(t);
        page.tables[page.n_tables].file = file;
        page.tables[page.n_tables++].table = &tables[t];
    }
    for (int t = 0; ok && t < FINANCE_TABLE_COUNT; t++) {
        if (job->tables[t].n_rows == 0)
            continue;
        page.files[page.n_files] = file_of(job, (enum finance_table)t, err);
        ok = page.files[page.n_files++] != NULL;
    }
    memcpy(page.notes, job->notes, job->n_notes * sizeof job->notes[0]);
    page.n_notes = job->n_notes;
    ok =
        ok &&
        chart_draw(folder, job->charts.charts, job->charts.n_charts, &drawing, &job->app->log, &drawn, err) &&
        results_page_save(folder, drawing.reports, &page, &job->charts, drawn, err);
    for (int t = 0; t < FINANCE_TABLE_COUNT; t++)
        table_free(&tables[t]);
    return ok;
}

static bool write_manifest(const struct finance_job *job, struct folder *folder, double started,
                           struct err *err)
{
    struct table intervals, control = {0};
    const bool published = job->publish.is_on;
    const char *name = job->outlook.authority.name;
    const char *exposure = job->outlook.exposure;
    intervals_table_init(&intervals);
    const struct manifest manifest = {
        .command_line = command_line(job),
        .published = published,
        .model = job->model,
        .scenarios = job->choice.scenarios,
        .n_scenarios = job->choice.n,
        .prices = published ? NULL : &job->prices,
        .origin = job->outlook.origin,
        .months = job->months,
        .runs = job->run_options.replicates,
        .seed = job->seed,
        .short_breaks = options_has(job->options, "short-breaks"),
        .authorities = &name,
        .n_authorities = 1,
        .exposures = (job->model->needs & MODEL_TAKES_POPULATION) != 0 ? &exposure : NULL,
        .tables = {&intervals, &control},
        .n_tables = published ? 2 : 1,
        .run_seconds = run_choice_seconds() - started,
    };
    const bool ok = intervals_table_add(&intervals, name, &job->outlook.intervals, err) &&
                    (!published || publish_table(&job->publish, &control, err)) &&
                    manifest_write(&manifest, job->store, folder, err);
    table_free(&intervals);
    table_free(&control);
    return ok;
}

bool finance_write(struct finance_job *job, struct folder *folder, double started, struct err *err)
{
    bool ok = true;
    for (int t = 0; ok && t < FINANCE_TABLE_COUNT; t++)
        ok = job->tables[t].n_rows == 0 || csv_save(folder, &job->tables[t], err);
    return ok && finance_workbook_write(job, folder, err) && write_page(job, folder, err) &&
           write_manifest(job, folder, started, err);
}

/* Line, budget, outturn, range, variance, chance: what fits on a screen. */
static bool short_table(const struct finance_job *job, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {{"line", 0}, {"budget", 0},   {"outturn", 0}, {"p10", 0},
                                                  {"p90", 0},  {"variance", 0}, {"chance", 2}};
    table_init(out, "finance", columns, sizeof columns / sizeof columns[0]);
    const bool has_budget = job->finance.lines.has_budget;
    for (size_t i = 0; i <= finance_job_total(job); i++) {
        const struct finance_row *row = &job->finance.rows[i];
        struct table_cell *cells = table_add_row(out, err);
        if (cells == NULL || !table_set_text(out, &cells[0], finance_job_line(job, i), err))
            return false;
        if (!finance_publish_shows(job, i)) {
            bool ok = true;
            for (size_t k = 1; ok && k < sizeof columns / sizeof columns[0]; k++)
                ok = publish_set_hidden(out, &cells[k], err);
            if (!ok)
                return false;
            continue;
        }
        if (has_budget) {
            table_set_gbp(&cells[1], row->budget);
            table_set_gbp(&cells[5], row->variance);
        }
        table_set_gbp(&cells[2], row->outturn);
        table_set_gbp(&cells[3], row->p10);
        table_set_gbp(&cells[4], row->p90);
        table_set_real(&cells[6], row->chance);
    }
    return true;
}

bool finance_show(struct finance_job *job, struct err *err)
{
    struct table table = {0};
    if (job->app->json)
        return show_table(job->app, &job->tables[FINANCE_REPORT], err);
    fprintf(job->app->out, "%s\n%s\n\n", job->title, text_c(&job->lead));
    const bool ok = short_table(job, &table, err) && show_table(job->app, &table, err);
    table_free(&table);
    if (ok)
        fprintf(job->app->out, "\nopen %s/index.html\n", options_out(job->options));
    return ok;
}
