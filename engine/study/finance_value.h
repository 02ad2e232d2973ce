/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/finance_value.h, internal to study/finance: what a line costs in a year and future.
 *
 * Ownership: nothing is allocated. Years: 0 is the report's, 1 the next. Months of the report's year: 0 is
 * April. */
#ifndef TURNCURVE_STUDY_FINANCE_VALUE_H
#define TURNCURVE_STUDY_FINANCE_VALUE_H

#include "study/finance.h"

/* Days of a financial year. */
int32_t finance_days(int32_t year);
/* Half up. */
pence finance_pence(double value);
/* The last day of a month of the year, 0 April; the day before the year for -1. */
day finance_month_end(int32_t year, int32_t month);
/* A part of the year's budget for the days up to a date. */
pence finance_profile(pence budget, int32_t year, day until);
double finance_mean(const double values[], int32_t n);
/* Known cost of a group in months [first, last), pence. */
double finance_known_cost(const struct finance_known *known, int g, int32_t first, int32_t last);
/* Months of a line that the ledger decides: the closed ones, where it has the line at all. */
int32_t finance_closed_of(const struct finance *finance, size_t i);
/* The mean of a line's factor over futures. */
double finance_factor(const struct finance *finance, size_t i);
/* The cost of a line in a year and future, pence. */
double finance_line_value(const struct finance *finance, const struct finance_future *future, size_t i,
                          int32_t y, int32_t r);

#endif
