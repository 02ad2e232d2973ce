/* SPDX-License-Identifier: GPL-3.0-or-later
 * The wandering of rates in synthetic worlds against closed forms: steps, tails, correlation, year noise.
 * Each comparison fails for a right program once in 10^6 seeds or less (4.89 standard errors), where not said
 * otherwise. */
#include "tests/world/world_drift.h"

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

Suite *suite_world_drift(void);

enum {
    SEEDS = 400,
    MANY_SEEDS = 1600,
    YEARS = 9,
    QUARTERS = 4 * (WORLD_BURN_IN_YEARS + YEARS + WORLD_TAIL_YEARS),
    MONTHS = 3 * QUARTERS
};
static const double z = 4.89;

/* No season, no event, no spread of spreads. */
static struct world_character plain(double noise)
{
    struct world_character character;
    memset(&character, 0, sizeof character);
    character.regime = WORLD_STEADY_LARGE;
    character.entries = (struct world_wander){.keep_a_year = 0.6, .sd = 0.2, .noise = noise};
    character.exits = (struct world_wander){.keep_a_year = 0.9, .sd = 0.3, .noise = noise};
    character.uasc = (struct world_wander){.keep_a_year = 0.7, .sd = 0.4};
    character.correlation = 0.4;
    return character;
}

static void draw(struct world_drift *drift, double noise, uint64_t seed, uint64_t national)
{
    const struct world_character character = plain(noise);
    world_drift_draw(drift, &character, seed, national, date_from_civil(2016, 4, 1), YEARS);
    ck_assert_int_eq(drift->n_months, MONTHS);
}

/* The own part of a log multiplier in a quarter. */
static double own(const double all[], const double national[], int32_t quarter)
{
    const size_t month = 3 * (size_t)quarter;
    return log(all[month] / national[month]);
}

static void must_share(int64_t beyond, int64_t n, double p)
{
    ck_assert_msg(fabs((double)beyond / (double)n - p) < z * sqrt(p * (1 - p) / (double)n),
                  "%g of steps, not %g", (double)beyond / (double)n, p);
}

/* u' - keep u, over its standard deviation: Student's t with 5 degrees of freedom, scaled to variance 1. Two
 * processes have steps of the correlation asked for. */
START_TEST(steps_are_students)
{
    static struct world_drift drift;
    static const double at[] = {0.5, 1.5, 3, 5};
    int64_t beyond[4] = {0}, beyond_exits[4] = {0}, n = 0;
    double products = 0;
    const double keep_entries = pow(0.6, 0.25), keep_exits = pow(0.9, 0.25);
    const double step_entries = 0.2 * sqrt(1 - keep_entries * keep_entries);
    const double step_exits = 0.3 * sqrt(1 - keep_exits * keep_exits);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        draw(&drift, 0, seed, seed + 77);
        for (int32_t q = 1; q < QUARTERS; q++, n++) {
            const double u = (own(drift.entry, drift.national_entry, q) -
                              keep_entries * own(drift.entry, drift.national_entry, q - 1)) /
                             step_entries;
            const double v = (own(drift.exit, drift.national_exit, q) -
                              keep_exits * own(drift.exit, drift.national_exit, q - 1)) /
                             step_exits;
            for (int k = 0; k < 4; k++) {
                beyond[k] += fabs(u) > at[k];
                beyond_exits[k] += fabs(v) > at[k];
            }
            products += u * v;
        }
    }
    for (int k = 0; k < 4; k++) {
        const double p = 2 * gsl_cdf_tdist_Q(at[k] * sqrt(5.0 / 3), 5);
        must_share(beyond[k], n, p);
        must_share(beyond_exits[k], n, p);
    }
    /* E u^2 v^2 = (1 + 2 r^2) E tail^4, and tail^4 = 9 / chi-squared^2 has mean 9 / ((5 - 2)(5 - 4)) = 3 */
    ck_assert_double_eq_tol(products / (double)n, 0.4, z * sqrt((3 * (1 + 2 * 0.16) - 0.16) / (double)n));
}
END_TEST

