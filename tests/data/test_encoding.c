/* SPDX-License-Identifier: GPL-3.0-or-later
 * Byte sequences are those of the Unicode standard's own examples and code charts. */
#include "data/encoding.h"

#include <check.h>
#include <string.h>

#include "data/lines.h"

Suite *suite_encoding(void);

START_TEST(marks)
{
    size_t length = 9;
    ck_assert_int_eq(encoding_mark(str_of("\xEF\xBB\xBF"
                                          "A"),
                                   &length),
                     ENCODING_UTF8);
    ck_assert_uint_eq(length, 3);
    ck_assert_int_eq(encoding_mark(str_of("\xFF\xFE"), &length), ENCODING_UTF16_LE);
    ck_assert_uint_eq(length, 2);
    ck_assert_int_eq(encoding_mark(str_of("\xFE\xFF"), &length), ENCODING_UTF16_BE);
    ck_assert_int_eq(encoding_mark(str_of("\xEF\xBB"), &length), ENCODING_NO_MARK);
    ck_assert_uint_eq(length, 0);
    ck_assert_int_eq(encoding_mark(str_of(""), &length), ENCODING_NO_MARK);
}
END_TEST

START_TEST(utf16_byte_by_byte)
{
    /* "z", U+6C34, U+1D11E (a pair), a lone first half, "a", a lone second half */
    static const unsigned char bytes[] = {0x00, 0x7A, 0x6C, 0x34, 0xD8, 0x34, 0xDD,
                                          0x1E, 0xD8, 0x34, 0x00, 0x61, 0xDC, 0x00};
    static const char expected[] = "z\xE6\xB0\xB4\xF0\x9D\x84\x9E\xEF\xBF\xBD"
                                   "a\xEF\xBF\xBD";
    struct encoding_utf16 whole = {.big_endian = true};
    struct encoding_utf16 pieces = {.big_endian = true};
    char out[64];
    char small[64];
    size_t n = 0;
    ck_assert_uint_eq(encoding_from_utf16(&whole, bytes, sizeof bytes, out), sizeof expected - 1);
    ck_assert_mem_eq(out, expected, sizeof expected - 1);
    for (size_t i = 0; i < sizeof bytes; i++)
        n += encoding_from_utf16(&pieces, bytes + i, 1, small + n);
    ck_assert_uint_eq(n, sizeof expected - 1);
    ck_assert_mem_eq(small, expected, n);
}
END_TEST

START_TEST(windows_1252)
{
    struct text out = {0};
    struct err err;
    ck_assert(encoding_append_1252(&out, str_of("A\x80\x81\x9F\xA3\xFF"), &err));
    ck_assert_str_eq(text_c(&out), "A\xE2\x82\xAC\xEF\xBF\xBD\xC5\xB8\xC2\xA3\xC3\xBF");
    text_free(&out);
}
END_TEST

START_TEST(utf8)
{
    ck_assert(encoding_is_utf8(str_of("a\t\x01\xC3\xA9\xF4\x8F\xBF\xBF")));
    static const char *const bad[] = {"\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                      "\x80", "a\xFF"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert(!encoding_is_utf8(str_of(bad[i])));
}
END_TEST

/* One odd byte at every place of words and ends: the look must find it, and nothing in the text without it.
 */
START_TEST(looks)
{
    static const char clean[] = "CHILD,DECOM\r\n123,\t01/04/2021~\n";
    const size_t n = sizeof clean - 1;
    struct encoding_look look = {0};
    encoding_look(&look, (struct str){clean, n}, '\0');
    ck_assert(!look.nul && !look.control && !look.high && !look.lone_cr);
    for (size_t i = 0; i < n; i++) {
        static const char odd[] = {'\0', '\x01', '\x1F', '\x7F', '\x80', '\xFF', '\r'};
        if (clean[i] == '\n' || clean[i] == '\r')
            continue;
        for (size_t k = 0; k < sizeof odd; k++) {
            char text[sizeof clean];
            memcpy(text, clean, sizeof clean);
            text[i] = odd[k];
            look = (struct encoding_look){0};
            encoding_look(&look, (struct str){text, n}, '\0');
            const bool lone = odd[k] == '\r' && text[i + 1] != '\n';
            ck_assert_int_eq(look.nul, odd[k] == '\0');
            ck_assert_int_eq(look.control, k >= 1 && k <= 3);
            ck_assert_int_eq(look.high, k == 4 || k == 5);
            ck_assert_int_eq(look.lone_cr, lone);
        }
    }
    look = (struct encoding_look){0};
    encoding_look(&look, str_of("\nx"), '\r');
    ck_assert(!look.lone_cr);
    encoding_look(&look, str_of("x"), '\r');
    ck_assert(look.lone_cr);
}
END_TEST

START_TEST(lines_have_numbers_and_ends)
{
    struct lines lines;
    struct line line;
    struct err err;
    static const char *const expected[] = {"a", "", "b\tc", "d"};
    ck_assert(lines_open(&lines, NULL, str_of("a\r\n\rb\tc\nd\r"), "x", &err));
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(lines.number, i + 1);
        ck_assert_int_eq(lines_next(&lines, &line, &err), LINES_LINE);
        ck_assert(str_equal_text(line.text, expected[i]));
    }
    ck_assert_int_eq(lines_next(&lines, &line, &err), LINES_END);
    lines_close(&lines);
}
END_TEST

Suite *suite_encoding(void)
{
    Suite *suite = suite_create("encoding");
    TCase *cases = tcase_create("encoding");
    tcase_add_test(cases, marks);
    tcase_add_test(cases, utf16_byte_by_byte);
    tcase_add_test(cases, windows_1252);
    tcase_add_test(cases, utf8);
    tcase_add_test(cases, looks);
    tcase_add_test(cases, lines_have_numbers_and_ends);
    suite_add_tcase(suite, cases);
    return suite;
}
