/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/learned.h: what a model can tell of its fit: rates, how well they fit, levels through time, facts,
 * words.
 *
 * Ownership: a struct learned owns its rows; texts in them are constants or live in its arena; learned_free
 * releases it. Tables are the caller's, freed by table_free, also after a failure.
 *
 * The rows of a process are a partition: their occurrences add up to its events. Changes of placement alone
 * are told twice, once by age and time in care with an empty `to`, once by where they went, over all times in
 * care. An empty text is "all of them". */
#ifndef TURNCURVE_SIM_LEARNED_H
#define TURNCURVE_SIM_LEARNED_H

#include "base/arena.h"
#include "base/table.h"

enum learned_process {
    LEARNED_EXIT,            /* from = placement, to = route out; a child-year */
    LEARNED_MOVE,            /* changing from one placement into another; a child-year */
    LEARNED_ENTRY,           /* to = first placement; a year of the authority */
    LEARNED_ENTRY_PER_10000, /* the same, without unaccompanied children, by 10,000 children who live there */
    LEARNED_ENTRY_UASC,      /* in checks and levels only: unaccompanied children apart */
    LEARNED_RETURN,          /* duration = time since leaving; a child-year away */
    LEARNED_PROCESSES
};
/* "exit", "move", "entry", "entry_per_10000", "entry_uasc", "return". */
const char *learned_process_name(enum learned_process process);

struct learned_rate {
    enum learned_process process;
    const char *from, *to, *age, *duration; /* as in files; "" all. Rows with the same from, age and duration
                                               share their child-years and stand together */
    double occurrences;                     /* events seen */
    double child_years;                     /* in which they could happen; of entries: years */
    double rate, low, high;                 /* events a child-year; 95 % limits */
    double borrowed;                        /* share of the estimate that comes from parents, 0..1 */
};

enum learned_dimension {
    LEARNED_BY_AGE,
    LEARNED_BY_PLACEMENT,
    LEARNED_BY_TIME_IN_CARE,
    LEARNED_BY_TIME_IN_PLACEMENT,
    LEARNED_BY_TIME_SINCE_LEAVING,
    LEARNED_BY_ROUTE,
    LEARNED_BY_YEAR, /* financial; expected at rates that do not wander */
    LEARNED_BY_MONTH /* expected a month ahead, as the levels then were */
};
/* "age", "placement", "time_in_care", .., "financial_year", "month". */
const char *learned_dimension_name(enum learned_dimension dimension);

struct learned_check {
    enum learned_process process;
    enum learned_dimension dimension;
    const char *group;
    double observed, expected;
    double residual; /* learned_residual; NaN where nothing was expected */
};

/* The level of a process in a month: 1 is the average of the years learned from. */
struct learned_month {
    enum learned_process process;
    day end;                   /* the month's last day */
    double observed, expected; /* expected at level 1 */
    double level, sd;          /* known at the month's end; sd of its logarithm */
    double low, high;          /* 8 in 10 */
};

struct learned_fact {
    const char *name; /* "exit_events" */
    double value;
    const char *unit, *words;
};

enum learned_topic {
    LEARNED_GIVEN,    /* what the model was given */
    LEARNED_BORROWED, /* what is borrowed, and from whom */
    LEARNED_WANDERS,  /* what wanders, and how far */
    LEARNED_UNKNOWN,  /* what it cannot know */
    LEARNED_NOT_FOR,  /* when not to use it */
    LEARNED_TOPICS
};
struct learned_note {
    enum learned_topic topic;
    const char *words; /* a sentence for people */
};

struct learned {
    struct learned_rate *rates;
    size_t n_rates, rates_capacity;
    struct learned_check *checks;
    size_t n_checks, checks_capacity;
    struct learned_month *months; /* by process, then month */
    size_t n_months, months_capacity;
    struct learned_fact *facts;
    size_t n_facts, facts_capacity;
    struct learned_note *notes;
    size_t n_notes, notes_capacity;
    day from, to; /* the days learned from */
    struct arena texts;
};
void learned_free(struct learned *learned);

/* Each appends a row; texts are borrowed, so constants or of learned->texts. */
bool learned_add_rate(struct learned *learned, const struct learned_rate *rate, struct err *err);
bool learned_add_check(struct learned *learned, const struct learned_check *check, struct err *err);
bool learned_add_month(struct learned *learned, const struct learned_month *month, struct err *err);
bool learned_add_fact(struct learned *learned, const char *name, double value, const char *unit,
                      const char *words, struct err *err);
/* words NULL is a failure of its making, passed on. */
bool learned_add_note(struct learned *learned, enum learned_topic topic, const char *words, struct err *err);

/* 95 % limits of a rate whose posterior is a gamma with that mean and a shape (the events that it rests on).
 * Example: shape 1 is the exponential: .0253178 and 3.6888795 times the mean. */
void learned_limits(double rate, double shape, double *low, double *high);
/* Pearson's residual (observed - expected) / sqrt(variance); the variance is that of the model, its
 * dispersion times expected and, where a level is not known, what that adds. NaN when variance is not above
 * 0. */
double learned_residual(double observed, double expected, double variance);

/* The rates that match: each text of `which` is NULL (any, summed) or must be equal. *out has the texts of
 * which ("" for NULL), the events and child-years of all, the rate that the model gives them together, limits
 * of a gamma with as many events and half a one (Jeffreys' prior: what the sum's own events say), and the
 * borrowed share by expected events. Of changes of placement, a NULL `to` stands for rows without one. False
 * when no row matches. Example: exits from in-house foster care by any route, age and time in care. */
bool learned_sum(const struct learned *learned, const struct learned_rate *which, struct learned_rate *out);
/* First and last day of a duration: "0-27d" is 0 and 27, "1460d+" 1460 and DAY_OPEN. False for "unknown" and
 * "".
 */
bool learned_duration(const char *duration, int32_t *first, int32_t *last);
/* The fact's value, NaN when there is none of the name. */
double learned_value(const struct learned *learned, const char *name);

/* rates.csv: model, process, from, to, age, duration, occurrences, child_years, rate, low, high, borrowed. */
bool learned_rates_table(const struct learned *learned, const char *model, struct table *out,
                         struct err *err);
/* diagnostics.csv: model, process, dimension, group, observed, expected, residual. */
bool learned_checks_table(const struct learned *learned, const char *model, struct table *out,
                          struct err *err);
/* levels.csv: model, process, date, observed, expected, level, level_sd, p10, p90. */
bool learned_levels_table(const struct learned *learned, const char *model, struct table *out,
                          struct err *err);
/* facts.csv: model, fact, value, unit, words. */
bool learned_facts_table(const struct learned *learned, const char *model, struct table *out,
                         struct err *err);

#endif