/* Stationary from the first month on: the variance of the level is the same then and at the end. A level is a
 * sum of many steps, nearly normal: its square has a variance of about 2, taken as 3. */
START_TEST(levels_are_stationary)
{
    static struct world_drift drift;
    double first = 0, last = 0, uasc = 0;
    for (uint64_t seed = 1; seed <= MANY_SEEDS; seed++) {
        draw(&drift, 0, seed, 1);
        const double u = own(drift.exit, drift.national_exit, 0) / 0.3;
        const double v = own(drift.exit, drift.national_exit, QUARTERS - 1) / 0.3;
        first += u * u;
        last += v * v;
        uasc += log(drift.uasc[drift.window]) * log(drift.uasc[drift.window]) / 0.16;
    }
    const double tolerance = z * sqrt(3.0 / MANY_SEEDS);
    ck_assert_double_eq_tol(first / MANY_SEEDS, 1, tolerance);
    ck_assert_double_eq_tol(last / MANY_SEEDS, 1, tolerance);
    ck_assert_double_eq_tol(uasc / MANY_SEEDS, 1, tolerance);
}
END_TEST

/* The same dice with and without noise differ by the noise alone: a year's mean has the sd asked for, its
 * ends have none of it and its middle twice the mean; years are independent. */
START_TEST(year_noise_is_shaped)
{
    static struct world_drift with, without;
    double squares = 0, products = 0;
    int64_t n = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        double before = 0;
        draw(&with, 0.1, seed, 5);
        draw(&without, 0, seed, 5);
        for (int32_t month = 0; month < with.n_months; month += 12, n++) {
            double mean = 0, ends = 0, middle = 0;
            for (int32_t k = 0; k < 12; k++) {
                const double noise = log(with.exit[month + k] / without.exit[month + k]);
                mean += noise / 12;
                ends += k == 0 || k == 11 ? noise / 2 : 0;
                middle += k == 5 || k == 6 ? noise / 2 : 0;
            }
            /* 1 - cos(pi / 12) = .0340742, 1 + cos(pi / 12) = 1.9659258 */
            ck_assert_double_eq_tol(ends, 0.0340742 * mean, 1e-7);
            ck_assert_double_eq_tol(middle, 1.9659258 * mean, 1e-7);
            squares += mean * mean / 0.01;
            products += mean * before / 0.01;
            before = mean;
        }
    }
    ck_assert_double_eq_tol(squares / (double)n, 1, z * sqrt(2 / (double)n));
    ck_assert_double_le(fabs(products / (double)n), z / sqrt((double)n));
}
END_TEST

/* The clock is the integral of the pace, months touch, and a day is found where the clock says. */
START_TEST(the_clock_adds_up)
{
    static struct world_drift drift;
    draw(&drift, 0.1, 3, 4);
    double clock = 0;
    for (int32_t month = 0; month < drift.n_months; month++) {
        ck_assert_double_eq_tol(drift.clock[month], clock, 1e-6);
        ck_assert_int_eq(date_month_end(drift.month_start[month], 0) + 1, drift.month_start[month + 1]);
        clock += drift.exit[month] * (drift.month_start[month + 1] - drift.month_start[month]);
    }
    ck_assert_int_eq(drift.month_start[drift.window], date_from_civil(2016, 4, 1));
    for (int32_t month = 0; month < drift.n_months; month += 7)
        for (int32_t later = month + 1; later < drift.n_months; later += 11) {
            const double wait = drift.clock[later] - drift.clock[month] - 1e-7;
            ck_assert_int_eq(world_drift_after(&drift, drift.month_start[month], wait),
                             drift.month_start[later]);
        }
}
END_TEST

Suite *suite_world_drift(void)
{
    Suite *suite = suite_create("world_drift");
    TCase *tcase = tcase_create("world_drift");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, steps_are_students);
    tcase_add_test(tcase, levels_are_stationary);
    tcase_add_test(tcase, year_noise_is_shaped);
    tcase_add_test(tcase, the_clock_adds_up);
    suite_add_tcase(suite, tcase);
    return suite;
}
