/* SPDX-License-Identifier: GPL-3.0-or-later
 * SQLite's codes become errors with words in one place: db_fail. */
#include "store/db.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/embedded.h"

static const char *const query_files[QUERY_COUNT] = {
#define QUERY(name, member) [QUERY_##member] = "engine/store/sql/" #name ".sql",
#include "store/query.def"
#undef QUERY
};

static bool fail_code(int code, const char *path, const char *detail, struct err *err)
{
    switch (code & 0xff) { /* the low byte is the primary code, the rest says more */
    case SQLITE_NOMEM:
        return err_no_memory(err);
    case SQLITE_FULL:
        return err_set(err, ERR_IO, "the disk that holds %s is full; make room and run the command again",
                       path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_set(err, ERR_IO, "%s is in use by another program; try again when it has finished", path);
    case SQLITE_NOTADB:
        return err_set(err, ERR_DATA, "%s is not a turncurve database; choose another file with --database",
                       path);
    case SQLITE_CORRUPT:
        return err_set(err, ERR_DATA, "%s is damaged (%s); import the returns again into a new database",
                       path, detail);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return err_set(err, ERR_IO, "cannot read or write %s: %s", path, detail);
    case SQLITE_IOERR:
        return err_set(err, ERR_IO, "cannot read or write %s: %s; look whether the disk is full", path,
                       detail);
    case SQLITE_INTERRUPT:
        return err_set(err, ERR_INTERRUPTED, "stopped; nothing was changed");
    default:
        return err_set(err, ERR_INTERNAL, "database %s: %s", path, detail);
    }
}

bool db_fail(struct store *store, const char *what, struct err *err)
{
    fail_code(sqlite3_extended_errcode(store->db), store->path, sqlite3_errmsg(store->db), err);
    return err->code == ERR_INTERNAL ? err_prefix(err, "%s", what) : false;
}

bool db_get(struct store *store, enum query query, sqlite3_stmt **out, struct err *err)
{
    sqlite3_stmt **kept = &store->statements[query];
    if (*kept == NULL) {
        const struct embedded *file = embedded_find(query_files[query]);
        bug_if(file == NULL);
        if (sqlite3_prepare_v3(store->db, file->text, (int)file->length, SQLITE_PREPARE_PERSISTENT, kept,
                               NULL) != SQLITE_OK)
            return db_fail(store, query_files[query], err);
    } else {
        db_reset(*kept);
        sqlite3_clear_bindings(*kept);
    }
    store->bind_code = SQLITE_OK;
    *out = *kept;
    return true;
}

bool db_step(struct store *store, sqlite3_stmt *statement, bool *row, struct err *err)
{
    if (store->bind_code != SQLITE_OK)
        return fail_code(store->bind_code, store->path, sqlite3_errstr(store->bind_code), err);
    const int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        db_fail(store, sqlite3_sql(statement), err);
        db_reset(statement);
        return false;
    }
    *row = code == SQLITE_ROW;
    return true;
}

/* The reset repeats the failure of the last step, which db_step has reported already. */
void db_reset(sqlite3_stmt *statement)
{
    sqlite3_reset(statement);
}

bool db_run(struct store *store, sqlite3_stmt *statement, struct err *err)
{
    bool row = false;
    if (!db_step(store, statement, &row, err))
        return false;
    bug_if(row);
    db_reset(statement);
    return true;
}

bool db_do(struct store *store, enum query query, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    return db_get(store, query, &statement, err) && db_run(store, statement, err);
}

bool db_integer(struct store *store, enum query query, int64_t *out, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    if (!db_get(store, query, &statement, err) || !db_step(store, statement, &row, err))
        return false;
    *out = row ? sqlite3_column_int64(statement, 0) : 0;
    db_reset(statement);
    return true;
}

static void note(struct store *store, int code)
{
    if (code != SQLITE_OK && store->bind_code == SQLITE_OK)
        store->bind_code = code;
}

void db_bind_integer(struct store *store, sqlite3_stmt *statement, int i, int64_t value)
{
    note(store, sqlite3_bind_int64(statement, i, value));
}

void db_bind_real(struct store *store, sqlite3_stmt *statement, int i, double value)
{
    note(store, isnan(value) ? sqlite3_bind_null(statement, i) : sqlite3_bind_double(statement, i, value));
}

void db_bind_str(struct store *store, sqlite3_stmt *statement, int i, struct str value)
{
    note(store, sqlite3_bind_text64(statement, i, value.at == NULL ? "" : value.at, value.length,
                                    SQLITE_STATIC, SQLITE_UTF8));
}

void db_bind_text(struct store *store, sqlite3_stmt *statement, int i, const char *value)
{
    db_bind_str(store, statement, i, str_of(value));
}

void db_bind_null(struct store *store, sqlite3_stmt *statement, int i)
{
    note(store, sqlite3_bind_null(statement, i));
}

struct str db_column_str(sqlite3_stmt *statement, int i)
{
    const void *text = sqlite3_column_text(statement, i);
    const int length = sqlite3_column_bytes(statement, i);
    return (struct str){.at = text, .length = text == NULL ? 0 : (size_t)length};
}

int64_t db_last_key(const struct store *store)
{
    return sqlite3_last_insert_rowid(store->db);
}

bool db_begin(struct store *store, struct err *err)
{
    if (!db_do(store, QUERY_BEGIN, err))
        return false;
    store->writing = true;
    return true;
}

bool db_commit(struct store *store, struct err *err)
{
    if (!db_do(store, QUERY_COMMIT, err))
        return false;
    store->made = false;
    store->writing = false;
    return true;
}

void db_rollback(struct store *store)
{
    int64_t n_tables = 0;
    struct err ignored = {0};
    for (size_t i = 0; i < QUERY_COUNT; i++)
        if (store->statements[i] != NULL)
            db_reset(store->statements[i]);
    if (sqlite3_get_autocommit(store->db) == 0)
        db_do(store, QUERY_ROLLBACK, &ignored);
    /* after a failed write the journal is left for the next reader to undo: be that reader */
    if (store->writing)
        db_integer(store, QUERY_COUNT_TABLES, &n_tables, &ignored);
    store->writing = false;
}
