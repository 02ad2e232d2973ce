/* SPDX-License-Identifier: GPL-3.0-or-later
 * A unit gives its first and last day; a part is cut out of that. Nearly every unit is a number of whole
 * months from a first month. */
#include "plan/when.h"

#include <stdlib.h>

enum {
    YEARS_TRIED = 5,
    DAYS_A_WEEK = 7,
    RECENT_DAYS = 120,
    SHORTEST_DIVIDED = 3,
    THURSDAY = 3 /* 1970-01-01, from Monday */
};

day when_easter(int32_t year)
{
    const int32_t a = year % 19, b = year / 100, c = year % 100;
    const int32_t d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    const int32_t h = (19 * a + b - d - g + 15) % 30;
    const int32_t i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int32_t m = (a + 11 * h + 22 * l) / 451;
    const int32_t n = h + l - 7 * m + 114;
    return date_from_civil(year, n / 31, n % 31 + 1);
}

/* The calendar year in which a month (1 to 12) of a year that may begin in another month falls. */
static int32_t year_of_month(const struct when *when, int32_t month)
{
    static const int32_t first_month[] = {1, 4, 9, 5}; /* by enum when_kind */
    return when->year + (month < first_month[when->kind] ? 1 : 0);
}

static void whole_months(int32_t year, int32_t month, int32_t months, day *earliest, day *latest)
{
    *earliest = date_from_civil(year, month, 1);
    *latest = date_month_end(*earliest, months - 1);
}

static void year_bounds(const struct when *when, day *earliest, day *latest)
{
    static const int32_t first_month[] = {1, 4, 9, 5};
    const int32_t years = when->last_year > when->year ? when->last_year - when->year + 1 : 1;
    whole_months(when->year, first_month[when->kind], 12 * years, earliest, latest);
}

static void quarter_bounds(const struct when *when, day *earliest, day *latest)
{
    const int32_t last = when->last > when->number ? when->last : when->number;
    struct when begin = *when;
    day ignored;
    begin.last_year = begin.year;
    year_bounds(&begin, earliest, &ignored);
    *earliest = date_month_start(*earliest, 3 * (when->number - 1));
    *latest = date_month_end(*earliest, 3 * (last - when->number + 1) - 1);
}

/* Seasons of a year that begins in another month than January are named as schools do: spring 2012/13 is in
 * 2013. Winter belongs to the year in which it begins. */
static void season_bounds(const struct when *when, day *earliest, day *latest)
{
    static const int32_t months[4][2] = {{3, 3}, {6, 3}, {9, 3}, {12, 3}};
    static const int32_t term_months[4][2] = {{1, 3}, {4, 4}, {9, 4}, {9, 4}};
    const int32_t *const row = when->unit == WHEN_TERM ? term_months[when->number] : months[when->number];
    const bool second =
        when->kind != WHEN_CALENDAR && (when->number == WHEN_SPRING || when->number == WHEN_SUMMER);
    whole_months(when->year + (second ? 1 : 0), row[0], row[1], earliest, latest);
}

static void holiday_bounds(const struct when *when, day *earliest, day *latest)
{
    const int32_t year = when->year;
    const bool summer = when->number == WHEN_SUMMER;
    if (when->number == WHEN_SPRING) { /* two weeks round Easter Sunday */
        *earliest = when_easter(year) - DAYS_A_WEEK;
        *latest = when_easter(year) + DAYS_A_WEEK;
        return;
    }
    *earliest = summer ? date_from_civil(year, 7, 21) : date_from_civil(year, 12, 20);
    *latest = summer ? date_from_civil(year, 8, 31) : date_from_civil(year + 1, 1, 3);
}

/* The week differs between authorities: the two in which it lies. */
static void halfterm_bounds(const struct when *when, day *earliest, day *latest)
{
    const int32_t year = year_of_month(when, when->month);
    if (when->month == 2)
        *earliest = date_from_civil(year, 2, 10);
    else if (when->month == 5)
        *earliest = date_from_civil(year, 5, 24);
    else
        *earliest = date_from_civil(year, 10, 20);
    *latest = *earliest + 2 * DAYS_A_WEEK - 1;
}

