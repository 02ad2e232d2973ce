/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/suggest.h: "did you mean".
 *
 * Ownership: nothing is allocated. */
#ifndef TURNCURVE_APP_SUGGEST_H
#define TURNCURVE_APP_SUGGEST_H

#include <stddef.h>

/* The candidate that a mistyped word probably meant: the fewest edits away, at most 1 + a third of its
 * letters, fewer than the candidate has letters; of several the first. NULL entries are skipped. NULL when
 * none is near. Example: "imprt" among import, list -> import; "xyz" -> NULL. */
const char *suggest_nearest(const char *word, const char *const candidates[], size_t n);

#endif
