/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/sensitivity.h: which assumptions matter: each moved to the ends of its range, one at a time.
 *
 * Ownership: findings are the caller's array; everything else is borrowed.
 *
 * All trials share their luck with the base, future by future, so that a difference is known far better than
 * either number (common random numbers). A difference of less than three of its standard errors is within
 * Monte Carlo error, and said to be so. Moving one thing at a time leaves out what two do together. */
#ifndef TURNCURVE_STUDY_SENSITIVITY_H
#define TURNCURVE_STUDY_SENSITIVITY_H

#include "data/counts.h"
#include "sim/run.h"
#include "study/assumptions.h"
#include "study/quantity.h"

enum { SENSITIVITY_OUTPUTS = 6 };

struct sensitivity_output {
    struct quantity quantity;
    bool is_saving; /* the baseline's quantity less the scenario's */
    int32_t month;  /* of the forecast, 0 the first */
    double limit;   /* budget, target or no saving: where it tips; NaN: none */
    const char *limit_words;
};

struct sensitivity_setting {
    struct run *run; /* open for the scenario's parameters */
    const struct scenario *scenario;
    const struct scenario *baseline; /* for savings; NULL: not asked for */
    const struct price_book *prices;
    const struct counts *counts; /* what is known; NULL none */
    const struct sensitivity_output *outputs;
    size_t n_outputs;
};

enum sensitivity_end { SENSITIVITY_LOW, SENSITIVITY_HIGH, SENSITIVITY_ENDS };
struct sensitivity_effect {
    double change[SENSITIVITY_ENDS], error[SENSITIVITY_ENDS]; /* of the output's mean, against the base */
    bool matters;                                             /* one end at least is more than chance */
    double
        tips_at; /* value of the assumption at which the output reaches the limit, by straight lines through
                    base and ends; NaN: it does not within three times the range, or there is no limit */
    bool tips_within; /* that lies in the range */
};
struct sensitivity_base {
    double mean, error;
    double p10, p90;
};

/* findings[n][n_outputs], base[n_outputs]. A trial that the model refuses leaves its change NaN. */
bool sensitivity_run(const struct sensitivity_setting *setting, const struct assumption assumptions[],
                     size_t n, struct sensitivity_base base[], struct sensitivity_effect findings[],
                     struct err *err);

/* Where the straight lines from (base, at) to (low, at + change at low) and (high, ..) reach a limit. */
void sensitivity_tip(const struct assumption *assumption, double at, double limit,
                     struct sensitivity_effect *effect);

#endif
