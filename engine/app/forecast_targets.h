/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/forecast_targets.h: what a plan wants the number of children looked after to be, for the picture.
 *
 * Ownership: texts live in the caller's arena; the rest is borrowed. */
#ifndef TURNCURVE_APP_FORECAST_TARGETS_H
#define TURNCURVE_APP_FORECAST_TARGETS_H

#include "app/outlook.h"
#include "base/arena.h"

struct forecast_target {
    day by;
    double level; /* children */
};
/* The targets of a plan for all children looked after (quantity `stock`) within the forecast, by date, each
 * once. A change without a baseline counts from the stock at the origin. Those without a figure or a date are
 * left out, as are those of parts of the stock. outlook->targets NULL: none. *out is in the arena. */
bool forecast_targets_find(const struct outlook *outlook, struct arena *texts, struct forecast_target **out,
                           size_t *n, struct err *err);
/* What they add to the alternative text and the subtitle: " As planned: 345 by December 2007." */
const char *forecast_targets_words(const struct forecast_target targets[], size_t n, struct arena *texts,
                                   struct err *err);

#endif
