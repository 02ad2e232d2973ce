/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/d2i.h: the published method of Data to Insight's cs-demand-model 0.5.1, as a baseline.
 *
 * Ownership: a struct d2i_rates is a plain value; the fitted model is a struct peer_path.
 *
 * A population by age bin and placement is moved by constant daily rates. Written from the method's formulas;
 * its faults are kept, as a baseline must be what people use:
 *
 * - the age bin of an episode is that of its start until it ends, so long stays keep children young;
 * - children grow older at 1 over the bin's length a day, a geometric time; the last bin takes 14 years;
 * - a rate is the mean of daily ratios of events to the children of the day before, every day counting the
 *   same; a day on which nobody was there counts as 0, and an event on it makes the rate infinite: everybody
 *   leaves at once. As rows of no length are gone (models/peer_episodes.h), only the first day can do that,
 *   whose own stock at its end stands for that of the day before;
 * - entries a day divide by one day too few;
 * - steps of several days compound each rate by itself, and who enters cannot leave in the step, so that the
 *   answer depends on the step.
 *
 * The method has no interval: every replicate is the same. The stock is that at the origin, as the last day
 * with data is carried forward. Between steps of several days the path is a line. */
#ifndef TURNCURVE_MODELS_D2I_H
#define TURNCURVE_MODELS_D2I_H

#include "models/peer_path.h"

/* Where children go: states, PEER_OUT, or out of the last bin by age. */
enum { D2I_TOO_OLD = PEER_STATES + 1, D2I_TO };

struct d2i_rates {
    double rate[PEER_STATES][D2I_TO]; /* a day, or a step */
    double infinite[PEER_STATES]
                   [D2I_TO];     /* events on a day without children: above 0 the rate has no limit */
    double entries[PEER_STATES]; /* children a day */
};

/* Rates by day of the reference period. */
struct d2i_rates d2i_rates_make(const struct peer_episodes *episodes, const struct peer_reference *reference);
/* The rates of a step of some days from those of a day: 1 - (1 - r)^days each; entries stay a day's. */
struct d2i_rates d2i_rates_compound(const struct d2i_rates *daily, int32_t days);
/* Moves the stock by one step whose rates are given. Adds who enters and who leaves care to entries and
 * exits, by the state they enter or leave. */
void d2i_step(const struct d2i_rates *rates, int32_t days, double stock[PEER_STATES],
              double entries[PEER_STATES], double exits[PEER_STATES]);

#endif
