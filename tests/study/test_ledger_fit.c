/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/ledger_fit.h"

#include <check.h>
#include <math.h>

Suite *suite_ledger_fit(void);

START_TEST(golden)
{
    /* hand: l = log(4.86 / 4.55); prior .05, noise .03: weight .0025 / .0034; sd sqrt(.0025 x .0009 / .0034)
     */
    const struct ledger_fit fit = ledger_fit_make(4.86, 4.55, 12, 0, &ledger_prior_default);
    ck_assert_int_eq(fit.use, LEDGER_APPLIED);
    ck_assert_double_eq_tol(fit.log_ratio, .0659112049, 1e-9);
    ck_assert_double_eq_tol(fit.mean, .0484641213, 1e-9);
    ck_assert_double_eq_tol(exp(fit.mean), 1.0496577108, 1e-9);
    ck_assert_double_eq_tol(fit.sd, .0257247878, 1e-9);
}
END_TEST

START_TEST(fewer_months_say_less)
{
    /* hand: 3 months: noise variance .0009 x 4 = .0036, weight .0025 / .0061 = .409836..; log 1.1 = .0953102
     */
    const struct ledger_fit three = ledger_fit_make(110, 100, 3, 0, &ledger_prior_default);
    ck_assert_double_eq_tol(three.mean, .0390616, 1e-6);
    ck_assert_double_eq_tol(three.sd, .0384110, 1e-6);
    /* a modelled cost that is itself uncertain by 10 %: noise .0036 + .01, weight .0025 / .0161 */
    const struct ledger_fit vague = ledger_fit_make(110, 100, 3, .1, &ledger_prior_default);
    ck_assert_double_eq_tol(vague.mean, .0147997, 1e-6);
}
END_TEST

START_TEST(too_far_is_no_calibration)
{
    const struct ledger_fit far =
        ledger_fit_make(120, 100, 12, 0, &ledger_prior_default); /* log 1.2 = .182 */
    ck_assert_int_eq(far.use, LEDGER_TOO_FAR);
    ck_assert_double_eq_tol(far.log_ratio, .1823216, 1e-6);
    ck_assert_double_eq_tol(far.mean, 0, 1e-12);
    ck_assert_double_eq_tol(far.sd, .05, 1e-12);
    ck_assert_int_eq(ledger_fit_make(80, 100, 12, 0, &ledger_prior_default).use, LEDGER_TOO_FAR);
    ck_assert_int_eq(ledger_fit_make(116, 100, 12, 0, &ledger_prior_default).use, LEDGER_APPLIED); /* .1484 */
}
END_TEST

START_TEST(nothing_to_go_by)
{
    static const double cases[][3] = {{100, 100, 0}, {0, 100, 3}, {-5, 100, 3}, {100, 0, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct ledger_fit fit =
            ledger_fit_make(cases[i][0], cases[i][1], (int32_t)cases[i][2], 0, &ledger_prior_default);
        ck_assert_int_eq(fit.use, LEDGER_NONE);
        ck_assert(isnan(fit.log_ratio));
        ck_assert_double_eq_tol(fit.mean, 0, 1e-12);
        ck_assert_double_eq_tol(fit.sd, .05, 1e-12);
    }
}
END_TEST

Suite *suite_ledger_fit(void)
{
    Suite *suite = suite_create("ledger_fit");
    TCase *tests = tcase_create("ledger_fit");
    tcase_add_test(tests, golden);
    tcase_add_test(tests, fewer_months_say_less);
    tcase_add_test(tests, too_far_is_no_calibration);
    tcase_add_test(tests, nothing_to_go_by);
    suite_add_tcase(suite, tests);
    return suite;
}
