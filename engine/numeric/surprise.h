/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/surprise.h: where an outcome falls among simulated ones.
 *
 * Ownership: nothing is allocated. */
#ifndef TURNCURVE_NUMERIC_SURPRISE_H
#define TURNCURVE_NUMERIC_SURPRISE_H

#include <stddef.h>

struct surprise {
    double mean, sd;      /* of the simulated values; sd with n - 1 */
    double p10, p50, p90; /* of them, type 8 of Hyndman and Fan */
    double deviations;    /* (outcome - mean) / sd; NaN when all simulated values are equal */
    double chance;        /* of an outcome at least as far out on either side */
};

/* values[n], n >= 2, are put in ascending order.
 *
 *   chance = min(1, 2 (1 + the smaller of the values <= outcome and the values >= outcome) / (n + 1))
 *
 * the Monte Carlo test of Davison and Hinkley (1997, Bootstrap Methods and their Application, section 4.2):
 * it never says 0, and is at most as bold as it claims, also for counts with ties.
 *
 * Example: 1, 2 .. 9 and the outcome 9: mean 5, sd 2.7386127875, deviations 1.4605934867, chance
 * 2 (1 + 1) / 10 = .4; the outcome 10: .2. */
void surprise_find(double values[], size_t n, double outcome, struct surprise *out);

#endif
