/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/rows.h: rows of returns into the database, and back child by child.
 *
 * Ownership: what children_next gives belongs to the stream and lives until its next call.
 *
 * Rows are stored as they were read. The stream walks the tables of one authority side by side in the order
 * of their keys, so that all rows of a child come together without sorting, and memory does not grow with the
 * number of children. */
#ifndef TURNCURVE_STORE_ROWS_H
#define TURNCURVE_STORE_ROWS_H

#include "base/arena.h"
#include "data/stack.h"
#include "store/db.h"

/* Stores one row of a file of authority la under an identifier. The record's texts are borrowed for the call.
 */
bool rows_insert(struct store *store, int32_t la, struct str child, const struct record *record,
                 struct err *err);
/* Drops the rows that a file brought. Cost: reads the authority's whole table. */
bool rows_remove(struct store *store, int32_t la, enum return_table table, int32_t file, struct err *err);
/* Gives every row of an identifier a new one. */
bool rows_link(struct store *store, int32_t la, struct str old_child, struct str new_child, struct err *err);

/* Who runs the homes of an authority, by all its rows. Cost: reads its episodes once. */
bool rows_homes(struct store *store, int32_t la, struct homes *out, struct err *err);

/* A stored file of a return. */
struct return_file {
    int32_t file; /* key */
    int32_t year;
    int32_t return_index; /* which of the authority's returns, 0 = earliest */
    enum return_table table;
};

struct row_cursor {
    sqlite3_stmt *statement; /* NULL: at its end */
    struct str child;        /* of the row it stands on */
};

struct children {
    struct store *store;
    int32_t la;
    struct return_file *files; /* by key */
    size_t n_files;
    int32_t *years; /* ascending */
    int32_t n_years;
    bool pseudonymised;
    struct row_cursor cursors[TABLE_COUNT];
    struct record *rows[TABLE_COUNT];
    size_t capacities[TABLE_COUNT];
    struct arena arena; /* of the child at hand; also for what is made of it */
    char *piece;        /* unused rest of a block of texts */
    size_t piece_left;
};

/* Starts reading authority la. One stream at a time for each store. ERR_NO_INPUT when it has no returns. */
bool children_open(struct children *children, struct store *store, int32_t la, struct err *err);
/* The next child in the order of identifiers; *more is false at the end. */
bool children_next(struct children *children, struct child_rows *out, bool *more, struct err *err);
void children_close(struct children *children);
/* Index into files of a file's key. */
size_t children_file_index(const struct children *children, int32_t file);

#endif
