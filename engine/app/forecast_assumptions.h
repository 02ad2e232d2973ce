/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/forecast_assumptions.h: what a forecast assumes, as tables for people.
 *
 * Ownership: tables are the caller's, freed by table_free, also after a failure. */
#ifndef TURNCURVE_APP_FORECAST_ASSUMPTIONS_H
#define TURNCURVE_APP_FORECAST_ASSUMPTIONS_H

#include "base/table.h"
#include "data/prices.h"
#include "sim/scenario.h"

/* One row a lever: scenario, lever, acts on, weakest, likely and strongest effect, start, ramp, reach,
 * source. */
bool assumptions_levers(struct table *table, const struct scenario scenarios[], size_t n, struct err *err);
/* One row a parameter and scenario: value, unit, whether default, inherited or set, and where. */
bool assumptions_parameters(struct table *table, const struct scenario scenarios[], size_t n,
                            struct err *err);
/* One row a line of the price book: weekly price on the date, uplift, whether a default, source. */
bool assumptions_prices(struct table *table, const struct price_book *prices, day date, struct err *err);

/* What entries are measured against: one row an authority, added one by one after the table was begun. */
void assumptions_exposure_init(struct table *table);
bool assumptions_exposure_add(struct table *table, const char *authority, const char *words, struct err *err);

/* An effect in words: "-6%", "+12 a year", "+5 children". */
void assumptions_effect(double effect, enum effect_unit unit, char out[32]);

#endif
