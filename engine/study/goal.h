/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/goal.h: how far a lever must be pulled for a target to be met.
 *
 * Ownership: a goal lever's texts live in the arena that it was read with; everything else is borrowed or a
 * plain value.
 *
 * All trials share their luck, so what a target misses by is a nearly monotone function of the lever, and a
 * few trials find where it is nothing (numeric/seek.h). "Meets" is: the quantity reaches its level in at
 * least a given share of futures; half of them unless another chance is asked for. The answer is rounded to
 * no more digits than its error supports, to the side that meets, and tried again as rounded. */
#ifndef TURNCURVE_STUDY_GOAL_H
#define TURNCURVE_STUDY_GOAL_H

#include "numeric/seek.h"
#include "sim/run.h"
#include "study/target.h"

struct goal_lever {
    enum lever_kind kind;
    struct where where;
    enum effect_unit unit; /* EFFECT_FACTOR: sizes below are per cent; EFFECT_CHILDREN: places */
    double low, high;      /* sizes to be tried */
    const char *text;      /* as given: "exits:age=10-17;route=home" */
};
/* Reads LEVER or LEVER:KEY=VALUE;KEY=VALUE, conditions as scenarios know them. From -60 to 60 per cent; a mix
 * from 0 to 100 per cent of what would go `from`; capacity from 0 to most_places. ERR_USAGE with words. */
bool goal_lever_read(const char *text, double most_places, struct arena *texts, struct goal_lever *out,
                     struct err *err);
/* The lever at a size. */
struct lever goal_lever_at(const struct goal_lever *lever, double size);

struct goal {
    struct target_goal target;
    double chance; /* of meeting it that is enough, 0..1 */
};

/* What every trial needs. */
struct goal_setting {
    struct run *run; /* open for the scenario's parameters */
    const struct scenario *scenario;
    const struct draws *base; /* whose ratios calibrate; as the scenario, or one with the same parameters */
    const struct price_book *prices;
    const struct counts *counts; /* what is known; NULL none */
};

enum goal_fate {
    GOAL_FOUND,
    GOAL_ALWAYS,      /* met wherever the lever stands */
    GOAL_OUT_OF_REACH /* not met anywhere between its ends */
};
/* A lever's size and what comes of it. */
struct goal_trial {
    double size;
    struct target_outcome outcome;
    double entries, exits, moves; /* mean a month up to the date */
};
struct goal_answer {
    enum goal_fate fate;
    struct goal_trial rest; /* without the lever */
    struct goal_trial at;   /* the answer as rounded; out of reach: the best that the lever does */
    double exact, error;    /* before rounding, and its standard error; 0 when there is none */
    int decimals;           /* that the error supports */
    size_t n_trials;
};
/* The goal's quantity must be given (quantity_is_given) by the run's model. */
bool goal_seek(const struct goal_setting *setting, const struct goal *goal, const struct goal_lever *lever,
               struct goal_answer *out, struct err *err);
/* One trial, with another run's luck for instance. lever NULL: without. setting->base NULL: calibrated anew.
 */
bool goal_try(const struct goal_setting *setting, const struct goal *goal, const struct goal_lever *lever,
              double size, struct goal_trial *out, struct err *err);

#endif
