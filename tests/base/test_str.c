/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/str.h"

#include <check.h>
#include <string.h>

Suite *suite_str(void);

START_TEST(trim)
{
    ck_assert(str_equal_text(str_trim(str_of("  U6\t\r\n")), "U6"));
    ck_assert(str_equal_text(str_trim(str_of("\xC2\xA0U6\xC2\xA0 ")), "U6"));
    ck_assert_uint_eq(str_trim(str_of(" \t ")).length, 0);
    ck_assert_uint_eq(str_trim(str_of("\xC2\xA0")).length, 0);
    ck_assert_uint_eq(str_trim((struct str){0}).length, 0);
}
END_TEST

START_TEST(compare)
{
    ck_assert(str_equal_ignore_case(str_of("Child"), str_of("CHILD")));
    ck_assert(!str_equal_ignore_case(str_of("Child"), str_of("CHILDREN")));
    ck_assert_int_lt(str_compare(str_of("ab"), str_of("abc")), 0);
    ck_assert_int_gt(str_compare(str_of("b"), str_of("abc")), 0);
    ck_assert_int_eq(str_compare(str_of(""), (struct str){0}), 0);
    ck_assert(str_starts_with(str_of("scenarios/best"), "scenarios/"));
    ck_assert(!str_starts_with(str_of("sc"), "scenarios/"));
}
END_TEST

START_TEST(copy_is_cut_and_terminated)
{
    char small[4];
    ck_assert(str_copy(str_of("abc"), small, sizeof small));
    ck_assert(!str_copy(str_of("abcd"), small, sizeof small));
    ck_assert_str_eq(small, "abc");
}
END_TEST

START_TEST(clean_utf8)
{
    /* RFC 3629, section 4: overlong forms, surrogates and values above U+10FFFF are not UTF-8 */
    ck_assert(str_is_clean_utf8(str_of("Zo\xC3\xAB \xE2\x82\xAC \xF0\x9F\x98\x80\n")));
    ck_assert(!str_is_clean_utf8(str_of("\xC0\xAF")));
    ck_assert(!str_is_clean_utf8(str_of("\xED\xA0\x80")));
    ck_assert(!str_is_clean_utf8(str_of("\xF4\x90\x80\x80")));
    ck_assert(!str_is_clean_utf8(str_of("\xE2\x82")));
    ck_assert(!str_is_clean_utf8(str_of("\xE9t\xE9")));
    ck_assert(!str_is_clean_utf8((struct str){"a\0b", 3}));
    ck_assert(!str_is_clean_utf8(str_of("\x1B[31m")));
}
END_TEST

START_TEST(printable)
{
    char text[] = "a\033[31m\nb\x7F\xC3\xAB";
    str_make_printable(text);
    ck_assert_str_eq(text, "a?[31m?b?\xC3\xAB");
}
END_TEST

START_TEST(edit_distance)
{
    /* by hand: one swap; one insert; three replacements; case does not count */
    ck_assert_int_eq(str_edit_distance(str_of("entires"), str_of("entries")), 1);
    ck_assert_int_eq(str_edit_distance(str_of("entrie"), str_of("ENTRIES")), 1);
    ck_assert_int_eq(str_edit_distance(str_of("abc"), str_of("xyz")), 3);
    ck_assert_int_eq(str_edit_distance(str_of(""), str_of("four")), 4);
    char long_word[100];
    memset(long_word, 'a', sizeof long_word - 1);
    long_word[sizeof long_word - 1] = '\0';
    ck_assert_int_eq(str_edit_distance(str_of(long_word), str_of("a")), 99);
}
END_TEST

START_TEST(text_grows)
{
    struct err err = {0};
    struct text text = {0};
    ck_assert_str_eq(text_c(&text), "");
    for (int i = 0; i < 1000; i++)
        ck_assert(text_format(&text, &err, "%d,", i % 10));
    ck_assert(text_append_c(&text, "end", &err));
    ck_assert(text_append(&text, str_of("!"), &err));
    ck_assert_uint_eq(text.length, 2004);
    ck_assert_str_eq(text_c(&text) + 1998, "9,end!");
    text_free(&text);
    ck_assert_ptr_null(text.at);
}
END_TEST

Suite *suite_str(void)
{
    Suite *suite = suite_create("str");
    TCase *tcase = tcase_create("str");
    tcase_add_test(tcase, trim);
    tcase_add_test(tcase, compare);
    tcase_add_test(tcase, copy_is_cut_and_terminated);
    tcase_add_test(tcase, clean_utf8);
    tcase_add_test(tcase, printable);
    tcase_add_test(tcase, edit_distance);
    tcase_add_test(tcase, text_grows);
    suite_add_tcase(suite, tcase);
    return suite;
}
