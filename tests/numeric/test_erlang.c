/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/models/test_carepath_places.c simulates the queue itself. */
#include "numeric/erlang.h"

#include <check.h>
#include <math.h>

Suite *suite_erlang(void);

START_TEST(golden)
{
    /* R 4.2: dpois(10, 8) / ppois(10, 8), and so on */
    ck_assert_double_eq_tol(erlang_blocked(10, 8), .121661064253, 1e-12);
    ck_assert_double_eq_tol(erlang_blocked(25, 20), .0502217778908, 1e-12);
    ck_assert_double_eq_tol(erlang_blocked(620, 600), .0144140406588, 1e-12);
    ck_assert_double_eq_tol(erlang_blocked(1, .5), 1.0 / 3, 1e-15);
    ck_assert_double_eq_tol(8 * (1 - erlang_blocked(10, 8)), 7.02671148598, 1e-11);
}
END_TEST

START_TEST(ends)
{
    ck_assert_double_eq_tol(erlang_blocked(0, 5), 1, 1e-15); /* no place: everybody */
    ck_assert_double_eq_tol(erlang_blocked(3, 0), 0, 1e-15); /* nobody comes */
    /* hand: two places, load 1: 1/2 / (1 + 1 + 1/2) = 1/5 */
    ck_assert_double_eq_tol(erlang_blocked(2, 1), .2, 1e-15);
    /* far overloaded: all but places / load (hand: to the second order 1 - c/a) */
    ck_assert_double_eq_tol(erlang_blocked(10, 1e6), 1 - 1e-5, 1e-9);
    ck_assert(isfinite(erlang_blocked(100000, 100000)));
}
END_TEST

Suite *suite_erlang(void)
{
    Suite *suite = suite_create("erlang");
    TCase *tcase = tcase_create("erlang");
    tcase_add_test(tcase, golden);
    tcase_add_test(tcase, ends);
    suite_add_tcase(suite, tcase);
    return suite;
}
