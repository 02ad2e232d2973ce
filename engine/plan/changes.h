/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/changes.h: what is different between two versions of a plan.
 *
 * Ownership: a list of changes is freed with free(); it points into the two plans.
 *
 * Rows are the same when action and milestone are: the same reference and the same milestone text, else the
 * same reference where each version has one row of that action left. What counts (`when`) is compared by its
 * last day. */
#ifndef TURNCURVE_PLAN_CHANGES_H
#define TURNCURVE_PLAN_CHANGES_H

#include "plan/plan.h"

enum change_kind {
    CHANGE_ADDED,   /* no such row before */
    CHANGE_DROPPED, /* no such row any more */
    CHANGE_MOVED,   /* another last day: days later, negative earlier */
    CHANGE_DATED,   /* had no date, has one */
    CHANGE_UNDATED, /* had a date, has none */
    CHANGE_STATUS,  /* the same date, another status */
    CHANGE_COUNT
};
const char *
change_kind_name(enum change_kind kind); /* "added" "dropped" "moved" "dated" "undated" "status" */

struct change {
    enum change_kind kind;
    const struct plan_row *before, *after; /* NULL: added, dropped */
    int32_t days;                          /* CHANGE_MOVED */
};
/* The changes in the order of the later version, then what was dropped in the order of the earlier. A row
 * that moved and has another status is one change, CHANGE_MOVED. Cost: O(n). */
bool changes_find(const struct plan *before, const struct plan *after, struct change **out, size_t *n,
                  struct err *err);

#endif
