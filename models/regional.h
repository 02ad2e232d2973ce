/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/regional.h: the published method of Social Finance's cs-demand-model-regional, as a baseline.
 *
 * Ownership: a struct regional_rates is a plain value; the fitted model is a struct peer_path.
 *
 * A population by age bin and placement is moved day by day by a matrix of constant rates, learned over the
 * whole window: from 1 April of the first return to the 31 March on or after the last date in the data.
 * Written from the method's formulas; its faults are kept, as a baseline must be what people use:
 *
 * - a rate is the mean of daily ratios, every day with somebody there counting the same, not events over
 *   exposure;
 * - stocks are carried forward to 31 March, so that a history that ends in mid-year looks like months of no
 *   change;
 * - nobody has to leave at 18: exits seen in the last bin carry it;
 * - the variance V(t+1) = V(t) + (M o (1 - M)) x(t) + e takes nothing over through M: who stays is noise each
 *   day, a move is noise at both ends, and V grows for ever; the interval of a total is made of the sum of V,
 *   without covariances; rates are taken as known.
 *
 * One fault is not kept: the tool fails when a child leaves a state in which nobody was on the day before.
 * Here that day is left out of the rate, as days without children are; a baseline that stops cannot be
 * compared. */
#ifndef TURNCURVE_MODELS_REGIONAL_H
#define TURNCURVE_MODELS_REGIONAL_H

#include "models/peer_path.h"

/* The last state is not in care, which nobody leaves. */
enum { REGIONAL_STATES = PEER_STATES + 1 };

struct regional_rates {
    double matrix[REGIONAL_STATES][REGIONAL_STATES]; /* [to][from], a day; columns sum to 1 */
    double entries[PEER_STATES];                     /* children a day */
    int32_t left_out;                                /* events that found nobody there on the day before */
};

/* Rates by day of the reference period. */
struct regional_rates regional_rates_make(const struct peer_episodes *episodes,
                                          const struct peer_reference *reference);
/* Moves the stock and its variance by a day: x = M x + e, V = V + (M o (1 - M)) x + e. */
void regional_step(const struct regional_rates *rates, double stock[REGIONAL_STATES],
                   double variance[REGIONAL_STATES]);

#endif
