/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/filter.h: the level of a rate that wanders around a mean (Kalman filter, two states).
 *
 * Ownership: a struct filter is a plain value.
 *
 * log rate = m + u, u(t) = phi u(t-1) + e, e ~ N(0, s^2), m constant (Harvey 1989, section 2.3; Durbin and
 * Koopman 2012, chapter 2). An observation y = log(events / expected) has variance about c / events. */
#ifndef TURNCURVE_NUMERIC_FILTER_H
#define TURNCURVE_NUMERIC_FILTER_H

struct filter {
    double phi, innovation_sd;
    double m, u;          /* means */
    double vmm, vmu, vuu; /* variances and covariance */
    double log_likelihood;
};

/* Before the first observation: m ~ N(mean, variance), u stationary: N(0, s^2 / (1 - phi^2)). 0 <= phi < 1.
 */
struct filter filter_make(double phi, double innovation_sd, double mean, double variance);
/* The local level: no mean to return to, u(t) = u(t-1) + e with variance innovation_sd^2 a step; before the
 * first observation u ~ N(mean, variance). m stays 0. */
struct filter filter_make_level(double innovation_sd, double mean, double variance);
/* One step of time. Not before the first observation when that belongs to the starting time. */
void filter_predict(struct filter *filter);
/* Learns an observation with variance r > 0. */
void filter_observe(struct filter *filter, double y, double r);

#endif
