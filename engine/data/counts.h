/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/counts.h: stock, flows and nights month by month, by every group.
 *
 * Ownership: a struct counts owns its numbers; counts_free releases them.
 *
 * stock is counted at the end of a month's last day; entries, exits, moves, nights and readmissions over the
 * month. A child whose care ends on day DEC is out at the end of that day, so the exit belongs to the month
 * of DEC: stock(m) = stock(m-1) + entries(m) - exits(m) exactly, for `all`. Parts of a kind of group sum to
 * `all` exactly for every measure; only exits have routes, and uasc is no partition.
 *
 * Entries and readmissions count in the groups of the day care starts, exits in those of the last day in
 * care, moves in the placement moved into and the age of that day. Age groups turn on birthdays, also in the
 * middle of a placement. Everything before history.start is known from survivors only and biased low. */
#ifndef TURNCURVE_DATA_COUNTS_H
#define TURNCURVE_DATA_COUNTS_H

#include "data/history.h"

struct counts {
    day first;                           /* first day of the first month */
    int32_t n_months;                    /* months counted */
    int32_t n_members[GROUP_KIND_COUNT]; /* 1, PLACEMENT_COUNT, .., number of localities (0 when none stored),
                                            1 */
    int64_t *values;                     /* [measure][kind, member][month] through counts_at */
    size_t offsets[MEASURE_COUNT][GROUP_KIND_COUNT];
};

/* Counts the months from the month of `from` to the month of `to`. Cost: O(segments + months x groups); a
 * difference array per series, so a stay costs the same however long. Fails with ERR_INTERNAL when `to` lies
 * in a month before `from`. */
bool counts_make(const struct history *history, day from, day to, struct counts *out, struct err *err);
void counts_free(struct counts *counts);
/* The count of a measure (not MEASURE_COST) in month 0..n_months-1. Route groups exist for exits only; others
 * are 0. */
int64_t counts_at(const struct counts *counts, enum measure measure, struct group group, int32_t month);
/* The same as n_months numbers in a row, valid as long as the counts; NULL where the group does not exist for
 * the measure (routes of anything but exits, cost). */
const int64_t *counts_series(const struct counts *counts, enum measure measure, struct group group);
/* The month (0..n_months-1) that a day lies in; below 0 or n_months and above: outside. */
int32_t counts_month(const struct counts *counts, day date);
/* The last day of a month: the date of a row in history.csv. */
day counts_month_end(const struct counts *counts, int32_t month);
/* Sum of a flow over the months of `from` to `to`, clipped to what was counted. */
int64_t counts_sum(const struct counts *counts, enum measure measure, struct group group, day from, day to);

/* Counts again, day by day and child by child, and compares every number; also that parts sum to `all` and
 * that stock changes by entries less exits. ERR_INTERNAL names the first series that differs. Cost:
 * O(nights); for tests and --verify. */
bool counts_verify(const struct counts *counts, const struct history *history, struct err *err);

#endif
