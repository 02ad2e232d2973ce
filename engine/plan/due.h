/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/due.h: when an action is due, from the words in which plans say it.
 *
 * Ownership: nothing is allocated; the phrase is borrowed for the call.
 *
 * A grammar: the phrase is cut into tokens (plan/phrase), named by a vocabulary (plan/due_words), parsed into
 * dates, durations, rates and states (plan/due_parse), and these are combined (plan/due_resolve). Free text
 * around a date ("Tender - June 2010") does not matter. Conventions:
 *
 *   by 1 October 2007                   2007-10-01..2007-10-01  day        due
 *   by December 2007                    2007-12-01..2007-12-31  month      due
 *   by end of March 2007                2007-03-31..2007-03-31  day        due
 *   before 1 May 2012                   2012-04-30..2012-04-30  day        due
 *   Q3 2012-13                          2012-10-01..2012-12-31  quarter    due
 *   10/11                               2010-04-01..2011-03-31  year       due (never 10 November)
 *   28/2/12; Revised to Sept 2012       2012-09-01..2012-09-30  month      due: a revised date governs
 *   In place - Dec 2009                 2009-12-01..2009-12-31  month      done, where that day has come
 *   Quarterly from April 2011           2011-04-01..2011-04-30  quarterly  recurring
 *   ongoing                             no bounds               none       ongoing
 *   within 28 days, as above, TBC       no bounds               none       none
 *   3 months after 3A.1                 no bounds               none       due, after 3A.1 by 3 months
 *
 * A year that is not written is found from the context, the plan's date: a bare day ("30th March") is the
 * first that was not over 120 days before it, since plans record what has just been; a month, season, or a
 * day after "by" is the next that is not over; a quarter belongs to the financial year of the context. Years
 * of two figures are 2000 to 2049. "April 20" is a day unless 2020 lies within four years before or five
 * after the context. */
#ifndef TURNCURVE_PLAN_DUE_H
#define TURNCURVE_PLAN_DUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/str.h"

enum due_kind {
#define DUE_KIND(member, name, words) DUE_##member,
#include "plan/due_kind.def"
#undef DUE_KIND
    DUE_KIND_COUNT
};

enum due_precision {
#define DUE_PRECISION(member, name, words) DUE_BY_##member,
#include "plan/due_precision.def"
#undef DUE_PRECISION
    DUE_PRECISION_COUNT
};

enum { DUE_REFERENCE = 32 /* bytes of an action's reference, with the NUL */ };

struct due {
    day earliest, latest; /* DAY_NONE: no bound; earliest <= latest where there are both */
    enum due_precision precision;
    enum due_kind kind;
    char after[DUE_REFERENCE];        /* the action that it counts from, as written; "" none */
    int32_t after_months, after_days; /* how long after it */
};

/* Reads a phrase. context: the plan's date, years 1901 to 2198. False, and *out untouched, when it cannot be
 * read: free words without date, rate or state, and days that do not exist (31/02/2012); never a guess. A
 * blank phrase is read as no due at all (kind none). Any bytes will do; cost: O(tokens), at most 200 tokens.
 */
bool due_read(struct str phrase, day context, struct due *out);

const char *due_kind_name(enum due_kind kind);
const char *due_precision_name(enum due_precision precision);

#endif
