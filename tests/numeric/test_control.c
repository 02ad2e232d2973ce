/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/control.h"

#include <check.h>
#include <math.h>

#include "numeric/stream.h"
#include "tests/numeric/close.h"

Suite *suite_control(void);

START_TEST(single_values)
{
    /* hand, constants of Wheeler 2000: mean 281/12, moving ranges 48/11, 2.66 and 3.267 times it */
    static const double values[] = {22, 25, 19, 24, 28, 21, 23, 27, 20, 26, 24, 22};
    double work[12];
    const struct control_xmr chart = control_xmr(values, 12);
    is_close(chart.middle, 23.4166666667, 1e-10);
    is_close(chart.moving_range, 4.36363636364, 1e-10);
    is_close(chart.low, 11.8093939394, 1e-10);
    is_close(chart.high, 35.0239393939, 1e-10);
    is_close(chart.range_high, 14.256, 1e-10);
    /* R 4.2: median(x), median(abs(diff(x))), 3.145 times it */
    const struct control_xmr by_median = control_xmr_median(values, 12, work);
    is_close(by_median.middle, 23.5, 1e-12);
    is_close(by_median.moving_range, 4, 1e-12);
    is_close(by_median.low, 10.92, 1e-10);
    is_close(by_median.high, 36.08, 1e-10);
}
END_TEST

START_TEST(shares)
{
    /* R 4.2: the arithmetic of Laney 2002 */
    static const double counts[] = {312, 298, 341, 305, 366, 329, 288, 350};
    static const double of[] = {410, 402, 431, 399, 455, 438, 405, 447};
    struct control_rate chart = control_shares(counts, of, 8);
    double low = 0;
    double high = 0;
    is_close(chart.middle, .764393268379, 1e-11);
    is_close(chart.sigma_z, 1.85419784238, 1e-10);
    control_limits(&chart, 410, 3, &low, &high);
    is_close(low, .647809611963, 1e-10);
    is_close(high, .880976924795, 1e-10);
    chart.sigma_z = 1; /* the plain p chart */
    control_limits(&chart, 410, 3, &low, &high);
    is_close(low, .701517747, 1e-8);
    is_close(high, .827268790, 1e-8);
    control_limits(&chart, 4, 3, &low, &high); /* .764 + 3 sqrt(.764 .236 / 4) is beyond 1 */
    is_close(high, 1, 1e-15);
}
END_TEST

START_TEST(rates)
{
    /* R 4.2: the arithmetic of Laney 2002 */
    static const double counts[] = {41, 55, 38, 47, 62, 44, 50, 39};
    static const double exposure[] = {10.2, 10.4, 10.3, 10.6, 10.5, 10.8, 10.9, 10.7};
    const struct control_rate chart = control_rates(counts, exposure, 8);
    double low = 0;
    double high = 0;
    is_close(chart.middle, 4.454976303, 1e-9);
    is_close(chart.sigma_z, 1.626237759, 1e-9);
    control_limits(&chart, 10.2, 3, &low, &high);
    is_close(low, 1.230732242, 1e-9);
    is_close(high, 7.679220364, 1e-9);
    /* R 4.2: (41/10.2 - 4.454976303) / (sqrt(4.454976303 / 10.2) * 1.626237759) */
    is_close(control_score(&chart, 41, 10.2), -.405088869, 1e-8);
    control_limits(&chart, .1, 3, &low, &high);
    is_close(low, 0, 1e-15);
}
END_TEST

START_TEST(too_regular_and_empty)
{
    /* hand: 9, 9, 10, 9: neighbours differ by less than Poisson counts do: sigma_z is 1, not below */
    static const double regular[] = {9, 9, 10, 9};
    static const double nothing[] = {0, 0, 0, 0};
    static const double months[] = {1, 1, 1, 1};
    is_close(control_rates(regular, months, 4).sigma_z, 1, 1e-15);
    const struct control_rate empty = control_rates(nothing, months, 4);
    is_close(empty.sigma_z, 1, 1e-15);
    is_close(control_score(&empty, 0, 1), 0, 1e-15);
}
END_TEST

