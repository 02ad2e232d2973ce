/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/score.h: how good a forecast was, once the outcome is known.
 *
 * Ownership: nothing is allocated; arrays and work space are borrowed for the call.
 *
 * All scores are losses in the unit of the outcome: smaller is better. They are proper (Gneiting & Raftery
 * 2007, JASA 102:359): no forecaster gains by saying something other than what he believes. */
#ifndef TURNCURVE_NUMERIC_SCORE_H
#define TURNCURVE_NUMERIC_SCORE_H

#include <stddef.h>
#include <stdint.h>

/* The continuous ranked probability score of a sample, E|X - y| - E|X - X'| / 2. PLAIN takes the sample for
 * the whole distribution; FAIR takes it for draws from one and is unbiased for that distribution's score
 * (Ferro 2014, QJRMS 140:1917); they differ by 1/n of the spread. FAIR needs n >= 2 and may be below 0. */
enum score_form { SCORE_PLAIN, SCORE_FAIR };

/* Of ascending values, n >= 1: (2 / n^2) sum (x_i - y)(n [y < x_i] - i + .5) (Jordan, Krueger & Lerch 2019,
 * J. Stat. Softw. 90(12)). Cost: O(n). Example: {3, 5}, y 4: .5 plain, 0 fair. */
double score_crps_sorted(const double sorted[], size_t n, double y, enum score_form form);
/* Of values in any order, which are kept. work has room for n. Cost: O(n log n). */
double score_crps_values(const double values[], double work[], size_t n, double y, enum score_form form);
/* Of counts in any order, which are kept. work has room for 2 n. Cost: O(n) for each 11 bits of their
 * range. */
double score_crps_counts(const int32_t values[], int32_t work[], size_t n, double y, enum score_form form);

/* Of known distributions. Normal, sd >= 0: sd (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)), |y - mean| when
 * sd is 0. */
double score_crps_normal(double mean, double sd, double y);
/* Poisson, 0 <= mean < 1e9, y >= 0: (y - m)(2 F(y) - 1) + 2 m f(y) - m exp(-2m) (I0(2m) + I1(2m)) (Wei & Held
 * 2014, TEST 23:787). */
double score_crps_poisson(double mean, int64_t y);
/* Negative binomial (numeric/negative_binomial.h), y >= 0: the sum of (F(k) - [k >= y])^2. Cost: O(its
 * spread). */
double score_crps_negative_binomial(double mean, double size, int64_t y);

/* The loss of one quantile q at a level 0 < level < 1: (y - q)(level - [y < q]). */
double score_pinball(double q, double level, double y);
/* The loss of an interval that should hold with probability `coverage`: its width and 2 / (1 - coverage) for
 * each unit by which y lies outside (Winkler 1972, JASA 67:187). */
double score_interval(double low, double high, double coverage, double y);

/* The levels at which forecasts are written: .025 .1 .25 .5 .75 .9 .975. */
enum { SCORE_LEVELS = 7, SCORE_MEDIAN = 3 };
extern const double score_levels[SCORE_LEVELS];

/* Weighted interval score: twice the plain mean of the pinball losses (Bracher et al. 2021, PLoS Comput.
 * Biol. 17:e1008618). It rewards the tails more than the CRPS does. */
double score_wis(const double quantiles[SCORE_LEVELS], double y);
/* The CRPS as seen by seven quantiles: twice their pinball losses, each weighted by the share of (0, 1) that
 * is nearest to its level. */
double score_crps_quantiles(const double quantiles[SCORE_LEVELS], double y);

/* Errors of many forecasts added up; zeroed is none yet. */
struct score_errors {
    size_t n, n_positive;      /* forecasts; those with an outcome above 0 */
    double absolute, relative; /* sums of |median - y| and of |median - y| / y */
    double signed_sum;         /* of mean - y */
};
/* Adds one forecast with its outcome. */
void score_errors_add(struct score_errors *errors, double median, double mean, double y);
/* Mean absolute error; NaN for none. */
double score_errors_mae(const struct score_errors *errors);
/* Mean absolute error in % of the outcome, of outcomes above 0 only; NaN for none. */
double score_errors_mape(const struct score_errors *errors);
/* Mean of mean - y: above 0 says the forecasts were too high; NaN for none. */
double score_errors_bias(const struct score_errors *errors);

/* What an error is measured by in MASE: the mean absolute one-step change of the history before the origin
 * (Hyndman & Koehler 2006, Int. J. Forecast. 22:679); 1 when there is none. */
double score_mase_scale(const double history[], size_t n);

/* Where y fell in the forecast: F(y - 1) and F(y). Were forecasts perfect, a uniform between the two would be
 * uniform on (0, 1) over many of them. */
struct score_pit {
    double low, high;
};
/* From a sample of counts in any order, n >= 1: the shares below y and not above it. */
struct score_pit score_pit_counts(const int32_t values[], size_t n, int64_t y);
/* Adds a case to a histogram of n_bins >= 1 bins without drawing that uniform: each bin gets the share of
 * [low, high] that lies in it (Czado, Gneiting & Held 2009, Biometrics 65:1254), so one case adds 1. An
 * interval without length falls into one bin. U-shaped: forecasts too narrow; humped: too wide. */
void score_pit_add(struct score_pit pit, double bins[], size_t n_bins);

#endif
