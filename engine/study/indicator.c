/* SPDX-License-Identifier: GPL-3.0-or-later
 * One figure is a function of the source and of days; a measure is that function now, a year earlier and in
 * the windows before, for its sparkline. */
#include "study/indicator.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "numeric/change.h"
#include "study/indicator_parts.h"

enum { YEAR_MONTHS = 12 };
static const double per_cent = 100, per_10000 = 10000;

const struct indicator_rule indicator_rule_default = {
    .on_course = .8, .at_risk = .4, .least = 5, .points = 8};

static const struct indicator_spec specs[] = {
#define INDICATOR(function, name, title, unit, decimals, question, polarity, kind, period, months, table,    \
                  dispersion, definition)                                                                    \
    {name,                                                                                                   \
     title,                                                                                                  \
     unit,                                                                                                   \
     definition,                                                                                             \
     INDICATOR_##question,                                                                                   \
     INDICATOR_##polarity,                                                                                   \
     INDICATOR_##kind,                                                                                       \
     INDICATOR_##period,                                                                                     \
     TABLE_##table,                                                                                          \
     decimals,                                                                                               \
     months,                                                                                                 \
     dispersion,                                                                                             \
     indicator_##function},
#include "study/indicator.def"
#undef INDICATOR
};
enum { N_SPECS = sizeof specs / sizeof specs[0] };

void indicator_set_free(struct indicator_set *set)
{
    free(set->list);
    arena_free(&set->texts);
    *set = (struct indicator_set){0};
}

struct indicator *indicator_add(struct indicator_set *set, struct err *err)
{
    if (!vec_reserve((void **)&set->list, &set->capacity, set->n + 1, sizeof *set->list, err))
        return NULL;
    struct indicator *const added = &set->list[set->n++];
    *added = (struct indicator){.p = NAN,
                                .change = NAN,
                                .trend_p = NAN,
                                .trend_slope = NAN,
                                .target = NAN,
                                .chance = NAN,
                                .scale = 1,
                                .why = ""};
    return added;
}

static struct indicator *find(const struct indicator_set *set, const char *name)
{
    for (size_t i = 0; i < set->n; i++)
        if (strcmp(set->list[i].name, name) == 0)
            return &set->list[i];
    return NULL;
}

const struct indicator *indicator_find(const struct indicator_set *set, const char *name)
{
    return find(set, name);
}

/* ---- one figure -------------------------------------------------------------------------------------- */

void indicator_times(enum indicator_period period, day first, day last, day *from, day *to)
{
    *from = first;
    *to = last;
    if (period == INDICATOR_POINT)
        *from = last;
    if (period == INDICATOR_YEAR)
        *from = date_month_start(last, 1 - YEAR_MONTHS);
    if (period == INDICATOR_RETURN) {
        const int32_t year = date_financial_year(last);
        *to = date_year_end(date_year_end(year) == last ? year : year - 1);
        *from = date_month_start(*to, 1 - YEAR_MONTHS);
    }
}

static enum indicator_state state_of(const struct indicator_source *source, const struct indicator_spec *spec,
                                     int32_t locality, day from, day to)
{
    const struct history *history = source->history;
    const day earliest = spec->period == INDICATOR_WINDOW ? from : date_month_end(to, -spec->months) + 1;
    if (locality == INDICATOR_NOWHERE || (spec->kind == INDICATOR_RATE && locality != INDICATOR_EVERYWHERE))
        return INDICATOR_NOT_BY_LOCALITY;
    if (history == NULL)
        return INDICATOR_NOT_IN_RETURNS;
    if (to > history->end)
        return INDICATOR_NOT_YET;
    if (earliest < history->start)
        return INDICATOR_NOT_OBSERVED;
    if (spec->table != TABLE_EPISODES &&
        (source->outcomes == NULL || !outcomes_cover(source->outcomes, spec->table, from, to)))
        return INDICATOR_NOT_IN_RETURNS;
    if (spec->kind == INDICATOR_RATE && source->population == NULL)
        return INDICATOR_NOT_GIVEN;
    return INDICATOR_KNOWN;
}

static double scale_of(enum indicator_kind kind)
{
    return kind == INDICATOR_SHARE ? per_cent : kind == INDICATOR_RATE ? per_10000 : 1;
}

static void set_limits(struct indicator_figure *figure, enum indicator_kind kind, double mean)
{
    struct interval limits = {NAN, NAN};
    if (kind == INDICATOR_COUNT)
        limits = interval_count(llround(figure->numerator));
    if (kind == INDICATOR_SHARE)
        limits = interval_share(llround(figure->numerator), llround(figure->denominator));
    if (kind == INDICATOR_MEAN)
        limits = change_mean_limits((struct change_sample){figure->denominator, mean, figure->deviations});
    figure->low = limits.low * (kind == INDICATOR_SHARE ? per_cent : 1);
    figure->high = limits.high * (kind == INDICATOR_SHARE ? per_cent : 1);
}

