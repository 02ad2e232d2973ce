/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/backtest_report.h: the folder of results of a backtest.
 *
 * Ownership: everything is borrowed. */
#ifndef TURNCURVE_APP_BACKTEST_REPORT_H
#define TURNCURVE_APP_BACKTEST_REPORT_H

#include "app/backtest_results.h"
#include "app/command.h"
#include "render/folder.h"

struct backtest_report {
    struct app *app;
    struct store *store;
    const char *reports; /* --reports, NULL none */
    bool raw, short_breaks;
    double started; /* run_choice_seconds at the start */
};
/* Writes tables, charts, page and manifest into a folder that was begun; the caller commits it. */
bool backtest_report_write(const struct backtest_report *report, const struct backtest_results *results,
                           struct folder *folder, struct err *err);

#endif
