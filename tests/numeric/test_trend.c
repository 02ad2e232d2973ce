/* SPDX-License-Identifier: GPL-3.0-or-later
 * R 4.2 is base R; the calls stand at each number, tests/golden/R/numeric.R repeats them. */
#include "numeric/trend.h"

#include <check.h>
#include <math.h>

#include "tests/numeric/close.h"

Suite *suite_trend(void);

START_TEST(multipliers_fade)
{
    /* R: exp(.04 * cumsum(.8^(1:5))) */
    static const double golden[] = {1.03251750531, 1.05929119448, 1.08120915194, 1.09906959592,
                                    1.11357014412};
    for (int j = 0; j < 5; j++)
        is_close(trend_multiplier(.04, .8, j + 1), golden[j], 1e-11);
    is_close(trend_multiplier(.04, .8, 0), 1, 0);
    is_close(trend_limit(.04, .8), exp(.16), 1e-14); /* hand: .04 x .8 / .2 */
    is_close(trend_multiplier(.04, .8, 500), exp(.16), 1e-14);
    is_close(trend_multiplier(.04, 1, 3), exp(.12), 1e-14);       /* not damped */
    is_close(trend_multiplier(.04, 1 - 1e-9, 3), exp(.12), 1e-8); /* and the limit to it */
    is_close(trend_multiplier(.04, 0, 3), 1, 0);
}
END_TEST

static const double t[5] = {0, 1, 2, 3, 5};
static const double events[5] = {100, 110, 108, 125, 140};
static const double people[5] = {50, 51, 52, 53, 55};

START_TEST(slopes_match)
{
    double y[5], w[5];
    for (int i = 0; i < 5; i++) {
        y[i] = log(events[i] / people[i]);
        w[i] = events[i] / 1.6;
    }
    /* R: coef(lm(y ~ t, weights = w)); 1 / sqrt(sum(w * (t - weighted.mean(t, w))^2)) */
    struct trend_slope slope = trend_fit_slope(t, y, w, 5, 0, INFINITY);
    is_close(slope.slope, .0481504034479165, 1e-12);
    is_close(slope.se, .029811967099971, 1e-12);
    /* R: A <- t(X) %*% (w * X); A[2, 2] <- A[2, 2] + 1 / .03^2; solve(A, t(X) %*% (w * y) + c(0, .01 /
     * .03^2)) */
    slope = trend_fit_slope(t, y, w, 5, .01, .03);
    is_close(slope.slope, .0291951352498001, 1e-12);
    is_close(slope.se, .0211464102764844, 1e-12);
    /* a year without events has no weight and no log; it changes nothing */
    const double t6[6] = {0, 1, 2, 3, 5, 6}, y6[6] = {y[0], y[1], y[2], y[3], y[4], -INFINITY};
    const double w6[6] = {w[0], w[1], w[2], w[3], w[4], 0};
    is_close(trend_fit_slope(t6, y6, w6, 6, .01, .03).slope, slope.slope, 1e-14);
}
END_TEST

START_TEST(without_data_the_prior_stays)
{
    static const double one = 1;
    struct trend_slope slope = trend_fit_slope(&one, &one, &one, 1, .01, .03);
    is_close(slope.slope, .01, 1e-15);
    is_close(slope.se, .03, 1e-15);
    ck_assert(isnan(trend_fit_slope(NULL, NULL, NULL, 0, .01, INFINITY).slope));
}
END_TEST

START_TEST(slopes_are_shrunk_and_held)
{
    is_close(trend_shrink(.06, .01, .2), .02, 1e-15); /* hand: .012 + .008 */
    is_close(trend_shrink(.9, .05, .2), .10, 0);
    is_close(trend_shrink(-.9, -.05, .2), -.10, 0);
}
END_TEST

Suite *suite_trend(void)
{
    Suite *suite = suite_create("trend");
    TCase *tcase = tcase_create("trend");
    tcase_add_test(tcase, multipliers_fade);
    tcase_add_test(tcase, slopes_match);
    tcase_add_test(tcase, without_data_the_prior_stays);
    tcase_add_test(tcase, slopes_are_shrunk_and_held);
    suite_add_tcase(suite, tcase);
    return suite;
}
