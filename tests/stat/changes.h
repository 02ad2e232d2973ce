/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/stat/changes.h: how much yearly totals of many authorities change, net of Poisson noise.
 *
 * Ownership: a table's arrays are its own; changes_free releases them. Out of memory stops the test program.
 *
 * Source: the procedure by which the published panel was studied. Starts S, leavers L and children in care X
 * of each year; exit rate x_t = L_t / ((X_{t-1} + X_t) / 2). Changes are differences of logs over k years.
 * The Poisson noise of a change is 1/N_t + 1/N_{t-k}; net variance is the variance of all changes less their
 * mean noise. Own: after taking off each year's mean over the authorities of a collection, which have a
 * national part in common; their number m corrects by m / (m - 1). */
#ifndef TURNCURVE_TESTS_STAT_CHANGES_H
#define TURNCURVE_TESTS_STAT_CHANGES_H

#include <stdbool.h>
#include <stdint.h>

#include "data/history.h"

enum { CHANGES_YEARS = 13, CHANGES_LAGS = 8, CHANGES_HORIZONS = 3, CHANGES_WARM_UP = 3 };

/* One authority: totals of 13 years. */
struct changes_row {
    double stock[CHANGES_YEARS], starts[CHANGES_YEARS], leavers[CHANGES_YEARS];
};
struct changes_table {
    int32_t n, per_collection; /* n is a multiple of it; rows of a collection follow each other */
    struct changes_row *rows;
};
struct changes_table changes_new(int32_t n, int32_t per_collection);
void changes_free(struct changes_table *table);
/* The totals of a history of 13 years. */
struct changes_row changes_of_history(const struct history *history);

/* One series, starts or exit rates. */
struct changes_series {
    double raw_sd, noise_sd, net_sd; /* of one-year changes */
    double own[CHANGES_LAGS];        /* own net variance of changes over 1..8 years */
};
struct changes {
    struct changes_series starts, exits;
    double together, own_together; /* net correlation of starts and exit rates of one year; own parts */
    /* log changes of stock over 1..3 years that begin in the fourth year or later: sd, 10th, 90th percentile
     */
    double stock_sd[CHANGES_HORIZONS], stock_p10[CHANGES_HORIZONS], stock_p90[CHANGES_HORIZONS];
    double stock_lag; /* correlation of neighbouring one-year changes of stock, each year's mean off */
};
void changes_study(const struct changes_table *table, struct changes *out);

#endif
