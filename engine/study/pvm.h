/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/pvm.h: why money differs from a budget: volume, price, mix, with no remainder to the penny.
 *
 * Ownership: everything is the caller's.
 *
 * With lines i, nights n, cost c and price p = c / n; 0 the budget (or the report before), 1 the outturn;
 * N the sum of nights, s = n / N, P0 = C0 / N0:
 *
 *     volume  (N1 - N0) P0            by line (N1 - N0) s0 p0
 *     mix     N1 sum (s1 - s0) p0     by line N1 (s1 - s0) p0, or with (p0 - P0): the same sum, more telling
 *     price   sum n1 (p1 - p0)
 *
 * which sum to C1 - C0 identically. What n1 nights cost at p0 is rounded to the penny once a line; volume is
 * rounded once and shared by largest remainder; price and mix are what is left, so that every line and every
 * total adds up exactly. A line without nights in the base has its standard price for p0, or p1 where there
 * is none (no price effect then: all of it is mix). Lines that no nights explain go to `other` whole.
 *
 * Example: nights (as weeks) 1200 and 300 at 900 and 5200 become 1150 and 380 at 930 and 5600: of 557,500
 * more, volume is 52,800, mix 318,200, price 186,500. */
#ifndef TURNCURVE_STUDY_PVM_H
#define TURNCURVE_STUDY_PVM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/money.h"

struct pvm_line {
    bool is_placement;        /* false: all of its difference is `other` */
    int64_t nights0, nights1; /* >= 0 */
    pence cost0, cost1;
    pence standard_weekly; /* p0 where nights0 is 0; 0: none */
};
struct pvm_split {
    pence volume, mix, price, other; /* sum: cost1 - cost0 */
    pence mix_told;                  /* mix against the average price: sums to the same mix over all lines */
};

/* Splits n lines; total may be NULL. Fails without memory only. Cost: O(n^2) for a few left-over pennies.
 * |costs| < 10^14 pence, nights < 10^10, any whole unit of them where no standard price is used. */
bool pvm_make(const struct pvm_line lines[], size_t n, struct pvm_split out[], struct pvm_split *total,
              struct err *err);

/* Parts that are printed and must add up to a printed total: each value's floor, and the pennies that are
 * left to the largest remainders (ties: to the earlier). total must lie within 1 of the sum of the values. */
void pvm_share(const double values[], size_t n, pence total, pence parts[]);

#endif
