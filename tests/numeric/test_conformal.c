/* SPDX-License-Identifier: GPL-3.0-or-later
 * R 4.2 is base R; the calls stand at each number, tests/golden/R/numeric.R repeats them. */
#include "numeric/conformal.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numeric/dist.h"
#include "numeric/stream.h"
#include "tests/numeric/close.h"

Suite *suite_conformal(void);

START_TEST(pooling_keeps_the_shape)
{
    /* hand: .6 x (458, 492, 528) + .4 x (470, 500, 540) at the levels .1, .5, .9 */
    static const double a[SCORE_LEVELS] = {440, 458, 475, 492, 510, 528, 561};
    static const double b[SCORE_LEVELS] = {450, 470, 480, 500, 520, 540, 580};
    double out[SCORE_LEVELS];
    conformal_pool(a, b, .6, out);
    is_close(out[1], 462.8, 1e-14);
    is_close(out[3], 495.2, 1e-14);
    is_close(out[5], 532.8, 1e-14);
    /* R 4.2: .6 * qnorm(c(.1, .5, .9), 500, 20) + .4 * qnorm(c(.1, .5, .9), 480, 40) */
    static const double pooled[3] = {456.116556165, 492, 527.883443835};
    /* the linear pool, uniroot(.6 * pnorm(x, 500, 20) + .4 * pnorm(x, 480, 40) - p), is wider */
    static const double linear[3] = {451.547294173, 495.049335811, 527.162776312};
    static const double p[3] = {.1, .5, .9};
    double first[SCORE_LEVELS] = {0}, second[SCORE_LEVELS] = {0};
    for (int i = 0; i < 3; i++) {
        first[i] = 500 + 20 * dist_normal_quantile(p[i]);
        second[i] = 480 + 40 * dist_normal_quantile(p[i]);
        const double z1 = (linear[i] - 500) / 20, z2 = (linear[i] - 480) / 40;
        is_close(.6 * dist_normal_cdf(z1) + .4 * dist_normal_cdf(z2), p[i], 1e-10);
    }
    conformal_pool(first, second, .6, first); /* out may be a */
    for (int i = 0; i < 3; i++)
        is_close(first[i], pooled[i], 1e-11);
    ck_assert_double_lt(first[2] - first[0], linear[2] - linear[0]);
}
END_TEST

START_TEST(pooling_on_logs)
{
    static const double a[SCORE_LEVELS] = {0, 0, .25, 4, 9, 16, 100};
    static const double b[SCORE_LEVELS] = {0, 2, .25, 9, 9, 25, 400};
    double out[SCORE_LEVELS], same[SCORE_LEVELS];
    conformal_pool_log(a, b, .5, out);
    is_close(out[0], 0, 0);
    is_close(out[1], .5 * 1, 1e-14); /* hand: sqrt(.5 x 2) x (0 + 1) / 2 */
    is_close(out[2], .25, 1e-14);
    is_close(out[3], 6, 1e-14); /* hand: sqrt(4 x 9) */
    is_close(out[6], 200, 1e-14);
    conformal_pool_log(a, a, .3, same);
    for (int i = 0; i < SCORE_LEVELS; i++)
        is_close(same[i], a[i], 1e-14);
    /* hand: (20 x .6 + 20 x .25) / 40; (5 x 1 + 20 x .1) / 25 */
    is_close(conformal_shrink_weight(.6, 20, .25, 20), .425, 1e-15);
    is_close(conformal_shrink_weight(1, 5, .1, 20), .28, 1e-15);
}
END_TEST

START_TEST(residuals)
{
    /* R 4.2: log(600/500) / log(550/500), (log(500) - log(380)) / (log(500) - log(450)) */
    is_close(conformal_residual(500, 450, 550, 600), 1.91292847383424, 1e-13);
    is_close(conformal_residual(500, 450, 550, 380), 2.60474091255433, 1e-13);
    is_close(conformal_residual(500, 450, 550, 500), 0, 0);
    is_close(conformal_residual(500, 450, 550, 550), 1, 1e-15);
    is_close(conformal_residual(500, 450, 550, 450), 1, 1e-15);
    /* hand: an outcome of 0 counts as .5: log(3 / .5) / log(3 / 1) */
    is_close(conformal_residual(3, 1, 5, 0), 1.63092975357146, 1e-13);
    is_close(conformal_residual(3, 0, 5, 0), 1, 0);
    /* no width: 0/0 is 0, anything else infinite */
    is_close(conformal_residual(4, 4, 4, 4), 0, 0);
    is_close(conformal_residual(0, 0, 0, 0), 0, 0);
    ck_assert(isinf(conformal_residual(4, 4, 4, 5)) && isinf(conformal_residual(4, 4, 6, 3)));
}
END_TEST

