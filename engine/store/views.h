/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/views.h: what is stored, as tables that an analyst may read.
 *
 * Ownership: descriptions are constants; a filled table is the caller's, freed by table_free.
 *
 * The views are those of store/view.def and one for each table of the return as it was filed (filed_header,
 * filed_episodes ..). Dates are days, money is pence (printed as pounds), identifiers of children are numbers
 * that say nothing outside this database, dates of birth are months, postcodes, pupil numbers and social
 * workers are left out. Only a request with show_children gives them as they are stored. */
#ifndef TURNCURVE_STORE_VIEWS_H
#define TURNCURVE_STORE_VIEWS_H

#include "base/table.h"
#include "store/store.h"

enum view_kind {
    VIEW_KIND_TEXT,
    VIEW_KIND_INTEGER,
    VIEW_KIND_NUMBER, /* with or without decimals */
    VIEW_KIND_DAY,
    VIEW_KIND_PENCE,  /* shown in pounds */
    VIEW_KIND_YES,    /* 0 or 1 */
    VIEW_KIND_CHILD,  /* the number of a child; shown: its identifier */
    VIEW_KIND_BIRTH,  /* the first of the month; shown: the day */
    VIEW_KIND_PRIVATE /* empty; shown: as stored */
};
struct view_column {
    const char *name;
    enum view_kind kind;
    const char *words;
};
struct view {
    const char *name;  /* "placements" */
    const char *words; /* what a row is */
    size_t n_columns;
    bool of_children; /* a row belongs to one child */
};
struct view_request {
    int32_t la;         /* of one authority; 0: of all */
    bool show_children; /* identifiers, dates of birth and postcodes as they are stored */
};

/* The i-th view, in the order in which lists show them; false when there are no more. */
bool view_at(size_t i, struct view *out);
/* The j-th column of the i-th view; both must exist. */
struct view_column view_column(size_t i, size_t j);
/* The index of a view by name; false when there is none. */
bool view_find(const char *name, size_t *out);
/* Fills a table with the view's rows in a fixed order; it has the view's columns, none is missing. A view
 * that an older database does not have is empty. A view of returns is empty for an authority without. */
bool view_fill(struct store *store, size_t i, const struct view_request *request, struct table *out,
               struct err *err);

#endif
