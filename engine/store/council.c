/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows come back as they were stored: what was refused on reading is not there. */
#include "store/council.h"

#include <math.h>

#include "store/db.h"

static bool has_tables(const struct store *store)
{
    return store->version >= COUNCIL_SCHEMA;
}

/* NaN for NULL. */
static double column_real(sqlite3_stmt *s, int i)
{
    return sqlite3_column_type(s, i) == SQLITE_NULL ? (double)NAN : sqlite3_column_double(s, i);
}

static bool bad_row(const char *table, struct err *err)
{
    return err_set(err, ERR_DATA, "a stored row of the %s cannot be read; import its file again", table);
}

/* A text column as a NUL-terminated string, which lives until the next step. */
static const char *column_text(sqlite3_stmt *s, int i)
{
    return sqlite3_column_type(s, i) == SQLITE_NULL ? "" : (const char *)sqlite3_column_text(s, i);
}

static bool take_budget(sqlite3_stmt *s, struct budget_rows *rows, struct err *err)
{
    struct budget_row row = {.file = sqlite3_column_int(s, 0),
                             .row = sqlite3_column_int(s, 1),
                             .line = column_text(s, 3),
                             .budget = sqlite3_column_int64(s, 5),
                             .fte = column_real(s, 6),
                             .savings = sqlite3_column_int64(s, 7)};
    if (!date_parse_financial_year(db_column_str(s, 2), &row.year) ||
        !placement_set_parse(db_column_str(s, 4), &row.groups))
        return bad_row("budget", err);
    return budget_rows_put(rows, &row, err);
}

static bool take_ledger(sqlite3_stmt *s, struct ledger_rows *rows, struct err *err)
{
    struct ledger_row row = {.file = sqlite3_column_int(s, 0),
                             .row = sqlite3_column_int(s, 1),
                             .date = sqlite3_column_int(s, 2),
                             .line = column_text(s, 3),
                             .actual = sqlite3_column_int64(s, 5)};
    if (!placement_set_parse(db_column_str(s, 4), &row.groups))
        return bad_row("ledger", err);
    return ledger_rows_put(rows, &row, err);
}

static bool take_measure(sqlite3_stmt *s, struct measure_rows *rows, struct err *err)
{
    struct measure_row row = {.file = sqlite3_column_int(s, 0),
                              .row = sqlite3_column_int(s, 1),
                              .measure = column_text(s, 2),
                              .locality = column_text(s, 3),
                              .start = sqlite3_column_int(s, 4),
                              .end = sqlite3_column_int(s, 5),
                              .numerator = column_real(s, 6),
                              .denominator = column_real(s, 7),
                              .value = column_real(s, 8),
                              .target = column_real(s, 9)};
    if (!polarity_parse(db_column_str(s, 10), &row.polarity) ||
        !question_parse(db_column_str(s, 11), &row.question))
        return bad_row("measures", err);
    return measure_rows_put(rows, &row, err);
}

/* The statement of an authority's rows; NULL, and true, in a database without the tables. */
static bool open_rows(struct store *store, enum query query, int32_t la, sqlite3_stmt **out, struct err *err)
{
    *out = NULL;
    if (!has_tables(store))
        return true;
    if (!db_get(store, query, out, err))
        return false;
    db_bind_integer(store, *out, 1, la);
    return true;
}

/* Steps to the next row; *more is false after the last. */
static bool next_row(struct store *store, sqlite3_stmt *s, bool *more, struct err *err)
{
    *more = false;
    return s == NULL || db_step(store, s, more, err);
}

static void close_rows(sqlite3_stmt *s)
{
    if (s != NULL)
        db_reset(s);
}

bool store_load_budget(struct store *store, int32_t la, struct budget_rows *out, struct err *err)
{
    struct budget_rows rows = {0};
    sqlite3_stmt *s = NULL;
    bool more = true;
    bool ok = open_rows(store, QUERY_BUDGET, la, &s, err);
    while (ok && more)
        ok = next_row(store, s, &more, err) && (!more || take_budget(s, &rows, err));
    close_rows(s);
    if (ok)
        *out = rows;
    else
        budget_rows_free(&rows);
    return ok;
}

bool store_load_ledger(struct store *store, int32_t la, struct ledger_rows *out, struct err *err)
{
    struct ledger_rows rows = {0};
    sqlite3_stmt *s = NULL;
    bool more = true;
    bool ok = open_rows(store, QUERY_LEDGER, la, &s, err);
    while (ok && more)
        ok = next_row(store, s, &more, err) && (!more || take_ledger(s, &rows, err));
    close_rows(s);
    if (ok)
        *out = rows;
    else
        ledger_rows_free(&rows);
    return ok;
}

bool store_load_measures(struct store *store, int32_t la, struct measure_rows *out, struct err *err)
{
    struct measure_rows rows = {0};
    sqlite3_stmt *s = NULL;
    bool more = true;
    bool ok = open_rows(store, QUERY_MEASURES, la, &s, err);
    while (ok && more)
        ok = next_row(store, s, &more, err) && (!more || take_measure(s, &rows, err));
    close_rows(s);
    if (ok)
        *out = rows;
    else
        measure_rows_free(&rows);
    return ok;
}
