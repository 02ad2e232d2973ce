/* SPDX-License-Identifier: GPL-3.0-or-later
 * history: what the returns, or the published figures, say happened so far. */
#include <stdlib.h>
#include <string.h>

#include "app/authority_folder.h"
#include "app/command.h"
#include "app/history_publish.h"
#include "app/history_report.h"
#include "app/shared_options.h"
#include "app/show.h"
#include "study/dfe.h"
#include "study/measures.h"

static const struct option_spec history_options[] = {
    {.name = "published",
     .type = OPTION_FLAG,
     .words = "also count children as DfE does: first start and last cease of a child in the year"},
    {.name = "short-breaks", .type = OPTION_FLAG, .words = "count placements under V3 and V4, too"},
    OPTIONS_PUBLISH,
};

/* Years before the returns shown on the screen, marked: rebuilt from the children still there. */
enum { YEARS_BEFORE = 2 };

struct run {
    struct app *app;
    struct store *store;
    struct table shown; /* for the screen */
    int64_t findings[3];
    const struct options *options;
    bool as_published, short_breaks, publish;
};

static bool show_returns(struct run *run, const struct history_inputs *inputs, struct err *err)
{
    struct year_count *years = NULL;
    size_t n = 0;
    if (run->as_published)
        return dfe_year_table(&inputs->history, inputs->authority.has_published ? &inputs->yearly : NULL,
                              &run->shown, err);
    const bool ok = measures_by_year(&inputs->history, YEARS_BEFORE, &years, &n, err) &&
                    measures_year_table(inputs->history.la_name, years, n, &run->shown, err);
    free(years);
    return ok;
}

/* Masked tables, on the screen too. */
static bool publish(struct run *run, const struct history_inputs *inputs, const char *folder, struct err *err)
{
    struct publish publish;
    const bool ok = publish_begin(&publish, run->options, err) &&
                    history_publish_write(run->app, inputs, &publish, run->store, folder, err) &&
                    history_publish_years(&publish, inputs, &run->shown, err);
    publish_free(&publish);
    return ok;
}

static bool write_report(struct run *run, const struct history_inputs *inputs,
                         const struct history_report *report, struct err *err)
{
    return run->publish && inputs->authority.has_returns
               ? publish(run, inputs, report->folder, err)
               : history_report_write(run->app, inputs, report, err);
}

static bool one_authority(struct run *run, const struct authority *authority, const char *folder,
                          struct err *err)
{
    struct history_inputs inputs = {0};
    const struct history_report report = {
        .folder = folder,
        .as_published = run->as_published,
        .findings = {run->findings[0], run->findings[1], run->findings[2]},
        .store = run->store,
    };
    if (log_is_stopped(&run->app->log))
        return err_set(err, ERR_INTERRUPTED, "stopped");
    const bool ok = history_inputs_load(run->store, authority, run->short_breaks, &inputs, err) &&
                    write_report(run, &inputs, &report, err) &&
                    (run->publish && authority->has_returns ? true
                     : authority->has_returns               ? show_returns(run, &inputs, err)
                                              : dfe_panel_table(&inputs.yearly, &run->shown, err));
    if (ok)
        log_info(&run->app->log, "wrote %s; open %s/index.html", folder, folder);
    history_inputs_free(&inputs);
    return ok;
}

static bool all_authorities(struct run *run, const char *out, struct err *err)
{
    struct authority *authorities = NULL;
    size_t n = 0;
    bool any_returns = false;
    bool ok = store_authorities(run->store, &authorities, &n, err);
    for (size_t i = 0; ok && i < n; i++)
        any_returns = any_returns || authorities[i].has_returns;
    for (size_t i = 0; ok && i < n; i++) {
        char path[AUTHORITY_FOLDER_LONGEST];
        if (any_returns ? !authorities[i].has_returns : !authorities[i].has_published)
            continue;
        ok = authority_folder(out, &authorities[i], path, err) &&
             one_authority(run, &authorities[i], path, err);
    }
    free(authorities);
    return ok;
}

static bool check_options(const struct options *options, struct err *err)
{
    struct publish publish;
    const bool ok = publish_begin(&publish, options, err);
    publish_free(&publish);
    return ok &&
           (!options_has(options, "publish") || !options_has(options, "published") ||
            err_set(err, ERR_USAGE,
                    "--published cannot go with --publish: two ways to count the same children differ by "
                    "small numbers; publish the one or the other"));
}

static bool history_run(struct app *app, const struct options *options, struct err *err)
{
    struct run run = {
        .app = app,
        .as_published = options_has(options, "published"),
        .short_breaks = options_has(options, "short-breaks"),
        .publish = options_has(options, "publish"),
        .options = options,
    };
    struct authority authority;
    const char *la = options_text(options, "la");
    const bool all = la != NULL && strcmp(la, "all") == 0;
    if (!check_options(options, err))
        return false;
    run.store = store_open(app->database, STORE_READ, err);
    bool ok = run.store != NULL && store_count_findings(run.store, run.findings, err);
    if (ok && all)
        ok = all_authorities(&run, options_out(options), err);
    else if (ok)
        ok = store_find_authority(run.store, la, &authority, err) &&
             one_authority(&run, &authority, options_out(options), err);
    if (ok && run.shown.columns == NULL)
        ok = err_set(err, ERR_NO_INPUT,
                     "nothing is stored yet; import SSDA903 returns or published totals first");
    ok = ok && show_table(app, &run.shown, err);
    table_free(&run.shown);
    store_close(run.store);
    return ok;
}

const struct command command_history = {
    .name = "history",
    .one_line = "what happened so far: stock, entries, exits, moves, durations, stability",
    .arguments = "",
    .about =
        "Counts children looked after, month by month and exactly, by placement, age, route out, legal "
        "status, need and "
        "locality, and draws them: stock with entries and exits, placements, ages, legal status, how "
        "long children stay, "
        "why they come and how they leave. Where published figures are stored, also the rate per 10,000 "
        "beside "
        "statistical neighbours, and a funnel of all authorities. With published figures alone it shows "
        "those.\n\n"
        "The table on the screen has each 31 March and the year before it. Rows from before the first "
        "return are marked: "
        "they are rebuilt from children who were still there, and no file or chart holds them.\n\n"
        "--publish writes what may be shown to anybody: numbers of whole years, with those from 1 to 5 and "
        "whatever gives them away replaced by c, and an attack on the result before it is written. What "
        "was published is noted in the database, so that a later publication does not undo it.",
    .examples = "turncurve history                          # the only authority with returns\n"
                "turncurve history --la Leeds --published   # beside the published totals\n"
                "turncurve history --la all --out results   # a folder for each authority",
    .files = "out/history/index.html        charts, tables, what was assumed\n"
             "out/history/history.csv       every measure and group, month by month\n"
             "out/history/durations.csv     share still in care, and by route out, month by month\n"
             "out/history/stability.csv     placements in the year, long-term stability\n"
             "out/history/rate.csv          rates beside neighbours; funnel.csv: all authorities\n"
             "out/history/*.svg, *.png      the charts",
    .options = history_options,
    .n_options = sizeof history_options / sizeof history_options[0],
    .run = history_run,
};
