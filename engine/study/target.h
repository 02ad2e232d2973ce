/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/target.h: whether a plan's targets will be met.
 *
 * Ownership: goals and outcomes are plain values; everything else is borrowed for the call.
 *
 * A target is a level that a quantity is to be at, or beyond, at a date. Which side is meant is the sign of
 * the change that the plan states, else where the level lies from what is known on the forecast's last known
 * day: a lower level is to be reached from above, and a level of cost is a limit. A change without a baseline
 * counts from that day; one in per cent of the baseline or that day. A value in per cent of a group is a
 * share. Dates count as the end of their month. */
#ifndef TURNCURVE_STUDY_TARGET_H
#define TURNCURVE_STUDY_TARGET_H

#include "numeric/interval.h"
#include "plan/targets.h"
#include "study/quantity.h"

/* What became of a target of a plan. */
enum target_fate {
    TARGET_TESTED,      /* its date lies in the forecast */
    TARGET_PAST,        /* its date lies in what is known: it was met or not */
    TARGET_NOT_OURS,    /* a name that only measures know */
    TARGET_NO_FIGURE,   /* the plan leaves the figure out: reported, not guessed */
    TARGET_NO_DATE,     /* or the date */
    TARGET_NO_BASELINE, /* a change, and nothing is known to count it from */
    TARGET_NO_SIDE,     /* a level, and nothing is known to tell more from less */
    TARGET_TOO_LATE,    /* behind the end of the forecast */
    TARGET_NOT_GIVEN,   /* the model gives no such numbers at that date */
    TARGET_FATE_COUNT
};
/* Why it was not tested, for people: "only measures know this quantity". */
const char *target_fate_words(enum target_fate fate);

struct target_goal {
    struct quantity quantity;
    day by;        /* a month's end */
    int32_t month; /* of the forecast, 0 the first; below 0: known */
    double level;
    double now; /* on the last known day; NaN: not known */
    bool at_most;
};

/* What is known up to the origin. */
struct target_known {
    const struct counts *counts; /* NULL: no returns */
    /* where there are none: children looked after on the origin, and entries and exits of the twelve months
     * to it; NaN: not known */
    double stock, entries, exits;
    day origin;
    const char *const *localities;
    size_t n_localities;
};
/* What a target asks. Everything of *out that is known is filled, whatever the fate; TARGET_TESTED still has
 * to be held against the model's numbers by quantity_is_given. counts: what is known up to the origin and
 * behind it; NULL none. */
enum target_fate target_resolve(const struct plan_target *target, const struct target_known *known,
                                int32_t months, struct target_goal *out);
/* The quantity on the origin; NaN when it is not known. */
double target_known_now(const struct target_known *known, const struct quantity *quantity);
/* True when a value is at the level or beyond. */
bool target_is_met(const struct target_goal *goal, double value);

struct target_outcome {
    double p10, p50, p90;
    int64_t n_met, n;       /* replicates that meet it, of all */
    double chance;          /* n_met / n */
    struct interval limits; /* 95 % limits of the chance, Wilson's */
    double shortfall;       /* mean of what is missing; 0 where it is met */
};
/* values[n] in any order, n >= 1. work has room for n. met[n], NULL when not wanted: is set false where the
 * target is missed, and left alone where it is met, for the joint chance of several. */
struct target_outcome target_outcome_make(const struct target_goal *goal, const double values[], size_t n,
                                          double work[], bool met[]);

/* Money, or nights, saved against a baseline from the day after the origin to the end of a month, replicate
 * by replicate, over a sample that shares its luck. */
struct target_saving {
    double mean, error; /* and its standard error */
    double p10, p90;
};
/* measure: MEASURE_COST (pounds) or MEASURE_NIGHTS. work has room for 2 numbers a replicate. Both must have
 * the measure. */
struct target_saving target_saving_make(const struct draws *draws, const struct draws *base,
                                        enum measure measure, int32_t month, double work[]);

#endif
