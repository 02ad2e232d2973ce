/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/identifiers.h: from the key of a child in a history back to its identifier.
 *
 * Ownership: a struct identifiers owns its texts; identifiers_free releases them.
 *
 * A history knows children by a hash of CHILD only. Whoever asks for a list of children to work from needs
 * the identifier as it was filed, or the pseudonym where the returns were imported under one. It belongs in a
 * local file that was asked for by name, and nowhere else. */
#ifndef TURNCURVE_STORE_IDENTIFIERS_H
#define TURNCURVE_STORE_IDENTIFIERS_H

#include "base/arena.h"
#include "store/store.h"

struct identifier {
    uint64_t key; /* of the child in a history */
    const char *child;
};
struct identifiers {
    struct identifier *list; /* by key */
    size_t n, capacity;
    struct arena texts;
};
/* The key of a child in histories: a stable hash of its identifier. */
uint64_t identifiers_key(struct str child);
/* The identifiers of all children of an authority who have an episode. Cost: reads its episodes once. */
bool identifiers_load(struct store *store, int32_t la, struct identifiers *out, struct err *err);
void identifiers_free(struct identifiers *identifiers);
/* The identifier of a key, NULL when there is none. */
const char *identifiers_find(const struct identifiers *identifiers, uint64_t key);

#endif
