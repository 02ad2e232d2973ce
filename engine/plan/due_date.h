/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/due_date.h, internal to plan/due: one date out of the lexemes of a phrase.
 *
 * Ownership: nothing is allocated.
 *
 * Each function looks for its construct from lexeme i on and returns the place behind it, DATE_NO (0) when it
 * is not there, DATE_IMPOSSIBLE when it is there and names no day, month or quarter of the calendar. */
#ifndef TURNCURVE_PLAN_DUE_DATE_H
#define TURNCURVE_PLAN_DUE_DATE_H

#include "plan/due_words.h"
#include "plan/when.h"

enum { DATE_NO = 0, DATE_IMPOSSIBLE = -1 };

struct due_date {
    struct when when;
    bool weak;       /* said beside a date it only comments on it: "Sept (new academic year)", "year 2" */
    bool full_years; /* "2011 - 2012", both years in full */
};

struct due_source {
    const struct lexemes *words;
    day context;
};

/* Any date with its parts: "end of March", "w/c 12 March 2012", "first half of 2012". */
int32_t due_date_read(const struct due_source *source, int32_t i, struct due_date *out);

/* A date without parts, due_date.c. */
int32_t due_date_core(const struct due_source *source, int32_t i, struct due_date *out);
/* "this quarter", "next financial year", "the academic year", "year 2": found from the context; all weak. */
int32_t due_relative_read(const struct due_source *source, int32_t i, struct due_date *out);
/* The stretch of a unit in which the context lies, moved on by `steps` of them. False for units that have
 * none. */
bool due_relative_unit(day context, enum due_unit unit, enum when_kind kind, int32_t steps, struct when *out);

/* A date all in figures: "31/03/12", "2012-03-31", "3/2012". */
int32_t due_figures_read(const struct due_source *source, int32_t i, struct when *out);
/* Years with or without words for their kind: "2012", "2012/13", "10/11", "academic year 2012-13", "2008-11";
 * year, last_year and kind are set. loose: "12-13" and "07" are years as well. */
int32_t due_years_read(const struct due_source *source, int32_t i, bool loose, struct due_date *out);
/* The year behind a day, month, quarter, season or feast, with what separates them; i itself when there is
 * none. */
int32_t due_year_behind(const struct due_source *source, int32_t i, struct when *out);

/* The year that two figures mean: 00 to 49 are 2000 to 2049. */
int32_t due_year_of_two(int32_t figures);
/* Whether a year is near enough to the context that "April 15" may mean it: four before, five after. */
bool due_year_is_near(const struct due_source *source, int32_t year);
/* Small looks at a lexeme. */
bool due_is_mark(const struct lexeme *at, char mark);
bool due_is_unit(const struct lexeme *at, enum due_unit unit);
/* Behind articles, "of", "in" and the like. */
int32_t due_skip_noise(const struct lexemes *words, int32_t i);

#endif
