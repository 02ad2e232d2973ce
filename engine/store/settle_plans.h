/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/settle_plans.h: the findings that need more than one file: plans beside their effects and targets.
 *
 * Ownership: nothing is kept. */
#ifndef TURNCURVE_STORE_SETTLE_PLANS_H
#define TURNCURVE_STORE_SETTLE_PLANS_H

#include "store/store.h"

/* Checks the newest version of every stored plan with its effects and targets, in place of what an earlier
 * check found; counts the rows of effects files anew; forgets files of effects and targets of which nothing
 * is left. */
bool settle_plans(struct store *store, struct err *err);

#endif
