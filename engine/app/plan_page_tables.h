/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/plan_page_tables.h: the tables of a plan's page, with headings in words.
 *
 * Ownership: a table is the caller's, released with table_free, also when a function fails; everything else
 * is borrowed. Plan, effects and targets are joined. */
#ifndef TURNCURVE_APP_PLAN_PAGE_TABLES_H
#define TURNCURVE_APP_PLAN_PAGE_TABLES_H

#include "app/plan_words.h"
#include "base/table.h"

/* What is due in the quarter of a day, in the order of the plan. */
bool plan_page_due(struct table *out, const struct plan *plan, day as_of, struct err *err);
/* What is late, the latest first. */
bool plan_page_late(struct table *out, const struct plan *plan, day as_of, struct err *err);
/* Counts by priority, in the order of the plan; by lead role, the most first. A row with several lead roles
 * ("A; B") counts under each. */
bool plan_page_priorities(struct table *out, const struct plan *plan, day as_of, struct err *err);
bool plan_page_leads(struct table *out, const struct plan *plan, day as_of, struct err *err);
/* Every action with yes or no for an indicator, a target, an effect. */
bool plan_page_measured(struct table *out, const struct plan *plan, const struct plan_measured of[],
                        struct err *err);
/* Every effect: weakest, likely, strongest, what chance makes of them, where it starts. */
bool plan_page_effects(struct table *out, const struct plan *plan, const struct effects *effects,
                       struct err *err);
/* What contradicts itself in plan, effects and targets (plan/check.h), errors first. */
bool plan_page_findings(struct table *out, const struct plan *plan, const struct effects *effects,
                        const struct targets *targets, struct err *err);

#endif
