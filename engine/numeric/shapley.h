/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/shapley.h: how much each of n players adds to what all achieve together.
 *
 * Ownership: arrays are the caller's.
 *
 * v[mask] is what the players in the bits of mask achieve, v[0] what nobody does. The Shapley value of a
 * player is the mean of v(S + i) - v(S) over all orders in which players can join (Shapley 1953, A value for
 * n-person games). The values add up to v(all) - v(none); players without effect get 0, equal ones the same.
 */
#ifndef TURNCURVE_NUMERIC_SHAPLEY_H
#define TURNCURVE_NUMERIC_SHAPLEY_H

#include <stdint.h>

enum { SHAPLEY_MOST = 12 }; /* players, where all 2^n sets are asked for */

/* Exact values from all sets, 1 <= n <= SHAPLEY_MOST. */
void shapley_values(const double v[], int n, double values[]);
/* The interaction of players i and j: above 0 they do more together than apart, below 0 they do the same work
 * twice (Grabisch and Roubens 1999, Int. J. Game Theory 28:547). */
double shapley_interaction(const double v[], int n, int i, int j);
/* An order in which players join, for samples of orders: order[n] holds each of 0..n-1 once, every order
 * equally often. Numbers 2k and 2k + 1 are a pair, one the reverse of the other: what their contributions
 * have in common with the middle cancels (Castro, Gomez and Tejada 2009, Comput. Oper. Res. 36:1726, with
 * antithetic pairs). */
void shapley_order(uint64_t seed, uint32_t number, int n, int32_t order[]);

#endif
