/* SPDX-License-Identifier: GPL-3.0-or-later
 * A rate is a number of units between two times; the names of precision are the intervals that have one. */
#include "plan/due_rate.h"

enum { MOST_OF_A_UNIT = 999, MOST_BETWEEN = 60 };

/* What one unit is, in months or days; an hour is neither, so that nothing is counted from it. */
static const struct {
    int32_t months, days;
} lengths[DUE_UNIT_COUNT] = {
    [DUE_UNIT_HOUR] = {0, 0},       [DUE_UNIT_DAY] = {0, 1},   [DUE_UNIT_WEEK] = {0, 7},
    [DUE_UNIT_FORTNIGHT] = {0, 14}, [DUE_UNIT_MONTH] = {1, 0}, [DUE_UNIT_TWO_MONTHS] = {2, 0},
    [DUE_UNIT_QUARTER] = {3, 0},    [DUE_UNIT_TERM] = {4, 0},  [DUE_UNIT_HALFYEAR] = {6, 0},
    [DUE_UNIT_YEAR] = {12, 0},
};

/* A term is a third of a year, but every four months is not termly. */
static enum due_precision interval(int32_t count, enum due_unit unit)
{
    static const struct {
        int32_t months, days;
        enum due_precision rate;
    } named[] = {{0, 7, DUE_BY_WEEKLY},    {0, 14, DUE_BY_FORTNIGHTLY}, {1, 0, DUE_BY_MONTHLY},
                 {2, 0, DUE_BY_BIMONTHLY}, {3, 0, DUE_BY_QUARTERLY},    {6, 0, DUE_BY_HALFYEARLY},
                 {12, 0, DUE_BY_ANNUALLY}};
    if (unit == DUE_UNIT_TERM)
        return count == 1 ? DUE_BY_TERMLY : DUE_BY_NONE;
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
        if (named[i].months == lengths[unit].months * count && named[i].days == lengths[unit].days * count)
            return named[i].rate;
    return DUE_BY_NONE;
}

/* So many times in a unit. */
static enum due_precision times_in(int32_t times, enum due_unit unit)
{
    if (times == 1)
        return interval(1, unit);
    if (unit == DUE_UNIT_YEAR && times == 52)
        return DUE_BY_WEEKLY;
    if (unit == DUE_UNIT_YEAR && times == 26)
        return DUE_BY_FORTNIGHTLY;
    if (times > 0 && lengths[unit].months > 0 && lengths[unit].months % times == 0 && unit != DUE_UNIT_TERM)
        return interval(lengths[unit].months / times, DUE_UNIT_MONTH);
    return DUE_BY_NONE;
}

static bool is_count(const struct lexeme *at)
{
    return at->class == CLASS_NUMBER && !at->ordinal && at->digits <= 2 && at->value >= 1 &&
           at->value <= MOST_BETWEEN;
}

static bool is_dash(const struct lexeme *at)
{
    return at->class == CLASS_MARK && at->mark == '-';
}

/* "every month", "every two weeks", "every other month", "each April", "per annum". */
static int32_t every(const struct lexemes *words, int32_t i, enum due_precision *rate)
{
    const struct lexeme *at = &words->at[i];
    const bool bare = at->class == CLASS_ALTERNATE; /* "alternate months" */
    const struct lexeme *next = bare ? at : at + 1;
    int32_t count = 1;
    if (!bare && at->class != CLASS_EVERY)
        return 0;
    if (next->class == CLASS_ALTERNATE) {
        count = 2;
        next++;
    } else if (is_count(next) || (next->class == CLASS_NUMBER && next->ordinal)) {
        count = next->value;
        next++;
    }
    if (is_dash(next))
        next++;
    if (next->class == CLASS_UNIT) {
        *rate = interval(count, (enum due_unit)next->value);
        return (int32_t)(next - words->at) + 1;
    }
    if (next->class == CLASS_YEAR_KIND && next[1].class == CLASS_UNIT &&
        next[1].value == (int32_t)DUE_UNIT_YEAR) {
        *rate = DUE_BY_ANNUALLY;
        return (int32_t)(next - words->at) + 2;
    }
    if (next->class == CLASS_RATE && next->value == (int32_t)DUE_UNIT_HALFYEAR) { /* "each half year" */
        *rate = DUE_BY_HALFYEARLY;
        return (int32_t)(next - words->at) + 1;
    }
    if (bare || next != at + 1)
        return 0;
    for (int32_t words_between = 0; words_between <= 2; words_between++) { /* "at each LAC review" */
        if (next[words_between].class == CLASS_OCCASION) {
            *rate = DUE_BY_NONE;
            return i + 2 + words_between;
        }
        if (next[words_between].class != CLASS_FREE)
            break;
    }
    *rate = next->class == CLASS_WEEKDAY     ? DUE_BY_WEEKLY
            : next->class == CLASS_HALF_TERM ? DUE_BY_NONE
                                             : DUE_BY_ANNUALLY;
    if (next->class == CLASS_WEEKDAY || next->class == CLASS_HALF_TERM)
        return i + 2;
    return next->class == CLASS_MONTH || next->class == CLASS_SEASON ? i + 1 : 0; /* the date is read next */
}