static day event_day(const struct when *when)
{
    if (when->number == WHEN_EASTER)
        return when_easter(when->year);
    return when->number == WHEN_CHRISTMAS ? date_from_civil(when->year, 12, 25)
                                          : date_from_civil(when->year, 1, 1);
}

static bool unit_bounds(const struct when *when, day *earliest, day *latest, enum due_precision *precision)
{
    struct civil civil = {when->year, when->month, when->day};
    *precision = DUE_BY_RANGE;
    switch (when->unit) {
    case WHEN_DAY:
        civil.year = year_of_month(when, when->month);
        if (!date_is_civil(civil))
            return false;
        *earliest = *latest = date_from_civil(civil.year, civil.month, civil.day);
        *precision = DUE_BY_DAY;
        break;
    case WHEN_MONTH:
        whole_months(year_of_month(when, when->month), when->month, 1, earliest, latest);
        *precision = DUE_BY_MONTH;
        break;
    case WHEN_QUARTER:
        quarter_bounds(when, earliest, latest);
        *precision = when->last > when->number ? DUE_BY_RANGE : DUE_BY_QUARTER;
        break;
    case WHEN_SEASON:
    case WHEN_TERM:
        season_bounds(when, earliest, latest);
        *precision = when->unit == WHEN_TERM ? DUE_BY_TERM : DUE_BY_SEASON;
        break;
    case WHEN_HOLIDAY:
        holiday_bounds(when, earliest, latest);
        break;
    case WHEN_YEAR:
        year_bounds(when, earliest, latest);
        *precision = when->last_year > when->year ? DUE_BY_RANGE : DUE_BY_YEAR;
        break;
    case WHEN_HALFTERM:
        halfterm_bounds(when, earliest, latest);
        break;
    case WHEN_EVENT:
        *earliest = *latest = event_day(when);
        *precision = DUE_BY_DAY;
        break;
    case WHEN_SPAN:
        *earliest = when->earliest;
        *latest = when->latest;
        *precision = when->precision;
        break;
    }
    return true;
}

/* Third 0, 1 or 2. */
static void cut_third(int32_t third, day *earliest, day *latest)
{
    enum { FIRST_THIRDS_OF_MONTH = 10 };
    const day first = *earliest, last = *latest;
    const int32_t months = date_month_index(last + 1) - date_month_index(first);
    if (months > 0 && months % 3 == 0) {
        *earliest = date_month_start(first, third * months / 3);
        *latest = date_month_end(first, (third + 1) * months / 3 - 1);
        return;
    }
    const int32_t days = months == 1 ? FIRST_THIRDS_OF_MONTH : (last - first + 1) / 3;
    *earliest = first + third * days;
    *latest = third == 2 ? last : *earliest + days - 1;
}

static void cut_half(int32_t nth, day *earliest, day *latest)
{
    const day first = *earliest, last = *latest;
    const int32_t months = date_month_index(last + 1) - date_month_index(first);
    const day second =
        months > 1 && months % 2 == 0 ? date_month_start(first, months / 2) : first + (last - first + 1) / 2;
    if (nth == 1)
        *latest = second - 1;
    else
        *earliest = second;
}

static bool cut_week(int32_t nth, day *earliest, day *latest)
{
    const day first = nth == 0 ? *latest - DAYS_A_WEEK + 1 : *earliest + DAYS_A_WEEK * (nth - 1);
    if (first < *earliest || first > *latest)
        return false;
    *earliest = first;
    *latest = first + DAYS_A_WEEK - 1 < *latest ? first + DAYS_A_WEEK - 1 : *latest;
    return true;
}

