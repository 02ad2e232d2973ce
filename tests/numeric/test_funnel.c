/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/funnel.h"

#include <check.h>
#include <math.h>

Suite *suite_funnel(void);

static void close_to(double has, double must, double tolerance)
{
    ck_assert_msg(fabs(has - must) <= tolerance * fmax(1.0, fabs(must)), "%.15g, not %.15g", has, must);
}

static const double events[] = {210, 95, 330, 160, 410, 75, 280, 120, 510, 190};
static const double thousands[] = {30, 14.5, 41, 26, 52, 16, 33, 15, 70, 21};
enum { N = sizeof events / sizeof events[0] };

START_TEST(overdispersed_limits)
{
    /* R 4.2, arithmetic of Spiegelhalter 2005 with quantile(type = 7) */
    static const double scores[] = {-.5366,  -.9206, .6601, -1.5092, .4875,
                                    -3.0793, 1.1110, .5060, -.2316,  1.5742};
    double population[N];
    double z[N];
    struct funnel funnel;
    struct err err = {0};
    double low = 0;
    double high = 0;
    for (size_t i = 0; i < N; i++)
        population[i] = thousands[i] * 1000;
    ck_assert(funnel_fit(events, population, N, &funnel, z, &err));
    close_to(funnel.theta, .00747252747, 1e-11);
    close_to(funnel.winsor_low, -2.77597785620, 1e-10);
    close_to(funnel.winsor_high, 2.10526473169, 1e-10);
    close_to(funnel.phi, 2.94895400259, 1e-10);
    close_to(funnel.tau2 * 1e5, 1.84640066157, 1e-10);
    for (size_t i = 0; i < N; i++)
        close_to(z[i], scores[i], 1e-4);
    funnel_limits(&funnel, 30000, 1.959963985, &low, &high);
    close_to(low * 1000, 5.82135485550, 1e-9);
    close_to(high * 1000, 9.32958184539, 1e-9);
    funnel_limits(&funnel, 30000, 3.090232306, &low, &high);
    close_to(low * 1000, 4.96275728141, 1e-9);
    close_to(high * 1000, 10.4941019730, 1e-9);
    funnel.tau2 = 0;
    funnel_limits(&funnel, 30000, 1.959963985, &low, &high);
    close_to(low * 1000, 6.5264, 1e-4);
    close_to(high * 1000, 8.4827, 1e-4);
}
END_TEST

START_TEST(chance_alone_has_no_extra_variance)
{
    /* hand: equal rates: every score 0, phi 0, tau2 0, limits Poisson's */
    static const double same[] = {10, 20, 40};
    static const double population[] = {1000, 2000, 4000};
    struct funnel funnel;
    struct err err = {0};
    ck_assert(funnel_fit(same, population, 3, &funnel, NULL, &err));
    close_to(funnel.tau2, 0.0, 0.0);
    double low = 1;
    double high = 0;
    funnel_limits(&funnel, 10, 3.090232306, &low, &high); /* sqrt(.01) = .1 < 3.09 x .158 */
    close_to(low, 0.0, 0.0);
    ck_assert(!funnel_fit(same, population, 2, &funnel, NULL, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
}
END_TEST

Suite *suite_funnel(void)
{
    Suite *suite = suite_create("funnel");
    TCase *tcase = tcase_create("funnel");
    tcase_add_test(tcase, overdispersed_limits);
    tcase_add_test(tcase, chance_alone_has_no_extra_variance);
    suite_add_tcase(suite, tcase);
    return suite;
}
