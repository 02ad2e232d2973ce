/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/card_commentary.h: which commentary belongs to a card, and how much room it takes on a sheet.
 *
 * Ownership: the commentary read is the caller's, released with commentary_free. */
#ifndef TURNCURVE_APP_CARD_COMMENTARY_H
#define TURNCURVE_APP_CARD_COMMENTARY_H

#include "app/card_period.h"
#include "base/log.h"
#include "render/commentary.h"

/* Reads the commentary of a period: the file `given`; in the folder `given` NAME.md, of a locality
 * NAME-LOCALITY.md (letters and figures, lower case, - for the rest); given NULL: the same in the folder
 * `commentary` beside the database. A file that is not in a folder is no commentary at all, and *out is
 * empty; one that was named must be there (ERR_NO_INPUT). What was left out of it is warned of. level: of its
 * topmost headings. */
bool card_commentary_read(const char *given, const char *database, const struct card_period *period,
                          const char *locality, int32_t level, struct log *log, struct commentary *out,
                          struct err *err);

/* "North East" -> "north-east"; cut. */
enum { CARD_SLUG = 64 };
void card_slug(const char *name, char out[CARD_SLUG]);

/* How many lines of `characters` a piece of markup takes: every block begins one. */
int32_t card_lines(const char *markup, int32_t characters);

#endif
