/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/return_year.h"

enum { STRAY_SHARE = 200, STRAY_ALONE = 10 };

static void add(struct return_dates *dates, day date)
{
    const int32_t year = date_financial_year(date) - RETURN_YEAR_FIRST;
    if (year < 0 || year >= RETURN_YEARS)
        return;
    dates->by_year[year]++;
    dates->all++;
}

void return_dates_add_start(struct return_dates *dates, day start)
{
    if (start != DAY_NONE)
        add(dates, start);
}

void return_dates_add_end(struct return_dates *dates, day end)
{
    if (end == DAY_NONE)
        return;
    const struct civil civil = date_to_civil(end);
    add(dates, civil.month == 4 && civil.day == 1 ? end - 1 : end);
}

int32_t return_dates_year(const struct return_dates *dates)
{
    for (int32_t i = RETURN_YEARS - 1; i >= 0; i--) {
        const int64_t n = dates->by_year[i];
        const int64_t before = i > 0 ? dates->by_year[i - 1] : 0;
        const bool stray =
            n * STRAY_SHARE < dates->all || (n == 1 && before == 0 && dates->all >= STRAY_ALONE);
        if (n > 0 && !stray)
            return RETURN_YEAR_FIRST + i;
    }
    return 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits from a place on; their value in *value. */
static size_t digits(const char *at, int32_t *value)
{
    size_t n = 0;
    for (*value = 0; n < 9 && is_digit(at[n]); n++)
        *value = *value * 10 + (at[n] - '0');
    return n;
}

int32_t return_year_of_name(const char *folder)
{
    int32_t found = 0;
    for (const char *at = folder; *at != '\0';) {
        int32_t year = 0, next = 0;
        const size_t n = digits(at, &year);
        at += n > 0 ? n : 1;
        if (n != 4 || year < 1990 || year > 2100)
            continue;
        if (*at == '-' || *at == '_' || *at == '/') {
            const size_t m = digits(at + 1, &next);
            if ((m == 2 && next == (year + 1) % 100) || (m == 4 && next == year + 1)) {
                year++;
                at += m + 1;
            }
        }
        if (found != 0 && found != year)
            return 0;
        found = year;
    }
    return found;
}
