/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the phrase says becomes one due: dates that no longer count go, missing years are found, the rest is
 * put together, and the states decide the kind. */
#include "plan/due.h"

#include <string.h>

#include "plan/due_parse.h"

enum { FIRST_CONTEXT = 1901, LAST_CONTEXT = 2198 };

static const char *const kind_names[DUE_KIND_COUNT] = {
#define DUE_KIND(member, name, words) name,
#include "plan/due_kind.def"
#undef DUE_KIND
};
static const char *const precision_names[DUE_PRECISION_COUNT] = {
#define DUE_PRECISION(member, name, words) name,
#include "plan/due_precision.def"
#undef DUE_PRECISION
};

const char *due_kind_name(enum due_kind kind)
{
    bug_if((unsigned)kind >= DUE_KIND_COUNT);
    return kind_names[kind];
}

const char *due_precision_name(enum due_precision precision)
{
    bug_if((unsigned)precision >= DUE_PRECISION_COUNT);
    return precision_names[precision];
}

/* Keeps the dates for which `keep` holds. */
static void keep_dates(struct due_said *said, const bool keep[DUE_DATES])
{
    int32_t n = 0;
    for (int32_t i = 0; i < said->n_dates; i++) {
        if (!keep[i])
            continue;
        said->dates[n] = said->dates[i];
        said->dates[n].ranged = said->dates[n].ranged && n > 0;
        n++;
    }
    said->n_dates = n;
}

static bool is_title(const struct said_date *said)
{
    return said->date.when.unit == WHEN_YEAR && said->date.when.part == WHEN_WHOLE;
}

static bool in_range(const struct due_said *said, int32_t i)
{
    return said->dates[i].ranged || (i + 1 < said->n_dates && said->dates[i + 1].ranged);
}

/* A revised date governs, a former one goes, a date said in passing gives way to others. */
static void drop_superseded(struct due_said *said)
{
    bool keep[DUE_DATES] = {false};
    bool revised = false, current = false, strong = false;
    for (int32_t i = 0; i < said->n_dates; i++) {
        struct said_date *date = &said->dates[i];
        const bool alone = i + 1 == said->n_dates || !said->dates[i + 1].ranged;
        if (date->revised && date->relation == DUE_REL_FROM && alone) { /* "slipped from Sept 2012" */
            date->revised = false;
            date->former = true;
        }
        revised = revised || said->dates[i].revised;
        current = current || !said->dates[i].former;
    }
    for (int32_t i = 0; i < said->n_dates; i++) {
        const struct said_date *date = &said->dates[i];
        /* "revised from March to June": June */
        const bool from = date->revised && date->relation == DUE_REL_FROM && i + 1 < said->n_dates &&
                          said->dates[i + 1].ranged;
        keep[i] = (!revised || date->revised) && (!current || !date->former) && !from;
    }
    keep_dates(said, keep);
    for (int32_t i = 0; i < said->n_dates; i++)
        strong = strong || !said->dates[i].date.weak;
    for (int32_t i = 0; i < said->n_dates; i++)
        keep[i] = !strong || !said->dates[i].date.weak || in_range(said, i);
    keep_dates(said, keep);
}

/* A year beside a finer date is the name of a plan ("Strategy 2010-13: draft by June"); it says which June
 * when nothing else does. */
static bool drop_titles(struct due_said *said)
{
    bool keep[DUE_DATES] = {false};
    bool finer = false;
    struct when title = {0};
    day earliest = DAY_NONE, latest = DAY_NONE;
    enum due_precision precision;
    for (int32_t i = 0; i < said->n_dates; i++)
        finer = finer || !is_title(&said->dates[i]);
    for (int32_t i = 0; i < said->n_dates; i++) {
        keep[i] = !finer || !is_title(&said->dates[i]) || in_range(said, i);
        if (!keep[i])
            title = said->dates[i].date.when;
    }
    keep_dates(said, keep);
    if (title.year == WHEN_NO_YEAR)
        return true;
    if (!when_bounds(&title, &earliest, &latest, &precision))
        return false;
    for (int32_t i = 0; i < said->n_dates; i++)
        if (!when_complete(&said->dates[i].date.when, WHEN_NOT_BEFORE, earliest))
            return false;
    return true;
}

