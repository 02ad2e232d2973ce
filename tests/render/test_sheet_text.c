/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "render/sheet_text.h"

Suite *suite_sheet_text(void);

static void expect_clean(const char *bytes, size_t n, const char *expected)
{
    struct text out = {0};
    struct err err = {0};
    ck_assert(sheet_text_clean(&out, (struct str){bytes, n}, &err));
    ck_assert_str_eq(text_c(&out), expected);
    text_free(&out);
}

/* XML 1.0 section 2.2: tab, LF, CR, U+0020 to U+D7FF, U+E000 to U+FFFD, U+10000 to U+10FFFF. ECMA-376 part
 * 1, 22.9.2.19 (ST_Xstring): _xHHHH_ is an escape, _x005F_ that of the underscore. */
START_TEST(cleans_what_xml_refuses)
{
    expect_clean("=1+1", 4, "=1+1");
    expect_clean("a\x01z\x1F\x7F", 5, "a z  ");
    expect_clean("a\0b", 3, "a b");
    expect_clean("one\r\ntwo\tthree", 14, "one\ntwo three");
    expect_clean("caf\xE9", 4, "caf?");              /* Latin-1 */
    expect_clean("\xC3\xA9\xC3", 3, "\xC3\xA9?");    /* cut in the middle of a letter */
    expect_clean("\xED\xA0\x80", 3, "???");          /* half of a surrogate pair */
    expect_clean("\xEF\xBF\xBE!", 4, "?!");          /* U+FFFE */
    expect_clean("\xEF\xBF\xBD", 3, "\xEF\xBF\xBD"); /* U+FFFD is a character */
    expect_clean("\xF0\x9F\x98\x80", 4, "\xF0\x9F\x98\x80");
    expect_clean("_x0041_", 7, "_x005F_x0041_");
    expect_clean("_x004G_ _x41_", 13, "_x004G_ _x41_");
    expect_clean("", 0, "");
}
END_TEST

/* Excel, specifications and limits: 32,767 characters in a cell, counted as UTF-16. 6 of them are " [cut]".
 */
START_TEST(cuts_what_is_longer_than_a_cell)
{
    static const struct {
        const char *letter;
        size_t n, units, kept;
    } cases[] = {
        {"a", 32767, 32767, 32767},
        {"a", 32768, 32767, 32761},
        {"\xC2\xA3", 40000, 32767, 32761},
        {"\xF0\x9F\x98\x80", 16384, 32766,
         16380}, /* two units each: 32,768 do not fit, 32,760 and the mark do */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text in = {0};
        struct text out = {0};
        struct err err = {0};
        for (size_t k = 0; k < cases[i].n; k++)
            ck_assert(text_append_c(&in, cases[i].letter, &err));
        ck_assert(sheet_text_clean(&out, (struct str){in.at, in.length}, &err));
        ck_assert_uint_eq(sheet_text_units(text_c(&out)), cases[i].units);
        const bool cut = cases[i].kept < cases[i].n;
        ck_assert_int_eq(strstr(text_c(&out), " [cut]") != NULL, cut);
        ck_assert_uint_eq(out.length, cases[i].kept * strlen(cases[i].letter) + (cut ? strlen(" [cut]") : 0));
        text_free(&in);
        text_free(&out);
    }
}
END_TEST

/* Excel, "Rename a worksheet": no []:*?/\, no apostrophe at an end, 31 characters, not blank, not History. */
START_TEST(sheet_names_are_legal_and_differ)
{
    static const struct {
        const char *wanted, *expected;
    } cases[] = {
        {"Costs", "Costs"},
        {"costs", "costs (2)"},
        {"COSTS", "COSTS (3)"},
        {"a[b]:c*d?e/f\\g", "a b  c d e f g"},
        {"'quoted'", "quoted"},
        {"it's", "it's"},
        {"", "Sheet 7"},
        {"  ' '  ", "Sheet 8"},
        {"History", "History (2)"},
        {"An authority with a very long name", "An authority with a very long n"},
        {"An authority with a very long nose", "An authority with a very lo (2)"},
        {"\xC2\xA3 a week", "\xC2\xA3 a week"},
        {"bad \xFF byte", "bad   byte"},
        {"\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80"
         "\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80"
         "\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80",
         /* 15 of two units are 30, the 16th would be 32 */
         "\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80"
         "\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80"
         "\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80"},
    };
    enum { N = sizeof cases / sizeof cases[0] };
    char names[N][SHEET_NAME_SIZE];
    for (size_t i = 0; i < N; i++) {
        sheet_text_name(cases[i].wanted, (const char(*)[SHEET_NAME_SIZE])names, i, names[i]);
        ck_assert_str_eq(names[i], cases[i].expected);
    }
}
END_TEST

