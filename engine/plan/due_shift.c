/* SPDX-License-Identifier: GPL-3.0-or-later
 * What counts from something else: "six months from April 2011", "in six months' time", "over the next year",
 * "3 months after 3A.1". A duration that counts from a thing without a date ("of admission") is left to the
 * caller. */
#include <string.h>

#include "plan/due_parse.h"
#include "plan/due_rate.h"

static bool is_month_end(day date)
{
    return date_to_civil(date + 1).day == 1;
}

/* The date moved by a length; false when it has none itself. */
static bool move_date(const struct due_source *source, struct due_date *date, const struct due_length *length,
                      int32_t sign)
{
    struct when *when = &date->when;
    struct when moved = {.unit = WHEN_SPAN};
    if (!when_complete(when, WHEN_NEXT, source->context) ||
        !when_bounds(when, &moved.earliest, &moved.latest, &moved.precision))
        return false;
    const bool whole_months = moved.precision == DUE_BY_MONTH || moved.precision == DUE_BY_QUARTER;
    if (moved.precision != DUE_BY_DAY && (!whole_months || length->days != 0))
        moved.precision = DUE_BY_RANGE;
    moved.earliest = date_add_months(moved.earliest, sign * length->months) + sign * length->days;
    if (moved.precision == DUE_BY_DAY)
        moved.latest = moved.earliest;
    else if (is_month_end(moved.latest))
        moved.latest = date_month_end(moved.latest, sign * length->months) + sign * length->days;
    else
        moved.latest = date_add_months(moved.latest, sign * length->months) + sign * length->days;
    date->when = moved;
    date->weak = false;
    return true;
}

/* From the context: weeks and days give a day, longer units a month. */
static void from_context(day context, const struct due_length *length, struct due_date *date)
{
    struct when when = {.unit = WHEN_SPAN, .precision = DUE_BY_DAY};
    when.earliest = when.latest = date_add_months(context, length->months) + length->days;
    if (length->months > 0) {
        when.earliest = date_month_start(context, length->months);
        when.latest = date_month_end(context, length->months);
        when.precision = DUE_BY_MONTH;
    }
    *date = (struct due_date){.when = when};
}

int32_t due_reference_read(const struct lexemes *words, int32_t i, char out[DUE_REFERENCE])
{
    const struct str source = words->phrase->source;
    const struct lexeme *first = &words->at[i];
    int32_t k = i;
    bool letter = false, figure = false, dot = false;
    for (; words->at[k].class != CLASS_END && (k == i || words->at[k].from == words->at[k - 1].to); k++)
        if (words->at[k].class == CLASS_MARK && strchr(".-_/", words->at[k].mark) == NULL)
            break;
    while (k > i && words->at[k - 1].class == CLASS_MARK) /* the full stop of a sentence */
        k--;
    if (k == i)
        return 0;
    const int32_t length = words->at[k - 1].to - first->from;
    for (int32_t b = 0; b < length; b++) {
        const char c = source.at[first->from + b];
        letter = letter || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        figure = figure || (c >= '0' && c <= '9');
        dot = dot || c == '.';
        if ((unsigned char)c >= 0x80)
            return 0;
    }
    /* A label in front makes any number a reference. */
    const bool labelled = i > 0 && words->at[i - 1].class == CLASS_LABEL;
    if (length >= DUE_REFERENCE || !figure || !(letter || dot || labelled) || first->ordinal)
        return 0;
    return str_copy((struct str){source.at + first->from, (size_t)length}, out, DUE_REFERENCE) ? k : 0;
}

/* "after", "from", "of": where a duration counts from. */
static bool counts_from(const struct lexeme *at)
{
    return at->class == CLASS_AFTER || at->class == CLASS_FROM || at->class == CLASS_OF ||
           at->class == CLASS_SINCE || at->class == CLASS_BEFORE;
}

static bool from_another(const struct due_source *source, int32_t i, const struct due_length *length,
                         struct due_said *out, struct due_date *date, bool *dated, int32_t *end)
{
    const struct lexeme *at = source->words->at;
    const int32_t sign = at[i].class == CLASS_BEFORE ? -1 : 1;
    int32_t k = due_skip_noise(source->words, i + 1);
    const int32_t found = due_date_read(source, k, date);
    if (found != DATE_NO) {
        *end = found > 0 && move_date(source, date, length, sign) ? found : DATE_IMPOSSIBLE;
        return true;
    }
    while (at[k].class == CLASS_LABEL || at[k].class == CLASS_NOISE || at[k].class == CLASS_DATE_WORD ||
           at[k].class == CLASS_OF)
        k++;
    char after[DUE_REFERENCE];
    k = due_reference_read(source->words, k, after);
    if (k == 0 || sign < 0)
        return false;
    if (out->after[0] == '\0') { /* of several the first */
        memcpy(out->after, after, sizeof after);
        out->after_months = length->months;
        out->after_days = length->days;
    }
    *dated = false;
    *end = k;
    return true;
}

bool due_shift_read(const struct due_source *source, int32_t i, struct due_said *out, struct due_date *date,
                    bool *dated, int32_t *end)
{
    const struct lexeme *at = source->words->at;
    struct due_length length = {0};
    const int32_t behind = due_length_read(source->words, i, &length);
    if (behind == 0)
        return false;
    *date = (struct due_date){0};
    *dated = true;
    if (length.months == 0 && length.days == 0)
        return false;
    const bool now = at[behind].class == CLASS_IMMEDIATE && at[behind].value == 1;
    if (at[behind].class == CLASS_TIME || now ||
        (i == 1 && at[0].class == CLASS_IN && !counts_from(&at[behind]))) {
        from_context(source->context, &length, date);
        *end = at[behind].class == CLASS_TIME || now ? behind + 1 : behind;
        return true;
    }
    if (i > 0 && at[i - 1].class == CLASS_RELATIVE && at[i - 1].value == 1) { /* "over the next 6 months" */
        *date = (struct due_date){.weak = true};
        date->when = (struct when){.unit = WHEN_SPAN, .precision = DUE_BY_RANGE, .earliest = source->context};
        date->when.latest = date_add_months(source->context, length.months) + length.days;
        *end = behind;
        return true;
    }
    /* "two weeks of October" is no distance, "within two weeks of 1 October" is */
    if (at[behind].class == CLASS_OF && (i == 0 || at[i - 1].class != CLASS_WITHIN))
        return false;
    return counts_from(&at[behind]) && from_another(source, behind, &length, out, date, dated, end);
}
