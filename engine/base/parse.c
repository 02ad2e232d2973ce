/* SPDX-License-Identifier: GPL-3.0-or-later
 * strtod takes hex, inf, nan, leading blanks, prefixes and the locale's decimal mark; so the shape is checked
 * here digit by digit first, and the C library only converts what is known to be a plain decimal number. */
#include "base/parse.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { INTEGER_DIGITS = 18, NUMBER_LONGEST = 63, POUND_DIGITS = 13 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool parse_int64(struct str s, int64_t *out)
{
    s = str_trim(s);
    size_t i = 0;
    const bool negative = s.length > 0 && s.at[0] == '-';
    if (s.length > 0 && (s.at[0] == '-' || s.at[0] == '+'))
        i = 1;
    if (s.length == i || s.length - i > INTEGER_DIGITS)
        return false;
    int64_t value = 0;
    for (; i < s.length; i++) {
        if (!is_digit(s.at[i]))
            return false;
        value = value * 10 + (s.at[i] - '0');
    }
    *out = negative ? -value : value;
    return true;
}

bool parse_int_between(struct str s, int64_t low, int64_t high, int64_t *out)
{
    int64_t value = 0;
    if (!parse_int64(s, &value) || value < low || value > high)
        return false;
    *out = value;
    return true;
}

bool parse_double(struct str s, double *out)
{
    s = str_trim(s);
    if (s.length == 0 || s.length > NUMBER_LONGEST)
        return false;
    size_t i = 0;
    size_t digits = 0;
    if (s.at[i] == '-' || s.at[i] == '+')
        i++;
    for (; i < s.length && is_digit(s.at[i]); i++)
        digits++;
    if (i < s.length && s.at[i] == '.')
        for (i++; i < s.length && is_digit(s.at[i]); i++)
            digits++;
    if (digits == 0)
        return false;
    if (i < s.length && (s.at[i] == 'e' || s.at[i] == 'E')) {
        i++;
        if (i < s.length && (s.at[i] == '-' || s.at[i] == '+'))
            i++;
        if (i == s.length)
            return false;
        while (i < s.length && is_digit(s.at[i]))
            i++;
    }
    if (i != s.length)
        return false;
    char buffer[NUMBER_LONGEST + 1];
    if (!str_copy(s, buffer, sizeof buffer))
        return false;
    const double value = strtod(buffer, NULL); /* no setlocale anywhere, so the "C" locale's point */
    if (!isfinite(value))
        return false;
    *out = value;
    return true;
}

bool parse_pence(struct str s, int64_t *out)
{
    s = str_trim(s);
    const bool negative = s.length > 0 && s.at[0] == '-';
    if (negative)
        s = (struct str){s.at + 1, s.length - 1};
    if (str_starts_with(s, "\xC2\xA3"))
        s = (struct str){s.at + 2, s.length - 2};
    int64_t pounds = 0;
    size_t digits = 0;
    size_t since_comma = 0;
    bool commas = false;
    size_t i = 0;
    for (; i < s.length && s.at[i] != '.'; i++) {
        if (s.at[i] == ',') {
            if (digits == 0 || (commas && since_comma != 3) || (!commas && since_comma > 3))
                return false;
            commas = true;
            since_comma = 0;
        } else if (is_digit(s.at[i]) && digits < POUND_DIGITS) {
            pounds = pounds * 10 + (s.at[i] - '0');
            digits++;
            since_comma++;
        } else {
            return false;
        }
    }
    if (digits == 0 || (commas && since_comma != 3))
        return false;
    int64_t part = 0;
    if (i < s.length) {
        const size_t decimals = s.length - i - 1;
        if (decimals < 1 || decimals > 2)
            return false;
        for (size_t k = i + 1; k < s.length; k++) {
            if (!is_digit(s.at[k]))
                return false;
            part = part * 10 + (s.at[k] - '0');
        }
        if (decimals == 1)
            part *= 10;
    }
    const int64_t value = pounds * 100 + part;
    *out = negative ? -value : value;
    return true;
}

bool parse_range(struct str s, int64_t most, int64_t *low, int64_t *high)
{
    const char *dash = s.length > 0 ? memchr(s.at, '-', s.length) : NULL;
    const size_t before = dash == NULL ? s.length : (size_t)(dash - s.at);
    int64_t first = 0;
    int64_t last = 0;
    if (!parse_int_between((struct str){s.at, before}, 0, most, &first))
        return false;
    last = first;
    if (dash != NULL && !parse_int_between((struct str){dash + 1, s.length - before - 1}, first, most, &last))
        return false;
    *low = first;
    *high = last;
    return true;
}

bool parse_days(struct str s, int32_t *low, int32_t *high)
{
    const bool open_ended = s.length > 0 && s.at[s.length - 1] == '+';
    int64_t first = 0;
    int64_t last = 0;
    s.length -= open_ended;
    if (s.length == 0 || s.at[s.length - 1] != 'd')
        return false;
    s.length--;
    if (!parse_range(s, INT32_MAX - 1, &first, &last) || (open_ended && first != last))
        return false;
    *low = (int32_t)first;
    *high = open_ended ? INT32_MAX : (int32_t)last;
    return true;
}
