/* SPDX-License-Identifier: GPL-3.0-or-later
 * Decoders by table and by the definitions in RFC 2781 (UTF-16) and RFC 3629 (UTF-8). The look at a block
 * treats eight bytes as one integer: a word without anything special, which nearly all are, costs a few
 * operations. */
#include "data/encoding.h"

#include <string.h>

enum { REPLACEMENT = 0xFFFD, WORD = 8 };

enum encoding encoding_mark(struct str beginning, size_t *length)
{
    const unsigned char *const at = (const unsigned char *)beginning.at;
    *length = 0;
    if (beginning.length >= 3 && at[0] == 0xEF && at[1] == 0xBB && at[2] == 0xBF) {
        *length = 3;
        return ENCODING_UTF8;
    }
    if (beginning.length >= 2 && at[0] == 0xFF && at[1] == 0xFE) {
        *length = 2;
        return ENCODING_UTF16_LE;
    }
    if (beginning.length >= 2 && at[0] == 0xFE && at[1] == 0xFF) {
        *length = 2;
        return ENCODING_UTF16_BE;
    }
    return ENCODING_NO_MARK;
}

/* Writes one character as UTF-8; at has room for four bytes. */
static size_t put_utf8(char *at, uint32_t c)
{
    if (c < 0x80) {
        at[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        at[0] = (char)(0xC0 | (c >> 6));
        at[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        at[0] = (char)(0xE0 | (c >> 12));
        at[1] = (char)(0x80 | ((c >> 6) & 0x3F));
        at[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    at[0] = (char)(0xF0 | (c >> 18));
    at[1] = (char)(0x80 | ((c >> 12) & 0x3F));
    at[2] = (char)(0x80 | ((c >> 6) & 0x3F));
    at[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* One 16-bit unit; writes at most six bytes (a lone half before another character). */
static size_t put_unit(struct encoding_utf16 *state, uint32_t unit, char *out)
{
    size_t n = 0;
    const bool first_half = unit >= 0xD800 && unit <= 0xDBFF;
    const bool second_half = unit >= 0xDC00 && unit <= 0xDFFF;
    if (state->surrogate != 0) {
        const uint32_t first = state->surrogate;
        state->surrogate = 0;
        if (second_half)
            return put_utf8(out, 0x10000 + ((first - 0xD800) << 10) + (unit - 0xDC00));
        n = put_utf8(out, REPLACEMENT);
    }
    if (first_half) {
        state->surrogate = unit;
        return n;
    }
    return n + put_utf8(out + n, second_half ? (uint32_t)REPLACEMENT : unit);
}

size_t encoding_from_utf16(struct encoding_utf16 *state, const unsigned char *bytes, size_t n, char *out)
{
    size_t written = 0;
    for (size_t i = 0; i < n; i++) {
        if (!state->has_byte) {
            state->byte = bytes[i];
            state->has_byte = true;
            continue;
        }
        state->has_byte = false;
        const uint32_t first = state->byte;
        const uint32_t second = bytes[i];
        written +=
            put_unit(state, state->big_endian ? first << 8 | second : second << 8 | first, out + written);
    }
    return written;
}

bool encoding_append_1252(struct text *out, struct str bytes, struct err *err)
{
    /* 0x80 to 0x9F (Unicode Consortium, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT); the rest is Latin-1. */
    static const uint16_t upper[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                       0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    for (size_t i = 0; i < bytes.length; i++) {
        const unsigned char c = (unsigned char)bytes.at[i];
        char sequence[4];
        const size_t n = put_utf8(sequence, c >= 0x80 && c < 0xA0 ? upper[c - 0x80] : c);
        if (!text_append(out, (struct str){sequence, n}, err))
            return false;
    }
    return true;
}

bool encoding_is_utf8(struct str bytes)
{
    while (bytes.length > 0) {
        const size_t n = str_utf8_sequence(bytes);
        if (n == 0)
            return false;
        bytes.at += n;
        bytes.length -= n;
    }
    return true;
}

static void look_at_bytes(struct encoding_look *look, const char *at, size_t n, const char *end)
{
    for (size_t i = 0; i < n; i++) {
        const unsigned char c = (unsigned char)at[i];
        if (c == '\0')
            look->nul = true;
        else if (c == '\r')
            look->lone_cr = look->lone_cr || (at + i + 1 < end && at[i + 1] != '\n');
        else if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7F)
            look->control = true;
        else if (c > 0x7F)
            look->high = true;
    }
}

void encoding_look(struct encoding_look *look, struct str piece, char before)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t tops = UINT64_C(0x8080808080808080);
    const char *const end = piece.at + piece.length;
    size_t i = 0;
    if (piece.length > 0 && before == '\r' && piece.at[0] != '\n')
        look->lone_cr = true;
    for (; i + WORD <= piece.length; i += WORD) {
        uint64_t word;
        memcpy(&word, piece.at + i, sizeof word);
        const uint64_t deleted = word ^ (ones * 0x7F);
        const uint64_t special =
            (word | ((word - ones * 0x20) & ~word) | ((deleted - ones) & ~deleted)) & tops;
        if (special != 0)
            look_at_bytes(look, piece.at + i, WORD, end);
    }
    look_at_bytes(look, piece.at + i, piece.length - i, end);
}
