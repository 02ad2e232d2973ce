/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/stockflow_class.h: the daily transition matrix of a class, and its powers.
 *
 * Ownership: plain values; arrays are the caller's.
 *
 * A class is a kind and a band of time in care. Rows have room for SF_WIDTH groups, so that the machine works
 * on whole vectors. */
#ifndef TURNCURVE_MODELS_STOCKFLOW_CLASS_H
#define TURNCURVE_MODELS_STOCKFLOW_CLASS_H

#include "models/stockflow_month.h"

enum {
    SF_POWERS = 5, /* days up to 31 = 1 + 2 + 4 + 8 + 16 */
    SF_LEAST_DAYS = 28,
    SF_LENGTHS = 4 /* months have 28 to 31 days */
};

typedef double sf_matrix[SF_GROUPS][SF_WIDTH];
typedef double sf_row[SF_WIDTH];

/* One class in one month's rates. sum[i] is I + D + .. + D^(2^i - 1): days at risk while 2^i days pass. */
struct sf_class {
    int32_t version;   /* of the rates it was made from, 0: never */
    int32_t n_lengths; /* whole months made so far: of 28 days, 29, .. */
    sf_matrix power[SF_POWERS], sum[SF_POWERS];
    sf_matrix month[SF_LENGTHS], month_sum[SF_LENGTHS];
    double exit[SF_GROUPS][ROUTE_COUNT], total_exit[SF_GROUPS], move[SF_GROUPS];
};

/* Makes the powers of a class; none of its whole months. */
void sf_class_make(const struct sf_now *now, int kind, int tic, struct sf_class *out);
/* Makes the whole months up to one of 28 to 31 days, and says where in month and month_sum that one is. */
size_t sf_class_month(struct sf_class *class, int32_t days);
/* out = v m; out may be v. */
void sf_row_apply(const sf_row v, sf_matrix m, sf_row out);
/* to += v */
void sf_row_add(sf_row to, const sf_row v);
/* Moves v through 0 to 31 days of a class; adds its days at risk. */
void sf_class_step(struct sf_class *class, int32_t days, sf_row v, sf_row risk);

#endif
