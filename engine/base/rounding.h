/* SPDX-License-Identifier: GPL-3.0-or-later
 * base/rounding.h: figures that add up as they are printed.
 *
 * Ownership: arrays are the caller's. */
#ifndef TURNCURVE_BASE_ROUNDING_H
#define TURNCURVE_BASE_ROUNDING_H

#include <stddef.h>
#include <stdint.h>

/* Rounds n values so that they add up to `total`, a whole number near their sum: each is rounded down, and
 * what that leaves goes to the largest remainders (when too much was given, it is taken from the smallest),
 * the first of equals. Values may be below zero. rest: room for n. Example: .4 .4 .2 with total 1 give 1 0 0.
 * Cost: O(n) a unit left over. */
void rounding_together(const double values[], size_t n, int64_t total, double rest[], int64_t out[]);

#endif
