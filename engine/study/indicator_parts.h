/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/indicator_parts.h, internal to study/indicator: how one measure is counted.
 *
 * Ownership: nothing is allocated; everything is borrowed for the call. */
#ifndef TURNCURVE_STUDY_INDICATOR_PARTS_H
#define TURNCURVE_STUDY_INDICATOR_PARTS_H

#include "data/counts.h"
#include "data/measures_file.h"
#include "data/outcomes.h"
#include "data/population.h"
#include "study/indicator.h"

enum {
    INDICATOR_EVERYWHERE = -1,
    INDICATOR_NOWHERE = -2
}; /* instead of a locality: all; not in the returns */

/* For whom and for what days a measure is counted. */
struct indicator_scope {
    const struct indicator_source *source;
    day first, last;
    int32_t locality; /* index of history.localities, or INDICATOR_EVERYWHERE */
};
/* What a measure counts into. */
struct indicator_tally {
    double numerator, denominator;
    double mean, squares; /* of values */
    bool is_unknown;      /* the columns it needs were never filled */
};

/* One more event. */
static inline void tally_one(struct indicator_tally *tally)
{
    tally->numerator++;
}
/* One more child of the denominator, and of the numerator when it is one. */
static inline void tally_of(struct indicator_tally *tally, bool is_one)
{
    tally->denominator++;
    tally->numerator += is_one;
}
/* One more value of a mean (Welford's running mean and squares). */
static inline void tally_value(struct indicator_tally *tally, double value)
{
    tally->denominator++;
    tally->numerator += value;
    const double step = value - tally->mean;
    tally->mean += step / tally->denominator;
    tally->squares += step * (value - tally->mean);
}

/* The home of the segment's child lies in the locality. */
static inline bool scope_has(const struct indicator_scope *scope, const struct segment *segment)
{
    return scope->locality == INDICATOR_EVERYWHERE || segment->locality == scope->locality;
}
/* The day lies in the time. */
static inline bool scope_includes(const struct indicator_scope *scope, day date)
{
    return date >= scope->first && date <= scope->last;
}
/* The day lies in [start, end). */
static inline bool is_covered(day start, day end, day date)
{
    return start <= date && date < end;
}

/* The segment in which a child is on a day; NULL when not in care. */
const struct segment *indicator_segment_on(const struct history *history, int32_t child, day date);
static inline const struct segment *first_segment(const struct history *history, const struct spell *spell)
{
    return &history->segments[spell->first_segment];
}
static inline const struct segment *last_segment(const struct history *history, const struct spell *spell)
{
    return &history->segments[spell->first_segment + spell->n_segments - 1];
}

/* How each measure of indicator.def counts. */
typedef void indicator_counter(const struct indicator_scope *scope, struct indicator_tally *tally);
#define INDICATOR(function, name, title, unit, decimals, question, polarity, kind, period, months, table,    \
                  dispersion, definition)                                                                    \
    indicator_counter indicator_##function;
#include "study/indicator.def"
#undef INDICATOR

/* A row of indicator.def. */
struct indicator_spec {
    const char *name, *title, *unit, *definition;
    enum indicator_question question;
    enum indicator_polarity polarity;
    enum indicator_kind kind;
    enum indicator_period period;
    enum return_table table;
    int32_t decimals, months;
    double dispersion;
    indicator_counter *count;
};

/* The days that a figure of a window is about. */
void indicator_times(enum indicator_period period, day first, day last, day *from, day *to);
/* The window so many months earlier. */
static inline day window_back(day date, int32_t months)
{
    const bool is_last = date_month_end(date, 0) == date;
    return is_last ? date_month_end(date, -months) : date_month_start(date, -months);
}
/* The figure of a measure in a window. locality as in struct indicator_scope, or INDICATOR_NOWHERE. */
struct indicator_figure indicator_figure_of(const struct indicator_source *source,
                                            const struct indicator_spec *spec, int32_t locality, day first,
                                            day last);

/* Direction, change and p of an indicator whose figures are there. dispersion of counts. */
void indicator_compare(struct indicator *indicator, double dispersion);
/* The same for a stock: moved is how many came and went in the year between, entries and exits together. */
void indicator_compare_stock(struct indicator *indicator, double moved, double dispersion);
/* Trend over the windows of a measure whose figures do not overlap; ERR_MEMORY. */
bool indicator_find_trend(struct indicator *indicator, struct err *err);
/* How many times months vary more than chance: of the 24 months up to the window, or the rows of the file;
 * the measure's own where fewer than twelve are known. */
double indicator_dispersion(const struct indicator_source *source, const struct indicator_spec *spec,
                            int32_t locality, day last);
/* Chance and status of an indicator with a target. */
void indicator_judge(struct indicator *indicator, double dispersion, const struct indicator_rule *rule);
/* Adds what the measures file has: targets to measures of the returns, and measures of its own. */
bool indicator_add_measures(const struct indicator_source *source, const char *locality,
                            const struct indicator_rule *rule, bool all, struct indicator_set *set,
                            struct err *err);
/* Room for one more measure, zeroed. */
struct indicator *indicator_add(struct indicator_set *set, struct err *err);
/* "April to June 2026", "30 Jun 2026", .. . */
void indicator_say_when(enum indicator_period period, day first, day last, char out[INDICATOR_WHEN]);

#endif
