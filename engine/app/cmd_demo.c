/* SPDX-License-Identifier: GPL-3.0-or-later
 * demo: the main job from end to end on a made-up authority, by the same commands that a person would type.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app.h"
#include "app/shared_options.h"
#include "app/show.h"
#include "base/arena.h"

static const struct option_spec demo_options[] = {
    {.name = "children",
     .argument = "N",
     .type = OPTION_INTEGER,
     .fallback = "800",
     .low = 50,
     .high = 20000,
     .words = "children in care at the end"},
    {.name = "years",
     .argument = "N",
     .type = OPTION_INTEGER,
     .fallback = "6",
     .low = 3,
     .high = 20,
     .words = "years of returns"},
    OPTION_SEED("another seed makes another authority", NULL),
    {.name = "runs",
     .argument = "N",
     .type = OPTION_INTEGER,
     .fallback = "2000",
     .low = 20,
     .high = 100000,
     .words = "simulated futures a scenario"},
};

enum { MOST_WORDS = 24 };
/* The returns of synth end in March 2026; a finance report is read in the middle of a year. */
static const char demo_midyear[] = "2025-09-30";

/* One step: the words of a command, shown before it runs. */
static bool step(struct app *app, const char *const words[], struct err *err)
{
    char *list[MOST_WORDS] = {0};
    struct arena arena = {0};
    struct text line = {0};
    int n = 0;
    struct app inner = *app;
    bool ok = text_append_c(&line, "turncurve", err);
    if (app->json)
        inner.out = app->log.stream; /* standard output is for the one JSON document */
    for (; ok && words[n] != NULL; n++) {
        bug_if(n + 1 >= MOST_WORDS);
        /* getopt wants words that it may reorder */
        list[n] = arena_take(&arena, strlen(words[n]) + 1, err);
        ok = list[n] != NULL && str_copy(str_of(words[n]), list[n], strlen(words[n]) + 1) &&
             text_format(&line, err, " %s", words[n]);
    }
    if (ok) {
        /* results so far before the next message, also where both streams are one file */
        ok = fflush(app->out) == 0 || err_set(err, ERR_IO, "cannot write the results");
        log_info(&app->log, "$ %s", text_c(&line));
    }
    if (ok) {
        ok = app_run_words(&inner, n, list, err);
    }
    if (!ok && err->code != ERR_INTERRUPTED)
        err_prefix(err, "%s", words[0]);
    text_free(&line);
    arena_free(&arena);
    return ok;
}

/* Where to look: a sentence, or with --json a row for each page. */
static bool show_where(struct app *app, const char *const folders[], size_t n, const char *database,
                       struct err *err)
{
    static const struct table_column columns[] = {{"page", 0}, {"database", 0}};
    struct table table;
    bool ok = true;
    table_init(&table, "demo", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; ok && i < n; i++) {
        char page[4096];
        const int length = snprintf(page, sizeof page, "%s/index.html", folders[i]);
        if (length < 0 || (size_t)length >= sizeof page) {
            ok = err_set(err, ERR_USAGE, "the name of the folder is too long");
            break;
        }
        if (!app->json)
            fprintf(app->out, "%s%s%s",
                    i == 0      ? "Open "
                    : i + 1 < n ? ", "
                                : " and ",
                    page, i + 1 < n ? "" : "\n");
        struct table_cell *row = table_add_row(&table, err);
        ok = row != NULL && table_set_text(&table, &row[0], page, err) &&
             table_set_text(&table, &row[1], database, err);
    }
    ok = ok && (!app->json || show_table(app, &table, err));
    table_free(&table);
    return ok;
}

