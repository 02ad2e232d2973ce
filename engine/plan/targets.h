/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/targets.h: the quantities that a plan wants to reach: a targets file, row by row.
 *
 * Ownership: targets own their rows and texts; targets_free releases them. A zeroed struct targets is empty.
 *
 * A target is a level (value), a change, or both with the baseline it counts from; any may be blank, for
 * plans leave figures out. Nothing is guessed: what is blank or cannot be read is not a number, and a finding
 * I-05 says so. Rows that name no quantity are refused (I-16). */
#ifndef TURNCURVE_PLAN_TARGETS_H
#define TURNCURVE_PLAN_TARGETS_H

#include "base/arena.h"
#include "base/date.h"
#include "data/findings.h"
#include "plan/filed.h"

struct plan_target {
    int32_t file, line;
    const char *ref;      /* of the action, as filed, "" none */
    const char *quantity; /* "stock", "stock:placement:res_external", or a name that only measures know */
    double baseline, change, value; /* as filed; NaN: not stated, or no number */
    double level;                   /* value, else baseline + change; NaN: neither */
    const char *unit;               /* as filed */
    day by;                         /* DAY_NONE: not stated, or no date */
    const char *by_text, *note;     /* as filed */
    int32_t i_action;               /* in the plan, filled by plan/join; -1 none */
};
struct targets {
    struct plan_target *items; /* in the order of the file */
    size_t n, capacity;
    struct arena texts;
};
void targets_free(struct targets *targets);

/* Adds a row of a targets file; texts are copied. *usable false, with a finding, when it names no quantity.
 * False only without memory or when the sink fails. Numbers may have thousands commas; dates are 2012-09-30
 * or 30/09/2012. */
bool targets_add(struct targets *targets, const struct filed_row *row, bool *usable,
                 struct findings *findings, struct err *err);

/* What does not add up within the targets of a plan, each a finding I-05 at its line:
 *   value is not baseline + change; no figure at all; per cent beyond 100;
 *   a step's baseline is not where the step before ended (steps of one quantity, by date; one that starts
 * from an earlier step's own baseline counts the way as a whole and is compared with no step); two values of
 * one quantity for one date; parts of a measure that exceed its whole on one date; fewer places than children
 * to fill them, of one action and date. Two actions that state the same change or value of a quantity by the
 * same date: I-12. Cost: O(n log n), and O(k^2) for k targets of one quantity. */
bool targets_check(const struct targets *targets, struct findings *findings, struct err *err);

#endif
