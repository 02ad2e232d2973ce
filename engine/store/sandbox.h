/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/sandbox.h: a person's own SQL over copies of tables, and over nothing else.
 *
 * Ownership: a sandbox is closed by sandbox_close; tables given to it are copied; what it answers is the
 * caller's, freed by table_free.
 *
 * The statement runs in a database of its own in memory, which has no connection to any file: tables are
 * declared empty, the statement is prepared, and only those that it reads are filled. So whatever SQL can be
 * made to say, it cannot reach what was not copied, nor write, attach, load or change a setting: one SELECT,
 * of the functions in store/sandbox_function.def. Use in this order: open, declare each table, prepare, fill
 * each that it reads, run. */
#ifndef TURNCURVE_STORE_SANDBOX_H
#define TURNCURVE_STORE_SANDBOX_H

#include "base/log.h"
#include "base/table.h"

struct sandbox;

struct sandbox_limits {
    int64_t rows;    /* most rows of the answer */
    int64_t seconds; /* most seconds that the statement may run */
};

/* NULL with err filled on failure. */
struct sandbox *sandbox_open(struct err *err);
void sandbox_close(struct sandbox *sandbox);
/* An empty table with these columns. Its number counts from 0 in the order of declaration. */
bool sandbox_declare(struct sandbox *sandbox, const char *name, const char *const columns[], size_t n_columns,
                     struct err *err);
/* Reads the statement. ERR_USAGE, in words: it is no single SELECT, names a table, column or function that is
 * not there (with the nearest name of a table), or is no SQL. */
bool sandbox_prepare(struct sandbox *sandbox, const char *sql, struct err *err);
/* True when the prepared statement reads the table. */
bool sandbox_reads(const struct sandbox *sandbox, size_t table);
/* Copies the rows of a table: dates as ISO texts, money as pounds, empty cells as NULL. */
bool sandbox_fill(struct sandbox *sandbox, size_t table, const struct table *rows, struct err *err);
/* Runs the statement; *out has its columns. ERR_USAGE when it takes longer or gives more rows than the limits
 * allow, or more than 512 MiB (nothing is answered then), when two columns have one name, or when SQL fails
 * while it runs; ERR_INTERRUPTED when the log's stop is set. */
bool sandbox_run(struct sandbox *sandbox, const struct sandbox_limits *limits, const struct log *log,
                 struct table *out, struct err *err);

#endif
