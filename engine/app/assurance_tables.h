/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/assurance_tables.h: the tables of the assurance pack's page.
 *
 * Ownership: tables are the caller's, freed by table_free, also after a failure. */
#ifndef TURNCURVE_APP_ASSURANCE_TABLES_H
#define TURNCURVE_APP_ASSURANCE_TABLES_H

#include "app/assurance.h"

/* The assumptions that move the first output most. */
bool assurance_top(const struct assurance *assurance, struct table *out, struct err *err);
/* Every stored file with its hash and what was repaired or refused. */
bool assurance_data(const struct assurance *assurance, struct table *out, struct err *err);
/* Stored backtests by horizon; empty when there are none. *stale: made from something else. */
bool assurance_backtest(const struct assurance *assurance, struct table *out, bool *stale, struct err *err);
/* Rows to be filled in by hand. */
bool assurance_sign_off(struct table *out, struct err *err);

#endif
