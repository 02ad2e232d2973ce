/* SPDX-License-Identifier: GPL-3.0-or-later
 * Quarters are counted through: four a financial year, by the year in which it ends. */
#include "base/quarter.h"

#include <stdio.h>

#include "base/err.h"

enum { MONTHS = 3, YEAR_TEXT = 7 }; /* of a quarter; "2026-27" */

quarter quarter_make(int32_t financial_year, int32_t number)
{
    bug_if(number < 1 || number > QUARTERS);
    return financial_year * QUARTERS + number - 1;
}

quarter quarter_of_day(day date)
{
    return quarter_make(date_financial_year(date), date_quarter(date));
}

int32_t quarter_year(quarter q)
{
    return q / QUARTERS;
}

int32_t quarter_number(quarter q)
{
    return q % QUARTERS + 1;
}

day quarter_first_day(quarter q)
{
    const day april = date_from_civil(quarter_year(q) - 1, 4, 1);
    return date_month_start(april, (quarter_number(q) - 1) * MONTHS);
}

day quarter_last_day(quarter q)
{
    return quarter_first_day(q + 1) - 1;
}

bool quarter_parse(struct str s, quarter *out)
{
    int32_t year = 0;
    if (s.length < YEAR_TEXT || !date_parse_financial_year((struct str){s.at, YEAR_TEXT}, &year))
        return false;
    const size_t at = s.length > YEAR_TEXT && s.at[YEAR_TEXT] == ' ' ? YEAR_TEXT + 1 : YEAR_TEXT;
    if (s.length != at + 2 || (s.at[at] != 'Q' && s.at[at] != 'q') || s.at[at + 1] < '1' ||
        s.at[at + 1] > '0' + QUARTERS)
        return false;
    *out = quarter_make(year, s.at[at + 1] - '0');
    return true;
}

void quarter_format(quarter q, char out[DATE_TEXT])
{
    char year[DATE_TEXT];
    date_format_financial_year(quarter_year(q), year);
    const int length = snprintf(out, DATE_TEXT, "%.10sQ%d", year, (int)quarter_number(q));
    bug_if(length < 0 || length >= DATE_TEXT);
}
