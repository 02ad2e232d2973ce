/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/localities.h: postcodes to localities (columns postcode, locality); the longest beginning counts.
 *
 * A district is no beginning of a longer one: LS1 covers LS1 2AB, not LS12 3AB; LS covers both.
 *
 * Ownership: localities own their texts; localities_free releases them. */
#ifndef TURNCURVE_DATA_LOCALITIES_H
#define TURNCURVE_DATA_LOCALITIES_H

#include "base/arena.h"
#include "base/str.h"

struct locality_row {
    struct str postcode; /* beginning of a postcode: capitals, one blank before the inward part */
    int32_t name;        /* index into names */
};
struct localities {
    struct locality_row *rows; /* sorted by postcode */
    size_t n_rows, capacity;
    const char **names; /* sorted, "unknown" last */
    size_t n_names, names_capacity;
    struct arena texts;
};
void localities_free(struct localities *localities);
/* Adds a row (blanks in the postcode do not count). Call localities_finish after the last. */
bool localities_add(struct localities *localities, struct str postcode, struct str name, struct err *err);
bool localities_finish(struct localities *localities, struct err *err);
/* Index of the locality of a home postcode; the last ("unknown") when none matches. */
int32_t localities_find(const struct localities *localities, struct str home_post);

#endif
