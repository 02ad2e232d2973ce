/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two states (foster, residential) by the year: R 4.2, expm 0.999-7, expm::expm(Q * t). Three states by the
 * day: the recursion in R. */
#include "numeric/flow.h"

#include <check.h>
#include <math.h>

Suite *suite_flow(void);

static const double q[] = {-.50, .15, .10, -.35};
static const double start[] = {300, 60};
static const double arrivals[] = {80, 15};

static void near(double value, double expected)
{
    ck_assert_double_le(fabs(value - expected), 1e-10 * fmax(1, fabs(expected)));
}

START_TEST(exponential_matches_expm)
{
    static const double p1[] = {.611321924012559, .098402915620119, .065601943746746, .709724839632678};
    static const double j1[] = {.788731468960, .0568765849254, .0379177232836, .845608053885};
    static const double p5[] = {.10283356142397, .097473467838734, .06498231189249, .200307029262702};
    double p[4], j[4];
    flow_exponential(q, 2, 1, p, j);
    for (int i = 0; i < 4; i++) {
        ck_assert_double_eq_tol(p[i], p1[i], 1e-13);
        ck_assert_double_eq_tol(j[i], j1[i], 1e-12);
    }
    flow_exponential(q, 2, 5, p, j);
    for (int i = 0; i < 4; i++)
        ck_assert_double_eq_tol(p[i], p5[i], 1e-13);
}
END_TEST

START_TEST(continuous_mean_and_covariance_match)
{
    double m[2], v[4];
    flow_continuous(q, arrivals, start, 2, 1, m, v);
    ck_assert_double_eq_tol(m[0], 250.999977195, 1e-9);
    ck_assert_double_eq_tol(m[1], 89.3386126663, 1e-10);
    ck_assert_double_eq_tol(v[0], 138.627411860, 1e-9);
    ck_assert_double_eq_tol(v[1], -20.8403176519, 1e-10);
    ck_assert_double_eq_tol(v[3], 56.2111116460, 1e-10);
    near(v[0] + 2 * v[1] + v[3], 153.157888202);
    flow_continuous(q, arrivals, start, 2, 5, m, v);
    ck_assert_double_eq_tol(m[0], 192.244349991, 1e-9);
    ck_assert_double_eq_tol(m[1], 120.751372283, 1e-9);
    ck_assert_double_eq_tol(v[0] + 2 * v[1] + v[3], 296.736144411, 1e-9);
    /* steady state: -b Q^-1 = 184.375, 121.875, and Poisson */
    flow_continuous(q, arrivals, start, 2, 200, m, v);
    near(m[0], 184.375);
    near(v[3], 121.875);
    ck_assert_double_eq_tol(v[1], 0, 1e-9);
}
END_TEST

START_TEST(siblings_add_their_term)
{
    /* g = 60 a year into foster, sizes .70 .18 .08 .04: E K(K-1) = 1.32 */
    static const double groups[] = {60, 0};
    double v[4] = {0};
    flow_add_siblings(q, groups, 1.32, 2, 1, 200, v);
    ck_assert_double_eq_tol(v[0], 50.262274873712, 1e-9);
    ck_assert_double_eq_tol(v[1], 3.302314300814, 1e-9);
    ck_assert_double_eq_tol(v[3], .319700132976, 1e-9);
}
END_TEST

START_TEST(days_match)
{
    static const double p[] = {.9984, .0004, .0001, .0003, .9985, .0004, 0, .0001, .9972};
    static const double n0[] = {200, 40, 30};
    static const double b[] = {.22, .03, .05};
    double m[3], v[9];
    flow_daily(p, b, n0, 3, 365, m, v);
    near(m[0], 176.334920244);
    ck_assert_double_eq_tol(m[1], 53.3294631172, 1e-10);
    ck_assert_double_eq_tol(m[2], 30.9034089336, 1e-10);
    ck_assert_double_eq_tol(v[0], 113.024629030, 1e-9);
    ck_assert_double_eq_tol(v[1], -10.8590047426, 1e-10);
    ck_assert_double_eq_tol(v[2], -2.63291906610, 1e-10);
    ck_assert_double_eq_tol(v[4], 38.2765878108, 1e-10);
    ck_assert_double_eq_tol(v[5], -2.14930874728, 1e-10);
    ck_assert_double_eq_tol(v[8], 26.7213686992, 1e-10);
    double total = 0;
    for (int i = 0; i < 9; i++)
        total += v[i];
    near(total, 146.740120428);
    /* a mutant must fail: entrants who move on their first day change the mean by more than the tolerance */
    ck_assert_double_gt(fabs(m[0] - 176.334920244 * .9984), 1e-3);
}
END_TEST

Suite *suite_flow(void)
{
    Suite *suite = suite_create("flow");
    TCase *tcase = tcase_create("flow");
    tcase_add_test(tcase, exponential_matches_expm);
    tcase_add_test(tcase, continuous_mean_and_covariance_match);
    tcase_add_test(tcase, siblings_add_their_term);
    tcase_add_test(tcase, days_match);
    suite_add_tcase(suite, tcase);
    return suite;
}