static const double nineteen[19] = {.31,  .92, 1.45, .66,  1.12, .08,  2.4, .77, 1.9, .54,
                                    1.01, .83, .29,  1.33, .61,  1.74, .45, .98, 1.21};

START_TEST(ranks_and_scales)
{
    double work[19];
    ck_assert_uint_eq(conformal_rank(19, .8), 16);
    ck_assert_uint_eq(conformal_rank(19, .95), 19);
    ck_assert_uint_eq(conformal_rank(18, .95), 0);  /* ceil(18.05) = 19 > 18 */
    ck_assert_uint_eq(conformal_rank(99, .55), 55); /* 100 x .55 rounds to more than 55 */
    is_close(conformal_scale(nineteen, work, 19, CONFORMAL_ALL, .8), 1.45, 0);
    is_close(conformal_scale(nineteen, work, 19, CONFORMAL_ALL, .95), 2.4, 0);
    is_close(conformal_scale(nineteen, work, 19, CONFORMAL_ALL, .5), .92, 0); /* 10th of 19: the median */
    ck_assert(isnan(conformal_scale(nineteen, work, 18, CONFORMAL_ALL, .95)));
    /* the fewest: n >= c / (1 - c) */
    ck_assert_uint_eq(conformal_least(.8), 4);
    ck_assert_uint_eq(conformal_least(.9), 9);
    ck_assert_uint_eq(conformal_least(.95), 19);
    ck_assert_uint_eq(conformal_least(.5), 1);
    for (int percent = 1; percent < 100; percent++) {
        const size_t least = conformal_least(percent / 100.0);
        ck_assert_uint_gt(conformal_rank(least, percent / 100.0), 0);
        ck_assert_uint_eq(conformal_rank(least - 1, percent / 100.0), 0);
    }
}
END_TEST

START_TEST(coverage_of_one_calibration_set)
{
    /* R 4.2: l <- floor((n + 1) * .2); qbeta(c(.05, .5, .95), n + 1 - l, l) */
    is_close(conformal_coverage_quantile(19, .8, .05), .640574350359627, 1e-10);
    is_close(conformal_coverage_quantile(19, .8, .5), .810114817240824, 1e-10);
    is_close(conformal_coverage_quantile(19, .8, .95), .924706183431124, 1e-10);
    is_close(conformal_coverage_quantile(145, .8, .05), .744964624042579, 1e-10);
    is_close(conformal_coverage_quantile(145, .8, .5), .802748430237520, 1e-10);
    is_close(conformal_coverage_quantile(145, .8, .95), .853067894496830, 1e-10);
}
END_TEST

START_TEST(few_cases_lean_on_the_panel)
{
    double work[3];
    /* 3 cases have no 80 % rank, ceil(4 x .8) = 4: the largest would be the limit, silently */
    const double own = conformal_scale(nineteen, work, 3, CONFORMAL_ALL, .8);
    ck_assert(isnan(own));
    is_close(conformal_shrink(own, 3, 1.08, 30), 1.08, 0);
    is_close(conformal_shrink(1.62, 3.9, 1.08, 30), 1.08, 0); /* 8 origins of 2 years and 1 month */
    is_close(conformal_shrink(1.62, 12, 1.08, 30), 1.21265020295, 1e-11);
    ck_assert_double_gt(conformal_shrink(1.62, 4, 1.08, 30), 1.08);
    /* held to [.5, 3] */
    is_close(conformal_shrink(9, 1e9, 1.08, 30), 3, 1e-6);
    is_close(conformal_shrink(NAN, 0, 7, 30), 3, 0);
    is_close(conformal_shrink(NAN, 0, .1, 30), .5, 0);
    /* an exact hit and a limit without width count as .5 and 3 */
    is_close(conformal_shrink(0, 10, 1, 30), pow(.5, .25), 1e-14);
    is_close(conformal_shrink(INFINITY, 10, 1, 30), pow(3, .25), 1e-14);
}
END_TEST

