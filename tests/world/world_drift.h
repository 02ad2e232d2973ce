/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/world/world_drift.h: the multipliers of entries and of the pace of exits, month by month, and the
 * clock that exits obey. Internal to tests/world.
 *
 * Ownership: a plain value. */
#ifndef TURNCURVE_TESTS_WORLD_DRIFT_H
#define TURNCURVE_TESTS_WORLD_DRIFT_H

#include "tests/world/world_character.h"

enum {
    WORLD_BURN_IN_YEARS = 18, /* nobody in care at the start of the window entered earlier */
    WORLD_TAIL_YEARS = 4,     /* after the window: placements before its end depend on exits after it */
    WORLD_DRIFT_YEARS = WORLD_BURN_IN_YEARS + WORLD_YEARS_MAX + WORLD_TAIL_YEARS,
    WORLD_DRIFT_MONTHS = 12 * WORLD_DRIFT_YEARS
};

struct world_drift {
    int32_t n_months;
    int32_t window; /* the month in which the history starts; those before are burn-in */
    day month_start[WORLD_DRIFT_MONTHS + 1];
    double entry[WORLD_DRIFT_MONTHS], exit[WORLD_DRIFT_MONTHS], uasc[WORLD_DRIFT_MONTHS];
    double national_entry[WORLD_DRIFT_MONTHS], national_exit[WORLD_DRIFT_MONTHS]; /* factors of the above */
    double clock[WORLD_DRIFT_MONTHS + 1]; /* days of the exit clock at the start of a month */
    double trend_a_year;
    bool has_event;
    struct world_event event;
};

/* Draws the drift of an authority around a window of n_years from `start` (a 1 April). */
void world_drift_draw(struct world_drift *drift, const struct world_character *character, uint64_t seed,
                      uint64_t national, day start, int32_t n_years);
/* The day on which the exit clock has run `wait` days since `from`, from + 1 at the earliest. The pace is 1
 * before and after the months of the drift; drift NULL: always. */
day world_drift_after(const struct world_drift *drift, day from, double wait);

#endif
