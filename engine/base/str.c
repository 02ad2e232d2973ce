/* SPDX-License-Identifier: GPL-3.0-or-later
 * Slices carry their length, so that NUL bytes and unterminated input are ordinary data. Letters are compared
 * in ASCII only: no locale can change what a code means. */
#include "base/str.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EDIT_LONGEST = 63, EDIT_FAR = 99, TEXT_FIRST = 256 };

struct str str_of(const char *text)
{
    return (struct str){.at = text, .length = text == NULL ? 0 : strlen(text)};
}

static bool byte_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str s)
{
    for (;;) {
        if (s.length > 0 && byte_is_blank(s.at[0])) {
            s.at++;
            s.length--;
        } else if (s.length > 1 && (unsigned char)s.at[0] == 0xC2 && (unsigned char)s.at[1] == 0xA0) {
            s.at += 2;
            s.length -= 2;
        } else {
            break;
        }
    }
    for (;;) {
        if (s.length > 0 && byte_is_blank(s.at[s.length - 1]))
            s.length--;
        else if (s.length > 1 && (unsigned char)s.at[s.length - 2] == 0xC2 &&
                 (unsigned char)s.at[s.length - 1] == 0xA0)
            s.length -= 2;
        else
            break;
    }
    return s;
}

bool str_equal(struct str a, struct str b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

bool str_equal_ignore_case(struct str a, struct str b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (lower(a.at[i]) != lower(b.at[i]))
            return false;
    return true;
}

bool str_equal_text(struct str a, const char *b)
{
    return str_equal(a, str_of(b));
}

bool str_starts_with(struct str s, const char *beginning)
{
    const struct str b = str_of(beginning);
    return s.length >= b.length && (b.length == 0 || memcmp(s.at, b.at, b.length) == 0);
}

int str_compare(struct str a, struct str b)
{
    const size_t shorter = a.length < b.length ? a.length : b.length;
    const int order = shorter == 0 ? 0 : memcmp(a.at, b.at, shorter);
    if (order != 0)
        return order;
    return a.length < b.length ? -1 : a.length > b.length;
}

bool str_copy(struct str s, char *buffer, size_t size)
{
    bug_if(size == 0);
    const size_t keep = s.length < size ? s.length : size - 1;
    if (keep > 0)
        memcpy(buffer, s.at, keep);
    buffer[keep] = '\0';
    return keep == s.length;
}

/* RFC 3629, section 4. */
size_t str_utf8_sequence(struct str text)
{
    const unsigned char *const s = (const unsigned char *)text.at;
    const size_t length = text.length;
    if (length == 0)
        return 0;
    const unsigned char c = s[0];
    if (c < 0x80)
        return 1;
    if (c >= 0xC2 && c <= 0xDF)
        return length >= 2 && (s[1] & 0xC0) == 0x80 ? 2 : 0;
    if (c >= 0xE0 && c <= 0xEF) {
        if (length < 3 || (s[1] & 0xC0) != 0x80 || (s[2] & 0xC0) != 0x80)
            return 0;
        if ((c == 0xE0 && s[1] < 0xA0) || (c == 0xED && s[1] > 0x9F))
            return 0;
        return 3;
    }
    if (c >= 0xF0 && c <= 0xF4) {
        if (length < 4 || (s[1] & 0xC0) != 0x80 || (s[2] & 0xC0) != 0x80 || (s[3] & 0xC0) != 0x80)
            return 0;
        if ((c == 0xF0 && s[1] < 0x90) || (c == 0xF4 && s[1] > 0x8F))
            return 0;
        return 4;
    }
    return 0;
}

bool str_is_clean_utf8(struct str s)
{
    const unsigned char *at = (const unsigned char *)s.at;
    size_t i = 0;
    while (i < s.length) {
        const unsigned char c = at[i];
        if ((c < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7F)
            return false;
        const size_t n = str_utf8_sequence((struct str){s.at + i, s.length - i});
        if (n == 0)
            return false;
        i += n;
    }
    return true;
}

void str_make_printable(char *text)
{
    for (char *at = text; *at != '\0'; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7F)
            *at = '?';
}

/* Optimal string alignment distance (Damerau 1964 restricted to neighbours), three rows of the table at a
 * time. */
int str_edit_distance(struct str a, struct str b)
{
    if (a.length > EDIT_LONGEST || b.length > EDIT_LONGEST)
        return EDIT_FAR;
    int before[EDIT_LONGEST + 1] = {0};
    int previous[EDIT_LONGEST + 1];
    int current[EDIT_LONGEST + 1];
    for (size_t j = 0; j <= b.length; j++)
        previous[j] = (int)j;
    for (size_t i = 1; i <= a.length; i++) {
        current[0] = (int)i;
        for (size_t j = 1; j <= b.length; j++) {
            const int differs = lower(a.at[i - 1]) != lower(b.at[j - 1]);
            int best = previous[j - 1] + differs;
            if (previous[j] + 1 < best)
                best = previous[j] + 1;
            if (current[j - 1] + 1 < best)
                best = current[j - 1] + 1;
            if (i > 1 && j > 1 && lower(a.at[i - 1]) == lower(b.at[j - 2]) &&
                lower(a.at[i - 2]) == lower(b.at[j - 1]) && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            current[j] = best;
        }
        memcpy(before, previous, sizeof before);
        memcpy(previous, current, sizeof previous);
    }
    return previous[b.length];
}

void text_free(struct text *text)
{
    free(text->at);
    *text = (struct text){0};
}

static bool text_reserve(struct text *text, size_t extra, struct err *err)
{
    if (extra > SIZE_MAX / 4 - text->length)
        return err_no_memory(err);
    const size_t needed = text->length + extra + 1;
    if (needed <= text->capacity)
        return true;
    size_t capacity = text->capacity == 0 ? TEXT_FIRST : text->capacity;
    while (capacity < needed)
        capacity *= 2;
    char *at = realloc(text->at, capacity);
    if (at == NULL)
        return err_no_memory(err);
    text->at = at;
    text->capacity = capacity;
    return true;
}

bool text_append(struct text *text, struct str s, struct err *err)
{
    if (!text_reserve(text, s.length, err))
        return false;
    if (s.length > 0)
        memcpy(text->at + text->length, s.at, s.length);
    text->length += s.length;
    text->at[text->length] = '\0';
    return true;
}

bool text_append_c(struct text *text, const char *s, struct err *err)
{
    return text_append(text, str_of(s), err);
}

bool text_format(struct text *text, struct err *err, const char *format, ...)
{
    va_list arguments;
    va_list again;
    va_start(arguments, format);
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    bool ok = false;
    if (length < 0) {
        err_set(err, ERR_INTERNAL, "cannot format a text");
    } else if (text_reserve(text, (size_t)length, err)) {
        const int written = vsnprintf(text->at + text->length, (size_t)length + 1, format, again);
        bug_if(written != length);
        text->length += (size_t)length;
        ok = true;
    }
    va_end(again);
    return ok;
}

const char *text_c(const struct text *text)
{
    return text->at == NULL ? "" : text->at;
}
