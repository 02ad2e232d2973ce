/* SPDX-License-Identifier: GPL-3.0-or-later
 * A workbook is XML in a zip: what XML or the spreadsheets that read it refuse is taken out here. */
#include "render/sheet_text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define CUT " [cut]"
enum {
    CUT_UNITS = sizeof CUT - 1,
    ESCAPE = 7 /* _xHHHH_ */,
    COLUMN_LETTERS = 26,
    NAME_LEAST = 3,
    NAME_LONGEST = 64
};

/* UTF-16 units of a well-formed sequence of `length` bytes: two beyond the basic plane. */
static size_t units_of(size_t length)
{
    return length == 4 ? 2 : 1;
}

static bool is_escape(struct str s)
{
    if (s.length < ESCAPE || s.at[0] != '_' || s.at[1] != 'x' || s.at[ESCAPE - 1] != '_')
        return false;
    for (size_t i = 2; i < ESCAPE - 1; i++)
        if (!isxdigit((unsigned char)s.at[i]))
            return false;
    return true;
}

/* U+FFFE and U+FFFF are well-formed, but no XML. */
static bool is_no_character(const char *at, size_t length)
{
    return length == 3 && (unsigned char)at[0] == 0xEF && (unsigned char)at[1] == 0xBF &&
           (unsigned char)at[2] >= 0xBE;
}

/* What stands in a cell for the sequence of `length` bytes (0: none) at s; *units is what it counts. */
static struct str shown(struct str s, size_t length, size_t *units)
{
    *units = 1;
    if (length == 0 || is_no_character(s.at, length))
        return str_of("?");
    if (s.at[0] == '\r')
        return (struct str){NULL, *units = 0};
    if (length == 1 && (((unsigned char)s.at[0] < ' ' && s.at[0] != '\n') || s.at[0] == '\x7F'))
        return str_of(" ");
    if (is_escape(s)) {
        *units = ESCAPE;
        return str_of("_x005F_");
    }
    *units = units_of(length);
    return (struct str){s.at, length};
}

bool sheet_text_clean(struct text *out, struct str s, struct err *err)
{
    size_t total = 0;
    size_t room = 0; /* bytes of out where a cut would be made */
    while (s.length > 0) {
        size_t units = 0;
        const size_t sequence = str_utf8_sequence(s);
        const struct str piece = shown(s, sequence, &units);
        if (total + units > SHEET_TEXT_MOST) {
            out->length = room;
            return text_append_c(out, CUT, err);
        }
        if (!text_append(out, piece, err))
            return false;
        total += units;
        if (total <= SHEET_TEXT_MOST - CUT_UNITS)
            room = out->length;
        const size_t step = sequence == 0 ? 1 : sequence;
        s = (struct str){s.at + step, s.length - step};
    }
    return true;
}

size_t sheet_text_units(const char *text)
{
    size_t n = 0;
    for (const char *at = text; *at != '\0'; at++) {
        const unsigned char byte = (unsigned char)*at;
        n += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
    }
    return n;
}

size_t sheet_text_longest_line(const char *text)
{
    size_t longest = 0;
    size_t n = 0;
    for (const char *at = text; *at != '\0'; at++) {
        n = *at == '\n' ? 0 : n + (((unsigned char)*at & 0xC0) != 0x80);
        longest = n > longest ? n : longest;
    }
    return longest;
}

/* Copies at most `most` units of the wanted name, without what no name may hold. */
static void copy_legal(const char *wanted, size_t most, char out[SHEET_NAME_SIZE])
{
    struct str s = str_trim(str_of(wanted));
    size_t n = 0;
    size_t units = 0;
    while (s.length > 0) {
        const size_t sequence = str_utf8_sequence(s);
        const size_t step = sequence == 0 ? 1 : sequence;
        const bool legal =
            sequence > 0 && !is_no_character(s.at, sequence) &&
            (sequence > 1 || ((unsigned char)s.at[0] >= ' ' && strchr("[]:*?/\\\x7F", s.at[0]) == NULL));
        if (units + (legal ? units_of(step) : 1) > most)
            break;
        memcpy(out + n, legal ? s.at : " ", legal ? step : 1);
        n += legal ? step : 1;
        units += legal ? units_of(step) : 1;
        s = (struct str){s.at + step, s.length - step};
    }
    while (n > 0 && (out[n - 1] == '\'' || out[n - 1] == ' '))
        n--;
    out[n] = '\0';
    const size_t from = strspn(out, "' ");
    memmove(out, out + from, n - from + 1);
}

static bool is_taken(const char *name, const char taken[][SHEET_NAME_SIZE], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal_ignore_case(str_of(name), str_of(taken[i])))
            return true;
    return str_equal_ignore_case(str_of(name), str_of("History"));
}

void sheet_text_name(const char *wanted, const char taken[][SHEET_NAME_SIZE], size_t n,
                     char out[SHEET_NAME_SIZE])
{
    copy_legal(wanted, SHEET_NAME_MOST, out);
    if (out[0] == '\0')
        snprintf(out, SHEET_NAME_SIZE, "Sheet %zu", n + 1);
    for (size_t i = 2; is_taken(out, taken, n); i++) {
        char suffix[24];
        const int length = snprintf(suffix, sizeof suffix, " (%zu)", i);
        copy_legal(wanted, SHEET_NAME_MOST - (size_t)length, out);
        memcpy(out + strlen(out), suffix, (size_t)length + 1);
    }
}

