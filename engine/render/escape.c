/* SPDX-License-Identifier: GPL-3.0-or-later
 * Byte by byte: all that is replaced is ASCII, and UTF-8 keeps ASCII to itself. */
#include "render/escape.h"

#include <string.h>

struct replacement {
    char byte;
    const char *text;
};

/* Well-formed but for control characters, which are replaced anyway. */
static bool is_utf8(struct str s)
{
    size_t from = 0;
    for (size_t i = 0; i <= s.length; i++) {
        const bool control = i < s.length && ((unsigned char)s.at[i] < 0x20 || s.at[i] == 0x7F);
        if (i < s.length && !control)
            continue;
        if (!str_is_clean_utf8((struct str){s.at + from, i - from}))
            return false;
        from = i + 1;
    }
    return true;
}

/* Browsers may break a line between a sign and a pound sign. */
static const char word_joiner[] = "\xE2\x81\xA0";

/* True at the last byte of "+" or a minus sign before a pound sign. */
static bool is_sign_of_pounds(struct str s, size_t i)
{
    if (i + 2 >= s.length || s.at[i + 1] != '\xC2' || s.at[i + 2] != '\xA3')
        return false;
    return s.at[i] == '+' || (i >= 2 && s.at[i] == '\x92' && s.at[i - 1] == '\x88' && s.at[i - 2] == '\xE2');
}

/* True at the blank of "93 %". */
static bool is_before_per_cent(struct str s, size_t i)
{
    return i > 0 && i + 1 < s.length && s.at[i] == ' ' && s.at[i + 1] == '%' && s.at[i - 1] >= '0' &&
           s.at[i - 1] <= '9';
}

/* joins: a number and its per cent sign, a sign and the pounds after it, stay on one line. */
static bool append_replaced(struct text *out, struct str s, const struct replacement table[], size_t n,
                            const char *kept_controls, bool joins, struct err *err)
{
    const bool utf8 = s.length == 0 || is_utf8(s);
    bool ok = true;
    for (size_t i = 0; ok && i < s.length; i++) {
        const unsigned char byte = (unsigned char)s.at[i];
        const char *replaced = NULL;
        for (size_t k = 0; k < n; k++)
            if (table[k].byte == s.at[i])
                replaced = table[k].text;
        if (byte == 0 || byte == 0x7F || (byte < 0x20 && strchr(kept_controls, s.at[i]) == NULL))
            replaced = " ";
        if (byte >= 0x80 && !utf8)
            replaced = "?";
        if (joins && is_before_per_cent(s, i))
            replaced = "\xC2\xA0"; /* a no-break space */
        ok = replaced != NULL ? text_append_c(out, replaced, err)
                              : text_append(out, (struct str){&s.at[i], 1}, err);
        if (ok && joins && utf8 && is_sign_of_pounds(s, i))
            ok = text_append_c(out, word_joiner, err);
    }
    return ok;
}

bool escape_markup(struct text *out, struct str s, struct err *err)
{
    static const struct replacement table[] = {
        {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    return append_replaced(out, s, table, sizeof table / sizeof table[0], "\t\n", true, err);
}

bool escape_plot_field(struct text *out, struct str s, struct err *err)
{
    static const struct replacement table[] = {{'"', "\xE2\x80\x9D"}, {'\\', "/"}};
    return append_replaced(out, s, table, sizeof table / sizeof table[0], "", false, err);
}
