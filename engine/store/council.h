/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/council.h: what an authority brings besides its returns: budget, ledger, measures.
 *
 * Ownership: rows are the caller's, released by their own x_free. A database from before there were such
 * tables has none. */
#ifndef TURNCURVE_STORE_COUNCIL_H
#define TURNCURVE_STORE_COUNCIL_H

#include "data/budget_file.h"
#include "data/ledger_file.h"
#include "data/measures_file.h"
#include "store/store.h"

/* First version of the schema that has these tables. */
enum { COUNCIL_SCHEMA = 4 };

/* Every year's budget of an authority, in the order of its files. */
bool store_load_budget(struct store *store, int32_t la, struct budget_rows *out, struct err *err);
/* Every posting of an authority, by day. */
bool store_load_ledger(struct store *store, int32_t la, struct ledger_rows *out, struct err *err);
/* Every measure of an authority, by name, locality and period. */
bool store_load_measures(struct store *store, int32_t la, struct measure_rows *out, struct err *err);

#endif
