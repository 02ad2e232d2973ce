/* SPDX-License-Identifier: GPL-3.0-or-later
 * R 4.2 is base R; the calls stand at each number, tests/golden/R/numeric.R repeats them. */
#include "numeric/drift.h"

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "numeric/dist.h"
#include "numeric/stream.h"
#include "tests/numeric/close.h"

Suite *suite_drift(void);

static const double false_alarm = 1e-6;

START_TEST(averages_of_a_stationary_rate)
{
    /* R: k <- -log(.8); 2 * (k - 1 + exp(-k)) / k^2; (1 - exp(-k))^2 / k^2 */
    struct drift_average average = drift_average_continuous(-log(.8));
    is_close(average.variance, .929589727, 1e-9);
    is_close(average.covariance, .803325051, 1e-9);
    is_close(2 * (average.variance - average.covariance), .252529352, 1e-9);
    /* hand: k = 2 gives 2 (1 + e^-2) / 4, k = 1 gives 2 e^-1; below 1 the series must meet it */
    is_close(drift_average_continuous(2).variance, (1 + exp(-2)) / 2, 1e-15);
    is_close(drift_average_continuous(1).variance, 2 * exp(-1), 1e-15);
    is_close(drift_average_continuous(1 - 1e-12).variance, 2 * exp(-1), 1e-11);
    is_close(drift_average_continuous(1e-9).variance, 1 - 1e-9 / 3, 1e-15); /* 1 - k / 3 */
    is_close(drift_average_continuous(0).covariance, 1, 0);
    /* R: S <- f^abs(outer(1:24, 1:24, "-")), f <- .8^(1/12); sum(S[1:12, 1:12]) / 144, sum(S[1:12, 13:24]) /
     * 144 */
    average = drift_average_steps(pow(.8, 1.0 / 12), 12);
    is_close(average.variance, .930079470820766, 1e-13);
    is_close(average.covariance, .803301903113913, 1e-13);
    average = drift_average_steps(.3, 3);
    is_close(average.variance, .4866666666666666, 1e-14);
    is_close(average.covariance, .0644033333333333, 1e-14);
}
END_TEST

START_TEST(changes_of_averages)
{
    /* Working 1960: (2 x 144 + 1) / 36 */
    is_close(drift_change_variance(1, 12), 8.02777778, 1e-9);
    is_close(drift_change_variance(1, 12) / 12, .668981481, 1e-9);
    is_close(drift_change_variance(1, 1), 1, 1e-15);
    for (int n = 1; n < 60; n++)
        is_close(drift_change_variance(1, n), (2.0 * n * n + 1) / (3 * n), 1e-12);
    /* R: w %*% S %*% w / (1 - f^2), w <- rep(c(-1, 1) / n, each = n) */
    is_close(drift_change_variance(pow(.8, 1.0 / 12), 12), 6.94528588049466, 1e-13);
    is_close(drift_change_variance(.3, 3), .928051282051282, 1e-14);
    is_close(drift_change_variance(0, 12), 2.0 / 12, 1e-15); /* hand: two independent means */
    /* a little below 1 is a little below the walk */
    is_close(drift_change_variance(1 - 1e-9, 12), drift_change_variance(1, 12), 1e-7);
}
END_TEST

START_TEST(yearly_changes_become_monthly_steps)
{
    /* hand: a random walk of d / .8179 a year has yearly means that move by d */
    is_close(drift_monthly_sd(.1738, 1) * sqrt(12), .1738 / .8179, 1e-4);
    is_close(drift_monthly_sd(.1738, 1), .1738 / sqrt(289.0 / 36), 1e-14);
    /* R: d <- .13 * sqrt(2 / 1.8); d / sqrt(6.94528588049466) */
    is_close(drift_annual_change_sd(.13, .8), .13703203194063, 1e-14);
    is_close(drift_monthly_sd(drift_annual_change_sd(.13, .8), .8), .0519968499496862, 1e-13);
}
END_TEST

/* Simulates month by month, averages by year; returns the p value that the changes have this sd: sum of
 * squares over sd^2 is chi-square with SERIES degrees of freedom. */
static double p_of_change_sd(double monthly_sd, double phi, double sd, uint32_t sub)
{
    enum { SERIES = 4000 };
    const double month = pow(phi, 1.0 / 12);
    double squares = 0;
    for (uint32_t series = 0; series < SERIES; series++) {
        struct stream stream = stream_make(71, PURPOSE_TEST, series, 0, sub);
        const double start = stream_normal(&stream);
        double u = phi < 1 ? start * monthly_sd / sqrt(1 - month * month) : start;
        double years[2] = {0, 0};
        for (int i = 0; i < 24; i++) {
            u = month * u + monthly_sd * stream_normal(&stream);
            years[i / 12] += u / 12;
        }
        squares += (years[1] - years[0]) * (years[1] - years[0]) / (sd * sd);
    }
    return 2 * fmin(gsl_cdf_chisq_P(squares, SERIES), gsl_cdf_chisq_Q(squares, SERIES));
}

START_TEST(simulated_years_move_as_measured)
{
    /* A right program fails once in 10^6 seeds. Taking the yearly change for the step of a year makes paths
     * 18 % too calm, and is found out. */
    static const double sd = .1738;
    ck_assert_double_gt(p_of_change_sd(drift_monthly_sd(sd, 1), 1, sd, 0), false_alarm);
    ck_assert_double_gt(p_of_change_sd(drift_monthly_sd(sd, .8), .8, sd, 1), false_alarm);
    ck_assert_double_lt(p_of_change_sd(sd / sqrt(12), 1, sd, 2), false_alarm);
}
END_TEST

