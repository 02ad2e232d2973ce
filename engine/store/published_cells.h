/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/published_cells.h: what earlier publications showed and hid, so that a later one does not undo them.
 *
 * Ownership: what is loaded lives in the caller's arena, the array is released with free(). */
#ifndef TURNCURVE_STORE_PUBLISHED_CELLS_H
#define TURNCURVE_STORE_PUBLISHED_CELLS_H

#include "base/arena.h"
#include "store/store.h"

struct published_cell {
    const char *measure;  /* "stock", "entries" .. */
    const char *group;    /* "all", "age:0" .. */
    const char *locality; /* "": the whole authority */
    day date;             /* last day of the period */
    int32_t months;       /* of the period, 0: on that day */
    bool shown;
    int64_t value; /* 0 when hidden */
};

/* The cells of an authority; none in a database of an older program. */
bool published_cells_load(struct store *store, int32_t la, struct arena *texts, struct published_cell **out,
                          size_t *n, struct err *err);
/* Notes cells, in a transaction of its own. What was shown once stays shown; a shown value takes the place of
 * an earlier one. */
bool published_cells_put(struct store *store, int32_t la, const struct published_cell cells[], size_t n,
                         struct err *err);

#endif