START_TEST(a_case_is_not_judged_with_itself)
{
    /* 5 origins, 80 %: with itself the limit is the 5th of 5, so all hold; without, the 4th of 4, and the
     * worst does not. */
    static const double five[5] = {.4, 1.3, .9, 2.2, .1};
    double work[5];
    int with_itself = 0;
    int without = 0;
    for (int i = 0; i < 5; i++) {
        with_itself += five[i] <= conformal_scale(five, work, 5, CONFORMAL_ALL, .8);
        without += five[i] <= conformal_scale(five, work, 5, i, .8);
    }
    ck_assert_int_eq(with_itself, 5);
    ck_assert_int_eq(without, 4);
    /* leaving one out of 4 leaves 3: too few */
    ck_assert(isnan(conformal_scale(five, work, 4, 0, .8)));
}
END_TEST

START_TEST(violators_are_pooled)
{
    /* R 4.2: isoreg(c(1, 3, 2, 4, 3.5, 3.6, 1, 9))$yf */
    double values[8] = {1, 3, 2, 4, 3.5, 3.6, 1, 9};
    static const double fitted[8] = {1, 2.5, 2.5, 3.025, 3.025, 3.025, 3.025, 9};
    conformal_pool_adjacent(values, NULL, 8);
    for (int i = 0; i < 8; i++)
        is_close(values[i], fitted[i], 1e-14);
    /* weights 1 2 1 3 1 are repeats: isoreg(c(1, 3, 3, 2, 4, 4, 4, 1))$yf */
    double weighted[5] = {1, 3, 2, 4, 1};
    static const double weights[5] = {1, 2, 1, 3, 1};
    static const double expected[5] = {1, 8.0 / 3, 8.0 / 3, 3.25, 3.25};
    conformal_pool_adjacent(weighted, weights, 5);
    for (int i = 0; i < 5; i++)
        is_close(weighted[i], expected[i], 1e-14);
    conformal_pool_adjacent(values, NULL, 0);
}
END_TEST

START_TEST(scales_rise_with_coverage_and_horizon)
{
    struct stream stream = stream_make(41, PURPOSE_TEST, 0, 0, 0);
    for (int round = 0; round < 200; round++) {
        double scales[3 * 5];
        for (int i = 0; i < 15; i++)
            scales[i] = exp(.3 * stream_normal(&stream));
        conformal_isotonic(scales, 3, 5);
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 5; j++) {
                if (i > 0)
                    ck_assert_double_ge(scales[i * 5 + j], scales[(i - 1) * 5 + j] * (1 - 1e-14));
                if (j > 0)
                    ck_assert_double_ge(scales[i * 5 + j], scales[i * 5 + j - 1] * (1 - 1e-14));
            }
    }
    /* hand: 1.2, 1.0 pool to sqrt(1.2); what is in order stays */
    double two[4] = {1.2, 1.0, 1.3, 1.4};
    conformal_isotonic(two, 2, 2);
    is_close(two[0], sqrt(1.2), 1e-14);
    is_close(two[1], sqrt(1.2), 1e-14);
    is_close(two[2], 1.3, 1e-14);
    is_close(two[3], 1.4, 1e-14);
}
END_TEST

START_TEST(live_monitoring_adapts)
{
    static const bool missed[5] = {true, false, true, true, false};
    static const double aims[5] = {.16, .17, .13, .09, .10}; /* hand: + .05 (.2 - missed) */
    double aim = .2;
    for (int i = 0; i < 5; i++) {
        aim = conformal_adapt(aim, .2, .05, missed[i]);
        is_close(aim, aims[i], 1e-14);
    }
}
END_TEST

static const double raw[SCORE_LEVELS] = {440, 458, 475, 492, 510, 528, 561};
static const double scales[CONFORMAL_COVERAGES] = {1.1, 1.2, 1.3};
/* R 4.2: 492 * (q / 492)^c(1.3, 1.2, 1.1, 1, 1.1, 1.2, 1.3) */
static const double scaled[SCORE_LEVELS] = {425.499396652013, 451.487315187049, 473.332647408358, 492,
                                            511.835828746089, 535.510124934116, 583.528656683452};

