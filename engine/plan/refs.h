/* SPDX-License-Identifier: GPL-3.0-or-later
 * plan/refs.h: references for actions that have none.
 *
 * Ownership: made references live in the arena; given ones are borrowed from the rows.
 *
 * A row's reference is that of its column action_ref. A row without one belongs to the action of the row
 * above when it names no action, or the same one, in the same priority (cells that were merged). Otherwise it
 * is an action of its own and gets its priority's reference, a dot and a running number within the
 * priority: 2.3. A priority without a reference is numbered by its first appearance, past the references of
 * others; without priorities the number stands alone. Rows with blank priority belong to the one above.
 * Numbers that the plan itself uses are left out.
 *
 * So that a number stays an action's own: an action of the same text in the same priority keeps the reference
 * that it was given in the earlier version of the plan, and new ones get numbers above all that were used. A
 * row that is added elsewhere, or in between, then changes no reference. */
#ifndef TURNCURVE_PLAN_REFS_H
#define TURNCURVE_PLAN_REFS_H

#include <stddef.h>

#include "base/arena.h"
#include "plan/filed.h"

/* Fills ref and ref_made of every row. earlier[n_earlier] are the rows of the version before, with theirs.
 * Cost: O(n + n_earlier). */
bool refs_make(struct filed_row rows[], size_t n, const struct filed_row earlier[], size_t n_earlier,
               struct arena *arena, struct err *err);

#endif
