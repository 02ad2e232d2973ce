/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/budget_file.h: an authority's budget, row by row.
 *
 * Ownership: rows own their texts; budget_rows_free releases them. A zeroed struct budget_rows is empty.
 *
 * A row is a line of a financial year with the placement groups that it pays for. One line may stand in
 * several rows with different groups, and one group in several lines: study/finance.h says how children's
 * costs reach them. */
#ifndef TURNCURVE_DATA_BUDGET_FILE_H
#define TURNCURVE_DATA_BUDGET_FILE_H

#include "base/arena.h"
#include "data/amount.h"
#include "data/findings.h"

struct budget_row {
    int32_t file, row;    /* where it stands; row is the line of the file */
    int32_t year;         /* financial year, by the year in which it ends */
    const char *line;     /* as filed, trimmed */
    placement_set groups; /* empty: money that no placement explains */
    pence budget;         /* may be negative: income */
    double fte;           /* placements bought on average, >= 0; NaN: not said */
    pence savings;        /* planned and already taken off the budget, >= 0 */
};
struct budget_rows {
    struct budget_row *items; /* in the order of the file */
    size_t n, capacity;
    struct arena texts;
};
void budget_rows_free(struct budget_rows *rows);

/* The fields of a row of a budget file, as read; those of missing columns are empty. */
struct budget_fields {
    struct str year, line, placement, budget_gbp, budget_fte, savings_gbp;
};
/* Adds a row. One that cannot be used gives a finding (I-20; I-25 when it is in another currency) and *usable
 * false; a placement that is no group is kept as money that no placement explains (I-21); the same line and
 * groups twice in one year are both kept (I-24). False only without memory or when the sink fails. */
bool budget_rows_add(struct budget_rows *rows, const struct budget_fields *fields, int32_t file, int32_t row,
                     bool *usable, struct findings *findings, struct err *err);
/* Adds a row that is known to be sound; its text is copied. */
bool budget_rows_put(struct budget_rows *rows, const struct budget_row *row, struct err *err);

#endif
