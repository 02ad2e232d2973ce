/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/forecast_workbook.h: forecast.xlsx, a forecast for people who work in spreadsheets.
 *
 * Ownership: everything is borrowed. */
#ifndef TURNCURVE_APP_FORECAST_WORKBOOK_H
#define TURNCURVE_APP_FORECAST_WORKBOOK_H

#include "app/forecast_page.h"
#include "store/store.h"

struct forecast_workbook {
    const struct forecast_page *page;                 /* what the web page is made from */
    struct store *store;                              /* names the files that went in */
    const struct table *forecast, *cost, *difference; /* as they are written as CSV */
};
/* Writes forecast.xlsx into the folder. One authority: findings, key figures, children and cost by month,
 * year, placement and scenario, differences, the plan's actions, delays and targets, assumptions, sources and
 * every input, with charts. Several: the years of each, assumptions, sources and inputs. */
bool forecast_workbook_write(const struct forecast_workbook *of, struct folder *folder, struct err *err);

#endif
