/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/worked.h: what came to be, beside the forecast that was made before.
 *
 * Ownership: everything is borrowed; results are plain values.
 *
 * An action of a plan has begun. The forecast from the month end before it, made from what was known then and
 * with nothing but the past going on, says what was to be expected; the returns say what happened. How far
 * apart they are is measured in the forecast's own spread, and how often chance alone would bring as much.
 * That many things were done at once remains: a difference is a fact, its cause is not. */
#ifndef TURNCURVE_STUDY_WORKED_H
#define TURNCURVE_STUDY_WORKED_H

#include "data/counts.h"
#include "numeric/surprise.h"
#include "sim/run.h"

enum { WORKED_GROUPS = 16, WORKED_TEXT = 96, WORKED_LEAST = 5, WORKED_LEAST_DAYS = 91 };

/* Numbers that are added up: of one measure, groups of one kind that do not overlap. Stocks are counted at
 * the end, all else from the origin to the end. */
struct worked_question {
    enum measure measure; /* MEASURE_COST: pounds */
    struct group groups[WORKED_GROUPS];
    size_t n_groups;
    char text[WORKED_TEXT]; /* "age:10-17", "placement:res_external"; several placements or routes: "a+b" */
};
/* All children in care, or all cost. */
struct worked_question worked_of_all(enum measure measure);
/* What a lever acts on: the flow it changes, of the children it is about as far as a forecast tells them
 * apart: by route for exits, else by age, placement, need, or being unaccompanied, whichever its conditions
 * name first in that order. A mix or capacity lever is asked by the nights in the placements that children
 * shall leave, or that get places. False for prices and outcomes: returns do not hold them. */
bool worked_of_lever(const struct lever *lever, struct worked_question *out);

struct worked {
    struct surprise forecast;
    double actual;
    bool is_early; /* fewer than WORKED_LEAST were to be expected of what is counted one by one, or the caller
                      knows of another reason, such as fewer than WORKED_LEAST_DAYS since the action began */
};
/* Compares the draws of a forecast from `origin` with what was counted over its months. Of a group that the
 * model does not give, all are asked, and the question says so. actual_cost: worked_cost, for MEASURE_COST.
 */
bool worked_find(const struct draws *draws, const struct counts *counts, day origin,
                 struct worked_question *question, pence actual_cost, struct worked *out, struct err *err);
/* The nights that happened over the run's months at the prices of a scenario, as its forecast is costed: the
 * nights of providers in the shares known at the origin, so that only children differ. Set the parameter
 * price_uplift_sd_pct to 0 in both, or luck with prices differs too. */
bool worked_cost(const struct run *run, const struct scenario *scenario, const struct price_book *prices,
                 const struct counts *counts, pence *out, struct err *err);
/* By rule: "fewer than forecast" when chance brings as much in less than 1 of 20 such forecasts, "probably
 * fewer" in less than 1 of 5, else "no clear difference"; "less" for cost; "too early to say" when
 * is_early. A constant. */
const char *worked_words(const struct worked_question *question, const struct worked *found);

#endif
