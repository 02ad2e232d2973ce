/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dates without parts: days, months, quarters, seasons, terms, holidays, feasts, years. What stands first
 * decides which it is; the year behind it is optional. */
#include "plan/due_date.h"

enum { DAYS_OF_LONGEST_MONTH = 31 };

static bool is_small(const struct lexeme *at)
{
    return at->class == CLASS_NUMBER && at->digits <= 2 && (at->digits > 0 || at->ordinal);
}

/* Separates days of one month: "12-16 March", "12th and 13th March". */
static bool is_between_days(const struct lexeme *at)
{
    return at->class == CLASS_TO || at->class == CLASS_AND ||
           (at->class == CLASS_MARK && (at->mark == '-' || at->mark == '/' || at->mark == '&'));
}

/* The lexeme of the month that belongs to the day at i, or i itself. */
static int32_t month_of_day(const struct lexemes *words, int32_t i)
{
    const struct lexeme *at = words->at;
    int32_t m = i + 1;
    if (due_is_mark(&at[m], '-') || due_is_mark(&at[m], '/') || due_is_mark(&at[m], '.'))
        m++;
    else
        while (at[m].class == CLASS_OF || at[m].class == CLASS_NOISE)
            m++;
    if (at[m].class != CLASS_MONTH || at[m + 1].class == CLASS_HALF_TERM)
        return i;
    /* "first March" is no day, "first of March" is */
    return at[i].digits > 0 || at[i + 1].class == CLASS_OF ? m : i;
}

static int32_t day_then_month(const struct due_source *source, int32_t i, struct due_date *out)
{
    const struct lexeme *at = source->words->at;
    const int32_t month = month_of_day(source->words, i);
    if (month > i) {
        if (at[i].value < 1 || at[i].value > DAYS_OF_LONGEST_MONTH)
            return DATE_IMPOSSIBLE;
        out->when = (struct when){.unit = WHEN_DAY, .day = at[i].value, .month = at[month].value};
        return due_year_behind(source, month + 1, &out->when);
    }
    if (!is_between_days(&at[i + 1]) || !is_small(&at[i + 2]) || at[i].value < 1 ||
        at[i].value > DAYS_OF_LONGEST_MONTH)
        return DATE_NO;
    const int32_t shared = month_of_day(source->words, i + 2);
    if (shared == i + 2)
        return DATE_NO;
    out->when = (struct when){.unit = WHEN_DAY, .day = at[i].value, .month = at[shared].value};
    return i + 1;
}

/* "March 2012", "Sept '12", "March 31st 07", "April 20", "October half term". */
static int32_t month_first(const struct due_source *source, int32_t i, struct due_date *out)
{
    const struct lexeme *at = source->words->at;
    const int32_t behind = i + 1 + (at[i + 1].class == CLASS_NOISE || due_is_mark(&at[i + 1], '.'));
    out->when = (struct when){.unit = WHEN_MONTH, .month = at[i].value};
    if (at[i + 1].class == CLASS_HALF_TERM) {
        out->when.unit = WHEN_HALFTERM;
        if (at[i].value != 2 && at[i].value != 5 && at[i].value != 10)
            out->when.month = at[i].value == 6 ? 5 : at[i].value == 11 ? 10 : 2;
        return due_year_behind(source, i + 2, &out->when);
    }
    const bool ordinal = is_small(&at[behind]) && at[behind].ordinal && at[behind].digits > 0;
    const bool full_year_follows = is_small(&at[behind]) && !ordinal && at[behind].digits > 0 &&
                                   due_is_mark(&at[behind + 1], ',') && at[behind + 2].digits == 4;
    struct when numbered = {.unit = WHEN_DAY, .month = at[i].value, .day = at[behind].value};
    if (ordinal && month_of_day(source->words, behind) == behind) {
        out->when = numbered;
        return numbered.day < 1 || numbered.day > DAYS_OF_LONGEST_MONTH
                   ? DATE_IMPOSSIBLE
                   : due_year_behind(source, behind + 1, &out->when);
    }
    const bool year_is_next = is_small(&at[behind]) && at[behind + 1].class == CLASS_NUMBER &&
                              at[behind + 1].digits == 4 && at[behind].digits > 0;
    if ((full_year_follows || year_is_next) && numbered.day >= 1 && numbered.day <= DAYS_OF_LONGEST_MONTH) {
        out->when = numbered;
        return due_year_behind(source, behind + 1, &out->when);
    }
    const int32_t end = due_year_behind(source, i + 1, &out->when);
    if (end > i + 1)
        return end;
    /* A number that is no year near the context: "April 20" */
    const bool lone = is_small(&at[behind]) && !ordinal && at[behind].digits > 0 &&
                      month_of_day(source->words, behind) == behind && at[behind + 1].class != CLASS_UNIT &&
                      at[behind + 1].class != CLASS_RATE && at[behind + 1].class != CLASS_EVERY;
    if (!lone)
        return i + 1;
    if (numbered.day > DAYS_OF_LONGEST_MONTH)
        out->when.year = out->when.last_year = due_year_of_two(numbered.day);
    else if (numbered.day >= 1)
        out->when = numbered;
    return behind + 1;
}

