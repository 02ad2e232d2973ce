/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/views_parts.h: what the sources of store/views.h share; internal to views.
 *
 * Ownership: a struct view_filling borrows everything; child_numbers_free releases what child_numbers_load
 * took. */
#ifndef TURNCURVE_STORE_VIEWS_PARTS_H
#define TURNCURVE_STORE_VIEWS_PARTS_H

#include "data/returns.h"
#include "store/views.h"

enum view_id {
#define VIEW(member, name, since, words) VIEW_##member,
#define VIEW_COLUMN(view, name, kind, words)
#include "store/view.def"
#undef VIEW
#undef VIEW_COLUMN
    VIEW_COUNT
};

/* Numbers in place of identifiers: the rank of the hash of the identifier among all in the database, which
 * neither the identifiers nor their order tell. */
struct child_numbers {
    uint64_t *keys; /* ascending, each once */
    size_t n, capacity;
};
bool child_numbers_load(struct store *store, struct child_numbers *out, struct err *err);
void child_numbers_free(struct child_numbers *numbers);
/* From 1; 0 when the key belongs to no child. */
int64_t child_numbers_find(const struct child_numbers *numbers, uint64_t key);

/* A view being filled. */
struct view_filling {
    struct store *store;
    const struct view_request *request;
    struct table *out;
    struct child_numbers numbers;
};
/* Fills the cell of a child: its number, or its identifier when it is asked for (and is not NULL). */
bool view_set_child(struct view_filling *filling, struct table_cell *cell, uint64_t key,
                    const char *identifier, struct err *err);
/* Fills the cell of a date of birth. */
void view_set_birth(const struct view_filling *filling, struct table_cell *cell, day born);

/* Rows of children, periods or placements of one authority. */
bool view_add_history(struct view_filling *filling, enum view_id view, int32_t la, struct err *err);
/* Rows of a table of the return as filed, of one authority. */
bool view_add_filed(struct view_filling *filling, enum return_table table, const char *la_name, int32_t la,
                    struct err *err);
/* How a column of a return is shown. */
enum view_kind view_kind_of_filed(enum return_column column);

#endif
