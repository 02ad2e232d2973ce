/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/file_kind.h: the files that can be read, and the columns by which they are known.
 *
 * Ownership: nothing is allocated; everything is a constant. The tables are data/codes/file_kind.def,
 * file_column.def, sfr_column.def, and column.def for the return. */
#ifndef TURNCURVE_DATA_FILE_KIND_H
#define TURNCURVE_DATA_FILE_KIND_H

#include <stdbool.h>
#include <stdint.h>

#include "data/returns.h"

enum file_kind {
    FILE_RETURN, /* a table of the SSDA903 return: sniffed.table says which */
#define FILE_KIND(member, name, family, words) FILE_##member,
#include "data/codes/file_kind.def"
#undef FILE_KIND
    FILE_XML,
    FILE_UNKNOWN,
    FILE_KIND_COUNT
};

/* What is done with a kind. */
enum file_family {
    FAMILY_RETURN,
    FAMILY_PUBLISHED,  /* read by data/published, row by row */
    FAMILY_POPULATION, /* read by data/population_file, which adds up rows */
    FAMILY_INPUT,      /* prices, localities */
    FAMILY_PLAN,       /* a plan, its effects, its targets */
    FAMILY_COUNCIL,    /* what one authority brings: budget, ledger, measures */
    FAMILY_REFUSED     /* XML, unknown */
};

const char *file_kind_name(enum file_kind kind);
const char *file_kind_words(enum file_kind kind);
/* What a kind of file belongs to: returns, published, or the user's own tables. */
enum file_family file_kind_family(enum file_kind kind);
/* Column i of a kind that is no return, NULL when there are no more. */
const char *file_kind_column(enum file_kind kind, int32_t i);

/* A table as recognition sees it: one of the return, or a kind of its own. */
struct file_shape {
    enum file_kind kind;
    enum return_table table; /* FILE_RETURN */
    const char *name, *aliases;
    int32_t first, n_columns; /* first: where its columns begin in their list */
};
struct file_column {
    const char *name;  /* "*" at the end: a year may stand there */
    const char *alias; /* "" none */
    enum column_need need;
};
/* Table i of all, the return's first; false when there are no more. */
bool file_shape(int32_t i, struct file_shape *out);
/* Its column i, from 0. */
struct file_column file_shape_column(const struct file_shape *shape, int32_t i);

#endif
