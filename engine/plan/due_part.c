/* SPDX-License-Identifier: GPL-3.0-or-later
 * Parts of dates ("end of", "w/c", "first half of") and stretches that are only named from the context. */
#include "plan/due_date.h"

static const enum due_unit relative_units[] = {DUE_UNIT_WEEK, DUE_UNIT_MONTH, DUE_UNIT_QUARTER, DUE_UNIT_TERM,
                                               DUE_UNIT_YEAR};

enum { DAYS_A_WEEK = 7, MONDAY_1970 = -3, YEARS_OF_A_PLAN = 5 };

static struct when span_of(day earliest, day latest, enum due_precision precision)
{
    return (struct when){.unit = WHEN_SPAN, .earliest = earliest, .latest = latest, .precision = precision};
}

/* Terms before and behind: three a year. */
static struct when term_near(day context, int32_t steps)
{
    static const int32_t order[] = {WHEN_SPRING, WHEN_SUMMER, WHEN_AUTUMN};
    const int32_t month = date_to_civil(context).month;
    const int32_t index = date_to_civil(context).year * 3 + (month <= 3 ? 0 : month <= 7 ? 1 : 2) + steps;
    return (struct when){
        .unit = WHEN_TERM, .number = order[index % 3], .year = index / 3, .last_year = index / 3};
}

bool due_relative_unit(day context, enum due_unit unit, enum when_kind kind, int32_t steps, struct when *out)
{
    static const int32_t first_month[] = {1, 4, 9, 5};
    const int32_t month = date_to_civil(context).month;
    day first = context;
    switch (unit) {
    case DUE_UNIT_WEEK:
        first -= ((context - MONDAY_1970) % DAYS_A_WEEK + DAYS_A_WEEK) % DAYS_A_WEEK - DAYS_A_WEEK * steps;
        *out = span_of(first, first + DAYS_A_WEEK - 1, DUE_BY_RANGE);
        return true;
    case DUE_UNIT_MONTH:
        *out = span_of(date_month_start(context, steps), date_month_end(context, steps), DUE_BY_MONTH);
        return true;
    case DUE_UNIT_QUARTER:
        first = date_month_start(context, 3 * steps - (month - 1) % 3);
        *out = span_of(first, date_month_end(first, 2), DUE_BY_QUARTER);
        return true;
    case DUE_UNIT_TERM:
        *out = term_near(context, steps);
        return true;
    case DUE_UNIT_YEAR:
        *out = (struct when){.unit = WHEN_YEAR, .kind = kind};
        out->year = date_to_civil(context).year + steps - (month < first_month[kind] ? 1 : 0);
        out->last_year = out->year;
        return true;
    case DUE_UNIT_HOUR:
    case DUE_UNIT_DAY:
    case DUE_UNIT_FORTNIGHT:
    case DUE_UNIT_TWO_MONTHS:
    case DUE_UNIT_HALFYEAR:
    case DUE_UNIT_COUNT:
        break;
    }
    return false;
}

/* "new academic year", "new term": the month in which it begins. */
static int32_t newly(const struct due_source *source, int32_t i, struct due_date *out)
{
    static const int32_t first_month[] = {1, 4, 9, 5};
    const struct lexeme *at = source->words->at;
    struct when term;
    out->when = (struct when){.unit = WHEN_MONTH};
    if (at[i + 1].class == CLASS_YEAR_KIND && due_is_unit(&at[i + 2], DUE_UNIT_YEAR)) {
        out->when.month = first_month[at[i + 1].value];
        return i + 3;
    }
    if (!due_is_unit(&at[i + 1], DUE_UNIT_TERM))
        return DATE_NO;
    term = term_near(source->context, 1);
    out->when.month = term.number == WHEN_SPRING ? 1 : term.number == WHEN_SUMMER ? 4 : 9;
    return i + 2;
}

