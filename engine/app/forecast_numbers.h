/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/forecast_numbers.h: the numbers beneath the charts of a forecast.
 *
 * Ownership: columns live in the arena; each table is the caller's, freed by table_free, also after a
 * failure. */
#ifndef TURNCURVE_APP_FORECAST_NUMBERS_H
#define TURNCURVE_APP_FORECAST_NUMBERS_H

#include "app/outlook.h"
#include "base/table.h"

/* Stock now, at each 31 March and at the end: middle and range of 8 in 10 outcomes, scenario by scenario. */
bool forecast_stock_table(struct table *table, const struct outlook *outlook, struct arena *arena,
                          struct err *err);
/* Children by placement now and at the end, main scenario. */
bool forecast_mix_table(struct table *table, const struct outlook *outlook, struct arena *arena,
                        struct err *err);
/* Entries and exits of the last five years known and of each year of the main scenario. */
bool forecast_flow_table(struct table *table, const struct outlook *outlook, struct arena *arena,
                         struct err *err);
/* Cost of each financial year, scenario by scenario. */
bool forecast_cost_table(struct table *table, const struct outlook *outlook, struct arena *arena,
                         struct err *err);
/* The short table on the screen: authority, scenario and date, children (p10, p50, p90), cost of the twelve
 * months that end then. One authority: each 31 March; several: the end. */
bool forecast_summary_table(struct table *table, const struct outlook outlooks[], size_t n, struct err *err);

#endif