struct indicator_figure indicator_figure_of(const struct indicator_source *source,
                                            const struct indicator_spec *spec, int32_t locality, day first,
                                            day last)
{
    struct indicator_figure figure = {
        .numerator = NAN, .denominator = NAN, .value = NAN, .low = NAN, .high = NAN};
    indicator_times(spec->period, first, last, &figure.first, &figure.last);
    figure.state = state_of(source, spec, locality, figure.first, figure.last);
    if (figure.state != INDICATOR_KNOWN)
        return figure;
    const struct indicator_scope scope = {source, figure.first, figure.last, locality};
    struct indicator_tally tally = {0};
    spec->count(&scope, &tally);
    const bool has_denominator =
        spec->kind == INDICATOR_SHARE || spec->kind == INDICATOR_MEAN || spec->kind == INDICATOR_RATE;
    if (tally.is_unknown)
        figure.state = INDICATOR_NOT_IN_RETURNS;
    else if (has_denominator && !(tally.denominator > 0))
        figure.state = spec->kind == INDICATOR_RATE ? INDICATOR_NOT_GIVEN : INDICATOR_NOBODY;
    if (tally.is_unknown)
        return figure;
    figure.numerator = tally.numerator;
    if (has_denominator)
        figure.denominator = tally.denominator;
    if (figure.state != INDICATOR_KNOWN)
        return figure;
    figure.value =
        has_denominator ? scale_of(spec->kind) * tally.numerator / tally.denominator : tally.numerator;
    figure.deviations = tally.squares;
    set_limits(&figure, spec->kind, tally.mean);
    return figure;
}

/* ---- a measure --------------------------------------------------------------------------------------- */

static int32_t months_of(day first, day last)
{
    return date_month_index(last) - date_month_index(first) + 1;
}

static void fill_spark(const struct indicator_source *source, const struct indicator_spec *spec,
                       int32_t locality, day first, day last, struct indicator *out)
{
    const int32_t step = spec->period == INDICATOR_RETURN ? YEAR_MONTHS : months_of(first, last);
    for (int32_t i = 0; i < INDICATOR_SPARK; i++) {
        const int32_t back = step * (INDICATOR_SPARK - 1 - i);
        out->spark[i] =
            indicator_figure_of(source, spec, locality, window_back(first, back), window_back(last, back))
                .value;
        out->n_known += !isnan(out->spark[i]);
    }
}

static const char *source_words(enum return_table table)
{
    switch (table) {
    case TABLE_OC2:
        return "SSDA903 oc2 and episodes";
    case TABLE_OC3:
        return "SSDA903 oc3";
    case TABLE_AD1:
        return "SSDA903 ad1 and episodes";
    case TABLE_REVIEWS:
        return "SSDA903 reviews and episodes";
    case TABLE_MISSING:
        return "SSDA903 missing and episodes";
    case TABLE_HEADER:
    case TABLE_EPISODES:
    case TABLE_UASC:
    case TABLE_PLACED_ADOPTION:
    case TABLE_PREVIOUS_PERMANENCE:
    case TABLE_SW_EPISODES:
    case TABLE_DOLO:
    case TABLE_COUNT:
        break;
    }
    return "SSDA903 episodes";
}

/* What moved the stock in the twelve months, and how much more entries vary than chance lets them. */
static void compare_stock(const struct indicator_source *source, int32_t locality, struct indicator *out)
{
    const day last = out->now.last;
    const day first = date_month_start(last, 1 - YEAR_MONTHS);
    if (out->now.state != INDICATOR_KNOWN || out->previous.state != INDICATOR_KNOWN)
        return;
    double moved = 0;
    for (size_t i = 0; i < N_SPECS; i++)
        if (specs[i].count == indicator_entries || specs[i].count == indicator_exits)
            moved += indicator_figure_of(source, &specs[i], locality, first, last).numerator;
    for (size_t i = 0; i < N_SPECS; i++)
        if (specs[i].count == indicator_entries)
            indicator_compare_stock(out, moved, indicator_dispersion(source, &specs[i], locality, last));
}

static void describe(const struct indicator_spec *spec, struct indicator *out)
{
    out->name = spec->name;
    out->title = spec->title;
    out->unit = spec->unit;
    out->definition = spec->definition;
    out->source = source_words(spec->table);
    out->question = spec->question;
    out->polarity = spec->polarity;
    out->kind = spec->kind;
    out->period = spec->period;
    out->computed = true;
    out->decimals = spec->decimals;
    out->scale = scale_of(spec->kind);
}

bool indicator_described(size_t i, struct indicator *out)
{
    *out = (struct indicator){.locality = "", .why = ""};
    if (i >= N_SPECS)
        return false;
    describe(&specs[i], out);
    return true;
}

