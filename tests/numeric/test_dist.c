/* SPDX-License-Identifier: GPL-3.0-or-later
 * Quantiles are checked against their definition: the smallest k with F(k) >= u, F from GSL. */
#include "numeric/dist.h"

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "numeric/stream.h"

Suite *suite_dist(void);

static const double means[] = {0.01, 0.5, 1, 4.2, 12, 59, 61, 300, 5000};
enum { MEANS = sizeof means / sizeof means[0] };

START_TEST(poisson_inverts_its_distribution)
{
    struct stream stream = stream_make(3, PURPOSE_TEST, 0, (uint32_t)_i, 0);
    for (int i = 0; i < 500; i++) {
        const double u = stream_uniform(&stream);
        const int32_t k = dist_poisson_quantile(means[_i], u);
        /* 1e-12: both sides are rounded sums */
        ck_assert_double_ge(gsl_cdf_poisson_P((unsigned)k, means[_i]), u - 1e-12);
        if (k > 0)
            ck_assert_double_lt(gsl_cdf_poisson_P((unsigned)k - 1, means[_i]), u + 1e-12);
    }
}
END_TEST

static const struct {
    int32_t n;
    double p;
} binomials[] = {{0, 0.3},    {1, 0.3},    {10, 0},     {10, 1},     {7, 0.001},   {40, 0.25},   {40, 0.8},
                 {300, 0.02}, {300, 0.97}, {1000, 0.5}, {5000, 0.3}, {5000, 0.99}, {9000, 0.998}};

START_TEST(binomial_inverts_its_distribution)
{
    const int32_t n = binomials[_i].n;
    const double p = binomials[_i].p;
    struct stream stream = stream_make(4, PURPOSE_TEST, 0, (uint32_t)_i, 0);
    for (int i = 0; i < 500; i++) {
        const double u = stream_uniform(&stream);
        const int32_t k = dist_binomial_quantile(n, p, u);
        ck_assert_int_ge(k, 0);
        ck_assert_int_le(k, n);
        ck_assert_double_ge(gsl_cdf_binomial_P((unsigned)k, p, (unsigned)n), u - 1e-9);
        if (k > 0)
            ck_assert_double_lt(gsl_cdf_binomial_P((unsigned)k - 1, p, (unsigned)n), u + 1e-9);
        if (p < 1) /* the other way in: p = 1 - exp(-hazard) */
            ck_assert_int_le(abs(dist_binomial_quantile_hazard(n, -log1p(-p), u) - k), 1);
    }
}
END_TEST

START_TEST(draws_never_fall_when_the_mean_rises)
{
    struct stream stream = stream_make(5, PURPOSE_TEST, 0, 0, 0);
    for (int i = 0; i < 300; i++) {
        const double u = stream_uniform(&stream);
        int32_t poisson = 0, binomial = 0;
        for (int step = 0; step <= 400; step++) {
            const int32_t next = dist_poisson_quantile(0.25 * step, u);
            ck_assert_int_ge(next, poisson);
            poisson = next;
            const int32_t other = dist_binomial_quantile_hazard(150, 0.005 * step, u);
            ck_assert_int_ge(other, binomial);
            binomial = other;
        }
    }
}
END_TEST

START_TEST(extremes_of_u_end)
{
    ck_assert_int_eq(dist_poisson_quantile(0, 0.999), 0);
    ck_assert_int_eq(dist_poisson_quantile(3, 0x1p-54), 0);
    ck_assert_int_ge(dist_poisson_quantile(3, 1 - 0x1p-53), 20);
    ck_assert_int_le(dist_binomial_quantile(30, 0.5, 1 - 0x1p-53), 30);
    ck_assert_int_eq(dist_binomial_quantile_hazard(12, 1e6, 0.5), 12);
    ck_assert(isfinite(dist_normal_quantile(0x1p-54)));
    ck_assert_double_lt(dist_gamma_quantile(1e-300, 2, 1), 1e-5);
}
END_TEST