START_TEST(quantiles_are_scaled_around_the_median)
{
    static const double ones[CONFORMAL_COVERAGES] = {1, 1, 1};
    double out[SCORE_LEVELS];
    conformal_apply(raw, scales, out);
    for (int i = 0; i < SCORE_LEVELS; i++)
        is_close(out[i], scaled[i], 1e-13);
    /* few children: 0 stays 0, .3 keeps its ratio to the floor; the upper half is m (q / m)^c */
    static const double few[SCORE_LEVELS] = {0, .3, 1, 2, 3, 4, 6};
    static const double twice[CONFORMAL_COVERAGES] = {2, 2, 2};
    conformal_apply(few, twice, out);
    static const double expected[SCORE_LEVELS] = {0, .6 * .125, .5, 2, 4.5, 8, 18};
    for (int i = 0; i < SCORE_LEVELS; i++)
        is_close(out[i], expected[i], 1e-14);
    conformal_apply(few, ones, out);
    for (int i = 0; i < SCORE_LEVELS; i++)
        is_close(out[i], few[i], 1e-14);
    static const double none[SCORE_LEVELS] = {0, 0, 0, 0, 0, 1, 2};
    conformal_apply(none, twice, out); /* hand: a median of 0 counts as .5: .5 x (1 / .5)^2, .5 x 4^2 */
    is_close(out[3], 0, 0);
    is_close(out[5], 2, 1e-14);
    is_close(out[6], 8, 1e-14);
}
END_TEST

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

START_TEST(quantiles_never_cross)
{
    struct stream stream = stream_make(42, PURPOSE_TEST, 0, (uint32_t)_i, 0);
    for (int round = 0; round < 300; round++) {
        double q[SCORE_LEVELS], c[CONFORMAL_COVERAGES], out[SCORE_LEVELS];
        for (int i = 0; i < SCORE_LEVELS; i++) /* from none to hundreds, not in order */
            q[i] = fmax(0, exp(2 + 2 * _i * stream_normal(&stream)) - 1);
        for (int i = 0; i < CONFORMAL_COVERAGES; i++) /* not ascending: 95 % may be narrower than 50 % */
            c[i] = .5 + 2.5 * stream_uniform(&stream);
        conformal_apply(q, c, out);
        qsort(q, SCORE_LEVELS, sizeof q[0], ascending);
        is_close(out[SCORE_MEDIAN], q[SCORE_MEDIAN], 0);
        for (int i = 1; i < SCORE_LEVELS; i++)
            ck_assert_double_le(out[i - 1], out[i]);
    }
}
END_TEST

START_TEST(scaled_limits_hold_just_when_the_residual_is_no_larger)
{
    struct stream stream = stream_make(43, PURPOSE_TEST, 0, 0, 0);
    for (int round = 0; round < 2000; round++) {
        const double c = .5 + 2.5 * stream_uniform(&stream);
        const double each[CONFORMAL_COVERAGES] = {c, c, c};
        const double y = 492 * exp(.2 * stream_normal(&stream));
        double out[SCORE_LEVELS];
        conformal_apply(raw, each, out);
        const double residual = conformal_residual(492, 458, 528, y);
        if (fabs(residual - c) > 1e-9)
            ck_assert_int_eq(residual <= c, y >= out[1] && y <= out[5]);
    }
}
END_TEST

START_TEST(values_are_mapped_through_the_knots)
{
    const struct conformal_map map = conformal_map_make(raw, scaled);
    ck_assert_uint_eq(map.n, SCORE_LEVELS);
    for (int i = 0; i < SCORE_LEVELS; i++)
        is_close(conformal_map_value(&map, raw[i]), scaled[i], 1e-13);
    /* R 4.2: exp(approx(log(raw), log(scaled), log(c(450, 500, 540)))$y) */
    is_close(conformal_map_value(&map, 450), 439.875591932485, 1e-12);
    is_close(conformal_map_value(&map, 500), 500.807119838720, 1e-12);
    is_close(conformal_map_value(&map, 540), 552.830930012482, 1e-12);
    /* end slopes 1.47860207463977, 1.41648331172733: exp(log(scaled[7]) + slope * log(600 / 561)) */
    is_close(conformal_map_value(&map, 600), 641.810850297623, 1e-12);
    is_close(conformal_map_value(&map, 400), 369.569088199259, 1e-12);
    is_close(conformal_map_value(&map, 0), 0, 0);
}
END_TEST

