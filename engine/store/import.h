/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/import.h: files into the database, all or nothing.
 *
 * Ownership: struct imported owns its tables; imported_free releases them.
 *
 * One command is one transaction: whatever stops it (an error, Ctrl-C, a full disk, kill -9), the database is
 * the one before or the one after. Files are recognised by their columns; those of one folder are one return.
 * Rows are parsed and stored one by one, so memory does not grow with a file. */
#ifndef TURNCURVE_STORE_IMPORT_H
#define TURNCURVE_STORE_IMPORT_H

#include "base/log.h"
#include "base/table.h"
#include "store/store.h"

struct import_options {
    const char *la; /* whose returns these are, NULL: the only authority that has any */
    int32_t year;   /* the return's year, 0: by the dates of its episodes, else by the folder's name */
    const char *as; /* kind of every file, NULL: by its columns */
    bool has_plan_date;
    day plan_date; /* what the relative dues of plans count from; not given: column plan_date, else inferred
                    */
    bool pseudonymise; /* store pseudonyms and coarse dates of birth and postcodes */
    bool link_ids;     /* join identifiers that changed */
};
struct imported {
    struct table files;  /* file, table, year, rows, kept, repaired, refused, superseded, short_break, note */
    int64_t findings[3]; /* over the whole database, by severity */
};
/* Imports files and folders. ERR_NO_INPUT: a path is not there or a folder holds no CSV file; ERR_DATA: a
 * file named by the user cannot be used, or none can; ERR_USAGE: it is not clear whose or of which year a
 * return is; ERR_IO; ERR_INTERRUPTED. On failure nothing has changed. */
bool store_import(struct store *store, const char *const paths[], size_t n,
                  const struct import_options *options, struct log *log, struct imported *out,
                  struct err *err);
void imported_free(struct imported *imported);

#endif
