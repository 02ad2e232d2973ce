/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/list_assumptions.h: list assumptions: the program's own defaults as a register.
 *
 * Ownership: the table is the caller's. */
#ifndef TURNCURVE_APP_LIST_ASSUMPTIONS_H
#define TURNCURVE_APP_LIST_ASSUMPTIONS_H

#include "base/table.h"
#include "sim/params.h"

enum { LIST_ASSUMPTIONS_COLUMNS = 9 };
/* id, statement, value, unit, low, high, owner, quality, basis. */
extern const struct table_column list_assumptions_columns[LIST_ASSUMPTIONS_COLUMNS];
/* Parameters at the values of `params`, then the built-in price of every placement group, pounds a week. */
bool list_assumptions_add(struct table *table, const struct params *params, struct err *err);

#endif