/* "twice a year", "4 times per year", "12 a year", "twice yearly". */
static int32_t so_often(const struct lexemes *words, int32_t i, enum due_precision *rate)
{
    const struct lexeme *at = &words->at[i];
    int32_t k = i + 1;
    if (at->class != CLASS_TIMES && !is_count(at))
        return 0;
    if (at->class != CLASS_TIMES && words->at[k].class == CLASS_TIMES_WORD)
        k++;
    const bool times = at->class == CLASS_TIMES || k > i + 1;
    if (times && is_dash(&words->at[k])) /* "twice-yearly" */
        k++;
    if (times && words->at[k].class == CLASS_RATE) {
        *rate = times_in(at->value, (enum due_unit)words->at[k].value);
        return k + 1;
    }
    if (times && at->value == 1) { /* "once every six months" */
        const int32_t end = every(words, k, rate);
        if (end > 0)
            return end;
    }
    if (words->at[k].class != CLASS_EVERY && words->at[k].class != CLASS_ARTICLE)
        return 0;
    if (words->at[k + 1].class != CLASS_UNIT)
        return 0;
    *rate = times_in(at->value, (enum due_unit)words->at[k + 1].value);
    return k + 2;
}

/* "bi-monthly", "six-weekly", "3 monthly". */
static int32_t multiplied(const struct lexemes *words, int32_t i, enum due_precision *rate)
{
    const struct lexeme *at = &words->at[i];
    const int32_t k = i + (is_dash(&at[1]) ? 2 : 1);
    if ((at->class != CLASS_BI && !is_count(at)) || words->at[k].class != CLASS_RATE)
        return 0;
    *rate = interval(at->class == CLASS_BI ? 2 : at->value, (enum due_unit)words->at[k].value);
    return k + 1;
}

int32_t due_rate_read(const struct lexemes *words, int32_t i, enum due_precision *rate)
{
    const struct lexeme *at = &words->at[i];
    int32_t end = every(words, i, rate);
    if (end == 0)
        end = so_often(words, i, rate);
    if (end == 0)
        end = multiplied(words, i, rate);
    if (end > 0)
        return end;
    if (at->class == CLASS_RATE)
        *rate = interval(1, (enum due_unit)at->value);
    else if (at->class == CLASS_REGULAR)
        *rate = DUE_BY_NONE;
    return at->class == CLASS_RATE || at->class == CLASS_REGULAR ? i + 1 : 0;
}

int32_t due_length_read(const struct lexemes *words, int32_t i, struct due_length *out)
{
    const struct lexeme *at = &words->at[i];
    const bool number =
        at->class == CLASS_NUMBER && !at->ordinal && at->value >= 1 && at->value <= MOST_OF_A_UNIT;
    const int32_t k = i + (is_dash(&at[at->class != CLASS_END]) ? 2 : 1);
    if ((!number && at->class != CLASS_ARTICLE && at->class != CLASS_SEVERAL) ||
        words->at[k].class != CLASS_UNIT)
        return 0;
    const int32_t count = number ? at->value : at->class == CLASS_ARTICLE ? 1 : 0;
    out->unit = (enum due_unit)words->at[k].value;
    out->months = lengths[out->unit].months * count;
    out->days = lengths[out->unit].days * count;
    int32_t end = k + 1;
    if (words->at[end].class == CLASS_MARK && words->at[end].mark == '\'')
        end++;
    if (words->at[end].class == CLASS_NOISE && words->at[end].to - words->at[end].from == 1) /* 's' */
        end++;
    return end;
}
