/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/plan_date.h: the day that a plan's relative phrases count from.
 *
 * Ownership: nothing is allocated.
 *
 * In this order: the day asked for; the latest day in the column plan_date; else it is inferred, or unknown.
 */
#ifndef TURNCURVE_PLAN_PLAN_DATE_H
#define TURNCURVE_PLAN_PLAN_DATE_H

#include <stddef.h>

#include "base/date.h"
#include "base/err.h"
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
struct plan_stamp plan_date_find(const struct filed_row rows[], size_t n, day asked);

#endif
