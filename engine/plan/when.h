/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/when.h: a stretch of the calendar as words name it, and the days it covers.
 *
 * Ownership: nothing is allocated.
 *
 * "March", "autumn term 2016", "the end of quarter 3", "early 2013", "Easter". The year may be missing: then
 * it is chosen by when_complete. Conventions: quarters without the year's kind are of the financial year,
 * seasons are March-May, June-August, September-November, December-February; school terms January-March,
 * April-July, September-December; early, mid and late are thirds (1-10, 11-20 and the rest of a month; whole
 * months of a longer stretch where that goes); an academic year is September to August, a municipal year May
 * to April. Schools' holidays differ between authorities: the stretches here are the days on which nearly all
 * have them. */
#ifndef TURNCURVE_PLAN_WHEN_H
#define TURNCURVE_PLAN_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "plan/due.h"

enum when_unit {
    WHEN_DAY,      /* day, month */
    WHEN_MONTH,    /* month */
    WHEN_QUARTER,  /* number..last, 1 to 4 */
    WHEN_SEASON,   /* number: enum when_season */
    WHEN_TERM,     /* number: enum when_season; winter is no term */
    WHEN_HOLIDAY,  /* number: enum when_season; winter is Christmas */
    WHEN_YEAR,     /* year..last_year */
    WHEN_HALFTERM, /* month: 2, 5 or 10 */
    WHEN_EVENT,    /* number: enum when_event */
    WHEN_SPAN      /* earliest..latest, no year to find */
};
enum when_season { WHEN_SPRING, WHEN_SUMMER, WHEN_AUTUMN, WHEN_WINTER };
enum when_event { WHEN_CHRISTMAS, WHEN_EASTER, WHEN_NEW_YEAR };
enum when_kind { WHEN_CALENDAR, WHEN_FINANCIAL, WHEN_ACADEMIC, WHEN_MUNICIPAL };
enum when_part {
    WHEN_WHOLE,
    WHEN_START, /* its first day */
    WHEN_END,   /* its last day */
    WHEN_EARLY, /* first third */
    WHEN_MID,
    WHEN_LATE,
    WHEN_HALF,      /* nth half */
    WHEN_WEEK,      /* nth seven days; 0: the last */
    WHEN_DAYS,      /* the first nth days; below 0: the last */
    WHEN_WEEK_FROM, /* the week that begins with it */
    WHEN_WEEK_TO,   /* the week that ends with it */
    WHEN_WEEKDAY    /* nth day of that name; 0: the last */
};
enum { WHEN_NO_YEAR = 0 };

struct when {
    enum when_unit unit;
    enum when_kind kind; /* what `year` counts */
    int32_t year;        /* in which the year begins; WHEN_NO_YEAR: none was written */
    int32_t last_year;   /* WHEN_YEAR: of a stretch of several, else equal to year */
    int32_t day, month, number, last;
    enum when_part part;
    int32_t nth;                  /* WHEN_HALF, WHEN_WEEK, WHEN_WEEKDAY */
    int32_t weekday;              /* WHEN_WEEKDAY: 0 is Monday */
    day earliest, latest;         /* WHEN_SPAN */
    enum due_precision precision; /* WHEN_SPAN */
};

/* First and last day and precision; the year must be known. False when the calendar has no such day. */
bool when_bounds(const struct when *when, day *earliest, day *latest, enum due_precision *precision);

/* How a missing year is chosen. */
enum when_rule {
    WHEN_NEXT,       /* the first that is not over on the day */
    WHEN_RECENT,     /* the first that was not over 120 days before the day */
    WHEN_NOT_BEFORE, /* the first that does not begin before the day */
    WHEN_NOT_AFTER   /* the last that does not begin after the day */
};
/* Gives a year to what has none. False when no year gives a day that exists. */
bool when_complete(struct when *when, enum when_rule rule, day from);

/* Easter Sunday (Meeus, Jones and Butcher: Nature 1876; years 1583 and later). */
day when_easter(int32_t year);

#endif
