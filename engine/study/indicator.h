/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/indicator.h: the measures of a report card: what they are, how they stand, whether they move.
 *
 * Ownership: an indicator_set owns its list and texts; indicator_set_free releases it. Texts of a struct
 * indicator live as long as its set or are constants.
 *
 * Measures that the returns hold are computed (study/indicator.def says how, each with numerator and
 * denominator); what only the council knows comes from the measures file. A measure whose table was never
 * filed is "not in the returns", never 0, and one with nobody to count has no share.
 *
 * A window is a whole number of months: a quarter, a month for a dashboard, a half-year for the board. The
 * figure before is that of the same window a year earlier, so that like is held against like; where numbers
 * are small a measure counts the twelve months that end with the window, and what is filed once a year is
 * that of the last return that had ended. A direction is said only on evidence (methods of each kind below),
 * a status only by the chance that the target is met. */
#ifndef TURNCURVE_STUDY_INDICATOR_H
#define TURNCURVE_STUDY_INDICATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

enum indicator_question { INDICATOR_HOW_MUCH, INDICATOR_HOW_WELL, INDICATOR_BETTER_OFF, INDICATOR_QUESTIONS };

/* Which way is good. */
enum indicator_polarity { INDICATOR_NEITHER, INDICATOR_UP, INDICATOR_DOWN };

/* What a figure is, and how two of them are compared.
 *   STOCK  children at the end of a day. What moved a stock in a year are entries and exits: given their sum,
 *          entries are binomial(sum, 1/2) when nothing but chance moves it.
 *   COUNT  events of a window. Given both counts, the later is binomial in the ratio of the days.
 *   RATE   a count over a population, shown per 10,000: the same with the populations. A rate of a stock is
 *          tested as the stock.
 *   SHARE  some of a number, shown per cent: Newcombe's difference, Fisher's exact test where a cell is under
 *          10.
 *   MEAN   of days, or of a score: Welch's t.
 *   TOTAL  a number whose parts are not independent (nights), or that is only told: not tested.
 * Counts and rates are widened where months vary more than chance lets them (siblings come together). */
enum indicator_kind {
    INDICATOR_STOCK,
    INDICATOR_COUNT,
    INDICATOR_RATE,
    INDICATOR_SHARE,
    INDICATOR_MEAN,
    INDICATOR_TOTAL
};

/* What time a figure is about. */
enum indicator_period {
    INDICATOR_POINT,  /* the end of the window's last day */
    INDICATOR_WINDOW, /* the window */
    INDICATOR_YEAR,   /* the twelve months that end with the window */
    INDICATOR_RETURN  /* the last return year that ended in or before the window */
};

/* Words by rule: p < .05, "probably" for p < .2. */
enum indicator_direction {
    INDICATOR_NOT_TESTED, /* one of the two figures is not known, or there is no test of them */
    INDICATOR_FALLING,
    INDICATOR_PROBABLY_FALLING,
    INDICATOR_NO_CLEAR_CHANGE,
    INDICATOR_PROBABLY_RISING,
    INDICATOR_RISING
};

enum indicator_status {
    INDICATOR_NO_STATUS, /* no target, no polarity, or the figure is not known */
    INDICATOR_ON_COURSE,
    INDICATOR_AT_RISK,
    INDICATOR_OFF_COURSE,
    INDICATOR_TOO_EARLY /* or not enough data */
};

/* Whether there is a figure, and why not. */
enum indicator_state {
    INDICATOR_KNOWN,
    INDICATOR_NOT_IN_RETURNS,  /* the table was not filed for this time */
    INDICATOR_NOT_OBSERVED,    /* the time, or what it looks back on, lies before the first return */
    INDICATOR_NOT_YET,         /* the time is not over by the end of the returns */
    INDICATOR_NOBODY,          /* the denominator is 0 */
    INDICATOR_NOT_BY_LOCALITY, /* known for the whole authority only */
    INDICATOR_NOT_GIVEN        /* the measures file has no row for it; of a rate: no population is stored */
};

/* One figure. */
struct indicator_figure {
    enum indicator_state state;
    double numerator;   /* events, children, days added up; NaN unless known */
    double denominator; /* of a share, rate or mean; NaN when there is none */
    double value;       /* as shown: children, per cent, per 10,000, days; NaN unless known */
    double low, high;   /* 95 % limits of value; NaN where there are none (stocks, typed values) */
    double deviations;  /* of a mean: sum of squared deviations; else 0 */
    day first, last;    /* the days that it is about */
};

enum { INDICATOR_SPARK = 12, INDICATOR_WHEN = 64, INDICATOR_TEXT = 32 };

struct indicator {
    const char *name;       /* in card.csv: "entries", "reviews_in_time" */
    const char *title;      /* for people: "Children who came into care" */
    const char *unit;       /* "children", "%", "per 10,000", "days", "" */
    const char *definition; /* numerator and denominator in words; "" when only the file knows */
    const char *source;     /* table of the returns, or "measures file" */
    const char *locality;   /* "" is the whole authority */
    enum indicator_question question;
    enum indicator_polarity polarity;
    enum indicator_kind kind;
    enum indicator_period period;
    bool computed; /* from the returns; false: as typed in the measures file */
    int decimals;  /* of value as shown to people */
    double scale;  /* of shares and rates: value = scale x numerator / denominator (100, 10,000); else 1 */

    struct indicator_figure now, previous; /* previous: the same time a year earlier */
    char when[INDICATOR_WHEN]; /* "April to June 2026", "30 Jun 2026", "12 months to Jun 2026", "2025-26" */

    enum indicator_direction direction;
    double p;      /* of no change, two-sided; NaN when not tested */
    double change; /* now less previous, in the unit of value; NaN when not tested */

