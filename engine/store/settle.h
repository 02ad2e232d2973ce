/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/settle.h: the rules over everything that is stored, and what they make of each row.
 *
 * Ownership: everything is borrowed.
 *
 * Settling follows each import, inside its transaction. Findings and counts are those of now: a return that
 * comes later may supersede rows of one that was settled before, in whatever order they were imported. */
#ifndef TURNCURVE_STORE_SETTLE_H
#define TURNCURVE_STORE_SETTLE_H

#include "base/log.h"
#include "store/db.h"

/* Reads all children of an authority through the rules: replaces its findings and the counts of its files.
 * link_ids: identifiers that changed (S-06) are joined, and the authority is settled again. */
bool settle_authority(struct store *store, int32_t la, bool link_ids, struct log *log, struct err *err);
/* The rules that need several authorities (S-11, S-12): replaces their findings. */
bool settle_compare(struct store *store, struct log *log, struct err *err);

#endif
