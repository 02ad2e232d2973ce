/* SPDX-License-Identifier: GPL-3.0-or-later
 * Authorities of one run mostly share their origin, so the last cut is kept and no other. */
#include "app/panel_source.h"

void panel_source_free(struct panel_source *source)
{
    panel_free(&source->known);
    panel_free(&source->stored);
    *source = (struct panel_source){0};
}

bool panel_source_count(struct panel_source *source, struct store *store, size_t *n, struct err *err)
{
    if (!source->is_loaded && !store_load_panel(store, &source->stored, err))
        return false;
    source->is_loaded = true;
    *n = source->stored.n;
    return true;
}

bool panel_source_at(struct panel_source *source, struct store *store, day origin, const struct panel **out,
                     struct err *err)
{
    size_t n = 0;
    if (!panel_source_count(source, store, &n, err))
        return false;
    if (!source->is_cut || source->origin != origin) {
        panel_free(&source->known);
        source->is_cut = false;
        if (!panel_as_known(&source->stored, origin, &source->known, err))
            return false;
        source->is_cut = true;
        source->origin = origin;
    }
    *out = &source->known;
    return true;
}
