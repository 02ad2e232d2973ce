/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/level.h: what models of the total alone have in common: a centre, a spread, parts by last shares.
 *
 * Ownership: a struct level owns its arrays; level_free releases them.
 *
 * Stock in month h is centre(h) x exp(W(h)), W a Gaussian path with independent steps and mean 0. Its sd is
 * that of the log changes of the stock of English authorities over 1, 2 and 3 years (.0768, .1135, .1376;
 * panel of 2010-22, 145 authorities), variance linear between, times a factor that leans to an authority's
 * own yearly changes; never less than chance alone, the turnover of a month in children. Entries are Poisson
 * around the last year's; exits are what makes stock(t) = stock(t-1) + entries - exits true. Nights are days
 * x the mean of the stocks at both ends. From published totals alone there are stock, entries and exits of
 * all only. */
#ifndef TURNCURVE_MODELS_LEVEL_H
#define TURNCURVE_MODELS_LEVEL_H

#include "sim/model.h"

struct level {
    uint64_t seed;
    day origin;
    int32_t months;
    bool has_parts;   /* from returns: placements, ages, routes, nights */
    double *observed; /* stock, oldest first: month ends, or 31 Marches */
    int32_t n_observed, step_months;
    int32_t gap;        /* months from the last observation to the origin */
    int32_t last_stock; /* at the origin, whole */
    double *centre;     /* [months] */
    double *variance;   /* [months] of W */
    double spread_factor;
    double mix_sd;
    double entries_a_day, exits_a_day;                             /* of the last year known */
    double placement[PLACEMENT_COUNT], age[AGE_COUNT];             /* stock at the origin */
    double entry_placement[PLACEMENT_COUNT], entry_age[AGE_COUNT]; /* entries of the last year */
    double exit_placement[PLACEMENT_COUNT], exit_age[AGE_COUNT], exit_route[ROUTE_COUNT];
};

/* Reads the observed stock, flows and parts, with a flat centre at the last value and the spread above. */
bool level_make(const struct model_input *input, const struct params *params, struct level *out,
                struct err *err);
void level_free(struct level *level);
/* The series it fills, constant lists. */
void level_series(const struct level *level, const struct result_series **series, size_t *n_series);
/* Quantiles of stock in a month: centre x exp(sd z). */
void level_quantiles(const struct level *level, int32_t month, const double levels[], size_t n, double out[]);
/* One replicate's counts. */
bool level_simulate(const struct level *level, int32_t replicate, struct tally *tally, struct err *err);
/* Variance of the log change of stock over some months among English authorities. */
double level_panel_variance(double months);

#endif
