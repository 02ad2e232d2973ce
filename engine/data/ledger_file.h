/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/ledger_file.h: what an authority spent on placements, row by row.
 *
 * Ownership: rows own their texts; ledger_rows_free releases them. A zeroed struct ledger_rows is empty.
 *
 * A row is one posting, or the sum of a line's month under any day of it. Negative amounts are reversals and
 * credits: they are kept and taken off (I-22). */
#ifndef TURNCURVE_DATA_LEDGER_FILE_H
#define TURNCURVE_DATA_LEDGER_FILE_H

#include "base/arena.h"
#include "data/amount.h"
#include "data/findings.h"

struct ledger_row {
    int32_t file, row; /* where it stands; row is the line of the file */
    day date;
    const char *line;     /* as filed, trimmed */
    placement_set groups; /* empty: not said */
    pence actual;
};
struct ledger_rows {
    struct ledger_row *items; /* in the order of the file */
    size_t n, capacity;
    struct arena texts;
};
void ledger_rows_free(struct ledger_rows *rows);

/* The fields of a row of a ledger file, as read; those of missing columns are empty. */
struct ledger_fields {
    struct str date, line, placement, actual_gbp;
};
/* Adds a row. One that cannot be used gives a finding (I-20; I-25 when it is in another currency) and *usable
 * false; a placement that is no group counts as not said (I-26). False only without memory or when the sink
 * fails. */
bool ledger_rows_add(struct ledger_rows *rows, const struct ledger_fields *fields, int32_t file, int32_t row,
                     bool *usable, struct findings *findings, struct err *err);
/* Adds a row that is known to be sound; its text is copied. */
bool ledger_rows_put(struct ledger_rows *rows, const struct ledger_row *row, struct err *err);
/* Reports months between the first and the last of each financial year that have no posting (I-23). */
bool ledger_rows_check(const struct ledger_rows *rows, int32_t file, struct findings *findings,
                       struct err *err);

#endif
