/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names and words of measures, and their values as people read them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "study/indicator_parts.h"

const char *indicator_question_name(enum indicator_question question)
{
    static const char *const names[] = {"how_much", "how_well", "better_off"};
    bug_if(question < 0 || question >= INDICATOR_QUESTIONS);
    return names[question];
}

const char *indicator_question_words(enum indicator_question question)
{
    static const char *const words[] = {"How much did we do?", "How well did we do it?",
                                        "Is anyone better off?"};
    bug_if(question < 0 || question >= INDICATOR_QUESTIONS);
    return words[question];
}

const char *indicator_polarity_name(enum indicator_polarity polarity)
{
    switch (polarity) {
    case INDICATOR_UP:
        return "up";
    case INDICATOR_DOWN:
        return "down";
    case INDICATOR_NEITHER:
        break;
    }
    return "none";
}

const char *indicator_direction_words(enum indicator_direction direction)
{
    switch (direction) {
    case INDICATOR_FALLING:
        return "falling";
    case INDICATOR_PROBABLY_FALLING:
        return "probably falling";
    case INDICATOR_NO_CLEAR_CHANGE:
        return "no clear change";
    case INDICATOR_PROBABLY_RISING:
        return "probably rising";
    case INDICATOR_RISING:
        return "rising";
    case INDICATOR_NOT_TESTED:
        break;
    }
    return "";
}

const char *indicator_status_name(enum indicator_status status)
{
    switch (status) {
    case INDICATOR_ON_COURSE:
        return "on_course";
    case INDICATOR_AT_RISK:
        return "at_risk";
    case INDICATOR_OFF_COURSE:
        return "off_course";
    case INDICATOR_TOO_EARLY:
        return "too_early";
    case INDICATOR_NO_STATUS:
        break;
    }
    return "";
}

const char *indicator_status_words(enum indicator_status status)
{
    switch (status) {
    case INDICATOR_ON_COURSE:
        return "On course";
    case INDICATOR_AT_RISK:
        return "At risk";
    case INDICATOR_OFF_COURSE:
        return "Off course";
    case INDICATOR_TOO_EARLY:
        return "Too early";
    case INDICATOR_NO_STATUS:
        break;
    }
    return "";
}

const char *indicator_state_words(enum indicator_state state)
{
    switch (state) {
    case INDICATOR_NOT_IN_RETURNS:
        return "not in the returns";
    case INDICATOR_NOT_OBSERVED:
        return "before the first return";
    case INDICATOR_NOT_YET:
        return "after the last return";
    case INDICATOR_NOBODY:
        return "nobody to count";
    case INDICATOR_NOT_BY_LOCALITY:
        return "not known by locality";
    case INDICATOR_NOT_GIVEN:
        return "not given";
    case INDICATOR_KNOWN:
        break;
    }
    return "";
}

/* ---- values ------------------------------------------------------------------------------------------ */

/* 1183.4 with no decimals: "1,183". */
static void put_number(double value, int decimals, bool sign, char out[INDICATOR_TEXT])
{
    char digits[INDICATOR_TEXT];
    int at = 0;
    const int n = snprintf(digits, sizeof digits, "%.*f", decimals, fabs(value));
    bug_if(n < 1 || n >= (int)sizeof digits - 10);
    const char *const dot = strchr(digits, '.');
    const int whole = dot != NULL ? (int)(dot - digits) : n;
    const bool is_zero = strspn(digits, "0.") == (size_t)n;
    if (value < 0 && !is_zero)
        out[at++] = '-';
    else if (sign && !is_zero)
        out[at++] = '+';
    for (int i = 0; i < n; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
}

/* Small shares need a decimal to be told apart. */
static int decimals_of(const struct indicator *indicator, double value)
{
    const bool share = strcmp(indicator->unit, "%") == 0;
    const bool fraction = fabs(value - round(value)) > 1e-9;
    return share && fabs(value) < 9.95 && fraction ? 1 : indicator->decimals;
}

void indicator_format_value(const struct indicator *indicator, double value, bool sign,
                            char out[INDICATOR_TEXT])
{
    static const double largest = 1e15; /* whole numbers are exact up to it */
    char number[INDICATOR_TEXT];
    out[0] = '\0';
    if (!(fabs(value) < largest))
        return;
    put_number(value, decimals_of(indicator, value), sign, number);
    const bool share = strcmp(indicator->unit, "%") == 0;
    const bool days = strcmp(indicator->unit, "days") == 0;
    const char *const unit = share ? (sign ? " points" : "%") : days ? " days" : "";
    const int n = snprintf(out, INDICATOR_TEXT, "%s%s", number, unit);
    bug_if(n < 0 || n >= INDICATOR_TEXT);
}

void indicator_format(const struct indicator *indicator, const struct indicator_figure *figure,
                      char out[INDICATOR_TEXT])
{
    if (figure->state == INDICATOR_KNOWN)
        indicator_format_value(indicator, figure->value, false, out);
    else
        str_copy(str_of(indicator_state_words(figure->state)), out, INDICATOR_TEXT);
}

/* ---- times ------------------------------------------------------------------------------------------- */

static const char *month_name(day date, bool whole)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    static const char *const short_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const int32_t at = date_to_civil(date).month - 1;
    return whole ? names[at] : short_names[at];
}

void indicator_say_when(enum indicator_period period, day first, day last, char out[INDICATOR_WHEN])
{
    const int year = (int)date_to_civil(last).year;
    int n = 0;
    char text[DATE_TEXT];
    switch (period) {
    case INDICATOR_POINT:
        date_format_words(last, text);
        n = snprintf(out, INDICATOR_WHEN, "%s", text);
        break;
    case INDICATOR_WINDOW:
        if (date_month_index(first) == date_month_index(last))
            n = snprintf(out, INDICATOR_WHEN, "%s %d", month_name(last, true), year);
        else if (date_to_civil(first).year == year)
            n = snprintf(out, INDICATOR_WHEN, "%s to %s %d", month_name(first, true), month_name(last, true),
                         year);
        else
            n = snprintf(out, INDICATOR_WHEN, "%s %d to %s %d", month_name(first, true),
                         (int)date_to_civil(first).year, month_name(last, true), year);
        break;
    case INDICATOR_YEAR:
        n = snprintf(out, INDICATOR_WHEN, "12 months to %s %d", month_name(last, false), year);
        break;
    case INDICATOR_RETURN:
        date_format_financial_year(date_financial_year(last), text);
        n = snprintf(out, INDICATOR_WHEN, "%s", text);
        break;
    }
    bug_if(n < 0 || n >= INDICATOR_WHEN);
}