static bool has_year(const struct when *when)
{
    return when->unit == WHEN_SPAN || when->year != WHEN_NO_YEAR;
}

/* The rule for a year that no other date of the phrase gives. */
static bool complete_alone(struct said_date *said, bool ranged, day context)
{
    struct when *when = &said->date.when;
    if (when->unit == WHEN_QUARTER) {
        when->year = when->last_year = date_financial_year(context) - 1;
        return true;
    }
    if (said->past && !ranged)
        return when_complete(when, WHEN_NOT_AFTER, context); /* "launched in April" */
    const bool recent =
        when->unit == WHEN_DAY && !ranged && said->relation != DUE_REL_BY && said->relation != DUE_REL_BEFORE;
    return when_complete(when, recent ? WHEN_RECENT : WHEN_NEXT, context);
}

/* Dates that belong together in their order: a range, or months side by side ("Jul/Aug"). */
static bool is_one_stretch(const struct due_said *said)
{
    for (int32_t i = 1; i < said->n_dates; i++) {
        const struct when *a = &said->dates[i - 1].date.when, *b = &said->dates[i].date.when;
        const bool side_by_side = a->unit == b->unit && (a->unit == WHEN_MONTH || a->unit == WHEN_DAY) &&
                                  (b->month - a->month + 12) % 12 <= 1;
        if (!said->dates[i].ranged && !side_by_side)
            return false;
    }
    return true;
}

/* "April and October": the next of each. */
static bool complete_each(struct due_said *said, day context)
{
    for (int32_t i = 0; i < said->n_dates; i++)
        if (!complete_alone(&said->dates[i], true, context))
            return false;
    return true;
}

/* When no date has a year the last is found from the context. The first date without a year then takes it
 * from the first behind it that has one, later ones from the one before them. */
static bool complete_dates(struct due_said *said, day context)
{
    enum due_precision precision;
    day earliest = DAY_NONE, latest = DAY_NONE;
    bool any = false;
    for (int32_t i = 0; i < said->n_dates; i++)
        any = any || has_year(&said->dates[i].date.when);
    if (!any && !is_one_stretch(said))
        return complete_each(said, context);
    if (!any && said->n_dates > 0 &&
        !complete_alone(&said->dates[said->n_dates - 1], said->n_dates > 1, context))
        return false;
    for (int32_t i = 0; i < said->n_dates; i++) {
        struct when *when = &said->dates[i].date.when;
        int32_t other = i > 0 ? i - 1 : i + 1;
        if (has_year(when))
            continue;
        while (i == 0 && !has_year(&said->dates[other].date.when))
            other++;
        if (!when_bounds(&said->dates[other].date.when, &earliest, &latest, &precision) ||
            !when_complete(when, i > 0 ? WHEN_NOT_BEFORE : WHEN_NOT_AFTER, earliest))
            return false;
    }
    return true;
}

/* First and last day of all dates together; false when one does not exist, or a range runs backwards. */
static bool join_dates(const struct due_said *said, struct due *due)
{
    day until = DAY_NONE; /* end of the date before */
    bool open = false;
    for (int32_t i = 0; i < said->n_dates; i++) {
        const struct said_date *date = &said->dates[i];
        enum due_precision precision = DUE_BY_NONE;
        day earliest = DAY_NONE, latest = DAY_NONE;
        if (!when_bounds(&date->date.when, &earliest, &latest, &precision))
            return false;
        if (date->ranged && latest < until)
            return false;
        if (date->relation == DUE_REL_BEFORE && date->date.when.part != WHEN_END) {
            earliest = latest = earliest - 1;
            precision = DUE_BY_DAY;
        } else if (date->relation == DUE_REL_AFTER) {
            earliest = latest = latest + 1;
            open = said->n_dates == 1;
        }
        until = earliest;
        if (i == 0 || (earliest <= due->earliest && latest >= due->latest)) {
            *due = (struct due){
                .earliest = earliest, .latest = latest, .precision = precision, .kind = due->kind};
            continue;
        }
        due->precision = earliest >= due->earliest && latest <= due->latest ? due->precision : DUE_BY_RANGE;
        due->earliest = earliest < due->earliest ? earliest : due->earliest;
        due->latest = latest > due->latest ? latest : due->latest;
    }
    if (open)
        due->latest = DAY_NONE;
    return true;
}

