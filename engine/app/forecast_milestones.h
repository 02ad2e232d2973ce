/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/forecast_milestones.h: where the actions of a plan bend a forecast: flags for the picture, a table
 * beneath it.
 *
 * Ownership: flags and texts live in the caller's arena; a table is the caller's, released with table_free,
 * also when a function fails. */
#ifndef TURNCURVE_APP_FORECAST_MILESTONES_H
#define TURNCURVE_APP_FORECAST_MILESTONES_H

#include "app/plan_choice.h"
#include "render/chart.h"

/* A flag for each action of a plan whose effects a scenario has, on the day that they start when nothing
 * slips, in the order of the days; those without a day have none. *n may be 0. */
bool forecast_milestones_flags(const struct scenario *scenario, struct arena *texts, struct chart_flag **out,
                               size_t *n, struct err *err);

/* Every effect of a plan: action, when it starts, the chance that this is late, what it does. Effects that
 * bring no lever are listed, too, with the reason. */
bool forecast_milestones_table(struct table *out, const struct joined_plan *joined, struct err *err);

#endif
