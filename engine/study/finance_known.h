/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/finance_known.h: nights and money of children who are known, month by month, and what they commit.
 *
 * Ownership: plain values; everything else is borrowed.
 *
 * A night costs a seventh of the weekly price of its group and provider on its day; the day of leaving is not
 * charged. Sevenths of a penny are kept and rounded when they are printed. Committed are the children in
 * placement on the last known day, to the end of their expected stay or the year, at that day's price: the
 * chance that a child is still in the placement on a later day, given how long it has been there, is that of
 * stays in its group (Kaplan-Meier with late entry, the last three years), and 0 from the 18th birthday on.
 */
#ifndef TURNCURVE_STUDY_FINANCE_KNOWN_H
#define TURNCURVE_STUDY_FINANCE_KNOWN_H

#include "data/history.h"
#include "data/prices.h"
#include "study/finance_lines.h"

struct finance_known {
    int32_t n_months; /* of the year, from April, that are known */
    int64_t nights[PLACEMENT_COUNT][FINANCE_MONTHS];
    int64_t sevenths[PLACEMENT_COUNT][FINANCE_MONTHS]; /* of a penny, by the price book */
    int64_t children[PLACEMENT_COUNT];                 /* in placement at the end of the origin */
    int64_t weekly[PLACEMENT_COUNT];      /* what they cost a week together, pence, prices of the origin */
    int64_t next_weekly[PLACEMENT_COUNT]; /* the same with the prices of the 1 April after the year */
    double committed[PLACEMENT_COUNT];    /* pence, to 31 March */
    double committed_nights[PLACEMENT_COUNT];
};
/* history: as known at the origin, a month's end. closed: the last day that the ledger has closed; what is
 * committed begins after it and after the origin (DAY_NONE: after the origin). */
bool finance_known_make(const struct history *history, const struct price_book *prices, int32_t year,
                        day origin, day closed, struct finance_known *out, struct err *err);

/* What children cost who are there on a date, for a whole year at a weekly price, less what they cost in
 * the year: sevenths of nights x weekly of both. Example: 5,600 a week from 1 November is 151 nights and
 * 120,800 in the year, 292,000 in 365 nights: 171,200 more. */
pence finance_full_year(int64_t weekly, int32_t nights_of_year, pence in_year);

#endif