static bool add_computed(const struct indicator_source *source, const struct indicator_spec *spec,
                         int32_t locality, const char *name, bool all, struct indicator_set *set,
                         struct err *err)
{
    const day first = set->first;
    const day last = set->last;
    const struct indicator_figure now = indicator_figure_of(source, spec, locality, first, last);
    const struct indicator_figure previous = indicator_figure_of(
        source, spec, locality, window_back(first, YEAR_MONTHS), window_back(last, YEAR_MONTHS));
    if (!all && now.state != INDICATOR_KNOWN && previous.state != INDICATOR_KNOWN)
        return true;
    struct indicator *const out = indicator_add(set, err);
    if (out == NULL)
        return false;
    describe(spec, out);
    out->locality = name;
    out->now = now;
    out->previous = previous;
    indicator_say_when(spec->period, now.first, now.last, out->when);
    fill_spark(source, spec, locality, first, last, out);
    if (spec->kind == INDICATOR_STOCK || spec->kind == INDICATOR_RATE)
        compare_stock(source, locality, out);
    else
        indicator_compare(out, indicator_dispersion(source, spec, locality, last));
    return indicator_find_trend(out, err);
}

/* ---- safely ------------------------------------------------------------------------------------------ */

static bool rises(const struct indicator_set *set, const char *name)
{
    const struct indicator *indicator = find(set, name);
    return indicator != NULL &&
           (indicator->direction == INDICATOR_RISING || indicator->direction == INDICATOR_PROBABLY_RISING);
}

/* Fewer children in care are good news only when they do not come back. */
static void guard(struct indicator_set *set)
{
    static const char *const guarded[] = {"stock", "rate"};
    if (!rises(set, "readmissions") && !rises(set, "readmitted_6") && !rises(set, "readmitted_12"))
        return;
    for (size_t i = 0; i < sizeof guarded / sizeof guarded[0]; i++) {
        struct indicator *indicator = find(set, guarded[i]);
        if (indicator == NULL)
            continue;
        indicator->is_guarded = true;
        if (indicator->status == INDICATOR_ON_COURSE) {
            indicator->status = INDICATOR_AT_RISK;
            indicator->why = "more children come back into care";
        }
    }
}

void indicator_set_chance(struct indicator_set *set, const char *name, double target, double chance,
                          const struct indicator_rule *rule)
{
    struct indicator *const indicator = find(set, name);
    if (indicator == NULL)
        return;
    indicator->target = target;
    indicator->chance = chance;
    indicator->why = "";
    indicator->status = isnan(chance)               ? INDICATOR_NO_STATUS
                        : chance >= rule->on_course ? INDICATOR_ON_COURSE
                        : chance >= rule->at_risk   ? INDICATOR_AT_RISK
                                                    : INDICATOR_OFF_COURSE;
    guard(set);
}

/* ---- a window ---------------------------------------------------------------------------------------- */

/* The index of a locality; the whole authority for none, nowhere when the returns do not know it. */
static int32_t locality_of(const struct indicator_source *source, const char *locality)
{
    if (locality == NULL || locality[0] == '\0')
        return INDICATOR_EVERYWHERE;
    for (size_t i = 0; source->history != NULL && i < source->history->n_localities; i++)
        if (str_equal_ignore_case(str_of(source->history->localities[i]), str_of(locality)))
            return (int32_t)i;
    return INDICATOR_NOWHERE;
}

bool indicator_compute(const struct indicator_source *source, day first, day last, const char *locality,
                       const struct indicator_rule *rule, bool all, struct indicator_set *out,
                       struct err *err)
{
    bug_if(date_month_start(first, 0) != first || date_month_end(last, 0) != last || last < first ||
           months_of(first, last) > YEAR_MONTHS);
    const int32_t at = locality_of(source, locality);
    *out = (struct indicator_set){.first = first, .last = last};
    const char *const name = arena_copy(&out->texts, str_of(locality), err);
    bool ok = name != NULL;
    for (size_t i = 0; ok && i < N_SPECS; i++)
        ok = add_computed(source, &specs[i], at, name, all, out, err);
    ok = ok && indicator_add_measures(source, name, rule, all, out, err);
    if (!ok) {
        indicator_set_free(out);
        return false;
    }
    for (size_t k = 0; k < N_SPECS; k++) {
        struct indicator *const computed = find(out, specs[k].name);
        if (computed != NULL && computed->computed && !isnan(computed->target))
            indicator_judge(computed, indicator_dispersion(source, &specs[k], at, last), rule);
    }
    guard(out);
    return true;
}

day indicator_last_day(const struct indicator_source *source)
{
    day last = source->history != NULL ? source->history->end : DAY_NONE;
    for (size_t i = 0; source->measures != NULL && i < source->measures->n; i++)
        last = source->measures->items[i].end > last ? source->measures->items[i].end : last;
    return last;
}
