/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/forecast_sheets.h: internal to app/forecast_workbook: its pages.
 *
 * Ownership: everything is borrowed; pages belong to the workbook. Failures stick to it (app/binder.h). */
#ifndef TURNCURVE_APP_FORECAST_SHEETS_H
#define TURNCURVE_APP_FORECAST_SHEETS_H

#include "app/binder.h"
#include "app/forecast_figures.h"
#include "app/forecast_workbook.h"

struct sheets {
    struct binder *book;
    const struct forecast_workbook *of;
    const struct outlook *outlook; /* of the only authority, or the one whose rows are being added */
};

/* The series of a scenario in forecast.csv or cost.csv (measure cost). group: "all", "placement:NAME". */
struct figures sheets_figures(const struct sheets *sheets, size_t scenario, enum measure measure,
                              struct group group);
/* Likewise of a later scenario less the first, in difference.csv. */
struct figures sheets_difference(const struct sheets *sheets, size_t scenario, enum measure measure,
                                 struct group group);
/* A scenario's name for people; lives in the workbook. */
const char *sheets_label(const struct sheets *sheets, size_t scenario);
/* The style of its line in a chart. */
const char *sheets_style(const struct sheets *sheets, size_t scenario);
/* Puts a month's figure; empty where there is none. */
void sheets_put(const struct sheets *sheets, struct table_cell *cell, const struct figures *figures,
                int32_t month, enum figure figure);
/* ---- pages ---- */

/* What a reader asks first, each figure with a name that formulas can use. */
void sheets_add_key_figures(const struct sheets *sheets);
/* The curve as a chart, and the months beneath it. */
void sheets_add_curve(const struct sheets *sheets);
/* Scenario by scenario and year by year, of every authority: children, entries, exits, cost, with their
 * ranges. */
void sheets_add_years(const struct sheets *sheets);
/* Children by month and placement, with a chart. */
void sheets_add_placements(const struct sheets *sheets);
/* Cost by year and placement with its chart; by year, placement and scenario; by month and placement. */
void sheets_add_costs(const struct sheets *sheets);
/* Each later scenario less the first, year by year. */
void sheets_add_differences(const struct sheets *sheets);
/* The plan's actions, delays and targets, where there are. */
void sheets_add_plan(const struct sheets *sheets);
/* Assumptions, levers, prices, parameters, settings, sources. */
void sheets_add_inputs(const struct sheets *sheets);

#endif
