/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/plan_read.h, internal to plan/plan: what the words of rows mean.
 *
 * Ownership: everything is borrowed. */
#ifndef TURNCURVE_PLAN_PLAN_READ_H
#define TURNCURVE_PLAN_PLAN_READ_H

#include "plan/plan.h"

/* Fills due_text to status_read of every row but chain, against the plan's date. */
void plan_read_rows(struct plan *plan);
/* Works out dues that count from another action: when and chain. */
bool plan_chain_rows(struct plan *plan, struct err *err);
/* True for "As above", "ditto" and the like. */
bool plan_says_above(struct str text);

#endif