int32_t due_relative_read(const struct due_source *source, int32_t i, struct due_date *out)
{
    const struct lexeme *at = source->words->at;
    enum when_kind kind = WHEN_FINANCIAL;
    int32_t steps = 0;
    int32_t k = i;
    *out = (struct due_date){.weak = true};
    if (at[i].class == CLASS_NEW)
        return newly(source, i, out);
    if (due_is_unit(&at[i], DUE_UNIT_YEAR) && at[i + 1].class == CLASS_NUMBER && !at[i + 1].ordinal &&
        at[i + 1].value >= 1 && at[i + 1].value <= YEARS_OF_A_PLAN) {
        (void)due_relative_unit(source->context, DUE_UNIT_YEAR, WHEN_FINANCIAL, at[i + 1].value - 1,
                                &out->when);
        const bool more =
            (due_is_mark(&at[i + 2], '-') || at[i + 2].class == CLASS_AND || at[i + 2].class == CLASS_TO) &&
            at[i + 3].class == CLASS_NUMBER && at[i + 3].value > at[i + 1].value &&
            at[i + 3].value <= YEARS_OF_A_PLAN;
        if (more)
            out->when.last_year += at[i + 3].value - at[i + 1].value;
        return more ? i + 4 : i + 2;
    }
    if (at[i].class == CLASS_NUMBER && at[i].ordinal && at[i].value >= 1 && at[i].value <= YEARS_OF_A_PLAN &&
        due_is_unit(&at[i + 1], DUE_UNIT_YEAR)) { /* "the first year" */
        (void)due_relative_unit(source->context, DUE_UNIT_YEAR, WHEN_FINANCIAL, at[i].value - 1, &out->when);
        return i + 2;
    }
    if (at[k].class == CLASS_RELATIVE || at[k].class == CLASS_FINAL)
        steps = at[k].class == CLASS_FINAL ? -1 : at[k].value;
    if (at[k].class == CLASS_RELATIVE || at[k].class == CLASS_FINAL)
        k++;
    const bool said = at[k].class == CLASS_YEAR_KIND;
    struct due_date figures;
    if (said && due_years_read(source, k, true, &figures) != DATE_NO)
        return DATE_NO; /* "during the academic year 2012/13" is no relative */
    if (said)
        kind = (enum when_kind)at[k++].value;
    if (k == i || at[k].class != CLASS_UNIT || (said && !due_is_unit(&at[k], DUE_UNIT_YEAR)))
        return DATE_NO;
    return due_relative_unit(source->context, (enum due_unit)at[k].value, kind, steps, &out->when) ? k + 1
                                                                                                   : DATE_NO;
}

/* A unit alone behind a part: "end of the year", "end of term". */
static int32_t current_unit(const struct due_source *source, int32_t i, struct due_date *out)
{
    const struct lexeme *at = &source->words->at[i];
    *out = (struct due_date){.weak = true};
    for (size_t k = 0; k < sizeof relative_units / sizeof relative_units[0]; k++)
        if (due_is_unit(at, relative_units[k]) &&
            due_relative_unit(source->context, relative_units[k], WHEN_FINANCIAL, 0, &out->when))
            return i + 1;
    return DATE_NO;
}

/* What a part is of. */
static int32_t whole_of_part(const struct due_source *source, int32_t i, struct due_date *out)
{
    const int32_t at = due_skip_noise(source->words, i);
    int32_t end = DATE_NO;
    /* "end of next March" */
    if (source->words->at[at].class == CLASS_RELATIVE && source->words->at[at + 1].class != CLASS_UNIT &&
        source->words->at[at + 1].class != CLASS_YEAR_KIND)
        return due_date_core(source, at + 1, out);
    end = due_date_core(source, at, out);
    if (end == DATE_NO)
        end = due_relative_read(source, at, out);
    return end != DATE_NO ? end : current_unit(source, at, out);
}

/* "mid to late June 2012" */
static int32_t two_parts(const struct due_source *source, int32_t i, struct due_date *out)
{
    const struct lexeme *at = source->words->at;
    struct when first, last;
    enum due_precision precision;
    day ignored = DAY_NONE;
    const bool joined = at[i + 1].class == CLASS_TO || at[i + 1].class == CLASS_AND ||
                        due_is_mark(&at[i + 1], '-') || due_is_mark(&at[i + 1], '/');
    if (!joined || at[i + 2].class != CLASS_PART)
        return DATE_NO;
    const int32_t end = whole_of_part(source, i + 3, out);
    if (end <= 0 || out->when.part != WHEN_WHOLE || !when_complete(&out->when, WHEN_NEXT, source->context))
        return end > 0 ? DATE_NO : end;
    first = last = out->when;
    first.part = (enum when_part)at[i].value;
    last.part = (enum when_part)at[i + 2].value;
    out->when = span_of(0, 0, DUE_BY_RANGE);
    if (!when_bounds(&first, &out->when.earliest, &ignored, &precision) ||
        !when_bounds(&last, &ignored, &out->when.latest, &precision) || out->when.latest < out->when.earliest)
        return DATE_NO;
    return end;
}

/* "start of the academic year" when it has long begun: the next one's. */
static void move_on(day context, struct when *when)
{
    day earliest = DAY_NONE, latest = DAY_NONE;
    enum due_precision precision;
    if (when->unit == WHEN_YEAR && when_bounds(when, &earliest, &latest, &precision) && latest < context) {
        when->year++;
        when->last_year++;
    }
}

