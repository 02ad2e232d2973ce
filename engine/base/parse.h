/* SPDX-License-Identifier: GPL-3.0-or-later
 * base/parse.h: strict numbers from text.
 *
 * Ownership: nothing is allocated. The whole slice must be the number (blanks at the ends are allowed),
 * decimals are dots whatever the locale, and hexadecimal, "inf" and "nan" are not numbers. Each function
 * returns false and leaves the output alone when the text is not such a number or out of range. */
#ifndef TURNCURVE_BASE_PARSE_H
#define TURNCURVE_BASE_PARSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* An optional sign and 1 to 18 digits. */
bool parse_int64(struct str s, int64_t *out);
/* As parse_int64, and low <= value <= high. */
bool parse_int_between(struct str s, int64_t low, int64_t high, int64_t *out);
/* Sign, digits, optional point and decimals, optional exponent: "12", "-0.5", "1e3", ".5". Finite. */
bool parse_double(struct str s, double *out);
/* Pounds to integer pence: "1,234.50", "£420", "420", "-3.1"; thousands commas only in their places, at most
 * two decimals, £ allowed. Another currency's sign is no number. */
bool parse_pence(struct str s, int64_t *out);
/* A range of whole numbers from 0 to most: "10-15", or "9" for 9 to 9; low <= high. */
bool parse_range(struct str s, int64_t most, int64_t *low, int64_t *high);
/* A range of days: "0-60d", or "548d+" without an upper end (INT32_MAX). */
bool parse_days(struct str s, int32_t *low, int32_t *high);

#endif
