/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/card_period.h: the time that a report card is about.
 *
 * Ownership: plain values. */
#ifndef TURNCURVE_APP_CARD_PERIOD_H
#define TURNCURVE_APP_CARD_PERIOD_H

#include "base/quarter.h"

enum card_period_kind { CARD_QUARTER, CARD_MONTH, CARD_HALF_YEAR };
enum { CARD_PERIOD_WORDS = 64 };

struct card_period {
    enum card_period_kind kind;
    day first, last;
    char name[DATE_TEXT];          /* "2026-27Q1", "2026-05", "2026-27H1" */
    char words[CARD_PERIOD_WORDS]; /* "April to June 2026", "May 2026", "April to September 2026" */
};

/* Reads the name of a quarter, month or half-year (H1 April to September, H2 October to March). ERR_USAGE
 * with words for anything else. */
bool card_period_parse(enum card_period_kind kind, const char *text, struct card_period *out,
                       struct err *err);
/* The period of a kind that a day lies in. */
struct card_period card_period_of(enum card_period_kind kind, day date);
/* The next one (1), the one before (-1), .. */
struct card_period card_period_step(const struct card_period *period, int32_t steps);
/* The first that lies wholly behind the last day before `start`, and the last that is over by `end`; false
 * when there is none. */
bool card_period_range(enum card_period_kind kind, day start, day end, struct card_period *first,
                       struct card_period *last);
/* ERR_USAGE, naming those there are, when a period is not over by `end` or begins before `start`. */
bool card_period_check(const struct card_period *period, day start, day end, struct err *err);

#endif
