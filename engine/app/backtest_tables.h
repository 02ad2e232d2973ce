/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/backtest_tables.h: forecasts, outcomes and scores as tables.
 *
 * Ownership: tables are the caller's, freed by table_free, also after a failure. */
#ifndef TURNCURVE_APP_BACKTEST_TABLES_H
#define TURNCURVE_APP_BACKTEST_TABLES_H

#include "app/backtest_results.h"
#include "base/table.h"

/* backtest.csv: la, model, origin, horizon_months, measure, group, actual, mean, p025 .. p975, crps; by
 * authority, model, origin and horizon. */
bool backtest_table_rows(struct table *out, const struct backtest_results *results, struct err *err);
/* scores.csv: model, horizon_months, measure, group, n, mae, mape, mase, bias, crps, crps_vs_last_value,
 * cover50, cover80, cover95, winkler80. */
bool backtest_table_scores(struct table *out, const struct backtest_results *results, struct err *err);
/* limits.csv, of total stock: model, horizon_months, quantity (cover50, cover80, cover95,
 * crps_vs_last_value), count (held; nearer), n, origins, value, low, high. */
bool backtest_table_limits(struct table *out, const struct backtest_results *results, struct err *err);
/* pit.csv, of total stock by the first model: model, horizon_months (empty: all), from, to, share, low, high,
 * n. */
bool backtest_table_pit(struct table *out, const struct backtest_results *results, int32_t horizon_months,
                        const struct backtest_pit *pit, struct err *err);

/* For people: errors of total stock, how often ranges held, and both in short for the screen. */
bool backtest_table_errors(struct table *out, const struct backtest_results *results, struct err *err);
bool backtest_table_held(struct table *out, const struct backtest_results *results, struct err *err);
bool backtest_table_summary(struct table *out, const struct backtest_results *results, struct err *err);

#endif
