/* SPDX-License-Identifier: GPL-3.0-or-later
 * base/date.h: whole days, ages and financial years.
 *
 * Ownership: nothing is allocated. A day is a number, 1970-01-01 = 0, proleptic Gregorian; no time zone, no
 * libc time. Method: days from civil and back in eras of 146,097 days (Hinnant 2013, "chrono-compatible
 * low-level date algorithms"). A child is in care on day t when DECOM <= t and (open or t < DEC). */
#ifndef TURNCURVE_BASE_DATE_H
#define TURNCURVE_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef int32_t day;

/* No date: blank in a file, unknown. Sorts before every real day. */
#define DAY_NONE ((day)INT32_MIN)
/* Still open: later than every real day. */
#define DAY_OPEN ((day)INT32_MAX)

/* The longest text that date_format_* writes, with its NUL. */
enum { DATE_TEXT = 16 };

struct civil {
    int32_t year, month, day; /* month 1..12, day 1..31 */
};

/* True for a day that exists in the calendar, years 1 to 9999. */
bool date_is_civil(struct civil civil);
day date_from_civil(int32_t year, int32_t month, int32_t day_of_month);
struct civil date_to_civil(day date);
/* "2022-03-31", the whole slice; false when the form is another or the day does not exist. */
bool date_parse_iso(struct str s, day *out);
/* Writes "2022-03-31" (DAY_NONE: ""; DAY_OPEN: "open"). */
void date_format_iso(day date, char out[DATE_TEXT]);
/* Writes "31 Mar 2022". */
void date_format_words(day date, char out[DATE_TEXT]);

/* Completed years of age on a date; a 29 February child's birthday is 1 March in common years. */
int32_t date_age_on(day born, day date);
/* The day on which the child turns `years`. */
day date_birthday(day born, int32_t years);

/* The first day of the month that lies `months` after the month of `date` (0: its own month). */
day date_month_start(day date, int32_t months);
/* The last day of the month that lies `months` after the month of `date`. */
day date_month_end(day date, int32_t months);
/* The same day of the month so many months later (or, below 0, earlier); the month's last where it has no
 * such day. */
day date_add_months(day date, int32_t months);
/* Months since January 1970 of a date's month; differences count months between. */
int32_t date_month_index(day date);
/* The financial year (1 April to 31 March) a date lies in, named by the year in which it ends: 2022-03-31 is
 * 2022. */
int32_t date_financial_year(day date);
/* 31 March of the year. */
day date_year_end(int32_t financial_year);
/* Writes "2026-27" for the financial year that ends in 2027. */
void date_format_financial_year(int32_t financial_year, char out[DATE_TEXT]);
/* "2026-27", the whole slice, is 2027; false for another form and when the second year is not the next. */
bool date_parse_financial_year(struct str s, int32_t *out);
/* Quarter of the financial year, 1 = April to June .. 4 = January to March. */
int32_t date_quarter(day date);

#endif