/* One to three letters and digits: A1 .. XFD1048576; R, C and R1C1 in the other notation. */
static bool is_like_address(const char *name)
{
    const size_t letters = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    const char *at = name + letters;
    if (letters <= 3 && *at != '\0' && at[strspn(at, "0123456789")] == '\0')
        return true;
    if (name[0] != 'R' && name[0] != 'r')
        return false;
    at = name + 1 + strspn(name + 1, "0123456789");
    return (*at == 'C' || *at == 'c') && at[1 + strspn(at + 1, "0123456789")] == '\0';
}

bool sheet_text_is_name(const char *name)
{
    const size_t length = strlen(name);
    const size_t legal = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789");
    return length >= NAME_LEAST && length <= NAME_LONGEST && legal == length &&
           isalpha((unsigned char)name[0]) && !is_like_address(name);
}

bool sheet_text_foot(struct text *out, const char *s, struct err *err)
{
    static const char page[] = "&RPage &P of &N";
    bool ok = text_append_c(out, "&L&8", err) &&
              text_append_c(out, " ", err); /* a figure after it would be a size */
    for (const char *at = s; ok && *at != '\0';) {
        const size_t sequence = str_utf8_sequence(str_of(at));
        const size_t step = sequence == 0 ? 1 : sequence;
        if (out->length + step + sizeof page + 1 > SHEET_FOOT_MOST)
            break;
        if (*at == '&')
            ok = text_append_c(out, "&&", err);
        else if (sequence == 0 || (unsigned char)*at < ' ')
            ok = text_append_c(out, " ", err);
        else
            ok = text_append(out, (struct str){at, sequence}, err);
        at += step;
    }
    return ok && text_append_c(out, page, err);
}

bool sheet_text_line(struct str *s, size_t width, struct str *line)
{
    *s = str_trim(*s);
    if (s->length == 0)
        return false;
    size_t end = 0;
    size_t blank = 0;
    for (size_t units = 0; end < s->length && s->at[end] != '\n' && units <= width; end++) {
        if (s->at[end] == ' ')
            blank = end;
        units += ((unsigned char)s->at[end] & 0xC0) != 0x80;
    }
    const bool broken = end < s->length && s->at[end] != '\n';
    size_t length = broken && blank > 0 ? blank : end;
    if (broken && blank == 0)
        while (length < s->length && s->at[length] != ' ' && s->at[length] != '\n')
            length++; /* a word longer than a line stays whole */
    *line = (struct str){s->at, length};
    *s = (struct str){s->at + length, s->length - length};
    return true;
}

size_t sheet_text_lines(const char *text, size_t width)
{
    size_t n = 0;
    struct str line;
    for (struct str left = str_of(text); sheet_text_line(&left, width, &line);) {
        size_t units = 0;
        for (size_t i = 0; i < line.length; i++)
            units += ((unsigned char)line.at[i] & 0xC0) != 0x80;
        n += (units + width - 1) / width;
    }
    return n == 0 ? 1 : n;
}

static bool append_column(struct text *out, size_t column, const char *mark, struct err *err)
{
    char letters[8];
    size_t n = sizeof letters;
    letters[--n] = '\0';
    for (size_t left = column + 1; left > 0 && n > 0; left = (left - 1) / COLUMN_LETTERS)
        letters[--n] = (char)('A' + (left - 1) % COLUMN_LETTERS);
    return text_format(out, err, "%s%s", mark, letters + n);
}

bool sheet_text_cell(struct text *out, const char *sheet, size_t row, size_t column, struct err *err)
{
    bool ok = text_append_c(out, "'", err);
    for (const char *at = sheet; ok && *at != '\0'; at++)
        ok = text_append(out, (struct str){at, 1}, err) && (*at != '\'' || text_append_c(out, "'", err));
    return ok && text_append_c(out, "'!", err) && append_column(out, column, "$", err) &&
           text_format(out, err, "$%zu", row + 1);
}

/* The number in brackets at *at, which moves behind it; false when there is none. */
static bool read_column(const char **at, size_t *column)
{
    const char *digit = *at + 1;
    size_t n = 0;
    if (**at != '[' || !isdigit((unsigned char)*digit))
        return false;
    for (; isdigit((unsigned char)*digit) && n < 10000; digit++)
        n = 10 * n + (size_t)(*digit - '0');
    if (*digit != ']')
        return false;
    *column = n;
    *at = digit + 1;
    return true;
}

bool sheet_text_formula(struct text *out, const char *pattern, size_t row, size_t n_columns, struct err *err)
{
    bool ok = text_append_c(out, "=", err);
    for (const char *at = pattern; ok && *at != '\0';) {
        size_t column = 0;
        if (*at != '[') {
            ok = text_append(out, (struct str){at++, 1}, err);
            continue;
        }
        if (!read_column(&at, &column) || column >= n_columns)
            return err_set(err, ERR_INTERNAL, "the formula %s names no column of its table", pattern);
        ok = append_column(out, column, "", err) && text_format(out, err, "%zu", row + 1);
    }
    return ok;
}

bool sheet_text_formula_columns(const char *pattern, const bool uses[], size_t n_columns)
{
    size_t last = n_columns; /* the column just read, when a colon follows it */
    for (const char *at = pattern; *at != '\0';) {
        size_t column = 0;
        if (*at != '[' || !read_column(&at, &column)) {
            at++;
            continue;
        }
        for (size_t i = last < column ? last : column; i <= column; i++)
            if (i >= n_columns || !uses[i])
                return false;
        last = *at == ':' ? column : n_columns;
    }
    return true;
}

bool sheet_text_total(struct text *out, size_t column, size_t first_row, size_t last_row, struct err *err)
{
    return text_append_c(out, "=SUBTOTAL(109,", err) && append_column(out, column, "", err) &&
           text_format(out, err, "%zu:", first_row + 1) && append_column(out, column, "", err) &&
           text_format(out, err, "%zu)", last_row + 1);
}