START_TEST(rules)
{
    /* hand */
    static const double far[] = {.5, -3.1, 3, .2};
    ck_assert_uint_eq(control_signals(far, 1, CONTROL_ALL), CONTROL_BEYOND);
    ck_assert_uint_eq(control_signals(far, 2, CONTROL_ALL), 0);
    static const double side[] = {.1, .2, .1, .3, .2, .1, .4, .1, .2, -.1};
    ck_assert_uint_eq(control_signals(side, 6, CONTROL_ALL), 0);
    ck_assert_uint_eq(control_signals(side, 7, CONTROL_ALL), CONTROL_ONE_SIDE);
    ck_assert_uint_eq(control_signals(side, 8, CONTROL_ALL), CONTROL_ONE_SIDE);
    ck_assert_uint_eq(control_signals(side, 9, CONTROL_ALL), 0);
    ck_assert_uint_eq(control_run(side, 8), 9);
    static const double slope[] = {-1, -.5, -.2, .3, .4, .6, .6};
    ck_assert_uint_eq(control_signals(slope, 4, CONTROL_ALL), 0);
    ck_assert_uint_eq(control_signals(slope, 5, CONTROL_ALL), CONTROL_SLOPE);
    ck_assert_uint_eq(control_signals(slope, 5, CONTROL_PUBLIC), 0);
    ck_assert_uint_eq(control_signals(slope, 6, CONTROL_ALL), 0);
    static const double pair[] = {2.1, .5, 2.2, -2.5, .1, 2.3};
    ck_assert_uint_eq(control_signals(pair, 2, CONTROL_ALL), CONTROL_TWO_OF_THREE);
    ck_assert_uint_eq(control_signals(pair, 3, CONTROL_ALL), 0);
    ck_assert_uint_eq(control_signals(pair, 5, CONTROL_ALL), 0);
}
END_TEST

/* A run of 8 somewhere in 12 fair points: closed form .0234375; here every one of the 4,096 series. */
START_TEST(false_alarms_of_a_run)
{
    int32_t alarms = 0;
    for (int32_t series = 0; series < 4096; series++) {
        double scores[12];
        bool alarm = false;
        for (int32_t i = 0; i < 12; i++)
            scores[i] = (series >> i & 1) != 0 ? 1 : -1;
        for (size_t i = 0; i < 12; i++)
            alarm = alarm || control_signals(scores, i, CONTROL_PUBLIC) != 0;
        alarms += alarm;
    }
    is_close(alarms / 4096.0, .0234375, 1e-12);
}
END_TEST

/* Series of 24 points that break a rule, of `series`; each point remembers `memory` of the one before and has
 * variance 1. With `xmr` limits are those of the series itself, else the known ones. */
static double share_that_signals(int32_t series, double memory, bool xmr, unsigned asked)
{
    int32_t alarms = 0;
    for (int32_t s = 0; s < series; s++) {
        struct stream stream = stream_make(7, PURPOSE_TEST, (uint32_t)s, 0, 0);
        double scores[24];
        bool alarm = false;
        scores[0] = stream_normal(&stream);
        for (int32_t i = 1; i < 24; i++)
            scores[i] = memory * scores[i - 1] + sqrt(1 - memory * memory) * stream_normal(&stream);
        if (xmr) {
            const struct control_xmr chart = control_xmr(scores, 24);
            for (int32_t i = 0; i < 24; i++)
                scores[i] = 3 * (scores[i] - chart.middle) / (chart.high - chart.middle);
        }
        for (size_t i = 0; i < 24; i++)
            alarm = alarm || control_signals(scores, i, asked) != 0;
        alarms += alarm;
    }
    return alarms / (double)series;
}

/* methods of report cards: with known limits all four rules cry wolf in 20 % of stable series of 24 points,
 * the first two in 13 % (20,000 simulations; three standard errors here are .007 and .0085). What is
 * correlated from month to month, as a stock is, signals on its own chart nearly always: flows are charted.
 */
START_TEST(false_alarms)
{
    is_close(share_that_signals(20000, 0, false, CONTROL_PUBLIC), .13, .01);
    is_close(share_that_signals(20000, 0, false, CONTROL_ALL), .20, .01);
    ck_assert_double_gt(share_that_signals(2000, .95, true, CONTROL_PUBLIC), .9);
    ck_assert_double_lt(share_that_signals(2000, 0, true, CONTROL_PUBLIC), .2);
}
END_TEST

Suite *suite_control(void)
{
    Suite *suite = suite_create("control");
    TCase *tcase = tcase_create("control");
    tcase_add_test(tcase, single_values);
    tcase_add_test(tcase, shares);
    tcase_add_test(tcase, rates);
    tcase_add_test(tcase, too_regular_and_empty);
    tcase_add_test(tcase, rules);
    tcase_add_test(tcase, false_alarms_of_a_run);
    tcase_add_test(tcase, false_alarms);
    suite_add_tcase(suite, tcase);
    return suite;
}
