/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/surprise.h"

#include <check.h>
#include <math.h>

#include "numeric/stream.h"

Suite *suite_surprise(void);

START_TEST(ranks_by_hand)
{
    /* hand: the example of the header; sd of 1..9 is sqrt(60/8); p10 by type 8: position 9.3333 x .1 + .3333
     * = 1.2667 */
    double values[] = {9, 1, 8, 2, 7, 3, 6, 4, 5};
    struct surprise found;
    surprise_find(values, 9, 9, &found);
    ck_assert_double_eq_tol(found.mean, 5, 1e-12);
    ck_assert_double_eq_tol(found.sd, sqrt(7.5), 1e-12);
    ck_assert_double_eq_tol(found.deviations, 4 / sqrt(7.5), 1e-12);
    ck_assert_double_eq_tol(found.p10, 1.26666666667, 1e-10);
    ck_assert_double_eq_tol(found.p50, 5, 1e-12);
    ck_assert_double_eq_tol(found.p90, 8.73333333333, 1e-10);
    ck_assert_double_eq_tol(found.chance, .4, 1e-12);
    surprise_find(values, 9, 10, &found);
    ck_assert_double_eq_tol(found.chance, .2, 1e-12);
    surprise_find(values, 9, 0, &found);
    ck_assert_double_eq_tol(found.chance, .2, 1e-12); /* both sides alike */
    ck_assert_double_eq_tol(found.deviations, -5 / sqrt(7.5), 1e-12);
    surprise_find(values, 9, 2.5, &found); /* two below */
    ck_assert_double_eq_tol(found.chance, .6, 1e-12);
    surprise_find(values, 9, 5, &found); /* five on each side, itself with both */
    ck_assert_double_eq_tol(found.chance, 1, 1e-12);
}
END_TEST

START_TEST(equal_values_have_no_deviation)
{
    double values[] = {3, 3, 3};
    struct surprise found;
    surprise_find(values, 3, 3, &found);
    ck_assert(isnan(found.deviations));
    ck_assert_double_eq_tol(found.chance, 1, 1e-12);
    surprise_find(values, 3, 4, &found);
    ck_assert_double_eq_tol(found.chance, .5, 1e-12); /* hand: 2 x 1 / 4 */
}
END_TEST

START_TEST(no_bolder_than_it_says)
{
    /* An outcome drawn as the simulated values are falls below .05 in at most 5 % of trials, and below .2 in
     * at most 20 %: 4,000 trials, counts with many ties (binomial of 12 and .3); 4.5 standard errors. */
    enum { TRIALS = 4000, N = 99 };
    int below_5 = 0;
    int below_20 = 0;
    for (uint32_t t = 0; t < TRIALS; t++) {
        double values[N + 1];
        struct surprise found;
        struct stream stream = stream_make(5, PURPOSE_TEST, t, 0, 0);
        for (int i = 0; i <= N; i++) {
            values[i] = 0;
            for (int k = 0; k < 12; k++)
                values[i] += stream_uniform(&stream) < .3;
        }
        surprise_find(values, N, values[N], &found);
        below_5 += found.chance <= .05;
        below_20 += found.chance <= .2;
    }
    ck_assert_double_lt(below_5, TRIALS * .05 + 4.5 * sqrt(TRIALS * .05 * .95));
    ck_assert_double_lt(below_20, TRIALS * .2 + 4.5 * sqrt(TRIALS * .2 * .8));
    ck_assert_int_gt(below_20, TRIALS / 50); /* and not so timid that it says nothing */
}
END_TEST

Suite *suite_surprise(void)
{
    Suite *suite = suite_create("surprise");
    TCase *tcase = tcase_create("surprise");
    tcase_add_test(tcase, ranks_by_hand);
    tcase_add_test(tcase, equal_values_have_no_deviation);
    tcase_add_test(tcase, no_bolder_than_it_says);
    suite_add_tcase(suite, tcase);
    return suite;
}