/* Behind a quarter's number: its year. A calendar year beside "Q3" is the financial year that begins in it;
 * "first quarter of 2012" is the calendar's. */
static int32_t quarter_year(const struct due_source *source, int32_t i, bool in_words, struct when *out)
{
    struct due_date year = {0};
    int32_t end = due_year_behind(source, i, out);
    if (end == i) {
        const int32_t at = due_skip_noise(source->words, i);
        end = due_relative_read(source, at, &year);
        if (end <= 0 || year.when.unit != WHEN_YEAR)
            return i;
        out->year = out->last_year = year.when.year;
        out->kind = year.when.kind;
        return end;
    }
    if (out->kind == WHEN_CALENDAR && !in_words)
        out->kind = WHEN_FINANCIAL;
    return end;
}

static bool is_quarter_number(const struct lexeme *at)
{
    return at->class == CLASS_NUMBER && !at->ordinal && at->digits <= 1;
}

/* The quarter's number, and the second of "Q3-4", "Q3/Q4". The place behind. */
static int32_t quarter_numbers(const struct lexeme *at, int32_t i, struct when *out)
{
    out->number = out->last = at[i].value;
    const bool joined = at[i + 1].class == CLASS_TO || at[i + 1].class == CLASS_AND ||
                        (at[i + 1].class == CLASS_MARK &&
                         (at[i + 1].mark == '-' || at[i + 1].mark == '/' || at[i + 1].mark == '&'));
    if (!joined)
        return i + 1;
    const int32_t second = i + 2 + (at[i + 2].class == CLASS_LETTER_Q);
    if (!is_quarter_number(&at[second]) || at[second].digits != 1 || at[second].value <= at[i].value ||
        at[second].value > 4)
        return i + 1;
    out->last = at[second].value;
    return second + 1;
}

static int32_t quarter(const struct due_source *source, int32_t i, struct due_date *out)
{
    const struct lexeme *at = source->words->at;
    int32_t end = DATE_NO;
    bool in_words = false;
    out->when = (struct when){.unit = WHEN_QUARTER, .kind = WHEN_FINANCIAL};
    if ((at[i].class == CLASS_LETTER_Q || due_is_unit(&at[i], DUE_UNIT_QUARTER)) &&
        is_quarter_number(&at[i + 1])) {
        end = quarter_numbers(at, i + 1, &out->when);
    } else if ((at[i].class == CLASS_FINAL || (at[i].class == CLASS_NUMBER && at[i].ordinal)) &&
               due_is_unit(&at[i + 1], DUE_UNIT_QUARTER)) {
        out->when.number = out->when.last = at[i].class == CLASS_FINAL ? 4 : at[i].value;
        end = i + 2;
        in_words = true;
    }
    if (end == DATE_NO)
        return DATE_NO;
    if (out->when.number < 1 || out->when.number > 4)
        return DATE_IMPOSSIBLE;
    return quarter_year(source, end, in_words, &out->when);
}

/* Some word of the phrase speaks of school: "Summer 16 PEP" is the school's summer. */
static bool speaks_of_school(const struct lexemes *words)
{
    for (int32_t i = 0; i < words->n; i++)
        if (words->at[i].class == CLASS_SCHOOL)
            return true;
    return false;
}

/* "Summer 2016-17": from one summer to the other. */
static bool seasons_of_two_years(struct when *season, const struct when *years)
{
    struct when first = *season, last = *season;
    enum due_precision precision;
    day ignored = DAY_NONE;
    first.year = years->year;
    last.year = years->last_year + 1;
    first.kind = last.kind = WHEN_CALENDAR;
    season->unit = WHEN_SPAN;
    season->precision = DUE_BY_RANGE;
    return when_bounds(&first, &season->earliest, &ignored, &precision) &&
           when_bounds(&last, &ignored, &season->latest, &precision);
}

static int32_t season(const struct due_source *source, int32_t i, struct due_date *out)
{
    static const int32_t halfterm_month[] = {2, 5, 10, 2};
    const struct lexeme *at = source->words->at;
    const int32_t number = at[i].value;
    int32_t end = i + 1;
    if (at[end].class == CLASS_YEAR_KIND &&
        (at[end + 1].class == CLASS_HOLIDAY || at[end + 1].class == CLASS_UNIT))
        end++;
    out->when = (struct when){.unit = WHEN_SEASON, .number = number};
    if (at[end].class == CLASS_HALF_TERM)
        out->when = (struct when){.unit = WHEN_HALFTERM, .month = halfterm_month[number]};
    else if (due_is_unit(&at[end], DUE_UNIT_TERM))
        out->when.unit = WHEN_TERM;
    else if (at[end].class == CLASS_HOLIDAY && number != WHEN_AUTUMN)
        out->when.unit = WHEN_HOLIDAY;
    if (out->when.unit != WHEN_SEASON)
        end++;
    else if (speaks_of_school(source->words))
        out->when.unit = WHEN_TERM;
    struct due_date years = {0};
    const int32_t at_years = due_skip_noise(source->words, end);
    const int32_t behind = due_years_read(source, at_years, true, &years);
    if (out->when.unit == WHEN_SEASON && number != WHEN_WINTER && behind != DATE_NO &&
        years.when.kind != WHEN_CALENDAR)
        return seasons_of_two_years(&out->when, &years.when) ? behind : DATE_IMPOSSIBLE;
    end = due_year_behind(source, end, &out->when);
    if (out->when.unit == WHEN_SEASON && due_is_unit(&at[end], DUE_UNIT_TERM)) { /* "Autumn 2012 term" */
        out->when.unit = WHEN_TERM;
        end++;
    }
    if (out->when.unit == WHEN_TERM && out->when.kind == WHEN_FINANCIAL)
        out->when.kind = WHEN_ACADEMIC;
    return end;
}

