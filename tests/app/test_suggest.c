/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/suggest.h"

#include <check.h>

Suite *suite_suggest(void);

START_TEST(nearest_of_several)
{
    static const char *const names[] = {"import", "check", NULL, "history", "forecast", "list"};
    ck_assert_str_eq(suggest_nearest("imprt", names, 6), "import");
    ck_assert_str_eq(suggest_nearest("forcast", names, 6), "forecast");
    ck_assert_str_eq(suggest_nearest("HISTROY", names, 6), "history");
    ck_assert_str_eq(suggest_nearest("lsit", names, 6), "list");
    /* too far: 1 + 3/3 = 2 edits are allowed, "list" is 4 away */
    ck_assert_ptr_null(suggest_nearest("xyz", names, 6));
    ck_assert_ptr_null(suggest_nearest("completely-different", names, 6));
    ck_assert_ptr_null(suggest_nearest("import", names, 0));
}
END_TEST

START_TEST(first_of_equals)
{
    /* "sand" is one replacement from both */
    static const char *const names[] = {"send", "sank"};
    ck_assert_str_eq(suggest_nearest("sand", names, 2), "send");
    /* every word is as many edits from a shorter one as it has letters: that is no likeness */
    static const char *const short_names[] = {"d", "ab"};
    ck_assert_ptr_null(suggest_nearest("x", short_names, 2));
}
END_TEST

Suite *suite_suggest(void)
{
    Suite *suite = suite_create("suggest");
    TCase *tcase = tcase_create("suggest");
    tcase_add_test(tcase, nearest_of_several);
    tcase_add_test(tcase, first_of_equals);
    suite_add_tcase(suite, tcase);
    return suite;
}