START_TEST(tied_knots_become_one)
{
    /* Raw 1 1 2 2 2 3 4: the 1s take the geometric mean of their targets, the 2s the final median. */
    static const double tied[SCORE_LEVELS] = {1, 1, 2, 2, 2, 3, 4};
    static const double final[SCORE_LEVELS] = {.6, .9, 1.8, 2.1, 2.3, 3.2, 4.8};
    struct conformal_map map = conformal_map_make(tied, final);
    ck_assert_uint_eq(map.n, 4);
    is_close(conformal_map_value(&map, 1), sqrt(.6 * .9), 1e-14);
    is_close(conformal_map_value(&map, 2), 2.1, 1e-14);
    is_close(conformal_map_value(&map, 3), 3.2, 1e-14);
    is_close(conformal_map_value(&map, 4), 4.8, 1e-14);
    /* all tie: one knot, slope 1 */
    static const double threes[SCORE_LEVELS] = {3, 3, 3, 3, 3, 3, 3};
    map = conformal_map_make(threes, final);
    ck_assert_uint_eq(map.n, 1);
    is_close(conformal_map_value(&map, 3), 2.1, 1e-14);
    is_close(conformal_map_value(&map, 6), 4.2, 1e-14);
    /* no children at all: knots at the floor */
    static const double none[SCORE_LEVELS] = {0};
    map = conformal_map_make(none, none);
    is_close(conformal_map_value(&map, 0), 0, 0);
    is_close(conformal_map_value(&map, 2), 2, 1e-14);
    /* a last piece as steep as 1 to 50 is not carried on: slope 4 */
    static const double near[SCORE_LEVELS] = {1, 2, 3, 4, 5, 6, 6.001};
    static const double far[SCORE_LEVELS] = {1, 2, 3, 4, 5, 6, 7};
    map = conformal_map_make(near, far);
    is_close(conformal_map_value(&map, 12.002), 7 * 16, 1e-13);
}
END_TEST

START_TEST(the_map_is_strictly_increasing)
{
    struct stream stream = stream_make(44, PURPOSE_TEST, 0, (uint32_t)_i, 0);
    for (int round = 0; round < 200; round++) {
        double from[SCORE_LEVELS], to[SCORE_LEVELS];
        for (int i = 0; i < SCORE_LEVELS; i++) { /* whole numbers, often tied; targets tied too */
            from[i] = floor(6 * _i * stream_uniform(&stream));
            to[i] = .5 * floor(8 * _i * stream_uniform(&stream));
        }
        qsort(from, SCORE_LEVELS, sizeof from[0], ascending);
        qsort(to, SCORE_LEVELS, sizeof to[0], ascending);
        const struct conformal_map map = conformal_map_make(from, to);
        double last = 0;
        for (int k = 1; k < 80 * _i; k++) {
            const double here = conformal_map_value(&map, k * .1);
            ck_assert_double_gt(here, last);
            ck_assert(isfinite(here));
            last = here;
        }
        /* the median is where it should be, from half a child on */
        const double median = fmax(.5, from[SCORE_MEDIAN]);
        is_close(conformal_map_value(&map, median), fmax(.5, to[SCORE_MEDIAN]), 1e-12);
    }
}
END_TEST

Suite *suite_conformal(void)
{
    Suite *suite = suite_create("conformal");
    TCase *tcase = tcase_create("conformal");
    tcase_add_test(tcase, pooling_keeps_the_shape);
    tcase_add_test(tcase, pooling_on_logs);
    tcase_add_test(tcase, residuals);
    tcase_add_test(tcase, ranks_and_scales);
    tcase_add_test(tcase, coverage_of_one_calibration_set);
    tcase_add_test(tcase, few_cases_lean_on_the_panel);
    tcase_add_test(tcase, a_case_is_not_judged_with_itself);
    tcase_add_test(tcase, violators_are_pooled);
    tcase_add_test(tcase, scales_rise_with_coverage_and_horizon);
    tcase_add_test(tcase, live_monitoring_adapts);
    tcase_add_test(tcase, quantiles_are_scaled_around_the_median);
    tcase_add_loop_test(tcase, quantiles_never_cross, 0, 3);
    tcase_add_test(tcase, scaled_limits_hold_just_when_the_residual_is_no_larger);
    tcase_add_test(tcase, values_are_mapped_through_the_knots);
    tcase_add_test(tcase, tied_knots_become_one);
    tcase_add_loop_test(tcase, the_map_is_strictly_increasing, 1, 4);
    suite_add_tcase(suite, tcase);
    return suite;
}
