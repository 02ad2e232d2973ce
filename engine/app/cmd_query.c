/* SPDX-License-Identifier: GPL-3.0-or-later
 * query: one SELECT of the analyst's own, over copies of the documented tables. */
#include "app/shared_options.h"
#include "app/show.h"
#include "app/sources.h"
#include "render/csv.h"
#include "store/sandbox.h"

static const struct option_spec query_options[] = {
    OPTION_LIST_TABLES,
    {.name = "columns", .argument = "TABLE", .type = OPTION_TEXT, .words = "list the columns of a table"},
    {.name = "csv", .type = OPTION_FLAG, .words = "the answer as CSV instead of a table for the eye"},
    {.name = "rows",
     .argument = "N",
     .type = OPTION_INTEGER,
     .fallback = "100000",
     .low = 1,
     .high = 10000000,
     .words = "most rows of an answer"},
    {.name = "seconds",
     .argument = "N",
     .type = OPTION_INTEGER,
     .fallback = "60",
     .low = 1,
     .high = 86400,
     .words = "most seconds that the statement may run"},
    OPTION_RESULTS,
    OPTION_SHOW_CHILDREN,
};

enum { MOST_COLUMNS = 64 };

static bool declare_all(struct sandbox *sandbox, struct err *err)
{
    struct arena arena = {0};
    struct source source;
    bool ok = true;
    for (size_t i = 0; ok && source_at(i, &source); i++) {
        const char *names[MOST_COLUMNS];
        const size_t n = source_columns(&source, names, MOST_COLUMNS, &arena, err);
        ok = n > 0 && sandbox_declare(sandbox, source.name, names, n, err);
    }
    arena_free(&arena);
    return ok;
}

/* Only the tables that the statement reads are copied. */
static bool fill_read(struct sandbox *sandbox, struct app *app, const struct options *options,
                      struct err *err)
{
    struct source source;
    bool ok = true, of_children = false;
    for (size_t i = 0; ok && source_at(i, &source); i++) {
        struct table rows = {0};
        if (!sandbox_reads(sandbox, i))
            continue;
        of_children = of_children || source_of_children(&source);
        ok = source_fill(app, options, &source, &rows, err) && sandbox_fill(sandbox, i, &rows, err);
        table_free(&rows);
        if (ok && log_is_stopped(&app->log))
            ok = err_set(err, ERR_INTERRUPTED, "stopped");
    }
    if (ok)
        sources_warn(app, options, of_children);
    return ok;
}

static bool show(struct app *app, const struct options *options, const struct table *table, struct err *err)
{
    if (options_has(options, "csv"))
        return csv_write(app->out, table, err) || ferror(app->out) != 0;
    return show_table(app, table, err);
}

static bool list_columns(struct app *app, const struct options *options, struct err *err)
{
    static const struct table_column columns[] = {{"column", 0}, {"type", 0}, {"words", 0}};
    struct source source;
    struct table table = {0};
    bool ok = source_find(options_text(options, "columns"), &source, err);
    if (!ok)
        return false;
    table_init(&table, "columns", columns, sizeof columns / sizeof columns[0]);
    ok = source_describe(&source, &table, err) && show(app, options, &table, err);
    table_free(&table);
    return ok;
}

static bool query_run(struct app *app, const struct options *options, struct err *err)
{
    const struct sandbox_limits limits = {.rows = options_integer(options, "rows"),
                                          .seconds = options_integer(options, "seconds")};
    struct table table = {0};
    bool ok = false;
    if (app->json && options_has(options, "csv"))
        return err_set(err, ERR_USAGE, "the answer is CSV or JSON: give --csv or --json, not both");
    if (options_has(options, "columns"))
        return list_columns(app, options, err);
    if (options_has(options, "list")) {
        ok = sources_list(&table, err) && show(app, options, &table, err);
        table_free(&table);
        return ok;
    }
    if (options_n_arguments(options) == 0)
        return err_set(err, ERR_USAGE,
                       "give a statement, as in turncurve query 'SELECT ...'; --list names tables");
    struct sandbox *sandbox = sandbox_open(err);
    ok = sandbox != NULL && declare_all(sandbox, err) &&
         sandbox_prepare(sandbox, options_argument(options, 0), err) &&
         fill_read(sandbox, app, options, err) && sandbox_run(sandbox, &limits, &app->log, &table, err);
    sandbox_close(sandbox);
    ok = ok && show(app, options, &table, err);
    table_free(&table);
    return ok;
}

const struct command command_query = {
    .name = "query",
    .one_line = "answers one SELECT over the documented tables; changes nothing",
    .arguments = "'SELECT ...'",
    .least_arguments = 0,
    .most_arguments = 1,
    .about =
        "Runs one SELECT of SQL (SQLite's) over copies of the documented tables: what is stored (placements, "
        "periods, files, plans ..) and the results of other commands in the folder of --results (forecast, "
        "cost, history ..). --list names them, --columns TABLE says what a table holds. The copies lie in "
        "memory, so that no statement can change or reach anything else; statements that would are "
        "refused.\n\n"
        "Dates are texts, 2026-03-31; money is in pounds. Names that are words of SQL stand in double "
        "quotes: "
        "\"group\", \"from\", \"to\", \"by\".\n\n"
        "Children are numbers that say nothing outside this database, dates of birth are months, postcodes "
        "and "
        "pupil numbers are left out, unless --show-children asks for them. An answer about few children can "
        "still tell who they are: mind whom you give it to.",
    .examples =
        "turncurve query --list\n"
        "turncurve query --columns placements\n"
        "turncurve query \"SELECT placement, count(*) FROM placements WHERE ended IS NULL GROUP BY 1\"\n"
        "turncurve query --csv \"SELECT date, \\\"group\\\", p50 FROM forecast WHERE measure = 'stock'\"\n",
    .files = "",
    .options = query_options,
    .n_options = sizeof query_options / sizeof query_options[0],
    .run = query_run,
};
