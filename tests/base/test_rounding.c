/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rounding.h"

#include <check.h>

Suite *suite_rounding(void);

START_TEST(rounded_figures_add_up)
{
    static const struct {
        double values[4];
        int64_t total;
        int64_t expected[4]; /* hand: largest remainders */
    } cases[] = {
        {{.4, .4, .2, 0}, 1, {1, 0, 0, 0}},
        {{10.5, 10.5, 10.5, 10.5}, 42, {11, 11, 10, 10}},
        {{1.9, 2.9, 3.9, 0}, 9, {2, 3, 4, 0}},
        {{-1.5, 2.5, 0, 0}, 1, {-1, 2, 0, 0}}, /* down to -2 and 2: one is left, the first of equals has it */
        {{1.2, 2.2, 3.2, 0}, 6, {1, 2, 3, 0}},
        {{3, 3, 3, 3}, 11, {2, 3, 3, 3}},
        {{0, 0, 0, 0}, 0, {0, 0, 0, 0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double rest[4];
        int64_t out[4];
        rounding_together(cases[i].values, 4, cases[i].total, rest, out);
        for (int k = 0; k < 4; k++)
            ck_assert_msg(out[k] == cases[i].expected[k], "case %zu, value %d: %lld", i, k,
                          (long long)out[k]);
    }
}
END_TEST

Suite *suite_rounding(void)
{
    Suite *suite = suite_create("rounding");
    TCase *tcase = tcase_create("rounding");
    tcase_add_test(tcase, rounded_figures_add_up);
    suite_add_tcase(suite, tcase);
    return suite;
}
