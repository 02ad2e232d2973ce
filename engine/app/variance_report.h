/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/variance_report.h: why a forecast moved, as tables, words and pictures.
 *
 * Ownership: everything is borrowed for the call; tables are the caller's, freed by table_free, also after a
 * failure. */
#ifndef TURNCURVE_APP_VARIANCE_REPORT_H
#define TURNCURVE_APP_VARIANCE_REPORT_H

#include "app/variance_chain.h"
#include "render/folder.h"

/* variance.csv: la, scenario, measure, date, group, unit, step, before, after, change, error, volume, price,
 * mix; step `all` is the whole movement. */
bool variance_report_table(const struct variance_chain *chain, struct table *out, struct err *err);
/* outcome.csv: la, scenario, from, date, measure, group, unit, mean, p10, p50, p90, happened, difference,
 * where. */
bool variance_report_outcomes(const struct variance_chain *chain, struct table *out, struct err *err);
/* The short table on the screen and the page: step, children, plus or minus, cost, .. */
bool variance_report_summary(const struct variance_chain *chain, struct table *out, struct err *err);
/* For the page: by placement, all steps together; and what came against what was expected, in words. */
bool variance_report_placements(const struct variance_chain *chain, struct table *out, struct err *err);
bool variance_report_came(const struct variance_chain *chain, struct table *out, struct err *err);
/* The findings in sentences. */
bool variance_report_say(const struct variance_chain *chain, struct text *out, struct err *err);

/* Writes variance.csv, outcome.csv, index.html, pictures. */
bool variance_report_write(const struct variance_chain *chain, struct app *app, const char *reports,
                           struct store *store, struct folder *folder, struct err *err);

#endif
