/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables by year; every number comes through publish_set_count. */
#include "app/history_publish.h"

#include <unistd.h>

#include "app/manifest.h"
#include "app/results_page.h"
#include "render/csv.h"

enum { YEAR = 12, TABLES = 8, YEARS_MOST = 40, PROCESSES = 4 };

struct writer {
    struct app *app;
    const struct history_inputs *inputs;
    struct publish *publish;
    struct store *store;
    struct folder folder;
    struct chart_set charts;
    struct table tables[TABLES];
    size_t n_tables;
    struct table control;
    struct results_page page;
    struct arena texts;
    struct err *err;
};

/* ---- history.csv ------------------------------------------------------------------------------------- */

static bool add_series(struct writer *w, struct table *table, enum measure measure, struct group group)
{
    const struct history *history = &w->inputs->history;
    char name[GROUP_TEXT];
    group_format(group, history->localities, name);
    for (int32_t year = history->first_year - 1; year <= history->last_year; year++) {
        int64_t value = 0;
        if (publication_count(&w->publish->publication, measure, group, history->localities,
                              date_year_end(year), YEAR, &value) == PUBLICATION_UNKNOWN)
            continue;
        struct table_cell *row = table_add_row(table, w->err);
        if (row == NULL || !table_set_text(table, &row[0], history->la_name, w->err) ||
            !table_set_text(table, &row[2], measure_name(measure), w->err) ||
            !table_set_text(table, &row[3], name, w->err) ||
            !table_set_text(table, &row[4], measure_unit(measure), w->err) ||
            !publish_set_count(w->publish, table, &row[5], measure, group, history->localities,
                               date_year_end(year), YEAR, w->err))
            return false;
        table_set_day(&row[1], date_year_end(year));
    }
    return true;
}

static bool write_history(struct writer *w)
{
    static const struct table_column columns[] = {{"la", 0},    {"date", 0}, {"measure", 0},
                                                  {"group", 0}, {"unit", 0}, {"value", 0}};
    struct table *table = &w->tables[w->n_tables++];
    bool ok = true;
    table_init(table, "history", columns, sizeof columns / sizeof columns[0]);
    for (int m = 0; ok && m < MEASURE_COUNT; m++)
        for (int k = 0; ok && k < GROUP_KIND_COUNT; k++)
            for (int32_t i = 0; ok && i < w->inputs->counts.n_members[k]; i++)
                ok = add_series(w, table, (enum measure)m, (struct group){(enum group_kind)k, i});
    return ok && csv_save(&w->folder, table, w->err);
}

/* ---- tables of the page ------------------------------------------------------------------------------ */

static bool put_on_page(struct writer *w, const char *heading, const char *file)
{
    w->page.tables[w->page.n_tables].heading = heading;
    w->page.tables[w->page.n_tables].file = file;
    w->page.tables[w->page.n_tables].table = &w->tables[w->n_tables - 1];
    w->page.n_tables++;
    return true;
}

bool history_publish_years(const struct publish *publish, const struct history_inputs *inputs,
                           struct table *table, struct err *err)
{
    static const struct table_column columns[] = {{"la", 0},    {"year", 0},        {"date", 0},
                                                  {"stock", 0}, {"entries", 0},     {"exits", 0},
                                                  {"moves", 0}, {"readmissions", 0}};
    static const enum measure measures[] = {MEASURE_STOCK, MEASURE_ENTRIES, MEASURE_EXITS, MEASURE_MOVES,
                                            MEASURE_READMISSIONS};
    const struct group all = {GROUP_ALL, 0};
    const struct history *history = &inputs->history;
    if (table->columns == NULL)
        table_init(table, "years", columns, sizeof columns / sizeof columns[0]);
    for (int32_t year = history->first_year - 1; year <= history->last_year; year++) {
        char name[DATE_TEXT];
        struct table_cell *row = table_add_row(table, err);
        date_format_financial_year(year, name);
        bool ok = row != NULL && table_set_text(table, &row[0], history->la_name, err) &&
                  table_set_text(table, &row[1], name, err);
        for (size_t i = 0; ok && i < sizeof measures / sizeof measures[0]; i++)
            ok = publish_set_count(publish, table, &row[3 + i], measures[i], all, NULL, date_year_end(year),
                                   YEAR, err);
        if (!ok)
            return false;
        table_set_day(&row[2], date_year_end(year));
    }
    return true;
}

static bool write_years(struct writer *w)
{
    struct table *table = &w->tables[w->n_tables++];
    return history_publish_years(w->publish, w->inputs, table, w->err) &&
           csv_save(&w->folder, table, w->err) && put_on_page(w, "Each year, counted as events", "years.csv");
}

