/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/measures.h: history.csv, and what each year came to.
 *
 * Ownership: tables are the caller's, released by table_free; arrays by free(). */
#ifndef TURNCURVE_STUDY_MEASURES_H
#define TURNCURVE_STUDY_MEASURES_H

#include "base/table.h"
#include "data/counts.h"

/* Every measure but cost in every group, month by month: la, date, measure, group, unit, value. Rows go by
 * measure, group, date. The month that ends before history.start has stock only: who left earlier in it is in
 * no return. Months before it are never written. `counts` must end in the month of history.end or earlier. */
bool measures_table(const struct history *history, const struct counts *counts, struct table *out,
                    struct err *err);

/* What is known of a year; named by its end. */
struct year_count {
    int32_t year;
    int64_t stock; /* at the end of 31 March */
    int64_t entries, exits, moves, nights, readmissions;
    bool stock_observed; /* false: children who had left before the first return are missing */
    bool flows_observed;
};
/* The years of the returns and `before` years before them, rebuilt from the children who survived into the
 * first return: those are never facts. *out has last_year - first_year + 1 + before rows. */
bool measures_by_year(const struct history *history, int32_t before, struct year_count **out, size_t *n,
                      struct err *err);
/* Adds the years to a table (zeroed, or begun by an earlier call): la, year, date, stock, entries, exits,
 * moves, readmissions, nights, note ("survivors only", "flows: survivors only", empty). */
bool measures_year_table(const char *la, const struct year_count years[], size_t n, struct table *out,
                         struct err *err);

#endif
