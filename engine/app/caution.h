/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/caution.h: findings about the data that a reader of a forecast must know before believing it.
 *
 * Ownership: the store is borrowed; nothing is kept. */
#ifndef TURNCURVE_APP_CAUTION_H
#define TURNCURVE_APP_CAUTION_H

#include "app/outlook.h"

/* Fills outlook->caution, a few sentences for people: a history that looks like a closed cohort
 * (study/traps), or else numbers that jump from year to year or months without entries (rule S-10), with the
 * last year's entries and exits; a return year missing between two others (S-08, outlook->misses_year); less
 * than three years of it; many children whose care began at a time not known; stored findings of severity
 * error. "" when there are none, or when the outlook has no returns. False when the store fails. */
bool caution_find(struct outlook *outlook, struct store *store, struct err *err);
/* Appends to outlook->caution that the model gives one line and no interval, when that is so. */
void caution_add_point(struct outlook *outlook, const struct model *model);

#endif