START_TEST(chance_comes_off_first)
{
    /* R: d <- diff(log(N)); mean(d); var(d); 1.7 * mean(1 / N[-1] + 1 / N[-4]) */
    static const double counts[4] = {100, 110, 90, 120};
    static const double stock[4] = {400, 410, 420, 400};
    static const double common[3] = {.01, -.02, .03};
    struct drift_measure measure = drift_measure(counts, NULL, NULL, 4, 1.7);
    ck_assert_uint_eq(measure.n, 3);
    is_close(measure.mean, .0607738522646513, 1e-14);
    is_close(measure.variance, .0605166749222455, 1e-14);
    is_close(measure.noise, .0332845117845118, 1e-14);
    is_close(measure.net, .0272321631377337, 1e-14);
    /* R: e <- diff(log(N / X)) - common; mean(e); var(e) */
    measure = drift_measure(counts, stock, common, 4, 1.7);
    is_close(measure.mean, .0541071855979848, 1e-14);
    is_close(measure.variance, .0653734968354366, 1e-14);
    /* steady counts vary less than chance: below 0, and left so */
    static const double calm[4] = {50, 51, 50, 52};
    ck_assert_double_lt(drift_measure(calm, NULL, NULL, 4, 1).net, 0);
    /* a year without events has no log; the two changes about it are left out */
    static const double gap[5] = {100, 0, 90, 120, 100};
    measure = drift_measure(gap, NULL, NULL, 5, 1);
    ck_assert_uint_eq(measure.n, 2);
    is_close(measure.mean, (log(120.0 / 90) + log(100.0 / 120)) / 2, 1e-14);
    ck_assert(isnan(drift_measure(counts, NULL, NULL, 2, 1).net));
    ck_assert_uint_eq(drift_measure(counts, NULL, NULL, 2, 1).n, 1);
    ck_assert_uint_eq(drift_measure(counts, NULL, NULL, 0, 1).n, 0);
}
END_TEST

START_TEST(the_net_variance_is_that_of_the_rate)
{
    /* 3,000 pairs of changes of Poisson counts about 400 whose log rate is a yearly random walk with sd .15.
     * The mean of the net variances is .0225 but for the noise's own bias (E 1/N is 1/mu (1 + 1/mu), relative
     * 1/400); |z| < 4.89 with the standard error seen. Without taking chance off it would be .0275. */
    enum { SERIES = 3000, YEARS = 6 };
    double sum = 0;
    double squares = 0;
    for (uint32_t series = 0; series < SERIES; series++) {
        struct stream stream = stream_make(72, PURPOSE_TEST, series, 0, 0);
        double counts[YEARS];
        double log_rate = log(400);
        for (int i = 0; i < YEARS; i++) {
            counts[i] = dist_poisson_quantile(exp(log_rate), stream_uniform(&stream));
            log_rate += .15 * stream_normal(&stream);
        }
        const double net = drift_measure(counts, NULL, NULL, YEARS, 1).net;
        sum += net;
        squares += net * net;
    }
    const double mean = sum / SERIES;
    const double se = sqrt((squares / SERIES - mean * mean) / SERIES);
    ck_assert_double_lt(fabs(mean - .0225), 4.89 * se + .0001);
    ck_assert_double_lt(4.89 * se + .0001, .004);
}
END_TEST

START_TEST(variances_are_shrunk)
{
    /* R: (8 * .0281 + 5 * .052) / 13, and its root */
    is_close(drift_shrink_variance(.0281, 8, .052, 5), .0372923076923, 1e-12);
    is_close(sqrt(drift_shrink_variance(.0281, 8, .052, 5)), .1931121635, 1e-10);
    is_close(drift_shrink_variance(.0281, 8, NAN, 0), .0281, 1e-15); /* nothing measured */
    is_close(drift_shrink_variance(.0281, 8, -.01, 5), (8 * .0281 - .05) / 13, 1e-15);
    is_close(drift_shrink_variance(.0281, 8, -.05, 5), .0281 / 4, 1e-15); /* the floor */
}
END_TEST

START_TEST(wandering_multipliers)
{
    /* R: exp(.15^2 / 2); sqrt(exp(.15^2) - 1); sqrt(1.7 * 200 + 200^2 * (exp(.18^2) - 1)) */
    is_close(drift_mean_multiplier(.15), 1.01131351922, 1e-11);
    is_close(drift_multiplier_cv(.15), .15084771846, 1e-10);
    is_close(drift_count_sd(200, .18, 1.7), 40.7090137, 1e-9);
    is_close(drift_count_sd(200, 0, 1), sqrt(200), 1e-14);
    /* the median is 1, the mean is not: by the quantiles of the law itself */
    double mean = 0;
    for (int i = 0; i < 20000; i++)
        mean += exp(.15 * dist_normal_quantile((i + .5) / 20000)) / 20000;
    is_close(mean, drift_mean_multiplier(.15), 1e-5);
    is_close(exp(.15 * dist_normal_quantile(.5)), 1, 1e-15);
}
END_TEST

Suite *suite_drift(void)
{
    Suite *suite = suite_create("drift");
    TCase *tcase = tcase_create("drift");
    tcase_add_test(tcase, averages_of_a_stationary_rate);
    tcase_add_test(tcase, changes_of_averages);
    tcase_add_test(tcase, yearly_changes_become_monthly_steps);
    tcase_add_test(tcase, simulated_years_move_as_measured);
    tcase_add_test(tcase, chance_comes_off_first);
    tcase_add_test(tcase, the_net_variance_is_that_of_the_rate);
    tcase_add_test(tcase, variances_are_shrunk);
    tcase_add_test(tcase, wandering_multipliers);
    suite_add_tcase(suite, tcase);
    return suite;
}
