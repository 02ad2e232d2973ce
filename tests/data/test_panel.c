/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/panel.h"

#include <check.h>
#include <math.h>

#include "base/vec.h"

Suite *suite_panel(void);

/* An authority whose stock is known in the years first .. first + n - 1: 100, 101, .. */
static struct yearly authority_of(int32_t la, int32_t first, int32_t n)
{
    struct err err = {0};
    struct yearly yearly = {.la = la, .first_year = first, .n_years = n};
    double **const series[] = {&yearly.stock, &yearly.starts, &yearly.leavers, &yearly.population};
    for (size_t s = 0; s < 4; s++) {
        *series[s] = vec_new((size_t)n, sizeof **series[s], &err);
        for (int32_t i = 0; i < n; i++)
            (*series[s])[i] = 100 * (double)(s + 1) + i;
    }
    return yearly;
}

START_TEST(what_was_known_ends_at_the_origin)
{
    struct err err = {0};
    struct panel panel = {.authorities = vec_new(3, sizeof *panel.authorities, &err), .n = 3};
    panel.authorities[0] = authority_of(1, 2010, 13);
    panel.authorities[1] = authority_of(2, 2018, 5);
    panel.authorities[2] = authority_of(3, 2010, 13);
    for (int32_t i = 0; i < 8; i++)
        panel.authorities[2].stock[i] = NAN;
    struct panel known = {0};
    ck_assert(panel_as_known(&panel, date_from_civil(2017, 3, 31), &known, &err));
    /* the second begins later, the third has no stock by then */
    ck_assert_uint_eq(known.n, 1);
    ck_assert_int_eq(known.authorities[0].la, 1);
    ck_assert_int_eq(known.authorities[0].n_years, 8);
    ck_assert_double_eq(known.authorities[0].stock[7], 107);
    ck_assert_double_eq(known.authorities[0].population[7], 407);
    panel_free(&known);
    /* a year counts when its last day is known */
    ck_assert(panel_as_known(&panel, date_from_civil(2018, 3, 30), &known, &err));
    ck_assert_uint_eq(known.n, 1);
    ck_assert_int_eq(known.authorities[0].n_years, 8);
    panel_free(&known);
    ck_assert(panel_as_known(&panel, date_from_civil(2018, 3, 31), &known, &err));
    ck_assert_uint_eq(known.n, 3);
    panel_free(&known);
    panel_free(&panel);
    ck_assert_uint_eq(panel.n, 0);
}
END_TEST

Suite *suite_panel(void)
{
    Suite *suite = suite_create("panel");
    TCase *tests = tcase_create("panel");
    tcase_add_test(tests, what_was_known_ends_at_the_origin);
    suite_add_tcase(suite, tests);
    return suite;
}
