/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/card_money.h: the money line of a report card.
 *
 * Ownership: sentences live in the sheet's arena. */
#ifndef TURNCURVE_APP_CARD_MONEY_H
#define TURNCURVE_APP_CARD_MONEY_H

#include "app/card_sheet.h"

/* Fills sheet->money: what placements should cost this financial year, against the budget where one is
 * stored. Nothing for a locality, whose money nobody budgets. */
bool card_money_say(struct card_sheet *sheet, struct err *err);

#endif