    double trend_p;     /* of no trend over the last known windows in a row, at least eight (Kendall); NaN */
    double trend_slope; /* of them, in the unit of value per window (Theil and Sen); of flows only: a stock
                           and overlapping years are correlated and would always "trend" */

    double target; /* NaN: none */
    double chance; /* that the underlying level meets it, NaN without a target */
    enum indicator_status status;
    const char *why; /* why the status is not what the chance alone would say; "" */
    bool is_guarded; /* numbers fall while more children come back into care: the fall is not called good */

    double spark[INDICATOR_SPARK]; /* the same figure in the windows up to this one (return: years), oldest
                                      first; NaN where it is not known */
    int32_t n_known;               /* how many of them are known */
};

struct indicator_set {
    day first, last;        /* of the window */
    struct indicator *list; /* in the order of indicator.def, then of the measures file */
    size_t n, capacity;
    struct arena texts;
};
void indicator_set_free(struct indicator_set *set);
/* The measure of a name in the set; NULL when there is none. */
const struct indicator *indicator_find(const struct indicator_set *set, const char *name);

/* What may be asked; all that is optional may be NULL. */
struct history;
struct counts;
struct outcomes;
struct population;
struct measure_rows;
struct indicator_source {
    const struct history *history;
    const struct counts *counts;         /* from the month before history.start to its end */
    const struct outcomes *outcomes;     /* oc2, oc3, ad1, reviews, missing, .. (data/outcomes.h) */
    const struct population *population; /* for rates; optional */
    const struct measure_rows *measures; /* of the measures file; optional */
};

/* The rule of the status; printed on the card. */
struct indicator_rule {
    double on_course; /* .80: chance from which a measure is on course */
    double at_risk;   /* .40: from which it is at risk */
    double least;     /* 5: events expected at the target, or cases, below which it is too early */
    int32_t points;   /* 8: known windows below which it is too early (not for yearly figures) */
};
extern const struct indicator_rule indicator_rule_default;

/* The measures of a window, each computed by its definition, then those of the measures file. In that file a
 * numerator alone is a count, which adds up over the rows of a window; a numerator with a denominator is a
 * share, sum over sum, shown per cent unless a value says another scale (per 1,000); a value alone is a
 * level: the last of the window stands. Where rows are longer than the window the last that had ended stands.
 * A row with the name of a measure of the returns gives it target, polarity and question, and its number
 * where the returns have none. A target of a share that is 1 or less, without a value beside it, is a
 * fraction.
 *
 * Rows named "provider:.." are about providers (an Ofsted grade, placements ended early), with the provider
 * in the column locality: indicator_compute_provider has them, and no other. first is the first day of a
 * month, last the last day of a month, at most twelve months apart. locality NULL or "": the whole authority;
 * else the name of a stored locality, or of one (a team, a cluster, an area) that only the measures file has.
 * With `all` also measures that are not known are listed, with the reason; else only those that are known now
 * or a year ago.
 *
 * A window that is not over at history.end, or lies wholly before history.start, gives figures with
 * INDICATOR_NOT_YET or INDICATOR_NOT_OBSERVED. Fails with ERR_MEMORY only. Cost: O(windows x (segments +
 * rows)). */
bool indicator_compute(const struct indicator_source *source, day first, day last, const char *locality,
                       const struct indicator_rule *rule, bool all, struct indicator_set *out,
                       struct err *err);

/* The measures "provider:.." of one provider, without the word before the colon. */
bool indicator_compute_provider(const struct indicator_source *source, day first, day last,
                                const char *provider, const struct indicator_rule *rule,
                                struct indicator_set *out, struct err *err);
/* The localities that returns or the measures file name (false), or the providers of the file (true): *out is
 * an array of *n names, sorted, freed by free(); the names live as long as the source. "unknown" is none. */
bool indicator_places(const struct indicator_source *source, bool providers, const char ***out, size_t *n,
                      struct err *err);

/* The i-th measure that the returns hold, by name, words, definition and source, without figures; false when
 * there are no more. */
bool indicator_described(size_t i, struct indicator *out);

/* Sets the status of a measure whose chance somebody else knows (a stock: the forecast's chance of beating
 * the baseline or meeting its target by its date). */
void indicator_set_chance(struct indicator_set *set, const char *name, double target, double chance,
                          const struct indicator_rule *rule);

/* The last quarter, month or half-year that the returns (and, with measures, the file) cover to its end. */
day indicator_last_day(const struct indicator_source *source);

/* Is the direction good? 1 better, -1 worse, 0 neither or not clear. */
int indicator_is_better(const struct indicator *indicator);

/* "how_much"; "How much did we do?". */
const char *indicator_question_name(enum indicator_question question);
const char *indicator_question_words(enum indicator_question question);
/* "up", "down", "none". */
const char *indicator_polarity_name(enum indicator_polarity polarity);
/* "rising", "probably falling", "no clear change", "" when not tested. */
const char *indicator_direction_words(enum indicator_direction direction);
/* "on_course", "at_risk", "off_course", "too_early", ""; "On course", .. . */
const char *indicator_status_name(enum indicator_status status);
const char *indicator_status_words(enum indicator_status status);
/* "not in the returns", "nobody to count", ..; "" when known. */
const char *indicator_state_words(enum indicator_state state);
/* The value as people read it: "1,183", "68 %", "214 days", "not in the returns". */
void indicator_format(const struct indicator *indicator, const struct indicator_figure *figure,
                      char out[INDICATOR_TEXT]);
/* Any value in the unit of the measure: a target, a change ("+12", with a sign). "" for NaN. */
void indicator_format_value(const struct indicator *indicator, double value, bool sign,
                            char out[INDICATOR_TEXT]);

#endif
