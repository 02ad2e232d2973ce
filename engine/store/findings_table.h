/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/findings_table.h: findings as tables.
 *
 * Ownership: tables are filled for the caller, who frees them with table_free. la 0: every authority. */
#ifndef TURNCURVE_STORE_FINDINGS_TABLE_H
#define TURNCURVE_STORE_FINDINGS_TABLE_H

#include "base/table.h"
#include "store/store.h"

/* A row for each rule that found anything, worst first: rule, severity, official, findings, rows, words,
 * advice. */
bool findings_by_rule(struct store *store, int32_t la, struct table *out, struct err *err);
/* Every finding, worst first: severity, rule, table, file, line, child, column, value, message, repair. The
 * child is left out unless it is asked for. */
bool findings_table(struct store *store, int32_t la, bool show_children, struct table *out, struct err *err);

#endif
