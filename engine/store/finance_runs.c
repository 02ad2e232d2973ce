/* SPDX-License-Identifier: GPL-3.0-or-later
 * A report is replaced whole: its lines go, then itself, then it comes anew. */
#include "store/finance_runs.h"

#include <stdlib.h>

#include "base/vec.h"
#include "store/council.h"
#include "store/db.h"

void finance_run_free(struct finance_run *run)
{
    free(run->lines);
    arena_free(&run->texts);
    *run = (struct finance_run){0};
}

/* Binds authority, year, scenario and day, which tell a report. */
static void bind_key(struct store *store, sqlite3_stmt *s, int32_t la, const char *year, const char *scenario,
                     day date)
{
    db_bind_integer(store, s, 1, la);
    db_bind_text(store, s, 2, year);
    db_bind_text(store, s, 3, scenario);
    db_bind_integer(store, s, 4, date);
}

static bool read_lines(struct store *store, int64_t key, struct finance_run *run, struct err *err)
{
    sqlite3_stmt *s = NULL;
    size_t capacity = 0;
    if (!db_get(store, QUERY_FINANCE_RUN_LINES, &s, err))
        return false;
    db_bind_integer(store, s, 1, key);
    for (;;) {
        bool row = false;
        if (!db_step(store, s, &row, err))
            return false;
        if (!row)
            return true;
        struct finance_run_line line = {
            .line = arena_copy(&run->texts, db_column_str(s, 0), err),
            .placement = arena_copy(&run->texts, db_column_str(s, 1), err),
            .budget = sqlite3_column_int64(s, 2),
            .actual = sqlite3_column_int64(s, 3),
            .committed = sqlite3_column_int64(s, 4),
            .outturn = sqlite3_column_int64(s, 5),
            .low = sqlite3_column_int64(s, 6),
            .high = sqlite3_column_int64(s, 7),
            .nights = sqlite3_column_int64(s, 8),
        };
        if (line.line == NULL || line.placement == NULL ||
            !vec_reserve((void **)&run->lines, &capacity, run->n + 1, sizeof *run->lines, err)) {
            db_reset(s);
            return false;
        }
        run->lines[run->n++] = line;
    }
}

bool finance_run_before(struct store *store, int32_t la, int32_t year, const char *scenario, day date,
                        struct finance_run *out, bool *found, struct err *err)
{
    struct finance_run run = {.la = la, .year = year, .scenario = scenario};
    char name[DATE_TEXT];
    sqlite3_stmt *s = NULL;
    *found = false;
    if (store->version < COUNCIL_SCHEMA)
        return true;
    date_format_financial_year(year, name);
    if (!db_get(store, QUERY_FINANCE_RUN_BEFORE, &s, err))
        return false;
    bind_key(store, s, la, name, scenario, date);
    if (!db_step(store, s, found, err))
        return false;
    if (!*found)
        return true;
    const int64_t key = sqlite3_column_int64(s, 0);
    run.data_date = sqlite3_column_int(s, 1);
    run.model = arena_copy(&run.texts, db_column_str(s, 2), err);
    run.version = arena_copy(&run.texts, db_column_str(s, 3), err);
    run.seed = sqlite3_column_int64(s, 4);
    run.runs = sqlite3_column_int64(s, 5);
    db_reset(s);
    if (run.model == NULL || run.version == NULL || !read_lines(store, key, &run, err)) {
        finance_run_free(&run);
        return false;
    }
    *out = run;
    return true;
}

static bool remove_earlier(struct store *store, const struct finance_run *run, const char *year,
                           struct err *err)
{
    static const enum query steps[] = {QUERY_REMOVE_FINANCE_RUN_LINES, QUERY_REMOVE_FINANCE_RUN};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        sqlite3_stmt *s = NULL;
        if (!db_get(store, steps[i], &s, err))
            return false;
        bind_key(store, s, run->la, year, run->scenario, run->data_date);
        if (!db_run(store, s, err))
            return false;
    }
    return true;
}

static bool put_lines(struct store *store, const struct finance_run *run, int64_t key, struct err *err)
{
    for (size_t i = 0; i < run->n; i++) {
        const struct finance_run_line *line = &run->lines[i];
        sqlite3_stmt *s = NULL;
        if (!db_get(store, QUERY_PUT_FINANCE_RUN_LINE, &s, err))
            return false;
        db_bind_integer(store, s, 1, key);
        db_bind_integer(store, s, 2, (int64_t)i + 1);
        db_bind_text(store, s, 3, line->line);
        db_bind_text(store, s, 4, line->placement);
        db_bind_integer(store, s, 5, line->budget);
        db_bind_integer(store, s, 6, line->actual);
        db_bind_integer(store, s, 7, line->committed);
        db_bind_integer(store, s, 8, line->outturn);
        db_bind_integer(store, s, 9, line->low);
        db_bind_integer(store, s, 10, line->high);
        db_bind_integer(store, s, 11, line->nights);
        if (!db_run(store, s, err))
            return false;
    }
    return true;
}

static bool put_run(struct store *store, const struct finance_run *run, struct err *err)
{
    char year[DATE_TEXT];
    sqlite3_stmt *s = NULL;
    date_format_financial_year(run->year, year);
    if (!remove_earlier(store, run, year, err) || !db_get(store, QUERY_PUT_FINANCE_RUN, &s, err))
        return false;
    bind_key(store, s, run->la, year, run->scenario, run->data_date);
    db_bind_text(store, s, 5, run->model);
    db_bind_text(store, s, 6, run->version);
    db_bind_integer(store, s, 7, run->seed);
    db_bind_integer(store, s, 8, run->runs);
    return db_run(store, s, err) && put_lines(store, run, db_last_key(store), err);
}

bool finance_run_put(struct store *store, const struct finance_run *run, struct err *err)
{
    if (db_begin(store, err) && put_run(store, run, err) && db_commit(store, err))
        return true;
    db_rollback(store);
    return false;
}
