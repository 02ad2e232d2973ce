/* SPDX-License-Identifier: GPL-3.0-or-later
 * Years and dates in figures. A stretch of two years is a financial year unless words say otherwise; a longer
 * one is of financial years. */
#include "plan/due_date.h"

enum {
    FIRST_YEAR = 1950,
    LAST_YEAR = 2149,
    PIVOT = 50,
    NEAR_BEFORE = 4,
    NEAR_AFTER = 5,
    LONGEST_STRETCH = 15,
    SERIAL_1990 = 32874, /* day numbers of spreadsheets: 1990-01-01 and 2050-01-01, from 1899-12-30 */
    SERIAL_2050 = 54789,
    SERIAL_TO_1970 = 25569
};

int32_t due_year_of_two(int32_t figures)
{
    return figures < PIVOT ? 2000 + figures : 1900 + figures;
}

bool due_year_is_near(const struct due_source *source, int32_t year)
{
    const int32_t about = date_to_civil(source->context).year;
    return year >= about - NEAR_BEFORE && year <= about + NEAR_AFTER;
}

bool due_is_mark(const struct lexeme *at, char mark)
{
    return at->class == CLASS_MARK && at->mark == mark;
}

bool due_is_unit(const struct lexeme *at, enum due_unit unit)
{
    return at->class == CLASS_UNIT && at->value == (int32_t)unit;
}

int32_t due_skip_noise(const struct lexemes *words, int32_t i)
{
    for (;; i++) {
        const enum due_class class = words->at[i].class;
        if (class != CLASS_NOISE && class != CLASS_OF && class != CLASS_IN && class != CLASS_ARTICLE)
            return i;
    }
}

static bool is_figures(const struct lexeme *at, int32_t digits)
{
    return at->class == CLASS_NUMBER && at->digits == digits && !at->ordinal;
}

static bool is_full_year(const struct lexeme *at)
{
    return is_figures(at, 4) && at->value >= FIRST_YEAR && at->value <= LAST_YEAR;
}

static bool is_separator(const struct lexeme *at)
{
    return due_is_mark(at, '-') || due_is_mark(at, '/');
}

/* The number belongs to what stands behind it: "May - 12 June", "2011 - 12/3/2012", "March 12 months". */
static bool belongs_behind(const struct lexeme *number)
{
    const struct lexeme *next = number + 1;
    if (next->class == CLASS_OF || next->class == CLASS_NOISE)
        next++;
    if (next->class == CLASS_MONTH || next->class == CLASS_UNIT || next->class == CLASS_RATE)
        return true;
    return (is_separator(next) || due_is_mark(next, '.')) && next[1].class == CLASS_NUMBER &&
           next[1].digits > 0 && next[1].digits <= 2 && next[2].class == CLASS_MARK &&
           next[2].mark == next->mark && next[3].class == CLASS_NUMBER;
}

/* "-13" or "/2013" behind a year: the year in which the stretch ends, else 0. */
static int32_t second_year(const struct lexeme *separator, int32_t first)
{
    const struct lexeme *number = separator + 1;
    int32_t second = 0;
    if (!is_separator(separator))
        return 0;
    if (due_is_mark(number, '\''))
        number++;
    if (is_full_year(number))
        second = number->value;
    else if (is_figures(number, 2) && !belongs_behind(number))
        second = first - first % 100 + number->value + (number->value == 0 && first % 100 == 99 ? 100 : 0);
    return second > first && second <= first + LONGEST_STRETCH ? second : 0;
}

/* Takes the stretch behind a first year, if there is one; at: behind the first year. */
static int32_t years_behind(const struct due_source *source, int32_t at, int32_t first, struct when *out)
{
    const struct lexeme *words = source->words->at;
    const int32_t second = second_year(&words[at], first);
    out->year = out->last_year = first;
    out->kind = WHEN_CALENDAR;
    if (second == 0)
        return at;
    out->kind = WHEN_FINANCIAL;
    out->last_year = second - 1;
    return at + (due_is_mark(&words[at + 1], '\'') ? 3 : 2);
}

