/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/authority.h: which authority a name or code means, and new ones.
 *
 * Ownership: everything is borrowed.
 *
 * Published files name an authority by ONS code, three-digit code, name, or some of them, and spell names in
 * several ways ("&" and "and"). Codes decide; a name decides only where no code contradicts it. */
#ifndef TURNCURVE_STORE_AUTHORITY_H
#define TURNCURVE_STORE_AUTHORITY_H

#include "store/db.h"

/* The key of the authority (level "la"), region or nation ("region", "national"); it is added when it is not
 * there, and codes that were not known are filled in. */
bool authority_put(struct store *store, const char *level, struct str code, struct str old_code,
                   struct str name, int32_t *la, struct err *err);
/* The authority that returns belong to: the one that `text` (--la) means, added under that name when there is
 * none; without text the only one that has returns, else a new one called "council". ERR_USAGE when several
 * have returns, or several match. */
bool authority_for_returns(struct store *store, const char *text, int32_t *la, struct err *err);

#endif
