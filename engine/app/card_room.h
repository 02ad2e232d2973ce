/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/card_room.h: what fits on one sheet of A4, and what gives way.
 *
 * Ownership: everything is borrowed but the table of actions, which the sheet owns.
 *
 * Between its margins a sheet has 273 mm. Heights were measured on printed sheets in DejaVu Sans, the widest
 * letters that a reader's machine may pick; with Arial there is room to spare. Fixed blocks take theirs, the
 * rest is shared by two columns of lines. Words that a person wrote come before measures beyond two a
 * question and actions beyond three. */
#ifndef TURNCURVE_APP_CARD_ROOM_H
#define TURNCURVE_APP_CARD_ROOM_H

#include "app/card_sheet.h"

enum { CARD_COLUMN_CHARACTERS = 44, CARD_SHEET_CHARACTERS = 88, CARD_FOOT_LINES = 3 };

/* Chooses the measures, fills the table of actions and sets the lines that the columns have
 * (card_sheet.room). A report that is not a sheet has all the room it wants. ERR_DATA when what a person
 * wrote does not fit even so. */
bool card_room_fit(struct card_sheet *sheet, struct err *err);
/* Lines of a column that a sentence takes, with its stop; a line of a list. */
int32_t card_room_sentence(const char *sentence);
/* Lines of the columns that are not the story's. */
int32_t card_room_others(const struct card_sheet *sheet);
/* Lines that the targets and the money take with their headings. */
int32_t card_room_targets(const struct card_sheet *sheet);
int32_t card_room_money(const struct card_sheet *sheet);

#endif
