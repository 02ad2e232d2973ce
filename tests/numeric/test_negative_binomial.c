/* SPDX-License-Identifier: GPL-3.0-or-later
 * R 4.2 is base R and MASS 7.3; the calls stand at each number, tests/golden/R/numeric.R repeats them. */
#include "numeric/negative_binomial.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "numeric/dist.h"
#include "numeric/stream.h"
#include "tests/numeric/close.h"

Suite *suite_negative_binomial(void);

START_TEST(probabilities)
{
    /* unaccompanied children, 12 a year: sd, and P(0) = .2^3 */
    double variance = 0;
    for (int k = 0; k < 2000; k++)
        variance += (k - 12.0) * (k - 12.0) * negative_binomial_pmf(12, 3, k);
    is_close(sqrt(variance), 7.745966692, 1e-9); /* sqrt(12 + 144 / 3) */
    is_close(negative_binomial_pmf(12, 3, 0), .008, 1e-14);
    /* R 4.2: dnbinom(c(3, 50), size = 3, mu = 12), pnbinom(c(3, 50), size = 3, mu = 12) */
    is_close(negative_binomial_pmf(12, 3, 3), .04096, 1e-14);
    is_close(negative_binomial_pmf(12, 3, 50), .000151402435242248, 1e-15);
    is_close(negative_binomial_cdf(12, 3, 3), .09888, 1e-13);
    is_close(negative_binomial_cdf(12, 3, 50), .99926650886576462, 1e-13);
    is_close(negative_binomial_pmf(12, 3, -1) + negative_binomial_cdf(12, 3, -1), 0, 0);
    is_close(negative_binomial_pmf(0, 3, 0), 1, 0);
    is_close(negative_binomial_pmf(0, 3, 1), 0, 0);
    is_close(negative_binomial_cdf(0, 3, 0), 1, 0);
}
END_TEST

START_TEST(large_sizes_are_poisson)
{
    /* exp(-7), exp(-7) 7^7 / 7! */
    is_close(negative_binomial_pmf(7, INFINITY, 0), .000911881965554516, 1e-16);
    is_close(negative_binomial_pmf(7, INFINITY, 7), .149002779674337893, 1e-14);
    is_close(negative_binomial_cdf(7, INFINITY, 7), .598713835523037, 1e-12); /* R 4.2: ppois(7, 7) */
    /* The definition in 60-digit arithmetic (R 4.2's dnbinom(7, size = 1e9, mu = 7) keeps only nine digits).
     */
    is_close(negative_binomial_pmf(7, 1e9, 7), .149002779152828, 1e-14);
    is_close(negative_binomial_pmf(7, 1e11, 7), .149002779674337893, 1e-11);
    is_close(negative_binomial_pmf(5000, 50, 6000), .000194724516840183, 1e-15);
    is_close(negative_binomial_cdf(7, 1e9, 7), .598713835523037, 1e-12);
    is_close(negative_binomial_cdf(7, 1e6, 7), .598713835523645, 1e-12); /* R 4.2: pnbinom(7, 1e6, mu = 7) */
    /* R 4.2: pnbinom(9, c(2e4, 9e5), mu = 7): on both sides of the series */
    is_close(negative_binomial_cdf(7, 2e4, 9), .830460454770718, 1e-11);
    is_close(negative_binomial_cdf(7, 9e5, 9), .830495148540216, 1e-11);
    is_close(negative_binomial_cdf(5000, 9e7, 5000), .503761167772298,
             1e-10); /* pnbinom(5000, 9e7, mu = 5000) */
    for (int i = 1; i < 100; i++)
        ck_assert_int_eq(negative_binomial_quantile(9.5, INFINITY, i / 100.0),
                         dist_poisson_quantile(9.5, i / 100.0));
}
END_TEST

static const struct {
    double mean, size;
} laws[] = {{0.02, 0.5}, {4, 3}, {12, 3}, {90, 40}, {199, 1e4}, {900, 0.4}, {2500, 50}};

