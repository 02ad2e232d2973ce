/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/flow.h: exact mean and covariance of a population of independent children between states, with
 * Poisson arrivals: the oracle for every simulator.
 *
 * Ownership: all arrays are the caller's; matrices are n x n, row by row. n is at most FLOW_STATES.
 *
 * Children present at the start are independent multinomials, arrivals give independent Poissons
 * (Bartholomew, Forbes and McClean 1991, chapters 4 and 5): cov = diag(m) - P' diag(n0) P. */
#ifndef TURNCURVE_NUMERIC_FLOW_H
#define TURNCURVE_NUMERIC_FLOW_H

#include <stddef.h>

enum { FLOW_STATES = 32 };

/* exp(q t) and its integral over [0, t], by Taylor series of a scaled matrix and doubling. */
void flow_exponential(const double q[], size_t n, double t, double p[], double integral[]);

/* Continuous time: generator q (rows sum to 0 or less: the rest leaves), arrivals[n] a unit of time, start[n]
 * children known. Mean and covariance at t. */
void flow_continuous(const double q[], const double arrivals[], const double start[], size_t n, double t,
                     double mean[], double covariance[]);

/* Brothers and sisters: groups of size K arrive in state i at rate groups[i]; adds to the covariance
 * groups[i] x pairs x the integral of p_i p_i', pairs = E[K (K - 1)]. Simpson's rule in `steps` (even) steps.
 */
void flow_add_siblings(const double q[], const double groups[], double pairs, size_t n, double t, int steps,
                       double covariance[]);

/* Whole days: one day's transition matrix p, arrivals[n] a day, who first move on the day after. */
void flow_daily(const double p[], const double arrivals[], const double start[], size_t n, int days,
                double mean[], double covariance[]);

#endif
