/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/yearly.h"

#include <check.h>

#include "base/vec.h"

Suite *suite_yearly(void);

START_TEST(free_empties)
{
    struct err err = {0};
    struct yearly yearly = {.n_years = 3};
    yearly.stock = vec_new(3, sizeof *yearly.stock, &err);
    ck_assert_ptr_nonnull(yearly.stock);
    yearly_free(&yearly);
    ck_assert_ptr_null(yearly.stock);
    ck_assert_int_eq(yearly.n_years, 0);
    yearly_free(&yearly); /* harmless on what is empty */
}
END_TEST

Suite *suite_yearly(void)
{
    Suite *suite = suite_create("yearly");
    TCase *tests = tcase_create("yearly");
    tcase_add_test(tests, free_empties);
    suite_add_tcase(suite, tests);
    return suite;
}
