/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/conformal.h: intervals that hold what they promise, learned from earlier forecasts.
 *
 * Ownership: nothing is allocated; arrays and work space are borrowed for the call.
 *
 * Order of use: pool the quantiles of the model with those of the last value, scale them by what earlier
 * forecasts taught, put them in order, and send each replicate through the map from raw to final quantiles.
 * Quantiles are those of numeric/score.h, SCORE_LEVELS of them, in units of children or money and never below
 * 0. Scaling works on logs, in which anything below half a child counts as half a child. */
#ifndef TURNCURVE_NUMERIC_CONFORMAL_H
#define TURNCURVE_NUMERIC_CONFORMAL_H

#include <stdbool.h>
#include <stddef.h>

#include "numeric/score.h"

/* ---- pooling */

/* Quantile by quantile, weight x a + (1 - weight) x b, 0 <= weight <= 1 (Vincentisation: Lichtendahl,
 * Grushka-Cockayne & Winkler 2013, Manag. Sci. 59:1594). It keeps the shape of its parts, where a linear pool
 * of the distributions is wider than both. out may be a or b. Example: .6, 458 and 470 give 462.8. */
void conformal_pool(const double a[SCORE_LEVELS], const double b[SCORE_LEVELS], double weight,
                    double out[SCORE_LEVELS]);
/* The same on the log scale: a^weight b^(1 - weight). Where a quantile is below the floor of .5 the result is
 * multiplied by the weighted mean of a / .5 and b / .5, each at most 1, so that it never jumps or falls where
 * they rise, that 0 with 0 is 0 and that a with a is a. */
void conformal_pool_log(const double a[SCORE_LEVELS], const double b[SCORE_LEVELS], double weight,
                        double out[SCORE_LEVELS]);
/* A weight learned from n own cases, shrunk to `prior` which is worth `worth` cases: the weighted mean. */
double conformal_shrink_weight(double own, double n, double prior, double worth);

/* ---- what earlier forecasts teach */

/* How far the outcome lay towards a limit and beyond, in units of the distance from median to limit on the
 * log scale: 0 at the median, 1 on the limit, INFINITY when the limit is the median and y is not (0/0 is 0).
 * The quantile form of the scaled residual of Romano, Patterson & Candes 2019 and Lei et al. 2018, JASA
 * 113:1094. low <= median <= high. Example: 500, 450, 550, y 600: log(1.2) / log(1.1) = 1.913. */
double conformal_residual(double median, double low, double high, double y);
/* Which of n residuals in order bounds a new one with probability `coverage`: ceil((n + 1) coverage), or 0
 * when that is beyond n, so that no scale can promise it (Vovk, Gammerman & Shafer 2005). */
size_t conformal_rank(size_t n, double coverage);
/* The fewest residuals with a rank: 4 for .8, 9 for .9, 19 for .95. */
size_t conformal_least(double coverage);
/* Given its calibration set, the coverage of such a limit is a Beta(rank, n + 1 - rank): its p quantile. n at
 * least conformal_least. Example: 19, .8, p .05: .6406. */
double conformal_coverage_quantile(size_t n, double coverage, double p);

enum { CONFORMAL_ALL = -1, CONFORMAL_LEAST = 4 };
/* The scale by which limits would have held: the residual of that rank among residuals[n], leaving out the
 * one at `without` (CONFORMAL_ALL: none). A case must never be judged with itself in its calibration: with 5
 * cases, coverage would be 100 %. NaN when there are too few. work has room for n. Cost: O(n log n). */
double conformal_scale(const double residuals[], double work[], size_t n, ptrdiff_t without, double coverage);
/* The scale to use: exp of the mean of log own, weight n, and log prior, weight `worth`, held to [.5, 3].
 * n counts independent cases: with a horizon of h years and yearly origins, origins / h. The prior alone when
 * own is NaN or n < CONFORMAL_LEAST. own is held to [.5, 3] before it is weighed, so that an exact hit (0) or
 * a limit without width (INFINITY) does not outweigh every prior. Example: n 12, 1.62, 1.08, worth
 * 30: 1.2127. */
double conformal_shrink(double own, double n, double prior, double worth);

/* Puts values in order, least squares (pool adjacent violators; Barlow et al. 1972). weights[n] > 0, NULL for
 * equal ones; n at most CONFORMAL_LONGEST. Example: 1 3 2 4 gives 1 2.5 2.5 4. */
enum { CONFORMAL_LONGEST = 256 };
void conformal_pool_adjacent(double values[], const double weights[], size_t n);
/* Scales [coverage][horizon], both ascending: a wider interval and a longer horizon never get a smaller
 * scale. Geometric means over violators, along horizons and then along coverages; the second pass keeps the
 * order of the first, because isotonic regression keeps the order of its arguments. */
void conformal_isotonic(double scales[], size_t n_coverages, size_t n_horizons);

/* The miss rate to aim at next in live monitoring, after one case was missed or not (Gibbs & Candes 2021):
 * aim + gain (target - missed). Example: .2, .2, .05, missed: .16. */
double conformal_adapt(double aim, double target, double gain, bool missed);

/* ---- final quantiles */

/* The central intervals that the seven quantiles make: 50, 80 and 95 %. */
enum { CONFORMAL_COVERAGES = 3 };
extern const double conformal_coverages[CONFORMAL_COVERAGES];

/* Scales quantiles around their median: m (q / m)^c with the c of the interval they belong to, then puts them
 * in order. The median stays. Quantiles below the floor keep their ratio to it: 0 stays 0, and a scale of 1
 * changes nothing but rounding. raw in any order; out may be raw. */
void conformal_apply(const double raw[SCORE_LEVELS], const double scales[CONFORMAL_COVERAGES],
                     double out[SCORE_LEVELS]);

/* From any raw value to its final one: through the seven pairs of quantiles, linear in logs between them. */
struct conformal_map {
    size_t n;                                    /* knots left, 1..SCORE_LEVELS */
    double from[SCORE_LEVELS], to[SCORE_LEVELS]; /* logs, strictly ascending */
    double below, above;                         /* slopes beyond the knots */
};

/* raw and final ascending. Counts of few children tie: raw quantiles that are equal (to 1e-9) become one
 * knot, whose target is the final median if the raw median is one of them and else the geometric mean of
 * theirs; no map of values can tell them apart. Final quantiles that tie where raw ones do not are moved
 * apart, from the median outwards, to a slope of .01: the map is strictly increasing. Beyond the end knots
 * the slope of the last piece goes on, held to [.25, 4]; with one knot it is 1. Values below .5 count as .5
 * in knots. */
struct conformal_map conformal_map_make(const double raw[SCORE_LEVELS], const double final[SCORE_LEVELS]);
/* The final value of x >= 0; 0 stays 0. */
double conformal_map_value(const struct conformal_map *map, double x);

#endif
