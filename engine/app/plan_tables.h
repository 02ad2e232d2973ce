/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/plan_tables.h: the tables of the command plan.
 *
 * Ownership: tables are the caller's, released with table_free; everything else is borrowed. Each function
 * adds rows to a table that its init function made.
 *
 * plan.csv is public, its columns fixed: one row a milestone, in the order of the plan. days_late counts from
 * the last day that counts to the day asked for: 0 not late, blank for what is over or has no date. The
 * expected effect is the action's first one (app/effect_range.h), in the row of the milestone that it starts
 * with, or in the action's first row where that milestone is another action's; every other row is blank, so
 * that no effect stands twice. */
#ifndef TURNCURVE_APP_PLAN_TABLES_H
#define TURNCURVE_APP_PLAN_TABLES_H

#include "base/table.h"
#include "plan/changes.h"
#include "plan/effects.h"
#include "plan/plan.h"

/* plan.csv: plan, action_ref, action, milestone, due_text, due_earliest, due_latest, due_precision, due_kind,
 * status_text, status, days_late, lead_role, effect_p50, effect_p10, effect_p90, unit. */
void plan_tables_init_rows(struct table *table);
bool plan_tables_add_rows(struct table *table, const struct plan *plan, const struct effects *effects,
                          day as_of, struct err *err);

/* changes.csv: plan, from_date, to_date, change, days, action_ref, action, milestone, due_before, due_after,
 * status_before, status_after. */
void plan_tables_init_changes(struct table *table);
bool plan_tables_add_changes(struct table *table, const struct plan *before, const struct plan *after,
                             const struct change changes[], size_t n, struct err *err);

/* Counts by status: plan, as_of, status, rows, late, days_late (of the latest). */
void plan_tables_init_statuses(struct table *table);
bool plan_tables_add_statuses(struct table *table, const struct plan *plan, day as_of, struct err *err);

/* For the screen, texts cut short: what is due in the quarter of a day, or late on it with the latest first;
 * at most `most` rows, *left of more are left out. */
void plan_tables_init_short(struct table *table);
bool plan_tables_add_due(struct table *table, const struct plan *plan, day as_of, struct err *err);
bool plan_tables_add_late(struct table *table, const struct plan *plan, day as_of, size_t most, size_t *left,
                          struct err *err);

#endif
