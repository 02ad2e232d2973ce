/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/capacity.h: places, the children in them, who finds none, and what that costs.
 *
 * Ownership: a struct capacity owns its arrays; capacity_free releases them. Run, scenario and prices are
 * borrowed for the call.
 *
 * A scenario with limits on places is run twice with the same luck: as it is, and without its limits. Who
 * would be in a placement group and is not, is elsewhere for want of a place; the difference of costs is what
 * the overflow costs (below 0 where children go somewhere cheaper). Numbers are the model's own, before
 * intervals are calibrated, so that no range goes beyond the places that there are. */
#ifndef TURNCURVE_STUDY_CAPACITY_H
#define TURNCURVE_STUDY_CAPACITY_H

#include "sim/run.h"

struct capacity_summary {
    double mean, p10, p50, p90;
};
struct capacity_line {
    enum placement_group group;
    double *places;                     /* [months] that can be used, as planned (capacity_places) */
    struct capacity_summary *in_use;    /* [months] children at the month's end */
    struct capacity_summary *unlimited; /* [months] who would be there if there were no limits */
    struct capacity_summary *elsewhere; /* [months] unlimited less in_use, future by future */
    /* over the last twelve months of the forecast */
    double blocked, blocked_error; /* share of those who were to be placed there who were not, and its
                                      standard error */
    double load;                   /* mean number there without limits */
    bool is_steady; /* the places stay the same, and hold those who are in them, so that Erlang's formula
                       (numeric/erlang.h) has something to say */
    double erlang;  /* share that it says, where is_steady */
};
struct capacity {
    struct capacity_line *lines; /* in the order of the scenario */
    size_t n_lines;
    struct capacity_summary *cost; /* [months] pounds more than without limits */
    struct capacity_summary whole; /* over all months */
    double whole_error;            /* of its mean */
    day origin;
    int32_t months, replicates;
};

/* The scenario must have capacity lines, and the run be open for its parameters, with raw intervals. */
bool capacity_find(struct run *run, const struct scenario *scenario, const struct price_book *prices,
                   struct capacity *out, struct err *err);
void capacity_free(struct capacity *capacity);

/* Usable places of a line in every month of a forecast: with levers on places at the mean of their effects
 * under the scenario's stance, from the days on which they start when nothing slips by luck.
 *
 * Example: 10 places of which 80 % can be used, +5 over 10 months from the origin: 8.2 in the mean of the
 * first month, 12 from the eleventh on. */
bool capacity_places(const struct scenario *scenario, const struct scenario_capacity *line, day origin,
                     int32_t months, double places[], struct err *err);

#endif
