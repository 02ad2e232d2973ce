/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/counts.h: stock, flows and nights month by month, by every group.
 *
 * Ownership: a struct counts owns its numbers; counts_free releases them.
 *
 * stock is counted at the end of a month's last day; entries, exits, moves, nights and readmissions over the
 * month. An exit on day DEC belongs to the month of DEC's eve plus one day, that is of DEC itself: the child
 * is out at the end of that day. stock(m) = stock(m-1) + entries(m) - exits(m) exactly, for `all`. */
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

/* Counts the months from the month of `from` to the month of `to`. Cost: O(segments + months touched). */
bool counts_make(const struct history *history, day from, day to, struct counts *out, struct err *err);
void counts_free(struct counts *counts);
/* The count of a measure (not MEASURE_COST) in month 0..n_months-1. Route groups exist for exits only; others
 * are 0. */
int64_t counts_at(const struct counts *counts, enum measure measure, struct group group, int32_t month);

#endif
