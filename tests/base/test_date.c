/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"

#include <check.h>

Suite *suite_date(void);

START_TEST(day_numbers)
{
    /* R 4.2: as.integer(as.Date(..)) */
    ck_assert_int_eq(date_from_civil(1900, 3, 1), -25508);
    ck_assert_int_eq(date_from_civil(2000, 2, 29), 11016);
    ck_assert_int_eq(date_from_civil(2004, 2, 29), 12477);
    ck_assert_int_eq(date_from_civil(2016, 4, 1), 16892);
    ck_assert_int_eq(date_from_civil(2022, 2, 28), 19051);
    ck_assert_int_eq(date_from_civil(2022, 3, 31), 19082);
    ck_assert_int_eq(date_from_civil(2100, 2, 28), 47540);
}
END_TEST

Suite *suite_date(void)
{
    Suite *suite = suite_create("date");
    TCase *tcase = tcase_create("date");
    tcase_add_test(tcase, day_numbers);
    suite_add_tcase(suite, tcase);
    return suite;
}