/* "end of March", "early 2013", "mid-June", "year end". */
static int32_t simple_part(const struct due_source *source, int32_t i, struct due_date *out)
{
    const struct lexeme *at = source->words->at;
    const bool turned = at[i].class == CLASS_UNIT && at[i + 1].class == CLASS_PART &&
                        at[i + 1].value == WHEN_END; /* "year end 2011/12" */
    const struct lexeme *part = turned ? &at[i + 1] : &at[i];
    int32_t k = i + (turned ? 2 : 1);
    if (part->class != CLASS_PART)
        return DATE_NO;
    int32_t end = two_parts(source, i, out);
    if (end != DATE_NO)
        return end;
    if (due_is_mark(&at[k], '-'))
        k++;
    end = whole_of_part(source, k, out);
    if (end == DATE_NO && turned) {
        end = current_unit(source, i, out);
        end = end == DATE_NO ? DATE_NO : i + 2;
    }
    if (end > 0 && out->when.part == WHEN_WHOLE) {
        out->when.part = (enum when_part)part->value;
        if (out->weak)
            move_on(source->context, &out->when);
    }
    return end;
}

/* "first half of 2012", "1st week of May", "last Friday in March". */
static int32_t counted_part(const struct due_source *source, int32_t i, struct due_date *out)
{
    const struct lexeme *at = &source->words->at[i];
    const bool last = at->class == CLASS_FINAL;
    struct when part = {.nth = last ? 0 : at->value};
    int32_t behind = i + 2;
    if (!last && !(at->class == CLASS_NUMBER && at->ordinal))
        return DATE_NO;
    if (at[1].class == CLASS_HALF && (last || at->value <= 2)) {
        part.part = WHEN_HALF;
        part.nth = last ? 2 : at->value;
    } else if (due_is_unit(&at[1], DUE_UNIT_WEEK)) {
        part.part = WHEN_WEEK;
    } else if (at[1].class == CLASS_WEEKDAY) {
        part.part = WHEN_WEEKDAY;
        part.weekday = at[1].value;
    } else if (due_is_unit(&at[1], DUE_UNIT_DAY) && (last || at->value == 1)) {
        part.part = last ? WHEN_END : WHEN_START;
    } else if (at[1].class == CLASS_NUMBER && !at[1].ordinal && at[1].digits <= 2 &&
               (due_is_unit(&at[2], DUE_UNIT_WEEK) || due_is_unit(&at[2], DUE_UNIT_DAY)) &&
               (last || at->value == 1)) { /* "first two weeks of October" */
        part.part = WHEN_DAYS;
        part.nth = at[1].value * (due_is_unit(&at[2], DUE_UNIT_WEEK) ? DAYS_A_WEEK : 1) * (last ? -1 : 1);
        behind++;
    } else {
        return DATE_NO;
    }
    const int32_t end = whole_of_part(source, behind, out);
    if (end <= 0 || out->when.part != WHEN_WHOLE)
        return end > 0 ? DATE_NO : end;
    out->when.part = part.part;
    out->when.nth = part.nth;
    out->when.weekday = part.weekday;
    return end;
}

static int32_t week_of(const struct due_source *source, int32_t i, struct due_date *out)
{
    const struct lexeme *at = source->words->at;
    const bool plain = due_is_unit(&at[i], DUE_UNIT_WEEK) && at[i + 1].class == CLASS_OF;
    if (at[i].class != CLASS_WEEK_OF && !plain)
        return DATE_NO;
    int32_t k = i + (plain ? 2 : 1);
    while (at[k].class == CLASS_WEEKDAY || at[k].class == CLASS_NOISE || at[k].class == CLASS_MARK)
        k++;
    const int32_t end = due_date_core(source, k, out);
    if (end <= 0 || out->when.unit != WHEN_DAY)
        return end < 0 ? end : DATE_NO;
    out->when.part = plain ? WHEN_WEEK_FROM : (enum when_part)at[i].value;
    return end;
}

/* "next summer" is none that has begun. */
static int32_t next_named(const struct due_source *source, int32_t i, struct due_date *out)
{
    const int32_t end = due_date_core(source, i + 1, out);
    const bool next = source->words->at[i].value == 1;
    if (end > 0 && next && !when_complete(&out->when, WHEN_NOT_BEFORE, source->context + 1))
        return DATE_IMPOSSIBLE;
    return end;
}

int32_t due_date_read(const struct due_source *source, int32_t i, struct due_date *out)
{
    const struct lexeme *at = &source->words->at[i];
    int32_t end = week_of(source, i, out);
    if (end == DATE_NO)
        end = simple_part(source, i, out);
    if (end == DATE_NO)
        end = counted_part(source, i, out);
    if (end == DATE_NO && at->class == CLASS_RELATIVE && at[1].class != CLASS_UNIT &&
        at[1].class != CLASS_YEAR_KIND)
        end = next_named(source, i, out);
    if (end == DATE_NO)
        end = due_date_core(source, i, out);
    if (end == DATE_NO)
        end = due_relative_read(source, i, out);
    return end;
}
