/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/state_space.h: a few levels that wander, learned from counts.
 *
 * Ownership: a struct state_space is a plain value.
 *
 * The state x(t) is normal and moves by x(t+1) = F x(t) + e, e ~ N(0, Q) (Harvey 1989, chapter 3; Durbin and
 * Koopman 2012, chapter 4). What is seen is a count N with mean E exp(h'x) and variance c times its mean. The
 * posterior of a count is taken as the normal of its mean and variance, found along the only direction the
 * count speaks of (assumed density filtering; Minka 2001, UAI 17:362): so a month without events is an
 * observation like any other, and no logarithm of a count is taken. */
#ifndef TURNCURVE_NUMERIC_STATE_SPACE_H
#define TURNCURVE_NUMERIC_STATE_SPACE_H

enum { STATE_SPACE_MOST = 8 };

struct state_space {
    int n; /* states, 1..STATE_SPACE_MOST */
    double mean[STATE_SPACE_MOST];
    double covariance[STATE_SPACE_MOST][STATE_SPACE_MOST]; /* symmetric */
};

/* One step of time: mean = F mean, covariance = F covariance F' + Q. F and Q have n rows and columns. */
void state_space_predict(struct state_space *state,
                         const double transition[STATE_SPACE_MOST][STATE_SPACE_MOST],
                         const double noise[STATE_SPACE_MOST][STATE_SPACE_MOST]);
/* Learns a count >= 0 with mean expected x exp(loading . x), expected > 0, and variance `dispersion` >= 1
 * times the mean. */
void state_space_count(struct state_space *state, const double loading[STATE_SPACE_MOST], double count,
                       double expected, double dispersion);
/* Learns a normal observation y of loading . x with variance > 0; returns its log-likelihood given the past.
 */
double state_space_value(struct state_space *state, const double loading[STATE_SPACE_MOST], double y,
                         double variance);
/* The lower triangular root L of a symmetric matrix with L L' = matrix; a variance that is 0 or, by rounding,
 * below 0 gives a column of zeros. */
void state_space_root(const double matrix[STATE_SPACE_MOST][STATE_SPACE_MOST], int n,
                      double root[STATE_SPACE_MOST][STATE_SPACE_MOST]);

#endif