/* Columns end at XFD; R1C1 is the other notation. */
START_TEST(names_of_cells_are_no_addresses)
{
    static const char *const good[] = {"children_now", "cost_2026_27", "outturn",
                                       "ABCD1",        "p10_cost",     "rate"};
    static const char *const bad[] = {"",    "ab",       "A1",    "XFD7", "tax2010", "R1C1", "rc",
                                      "r2c", "1st_year", "a b c", "a-b",  "_x1",     "£cost"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        ck_assert_msg(sheet_text_is_name(good[i]), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!sheet_text_is_name(bad[i]), "%s", bad[i]);
}
END_TEST

START_TEST(the_foot_runs_no_command)
{
    struct text out = {0};
    struct err err = {0};
    ck_assert(sheet_text_foot(&out, "Source: A&E \xE9 2022", &err));
    ck_assert_str_eq(text_c(&out), "&L&8 Source: A&&E   2022&RPage &P of &N");
    text_free(&out);
    char longer[400];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    ck_assert(sheet_text_foot(&out, longer, &err));
    ck_assert_uint_lt(out.length, SHEET_FOOT_MOST);
    ck_assert_ptr_nonnull(strstr(text_c(&out), "&RPage &P of &N"));
    text_free(&out);
}
END_TEST

START_TEST(breaks_lines_at_blanks)
{
    static const char *const expected[] = {"one two", "three", "fourteen-letters", "five"};
    struct str left = str_of("one two three\nfourteen-letters  five");
    struct str line;
    size_t n = 0;
    while (sheet_text_line(&left, 8, &line)) {
        char text[64];
        ck_assert_uint_lt(n, 4);
        ck_assert(str_copy(line, text, sizeof text));
        ck_assert_str_eq(text, expected[n++]);
    }
    ck_assert_uint_eq(n, 4);
}
END_TEST

/* hand: "one two" fits in 8, "three" stands alone, 16 letters take two lines of 8 */
START_TEST(counts_lines_of_wrapped_words)
{
    ck_assert_uint_eq(sheet_text_lines("one two three", 8), 2);
    ck_assert_uint_eq(sheet_text_lines("fourteen-letters", 8), 2);
    ck_assert_uint_eq(sheet_text_lines("one\ntwo", 80), 2);
    ck_assert_uint_eq(sheet_text_lines("", 8), 1);
    ck_assert_uint_eq(sheet_text_lines("\xC2\xA3\xC2\xA3\xC2\xA3\xC2\xA3", 4), 1); /* 4 letters of 2 bytes */
}
END_TEST

static void expect_formula(const char *pattern, size_t row, const char *expected)
{
    struct text out = {0};
    struct err err = {0};
    ck_assert(sheet_text_formula(&out, pattern, row, 900, &err));
    ck_assert_str_eq(text_c(&out), expected);
    text_free(&out);
}

/* hand: columns A .. Z, AA = 26, AZ = 51, BA = 52, ZZ = 701, AAA = 702 */
START_TEST(formulas_name_the_cells_of_a_row)
{
    expect_formula("[3]-[1]", 6, "=D7-B7");
    expect_formula("SUM([1]:[8])", 0, "=SUM(B1:I1)");
    expect_formula("[25]+[26]+[51]+[52]+[701]+[702]", 9, "=Z10+AA10+AZ10+BA10+ZZ10+AAA10");
    static const char *const wrong[] = {"[4]", "[x]", "[", "[1"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct text out = {0};
        struct err err = {0};
        ck_assert(!sheet_text_formula(&out, wrong[i], 0, 4, &err));
        ck_assert_int_eq(err.code, ERR_INTERNAL);
        text_free(&out);
    }
    struct text out = {0};
    struct err err = {0};
    ck_assert(sheet_text_total(&out, 2, 5, 64, &err) && sheet_text_cell(&out, "it's", 6, 1, &err));
    ck_assert_str_eq(text_c(&out), "=SUBTOTAL(109,C6:C65)'it''s'!$B$7");
    text_free(&out);
}
END_TEST

START_TEST(a_formula_needs_numbers_in_all_its_cells)
{
    const bool numbers[] = {false, true, true, false, true};
    ck_assert(sheet_text_formula_columns("[1]-[2]", numbers, 5));
    ck_assert(!sheet_text_formula_columns("[1]-[3]", numbers, 5));
    ck_assert(!sheet_text_formula_columns("SUM([1]:[4])", numbers, 5)); /* 3 lies between */
    ck_assert(sheet_text_formula_columns("SUM([1]:[2])+[4]", numbers, 5));
    ck_assert(!sheet_text_formula_columns("[7]", numbers, 5));
}
END_TEST

Suite *suite_sheet_text(void)
{
    Suite *suite = suite_create("sheet_text");
    TCase *tcase = tcase_create("sheet_text");
    tcase_add_test(tcase, cleans_what_xml_refuses);
    tcase_add_test(tcase, cuts_what_is_longer_than_a_cell);
    tcase_add_test(tcase, sheet_names_are_legal_and_differ);
    tcase_add_test(tcase, names_of_cells_are_no_addresses);
    tcase_add_test(tcase, the_foot_runs_no_command);
    tcase_add_test(tcase, breaks_lines_at_blanks);
    tcase_add_test(tcase, counts_lines_of_wrapped_words);
    tcase_add_test(tcase, formulas_name_the_cells_of_a_row);
    tcase_add_test(tcase, a_formula_needs_numbers_in_all_its_cells);
    suite_add_tcase(suite, tcase);
    return suite;
}
