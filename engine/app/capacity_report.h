/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/capacity_report.h: places, children in them and what overflow costs, as table, charts and words.
 *
 * Ownership: a report owns what it holds; capacity_report_free releases it. Scenarios are borrowed. A report
 * that was zeroed has nothing to say: every function below then does nothing and succeeds. */
#ifndef TURNCURVE_APP_CAPACITY_REPORT_H
#define TURNCURVE_APP_CAPACITY_REPORT_H

#include "app/outlook.h"
#include "render/chart.h"
#include "render/folder.h"
#include "render/page.h"
#include "study/capacity.h"

enum { CAPACITY_REPORT_CHARTS = 4 /* placements that are drawn */ };

struct capacity_report {
    struct capacity *found; /* n, of the scenarios that have limits on places */
    const struct scenario **scenarios;
    size_t n, shown; /* shown: which of them charts and page are about */
    char la_name[64];
    struct chart_spec charts[CAPACITY_REPORT_CHARTS];
    size_t n_charts;
    struct table tables[CAPACITY_REPORT_CHARTS];
    struct arena texts;
};

/* Runs every scenario of an outlook that has limits on places with them and without; at most 500 futures.
 * Does nothing where there is none, or the model cannot limit places. */
bool capacity_report_run(struct capacity_report *out, const struct outlook *outlook,
                         const struct model *model, int32_t months, uint64_t seed,
                         const struct price_book *prices, const struct run_options *options, struct log *log,
                         struct err *err);
void capacity_report_free(struct capacity_report *report);

/* Writes capacity.csv: la, scenario, date, placement, places, mean, p10, p50, p90, elsewhere_mean,
 * elsewhere_p10, elsewhere_p90, cost_gbp, cost_p10_gbp, cost_p90_gbp. Of each placement the usable places as
 * planned, the children in them, and those elsewhere for want of a place; of `all` what the overflow of all
 * placements costs in the month. */
bool capacity_report_write(const struct capacity_report *report, struct folder *folder, struct err *err);
/* Makes a chart for each limited placement: history, places, children in them, and without limits. */
bool capacity_report_draw(struct capacity_report *report, const struct outlook *outlook, const char *source,
                          struct err *err);
/* Adds the section "capacity" to the values of a page; report NULL: none. */
bool capacity_report_add(const struct capacity_report *report, struct arena *arena, struct page_value *root,
                         bool drawn, struct err *err);
/* "At the end of the forecast 31 children who would be in in-house fostering are elsewhere for want of a
 * place
 * ..": of one line, with what Erlang's formula would say. */
void capacity_report_say(const struct capacity_report *report, size_t line, char out[OUTLOOK_WORDS]);

#endif
