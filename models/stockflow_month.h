/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/stockflow_month.h: the rates in force in one month, after drift and levers.
 *
 * Ownership: a struct sf_now is a plain (large) value. */
#ifndef TURNCURVE_MODELS_STOCKFLOW_MONTH_H
#define TURNCURVE_MODELS_STOCKFLOW_MONTH_H

#include "models/stockflow.h"

/* Daily probabilities of a month. */
struct sf_now {
    double exit[LEXIS_KINDS][LEXIS_TICS][SF_GROUPS][ROUTE_COUNT];
    double move[LEXIS_KINDS][LEXIS_TICS][SF_GROUPS];
    double destination[LEXIS_KINDS][SF_GROUPS][SF_GROUPS];
};

/* Fills the month's rates, and in `out` its expected entries, drift levels and what each lever concerns.
 * `standing` is who is in each cell as the month begins. The order is fixed: model rate, drift, levers that
 * multiply, levers that add, floor 0. */
void sf_month_rates(const struct sf_fit *fit, const struct sf_levers *levers, int32_t month,
                    double (*standing)[LEXIS_TICS][SF_GROUPS], struct sf_now *now, struct sf_month *out);

#endif