/* A state with dates is done when they have come, or when it says so without doubt. */
static bool is_done(const struct due_said *said, const struct due *due, day context)
{
    const struct said_date *last = said->n_dates > 0 ? &said->dates[said->n_dates - 1] : NULL;
    if (said->future || said->condition)
        return false;
    if (last == NULL)
        return said->finished || said->stands;
    const bool by = last->relation == DUE_REL_BY || last->relation == DUE_REL_BEFORE;
    if (said->finished)
        return !by || due->latest <= context;
    day earliest = DAY_NONE, latest = DAY_NONE;
    enum due_precision precision;
    return (said->stands || last->past) && !by &&
           when_bounds(&last->date.when, &earliest, &latest, &precision) && earliest <= context;
}

/* Dates alone: due, but for periods that say what was or what something is called. */
static enum due_kind kind_of_dates(const struct due_said *said, const struct due *due, day context)
{
    const struct said_date *first = &said->dates[0];
    const bool stretch = first->date.when.unit == WHEN_YEAR && first->date.full_years;
    const bool years =
        first->date.when.unit == WHEN_YEAR && first->date.when.last_year > first->date.when.year;
    const bool over = due->latest != DAY_NONE && due->latest < context;
    const bool bare =
        said->n_dates == 1 && first->relation == DUE_REL_NONE && first->date.when.part == WHEN_WHOLE;
    if (said->as_at)
        return DUE_NONE;
    if (over && ((first->between && said->n_dates == 2) || (bare && (years || stretch))))
        return DUE_DONE;                                   /* "between 1/1/12 and 30/6/12", "2008-11" */
    return bare && stretch && !years ? DUE_NONE : DUE_DUE; /* "2011 - 2012" is a plan's name */
}

static bool has_begun(const struct due_said *said, const struct due *due, day context)
{
    return said->begun && !said->future && !said->stands && (said->n_dates == 0 || due->earliest <= context);
}

/* The kind, and the rate where it recurs. False when the phrase says nothing. */
static bool decide(const struct due_said *said, day context, struct due *due)
{
    const bool lasting = said->n_dates > 0 && (said->dates[0].relation == DUE_REL_FROM ||
                                               said->dates[0].relation == DUE_REL_UNTIL);
    const bool rates = said->rates && (!said->adjective || said->n_dates == 0 || lasting || said->ongoing);
    if (rates) {
        due->kind = DUE_RECURRING;
        due->precision = said->rate;
    } else if (said->ongoing || has_begun(said, due, context)) {
        due->kind = DUE_ONGOING;
    } else if (is_done(said, due, context)) {
        due->kind = DUE_DONE;
    } else if (said->n_dates > 0) {
        due->kind = kind_of_dates(said, due, context);
    } else if (said->after[0] != '\0') {
        due->kind = DUE_DUE;
    } else if (said->immediate) {
        due->kind = DUE_IMMEDIATE;
    } else {
        due->kind = DUE_NONE;
        return said->unset || said->condition || said->duration || said->begun || said->finished ||
               said->stands || said->as_at || said->future || !said->words;
    }
    return true;
}

bool due_read(struct str phrase, day context, struct due *out)
{
    struct phrase cut;
    struct lexemes words;
    struct due_said said;
    struct due due = {.earliest = DAY_NONE, .latest = DAY_NONE, .precision = DUE_BY_NONE};
    if (context < date_from_civil(FIRST_CONTEXT, 1, 1) || context > date_from_civil(LAST_CONTEXT, 12, 31) ||
        !phrase_cut(phrase, &cut))
        return false;
    due_words_name(&cut, &words);
    const struct due_source source = {&words, context};
    if (!due_parse(&source, &said))
        return false;
    drop_superseded(&said);
    if (!drop_titles(&said) || !complete_dates(&said, context) || !join_dates(&said, &due) ||
        !decide(&said, context, &due))
        return false;
    if (due.kind == DUE_DUE || due.kind == DUE_RECURRING || due.kind == DUE_ONGOING) {
        memcpy(due.after, said.after, sizeof due.after);
        due.after_months = said.after_months;
        due.after_days = said.after_days;
    }
    *out = due;
    return true;
}
