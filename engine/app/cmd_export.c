/* SPDX-License-Identifier: GPL-3.0-or-later
 * export: whole tables for other programs. */
#include <string.h>

#include "app/shared_options.h"
#include "app/show.h"
#include "app/sources.h"
#include "render/csv.h"
#include "render/json.h"
#include "render/sql.h"

static const struct option_spec export_options[] = {
    OPTION_LIST_TABLES,
    {.name = "format",
     .argument = "FORMAT",
     .type = OPTION_TEXT,
     .fallback = "csv",
     .words = "csv; json, an array of objects; or sql, statements that make and fill the table elsewhere"},
    {.name = "out",
     .argument = "DIR",
     .type = OPTION_PATH,
     .words = "folder for a file of each table; without it the table goes to standard output"},
    OPTION_RESULTS,
    OPTION_SHOW_CHILDREN,
};

struct format {
    const char *name;
    bool (*write)(FILE *file, const struct table *table, struct err *err);
};

static const struct format *find_format(const struct app *app, const struct options *options, struct err *err)
{
    static const struct format formats[] = {{"csv", csv_write}, {"json", json_write}, {"sql", sql_write}};
    const char *name = app->json ? "json" : options_text(options, "format");
    if (app->json && options_has(options, "format") && strcmp(options_text(options, "format"), name) != 0) {
        err_set(err, ERR_USAGE, "--json and --format %.20s are two formats; give one",
                options_text(options, "format"));
        return NULL;
    }
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    err_set(err, ERR_USAGE, "there is no format \"%.40s\"; there are csv, json, sql", name);
    return NULL;
}

static bool save(struct folder *folder, const struct table *table, const struct format *format,
                 struct err *err)
{
    char name[128];
    const int length = snprintf(name, sizeof name, "%s.%s", table->name, format->name);
    bug_if(length < 0 || (size_t)length >= sizeof name);
    FILE *file = folder_create(folder, name, err);
    if (file == NULL)
        return false;
    const bool written = format->write(file, table, err);
    struct err second = {0};
    const bool closed = folder_close_file(file, name, written ? err : &second);
    return written && closed;
}

/* One table: read, then written to the folder when there is one. */
static bool export_one(struct app *app, const struct options *options, const char *name,
                       const struct format *format, struct folder *folder, bool *of_children, struct err *err)
{
    struct source source;
    struct table table = {0};
    bool ok = source_find(name, &source, err) && source_fill(app, options, &source, &table, err);
    if (ok) {
        table.name = source.name; /* not the file's: history_published */
        *of_children = *of_children || source_of_children(&source);
        /* what a pipe would not take is found once, at the end of the run */
        ok = folder != NULL ? save(folder, &table, format, err)
                            : format->write(app->out, &table, err) || ferror(app->out) != 0;
    }
    table_free(&table);
    if (ok && log_is_stopped(&app->log))
        ok = err_set(err, ERR_INTERRUPTED, "stopped");
    return ok;
}

static bool list_tables(struct app *app, struct err *err)
{
    struct table table = {0};
    const bool ok = sources_list(&table, err) && show_table(app, &table, err);
    table_free(&table);
    return ok;
}

static bool export_run(struct app *app, const struct options *options, struct err *err)
{
    struct folder folder = {0};
    bool of_children = false;
    const size_t n = options_n_arguments(options);
    const bool to_folder = options_has(options, "out");
    if (options_has(options, "list"))
        return list_tables(app, err);
    if (n == 0)
        return err_set(err, ERR_USAGE, "name a table, as in turncurve export placements; --list names them");
    const struct format *format = find_format(app, options, err);
    if (format == NULL)
        return false;
    if (n > 1 && !to_folder && format->write != sql_write)
        return err_set(err, ERR_USAGE, "several tables go to a folder: give --out DIR, or one table");
    bool ok = !to_folder || folder_begin(&folder, options_text(options, "out"), err);
    for (size_t i = 0; ok && i < n; i++)
        ok = export_one(app, options, options_argument(options, i), format, to_folder ? &folder : NULL,
                        &of_children, err);
    ok = ok && (!to_folder || folder_commit(&folder, err));
    folder_abandon(&folder);
    if (ok)
        sources_warn(app, options, of_children);
    return ok;
}

const struct command command_export = {
    .name = "export",
    .one_line = "any table as CSV, JSON or SQL",
    .arguments = "TABLE...",
    .least_arguments = 0,
    .most_arguments = 200,
    .about =
        "Writes whole tables for other programs: what is stored, and the results of other commands in the "
        "folder of --results. --list names them; \"turncurve query --columns TABLE\" says what a table "
        "holds; the "
        "table dictionary holds all of that for every table. To the screen or a pipe goes one table (or "
        "several as "
        "SQL), to a folder as many as are named.\n\n"
        "Dates are ISO, money is in pounds. In CSV a text that a spreadsheet would take for a formula begins "
        "with a single quote mark; in SQL texts are quoted.\n\n"
        "Children are numbers that say nothing outside this database, dates of birth are months, postcodes "
        "and "
        "pupil numbers are left out, unless --show-children asks for them.",
    .examples = "turncurve export --list\n"
                "turncurve export placements --la Leeds  # children as numbers\n"
                "turncurve export forecast cost --format sql  # from out/forecast, for another database\n"
                "turncurve export plans plan_rows --out tables --format json\n",
    .files = "with --out: DIR/TABLE.csv, .json or .sql",
    .options = export_options,
    .n_options = sizeof export_options / sizeof export_options[0],
    .run = export_run,
};
