/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>

#include "render/frame.h"

Suite *suite_frame(void);

/* the example of frame.h, by hand: span 249 over 6 -> step 50; 1226 -> 1200, 1475 -> 1500 */
START_TEST(ticks_are_round)
{
    struct frame_axis axis;
    frame_value_axis(1226, 1475, CHART_COUNT, false, &axis);
    ck_assert_double_eq_tol(axis.low, 1200, 1e-9);
    ck_assert_double_eq_tol(axis.high, 1500, 1e-9);
    ck_assert_int_eq(axis.n_ticks, 7);
    ck_assert_str_eq(axis.texts[0], "1,200");
    ck_assert_str_eq(axis.texts[1], "1,250");
}
END_TEST

START_TEST(axes_start_at_zero_when_they_should)
{
    struct frame_axis axis;
    frame_value_axis(100, 1000, CHART_COUNT, false, &axis); /* 100 is far down already */
    ck_assert_double_eq_tol(axis.low, 0, 1e-9);
    frame_value_axis(900, 1000, CHART_COUNT, true, &axis);
    ck_assert_double_eq_tol(axis.low, 0, 1e-9);
    frame_value_axis(900, 1000, CHART_COUNT, false, &axis);
    ck_assert(axis.low > 500);
    frame_value_axis(-20, 30, CHART_COUNT, true, &axis);
    ck_assert(axis.low <= -20 && axis.high >= 30);
}
END_TEST

/* every axis must be drawable: low < high, ticks inside, values covered */
START_TEST(no_data_breaks_an_axis)
{
    static const double values[] = {0, 1, 2, 7, 100, 1e6, 123456789, -5, 0.001};
    for (size_t i = 0; i < 9; i++)
        for (size_t j = 0; j < 9; j++)
            for (int unit = CHART_COUNT; unit <= CHART_POUNDS; unit++)
                for (int zero = 0; zero < 2; zero++) {
                    struct frame_axis axis;
                    const double low = fmin(values[i], values[j]);
                    const double high = fmax(values[i], values[j]);
                    frame_value_axis(low, high, (enum chart_unit)unit, zero == 1, &axis);
                    ck_assert(axis.low < axis.high);
                    ck_assert(axis.low <= low + 1e-9 * fabs(low) && axis.high >= high - 1e-9 * fabs(high));
                    ck_assert(axis.n_ticks >= 2 && axis.n_ticks <= 10);
                }
}
END_TEST

