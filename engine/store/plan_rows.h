/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/plan_rows.h: plans, their effects and their targets as filed, into the database and back; no header
 * for others than store.
 *
 * Ownership: rows that are read are the caller's, freed with free(); their texts live in the arena.
 *
 * A plan is known by its name, whatever its case. Its versions stay; two files with the same rows in the same
 * order are one version, however they were saved. */
#ifndef TURNCURVE_STORE_PLAN_ROWS_H
#define TURNCURVE_STORE_PLAN_ROWS_H

#include "base/arena.h"
#include "plan/filed.h"
#include "store/db.h"

/* First version of the schema that has plans. */
enum { PLAN_ROWS_SCHEMA = 3 };

/* The key of a plan, which is added when it is not there. */
bool plan_rows_plan(struct store *store, struct str name, int32_t *plan, struct err *err);
/* The rows of a version. */
bool plan_rows_of_version(struct store *store, int32_t version, struct arena *texts, struct filed_row **out,
                          size_t *n, struct err *err);
/* The rows of the version that was imported last, none when there is none. */
bool plan_rows_last(struct store *store, int32_t plan, struct arena *texts, struct filed_row **out, size_t *n,
                    struct err *err);

struct plan_rows_found {
    bool is_new;  /* a version was added */
    bool redated; /* it was there, and has another date now */
    int32_t file; /* that it came from */
};
/* Adds a version of a plan, n >= 1 rows of one file with their references, unless it is there. Its date is
 * the one asked for (DAY_NONE: none), else that of the column plan_date, else inferred. */
bool plan_rows_put(struct store *store, int32_t plan, struct str name, const struct filed_row rows[],
                   size_t n, day asked, struct plan_rows_found *out, struct err *err);

/* Forgets the effects (or targets) of a plan that other files brought. */
bool plan_rows_clear(struct store *store, int32_t plan, int32_t file, bool effects, struct err *err);
/* Stores a row of effects (or targets). */
bool plan_rows_add(struct store *store, int32_t plan, const struct filed_row *row, bool effects,
                   struct err *err);
/* The stored effects (or targets) of a plan, in the order of their file. */
bool plan_rows_read(struct store *store, int32_t plan, bool effects, struct arena *texts,
                    struct filed_row **out, size_t *n, struct err *err);

#endif
