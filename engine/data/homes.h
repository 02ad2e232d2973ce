/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/homes.h: who runs each foster home and children's home, by what its other rows say.
 *
 * Ownership: struct homes owns its memory; homes_free releases it. A zeroed one is empty.
 *
 * A provider that is blank or cannot be is taken from the home: the one most used with the same URN over all
 * returns of the authority. Each row that names a home and a provider that can offer its placement counts
 * once. Look-ups do not depend on the order in which rows were added. */
#ifndef TURNCURVE_DATA_HOMES_H
#define TURNCURVE_DATA_HOMES_H

#include "base/arena.h"
#include "data/codes.h"

struct home {
    struct str urn;
    int32_t used[PROVIDER_COUNT]; /* rows with each provider */
};
struct homes {
    struct home *list;
    size_t n, capacity;
    uint32_t *slots; /* open addressing: index into list plus 1, 0 free */
    size_t n_slots;  /* a power of two, at least twice n */
    struct arena texts;
};
/* True for a reference number that names a home; not for a blank or XXXXXXX, which is not yet known. */
bool homes_is_home(struct str urn);
/* Counts a row by its codes as stored. Rows without a home (no URN, or XXXXXXX: not yet known), without a
 * provider or with one that cannot offer the placement count nothing. Fails only for want of memory. */
bool homes_add(struct homes *homes, struct str urn, struct str place, struct str provider, struct err *err);
/* The provider most used with a home among those that can offer the placement, the lowest code of those
 * equally often used; PROVIDER_UNKNOWN when there is none. homes may be NULL. Cost: O(1). */
uint8_t homes_provider(const struct homes *homes, struct str urn, enum place place);
void homes_free(struct homes *homes);

#endif
