/* SPDX-License-Identifier: GPL-3.0-or-later
 * R 4.2 is base R; the calls stand at each number, tests/golden/R/numeric.R repeats them. */
#include "numeric/season.h"

#include <check.h>
#include <math.h>

#include "tests/numeric/close.h"

Suite *suite_season(void);

static const double counts[SEASON_MONTHS] = {30, 22, 41, 28, 35, 27, 39, 33, 18, 36, 25, 26};
static const double days[SEASON_MONTHS] = {30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31}; /* April first */

START_TEST(factors_match)
{
    /* R: M <- sum(O) * d / 365; f <- (O + 120) / (M + 120); f / (sum(f * d) / 365) */
    static const double golden[SEASON_MONTHS] = {
        1.002815895474, .943114046675,  1.076355727808, .982963935971,  1.029455473483, .982759577564,
        1.056022066347, 1.022872213383, .916547453811,  1.036097121699, .982342668209,  .969680639539};
    double factors[SEASON_MONTHS];
    season_factors(counts, days, 120, factors);
    for (int i = 0; i < SEASON_MONTHS; i++)
        is_close(factors[i], golden[i], 1e-12);
}
END_TEST

START_TEST(months_add_up_to_the_year)
{
    /* 360 a year spread by days x factor are 360 again; scaled to a plain mean of 1 they would not be */
    double factors[SEASON_MONTHS];
    double year = 0;
    double plain = 0;
    season_factors(counts, days, 120, factors);
    for (int i = 0; i < SEASON_MONTHS; i++) {
        year += 360 * days[i] / 365 * factors[i];
        plain += factors[i] / SEASON_MONTHS;
    }
    is_close(year, 360, 1e-14);
    ck_assert_double_gt(fabs(plain - 1), 1e-5);
    /* other days, as in a leap year: normalise again */
    double leap[SEASON_MONTHS];
    for (int i = 0; i < SEASON_MONTHS; i++)
        leap[i] = days[i] + (i == 10);
    season_normalise(factors, leap);
    year = 0;
    for (int i = 0; i < SEASON_MONTHS; i++)
        year += 360 * leap[i] / 366 * factors[i];
    is_close(year, 360, 1e-14);
}
END_TEST

START_TEST(tests_match)
{
    struct err err = {0};
    struct season_test test;
    ck_assert(season_find(counts, days, &test, &err));
    /* R: chisq.test(O, p = days / 365) */
    is_close(test.chi2, 17.6768038488, 1e-11);
    is_close(test.p, .0893892589, 1e-10);
    /* R: glm(O ~ cos(h) + sin(h) + offset(log(days)), poisson), h = 2 pi (m - .5) / 12, against O ~ 1 */
    is_close(test.cosine, -.0829892741, 1e-10);
    is_close(test.sine, .0579820403, 1e-10);
    is_close(test.ratio, 1.831949774, 1e-9);
    is_close(test.harmonic_p, .400126358, 1e-9);
    /* p < .1: the season counts */
    is_close(season_weight(&test, 1), 120, 0);
    test.p = .3;
    is_close(season_weight(&test, 1), 600, 0);
    is_close(season_weight(&test, 5), 120, 0);
    test.harmonic_p = .01;
    is_close(season_weight(&test, 1), 120, 0);
}
END_TEST

START_TEST(a_pure_wave_is_found)
{
    /* rates exp(.2 cos h): counts of thousands, rounded: the harmonic is .2 to the third decimal */
    double wave[SEASON_MONTHS];
    struct err err = {0};
    struct season_test test;
    for (int i = 0; i < SEASON_MONTHS; i++)
        wave[i] = round(1000 * days[i] * exp(.2 * cos(2 * acos(-1) * (i + .5) / 12)));
    ck_assert(season_find(wave, days, &test, &err));
    is_close(test.cosine, .2, 1e-4);
    is_close(test.sine, 0, 1e-4);
    ck_assert_double_lt(test.harmonic_p, 1e-12);
}
END_TEST

START_TEST(no_events_no_season)
{
    static const double none[SEASON_MONTHS] = {0};
    struct err err = {0};
    struct season_test test;
    double factors[SEASON_MONTHS];
    ck_assert(!season_find(none, days, &test, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    season_factors(none, days, 120, factors);
    for (int i = 0; i < SEASON_MONTHS; i++)
        is_close(factors[i], 1, 1e-15);
}
END_TEST

Suite *suite_season(void)
{
    Suite *suite = suite_create("season");
    TCase *tcase = tcase_create("season");
    tcase_add_test(tcase, factors_match);
    tcase_add_test(tcase, months_add_up_to_the_year);
    tcase_add_test(tcase, tests_match);
    tcase_add_test(tcase, a_pure_wave_is_found);
    tcase_add_test(tcase, no_events_no_season);
    suite_add_tcase(suite, tcase);
    return suite;
}
