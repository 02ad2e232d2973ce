/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/digest.h: which bytes a file or a text holds.
 *
 * Ownership: nothing is kept. */
#ifndef TURNCURVE_STORE_DIGEST_H
#define TURNCURVE_STORE_DIGEST_H

#include "base/err.h"
#include "base/str.h"

enum { DIGEST_TEXT = 65 };

/* The SHA-256 of a file as 64 hexadecimal digits, equal to what sha256sum prints. ERR_NO_INPUT when it is not
 * there, ERR_IO when it cannot be read. */
bool digest_file(const char *path, char out[DIGEST_TEXT], struct err *err);
/* The same of a text. */
void digest_str(struct str text, char out[DIGEST_TEXT]);

#endif
