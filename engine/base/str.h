/* SPDX-License-Identifier: GPL-3.0-or-later
 * base/str.h: borrowed slices of text, and text that grows.
 *
 * Ownership: a struct str borrows its bytes from whoever made it and never frees them. A struct text owns its
 * bytes; text_free releases them. All text is UTF-8. */
#ifndef TURNCURVE_BASE_STR_H
#define TURNCURVE_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* A slice of bytes, not NUL-terminated. {NULL, 0} is the empty slice. */
struct str {
    const char *at;
    size_t length;
};

/* A slice over a NUL-terminated string (NULL gives the empty slice). */
struct str str_of(const char *text);
/* The slice without ASCII blanks (space, tab, CR, LF) and no-break spaces at both ends. */
struct str str_trim(struct str s);
bool str_equal(struct str a, struct str b);
/* Equal but for the case of ASCII letters. */
bool str_equal_ignore_case(struct str a, struct str b);
bool str_equal_text(struct str a, const char *b);
bool str_starts_with(struct str s, const char *beginning);
/* Order by bytes, shorter first when one begins the other: <0, 0, >0. */
int str_compare(struct str a, struct str b);
/* Copies the slice into buffer of the given size, cut if it must be, always terminated. False when it was
 * cut. */
bool str_copy(struct str s, char *buffer, size_t size);
/* True when every byte sequence is well-formed UTF-8 without NUL or other control characters than tab, CR and
 * LF. */
bool str_is_clean_utf8(struct str s);
/* Length in bytes of the well-formed UTF-8 sequence that the slice begins with, 0 when it begins with none.
 */
size_t str_utf8_sequence(struct str s);
/* Replaces control characters by "?", so that a text from a file or an argument cannot command a terminal. */
void str_make_printable(char *text);
/* Number of single-character edits (insert, delete, replace, swap of neighbours) between two words, ignoring
 * case; words longer than 63 bytes count as 99 apart. For "did you mean". */
int str_edit_distance(struct str a, struct str b);

/* Text that grows; zeroed is the empty text. */
struct text {
    char *at;
    size_t length, capacity;
};
void text_free(struct text *text);
bool text_append(struct text *text, struct str s, struct err *err);
bool text_append_c(struct text *text, const char *s, struct err *err);
bool text_format(struct text *text, struct err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The text as a NUL-terminated string, "" when empty; valid until the next change. */
const char *text_c(const struct text *text);

#endif