START_TEST(continuous_quantiles_match_closed_forms)
{
    /* R: qnorm(c(.75, .9, .975)) */
    ck_assert_double_eq_tol(dist_normal_quantile(0.75), 0.674489750196, 1e-11);
    ck_assert_double_eq_tol(dist_normal_quantile(0.9), 1.281551565545, 1e-11);
    ck_assert_double_eq_tol(dist_normal_quantile(0.975), 1.959963984540, 1e-11);
    ck_assert_double_eq_tol(dist_normal_cdf(1.959963984540), 0.975, 1e-12);
    /* shape 1 is the exponential: -log(1 - u) / rate */
    ck_assert_double_eq_tol(dist_gamma_quantile(0.3, 1, 2), -log(0.7) / 2, 1e-10);
    /* a = b = 1 is the uniform; Beta(2, 1): sqrt(u) */
    ck_assert_double_eq_tol(dist_beta_quantile(0.3, 2, 1), sqrt(0.3), 1e-10);
}
END_TEST

START_TEST(gamma_quantiles_of_any_shape)
{
    /* shape 1/2 is half a squared normal: qnorm((1 + u) / 2)^2 / 2; R 4.2: qnorm(c(.5125, .9875)) */
    ck_assert_double_eq_tol(dist_gamma_quantile(.025, .5, 1), .0313379810 * .0313379810 / 2, 1e-9);
    ck_assert_double_eq_tol(dist_gamma_quantile(.975, .5, 1), 2.2414027276 * 2.2414027276 / 2, 1e-9);
    /* near 0 F(x) = x^a / (a gamma(a)): for a = .05 that is exact to the last digit here, and GSL's inverse
     * is NaN */
    const double power = pow(.025 * tgamma(1.05), 1 / .05);
    ck_assert_double_eq_tol(dist_gamma_quantile(.025, .05, 1) / power, 1, 1e-10);
    ck_assert_double_eq(dist_gamma_quantile(.025, .0011, 1), 0); /* underflows */
    /* beyond, GSL's own distribution function is no smoother than 1e-8 */
    for (double shape = .01; shape < 5e4; shape *= 1.7)
        for (double u = .001; u < 1; u += .0499) {
            const double q = dist_gamma_quantile(u, shape, 3);
            ck_assert_double_eq_tol(gsl_cdf_gamma_P(q, shape, 1 / 3.), u, 1e-9);
        }
}
END_TEST

START_TEST(limits_of_coverage)
{
    /* R 4.2: qbinom(c(.025, .975), 145, .8): hits of 145 independent 80 % intervals */
    ck_assert_int_eq(dist_binomial_quantile(145, .8, .025), 106);
    ck_assert_int_eq(dist_binomial_quantile(145, .8, .975), 125);
    /* R 4.2: binom.test(112, 145)$conf.int, exact limits through the beta (Clopper & Pearson 1934) */
    ck_assert_double_eq_tol(dist_beta_quantile(.025, 112, 34), .695497689485, 1e-11);
    ck_assert_double_eq_tol(dist_beta_quantile(.975, 113, 33), .837865526210, 1e-11);
    /* R 4.2: qgamma(c(.025, .5, .975), 2 + a, 20.5 + p), a rate from 2 events in 20.5 years under a prior of
     * shape a = 5.634705178 and strength p = 33.410846162, printed to 10 decimals */
    static const double q[3] = {.0596810048, .1354844980, .2583445558};
    static const double u[3] = {.025, .5, .975};
    for (int i = 0; i < 3; i++)
        ck_assert_double_eq_tol(dist_gamma_quantile(u[i], 7.634705178, 53.910846162), q[i], 1e-10);
}
END_TEST

Suite *suite_dist(void)
{
    Suite *suite = suite_create("dist");
    TCase *tcase = tcase_create("dist");
    tcase_add_test(tcase, gamma_quantiles_of_any_shape);
    tcase_add_loop_test(tcase, poisson_inverts_its_distribution, 0, MEANS);
    tcase_add_loop_test(tcase, binomial_inverts_its_distribution, 0,
                        (int)(sizeof binomials / sizeof binomials[0]));
    tcase_add_test(tcase, draws_never_fall_when_the_mean_rises);
    tcase_add_test(tcase, extremes_of_u_end);
    tcase_add_test(tcase, continuous_quantiles_match_closed_forms);
    tcase_add_test(tcase, limits_of_coverage);
    suite_add_tcase(suite, tcase);
    return suite;
}