/* The folder, made with its parents; an earlier demo's database goes, so that two runs give the same. */
static bool prepare(const char *folder, const char *database, struct err *err)
{
    char path[4096];
    if (!str_copy(str_of(folder), path, sizeof path))
        return err_set(err, ERR_USAGE, "the name of the folder %.60s... is too long", folder);
    for (char *at = path + 1;; at++) {
        const char c = *at;
        if (c != '/' && c != '\0')
            continue;
        *at = '\0';
        if (mkdir(path, S_IRWXU) != 0 && errno != EEXIST)
            return err_set_at(err, ERR_IO, path, 0, 0, "cannot make the folder: %s", strerror(errno));
        if (c == '\0')
            break;
        *at = c;
    }
    if (unlink(database) != 0 && errno != ENOENT)
        return err_set_at(err, ERR_IO, database, 0, 0, "cannot remove the earlier demo: %s", strerror(errno));
    return true;
}

static bool demo_run(struct app *app, const struct options *options, struct err *err)
{
    struct arena arena = {0};
    const char *folder = options_out(options);
    const char *runs = options_text(options, "runs");
    const char *database = arena_format(&arena, err, "%s/demo.db", folder);
    const char *returns = arena_format(&arena, err, "%s/returns", folder);
    const char *checks = arena_format(&arena, err, "%s/check", folder);
    const char *history = arena_format(&arena, err, "%s/history", folder);
    const char *forecast = arena_format(&arena, err, "%s/forecast", folder);
    const char *finance = arena_format(&arena, err, "%s/finance", folder);
    const char *card = arena_format(&arena, err, "%s/card", folder);
    bool ok = database != NULL && finance != NULL && card != NULL && returns != NULL && checks != NULL &&
              history != NULL && forecast != NULL && prepare(folder, database, err);
    ok = ok && step(app,
                    (const char *const[]){"synth", "--children", options_text(options, "children"), "--years",
                                          options_text(options, "years"), "--seed",
                                          options_text(options, "seed"), "--finance", "--out", returns, NULL},
                    err);
    ok = ok &&
         step(app, (const char *const[]){"import", "-d", database, "--la", "Demoshire", returns, NULL}, err);
    ok = ok && step(app, (const char *const[]){"check", "-d", database, "--out", checks, NULL}, err);
    ok = ok && step(app, (const char *const[]){"history", "-d", database, "--out", history, NULL}, err);
    ok = ok && step(app,
                    (const char *const[]){"forecast", "-d", database, "--scenario", "baseline", "--scenario",
                                          "best", "--scenario", "likely", "--scenario", "worst", "--runs",
                                          runs, "--out", forecast, NULL},
                    err);
    ok = ok && step(app,
                    (const char *const[]){"finance", "-d", database, "--from", demo_midyear, "--runs", runs,
                                          "--out", finance, NULL},
                    err);
    ok = ok &&
         step(app, (const char *const[]){"card", "-d", database, "--runs", runs, "--out", card, NULL}, err);
    ok = ok && show_where(app, (const char *const[]){forecast, finance, card}, 3, database, err);
    arena_free(&arena);
    return ok;
}

const struct command command_demo = {
    .name = "demo",
    .one_line = "builds an authority, runs the main job on it, prints where to look",
    .arguments = "",
    .about =
        "Makes the returns of an authority that does not exist, imports and checks them, writes its history "
        "and a forecast of the scenarios baseline, best, likely and worst, the finance report as it stood in "
        "the middle of the last year, and the report card of its last quarter. Each step is shown as the "
        "command "
        "that you would type for your own returns. No file of yours is read, and the database is its own.",
    .examples = "turncurve demo                    # into out/demo\n"
                "turncurve demo --children 200     # a small authority",
    .files = "out/demo/forecast/index.html   the page to open\n"
             "out/demo/forecast              the forecast as CSV, charts, manifest\n"
             "out/demo/finance               the placement budget report\n"
             "out/demo/card                  the report card\n"
             "out/demo/history               what happened so far\n"
             "out/demo/returns               the returns, and truth.json\n"
             "out/demo/demo.db               the database",
    .options = demo_options,
    .n_options = sizeof demo_options / sizeof demo_options[0],
    .run = demo_run,
};
