/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rules for the days that have one, a list for those that do not (gov.uk, bank holidays; London Gazette). */
#include "base/workday.h"

#include <stddef.h>

#include "base/err.h"

enum { WEEK = 7, MONDAY = 0, SATURDAY = 5, EPOCH_WEEKDAY = 3 /* 1970-01-01 was a Thursday */ };

/* Days that were holidays once, and holidays that were taken away. */
static const struct odd_day {
    int32_t year, month, day;
    bool is_holiday;
} odd_days[] = {
    {1995, 5, 1, false}, {1995, 5, 8, true},  {1999, 12, 31, true}, {2002, 5, 27, false}, {2002, 6, 3, true},
    {2002, 6, 4, true},  {2011, 4, 29, true}, {2012, 5, 28, false}, {2012, 6, 4, true},   {2012, 6, 5, true},
    {2020, 5, 4, false}, {2020, 5, 8, true},  {2022, 5, 30, false}, {2022, 6, 2, true},   {2022, 6, 3, true},
    {2022, 9, 19, true}, {2023, 5, 8, true},
};

int32_t workday_weekday(day date)
{
    const int32_t weekday = (date + EPOCH_WEEKDAY) % WEEK;
    return weekday < 0 ? weekday + WEEK : weekday;
}

static day easter_sunday(int32_t year)
{
    const int32_t a = year % 19;
    const int32_t b = year / 100;
    const int32_t c = year % 100;
    const int32_t f = (b + 8) / 25;
    const int32_t g = (b - f + 1) / 3;
    const int32_t h = (19 * a + b - b / 4 - g + 15) % 30;
    const int32_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int32_t m = (a + 11 * h + 22 * l) / 451;
    const int32_t n = h + l - 7 * m + 114;
    return date_from_civil(year, n / 31, n % 31 + 1);
}

/* The Monday on which a fixed holiday is kept that falls on a weekend; the day itself else. */
static day kept_on(day fixed)
{
    const int32_t weekday = workday_weekday(fixed);
    return weekday >= SATURDAY ? fixed + WEEK - weekday : fixed;
}

/* Christmas Day and Boxing Day: where one falls on a weekend its substitute is the next day that is no
 * holiday yet. */
static bool is_christmas(day date, int32_t year)
{
    const day christmas = date_from_civil(year, 12, 25);
    const int32_t weekday = workday_weekday(christmas);
    if (weekday == SATURDAY) /* Saturday and Sunday: Monday and Tuesday */
        return date == christmas + 2 || date == christmas + 3;
    if (weekday == SATURDAY + 1) /* Sunday and Monday: Monday and Tuesday */
        return date == christmas + 1 || date == christmas + 2;
    return date == christmas || date == kept_on(christmas + 1);
}

bool workday_is_holiday(day date)
{
    const struct civil civil = date_to_civil(date);
    for (size_t i = 0; i < sizeof odd_days / sizeof odd_days[0]; i++)
        if (odd_days[i].year == civil.year && odd_days[i].month == civil.month &&
            odd_days[i].day == civil.day)
            return odd_days[i].is_holiday;
    const bool monday = workday_weekday(date) == MONDAY;
    const bool last_of_month = civil.day > 31 - WEEK; /* of May and August */
    const day easter = easter_sunday(civil.year);
    return date == kept_on(date_from_civil(civil.year, 1, 1)) || date == easter - 2 || date == easter + 1 ||
           (monday && civil.month == 5 && (civil.day <= WEEK || last_of_month)) ||
           (monday && civil.month == 8 && last_of_month) || is_christmas(date, civil.year);
}

bool workday_is_working(day date)
{
    return workday_weekday(date) < SATURDAY && !workday_is_holiday(date);
}

day workday_after(day date, int32_t n)
{
    bug_if(n < 1);
    while (n > 0)
        n -= workday_is_working(++date);
    return date;
}
