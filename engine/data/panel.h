/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/panel.h: the published yearly totals of all authorities together.
 *
 * Ownership: a panel owns its authorities; panel_free releases them. */
#ifndef TURNCURVE_DATA_PANEL_H
#define TURNCURVE_DATA_PANEL_H

#include "base/date.h"
#include "data/yearly.h"

struct panel {
    struct yearly *authorities; /* by key; only those with at least one published stock */
    size_t n;
};
void panel_free(struct panel *panel);
/* What was known at an origin: years that ended by then. An authority without such a year vanishes. */
bool panel_as_known(const struct panel *panel, day origin, struct panel *out, struct err *err);

#endif
