/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/dfe.h: the year counted as DfE publishes it, children instead of events.
 *
 * Ownership: tables are the caller's, released by table_free.
 *
 * A child who leaves and comes back in one year is one start (the first) and one leaver (the last), where
 * history.csv has two entries and two exits; so stock(Y) - stock(Y-1) is not starts - leavers here. Looked
 * after during the year are those in care on the 31 March before and those who started, each once. */
#ifndef TURNCURVE_STUDY_DFE_H
#define TURNCURVE_STUDY_DFE_H

#include "base/arena.h"
#include "base/table.h"
#include "data/history.h"
#include "data/yearly.h"

enum dfe_measure { DFE_STOCK, DFE_STARTS, DFE_LEAVERS, DFE_DURING, DFE_COUNT };

/* "stock" "starts" "leavers" "during_year" */
const char *dfe_name(enum dfe_measure measure);

/* Children of a year by group; members of the largest kind of group fit. */
enum { DFE_MEMBERS = 16 };
struct dfe_counts {
    int64_t of[GROUP_KIND_COUNT][DFE_MEMBERS]; /* localities are not counted */
};
/* Stock and starts count in the group of 31 March and of the first start; leavers in that of the last day in
 * care of the last leaving (route: of that leaving); during the year: on the first day of the last period of
 * care that year. Age groups are of that same day. Cost: O(periods of care). */
void dfe_count(const struct history *history, int32_t year, enum dfe_measure measure, struct dfe_counts *out);

/* published.csv, the years of the returns: la, year, date, measure, group, children, published, difference,
 * note. `yearly` (NULL when none is stored) gives the published totals, for group all. A difference of stock
 * by more than 2 % or 3 children, or of starts or leavers by more than 5 % or 5, is noted. */
bool dfe_table(const struct history *history, const struct yearly *yearly, struct table *out,
               struct err *err);

/* Adds a row a year of the returns to a table (zeroed, or begun by an earlier call): la, year, date, stock,
 * starts, leavers, during_year, and beside them published_stock, published_starts, published_leavers. */
bool dfe_year_table(const struct history *history, const struct yearly *yearly, struct table *out,
                    struct err *err);

/* What is noted about the totals of the returns against the published ones: the years whose stock is far off,
 * as words "2018-19 (637, published 702), ..", "" when none; NULL with err filled on failure. */
const char *dfe_far_years(const struct history *history, const struct yearly *yearly, struct arena *arena,
                          struct err *err);

/* The panel of an authority without returns, added like dfe_year_table: la, year, date, stock, starts,
 * leavers, population, rate_per_10000.
 */
bool dfe_panel_table(const struct yearly *yearly, struct table *out, struct err *err);

/* The published value of a measure in a year; NaN when not known. */
double dfe_value(const struct yearly *yearly, enum dfe_measure measure, int32_t year);

#endif
