/* SPDX-License-Identifier: GPL-3.0-or-later
 * base/workday.h: working days in England.
 *
 * Ownership: nothing is allocated.
 *
 * Monday to Friday but for bank holidays: New Year's Day, Good Friday, Easter Monday, the first and last
 * Monday of May, the last of August, Christmas and Boxing Day, each with its substitute after a weekend, and
 * the days that were proclaimed or moved since 1995 (workday.c). Easter by the algorithm of Meeus, Jones and
 * Butcher. Holidays proclaimed later than the last of that list are not known. */
#ifndef TURNCURVE_BASE_WORKDAY_H
#define TURNCURVE_BASE_WORKDAY_H

#include "base/date.h"

/* 0 Monday .. 6 Sunday. */
int32_t workday_weekday(day date);
bool workday_is_holiday(day date);
bool workday_is_working(day date);
/* The n-th working day after a day, n >= 1. */
day workday_after(day date, int32_t n);

#endif