START_TEST(quantile_inverts_the_distribution)
{
    const double mean = laws[_i].mean;
    const double size = laws[_i].size;
    struct stream stream = stream_make(21, PURPOSE_TEST, 0, (uint32_t)_i, 0);
    for (int i = 0; i < 500; i++) {
        const double u = stream_uniform(&stream);
        const int32_t k = negative_binomial_quantile(mean, size, u);
        /* 1e-12: both sides are rounded sums */
        ck_assert_double_ge(negative_binomial_cdf(mean, size, k), u - 1e-12);
        if (k > 0)
            ck_assert_double_lt(negative_binomial_cdf(mean, size, k - 1), u + 1e-12);
    }
}
END_TEST

START_TEST(quantiles_match_r)
{
    /* R 4.2: qnbinom(p, size = 3, mu = 12), qnbinom(p, size = .4, mu = 900) */
    static const double p[] = {.001, .1, .5, .9, .999};
    static const int32_t small[] = {0, 4, 11, 22, 49};
    static const int32_t wide[] = {0, 5, 326, 2543, 11348};
    for (int i = 0; i < 5; i++) {
        ck_assert_int_eq(negative_binomial_quantile(12, 3, p[i]), small[i]);
        ck_assert_int_eq(negative_binomial_quantile(900, .4, p[i]), wide[i]);
    }
    ck_assert_int_eq(negative_binomial_quantile(0, 3, .999), 0);
    /* ends, even where the tail reaches past the largest integer */
    ck_assert_int_gt(negative_binomial_quantile(5, 1, 1 - 0x1p-53), 150);
    ck_assert_int_eq(negative_binomial_quantile(9e8, .01, 1 - 0x1p-53), INT32_MAX);
}
END_TEST

START_TEST(quantile_never_falls)
{
    struct stream stream = stream_make(22, PURPOSE_TEST, 0, 0, 0);
    for (int i = 0; i < 200; i++) {
        const double u = stream_uniform(&stream);
        int32_t last = 0;
        for (int step = 0; step < 300; step++) {
            const int32_t k = negative_binomial_quantile(step, 8, u);
            ck_assert_int_ge(k, last);
            last = k;
        }
    }
}
END_TEST

static const double counts[] = {14, 9, 11, 17, 8, 21, 13, 12, 10, 19, 25, 7};
enum { MONTHS = sizeof counts / sizeof counts[0] };

START_TEST(size_of_one_mean)
{
    struct err err = {0};
    struct negative_binomial_fit fit;
    double means[MONTHS];
    for (int i = 0; i < MONTHS; i++)
        means[i] = 166.0 / 12; /* sum of the counts */
    ck_assert(negative_binomial_fit(counts, means, MONTHS, 1, &fit, &err));
    /* R 4.2, MASS 7.3: theta.ml(y, means, limit = 100, eps = 1e-14) and its SE */
    is_close(fit.size, 13.7295282819, 1e-8);
    is_close(fit.size_se, 11.0271187997, 1e-8);
    /* logLik(glm.nb(y ~ 1)), logLik(glm(y ~ 1, poisson)); pchisq(ratio, 1, lower.tail = FALSE) / 2 */
    is_close(fit.log_likelihood, -36.4620476294, 1e-10);
    is_close(fit.log_likelihood_poisson, -38.4021444507812, 1e-10);
    is_close(fit.ratio, 3.88019364285614, 1e-9);
    is_close(fit.p, .0244294608974048, 1e-9);
    /* R 4.2: k <- mean(y)^2 / (var(y) - mean(y)); sqrt(2 k (k + 1) (mean(y) + k)^2 / (12 mean(y)^2)) */
    is_close(fit.moment_size, 10.9920220482, 1e-10);
    is_close(fit.moment_se, 8.4115883656254, 1e-10);
}
END_TEST

