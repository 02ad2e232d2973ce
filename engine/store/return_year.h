/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/return_year.h: which year a return is.
 *
 * Ownership: plain values.
 *
 * A return holds no date of its own; its episodes tell. It is the year that contains the latest DECOM and
 * DEC; a DEC of 1 April counts as 31 March, and a few dates far from the others (wrong digits) do not count.
 */
#ifndef TURNCURVE_STORE_RETURN_YEAR_H
#define TURNCURVE_STORE_RETURN_YEAR_H

#include "base/date.h"

enum { RETURN_YEAR_FIRST = 1950, RETURN_YEARS = 160 };

struct return_dates {
    int64_t all;
    int64_t by_year[RETURN_YEARS]; /* dates by financial year from RETURN_YEAR_FIRST */
};
/* Counts the start or the end of an episode; DAY_NONE counts nothing. */
void return_dates_add_start(struct return_dates *dates, day start);
void return_dates_add_end(struct return_dates *dates, day end);
/* The year, named by its end; 0 when there are no dates. A year is passed over when fewer than 1 date in 200
 * lies in it, or when it holds a single one of at least ten dates and the year before it holds none. */
int32_t return_dates_year(const struct return_dates *dates);
/* The year that a folder's name speaks of, as written: "2017" and "return 2017" 2017, "2021-22", "2021_22"
 * and "2021-2022" 2022; 0 none, or several. */
int32_t return_year_of_name(const char *folder);

#endif
