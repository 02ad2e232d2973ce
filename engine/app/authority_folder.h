/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/authority_folder.h: where the results of one of several authorities go.
 *
 * Ownership: nothing is allocated. */
#ifndef TURNCURVE_APP_AUTHORITY_FOLDER_H
#define TURNCURVE_APP_AUTHORITY_FOLDER_H

#include "store/store.h"

enum { AUTHORITY_FOLDER_LONGEST = 4096 };
/* Writes OUT/CODE; the name, letters and digits of it, where there is no code. ERR_USAGE when that is too
 * long.
 */
bool authority_folder(const char *out, const struct authority *authority, char path[AUTHORITY_FOLDER_LONGEST],
                      struct err *err);

enum { AUTHORITY_PREFIX = 72 };
/* "St. Helens" -> "st-helens-": before the names of pictures when there are several authorities. */
void authority_prefix(const struct authority *authority, char out[AUTHORITY_PREFIX]);

#endif