/* Rows: the groups of a kind; columns: years. */
static bool add_groups(struct writer *w, const char *heading, const char *caption, enum measure measure,
                       enum group_kind kind)
{
    const struct history *history = &w->inputs->history;
    const int32_t first = measure == MEASURE_STOCK ? history->first_year - 1 : history->first_year;
    const size_t n = (size_t)(history->last_year - first) + 1;
    struct table_column *columns = arena_take(&w->texts, (n + 1) * sizeof *columns, w->err);
    struct table *table = &w->tables[w->n_tables++];
    if (columns == NULL)
        return false;
    columns[0].name = "Group";
    for (size_t i = 0; i < n; i++) {
        char words[DATE_TEXT];
        if (measure == MEASURE_STOCK)
            date_format_words(date_year_end(first + (int32_t)i), words);
        else
            date_format_financial_year(first + (int32_t)i, words);
        columns[1 + i].name = arena_copy(&w->texts, str_of(words), w->err);
        if (columns[1 + i].name == NULL)
            return false;
    }
    table_init(table, caption, columns, n + 1);
    for (int32_t g = 0; g < w->inputs->counts.n_members[kind]; g++) {
        const struct group group = {kind, g};
        int64_t value = 0;
        if (publication_count(&w->publish->publication, measure, group, history->localities,
                              date_year_end(history->last_year), YEAR, &value) == PUBLICATION_UNKNOWN)
            continue;
        struct table_cell *row = table_add_row(table, w->err);
        const char *name = kind == GROUP_PLACEMENT ? placement_group_words((enum placement_group)g)
                           : kind == GROUP_AGE     ? age_band_words((enum age_band)g)
                           : kind == GROUP_NEED    ? need_words((enum need)g)
                           : kind == GROUP_ROUTE   ? route_words((enum route)g)
                                                   : legal_group_words((enum legal_group)g);
        bool ok = row != NULL && table_set_text(table, &row[0], name, w->err);
        for (size_t i = 0; ok && i < n; i++)
            ok = publish_set_count(w->publish, table, &row[1 + i], measure, group, history->localities,
                                   date_year_end(first + (int32_t)i), YEAR, w->err);
        if (!ok)
            return false;
    }
    return table->n_rows == 0 || put_on_page(w, heading, "history.csv");
}

static bool write_tables(struct writer *w)
{
    return write_history(w) && write_years(w) &&
           add_groups(w, "Where children are placed", "Children looked after on 31 March by placement",
                      MEASURE_STOCK, GROUP_PLACEMENT) &&
           add_groups(w, "How old they are", "Children looked after on 31 March by age", MEASURE_STOCK,
                      GROUP_AGE) &&
           add_groups(w, "Their legal status", "Children looked after on 31 March by legal status",
                      MEASURE_STOCK, GROUP_LEGAL) &&
           add_groups(w, "Why they come into care", "Entries in the year by main reason", MEASURE_ENTRIES,
                      GROUP_NEED) &&
           add_groups(w, "How they leave care", "Exits in the year by reason", MEASURE_EXITS, GROUP_ROUTE);
}

/* ---- together ---------------------------------------------------------------------------------------- */

static bool add_notes(struct writer *w)
{
    const struct history *history = &w->inputs->history;
    const size_t n = publish_notes(w->publish, &w->texts, w->page.notes, w->err);
    w->page.n_notes = n;
    const char *counted = arena_format(&w->texts, w->err,
                                       "Counted from the SSDA903 returns of the years ending March %d to %d. "
                                       "Placements under an agreed series "
                                       "of short breaks (V3, V4) are %s. Entries and exits count periods of "
                                       "care: a child who leaves and comes "
                                       "back in a year is two of each.",
                                       (int)history->first_year, (int)history->last_year,
                                       history->short_breaks ? "counted" : "left out");
    if (n == 0 || counted == NULL)
        return false;
    w->page.notes[w->page.n_notes++] = counted;
    return true;
}

static bool finish(struct writer *w)
{
    static const char command_line[] = "turncurve history --publish";
    const char *const names[] = {w->inputs->authority.name};
    const struct chart_options drawing = {.processes = PROCESSES};
    bool drawn = false;
    if (!add_notes(w) || !publish_table(w->publish, &w->control, w->err))
        return false;
    const struct manifest manifest = {
        .command_line = command_line,
        .published = true,
        .short_breaks = w->inputs->history.short_breaks,
        .authorities = names,
        .n_authorities = 1,
        .notes = w->page.notes,
        .n_notes = w->page.n_notes,
        .tables = {&w->control},
        .n_tables = 1,
    };
    w->page.report = "history";
    w->page.command_line = command_line;
    w->page.title = arena_format(&w->texts, w->err, "Children looked after by %s", names[0]);
    w->page.lead = w->charts.n_charts > 0 ? w->charts.charts[0].title
                                          : "Numbers are too small to be published by group.";
    w->page.files[w->page.n_files++] = "history.csv";
    w->page.files[w->page.n_files++] = "years.csv";
    return w->page.title != NULL &&
           chart_draw(&w->folder, w->charts.charts, w->charts.n_charts, &drawing, &w->app->log, &drawn,
                      w->err) &&
           results_page_save(&w->folder, NULL, &w->page, &w->charts, drawn, w->err) &&
           manifest_write(&manifest, w->store, &w->folder, w->err) &&
           publish_record(w->publish, w->app->database, w->inputs->authority.la, w->err) &&
           folder_commit(&w->folder, w->err);
}

bool history_publish_write(struct app *app, const struct history_inputs *inputs, struct publish *publish,
                           struct store *store, const char *out, struct err *err)
{
    struct writer w = {.app = app, .inputs = inputs, .publish = publish, .store = store, .err = err};
    bug_if(inputs->history.last_year - inputs->history.first_year >= YEARS_MOST);
    const bool ok = folder_begin(&w.folder, out, err) &&
                    publish_add_years(publish, &inputs->history, &inputs->counts, err) &&
                    publish_seal(publish, store, inputs->authority.la, &app->log, err) && write_tables(&w) &&
                    history_publish_charts(&w.charts, inputs, publish, err) && finish(&w);
    folder_abandon(&w.folder);
    for (size_t i = 0; i < w.n_tables; i++)
        table_free(&w.tables[i]);
    table_free(&w.control);
    chart_set_free(&w.charts);
    arena_free(&w.texts);
    return ok;
}
