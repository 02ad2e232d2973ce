/* SPDX-License-Identifier: GPL-3.0-or-later
 * Milestones that slip. R 4.2.2, with slip(p) = exp(log(110) + .8 * qnorm((p - .7) / .3)) where p > .7:
 * slip(.8) 77.9368221739, slip(.9) 155.253956506, slip(.95) 238.511521819; mean .3 * exp(log(110) + .32)
 * 45.4452162231. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "numeric/dist.h"
#include "sim/effect.h"
#include "sim/slip.h"

Suite *suite_slip(void);

enum { DRAWS = 20000 };
static const double log_110 = 4.700480365792417;
static const day origin = 15430; /* 31 March 2012 */

static struct slip usual(void)
{
    return (struct slip){.late = .3, .log_median = log_110, .log_sd = .8};
}

START_TEST(quantiles_are_whole_days_of_the_mixture)
{
    const struct slip slip = usual();
    ck_assert_int_eq(slip_quantile(&slip, .5), 0);
    ck_assert_int_eq(slip_quantile(&slip, .7), 0);
    ck_assert_int_eq(slip_quantile(&slip, .8), 78);
    ck_assert_int_eq(slip_quantile(&slip, .9), 155);
    ck_assert_int_eq(slip_quantile(&slip, .95), 239);
    for (int i = 1; i < 1000; i++)
        ck_assert_int_ge(slip_quantile(&slip, (i + 1) / 1001.0), slip_quantile(&slip, i / 1001.0));
    const struct slip never = {.log_median = log_110, .log_sd = .8};
    ck_assert_int_eq(slip_quantile(&never, .999999), 0);
}
END_TEST

START_TEST(what_is_past_due_falls_later_than_it_has)
{
    /* Not done 120 days after its due date. R: F = function(x) .7 + .3 * pnorm((log(x) - log(110)) / .8);
     * median of those beyond 120: slip(F(120) + .5 * (1 - F(120))) = 199.521239899 */
    struct slip slip = usual();
    slip.past_due = 120;
    ck_assert_int_eq(slip_quantile(&slip, .5), 200);
    ck_assert_int_gt(slip_quantile(&slip, 1e-9), 120);
    /* late for sure, and by a time that is known */
    const struct slip fixed = {.late = 1, .log_median = log(90)};
    ck_assert_int_eq(slip_quantile(&fixed, .01), 90);
    ck_assert_int_eq(slip_quantile(&fixed, .99), 90);
}
END_TEST

static struct lever milestone(const char *id)
{
    return (struct lever){.id = id, .kind = LEVER_ENTRIES, .start = origin + 30, .reach = 1, .slip = usual()};
}

START_TEST(stances_fix_the_day)
{
    struct lever lever = milestone("a");
    struct scenario scenario = {.levers = &lever, .n_levers = 1};
    const enum stance stances[] = {STANCE_BASELINE, STANCE_BEST, STANCE_WORST};
    const int32_t late[] = {0, 0, 155};
    for (int i = 0; i < 3; i++) {
        day start = 0;
        scenario.stance = stances[i];
        slip_starts(&scenario, origin, 1, 7, NULL, &start);
        ck_assert_int_eq(start, origin + 30 + late[i]);
        ck_assert(!slip_varies(&scenario));
    }
    scenario.stance = STANCE_LIKELY;
    ck_assert(slip_varies(&scenario));
    lever.start = DAY_NONE; /* nothing that has begun slips */
    ck_assert(!slip_varies(&scenario));
}
END_TEST

START_TEST(draws_have_the_distribution)
{
    /* Share late .3, mean 45.4452; each within 4.89 standard errors (one seed in 1e6 fails). */
    struct lever lever = milestone("a");
    const struct scenario scenario = {.levers = &lever, .n_levers = 1, .stance = STANCE_LIKELY};
    double sum = 0;
    double squares = 0;
    int late = 0;
    for (int32_t r = 0; r < DRAWS; r++) {
        day start = 0;
        slip_starts(&scenario, origin, 1, r, NULL, &start);
        const double days = start - origin - 30;
        sum += days;
        squares += days * days;
        late += days > 0;
    }
    const double mean = sum / DRAWS;
    const double sd = sqrt(squares / DRAWS - mean * mean);
    ck_assert_double_lt(fabs(late / (double)DRAWS - .3), 4.89 * sqrt(.3 * .7 / DRAWS));
    ck_assert_double_lt(fabs(mean - 45.4452162231), 4.89 * sd / sqrt(DRAWS));
}
END_TEST

