/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every period is a run of whole months: 1, 3 or 6. */
#include "app/card_period.h"

#include <stdio.h>
#include <string.h>

enum { HALF_YEARS = 2, MONTHS_A_HALF = 6, MONTHS_A_YEAR = 12, MONTH_LENGTH = 7, HALF_LENGTH = 9 };

static const struct {
    int32_t months;
    const char *noun, *nouns, *example;
} kinds[] = {
    [CARD_QUARTER] = {3, "quarter", "quarters", "2026-27Q1 (April to June 2026)"},
    [CARD_MONTH] = {1, "month", "months", "2026-05 (May 2026)"},
    [CARD_HALF_YEAR] = {6, "half-year", "half-years", "2026-27H1 (April to September 2026)"},
};

static const char *month_name(int32_t month)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    return months[month - 1];
}

struct card_period card_period_of(enum card_period_kind kind, day date)
{
    const struct civil civil = date_to_civil(date);
    const int32_t into_year = (civil.month + MONTHS_A_YEAR - 4) % MONTHS_A_YEAR; /* months since April */
    const int32_t into_period = into_year % kinds[kind].months;
    struct card_period out = {.kind = kind,
                              .first = date_month_start(date, -into_period),
                              .last = date_month_end(date, kinds[kind].months - 1 - into_period)};
    const struct civil from = date_to_civil(out.first);
    const struct civil to = date_to_civil(out.last);
    char year[DATE_TEXT];
    date_format_financial_year(date_financial_year(date), year);
    if (kind == CARD_MONTH)
        (void)snprintf(out.name, sizeof out.name, "%04d-%02d", (int)(from.year % 10000), (int)from.month);
    else
        (void)snprintf(out.name, sizeof out.name, "%.7s%c%d", year, kind == CARD_QUARTER ? 'Q' : 'H',
                       (int)(into_year / kinds[kind].months) + 1);
    if (kind == CARD_MONTH)
        (void)snprintf(out.words, sizeof out.words, "%s %d", month_name(from.month), (int)from.year);
    else if (from.year == to.year)
        (void)snprintf(out.words, sizeof out.words, "%s to %s %d", month_name(from.month),
                       month_name(to.month), (int)to.year);
    else
        (void)snprintf(out.words, sizeof out.words, "%s %d to %s %d", month_name(from.month), (int)from.year,
                       month_name(to.month), (int)to.year);
    return out;
}

static bool parse_month(struct str text, day *out)
{
    char date[DATE_TEXT];
    const int n = snprintf(date, sizeof date, "%.*s-01", (int)text.length, text.at);
    return text.length == MONTH_LENGTH && n > 0 && date_parse_iso(str_of(date), out);
}

static bool parse_half(struct str text, day *out)
{
    int32_t year = 0;
    if (text.length != HALF_LENGTH || (text.at[7] != 'H' && text.at[7] != 'h') ||
        (text.at[8] != '1' && text.at[8] != '2') ||
        !date_parse_financial_year((struct str){text.at, 7}, &year))
        return false;
    *out = date_month_start(date_year_end(year - 1), text.at[8] == '1' ? 1 : 1 + MONTHS_A_HALF);
    return true;
}

bool card_period_parse(enum card_period_kind kind, const char *text, struct card_period *out, struct err *err)
{
    const struct str trimmed = str_trim(str_of(text));
    quarter q = 0;
    day date = DAY_NONE;
    bool ok = false;
    switch (kind) {
    case CARD_QUARTER:
        ok = quarter_parse(trimmed, &q);
        date = ok ? quarter_first_day(q) : DAY_NONE;
        break;
    case CARD_MONTH:
        ok = parse_month(trimmed, &date);
        break;
    case CARD_HALF_YEAR:
        ok = parse_half(trimmed, &date);
        break;
    }
    if (!ok)
        return err_set(err, ERR_USAGE, "\"%s\" is no %s; write one as %s", text, kinds[kind].noun,
                       kinds[kind].example);
    *out = card_period_of(kind, date);
    return true;
}

struct card_period card_period_step(const struct card_period *period, int32_t steps)
{
    return card_period_of(period->kind, date_month_start(period->first, steps * kinds[period->kind].months));
}

bool card_period_range(enum card_period_kind kind, day start, day end, struct card_period *first,
                       struct card_period *last)
{
    *first = card_period_of(kind, start);
    if (first->first < start)
        *first = card_period_step(first, 1);
    *last = card_period_of(kind, end);
    if (last->last > end)
        *last = card_period_step(last, -1);
    return first->first <= last->first;
}

bool card_period_check(const struct card_period *period, day start, day end, struct err *err)
{
    struct card_period first;
    struct card_period last;
    char from[DATE_TEXT];
    char to[DATE_TEXT];
    date_format_words(start, from);
    date_format_words(end, to);
    if (!card_period_range(period->kind, start, end, &first, &last))
        return err_set(err, ERR_NO_INPUT, "the data go from %s to %s and hold no whole %s", from, to,
                       kinds[period->kind].noun);
    if (period->last > end)
        return err_set(
            err, ERR_USAGE, "the %s %s is not over by %s, where the data end; there are %s from %s to %s",
            kinds[period->kind].noun, period->name, to, kinds[period->kind].nouns, first.name, last.name);
    if (period->first < start)
        return err_set(
            err, ERR_USAGE, "the %s %s begins before the data, which start on %s; there are %s from %s to %s",
            kinds[period->kind].noun, period->name, from, kinds[period->kind].nouns, first.name, last.name);
    return true;
}
