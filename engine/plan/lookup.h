/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/lookup.h: which number a text stands for.
 *
 * Ownership: lookup_free releases the table; the texts are borrowed and must outlive it.
 *
 * Texts are the same when they differ only in the case of ASCII letters and in blanks at their ends. */
#ifndef TURNCURVE_PLAN_LOOKUP_H
#define TURNCURVE_PLAN_LOOKUP_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct lookup_entry {
    struct str text; /* {NULL, 0}: free */
    int32_t value;
};
/* Zeroed is an empty table. */
struct lookup {
    struct lookup_entry *entries;
    size_t n, capacity; /* capacity 0 or a power of two */
};
void lookup_free(struct lookup *lookup);
/* The value of a text, or `fallback` when it is not there. Cost: O(1). */
int32_t lookup_find(const struct lookup *lookup, struct str text, int32_t fallback);
/* Puts a text in, with a value; one that is there keeps its own. *out is what it then stands for. */
bool lookup_put(struct lookup *lookup, struct str text, int32_t value, int32_t *out, struct err *err);
/* Gives a text another value, whether it was there or not. */
bool lookup_set(struct lookup *lookup, struct str text, int32_t value, struct err *err);

#endif
