/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/compound.h: children who come in groups of brothers and sisters.
 *
 * Ownership: nothing is allocated; arrays are borrowed for the call.
 *
 * Groups arrive as a Poisson count with mean `groups`; a group has k children with probability sizes[k - 1],
 * k = 1..n_sizes, which add up to 1 (to 1e-9, else it is a bug). The number of children varies more than a
 * Poisson count of the same mean, by the index of dispersion. */
#ifndef TURNCURVE_NUMERIC_COMPOUND_H
#define TURNCURVE_NUMERIC_COMPOUND_H

#include <stddef.h>
#include <stdint.h>

enum { COMPOUND_SIZES = 16 }; /* the most children in a group */

/* groups x E K. Example: 3 groups of sizes .70 .18 .08 .04: 4.38 children. */
double compound_mean(double groups, const double sizes[], size_t n_sizes);
/* groups x E K^2: 8.34 in the example. */
double compound_variance(double groups, const double sizes[], size_t n_sizes);
/* Variance over mean, E K^2 / E K, whatever the number of groups: 1.904 in the example, 1 without groups. */
double compound_dispersion(const double sizes[], size_t n_sizes);

/* P(0), .., P(n - 1) children (Panjer 1981, ASTIN Bulletin 12:22): P_0 = e^-groups, P_n = groups / n x sum of
 * k sizes_k P_(n-k). 0 <= groups < 1e6; probabilities below the smallest double come out as 0. Cost: O(n
 * n_sizes). */
void compound_probabilities(double groups, const double sizes[], size_t n_sizes, double out[], size_t n);

/* The size of one group by one uniform: the smallest k with P(K <= k) >= u. */
int32_t compound_size_quantile(const double sizes[], size_t n_sizes, double u);

#endif
