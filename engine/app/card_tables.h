/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/card_tables.h: the tables of the pages that go with a report card.
 *
 * Ownership: tables are the caller's, released with table_free, also when a function fails; column names of a
 * matrix live in the arena. */
#ifndef TURNCURVE_APP_CARD_TABLES_H
#define TURNCURVE_APP_CARD_TABLES_H

#include "app/card_period.h"
#include "app/card_sources.h"
#include "base/table.h"
#include "study/providers.h"

/* providers.csv: period, provider, urn, placement, children, nights, started, ended, moved_on, outside,
 * outside_known, mean_days, mean_miles. A row for each kind of provider and placement with children or nights
 * in the period, urn blank; then one for each agency or home that the returns name. */
void card_providers_begin(struct table *out);
bool card_providers_add(struct table *out, const struct card_period *period, const struct providers *found,
                        const struct provider_home homes[], size_t n_homes, struct err *err);
/* The CARD_HOMES homes with most nights, for people. */
enum { CARD_HOMES = 20 };
bool card_homes_page(struct table *out, const struct provider_home homes[], size_t n_homes, struct err *err);
/* The same for people, beside a year before. */
bool card_providers_page(struct table *out, const struct providers *now, const struct providers *before,
                         struct err *err);

/* Every measure that is known in an area shown: rows are measures, columns the authority ("All") and the
 * areas from sets[first] on, as many as a sheet of A4 is wide. sets[0] is the authority, names[i] of sets[i];
 * names outlive the table. 1 <= first < n. */
enum { CARD_MATRIX_AREAS = 5 };
bool card_matrix_make(struct table *out, const struct indicator_set sets[], const char *const names[],
                      size_t n, size_t first, struct arena *arena, struct err *err);

/* Measures "provider:.." of the measures file, such as an Ofsted grade: a row for each provider and measure.
 */
void card_judgements_begin(struct table *out);
bool card_judgements_add(struct table *out, const char *provider, const struct indicator_set *set,
                         struct err *err);

/* What each measure counts, from which table, for when; why it is not known where it is not. */
bool card_definitions_make(struct table *out, const struct indicator_set *set, struct err *err);

#endif
