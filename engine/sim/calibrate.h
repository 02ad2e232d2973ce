/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/calibrate.h: from a model's own intervals to intervals that mean what they say.
 *
 * Ownership: everything is a plain value.
 *
 * The seven quantiles of total stock in a month are pooled with those of the last value, quantile by
 * quantile, then scaled around their median by what earlier forecasts taught (numeric/conformal.h). Each
 * replicate's stock goes through the map from raw to final quantiles, and all its parts and nights with it.
 * Weights and scales are given at a few horizons; between them they are interpolated, before the first and
 * after the last they stay. A scenario takes the ratios of the first scenario without its levers, so that
 * differences between scenarios are the model's own. */
#ifndef TURNCURVE_SIM_CALIBRATE_H
#define TURNCURVE_SIM_CALIBRATE_H

#include "base/date.h"
#include "numeric/conformal.h"
#include "sim/draws.h"

enum { CALIBRATION_HORIZONS_MOST = 8 };

struct calibration_horizon {
    int32_t months;
    double weight;                      /* of the model beside the last value */
    double scales[CONFORMAL_COVERAGES]; /* of the 50, 80 and 95 % intervals */
};
struct calibration {
    struct calibration_horizon at[CALIBRATION_HORIZONS_MOST]; /* by months */
    size_t n;
    int32_t origins; /* of own backtests that went into it; 0: the built-in prior alone */
};

/* One earlier forecast of total stock whose outcome is known. */
struct calibration_case {
    day origin;
    int32_t months;
    double actual;
    double raw[SCORE_LEVELS], reference[SCORE_LEVELS]; /* quantiles of the model and of the last value */
};

/* What own cases whose outcome was known by a day add to the prior. The weight of a horizon is the one of 0,
 * .1 .. 1 with the smallest score, worth its number of independent cases (their number x months between
 * origins / months ahead, their number at most) beside 30 of the prior; scales likewise, from 4 cases on.
 * Cases at other horizons than the prior's are left out. */
void calibration_learn(const struct calibration *prior, const struct calibration_case cases[], size_t n,
                       day known_by, struct calibration *out);
/* Weight and scales at a horizon. */
struct calibration_horizon calibration_at(const struct calibration *calibration, int32_t months);
/* Final quantiles of one horizon from raw ones and those of the last value. */
void calibration_quantiles(const struct calibration_horizon *horizon, const double raw[SCORE_LEVELS],
                           const double reference[SCORE_LEVELS], double final[SCORE_LEVELS]);
/* Fills draws->ratios. reference[months][SCORE_LEVELS]: quantiles of the last value, month by month. */
bool calibration_apply(const struct calibration *calibration, const double reference[][SCORE_LEVELS],
                       struct draws *draws, struct err *err);

#endif
