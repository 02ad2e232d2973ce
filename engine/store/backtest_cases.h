/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/backtest_cases.h: earlier forecasts whose outcome is known, kept from backtest for forecast.
 *
 * Ownership: what is loaded is the caller's, released with free().
 *
 * The cases are raw: seven quantiles of total stock by the model and by the last value, and what came to be.
 * No child can be found in them. They are worth something only as long as the history that they were made
 * from is the one that is forecast from; a digest tells. Imports leave cases alone: where the files change
 * back, as when a wrong one is replaced by the right one, they count again. */
#ifndef TURNCURVE_STORE_BACKTEST_CASES_H
#define TURNCURVE_STORE_BACKTEST_CASES_H

#include "sim/calibrate.h"
#include "store/digest.h"
#include "store/store.h"

/* What cases of an authority are made from: its files, the identifiers that were joined, and settings (the
 * program's version, the model's parameters), which the caller writes out. */
bool backtest_cases_digest(struct store *store, int32_t la, struct str settings, char out[DIGEST_TEXT],
                           struct err *err);
/* Puts cases[n] in the place of those of the authority by that model, in a transaction of its own. */
bool backtest_cases_put(struct store *store, int32_t la, const char *model, const char *digest,
                        const struct calibration_case cases[], size_t n, struct err *err);
/* The cases of an authority by a model, by origin and horizon. n is 0 when there are none, or when they were
 * made from something else than digest tells; *stale says which. */
bool backtest_cases_load(struct store *store, int32_t la, const char *model, const char *digest,
                         struct calibration_case **out, size_t *n, bool *stale, struct err *err);

#endif
