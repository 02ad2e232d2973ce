/* SPDX-License-Identifier: GPL-3.0-or-later
 * base/quarter.h: quarters of financial years.
 *
 * Ownership: nothing is allocated. A quarter is a number: neighbours differ by 1, the same quarter a year
 * before by QUARTERS. April to June 2026 is "2026-27Q1". */
#ifndef TURNCURVE_BASE_QUARTER_H
#define TURNCURVE_BASE_QUARTER_H

#include "base/date.h"

typedef int32_t quarter;

enum { QUARTERS = 4 }; /* a year */

/* The quarter of the financial year that ends in `financial_year`; number 1..4. */
quarter quarter_make(int32_t financial_year, int32_t number);
quarter quarter_of_day(day date);
/* The financial year, by the year in which it ends: 2026-27Q1 is 2027. */
int32_t quarter_year(quarter q);
/* 1 = April to June .. 4 = January to March. */
int32_t quarter_number(quarter q);

/* The first and last day; the day after the last is quarter_first_day(q + 1). */
day quarter_first_day(quarter q);
day quarter_last_day(quarter q);

/* "2026-27Q1", the whole slice; small q and a blank before it pass. False for another form, a year that does
 * not follow the first, and quarters but 1 to 4. */
bool quarter_parse(struct str s, quarter *out);
/* Writes "2026-27Q1". */
void quarter_format(quarter q, char out[DATE_TEXT]);

#endif