static int32_t feast(const struct due_source *source, int32_t i, struct due_date *out)
{
    static const int32_t season_of[] = {WHEN_WINTER, WHEN_SPRING, WHEN_WINTER};
    const struct lexeme *at = source->words->at;
    int32_t end = i + 1;
    out->when = (struct when){.unit = WHEN_EVENT, .number = at[i].value};
    if (at[i].class == CLASS_NEW) {
        out->when.number = WHEN_NEW_YEAR;
        end++;
    } else if (at[end].class == CLASS_HOLIDAY) {
        out->when = (struct when){.unit = WHEN_HOLIDAY, .number = season_of[at[i].value]};
        end++;
    }
    return due_year_behind(source, end, &out->when);
}

/* A half term that nobody named: the next from the context. */
static int32_t half_term(const struct due_source *source, int32_t i, struct due_date *out)
{
    static const int32_t months[] = {2, 5, 10};
    day best = DAY_OPEN;
    struct when year = {0};
    if (due_year_behind(source, i + 1, &year) > i + 1)
        return DATE_NO; /* of a year, but which? */
    for (size_t k = 0; k < sizeof months / sizeof months[0]; k++) {
        struct when tried = {.unit = WHEN_HALFTERM, .month = months[k]};
        day earliest = DAY_NONE, latest = DAY_NONE;
        enum due_precision precision;
        if (when_complete(&tried, WHEN_NEXT, source->context) &&
            when_bounds(&tried, &earliest, &latest, &precision) && latest < best) {
            best = latest;
            out->when = tried;
        }
    }
    return i + 1;
}

/* "2012/13 Q3": a quarter or a term behind its year. */
static int32_t years_first(const struct due_source *source, int32_t i, struct due_date *out)
{
    const struct lexeme *at = source->words->at;
    /* "by 12-13" alone, and the 07 that ends "planning cycle 07", are years */
    const bool whole = (i == 0 || at[i - 1].class == CLASS_BY || at[i - 1].class == CLASS_IN) &&
                       at[i + 1].class == CLASS_MARK && i + 3 == source->words->n;
    const bool nought = i > 0 && at[i - 1].class == CLASS_FREE && i + 1 == source->words->n &&
                        at[i].class == CLASS_NUMBER && at[i].digits == 2 && at[i].value < 10;
    const bool garbled = i > 1 && at[i - 1].class == CLASS_FREE && at[i - 2].class == CLASS_NUMBER &&
                         at[i - 2].to == at[i - 1].from; /* "0ct 2012" */
    struct due_date years = {0};
    const int32_t end = due_years_read(source, i, whole || nought, &years);
    if (end == DATE_NO || garbled)
        return end == DATE_NO ? DATE_NO : DATE_IMPOSSIBLE;
    const int32_t next = end + (due_is_mark(&at[end], ',') || due_is_mark(&at[end], '-'));
    if (years.when.last_year == years.when.year) {
        const int32_t behind = quarter(source, next, out);
        if (behind > next && out->when.year == WHEN_NO_YEAR) {
            out->when.year = out->when.last_year = years.when.year;
            return behind;
        }
    }
    *out = years;
    return end;
}

int32_t due_date_core(const struct due_source *source, int32_t i, struct due_date *out)
{
    const struct lexeme *at = &source->words->at[i];
    int32_t end = DATE_NO;
    *out = (struct due_date){0};
    if (at->class == CLASS_MONTH)
        return month_first(source, i, out);
    if (at->class == CLASS_SEASON)
        return season(source, i, out);
    if (at->class == CLASS_EVENT || (at->class == CLASS_NEW && due_is_unit(&at[1], DUE_UNIT_YEAR)))
        return feast(source, i, out);
    if (at->class == CLASS_HALF_TERM)
        return half_term(source, i, out);
    end = quarter(source, i, out);
    if (end != DATE_NO)
        return end;
    *out = (struct due_date){0};
    if (is_small(at))
        end = day_then_month(source, i, out);
    if (end == DATE_NO)
        end = due_figures_read(source, i, &out->when);
    if (end == DATE_NO)
        end = years_first(source, i, out);
    return end;
}
