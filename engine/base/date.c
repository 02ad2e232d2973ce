/* SPDX-License-Identifier: GPL-3.0-or-later
 * The calendar year is taken to start on 1 March, so that the leap day is its last and months have a linear
 * formula. */
#include "base/date.h"

#include <stdio.h>
#include <string.h>

enum { DAYS_PER_ERA = 146097, DAYS_TO_1970 = 719468, YEARS_PER_ERA = 400 };

static bool year_is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int32_t days_in_month(int32_t year, int32_t month)
{
    static const int32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && year_is_leap(year) ? 29 : days[month - 1];
}

bool date_is_civil(struct civil civil)
{
    return civil.year >= 1 && civil.year <= 9999 && civil.month >= 1 && civil.month <= 12 && civil.day >= 1 &&
           civil.day <= days_in_month(civil.year, civil.month);
}

day date_from_civil(int32_t year, int32_t month, int32_t day_of_month)
{
    const int32_t y = month <= 2 ? year - 1 : year;
    const int32_t era = (y >= 0 ? y : y - (YEARS_PER_ERA - 1)) / YEARS_PER_ERA;
    const int32_t year_of_era = y - era * YEARS_PER_ERA;
    const int32_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day_of_month - 1;
    const int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

struct civil date_to_civil(day date)
{
    const int32_t z = date + DAYS_TO_1970;
    const int32_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    const int32_t day_of_era = z - era * DAYS_PER_ERA;
    const int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int32_t shifted = (5 * day_of_year + 2) / 153;
    struct civil civil;
    civil.day = day_of_year - (153 * shifted + 2) / 5 + 1;
    civil.month = shifted < 10 ? shifted + 3 : shifted - 9;
    civil.year = year_of_era + era * YEARS_PER_ERA + (civil.month <= 2);
    return civil;
}

static bool digits_to_int(const char *at, size_t n, int32_t *out)
{
    int32_t value = 0;
    for (size_t i = 0; i < n; i++) {
        if (at[i] < '0' || at[i] > '9')
            return false;
        value = value * 10 + (at[i] - '0');
    }
    *out = value;
    return true;
}

bool date_parse_iso(struct str s, day *out)
{
    struct civil civil;
    if (s.length != 10 || s.at[4] != '-' || s.at[7] != '-' || !digits_to_int(s.at, 4, &civil.year) ||
        !digits_to_int(s.at + 5, 2, &civil.month) || !digits_to_int(s.at + 8, 2, &civil.day) ||
        !date_is_civil(civil))
        return false;
    *out = date_from_civil(civil.year, civil.month, civil.day);
    return true;
}

static void put_digits(char *at, int32_t value, int32_t n)
{
    for (int32_t i = n - 1; i >= 0; i--) {
        at[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

void date_format_iso(day date, char out[DATE_TEXT])
{
    if (date == DAY_NONE || date == DAY_OPEN) {
        memcpy(out, date == DAY_NONE ? "" : "open", date == DAY_NONE ? 1 : 5);
        return;
    }
    const struct civil civil = date_to_civil(date);
    put_digits(out, civil.year, 4);
    out[4] = '-';
    put_digits(out + 5, civil.month, 2);
    out[7] = '-';
    put_digits(out + 8, civil.day, 2);
    out[10] = '\0';
}

void date_format_words(day date, char out[DATE_TEXT])
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (date == DAY_NONE || date == DAY_OPEN) {
        date_format_iso(date, out);
        return;
    }
    const struct civil civil = date_to_civil(date);
    const int length = snprintf(out, DATE_TEXT, "%d %.3s %04d", (int)civil.day,
                                names + (size_t)(civil.month - 1) * 3, (int)civil.year);
    bug_if(length < 0 || length >= DATE_TEXT);
}

int32_t date_age_on(day born, day date)
{
    const struct civil b = date_to_civil(born);
    const struct civil d = date_to_civil(date);
    const bool before = d.month < b.month || (d.month == b.month && d.day < b.day);
    return d.year - b.year - (before ? 1 : 0);
}

day date_birthday(day born, int32_t years)
{
    const struct civil b = date_to_civil(born);
    const int32_t year = b.year + years;
    if (b.month == 2 && b.day == 29 && !year_is_leap(year))
        return date_from_civil(year, 3, 1);
    return date_from_civil(year, b.month, b.day);
}

int32_t date_month_index(day date)
{
    const struct civil civil = date_to_civil(date);
    return (civil.year - 1970) * 12 + civil.month - 1;
}

day date_month_start(day date, int32_t months)
{
    const int32_t index = date_month_index(date) + months;
    const int32_t year = (index >= 0 ? index : index - 11) / 12;
    return date_from_civil(1970 + year, index - year * 12 + 1, 1);
}

day date_month_end(day date, int32_t months)
{
    return date_month_start(date, months + 1) - 1;
}

day date_add_months(day date, int32_t months)
{
    const day last = date_month_end(date, months);
    const day same = date_month_start(date, months) + (date - date_month_start(date, 0));
    return same < last ? same : last;
}

int32_t date_financial_year(day date)
{
    const struct civil civil = date_to_civil(date);
    return civil.month >= 4 ? civil.year + 1 : civil.year;
}

day date_year_end(int32_t financial_year)
{
    return date_from_civil(financial_year, 3, 31);
}

void date_format_financial_year(int32_t financial_year, char out[DATE_TEXT])
{
    const int length =
        snprintf(out, DATE_TEXT, "%04d-%02d", (int)(financial_year - 1), (int)(financial_year % 100));
    bug_if(length < 0 || length >= DATE_TEXT);
}

bool date_parse_financial_year(struct str s, int32_t *out)
{
    int32_t first = 0;
    int32_t second = 0;
    if (s.length != 7 || s.at[4] != '-' || !digits_to_int(s.at, 4, &first) ||
        !digits_to_int(s.at + 5, 2, &second) || first < 1 || (first + 1) % 100 != second)
        return false;
    *out = first + 1;
    return true;
}

int32_t date_quarter(day date)
{
    return (date_to_civil(date).month + 8) % 12 / 3 + 1;
}
