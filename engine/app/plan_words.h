/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/plan_words.h: what a person would say of a plan: counts and the sentences made of them.
 *
 * Ownership: everything is borrowed; sentences go into the caller's buffer.
 *
 * On a day DAY_NONE nothing is late or due. */
#ifndef TURNCURVE_APP_PLAN_WORDS_H
#define TURNCURVE_APP_PLAN_WORDS_H

#include "plan/effects.h"
#include "plan/plan.h"
#include "plan/slippage.h"
#include "plan/targets.h"

enum { PLAN_WORDS = 640, PLAN_WORDS_PRIORITY = 160 };

/* Counts over some rows of a plan. */
struct plan_count {
    int32_t rows, statuses[ACTION_STATUS_COUNT];
    int32_t late, most_late; /* rows, days of the latest */
    int32_t undated;         /* without any day */
};
void plan_count_add(struct plan_count *count, const struct plan_row *row, day as_of);
struct plan_count plan_count_of(const struct plan *plan, day as_of);

/* First and last day of the quarter of the financial year that a day lies in. */
void plan_quarter(day as_of, day *first, day *last);
/* True for what is due in it: of kind due, its last day within. */
bool plan_row_is_due_in(const struct plan_row *row, day first, day last);

/* "action" where every row is one, else "milestone". */
const char *plan_words_noun(const struct plan *plan);
/* "3 Placements", on one line, cut; "" for a priority without words. */
void plan_words_priority(const struct plan_priority *priority, char out[PLAN_WORDS_PRIORITY]);

/* "8 of 45 actions are late on 31 Jul 2012, by up to 122 days; 31 are done". */
void plan_words_state(const struct plan *plan, day as_of, char out[PLAN_WORDS]);
/* What is due in the quarter, done or not. */
void plan_words_due(const struct plan *plan, day as_of, char out[PLAN_WORDS]);
/* The alternative text of its Gantt chart. */
void plan_words_alt(const struct plan *plan, day as_of, char out[PLAN_WORDS]);
/* The plan's own record of slippage. */
void plan_words_slippage(const struct plan *plan, char out[PLAN_WORDS]);

/* What measures an action: an indicator or a target in its rows or in the targets, an effect. Plan, effects
 * and targets are joined. */
struct plan_measured {
    bool indicator, target, effect;
};
/* of[n_actions]; false only without memory. Cost: linear. */
void plan_measured_find(const struct plan *plan, const struct effects *effects, const struct targets *targets,
                        struct plan_measured of[]);
/* How many actions have which, and the first that have none by their references. */
void plan_words_measured(const struct plan *plan, const struct plan_measured of[], char out[PLAN_WORDS]);

#endif
