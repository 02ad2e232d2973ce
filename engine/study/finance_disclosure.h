/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/finance_disclosure.h: which budget lines of a finance report must be hidden before it is published.
 *
 * Ownership: nothing is allocated; lines are the caller's.
 *
 * Totals are published, so the hidden lines are known together: a total less the lines that are shown. A line
 * of few children is protected when the others that are hidden with it could be so much dearer or cheaper
 * than others think that any number of children from 1 to k is possible. Others are taken to know what they
 * cost to a quarter (the sum that a stranger's knowledge of prices leaves open; p % rule, Hundepool et al.
 * 2012, ch. 4, with p as wide as unit costs of one kind of placement lie apart). With c what the line costs,
 * n its children, and y the sum of the others in the same column:
 *
 *     y / 4 >= (k - 1) c / max(n, 1)
 *
 * in every column that adds up. Lines that pay for the same placements are hidden together: the mean price of
 * one would tell that of the other. Lines without placements protect nothing: a column that only placements
 * have would show the rest. Where that cannot be had, all lines with placements are hidden and totals stay.
 *
 * Example: k 5, a line of 3 children for £600,000, others of £900,000, £2m and £4m: 4 x 200,000 = 800,000
 * wants 3.2m beside it. £4m is the cheapest line that does, and is hidden too. */
#ifndef TURNCURVE_STUDY_FINANCE_DISCLOSURE_H
#define TURNCURVE_STUDY_FINANCE_DISCLOSURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/money.h"

enum { FINANCE_DISCLOSURE_AMOUNTS = 5 };

struct finance_disclosure_line {
    bool is_placement;
    uint32_t groups;                           /* a bit for each kind of placement that it pays for */
    bool is_small;                             /* of few children, now or in an earlier publication */
    bool was_hidden;                           /* in an earlier publication: stays so */
    double children;                           /* on average */
    pence amounts[FINANCE_DISCLOSURE_AMOUNTS]; /* that add up to a total; the first is the outturn */
    size_t unit;                               /* set likewise: lines with the same number share placements */
    bool is_hidden;                            /* set by finance_disclosure_choose */
};

/* k >= 1: numbers of children from 1 to k are small. Cost: n^3 at most. */
void finance_disclosure_choose(struct finance_disclosure_line lines[], size_t n, int64_t k);
/* Is a small line protected by the other hidden ones? */
bool finance_disclosure_protects(const struct finance_disclosure_line lines[], size_t n, size_t line,
                                 int64_t k);

#endif
