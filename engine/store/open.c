/* SPDX-License-Identifier: GPL-3.0-or-later
 * Opening and closing the file. It is made empty with mode 0600 before SQLite sees it, because SQLite would
 * follow the umask. A file that this connection made and never filled is removed again. An older file is
 * brought up to date by the first that writes to it; who only reads it leaves it as it is and does without
 * what it has not. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/embedded.h"
#include "store/db.h"

/* The scripts that lead from each version to the next. */
enum { OLDEST_VERSION = 1 };
static const char *const migrations[STORE_VERSION - OLDEST_VERSION] = {
    "engine/store/sql/migrate_2.sql", "engine/store/sql/migrate_3.sql", "engine/store/sql/migrate_4.sql"};

/* Makes the file when it does not exist; *made says whether it did. */
static bool make_file(const char *path, bool *made, struct err *err)
{
    const int file = open(path, O_CREAT | O_EXCL | O_RDWR, S_IRUSR | S_IWUSR);
    if (file < 0) {
        if (errno == EEXIST)
            return true;
        return err_set(err, ERR_IO, "cannot make the database %s: %s", path, strerror(errno));
    }
    *made = true;
    if (close(file) != 0)
        return err_set(err, ERR_IO, "cannot make the database %s: %s", path, strerror(errno));
    return true;
}

/* Runs a file of several statements. */
static bool run_script(struct store *store, const char *path, struct err *err)
{
    const struct embedded *file = embedded_find(path);
    bug_if(file == NULL);
    return sqlite3_exec(store->db, file->text, NULL, NULL, NULL) == SQLITE_OK || db_fail(store, path, err);
}

static bool check_version(struct store *store, struct err *err)
{
    int64_t application = 0;
    if (!db_integer(store, QUERY_APPLICATION_ID, &application, err) ||
        !db_integer(store, QUERY_USER_VERSION, &store->version, err))
        return false;
    const int64_t version = store->version;
    if (application != STORE_APPLICATION)
        return err_set(err, ERR_DATA, "%s is another program's database; choose another file with --database",
                       store->path);
    if (version > STORE_VERSION)
        return err_set(
            err, ERR_DATA,
            "%s was written by a newer turncurve (format %lld, this program reads up to %d); install "
            "the newer program",
            store->path, (long long)version, STORE_VERSION);
    if (version < OLDEST_VERSION)
        return err_set(err, ERR_DATA, "%s has format %lld, which is no longer read; import the files again",
                       store->path, (long long)version);
    return true;
}

/* From the version found to this program's, in one transaction; another program may have done it while we
 * waited. */
static bool migrate(struct store *store, struct err *err)
{
    if (!db_begin(store, err) || !db_integer(store, QUERY_USER_VERSION, &store->version, err))
        return false;
    for (; store->version < STORE_VERSION; store->version++)
        if (!run_script(store, migrations[store->version - OLDEST_VERSION], err))
            return false;
    return db_commit(store, err);
}

/* Another program may have made the schema while we waited for the right to write. */
static bool make_schema(struct store *store, struct err *err)
{
    int64_t n_tables = 0;
    if (!db_begin(store, err) || !db_integer(store, QUERY_COUNT_TABLES, &n_tables, err))
        return false;
    if (n_tables == 0 && !run_script(store, "engine/store/sql/schema.sql", err))
        return false;
    return db_do(store, QUERY_COMMIT, err); /* nothing is in it yet: `made` stays */
}

/* An empty file becomes a database, in one transaction; any other must be ours. */
static bool prepare(struct store *store, enum store_mode mode, struct err *err)
{
    int64_t n_tables = 0, keys_checked = 0;
    sqlite3_busy_timeout(store->db, STORE_BUSY_MS);
    if (sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL) != SQLITE_OK ||
        sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL) != SQLITE_OK ||
        sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) != SQLITE_OK)
        return db_fail(store, "setting up", err);
    if (!run_script(store, "engine/store/sql/open.sql", err) ||
        !db_integer(store, QUERY_FOREIGN_KEYS, &keys_checked, err) ||
        !db_integer(store, QUERY_COUNT_TABLES, &n_tables, err))
        return false;
    bug_if(keys_checked != 1);
    if (n_tables == 0 && mode == STORE_READ)
        return err_set(err, ERR_NO_INPUT, "the database %s is empty; run \"turncurve import\" first",
                       store->path);
    if (n_tables == 0 && !make_schema(store, err))
        return false;
    if (!check_version(store, err))
        return false;
    if (mode == STORE_READ)
        return db_do(store, QUERY_READ_ONLY, err);
    return store->version == STORE_VERSION || migrate(store, err);
}

/* Reading needs the right to write as well when a killed import left a journal to undo; a folder that forbids
 * it is read as it is. */
static bool open_file(struct store *store, const char *path, enum store_mode mode, struct err *err)
{
    if (mode == STORE_WRITE && !make_file(path, &store->made, err))
        return false;
    struct stat info;
    if (stat(path, &info) != 0)
        return err_set(err, errno == ENOENT || errno == ENOTDIR ? ERR_NO_INPUT : ERR_IO,
                       "there is no database %s (%s); run \"turncurve import\" first, or name one with "
                       "--database",
                       path, strerror(errno));
    if (!S_ISREG(info.st_mode))
        return err_set(err, ERR_DATA, "%s is not a file; choose another with --database", path);
    /* "./" keeps a name such as ":memory:" a name */
    const char *beginning = path[0] == '/' ? "" : "./";
    char opened[sizeof store->path];
    const int length = snprintf(opened, sizeof opened, "%s%s", beginning, path);
    if (length < 0 || (size_t)length >= sizeof opened ||
        !str_copy(str_of(path), store->path, sizeof store->path))
        return err_set(err, ERR_USAGE, "the name of the database is too long");
    const int writable = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    const int readable = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
    const int flags = mode == STORE_READ && access(path, W_OK) != 0 ? readable : writable;
    if (sqlite3_open_v2(opened, &store->db, flags, NULL) != SQLITE_OK)
        return db_fail(store, "opening", err);
    return true;
}

struct store *store_open(const char *path, enum store_mode mode, struct err *err)
{
    struct store *store = calloc(1, sizeof *store);
    if (store == NULL) {
        err_no_memory(err);
        return NULL;
    }
    if (!open_file(store, path, mode, err) || !prepare(store, mode, err)) {
        store_close(store);
        return NULL;
    }
    return store;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    if (store->db != NULL)
        db_rollback(store);
    for (size_t i = 0; i < QUERY_COUNT; i++)
        sqlite3_finalize(store->statements[i]);
    bug_if(sqlite3_close(store->db) != SQLITE_OK);
    if (store->made && store->path[0] != '\0')
        unlink(store->path);
    free(store);
}
