/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/synth_money.h, internal to study/synth: the budget, ledger and measures of an authority that does not
 * exist.
 *
 * Ownership: tables and texts belong to the struct synth.
 *
 * A line costs what its children's nights cost by the built-in price book, times a factor of its own that
 * differs from 1 by some per cent: what a calibration to the ledger should find. The ledger has a posting a
 * line and month of the last return's year; agency fostering is two lines, homes have an invoice posted twice
 * and reversed a month later. Budgets of that year and the next are the year before at a little more, less
 * savings on some lines. */
#ifndef TURNCURVE_STUDY_SYNTH_MONEY_H
#define TURNCURVE_STUDY_SYNTH_MONEY_H

#include "study/synth.h"
#include "study/synth_people.h"

/* Fills synth->budget, ledger, measures and money. */
bool synth_money_make(const struct synth_world *world, const struct synth_people *people, struct synth *synth,
                      struct err *err);

#endif