static bool cut_days(int32_t days, day *earliest, day *latest)
{
    const int32_t length = *latest - *earliest + 1;
    if (days == 0 || days > length || -days > length)
        return false;
    if (days > 0)
        *latest = *earliest + days - 1;
    else
        *earliest = *latest + days + 1;
    return true;
}

static bool cut_weekday(const struct when *when, day *earliest, day *latest)
{
    const day from = when->nth == 0 ? *latest - DAYS_A_WEEK + 1 : *earliest + DAYS_A_WEEK * (when->nth - 1);
    const int32_t is = ((from + THURSDAY) % DAYS_A_WEEK + DAYS_A_WEEK) % DAYS_A_WEEK;
    const day found = from + (when->weekday - is + DAYS_A_WEEK) % DAYS_A_WEEK;
    if (found < *earliest || found > *latest)
        return false;
    *earliest = *latest = found;
    return true;
}

bool when_bounds(const struct when *when, day *earliest, day *latest, enum due_precision *precision)
{
    if (!unit_bounds(when, earliest, latest, precision))
        return false;
    /* "late 12 March": a day has no thirds */
    const bool divides = when->part == WHEN_EARLY || when->part == WHEN_MID || when->part == WHEN_LATE ||
                         when->part == WHEN_HALF;
    if (divides && *latest - *earliest + 1 < SHORTEST_DIVIDED)
        return true;
    if (when->part != WHEN_WHOLE)
        *precision = when->part == WHEN_START || when->part == WHEN_END || when->part == WHEN_WEEKDAY
                         ? DUE_BY_DAY
                         : DUE_BY_RANGE;
    switch (when->part) {
    case WHEN_WHOLE:
        break;
    case WHEN_START:
        *latest = *earliest;
        break;
    case WHEN_END:
        *earliest = *latest;
        break;
    case WHEN_EARLY:
        cut_third(0, earliest, latest);
        break;
    case WHEN_MID:
        cut_third(1, earliest, latest);
        break;
    case WHEN_LATE:
        cut_third(2, earliest, latest);
        break;
    case WHEN_HALF:
        cut_half(when->nth, earliest, latest);
        break;
    case WHEN_WEEK:
        return cut_week(when->nth, earliest, latest);
    case WHEN_DAYS:
        return cut_days(when->nth, earliest, latest);
    case WHEN_WEEK_FROM:
        *latest = *earliest + DAYS_A_WEEK - 1;
        break;
    case WHEN_WEEK_TO:
        *latest = *earliest;
        *earliest -= DAYS_A_WEEK - 1;
        break;
    case WHEN_WEEKDAY:
        return cut_weekday(when, earliest, latest);
    }
    return true;
}

/* Days by which a stretch misses the rule; negative: it may not be taken. */
static int32_t miss(enum when_rule rule, day from, day earliest, day latest)
{
    switch (rule) {
    case WHEN_NEXT:
        return latest - from;
    case WHEN_NOT_BEFORE:
        return earliest - from;
    case WHEN_NOT_AFTER:
        return from - earliest;
    case WHEN_RECENT:
        break;
    }
    return latest - (from - RECENT_DAYS);
}

bool when_complete(struct when *when, enum when_rule rule, day from)
{
    const int32_t about = date_to_civil(from).year;
    int32_t best = WHEN_NO_YEAR;
    int32_t least = INT32_MAX;
    if (when->unit == WHEN_SPAN || when->year != WHEN_NO_YEAR)
        return true;
    /* 29 February comes every four years, or eight. */
    for (int32_t year = about - YEARS_TRIED; year <= about + 2 * YEARS_TRIED; year++) {
        day earliest = DAY_NONE, latest = DAY_NONE;
        enum due_precision precision;
        struct when tried = *when;
        tried.year = tried.last_year = year;
        if (!when_bounds(&tried, &earliest, &latest, &precision))
            continue;
        const int32_t days = miss(rule, from, earliest, latest);
        if (days >= 0 && days < least) {
            least = days;
            best = year;
        }
    }
    when->year = when->last_year = best;
    return best != WHEN_NO_YEAR;
}
