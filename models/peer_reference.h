/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/peer_reference.h: what the published tools count in the period that rates are learned from.
 *
 * Ownership: a struct peer_reference owns its numbers; peer_reference_free releases them. */
#ifndef TURNCURVE_MODELS_PEER_REFERENCE_H
#define TURNCURVE_MODELS_PEER_REFERENCE_H

#include "models/peer_episodes.h"

struct peer_reference {
    day first, last;              /* both in the period */
    int32_t days;                 /* last - first + 1 */
    int32_t *stock;               /* by peer_reference_stock */
    int32_t entries[PEER_STATES]; /* children whose care began in the period, readmissions too */
    double split[PEER_PLACES]
                [PLACEMENT_COUNT]; /* share of a place's child-days by placement group; sums to 1 */
};

/* Counts [first, last], one difference array per state. ERR_DATA with words when the period is shorter than
 * two days, when nobody was in care in it, or nobody came: the tools then have nothing to go by. */
bool peer_reference_make(const struct peer_episodes *episodes, day first, day last,
                         struct peer_reference *out, struct err *err);
void peer_reference_free(struct peer_reference *reference);
/* Children in a state at the end of a day, first - 1 to last. */
int32_t peer_reference_stock(const struct peer_reference *reference, int state, day date);

#endif
