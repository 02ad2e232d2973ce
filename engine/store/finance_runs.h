/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/finance_runs.h: finance reports that were made, for what has moved since.
 *
 * Ownership: a run that was loaded owns its lines and texts; finance_run_free releases them. One that is
 * stored is borrowed.
 *
 * One report is kept for each authority, year, scenario and day that it knew of; the same day again takes the
 * place of the earlier one, and other days stay. */
#ifndef TURNCURVE_STORE_FINANCE_RUNS_H
#define TURNCURVE_STORE_FINANCE_RUNS_H

#include "base/arena.h"
#include "base/money.h"
#include "store/store.h"

struct finance_run_line {
    const char *line, *placement; /* placement as in finance.csv */
    pence budget, actual, committed, outturn, low, high;
    int64_t nights;
};
struct finance_run {
    int32_t la;
    int32_t year; /* financial year, by its end */
    const char *scenario, *model, *version;
    day data_date; /* last day that it knew of */
    int64_t seed, runs;
    struct finance_run_line *lines;
    size_t n;
    struct arena texts;
};
void finance_run_free(struct finance_run *run);
/* The last report that knew less than a day. *found false: there is none, or the database is older. */
bool finance_run_before(struct store *store, int32_t la, int32_t year, const char *scenario, day date,
                        struct finance_run *out, bool *found, struct err *err);
/* Stores a report in a transaction of its own. The store must be open for writing. */
bool finance_run_put(struct store *store, const struct finance_run *run, struct err *err);

#endif
