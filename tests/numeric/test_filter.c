/* SPDX-License-Identifier: GPL-3.0-or-later
 * Expected numbers: Kalman recursion in R 4.2; a dense multivariate normal agrees to 1e-12. */
#include "numeric/filter.h"

#include <check.h>
#include <math.h>

Suite *suite_filter(void);

static const double events[] = {182, 205, 176, 221, 240, 214};
static const double at_risk[] = {98.4, 99.1, 99.9, 100.6, 101.2, 101.9};

static struct filter run(void)
{
    struct filter filter = filter_make(.75, .13, log(2), .25);
    for (int t = 0; t < 6; t++) {
        if (t > 0)
            filter_predict(&filter);
        filter_observe(&filter, log(events[t] / at_risk[t]), 1 / events[t]);
    }
    return filter;
}

START_TEST(states_and_likelihood_match)
{
    const struct filter filter = run();
    ck_assert_double_eq_tol(filter.m, .706256713985, 1e-11);
    ck_assert_double_eq_tol(filter.u, .048869591706, 1e-11);
    ck_assert_double_eq_tol(filter.vmm, .021628666949, 1e-11);
    ck_assert_double_eq_tol(filter.vmu, -.020382993151, 1e-11);
    ck_assert_double_eq_tol(filter.vuu, .022952549313, 1e-11);
    ck_assert_double_eq_tol(filter.log_likelihood, 2.565630452414, 1e-10);
}
END_TEST

START_TEST(the_first_observation_is_weighed)
{
    /* innovation -.078181297541, its variance .294123076923 = .25 + .13^2 / (1 - .75^2) + 1/182 */
    static const double innovation = -.078181297541, variance = .294123076923;
    struct filter filter = filter_make(.75, .13, log(2), .25);
    filter_observe(&filter, log(events[0] / at_risk[0]), 1 / events[0]);
    ck_assert_double_eq_tol(filter.m, log(2) + .25 / variance * innovation, 1e-11);
    ck_assert_double_eq_tol(filter.u, .13 * .13 / .4375 / variance * innovation, 1e-11);
    ck_assert_double_eq_tol(filter.log_likelihood,
                            -.5 * (log(2 * acos(-1) * variance) + innovation * innovation / variance), 1e-11);
}
END_TEST

START_TEST(local_level_matches)
{
    /* variances .017 a step and .012 an observation, first level N(.6, .3): R 4.2, the recursion, and the
     * density of the dense normal, mean .6, covariance .3 + .017 min(i, j) (+ .012), i, j from 0 */
    struct filter filter = filter_make_level(sqrt(.017), .6, .3);
    for (int t = 0; t < 6; t++) {
        if (t > 0)
            filter_predict(&filter);
        filter_observe(&filter, log(events[t] / at_risk[t]), .012);
    }
    ck_assert_double_eq_tol(filter.log_likelihood, 2.11930121035, 1e-10);
    ck_assert_double_eq(filter.m, 0);
}
END_TEST

START_TEST(forecasts_match)
{
    static const double means[] = {.742908907764, .733745859320, .726873572986, .721719358236, .717853697173};
    static const double sds[] = {.144447174465, .179906586067, .200671604268, .213984235995, .222936104828};
    struct filter filter = run();
    for (int h = 0; h < 5; h++) {
        filter_predict(&filter);
        ck_assert_double_eq_tol(filter.m + filter.u, means[h], 1e-11);
        ck_assert_double_eq_tol(sqrt(filter.vmm + 2 * filter.vmu + filter.vuu), sds[h], 1e-11);
    }
}
END_TEST

Suite *suite_filter(void)
{
    Suite *suite = suite_create("filter");
    TCase *tcase = tcase_create("filter");
    tcase_add_test(tcase, states_and_likelihood_match);
    tcase_add_test(tcase, forecasts_match);
    tcase_add_test(tcase, the_first_observation_is_weighed);
    tcase_add_test(tcase, local_level_matches);
    suite_add_tcase(suite, tcase);
    return suite;
}
