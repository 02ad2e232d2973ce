/* SPDX-License-Identifier: GPL-3.0-or-later
 * The dice of synthetic worlds: means, variances and exceedances of each law against closed forms over
 * 400,000 draws. Each comparison fails for a right program once in 10^6 seeds (4.89 standard errors). */
#include "tests/world/draw.h"

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

Suite *suite_world_draws(void);

enum { DRAWS = 400000 };
static const double z = 4.89;

/* A law with its parameters, or the product that makes Student's t. */
enum law { NORMAL, STUDENT, EXPONENTIAL, GAMMA, LOGNORMAL, WEIBULL, LOMAX };

static double draw(enum law law, double a, double b, struct dice *dice)
{
    switch (law) {
    case NORMAL:
        return draw_normal(dice);
    case STUDENT: {
        const double tail = draw_tail(dice);
        return tail * draw_normal(dice);
    }
    case EXPONENTIAL:
        return draw_exponential(dice, a);
    case GAMMA:
        return draw_gamma(dice, a);
    case LOGNORMAL:
        return draw_lognormal(dice, a, b);
    case WEIBULL:
        return draw_weibull(dice, a, b);
    case LOMAX:
        return draw_lomax(dice, a, b);
    }
    return 0;
}

/* P(T > t), by GSL or by hand. */
static double exceedance(enum law law, double a, double b, double t)
{
    switch (law) {
    case NORMAL:
        return gsl_cdf_ugaussian_Q(t);
    case STUDENT: /* of variance 5/3 before it is scaled to 1 */
        return gsl_cdf_tdist_Q(t * sqrt(5.0 / 3), 5);
    case EXPONENTIAL:
        return exp(-t / a);
    case GAMMA: /* mean 1 */
        return gsl_cdf_gamma_Q(t, a, 1 / a);
    case LOGNORMAL:
        return gsl_cdf_ugaussian_Q(log(t / a) / b);
    case WEIBULL:
        return exp(-pow(t / a, b));
    case LOMAX:
        return pow(1 + t / a, -b);
    }
    return 0;
}

START_TEST(laws)
{
    static const struct {
        enum law law;
        double a, b;
        double at[4];
    } cases[] = {
        {NORMAL, 0, 1, {-1.5, -0.2, 0.7, 2.5}},     {STUDENT, 0, 1, {-2, -0.4, 0.5, 3}},
        {EXPONENTIAL, 28, 0, {2, 20, 60, 150}},     {GAMMA, 0.5, 0, {0.02, 0.3, 1, 4}},
        {GAMMA, 2.5, 0, {0.2, 0.7, 1.2, 3}},        {LOGNORMAL, 52, 1.3, {5, 40, 90, 600}},
        {WEIBULL, 800, 0.8, {20, 300, 1000, 3000}}, {LOMAX, 1200, 0.38, {50, 1000, 4000, 20000}},
    };
    struct dice dice = draw_dice(1, DRAW_WORLD, (uint64_t)_i);
    int64_t above[4] = {0};
    for (int i = 0; i < DRAWS; i++) {
        const double x = draw(cases[_i].law, cases[_i].a, cases[_i].b, &dice);
        for (int k = 0; k < 4; k++)
            above[k] += x > cases[_i].at[k];
    }
    for (int k = 0; k < 4; k++) {
        const double p = exceedance(cases[_i].law, cases[_i].a, cases[_i].b, cases[_i].at[k]);
        const double share = (double)above[k] / DRAWS;
        ck_assert_msg(fabs(share - p) < z * sqrt(p * (1 - p) / DRAWS), "case %d beyond %g: %g, not %g", _i,
                      cases[_i].at[k], share, p);
    }
}
END_TEST

START_TEST(poisson)
{
    static const double means[] = {0.3, 8, 29.9, 30.1, 75, 400};
    const double mean = means[_i];
    struct dice dice = draw_dice(2, DRAW_WORLD, (uint64_t)_i);
    double sum = 0, squares = 0, none = 0;
    for (int i = 0; i < DRAWS; i++) {
        const double n = draw_poisson(&dice, mean);
        sum += n;
        squares += (n - mean) * (n - mean);
        none += n == 0;
    }
    ck_assert_double_eq_tol(sum / DRAWS, mean, z * sqrt(mean / DRAWS));
    /* the fourth central moment of a Poisson is m + 3 m^2 */
    ck_assert_double_eq_tol(squares / DRAWS, mean, z * sqrt((mean + 2 * mean * mean) / DRAWS));
    const double p = exp(-mean);
    ck_assert_double_le(fabs(none / DRAWS - p), z * sqrt(p * (1 - p) / DRAWS) + 1e-12);
}
END_TEST

START_TEST(members_and_chances)
{
    static const double weights[] = {0, 3, 1, 0, 6};
    struct dice dice = draw_dice(3, DRAW_WORLD, 0);
    int64_t seen[5] = {0};
    int64_t hits = 0, inside = 0;
    for (int i = 0; i < DRAWS; i++) {
        seen[draw_member(&dice, weights, 5)]++;
        hits += draw_chance(&dice, 0.3);
        const double x = draw_between(&dice, -2, 6);
        inside += x > -2 && x < 0;
    }
    for (int k = 0; k < 5; k++) {
        const double p = weights[k] / 10;
        ck_assert_double_le(fabs((double)seen[k] / DRAWS - p), z * sqrt(p * (1 - p) / DRAWS));
    }
    ck_assert_double_le(fabs((double)hits / DRAWS - 0.3), z * sqrt(0.3 * 0.7 / DRAWS));
    ck_assert_double_le(fabs((double)inside / DRAWS - 0.25), z * sqrt(0.25 * 0.75 / DRAWS));
}
END_TEST

/* First draws of dice with neighbouring keys are as good as draws of one. */
START_TEST(neighbouring_keys)
{
    double sum = 0, squares = 0, products = 0, before = 0;
    for (uint64_t i = 0; i < DRAWS; i++) {
        struct dice dice = draw_dice(i / 1000, (enum draw_purpose)(i % 3), i % 1000);
        const double x = draw_uniform(&dice) - 0.5;
        sum += x;
        squares += x * x;
        products += x * before;
        before = x;
    }
    /* variance 1/12, of squares 1/80 - 1/144, of products of independent ones 1/144 */
    ck_assert_double_le(fabs(sum / DRAWS), z * sqrt(1.0 / 12 / DRAWS));
    ck_assert_double_le(fabs(squares / DRAWS - 1.0 / 12), z * sqrt((1.0 / 80 - 1.0 / 144) / DRAWS));
    ck_assert_double_le(fabs(products / DRAWS), z * sqrt(1.0 / 144 / DRAWS));
}
END_TEST

Suite *suite_world_draws(void)
{
    Suite *suite = suite_create("world_draws");
    TCase *tcase = tcase_create("world_draws");
    tcase_add_loop_test(tcase, laws, 0, 8);
    tcase_add_loop_test(tcase, poisson, 0, 6);
    tcase_add_test(tcase, members_and_chances);
    tcase_add_test(tcase, neighbouring_keys);
    suite_add_tcase(suite, tcase);
    return suite;
}
