/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/err.h"

#include <check.h>
#include <string.h>

Suite *suite_err(void);

START_TEST(set_and_prefix)
{
    struct err err = {0};
    ck_assert(!err_set_at(&err, ERR_DATA, "plan.csv", 14, 9, "due \"%s\" has no year", "Spring term"));
    ck_assert_int_eq(err.code, ERR_DATA);
    ck_assert_int_eq(err.line, 14);
    ck_assert_int_eq(err.column, 9);
    ck_assert_str_eq(err.file, "plan.csv");
    ck_assert(!err_prefix(&err, "plan %d", 3));
    ck_assert_str_eq(err.message, "plan 3: due \"Spring term\" has no year");
    ck_assert_int_eq(err.line, 14);
    ck_assert(!err_set(&err, ERR_IO, "disk"));
    ck_assert_int_eq(err.line, 0);
    ck_assert_str_eq(err.file, "");
}
END_TEST

START_TEST(long_messages_are_cut)
{
    char text[2000];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    struct err err = {0};
    err_set_at(&err, ERR_DATA, text, 1, 1, "%s", text);
    ck_assert_uint_eq(strlen(err.message), sizeof err.message - 1);
    ck_assert_uint_eq(strlen(err.file), sizeof err.file - 1);
    err_prefix(&err, "%s", text);
    ck_assert_uint_eq(strlen(err.message), sizeof err.message - 1);
}
END_TEST

START_TEST(exit_codes)
{
    /* the numbers that users' scripts rely on */
    ck_assert_int_eq(err_exit_code(ERR_NONE), 0);
    ck_assert_int_eq(err_exit_code(ERR_USAGE), 64);
    ck_assert_int_eq(err_exit_code(ERR_DATA), 65);
    ck_assert_int_eq(err_exit_code(ERR_NO_INPUT), 66);
    ck_assert_int_eq(err_exit_code(ERR_INTERNAL), 70);
    ck_assert_int_eq(err_exit_code(ERR_MEMORY), 70);
    ck_assert_int_eq(err_exit_code(ERR_IO), 74);
    ck_assert_int_eq(err_exit_code(ERR_INTERRUPTED), 130);
}
END_TEST

START_TEST(bug_stops_with_70)
{
    bug_if(1 + 1 == 2);
}
END_TEST

Suite *suite_err(void)
{
    Suite *suite = suite_create("err");
    TCase *tcase = tcase_create("err");
    tcase_add_test(tcase, set_and_prefix);
    tcase_add_test(tcase, long_messages_are_cut);
    tcase_add_test(tcase, exit_codes);
    tcase_add_exit_test(tcase, bug_stops_with_70, 70);
    suite_add_tcase(suite, tcase);
    return suite;
}
