/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether the database itself is whole. */
#include <stdio.h>

#include "store/db.h"

static bool damaged(const struct store *store, const char *what, struct err *err)
{
    return err_set(err, ERR_DATA, "%s is damaged (%s); import the returns again into a new database",
                   store->path, what);
}

bool store_verify(struct store *store, struct err *err)
{
    sqlite3_stmt *s = NULL;
    bool row = false;
    char what[256] = "";
    if (!db_get(store, QUERY_QUICK_CHECK, &s, err) || !db_step(store, s, &row, err))
        return false;
    const bool whole = row && str_equal_text(db_column_str(s, 0), "ok");
    str_copy(db_column_str(s, 0), what, sizeof what);
    db_reset(s);
    if (!whole)
        return damaged(store, what, err);
    if (!db_get(store, QUERY_BROKEN_KEYS, &s, err) || !db_step(store, s, &row, err))
        return false;
    const int length =
        row ? snprintf(what, sizeof what, "a row of %s refers to a %s that is not there",
                       (const char *)sqlite3_column_text(s, 0), (const char *)sqlite3_column_text(s, 2))
            : 0;
    db_reset(s);
    return length == 0 || damaged(store, what, err);
}
