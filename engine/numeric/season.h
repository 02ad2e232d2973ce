/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/season.h: how much more, or less, happens in a month of the year.
 *
 * Ownership: nothing is allocated that outlives a call; arrays are borrowed for the call.
 *
 * Arrays have one value for each month, in any order that is kept throughout (April first, as financial years
 * are). Counts are sums over whole years, days are days of the month in an average year (28.25 for February
 * over four years): a month with more days is not a busier one. */
#ifndef TURNCURVE_NUMERIC_SEASON_H
#define TURNCURVE_NUMERIC_SEASON_H

#include <stdbool.h>

#include "base/err.h"

enum { SEASON_MONTHS = 12 };

/* Is there a season at all? */
struct season_test {
    double chi2, p;      /* Pearson's, counts against days, 11 degrees of freedom */
    double cosine, sine; /* first harmonic of the log rate, phase 2 pi (m - .5) / 12 of month m = 1..12 */
    double ratio, harmonic_p; /* its likelihood ratio against none, 2 degrees of freedom */
};

/* counts[12] >= 0, days[12] > 0. Fails with ERR_DATA when there are no events; ERR_MEMORY. */
bool season_find(const double counts[SEASON_MONTHS], const double days[SEASON_MONTHS],
                 struct season_test *out, struct err *err);

/* The prior weight of a month, in events: 120 when either test says p < .1 or there are 5 years, else 600. */
double season_weight(const struct season_test *test, double years);

/* (count + weight) / (expected + weight), expected being the total by days; then normalised. All 1 when there
 * are no events. weight > 0. */
void season_factors(const double counts[SEASON_MONTHS], const double days[SEASON_MONTHS], double weight,
                    double factors[SEASON_MONTHS]);
/* Scales factors so that their mean over days is 1: a year's months, rate x days x factor, then add up to the
 * year's mean. With a plain mean of 1 they would not. */
void season_normalise(double factors[SEASON_MONTHS], const double days[SEASON_MONTHS]);

#endif
