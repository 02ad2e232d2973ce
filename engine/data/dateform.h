/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/dateform.h: dates as people and spreadsheets write them.
 *
 * Ownership: nothing is allocated.
 *
 * The official form is DD/MM/YYYY. Read too: D/M/YYYY, DD-MM-YYYY, DD.MM.YYYY, DD/MM/YY, YYYY-MM-DD,
 * YYYY/MM/DD, DD-Mon-YYYY, each with or without a time after a blank or T, and spreadsheet day numbers
 * (43101, 43101.0). The day stands before the month always: the other order is recognised, never guessed. */
#ifndef TURNCURVE_DATA_DATEFORM_H
#define TURNCURVE_DATA_DATEFORM_H

#include "base/date.h"
#include "base/str.h"

enum dateform {
    DATEFORM_OFFICIAL,   /* DD/MM/YYYY */
    DATEFORM_OTHER,      /* another form that leaves no doubt */
    DATEFORM_TWO_DIGITS, /* a year of two digits: 00-49 are read as 2000-2049, 50-99 as 1950-1999 */
    DATEFORM_IMPOSSIBLE, /* the form of a date, but no day of the calendar; or month first */
    DATEFORM_NONE        /* no date */
};

/* Which order of day and month a date in figures allows. */
enum dateform_order {
    DATEFORM_ORDER_ANY,         /* both parts up to 12, or not this form */
    DATEFORM_ORDER_DAY_FIRST,   /* first part above 12 */
    DATEFORM_ORDER_MONTH_FIRST, /* second part above 12 */
};

/* Reads a date; the slice must be trimmed and not empty. *out is set for the first three forms only; years
 * 1900 to 2200, any other is IMPOSSIBLE. Spreadsheet day numbers count from 1899-12-30 and must lie between
 * 10000 (18 May 1927) and 99999 (13 October 2173). *order is always set. */
enum dateform dateform_parse(struct str s, day *out, enum dateform_order *order);

#endif
