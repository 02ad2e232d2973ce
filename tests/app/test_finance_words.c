/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/finance_job.h"

#include <check.h>
#include <math.h>
#include <string.h>

Suite *suite_finance_words(void);

START_TEST(every_table_says_what_it_is)
{
    for (int t = 0; t < FINANCE_TABLE_COUNT; t++) {
        ck_assert_uint_gt(strlen(finance_table_heading((enum finance_table)t)), 4);
        ck_assert_uint_gt(strlen(finance_table_about((enum finance_table)t)), 20);
    }
}
END_TEST

Suite *suite_finance_words(void)
{
    Suite *suite = suite_create("finance_words");
    TCase *tests = tcase_create("finance_words");
    tcase_add_test(tests, every_table_says_what_it_is);
    suite_add_tcase(suite, tests);
    return suite;
}
