/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>

#include "sim/scenario.h"

Suite *suite_lever(void);

static const double tight = 1e-9;

START_TEST(effect_is_a_pert_draw_when_likely)
{
    /* R 4.2: a = -12, c = -6, b = -2, al = 1 + 4*(c-a)/(b-a), be = 1 + 4*(b-c)/(b-a);
     * a + (b-a)*qbeta(c(.1,.5,.9), al, be) */
    const struct lever down = {.low = -2, .likely = -6, .high = -12};
    ck_assert_double_eq_tol(lever_effect(&down, STANCE_LIKELY, .1), -8.89889539152, tight);
    ck_assert_double_eq_tol(lever_effect(&down, STANCE_LIKELY, .5), -6.25470802002, tight);
    ck_assert_double_eq_tol(lever_effect(&down, STANCE_LIKELY, .9), -3.88619159914, tight);
    /* the mirror image has the mirrored quantiles */
    const struct lever up = {.low = 2, .likely = 6, .high = 12};
    ck_assert_double_eq_tol(lever_effect(&up, STANCE_LIKELY, .9), 8.89889539152, tight);
}
END_TEST

START_TEST(effect_mean_is_that_of_pert)
{
    /* PERT: mean (a + 4 c + b) / 6 = (-12 - 24 - 2) / 6; midpoint rule over u */
    const struct lever lever = {.low = -2, .likely = -6, .high = -12};
    enum { STEPS = 4000 };
    double sum = 0;
    for (int i = 0; i < STEPS; i++)
        sum += lever_effect(&lever, STANCE_LIKELY, (i + .5) / STEPS);
    ck_assert_double_eq_tol(sum / STEPS, -38. / 6, 1e-4);
}
END_TEST

START_TEST(effect_stays_in_range_and_grows_with_u)
{
    static const struct lever levers[] = {
        {.low = 0, .likely = -.02, .high = -.04},
        {.low = 0, .likely = 0, .high = .1},
        {.low = .1, .likely = .2, .high = .2},
        {.low = -.01, .likely = -.011, .high = -.9},
    };
    for (size_t i = 0; i < sizeof levers / sizeof levers[0]; i++) {
        double before = -INFINITY;
        for (int k = 0; k <= 2000; k++) {
            const double u = fmin(fmax(k / 2000., 1e-15), 1 - 1e-15);
            const double effect = lever_effect(&levers[i], STANCE_LIKELY, u);
            ck_assert(effect >= fmin(levers[i].low, levers[i].high));
            ck_assert(effect <= fmax(levers[i].low, levers[i].high));
            ck_assert(effect >= before);
            before = effect;
        }
    }
}
END_TEST

START_TEST(effect_by_stance)
{
    const struct lever lever = {.low = -2, .likely = -6, .high = -12};
    ck_assert_double_eq(lever_effect(&lever, STANCE_BEST, .3), -12);
    ck_assert_double_eq(lever_effect(&lever, STANCE_WORST, .3), -2);
    ck_assert_double_eq(lever_effect(&lever, STANCE_BASELINE, .3), -6);
    /* a certain effect is exact whatever u */
    const struct lever sure = {.low = -.06, .likely = -.06, .high = -.06};
    ck_assert_double_eq(lever_effect(&sure, STANCE_LIKELY, .123), -.06);
}
END_TEST

START_TEST(ramp_at_single_days)
{
    /* hand: 64 months are 1948 days, so a quarter of the ramp is day 487, half of it day 974.
     * -6 % at a reach of 35 %: 1, .99475, .9895, .979 */
    const day start = date_from_civil(2012, 4, 1);
    const struct lever lever = {.start = start, .ramp_months = 64, .reach = .35};
    static const int32_t days[] = {0, 487, 974, 1948, 5000};
    static const double factors[] = {1, .99475, .9895, .979, .979};
    for (int i = 0; i < 5; i++) {
        const double share = lever_ramp(&lever, start, start + days[i], start + days[i] + 1);
        ck_assert_double_eq_tol(1 - .06 * share, factors[i], 1e-12);
    }
    ck_assert_double_eq(lever_ramp(&lever, start, start - 100, start), 0);
}
END_TEST

/* The definition, day by day. */
static double ramp_by_days(const struct lever *lever, day from, day to)
{
    double sum = 0;
    for (day t = from; t < to; t++) {
        const double since = t - lever->start;
        const double ramp = lever->ramp_months * 365.25 / 12;
        sum += since < 0 ? 0 : ramp <= since ? 1 : since / ramp;
    }
    return lever->reach * sum / (to - from);
}

START_TEST(ramp_is_the_average_over_days)
{
    static const double months[] = {0, .01, 1, 3, 12, 18.5};
    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++) {
        const struct lever lever = {.start = 15000, .ramp_months = months[i], .reach = .8};
        for (day from = 14960; from < 15700; from += 13)
            for (day to = from + 1; to < from + 120; to += 29)
                ck_assert_double_eq_tol(lever_ramp(&lever, lever.start, from, to),
                                        ramp_by_days(&lever, from, to), 1e-12);
    }
}
END_TEST

