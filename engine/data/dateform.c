/* SPDX-License-Identifier: GPL-3.0-or-later
 * The official form is tried first with fixed places, since nearly every date has it. Any other date is cut
 * into three parts at its separators; the form of the parts decides what they are. */
#include "data/dateform.h"

#include <string.h>

enum {
    FIRST_YEAR = 1900,
    LAST_YEAR = 2200,
    PIVOT = 50,              /* two-digit years below it are of this century */
    SERIAL_TO_1970 = 25569,  /* day number that spreadsheets give 1970-01-01 */
    SERIAL_FIRST_LENGTH = 5, /* figures of a day number */
    SHORTEST_MONTH_NAME = 3
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The number in a slice of 1 to 4 figures, -1 when it is none. */
static int32_t figures(struct str s)
{
    if (s.length == 0 || s.length > 4)
        return -1;
    int32_t value = 0;
    for (size_t i = 0; i < s.length; i++) {
        if (!is_digit(s.at[i]))
            return -1;
        value = value * 10 + (s.at[i] - '0');
    }
    return value;
}

static bool civil_day(int32_t year, int32_t month, int32_t day_of_month, day *out)
{
    if (year < FIRST_YEAR || year > LAST_YEAR ||
        !date_is_civil((struct civil){.year = year, .month = month, .day = day_of_month}))
        return false;
    *out = date_from_civil(year, month, day_of_month);
    return true;
}

static enum dateform_order order_of(int32_t first, int32_t second)
{
    if (first > 12 && first <= 31 && second <= 12)
        return DATEFORM_ORDER_DAY_FIRST;
    if (second > 12 && second <= 31 && first <= 12)
        return DATEFORM_ORDER_MONTH_FIRST;
    return DATEFORM_ORDER_ANY;
}

/* 1 to 12 for a month's English name or its first letters, three at least; 0 for no month. */
static int32_t month_named(struct str s)
{
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    if (s.length < SHORTEST_MONTH_NAME)
        return 0;
    for (int32_t i = 0; i < 12; i++) {
        const struct str name = str_of(names[i]);
        if (s.length <= name.length && str_equal_ignore_case(s, (struct str){name.at, s.length}))
            return i + 1;
    }
    return 0;
}

/* True for "HH:MM", "HH:MM:SS", "HH:MM:SS.fff", with Z or not; the time itself does not matter. */
static bool is_time(struct str s)
{
    size_t colons = 0;
    if (s.length > 0 && (s.at[s.length - 1] == 'Z' || s.at[s.length - 1] == 'z'))
        s.length--;
    for (size_t i = 0; i < s.length; i++) {
        if (s.at[i] == ':')
            colons++;
        else if (!is_digit(s.at[i]) && !(s.at[i] == '.' && colons == 2))
            return false;
    }
    return s.length >= 4 && is_digit(s.at[0]) && (colons == 1 || colons == 2);
}

/* Spreadsheet day number, with ".0" or not. */
static bool parse_serial(struct str s, day *out)
{
    if (s.length > SERIAL_FIRST_LENGTH) {
        const struct str rest = {s.at + SERIAL_FIRST_LENGTH, s.length - SERIAL_FIRST_LENGTH};
        if (rest.at[0] != '.')
            return false;
        for (size_t i = 1; i < rest.length; i++)
            if (!is_digit(rest.at[i]))
                return false;
    }
    if (s.length < SERIAL_FIRST_LENGTH || s.at[0] == '0')
        return false;
    day value = 0;
    for (size_t i = 0; i < SERIAL_FIRST_LENGTH; i++) {
        if (!is_digit(s.at[i]))
            return false;
        value = value * 10 + (s.at[i] - '0');
    }
    *out = value - SERIAL_TO_1970;
    return true;
}

/* Cuts at two equal separators out of "/-." or at blanks; false when there are not exactly three parts. */
static bool cut_parts(struct str s, struct str parts[3])
{
    const char *const separators = "/-. ";
    size_t n = 0;
    size_t from = 0;
    char separator = '\0';
    for (size_t i = 0; i < s.length; i++) {
        const bool separates =
            separator != '\0' ? s.at[i] == separator : s.at[i] != '\0' && strchr(separators, s.at[i]) != NULL;
        if (!separates)
            continue;
        separator = s.at[i];
        if (n == 2)
            return false;
        parts[n++] = (struct str){s.at + from, i - from};
        from = i + 1;
    }
    if (n != 2)
        return false;
    parts[2] = (struct str){s.at + from, s.length - from};
    return true;
}

/* Without a time behind it: at T, or at the last blank when what follows is a time. */
static struct str without_time(struct str s)
{
    for (size_t i = s.length; i-- > 0;) {
        if ((s.at[i] == ' ' || s.at[i] == 'T' || s.at[i] == 't') &&
            is_time((struct str){s.at + i + 1, s.length - i - 1})) {
            s.length = i;
            return str_trim(s);
        }
    }
    return s;
}

static enum dateform parse_parts(const struct str parts[3], bool shortened, day *out,
                                 enum dateform_order *order)
{
    const int32_t first = figures(parts[0]);
    const int32_t second = figures(parts[1]);
    const int32_t third = figures(parts[2]);
    if (parts[0].length == 4) {
        if (first < 0 || second < 0 || third < 0)
            return DATEFORM_NONE;
        return civil_day(first, second, third, out) ? DATEFORM_OTHER : DATEFORM_IMPOSSIBLE;
    }
    const int32_t named = second < 0 ? month_named(parts[1]) : 0;
    if (first < 0 || third < 0 || parts[0].length > 2 || (second < 0 && named == 0) ||
        (second >= 0 && parts[1].length > 2) || (parts[2].length != 2 && parts[2].length != 4))
        return DATEFORM_NONE;
    const bool two_digits = parts[2].length == 2;
    const int32_t year = !two_digits ? third : third < PIVOT ? 2000 + third : 1900 + third;
    if (named == 0)
        *order = order_of(first, second);
    if (!civil_day(year, named > 0 ? named : second, first, out))
        return DATEFORM_IMPOSSIBLE;
    if (two_digits)
        return DATEFORM_TWO_DIGITS;
    const bool official =
        !shortened && named == 0 && parts[0].length == 2 && parts[1].length == 2 && parts[0].at[2] == '/';
    return official ? DATEFORM_OFFICIAL : DATEFORM_OTHER;
}

enum dateform dateform_parse(struct str s, day *out, enum dateform_order *order)
{
    *order = DATEFORM_ORDER_ANY;
    const char *const c = s.at;
    if (s.length == 10 && c[2] == '/' && c[5] == '/' && is_digit(c[0]) && is_digit(c[1]) && is_digit(c[3]) &&
        is_digit(c[4]) && is_digit(c[6]) && is_digit(c[7]) && is_digit(c[8]) && is_digit(c[9])) {
        const int32_t first = (c[0] - '0') * 10 + (c[1] - '0');
        const int32_t second = (c[3] - '0') * 10 + (c[4] - '0');
        const int32_t year = (c[6] - '0') * 1000 + (c[7] - '0') * 100 + (c[8] - '0') * 10 + (c[9] - '0');
        *order = order_of(first, second);
        return civil_day(year, second, first, out) ? DATEFORM_OFFICIAL : DATEFORM_IMPOSSIBLE;
    }
    if (s.length == 0)
        return DATEFORM_NONE;
    if (parse_serial(s, out))
        return DATEFORM_OTHER;
    const struct str date = without_time(s);
    struct str parts[3];
    if (!cut_parts(date, parts))
        return DATEFORM_NONE;
    return parse_parts(parts, date.length != s.length, out, order);
}
