/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/variance.h: why a forecast moved, as a chain of forecasts of which each changes one thing.
 *
 * Ownership: a state owns its values, released by variance_state_free; parts are plain values.
 *
 * Every state of the chain is a whole forecast, and a step is the difference between two neighbours, so that
 * the steps add up to the movement whatever the order. Another order gives other steps: each is worked out
 * with what stands before it already changed and what comes after it not yet. Numbers are rounded once, when
 * a state is made, and are whole numbers of their smallest unit from there on (hundredths of a child, as
 * forecast.csv shows; pence), so that the sums are exact. Neighbours run with the same luck where they start
 * on the same day; their standard errors are of differences future by future. */
#ifndef TURNCURVE_STUDY_VARIANCE_H
#define TURNCURVE_STUDY_VARIANCE_H

#include "sim/draws.h"

enum variance_step {
#define VARIANCE_STEP(member, name, words, about) VARIANCE_##member,
#include "study/variance.def"
#undef VARIANCE_STEP
    VARIANCE_STEPS
};
/* Its name in files, its words for people, and what it is. */
const char *variance_step_name(enum variance_step step);
const char *variance_step_words(enum variance_step step);
const char *variance_step_about(enum variance_step step);

enum { VARIANCE_MEMBERS = PLACEMENT_COUNT + 1, VARIANCE_ALL = PLACEMENT_COUNT };
enum variance_measure { VARIANCE_CHILDREN, VARIANCE_COST, VARIANCE_MEASURES };

/* One forecast of the children on a day and of what a time costs. Members are placement groups, and all
 * together, which is their sum; of a model without placements only `all` is there. */
struct variance_state {
    bool by_placement, has_cost;
    int64_t value[VARIANCE_MEASURES][VARIANCE_MEMBERS]; /* hundredths of a child; pence */
    int64_t nights[VARIANCE_MEMBERS];                   /* of the same time, hundredths of a night */
    int64_t known[VARIANCE_MEMBERS], known_nights[VARIANCE_MEMBERS]; /* of these, before the forecast */
    double *futures[VARIANCE_MEASURES]; /* [members][replicates]; NULL: not kept (a run read from files) */
    int32_t replicates;
};
void variance_state_free(struct variance_state *state);

/* What the state is about. */
struct variance_period {
    int32_t stock_month;             /* of the forecast, 0 the first: children at its end; below 0: known */
    int32_t first_month, last_month; /* of the forecast: nights and cost of these; first > last: none */
};
/* The state of a forecast. known: nights and cost of the months before the forecast that the time holds, as
 * the only replicate of draws; NULL: none. present: children by placement where stock_month is known. */
bool variance_state_make(const struct draws *draws, const struct variance_period *period,
                         const struct draws *known, const int64_t present[PLACEMENT_COUNT],
                         struct variance_state *out, struct err *err);
/* From numbers read elsewhere: fills `all` as the sum of the placements. */
void variance_state_sum(struct variance_state *state);

struct variance_part {
    int64_t change; /* later less earlier, in the measure's unit */
    double error;   /* standard error of the mean difference in that unit; NaN: not known */
    /* of cost, in pence; they add up to the change exactly */
    int64_t volume, price, mix;
};
/* One step of the chain for one member. */
struct variance_part variance_part(const struct variance_state *before, const struct variance_state *after,
                                   enum variance_measure measure, int32_t member);
/* Splits the movement of cost of every placement and of all into volume, price and mix (study/pvm.h), in
 * whole pence and without a rest. Nights are hundredths: only their ratios count. Fails without memory only.
 */
bool variance_split(const struct variance_state *before, const struct variance_state *after,
                    struct variance_part out[VARIANCE_MEMBERS], struct err *err);

#endif