START_TEST(size_around_a_trend)
{
    struct err err = {0};
    struct negative_binomial_fit fit;
    /* R 4.2: fitted(glm(y ~ t + offset(log(e)), poisson, control = list(epsilon = 1e-14))) */
    static const double means[MONTHS] = {12.1002407810704, 12.3886813268113, 12.7099853700104,
                                         13.0124040990342, 13.3490367641316, 13.6660882346940,
                                         13.9621180432128, 14.2933771606033, 14.6322567136862,
                                         14.9489102507931, 15.3029607595394, 15.6339404964135};
    ck_assert(negative_binomial_fit(counts, means, MONTHS, 2, &fit, &err));
    /* theta.ml(y, means, limit = 100, eps = 1e-14) and its SE; sum(dnbinom(y, size, mu = means, log = TRUE))
     */
    is_close(fit.size, 15.0645197460688, 1e-8);
    is_close(fit.size_se, 12.6797205589968, 1e-8);
    is_close(fit.log_likelihood, -36.1774281136421, 1e-8);
    /* sum(mu^2) / (sum((y - mu)^2) * 12 / 10 - sum(mu)) */
    is_close(fit.moment_size, 10.1038952427095, 1e-8);
    is_close(fit.moment_se, 7.52177899729167, 1e-8);
}
END_TEST

START_TEST(moment_error_rests_on_an_exact_variance)
{
    /* the identity of the header, by summing over the law */
    for (size_t i = 1; i < 4; i++) {
        const double mean = laws[i].mean;
        const double size = laws[i].size;
        const double variance = mean + mean * mean / size;
        double first = 0;
        double second = 0;
        for (int k = 0; k < 3000; k++) {
            const double here = negative_binomial_pmf(mean, size, k);
            const double value = (k - mean) * (k - mean) - k - 2 * mean / size * (k - mean);
            first += here * value;
            second += here * value * value;
        }
        is_close(first, mean * mean / size, 1e-10);
        is_close(second - first * first, 2 * (1 + 1 / size) * variance * variance, 1e-9);
    }
}
END_TEST

START_TEST(no_more_spread_than_chance)
{
    struct err err = {0};
    struct negative_binomial_fit fit;
    const double calm[4] = {5, 5, 6, 6};
    const double means[4] = {5.5, 5.5, 5.5, 5.5};
    ck_assert(negative_binomial_fit(calm, means, 4, 1, &fit, &err));
    ck_assert(isinf(fit.size) && isnan(fit.size_se) && isinf(fit.moment_size));
    is_close(fit.ratio, 0, 0);
    is_close(fit.p, 1, 0);
    is_close(fit.log_likelihood, fit.log_likelihood_poisson, 0);
    /* hand: half of the counts are 0, sum (y - 3)^2 = 36 > sum y = 12, so a small size is found */
    const double wild[4] = {0, 0, 6, 6};
    const double threes[4] = {3, 3, 3, 3};
    ck_assert(negative_binomial_fit(wild, threes, 4, 1, &fit, &err));
    ck_assert_double_lt(fit.size, 5);
    ck_assert_double_lt(fit.p, .05);
}
END_TEST

START_TEST(faults_have_words)
{
    struct err err = {0};
    struct negative_binomial_fit fit;
    const double y[2] = {1, -1};
    const double mu[2] = {1, 1};
    const double zero[2] = {1, 0};
    ck_assert(!negative_binomial_fit(y, mu, 1, 1, &fit, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    ck_assert(!negative_binomial_fit(y, mu, 2, 1, &fit, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "count 2"));
    ck_assert(!negative_binomial_fit(mu, zero, 2, 1, &fit, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "mean of 0"));
}
END_TEST

Suite *suite_negative_binomial(void)
{
    Suite *suite = suite_create("negative_binomial");
    TCase *tcase = tcase_create("negative_binomial");
    tcase_add_test(tcase, probabilities);
    tcase_add_test(tcase, large_sizes_are_poisson);
    tcase_add_loop_test(tcase, quantile_inverts_the_distribution, 0, (int)(sizeof laws / sizeof laws[0]));
    tcase_add_test(tcase, quantiles_match_r);
    tcase_add_test(tcase, quantile_never_falls);
    tcase_add_test(tcase, size_of_one_mean);
    tcase_add_test(tcase, size_around_a_trend);
    tcase_add_test(tcase, moment_error_rests_on_an_exact_variance);
    tcase_add_test(tcase, no_more_spread_than_chance);
    tcase_add_test(tcase, faults_have_words);
    suite_add_tcase(suite, tcase);
    return suite;
}
