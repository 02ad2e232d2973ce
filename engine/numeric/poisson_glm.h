/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/poisson_glm.h: rates that depend on several things at once (Poisson regression).
 *
 * Ownership: a struct poisson_glm owns its arrays; poisson_glm_free releases them. Inputs are borrowed.
 *
 * events_i ~ Poisson(exposure_i x exp(b_0 + x_i b)), fitted by iteratively reweighted least squares
 * (McCullagh & Nelder 1989, section 2.5), each step by a QR decomposition of the weighted columns. The
 * intercept b_0 is implied: columns are contrasts of 0 and 1, or covariates of about that size. */
#ifndef TURNCURVE_NUMERIC_POISSON_GLM_H
#define TURNCURVE_NUMERIC_POISSON_GLM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct poisson_glm_data {
    size_t n, n_columns;    /* rows; columns without the intercept */
    const double *events;   /* [n], >= 0 */
    const double *exposure; /* [n], >= 0; rows without exposure take no part */
    const double *columns;  /* [n][n_columns], row by row; may be NULL when there are none */
    double ridge; /* >= 0: adds ridge x b^2 / 2 to minus the log likelihood for every b but the intercept,
                     as a normal prior of variance 1 / ridge would; 0 for none */
};

enum poisson_glm_status {
    POISSON_GLM_FITTED,
    POISSON_GLM_ALIASED, /* a sum of columns before it (or constant): coefficient 0, left out; never with a
 ridge */
    POISSON_GLM_CAPPED   /* no finite estimate: a level has no events, or all of them; held at -12 or 12 */
};

struct poisson_glm {
    size_t n_coefficients; /* n_columns + 1; the intercept is number 0 */
    double *coefficients;  /* [n_coefficients] */
    double *covariance;    /* [n_coefficients][n_coefficients]: inverse of X'WX (+ ridge); 0 for what
                              was not fitted */
    enum poisson_glm_status *status; /* [n_coefficients] */
    double *means;                   /* [n]: fitted events, 0 without exposure */
    size_t n_rows, n_fitted;         /* rows with exposure; coefficients fitted */
    double deviance, log_likelihood; /* without the penalty */
    double pearson;                  /* sum of (events - mean)^2 / mean; over n_rows - n_fitted: dispersion */
};

/* Fails with ERR_DATA when a row has events but no exposure (the message names it), a value is negative or no
 * number, or there are no events at all; ERR_MEMORY. Cost: some 8 x O(n n_columns^2). */
bool poisson_glm_fit(const struct poisson_glm_data *data, struct poisson_glm *out, struct err *err);
void poisson_glm_free(struct poisson_glm *glm);

/* The log of the fitted rate for a row of n_columns values, and its standard error (may be NULL). */
double poisson_glm_log_rate(const struct poisson_glm *glm, const double row[], double *se);

#endif
