/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/forecast_difference.h: how far each later scenario lies from the first, and how sure of that the runs
 * make us.
 *
 * Ownership: columns live in the arena; each table is the caller's, freed by table_free, also after a
 * failure.
 *
 * All scenarios share their luck, run by run, so that the standard error of a mean difference, sd /
 * sqrt(runs) of the differences of single runs, is smaller than that of scenarios with luck of their own,
 * which would be sqrt((sd^2 of one + sd^2 of the other) / runs) (Glasserman and Yao 1992, Management Science
 * 38:884). */
#ifndef TURNCURVE_APP_FORECAST_DIFFERENCE_H
#define TURNCURVE_APP_FORECAST_DIFFERENCE_H

#include "app/outlook.h"
#include "base/table.h"

struct forecast_difference {
    double mean, low, high; /* children: 8 in 10 outcomes lie from low to high */
    double error, apart;    /* standard error of the mean, and what it would be with separate luck */
};
/* Scenario (1 ..) less scenario 0 in total stock at the end of a month; false when the model gives none. */
bool forecast_difference_at(const struct outlook *outlook, size_t scenario, int32_t month,
                            struct forecast_difference *out);
/* The short table on the screen: one authority: each 31 March and the end; several: the end. */
bool forecast_difference_summary(struct table *table, const struct outlook outlooks[], size_t n,
                                 struct err *err);
/* The table of the page, for one authority. */
bool forecast_difference_table(struct table *table, const struct outlook *outlook, struct err *err);

#endif