START_TEST(idle_levers)
{
    const struct lever sized = {.low = 0, .likely = 0, .high = -.1, .reach = .5};
    const struct lever zero = {.reach = 1};
    const struct lever unreached = {.low = .1, .likely = .1, .high = .1};
    ck_assert(!lever_is_idle(&sized));
    ck_assert(lever_is_idle(&zero));
    ck_assert(lever_is_idle(&unreached));
}
END_TEST

START_TEST(ramp_at_once)
{
    const struct lever lever = {.reach = 1};
    ck_assert_double_eq(lever_ramp(&lever, 100, 90, 110), .5); /* hand: 10 of 20 days */
    ck_assert_double_eq(lever_ramp(&lever, 100, 101, 131), 1);
    ck_assert_double_eq(lever_ramp(&lever, 100, 50, 50), 0);
}
END_TEST

START_TEST(gains_of_all_months_are_the_reach)
{
    /* From the end of March 2022 over five years: a lever that starts on the origin or after it gains its
     * reach, once, with or without a ramp; one from before has gained a part already. */
    const day origin = date_from_civil(2022, 3, 31);
    static const double ramps[] = {0, .3, 1, 6, 18.5};
    const day starts[] = {origin, origin + 1, origin + 30, origin + 31, date_from_civil(2023, 2, 14)};
    for (size_t r = 0; r < sizeof ramps / sizeof ramps[0]; r++)
        for (size_t s = 0; s < sizeof starts / sizeof starts[0]; s++) {
            const struct lever lever = {.ramp_months = ramps[r], .reach = .8};
            double sum = 0;
            for (int32_t m = 1; m <= 60; m++) {
                const day from = date_month_start(origin, m);
                const day to = date_month_start(origin, m + 1);
                const double gain = lever_gain(&lever, starts[s], origin, from, to);
                ck_assert_double_ge(gain, 0);
                sum += gain * (to - from);
            }
            ck_assert_double_eq_tol(sum, .8, 1e-12);
        }
    /* hand: a ramp of 12 months, 365.25 days, begun 100 days before: 265.25 are left */
    const struct lever begun = {.ramp_months = 12, .reach = 1};
    double sum = 0;
    for (int32_t m = 1; m <= 24; m++)
        sum += lever_gain(&begun, origin - 100, origin, date_month_start(origin, m),
                          date_month_start(origin, m + 1)) *
               (date_month_start(origin, m + 1) - date_month_start(origin, m));
    ck_assert_double_eq_tol(sum, 265.25 / 365.25, 1e-12);
    const struct lever done = {.reach = 1};
    ck_assert_double_eq(lever_gain(&done, origin - 1, origin, origin + 1, origin + 31), 0);
}
END_TEST

START_TEST(levers_in_words)
{
    struct lever lever = {
        .where = {.age_low = 10,
                  .age_high = 17,
                  .placements = 1U << PLACEMENT_FOSTER_IFA | 1U << PLACEMENT_RES_EXTERNAL,
                  .uasc = 0,
                  .in_care_low = 548,
                  .in_care_high = INT32_MAX,
                  .given =
                      1U << WHERE_AGE | 1U << WHERE_PLACEMENT | 1U << WHERE_UASC | 1U << WHERE_TIME_IN_CARE},
        .low = -.02,
        .likely = -.06,
        .high = -.12,
        .start = date_from_civil(2012, 9, 30),
        .ramp_months = 12,
        .reach = .35,
        .replaces = "b",
    };
    struct text text = {0};
    struct err err;
    ck_assert(lever_words(&lever, &text, &err));
    ck_assert_str_eq(text_c(&text), "age 10-17, placement foster_ifa/res_external, uasc no, time in care "
                                    "548d+, starting 2012-09-30, over 12 months, reaching 35%, replacing b");
    text_free(&text);
    ck_assert(lever_effect_words(&lever, &text, &err));
    ck_assert_str_eq(text_c(&text), "-2% .. -6% .. -12%");
    text_free(&text);
    lever = (struct lever){
        .low = 5, .likely = 5, .high = 5, .unit = EFFECT_CHILDREN, .start = DAY_NONE, .reach = 1};
    ck_assert(lever_effect_words(&lever, &text, &err) && lever_words(&lever, &text, &err));
    ck_assert_str_eq(text_c(&text), "+5");
    text_free(&text);
}
END_TEST

Suite *suite_lever(void)
{
    Suite *suite = suite_create("lever");
    TCase *tcase = tcase_create("lever");
    tcase_add_test(tcase, effect_is_a_pert_draw_when_likely);
    tcase_add_test(tcase, effect_mean_is_that_of_pert);
    tcase_add_test(tcase, effect_stays_in_range_and_grows_with_u);
    tcase_add_test(tcase, effect_by_stance);
    tcase_add_test(tcase, ramp_at_single_days);
    tcase_add_test(tcase, ramp_is_the_average_over_days);
    tcase_add_test(tcase, ramp_at_once);
    tcase_add_test(tcase, idle_levers);
    tcase_add_test(tcase, gains_of_all_months_are_the_reach);
    tcase_add_test(tcase, levers_in_words);
    suite_add_tcase(suite, tcase);
    return suite;
}
