/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the rest of the program reads from the database. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "store/identifiers.h"
#include "store/rows.h"

static bool find_by_key(struct store *store, int32_t la, struct authority *out, struct err *err)
{
    struct authority *all = NULL;
    size_t n = 0;
    bool found = false;
    if (!store_authorities(store, &all, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (all[i].la == la) {
            *out = all[i];
            found = true;
        }
    free(all);
    return found || err_set(err, ERR_NO_INPUT, "there is no authority with key %d", la);
}

/* *any is false when no localities are stored. */
static bool load_localities(struct store *store, struct localities *localities, bool *any, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    if (!db_get(store, QUERY_LOCALITIES, &statement, err))
        return false;
    for (;;) {
        bool row = false;
        if (!db_step(store, statement, &row, err))
            return false;
        if (!row)
            break;
        *any = true;
        if (!localities_add(localities, db_column_str(statement, 0), db_column_str(statement, 1), err)) {
            db_reset(statement);
            return false;
        }
    }
    db_reset(statement);
    return !*any || localities_finish(localities, err);
}

static bool copy_names(struct history *history, const struct localities *localities, struct err *err)
{
    history->localities = vec_new(localities->n_names, sizeof *history->localities, err);
    if (history->localities == NULL)
        return false;
    for (size_t i = 0; i < localities->n_names; i++) {
        history->localities[i] = arena_copy(&history->texts, str_of(localities->names[i]), err);
        if (history->localities[i] == NULL)
            return false;
        history->n_localities++;
    }
    return true;
}

static bool add_children(struct children *children, const struct stack_context *context,
                         const struct localities *localities, struct history *history, struct err *err)
{
    for (;;) {
        bool more = false;
        struct child_rows rows;
        struct clean_child clean;
        if (!children_next(children, &rows, &more, err))
            return false;
        if (!more)
            return true;
        if (!stack_child(context, &rows, &children->arena, &clean, NULL, err))
            return false;
        if (clean.usable && !history_add_child(history, &clean, identifiers_key(rows.child), localities, err))
            return false;
    }
}

bool store_load_history(struct store *store, int32_t la, bool short_breaks, struct history *out,
                        struct err *err)
{
    struct authority authority;
    struct localities localities = {0};
    struct children children = {0};
    struct homes homes = {0};
    struct history history = {.la = la, .short_breaks = short_breaks};
    bool any_localities = false, ok = false;

    if (!find_by_key(store, la, &authority, err) ||
        !load_localities(store, &localities, &any_localities, err) || !rows_homes(store, la, &homes, err) ||
        !children_open(&children, store, la, err))
        goto out;
    str_copy(str_of(authority.name), history.la_name, sizeof history.la_name);
    str_copy(str_of(authority.code), history.la_code, sizeof history.la_code);
    const struct stack_context context = {
        .years = children.years, .n_years = children.n_years, .short_breaks = short_breaks, .homes = &homes};
    if ((any_localities && !copy_names(&history, &localities, err)) ||
        !add_children(&children, &context, any_localities ? &localities : NULL, &history, err) ||
        !history_finish(&history, children.years[0], children.years[children.n_years - 1], err))
        goto out;
    *out = history;
    history = (struct history){0};
    ok = true;
out:
    history_free(&history);
    localities_free(&localities);
    homes_free(&homes);
    children_close(&children);
    return ok;
}

/* Years that have a stock, starts or leavers; population alone (known for later years) makes none. */
static bool find_years(struct store *store, sqlite3_stmt *statement, int32_t *first, int32_t *last,
                       struct err *err)
{
    for (;;) {
        bool row = false;
        if (!db_step(store, statement, &row, err))
            return false;
        if (!row)
            break;
        const int32_t year = sqlite3_column_int(statement, 1);
        if (str_equal_text(db_column_str(statement, 0), "population") ||
            sqlite3_column_type(statement, 2) == SQLITE_NULL)
            continue;
        *first = year < *first ? year : *first;
        *last = year > *last ? year : *last;
    }
    sqlite3_reset(statement); /* the values stay bound: it is read again */
    return true;
}

static bool read_years(struct store *store, sqlite3_stmt *statement, struct yearly *yearly, struct err *err)
{
    for (;;) {
        bool row = false;
        if (!db_step(store, statement, &row, err))
            return false;
        if (!row)
            break;
        const int32_t k = sqlite3_column_int(statement, 1) - yearly->first_year;
        if (k >= 0 && k < yearly->n_years && sqlite3_column_type(statement, 2) != SQLITE_NULL)
            yearly_series(yearly, db_column_str(statement, 0))[k] = sqlite3_column_double(statement, 2);
    }
    db_reset(statement);
    return true;
}

bool store_load_yearly(struct store *store, int32_t la, struct yearly *out, struct err *err)
{
    struct authority authority;
    struct yearly yearly = {.la = la};
    sqlite3_stmt *statement = NULL;
    int32_t first = INT32_MAX, last = INT32_MIN;
    if (!find_by_key(store, la, &authority, err) || !db_get(store, QUERY_YEARLY, &statement, err))
        return false;
    str_copy(str_of(authority.name), yearly.la_name, sizeof yearly.la_name);
    str_copy(str_of(authority.code), yearly.la_code, sizeof yearly.la_code);
    db_bind_integer(store, statement, 1, la);
    if (!find_years(store, statement, &first, &last, err))
        return false;
    if (last < first)
        return err_set(err, ERR_NO_INPUT, "no published totals of %s are stored; import a panel first",
                       authority.name);
    if (!yearly_reserve(&yearly, first, last, err) || !read_years(store, statement, &yearly, err)) {
        db_reset(statement);
        yearly_free(&yearly);
        return false;
    }
    *out = yearly;
    return true;
}

bool store_published(struct store *store, const char *measure, int32_t year, struct published_row **out,
                     size_t *n, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    struct published_row *rows = NULL;
    size_t count = 0, capacity = 0;
    if (!db_get(store, QUERY_PUBLISHED, &statement, err))
        return false;
    db_bind_text(store, statement, 1, measure);
    db_bind_integer(store, statement, 2, year);
    for (;;) {
        bool row = false;
        if (!db_step(store, statement, &row, err) ||
            (row && !vec_reserve((void **)&rows, &capacity, count + 1, sizeof *rows, err))) {
            db_reset(statement);
            free(rows);
            return false;
        }
        if (!row)
            break;
        const bool missing = sqlite3_column_type(statement, 2) == SQLITE_NULL;
        rows[count++] =
            (struct published_row){.la = sqlite3_column_int(statement, 0),
                                   .year = sqlite3_column_int(statement, 1),
                                   .value = missing ? (double)NAN : sqlite3_column_double(statement, 2)};
    }
    db_reset(statement);
    *out = rows;
    *n = count;
    return true;
}

bool store_neighbours(struct store *store, int32_t la, int32_t out[10], int32_t *n, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    int32_t count = 0;
    if (!db_get(store, QUERY_NEIGHBOURS, &statement, err))
        return false;
    db_bind_integer(store, statement, 1, la);
    for (;;) {
        bool row = false;
        if (!db_step(store, statement, &row, err))
            return false;
        if (!row || count == 10)
            break;
        out[count++] = sqlite3_column_int(statement, 0);
    }
    db_reset(statement);
    *n = count;
    return true;
}

/* A price: columns placement, provider, from_day, weekly_pence, annual_uplift_pct, source of prices.sql. */
static bool add_price(sqlite3_stmt *statement, struct arena *texts, struct price_book *book, struct err *err)
{
    struct price_line line = {.from = sqlite3_column_int(statement, 2),
                              .weekly = sqlite3_column_int64(statement, 3),
                              .annual_uplift_pct = sqlite3_column_double(statement, 4)};
    if (!placement_group_parse(db_column_str(statement, 0), &line.group))
        return true;
    line.provider = arena_copy(texts, db_column_str(statement, 1), err);
    line.source = arena_copy(texts, db_column_str(statement, 5), err);
    return line.provider != NULL && line.source != NULL && price_book_add(book, &line, err);
}

bool store_load_prices(struct store *store, struct price_book *out, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    struct price_book book = {0};
    struct arena texts = {0};
    bool ok = price_book_defaults(&book, err) && db_get(store, QUERY_PRICES, &statement, err);
    while (ok) {
        bool row = false;
        ok = db_step(store, statement, &row, err);
        if (!ok || !row)
            break;
        ok = add_price(statement, &texts, &book, err);
    }
    db_reset(statement);
    arena_free(&texts);
    if (ok)
        *out = book;
    else
        price_book_free(&book);
    return ok;
}
