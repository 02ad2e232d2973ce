/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/backtest_charts.h: how often ranges held, who came nearest, where outcomes fell, forecasts over what
 * happened.
 *
 * Ownership: charts own their tables and texts; backtest_charts_free releases them. */
#ifndef TURNCURVE_APP_BACKTEST_CHARTS_H
#define TURNCURVE_APP_BACKTEST_CHARTS_H

#include "app/backtest_results.h"
#include "app/chart_set.h"

enum { BACKTEST_FANS_MOST = 4, BACKTEST_TABLES_MOST = 3 + BACKTEST_FANS_MOST };

struct backtest_charts {
    struct chart_set set;
    struct table tables[BACKTEST_TABLES_MOST];
    size_t n_tables;
    struct backtest_pit pit; /* what one of them shows, of pit_horizon (0: all) */
    int32_t pit_horizon;
};
/* Charts of the first model beside the others. source: the line beneath. Of more than BACKTEST_FANS_MOST
 * authorities those are shown that stand in the middle of each quarter by size. */
bool backtest_charts_make(struct backtest_charts *out, const struct backtest_results *results,
                          const char *source, struct err *err);
void backtest_charts_free(struct backtest_charts *charts);

#endif
