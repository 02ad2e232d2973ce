/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/fit_numbers.h: what a model learned, as short tables for people.
 *
 * Ownership: tables are the caller's, freed by table_free, also after a failure; texts for column names are
 * constants. */
#ifndef TURNCURVE_APP_FIT_NUMBERS_H
#define TURNCURVE_APP_FIT_NUMBERS_H

#include "sim/model.h"

/* For the screen, one row a process and route: la, process, to, occurrences, child_years, rate, low, high,
 * borrowed. Appends to a table that may hold other authorities; fit_summary_init comes first. */
void fit_summary_init(struct table *table);
bool fit_summary_add(struct table *table, const char *la, const struct learned *learned, struct err *err);

/* For the card: the same rows in words, of 100 children a year, with what the pattern is worth. */
bool fit_process_table(struct table *table, const struct learned *learned, struct err *err);
/* For the card: a row a placement, exits by the three largest routes, by all, and changes of placement, each
 * as "31 (25–38)" of 100 children a year. */
bool fit_placement_table(struct table *table, const struct learned *learned, struct err *err);
/* For the card: a row a financial year, entries (unaccompanied children apart), exits and changes of
 * placement with what was expected of them and the residual. */
bool fit_year_table(struct table *table, const struct learned *learned, struct err *err);
/* The parameters of a model with value, unit and origin. */
bool fit_parameter_table(struct table *table, const struct model *model, const struct params *params,
                         struct err *err);

#endif