/* How often both of two milestones are late. */
static double both_late(struct lever levers[2])
{
    const struct scenario scenario = {.levers = levers, .n_levers = 2, .stance = STANCE_LIKELY};
    int both = 0;
    for (int32_t r = 0; r < DRAWS; r++) {
        day starts[2];
        slip_starts(&scenario, origin, 1, r, NULL, starts);
        both += starts[0] > origin + 30 && starts[1] > origin + 30;
    }
    return both / (double)DRAWS;
}

START_TEST(one_team_slips_together)
{
    /* Alone .3^2; of one team P(Z1 > q, Z2 > q) at q = qnorm(.7) and correlation .5, R: integrate(function(z)
     * dnorm(z) * pnorm((.5 * z - q) / sqrt(.75)), q, Inf) .1567673207; of one milestone .3. Within 4.89
     * standard errors. */
    struct lever levers[2] = {milestone("a"), milestone("b")};
    const double expected[] = {.09, .1567673207, .3};
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 2; k++) {
            levers[k].slip.team = i > 0 ? "Fostering" : NULL;
            levers[k].slip.milestone = i > 1 ? "plan/1A" : NULL;
        }
        ck_assert_double_lt(fabs(both_late(levers) - expected[i]),
                            4.89 * sqrt(expected[i] * (1 - expected[i]) / DRAWS));
    }
}
END_TEST

START_TEST(effects_of_one_plan_vary_together)
{
    /* Gaussian copula of correlation .3: correlation of the effects' normal scores. Standard error of a
     * correlation (1 - rho^2) / sqrt(n). */
    struct lever levers[2] = {{.id = "a", .low = -.01, .likely = -.05, .high = -.12},
                              {.id = "b", .low = -.01, .likely = -.05, .high = -.12}};
    for (int i = 0; i < 2; i++) {
        const double rho = i > 0 ? .3 : 0;
        double products = 0;
        for (int k = 0; k < 2; k++)
            levers[k].plan = i > 0 ? "leeds-2012" : NULL;
        const struct effect a = effect_make(&levers[0], STANCE_LIKELY);
        const struct effect b = effect_make(&levers[1], STANCE_LIKELY);
        for (int32_t r = 0; r < DRAWS; r++) {
            double z[2];
            const double drawn[2] = {effect_draw(&a, 1, r), effect_draw(&b, 1, r)};
            for (int k = 0; k < 2; k++) { /* back through the table to its uniform */
                int at = 0;
                while (at < EFFECT_KNOTS - 2 && a.knots[at + 1] < drawn[k])
                    at++;
                const double part = (drawn[k] - a.knots[at]) / (a.knots[at + 1] - a.knots[at]);
                z[k] = dist_normal_quantile((at + part) / (EFFECT_KNOTS - 1));
            }
            products += z[0] * z[1];
        }
        ck_assert_double_lt(fabs(products / DRAWS - rho), 4.89 * sqrt((1 + rho * rho) / DRAWS));
    }
}
END_TEST

Suite *suite_slip(void)
{
    Suite *suite = suite_create("slip");
    TCase *tests = tcase_create("slip");
    tcase_add_test(tests, quantiles_are_whole_days_of_the_mixture);
    tcase_add_test(tests, what_is_past_due_falls_later_than_it_has);
    tcase_add_test(tests, stances_fix_the_day);
    tcase_add_test(tests, draws_have_the_distribution);
    tcase_add_test(tests, one_team_slips_together);
    tcase_add_test(tests, effects_of_one_plan_vary_together);
    suite_add_tcase(suite, tests);
    return suite;
}
