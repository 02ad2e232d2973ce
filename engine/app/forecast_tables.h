/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/forecast_tables.h: forecasts as the public tables.
 *
 * Ownership: tables are the caller's, freed by table_free; rows are appended, so that several authorities
 * share one. */
#ifndef TURNCURVE_APP_FORECAST_TABLES_H
#define TURNCURVE_APP_FORECAST_TABLES_H

#include "app/outlook.h"
#include "base/table.h"

/* An empty table of the columns la, scenario, date, measure, group, unit, mean, sd, p025 .. p975. */
void forecast_table_init(struct table *table, const char *name);
/* All series but costs (forecast.csv). */
bool forecast_table_add(struct table *table, const struct outlook *outlook, struct err *err);
/* Costs by placement and all together (cost.csv), in pounds with two decimals. */
bool forecast_table_add_costs(struct table *table, const struct outlook *outlook, struct err *err);
/* Each later scenario less the first (difference.csv). */
bool forecast_table_add_differences(struct table *table, const struct outlook *outlook, struct err *err);

#endif