static int32_t years_in_figures(const struct due_source *source, int32_t i, bool loose, struct due_date *out)
{
    const struct lexeme *words = source->words->at;
    if (is_full_year(&words[i])) {
        const int32_t end = years_behind(source, i + 1, words[i].value, &out->when);
        out->full_years = end > i + 1 && due_is_mark(&words[i + 1], '-') && is_full_year(&words[i + 2]);
        return end;
    }
    const bool quoted = due_is_mark(&words[i], '\'');
    const int32_t at = quoted ? i + 1 : i;
    if (!is_figures(&words[at], 2))
        return DATE_NO;
    const int32_t first = due_year_of_two(words[at].value);
    const int32_t second = second_year(&words[at + 1], first);
    if (second == first + 1 && (loose || quoted || due_is_mark(&words[at + 1], '/')))
        return years_behind(source, at + 1, first, &out->when);
    if (!quoted && !(loose && due_year_is_near(source, first) && !belongs_behind(&words[at])))
        return DATE_NO;
    out->when.year = out->when.last_year = first;
    out->when.kind = WHEN_CALENDAR;
    return at + 1;
}

/* "financial year", "FY", "year": the place behind, and the kind. */
static int32_t year_words(const struct lexemes *words, int32_t i, enum when_kind *kind)
{
    if (words->at[i].class == CLASS_YEAR_KIND) {
        *kind = (enum when_kind)words->at[i].value;
        return due_is_unit(&words->at[i + 1], DUE_UNIT_YEAR) ? i + 2 : i + 1;
    }
    return due_is_unit(&words->at[i], DUE_UNIT_YEAR) ? i + 1 : i;
}

int32_t due_years_read(const struct due_source *source, int32_t i, bool loose, struct due_date *out)
{
    enum { NO_KIND = -1 };
    int32_t said = NO_KIND;
    enum when_kind kind = WHEN_CALENDAR;
    int32_t at = year_words(source->words, i, &kind);
    if (at > i && source->words->at[i].class == CLASS_YEAR_KIND)
        said = (int32_t)kind;
    if (at > i && due_is_mark(&source->words->at[at], '('))
        at++;
    at = years_in_figures(source, at, loose || said != NO_KIND, out);
    if (at == DATE_NO)
        return DATE_NO;
    if (source->words->at[at].class == CLASS_YEAR_KIND &&
        due_is_unit(&source->words->at[at + 1], DUE_UNIT_YEAR)) {
        said = source->words->at[at].value;
        at += 2;
    }
    out->when.unit = WHEN_YEAR;
    if (said != NO_KIND)
        out->when.kind = (enum when_kind)said;
    out->full_years = out->full_years && said == NO_KIND;
    return at;
}

int32_t due_year_behind(const struct due_source *source, int32_t i, struct when *out)
{
    const struct lexemes *words = source->words;
    struct due_date found = {0};
    int32_t at = i;
    if (due_is_mark(&words->at[at], '.') || due_is_mark(&words->at[at], ','))
        at++;
    if (is_separator(&words->at[at]) || due_is_mark(&words->at[at], '.'))
        at++;
    at = due_skip_noise(words, at);
    int32_t end = due_years_read(source, at, true, &found);
    if (end == DATE_NO && out->unit == WHEN_DAY && is_figures(&words->at[at], 2) &&
        !belongs_behind(&words->at[at])) {
        found.when.year = due_year_of_two(words->at[at].value);
        end = at + 1;
    }
    if (end == DATE_NO)
        return i;
    if (found.when.last_year > found.when.year) { /* "March 2010 - 12 places" */
        found.when.kind = WHEN_CALENDAR;
        end = at + 1;
    }
    out->year = out->last_year = found.when.year;
    out->kind = found.when.kind;
    return end;
}

static int32_t day_in_figures(int32_t year, int32_t month, int32_t day_of_month, int32_t end,
                              struct when *out)
{
    if (year < FIRST_YEAR || year > LAST_YEAR || !date_is_civil((struct civil){year, month, day_of_month}))
        return DATE_IMPOSSIBLE;
    *out =
        (struct when){.unit = WHEN_DAY, .year = year, .last_year = year, .month = month, .day = day_of_month};
    return end;
}

