/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/db.h: statements, transactions and errors of the database; the inside of struct store.
 *
 * Ownership: the store owns its connection and statements. Text read from a statement lives until its next
 * step; text bound to one must live until it has been stepped.
 *
 * Every statement is a file of engine/store/sql, prepared when it is first asked for and kept. A statement
 * that was stepped to a row must be ended by db_reset (db_get does it too), or the transaction cannot end. */
#ifndef TURNCURVE_STORE_DB_H
#define TURNCURVE_STORE_DB_H

#include <sqlite3.h>

#include "base/date.h"
#include "base/str.h"
#include "data/returns.h"
#include "store/store.h"

enum query {
#define QUERY(name, member) QUERY_##member,
#include "store/query.def"
#undef QUERY
    QUERY_COUNT
};

enum {
    STORE_APPLICATION = 0x5455524e, /* "TURN"; as in schema.sql */
    STORE_VERSION = 4,              /* of the schema; as in schema.sql */
    STORE_BUSY_MS = 5000            /* how long to wait for another import */
};

struct store {
    sqlite3 *db;
    sqlite3_stmt *statements[QUERY_COUNT]; /* NULL until asked for */
    int bind_code;                         /* first failure to bind since the last step */
    int64_t version; /* of the schema: below STORE_VERSION in an older file that is only read */
    bool writing;    /* a transaction was begun */
    bool made;       /* the file was made by this connection and nothing is in it yet */
    char path[4096];
};

/* The statement, reset and without values. */
bool db_get(struct store *store, enum query query, sqlite3_stmt **out, struct err *err);
/* Steps: *row is true when there is a row to read. */
bool db_step(struct store *store, sqlite3_stmt *statement, bool *row, struct err *err);
/* Steps a statement that gives no rows, and resets it. */
bool db_run(struct store *store, sqlite3_stmt *statement, struct err *err);
void db_reset(sqlite3_stmt *statement);
/* Runs a statement without values or rows. */
bool db_do(struct store *store, enum query query, struct err *err);
/* Runs a statement without values that gives one integer. */
bool db_integer(struct store *store, enum query query, int64_t *out, struct err *err);

/* Values by position from 1; a failure is kept and reported by the next step. */
void db_bind_integer(struct store *store, sqlite3_stmt *statement, int i, int64_t value);
void db_bind_real(struct store *store, sqlite3_stmt *statement, int i, double value); /* NaN binds NULL */
void db_bind_str(struct store *store, sqlite3_stmt *statement, int i, struct str value);
void db_bind_text(struct store *store, sqlite3_stmt *statement, int i, const char *value);
void db_bind_null(struct store *store, sqlite3_stmt *statement, int i);

/* The text of a column from 0, empty for NULL; lives until the next step. */
struct str db_column_str(sqlite3_stmt *statement, int i);
int64_t db_last_key(const struct store *store);

/* BEGIN IMMEDIATE and COMMIT; ERR_IO when another program holds the database. */
bool db_begin(struct store *store, struct err *err);
bool db_commit(struct store *store, struct err *err);
/* Undoes the open transaction, if there is one; never fails in a way that anybody could use. */
void db_rollback(struct store *store);

/* Fills err from the connection's last failure; returns false. what: "writing the import". */
bool db_fail(struct store *store, const char *what, struct err *err);

#endif
