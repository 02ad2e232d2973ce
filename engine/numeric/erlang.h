/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/erlang.h: how often places are full when those who find none go elsewhere.
 *
 * Ownership: nothing is allocated. */
#ifndef TURNCURVE_NUMERIC_ERLANG_H
#define TURNCURVE_NUMERIC_ERLANG_H

#include <stdint.h>

/* The share of arrivals that find all places in use (Erlang 1917, formula B): places >= 0; load >= 0 is the
 * mean number who would be there if there were no limit, the rate of arrivals x the mean stay. It holds when
 * arrivals are Poisson at a steady rate, whatever the distribution of stays.
 *
 *   B_0 = 1,  B_k = a B_(k-1) / (k + a B_(k-1))
 *
 * Cost: O(places). Example: 10 places, load 8: .121661064253; 8 (1 - .1217) = 7.03 are in use in the mean. */
double erlang_blocked(int32_t places, double load);

#endif
