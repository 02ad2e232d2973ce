/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/outlook_publish.h: an outlook that may be published: forecasts of tiny groups taken out, history
 * masked.
 *
 * Ownership: the outlook owns the list of what was withheld; the publication is borrowed and must outlive it.
 *
 * A forecast is no record of persons, yet its first months say how many there are now. So a series stays only
 * where its group had more than k children (and no fewer than PUBLISH_LEAST_FORECAST) at the origin, in a
 * number that is shown itself; a flow of a group, and a route, also wants the flow of the last whole year to
 * be so. Everything else is taken out of the results before tables, charts and sentences are made, so that
 * none of them can quote it; its rows in the tables have "c". After that, outlook_stock and outlook_flow
 * answer only what the publication shows. */
#ifndef TURNCURVE_APP_OUTLOOK_PUBLISH_H
#define TURNCURVE_APP_OUTLOOK_PUBLISH_H

#include "app/outlook.h"
#include "app/publish.h"

enum { PUBLISH_LEAST_FORECAST = 6 };

/* Makes a forecast that was run publishable: counts of all years and of the origin go into the publication,
 * it is sealed, and the results are cut. ERR_DATA when the authority has too few children for any. From
 * published totals nothing is cut: they are public. An outlook without results (finance has its own) only
 * loses its past and caution. */
bool outlook_publish(struct outlook *outlook, struct publish *publish, struct store *store, struct log *log,
                     struct err *err);
/* The first half of it: seals, and masks what is known of the past. For commands that make no forecast of all
 * series. */
bool outlook_publish_past(struct outlook *outlook, struct publish *publish, struct store *store,
                          struct log *log, struct err *err);
/* May a forecast of a group be published? Always so where nothing is to be published, or all of it is public.
 */
bool outlook_may_publish(const struct outlook *outlook, enum measure measure, struct group group);
/* True when a series was taken out. */
bool outlook_withholds(const struct outlook *outlook, enum measure measure, struct group group);
/* Writes the whole children of a group at a date, or "c" where the publication hides them. */
bool outlook_set_stock(const struct outlook *outlook, struct table *table, struct table_cell *cell,
                       struct group group, day date, struct err *err);

#endif