static int32_t three_figures(const struct lexeme *at, int32_t i, struct when *out)
{
    const struct lexeme *second = &at[2], *third = &at[4];
    const char mark = at[1].mark;
    if (second->class != CLASS_NUMBER || !due_is_mark(&at[3], mark) || third->class != CLASS_NUMBER ||
        second->digits == 0 || second->digits > 2 ||
        (due_is_mark(&at[5], '.') && mark == '.' && at[6].class == CLASS_NUMBER && at[6].from == at[5].to))
        return DATE_NO;
    if (at->digits == 4 && third->digits >= 1 && third->digits <= 2)
        return day_in_figures(at->value, second->value, third->value, i + 5, out);
    if (at->digits > 2 || (third->digits != 2 && third->digits != 4))
        return DATE_NO;
    const int32_t year = third->digits == 2 ? due_year_of_two(third->value) : third->value;
    return day_in_figures(year, second->value, at->value, i + 5, out);
}

static int32_t month_in_figures(int32_t year, int32_t month, int32_t end, struct when *out)
{
    if (month < 1 || month > 12)
        return DATE_IMPOSSIBLE;
    *out = (struct when){.unit = WHEN_MONTH, .year = year, .last_year = year, .month = month};
    return end;
}

/* "3/2012", "2012-03", "09/12", "25/12". */
static int32_t two_figures(const struct due_source *source, const struct lexeme *at, int32_t i,
                           struct when *out)
{
    const struct lexeme *second = &at[2];
    const bool slash = at[1].mark == '/';
    if (second->class != CLASS_NUMBER || second->digits == 0 || second->ordinal)
        return DATE_NO;
    if (at->digits <= 2 && is_full_year(second) && second_year(&at[3], second->value) == 0)
        return at->value <= 12 || slash ? month_in_figures(second->value, at->value, i + 3, out) : DATE_NO;
    if (is_full_year(at) && second->digits == 2 && second->value <= 12 && second->value >= 1 &&
        second_year(&at[1], at->value) == 0)
        return belongs_behind(second) ? DATE_NO : month_in_figures(at->value, second->value, i + 3, out);
    if (!slash || at->digits > 2 || second->digits > 2 || belongs_behind(second) ||
        (at->digits == 2 && second->digits == 2 && second->value == at->value + 1)) /* 10/11 is a year */
        return DATE_NO;
    if (second->digits == 2 && at->value <= 12 && due_year_is_near(source, due_year_of_two(second->value)))
        return month_in_figures(due_year_of_two(second->value), at->value, i + 3, out);
    if (at->value < 1 || at->value > 31 || second->value < 1 || second->value > 12)
        return DATE_NO;
    if ((is_separator(&at[3]) || due_is_mark(&at[3], '.')) && at[4].class == CLASS_NUMBER)
        return DATE_IMPOSSIBLE; /* "31/03-2012" */
    *out = (struct when){.unit = WHEN_DAY, .month = second->value, .day = at->value};
    return i + 3;
}

/* Nothing but full stops stands beside it. */
static bool is_alone(const struct lexemes *words, int32_t i)
{
    for (int32_t k = 0; k < words->n; k++)
        if (k != i && !due_is_mark(&words->at[k], '.'))
            return false;
    return true;
}

int32_t due_figures_read(const struct due_source *source, int32_t i, struct when *out)
{
    const struct lexeme *at = &source->words->at[i];
    if (at->class != CLASS_NUMBER || at->digits == 0 || at->ordinal)
        return DATE_NO;
    if (at->digits == 5 && is_alone(source->words, i) && at->value >= SERIAL_1990 &&
        at->value < SERIAL_2050) {
        const day date = at->value - SERIAL_TO_1970;
        *out = (struct when){.unit = WHEN_SPAN, .earliest = date, .latest = date, .precision = DUE_BY_DAY};
        return i + 1;
    }
    if (at->digits == 8) /* 20120331 */
        return at->value < 0
                   ? DATE_NO
                   : day_in_figures(at->value / 10000, at->value / 100 % 100, at->value % 100, i + 1, out);
    if (at->digits <= 2 && is_figures(&at[1], 2) && is_full_year(&at[2])) /* 31 03 2012 */
        return day_in_figures(at[2].value, at[1].value, at->value, i + 3, out);
    if (at[1].class != CLASS_MARK || !(is_separator(&at[1]) || due_is_mark(&at[1], '.')))
        return DATE_NO;
    const int32_t end = three_figures(at, i, out);
    return end != DATE_NO ? end : two_figures(source, at, i, out);
}
