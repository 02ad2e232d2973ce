/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/encoding.h: bytes of any usual encoding to UTF-8.
 *
 * Ownership: nothing is allocated but what is appended to a text, which is the caller's. */
#ifndef TURNCURVE_DATA_ENCODING_H
#define TURNCURVE_DATA_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

/* What a byte-order mark at the start of a file says. */
enum encoding { ENCODING_NO_MARK, ENCODING_UTF8, ENCODING_UTF16_LE, ENCODING_UTF16_BE };
/* The mark's kind and, in *length, its bytes. */
enum encoding encoding_mark(struct str beginning, size_t *length);

/* A UTF-16 stream between two pieces; zeroed but for big_endian at the start. */
struct encoding_utf16 {
    bool big_endian;
    bool has_byte; /* an odd byte is left over from the last piece */
    unsigned char byte;
    uint32_t surrogate; /* a first half of a pair, 0 none */
};
/* Converts the next n bytes; out has room for at least 3 * (n / 2 + 2) bytes. Returns the bytes written.
 * Halves of pairs that stand alone become U+FFFD. */
size_t encoding_from_utf16(struct encoding_utf16 *state, const unsigned char *bytes, size_t n, char *out);

/* Appends Windows-1252 bytes as UTF-8; the five bytes that it leaves open become U+FFFD. */
bool encoding_append_1252(struct text *out, struct str bytes, struct err *err);

/* True when the bytes are well-formed UTF-8; control characters do not matter. */
bool encoding_is_utf8(struct str bytes);

/* What occurs in a piece of text, found eight bytes at a time. */
struct encoding_look {
    bool nul;     /* a NUL byte */
    bool control; /* another control character than tab and line ends */
    bool high;    /* a byte above 0x7F */
    bool lone_cr; /* a CR that no LF follows; one at the very end is for the next piece to judge */
};
/* Adds what occurs in the piece to *look; before is the last byte of the piece before, 0 at the start. */
void encoding_look(struct encoding_look *look, struct str piece, char before);

#endif
