/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/world/draw.h: random variates for synthetic worlds, from the tests' own dice.
 *
 * Ownership: nothing is allocated. numeric/stream and numeric/dist are under test and not used here.
 * Arguments must be in range; none is checked. tests/stat/test_world_draws.c holds means and variances. */
#ifndef TURNCURVE_TESTS_WORLD_DRAW_H
#define TURNCURVE_TESTS_WORLD_DRAW_H

#include "tests/build_history.h"

/* What a set of dice is for; each has a sequence of its own, so that one part of a world does not move
 * another. */
enum draw_purpose {
    DRAW_WORLD,
    DRAW_CHARACTER,
    DRAW_OWN_DRIFT,
    DRAW_YEAR_NOISE,
    DRAW_NATIONAL,
    DRAW_EVENT,
    DRAW_PILOT,
    DRAW_FAMILIES,
    DRAW_UASC,
    DRAW_COURSE
};
/* The dice of a purpose and an index (a month, a child) of a world. */
struct dice draw_dice(uint64_t seed, enum draw_purpose purpose, uint64_t index);

double draw_uniform(struct dice *dice); /* in (0, 1) */
double draw_between(struct dice *dice, double low, double high);
bool draw_chance(struct dice *dice, double probability);
double draw_normal(struct dice *dice); /* mean 0, variance 1 */
/* What two normals are multiplied by to be Student's t of 5 degrees of freedom with variance 1, tails
 * shared: sqrt(3 / chi-squared_5). */
double draw_tail(struct dice *dice);
double draw_exponential(struct dice *dice, double mean);
/* Gamma of mean 1 and variance 1 / shape (Marsaglia & Tsang 2000, ACM TOMS 26:363). */
double draw_gamma(struct dice *dice, double shape);
/* exp(normal): median, and standard deviation of the log. */
double draw_lognormal(struct dice *dice, double median, double sigma);
/* P(T > t) = exp(-(t / scale)^shape). */
double draw_weibull(struct dice *dice, double scale, double shape);
/* P(T > t) = (1 + t / scale)^-shape: a hazard that falls like 1 / (scale + t). */
double draw_lomax(struct dice *dice, double scale, double shape);
int32_t draw_poisson(struct dice *dice, double mean);
/* Member i with probability weights[i] / sum; weights >= 0 and not all 0. */
int32_t draw_member(struct dice *dice, const double weights[], int32_t n);

#endif
