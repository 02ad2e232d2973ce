/* SPDX-License-Identifier: GPL-3.0-or-later
 * numeric/linear.h: linear programmes, with or without whole numbers.
 *
 * Ownership: everything is borrowed for the call.
 *
 * Least cost over columns within their bounds, subject to rows: low <= sum of coefficients x columns <= high.
 * Method: GLPK's simplex from a crash basis, then its branch and cut where columns must be whole. One
 * function maps its return codes and statuses: a return of 0 does not mean optimal. */
#ifndef TURNCURVE_NUMERIC_LINEAR_H
#define TURNCURVE_NUMERIC_LINEAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct linear_column {
    double cost;
    double low, high; /* -INFINITY, INFINITY: no bound */
    bool whole;
};
struct linear_row {
    double low, high;
};
struct linear {
    const struct linear_column *columns;
    size_t n_columns; /* >= 1 */
    const struct linear_row *rows;
    size_t n_rows;              /* >= 1 */
    const double *coefficients; /* [row][column] */
};
enum linear_status { LINEAR_OPTIMAL, LINEAR_INFEASIBLE, LINEAR_UNBOUNDED };

/* Solves a problem. values[n_columns] and *cost are written when *status is LINEAR_OPTIMAL. duals[n_rows],
 * NULL when not wanted: what the cost changes by when a row's binding bound is raised by one; with whole
 * columns those of the problem without that condition. ERR_INTERNAL for bounds the wrong way round or numbers
 * that are not finite, and when the solver gives up.
 *
 * Example: 220, 620, 1050, 5400 a week for kin, in-house, agency, residential; 100 children, kin <= 18,
 * in-house
 * <= 47, residential >= 6, agency >= 5: 18, 47, 29, 6 for 95,950; duals 1050, -830, -430, 4350, 0. */
bool linear_solve(const struct linear *problem, double values[], double duals[], double *cost,
                  enum linear_status *status, struct err *err);

#endif
