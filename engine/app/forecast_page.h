/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/forecast_page.h: a forecast as a web page: findings, charts, the numbers beneath them, the assumptions.
 *
 * Ownership: everything is borrowed. */
#ifndef TURNCURVE_APP_FORECAST_PAGE_H
#define TURNCURVE_APP_FORECAST_PAGE_H

#include "app/capacity_report.h"
#include "app/forecast_charts.h"
#include "app/plan_choice.h"
#include "app/plan_work.h"
#include "app/publish.h"
#include "render/folder.h"

/* What the whole page shares. */
struct forecast_page {
    const char *reports; /* --reports, NULL none */
    const char *command_line;
    const struct model *model;
    const struct price_book *prices;
    int32_t runs;
    int64_t seed;
    bool drawn;                     /* the pictures are there */
    const struct joined_plan *plan; /* whose actions are listed under the curve, NULL none */
    const struct outlook *const *outlooks;
    const struct forecast_charts *charts; /* one set an authority, in the same order; NULL: none were made */
    size_t n_outlooks;                    /* >= 1; all with the same scenarios */
    const struct plan_work *work;         /* of the only authority, when a plan was joined; NULL none */
    const struct chart_spec *waterfall;   /* its chart, NULL none */
    const struct capacity_report *capacity; /* of the only authority; NULL none */
    const struct publish *publish;          /* of the only authority, when it is to be published; NULL: not */
};
/* Writes index.html and style.css into the folder. */
bool forecast_page_write(const struct forecast_page *page, struct folder *folder, struct err *err);

#endif
