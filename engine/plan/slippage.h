/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/slippage.h: how late the milestones of a plan run, by its own record.
 *
 * Ownership: a struct slippage is a plain value.
 *
 * Every milestone whose first due date had passed on the plan's date counts: it was late when it was then not
 * done, or had been given a later date. The share of late ones leans on a prior of ten milestones of which
 * three are late; the days between a date and its revision, where both are stated, lean on eight of a median
 * of 110 days (a log-normal; standard deviation of the logarithm .8). The prior is what the plan of Leeds of
 * August 2012 recorded: 13 of 39 late, eight revisions by 64 to 215 days; wider than those eight, as a delay
 * that was never recorded tends to be a long one. */
#ifndef TURNCURVE_PLAN_SLIPPAGE_H
#define TURNCURVE_PLAN_SLIPPAGE_H

#include "plan/plan.h"

struct slippage {
    int32_t passed, late,
        revised;      /* milestones whose date had passed, those late, those with a later date stated */
    double chance;    /* of being late: mean of Beta(3 + late, 7 + the rest) */
    double low, high; /* 80 in 100 of it lie between */
    double log_median, log_sd; /* of the days late, where late */
};

/* The record of a plan; that of no plan (NULL) is the prior. */
struct slippage slippage_of(const struct plan *plan);

/* What is to be expected of one milestone, as it stood on the plan's date. */
struct slippage_of_row {
    day start;        /* when it falls if it does not slip (any more); DAY_NONE: it has no date */
    double chance;    /* of being late from there */
    int32_t past_due; /* days by which it was late already and not done: it falls later than that */
    bool is_dropped;  /* superseded: it never falls */
};
/* By its status: complete falls when it was due, at the latest on the plan's date; on track slips half as
 * often; delayed starts from its new date and slips half as often again; off track is late for sure; ongoing,
 * not started and unknown slip as the plan does, and when past due fall later than the plan's date. What
 * recurs never slips. */
struct slippage_of_row slippage_of_row(const struct plan *plan, const struct slippage *slippage,
                                       const struct plan_row *row);

#endif
