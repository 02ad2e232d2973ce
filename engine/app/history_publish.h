/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/history_publish.h: the results folder of `history --publish`: yearly numbers, from masked counts alone.
 *
 * Ownership: everything is borrowed for the call. */
#ifndef TURNCURVE_APP_HISTORY_PUBLISH_H
#define TURNCURVE_APP_HISTORY_PUBLISH_H

#include "app/chart_set.h"
#include "app/history_inputs.h"
#include "app/publish.h"

/* Writes tables, charts, page and manifest of an authority with returns, and notes in the database what was
 * published. publish is begun, and has no counts yet. */
bool history_publish_write(struct app *app, const struct history_inputs *inputs, struct publish *publish,
                           struct store *store, const char *out, struct err *err);

/* Adds the years of a sealed publication to a table (zeroed, or begun by an earlier call): la, year, date,
 * stock, entries, exits, moves, readmissions. */
bool history_publish_years(const struct publish *publish, const struct history_inputs *inputs,
                           struct table *table, struct err *err);
/* Charts of a sealed publication. Parts that are hidden are drawn together as what is missing to all; a chart
 * without a shown number is left out. */
bool history_publish_charts(struct chart_set *set, const struct history_inputs *inputs,
                            const struct publish *publish, struct err *err);

#endif
