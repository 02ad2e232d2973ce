/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/history_inputs.h: what `history` knows of an authority: returns, published totals, other authorities.
 *
 * Ownership: history_inputs_free releases all. */
#ifndef TURNCURVE_APP_HISTORY_INPUTS_H
#define TURNCURVE_APP_HISTORY_INPUTS_H

#include "data/counts.h"
#include "store/store.h"
#include "study/peers.h"

struct history_inputs {
    struct authority authority;
    struct history history; /* empty without returns */
    struct counts counts;   /* from the month before history.start to its end; empty without returns */
    struct yearly yearly;   /* empty without published figures */
    struct peer *peers;     /* by authority, then year */
    size_t n_peers;
    struct authority *authorities; /* names of the peers */
    size_t n_authorities;
};

/* Loads what is stored. ERR_NO_INPUT, with advice, when there is neither a return nor a published total. */
bool history_inputs_load(struct store *store, const struct authority *authority, bool short_breaks,
                         struct history_inputs *out, struct err *err);
void history_inputs_free(struct history_inputs *inputs);

#endif
