/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/volumes.h: numbers of an authority as the rules see them, and whether they are plausible (S-08 to
 * S-10, I-01).
 *
 * Ownership: volumes own their arrays; volumes_free releases them. */
#ifndef TURNCURVE_STORE_VOLUMES_H
#define TURNCURVE_STORE_VOLUMES_H

#include "data/stack.h"
#include "store/db.h"

struct volumes {
    const int32_t *years; /* of the returns, ascending; borrowed */
    int32_t n_years;
    int32_t first_month, n_months; /* from the first return's April to the last one's March */
    int64_t *stock;                /* [n_years] on 31 March */
    int64_t *entries;              /* [n_months] */
    int64_t nights[PLACEMENT_COUNT];
};
/* Starts counting for the years of the stored returns; a child is added after it is cleaned. */
bool volumes_init(struct volumes *volumes, const int32_t *years, int32_t n_years, struct err *err);
void volumes_free(struct volumes *volumes);
void volumes_add(struct volumes *volumes, const struct clean_child *clean);
/* Finds missing years, jumps, months without entries, differences from the published stock of authority la,
 * and placements in use without an imported price (when any price was imported). */
bool volumes_check(const struct volumes *volumes, struct store *store, int32_t la, struct findings *findings,
                   struct err *err);

#endif