/* hand */
START_TEST(values_are_words)
{
    static const struct {
        double value;
        enum chart_unit unit;
        double step;
        const char *expected;
    } cases[] = {
        {0, CHART_COUNT, 0, "0"},
        {999, CHART_COUNT, 0, "999"},
        {1234567, CHART_COUNT, 0, "1,234,567"},
        {-1234, CHART_COUNT, 0, "-1,234"},
        {81.34, CHART_DECIMAL, 0, "81.3"},
        {57.4, CHART_PERCENT, 0, "57%"},
        {0.5, CHART_DECIMAL, 0.5, "0.5"},
        {61234567, CHART_POUNDS, 0, "£61.2m"},
        {350000, CHART_POUNDS, 0, "£0.3m"},
        {35000, CHART_POUNDS, 0, "£35k"},
        {900, CHART_POUNDS, 0, "£900"},
        {0, CHART_POUNDS, 0, "£0"},
        {50e6, CHART_POUNDS, 50e6, "£50m"},
        {2500000, CHART_POUNDS, 500000, "£2.5m"},
        {-2e6, CHART_POUNDS, 0, "-£2.0m"},
        {20000, CHART_POUNDS, 20000, "£20k"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[FRAME_TEXT];
        frame_format(cases[i].value, cases[i].unit, cases[i].step, text);
        ck_assert_str_eq(text, cases[i].expected);
    }
}
END_TEST

/* the example of frame.h: 0 1 5 10 20 50 100 at their roots; 2 would touch 1 */
START_TEST(root_axes_show_values)
{
    static const double shown[] = {0, 1, 5, 10, 20, 50, 100};
    static const char *const texts[] = {"0", "1", "5", "10", "20", "50", "100"};
    struct frame_axis axis;
    frame_root_axis(100, CHART_COUNT, &axis);
    ck_assert_int_eq(axis.n_ticks, 7);
    for (int i = 0; i < 7; i++) {
        ck_assert_double_eq_tol(axis.ticks[i], sqrt(shown[i]), 1e-12);
        ck_assert_str_eq(axis.texts[i], texts[i]);
    }
    ck_assert(axis.low <= 0 && axis.high > 10 && axis.high < 11);
    static const double highs[] = {0, 0.2, 1, 3, 7, 50, 1234, 1e6, 1e12};
    for (size_t i = 0; i < sizeof highs / sizeof highs[0]; i++) {
        frame_root_axis(highs[i], CHART_COUNT, &axis);
        ck_assert(axis.high >= sqrt(highs[i]) && axis.high > axis.low);
        ck_assert(axis.n_ticks >= 2 && axis.n_ticks <= 16);
        for (int32_t k = 1; k < axis.n_ticks; k++)
            ck_assert_double_ge(axis.ticks[k] - axis.ticks[k - 1], 0.05 * axis.high);
    }
}
END_TEST

START_TEST(dates_are_ends_of_march)
{
    struct frame_axis axis;
    frame_date_axis(date_from_civil(2016, 4, 30), date_from_civil(2027, 3, 31), &axis);
    ck_assert_int_eq(axis.n_ticks, 5); /* every second year: 2018 .. 2026 */
    ck_assert_str_eq(axis.texts[0], "Mar 2018");
    frame_date_axis(date_from_civil(2021, 4, 30), date_from_civil(2022, 6, 30), &axis);
    ck_assert_str_eq(axis.texts[0], "Jun 2021"); /* under two years: quarters */
    frame_date_axis(date_from_civil(2022, 3, 31), date_from_civil(2022, 3, 31), &axis);
    ck_assert(axis.low < axis.high);
    frame_date_axis(date_from_civil(1994, 3, 31), date_from_civil(2055, 3, 31), &axis);
    ck_assert(axis.n_ticks >= 3 && axis.n_ticks <= 9);
}
END_TEST

/* least squares by hand: {10, 11} gap 4 -> {8.5, 12.5}; three at 0 with gap 1 -> {-1, 0, 1} */
START_TEST(labels_are_spread)
{
    double two[] = {10, 11};
    frame_spread(two, 2, 4, 0, 100);
    ck_assert_double_eq_tol(two[0], 8.5, 1e-9);
    ck_assert_double_eq_tol(two[1], 12.5, 1e-9);
    double three[] = {0, 0, 0};
    frame_spread(three, 3, 1, -100, 100);
    ck_assert_double_eq_tol(three[0] + three[1] + three[2], 0, 1e-9);
    ck_assert_double_eq_tol(three[1] - three[0], 1, 1e-9);
    double far_apart[] = {50, 10, 90};
    frame_spread(far_apart, 3, 5, 0, 100);
    ck_assert_double_eq_tol(far_apart[0], 50, 1e-9);
    ck_assert_double_eq_tol(far_apart[1], 10, 1e-9);
    double low[] = {1, 2, 3};
    frame_spread(low, 3, 10, 0, 100); /* would go below 0 */
    ck_assert_double_eq_tol(low[0], 0, 1e-9);
    ck_assert_double_eq_tol(low[2], 20, 1e-9);
    double crowd[] = {5, 5, 5, 5};
    frame_spread(crowd, 4, 10, 0, 6); /* no room: evenly */
    ck_assert_double_eq_tol(crowd[0], 0, 1e-9);
    ck_assert_double_eq_tol(crowd[3], 6, 1e-9);
    frame_spread(crowd, 0, 10, 0, 6);
}
END_TEST

Suite *suite_frame(void)
{
    Suite *suite = suite_create("frame");
    TCase *tcase = tcase_create("frame");
    tcase_add_test(tcase, ticks_are_round);
    tcase_add_test(tcase, axes_start_at_zero_when_they_should);
    tcase_add_test(tcase, no_data_breaks_an_axis);
    tcase_add_test(tcase, values_are_words);
    tcase_add_test(tcase, root_axes_show_values);
    tcase_add_test(tcase, dates_are_ends_of_march);
    tcase_add_test(tcase, labels_are_spread);
    suite_add_tcase(suite, tcase);
    return suite;
}
