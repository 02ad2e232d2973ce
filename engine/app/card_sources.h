/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/card_sources.h: what the database holds for report cards, loaded once for all cards of a run.
 *
 * Ownership: a card_sources owns what it loaded; it is not moved; card_sources_free releases it. */
#ifndef TURNCURVE_APP_CARD_SOURCES_H
#define TURNCURVE_APP_CARD_SOURCES_H

#include "data/counts.h"
#include "data/measures_file.h"
#include "data/outcomes.h"
#include "data/population.h"
#include "store/store.h"
#include "study/indicator.h"

struct card_sources {
    struct history history;
    struct counts counts;
    struct outcomes outcomes;
    struct population population;
    struct measure_rows measures;
    struct indicator_source source; /* borrows the above */
    const char *
        *localities; /* of the returns but "unknown", and of the measures file but providers; sorted */
    size_t n_localities;
    int64_t findings[3]; /* stored, by severity */
};
/* ERR_NO_INPUT when the authority has no returns. */
bool card_sources_load(struct card_sources *out, struct store *store, const struct authority *authority,
                       struct err *err);
void card_sources_free(struct card_sources *sources);
/* The locality of a name, whatever its case; ERR_USAGE that names the nearest, or all when there are few. */
bool card_sources_locality(const struct card_sources *sources, const char *name, const char **out,
                           struct err *err);

#endif
