/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/panel_source.h: the published totals of all authorities, loaded once a command and cut once an origin.
 *
 * Ownership: a source owns what it loaded; panel_source_free releases it. */
#ifndef TURNCURVE_APP_PANEL_SOURCE_H
#define TURNCURVE_APP_PANEL_SOURCE_H

#include "store/store.h"

/* With so many authorities stored the panel model knows better than the last value. */
enum { PANEL_SOURCE_ENOUGH = 20 };

struct panel_source {
    struct panel stored; /* all that is known */
    struct panel known;  /* what was known at the origin */
    day origin;
    bool is_loaded, is_cut;
};

/* How many authorities have a published stock. Loads the panel when it is not yet. */
bool panel_source_count(struct panel_source *source, struct store *store, size_t *n, struct err *err);
/* What was known at an origin; it is borrowed until the source is asked for another origin or freed, and is
 * only cut anew when the origin is not that of the last call. */
bool panel_source_at(struct panel_source *source, struct store *store, day origin, const struct panel **out,
                     struct err *err);
void panel_source_free(struct panel_source *source);

#endif
