/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/plan_date.h: the day that a plan's relative phrases count from.
 *
 * Ownership: nothing is allocated.
 *
 * It is the day asked for; else the latest day in the column plan_date; else it is inferred:
 *
 * - from what the plan tells of the past: the latest day that its progress, its statuses, or a due that says
 * it is done speak of, with a year; of a month its last day. Clauses that look ahead (due, to, will, until,
 * start, plan, by) do not count: "key posts July 2012" does, "final draft due Sept 2012" does not;
 * - else from its dues: the first of the month of the earliest (whole years and relative ones apart), but not
 * before the year in the plan's name.
 *
 * A plan without any date stays undated, and only dues with a year are read. */
#ifndef TURNCURVE_PLAN_PLAN_DATE_H
#define TURNCURVE_PLAN_PLAN_DATE_H

#include <stddef.h>

#include "base/date.h"
#include "base/err.h"
#include "plan/due.h"
#include "plan/filed.h"

/* Where the date comes from. */
enum plan_dated {
    PLAN_DATED_ASKED,
    PLAN_DATED_COLUMN,
    PLAN_DATED_INFERRED,
    PLAN_DATED_UNKNOWN,
    PLAN_DATED_COUNT
};
const char *plan_dated_name(enum plan_dated dated); /* "asked" "column" "inferred" "unknown" */
/* PLAN_DATED_UNKNOWN for any other text. */
enum plan_dated plan_dated_parse(struct str name);

struct plan_stamp {
    day date; /* DAY_NONE: unknown */
    enum plan_dated dated;
};
/* The date of a plan's rows. asked: DAY_NONE: not asked for. */
struct plan_stamp plan_date_find(struct str name, const struct filed_row rows[], size_t n, day asked);
/* Reads a due against a plan's date; DAY_NONE: only what does not depend on one. */
bool plan_date_read(struct str phrase, day context, struct due *out);

#endif
