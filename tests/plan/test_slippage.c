/* SPDX-License-Identifier: GPL-3.0-or-later
 * A plan's own record of delays, counted by hand; Beta limits from R 4.2.2. */
#include "plan/slippage.h"

#include <check.h>
#include <math.h>

#include "plan_text.h"

Suite *suite_slippage(void);

static const double log_110 = 4.700480365792417;

START_TEST(no_plan_is_the_prior)
{
    const struct slippage found = slippage_of(NULL);
    ck_assert_double_eq_tol(found.chance, .3, 1e-15);
    ck_assert_double_eq_tol(found.log_median, log_110, 1e-12);
    ck_assert_int_eq(found.passed, 0);
}
END_TEST

START_TEST(dates_that_have_passed_count)
{
    /* On 1 August 2012: five dates have passed; a is done, b done after a later date, c delayed, d is not
     * done, e goes on. f lies ahead, g was dropped, h has no date: 4 of 5 late, 2 revised by 61 days each.
     * Mean of Beta(7, 8); qbeta(c(.1, .9), 7, 8); (8 log 110 + 2 log 61) / 10. */
    struct plan plan = plan_text_make("1|a|A||31/03/2012||Complete\n"
                                      "1|b|B||31/03/2012|31/05/2012|Complete\n"
                                      "1|c|C||30/06/2012|30/08/2012|Delayed\n"
                                      "1|d|D||30/06/2012||Not started\n"
                                      "1|e|E||30/06/2012||Ongoing\n"
                                      "1|f|F||31/12/2012||On track\n"
                                      "1|g|G||31/03/2012||Superseded\n"
                                      "1|h|H||||On track\n",
                                      date_from_civil(2012, 8, 1));
    const struct slippage found = slippage_of(&plan);
    ck_assert_int_eq(found.passed, 5);
    ck_assert_int_eq(found.late, 4);
    ck_assert_int_eq(found.revised, 2);
    ck_assert_double_eq_tol(found.chance, 7.0 / 15, 1e-12);
    ck_assert_double_eq_tol(found.low, .304553904, 1e-8);
    ck_assert_double_eq_tol(found.high, .630868382, 1e-8);
    ck_assert_double_eq_tol(found.log_median, (8 * log_110 + 2 * log(61)) / 10, 1e-12);
    plan_free(&plan);
}
END_TEST

START_TEST(each_status_slips_in_its_own_way)
{
    struct plan plan = plan_text_make("1|a|A||31/12/2012||Complete\n"
                                      "1|b|B||30/06/2012||Not started\n"
                                      "1|c|C||31/12/2012||On track\n"
                                      "1|d|D||31/12/2012||Off track\n"
                                      "1|e|E||30/06/2012|31/12/2012|Delayed\n"
                                      "1|f|F||31/12/2012||Superseded\n"
                                      "1|g|G||Quarterly from April 2012||Ongoing\n"
                                      "1|h|H||||Not started\n",
                                      date_from_civil(2012, 8, 1));
    const struct slippage record = {.chance = .4, .log_median = log_110, .log_sd = .8};
    const day december = date_from_civil(2012, 12, 31);
    const struct {
        day start;
        double chance;
        int32_t past_due;
        bool is_dropped;
    } expected[] = {
        {date_from_civil(2012, 8, 1), 0, 0, false}, /* done by then, whatever was planned */
        {date_from_civil(2012, 6, 30), .4, 32, false},
        {december, .2, 0, false},
        {december, 1, 0, false},
        {december, .2, 0, false},
        {december, 0, 0, true},
        {date_from_civil(2012, 4, 30), 0, 0, false},
        {DAY_NONE, 0, 0, false},
    };
    for (size_t i = 0; i < plan.n_rows; i++) {
        const struct slippage_of_row found = slippage_of_row(&plan, &record, &plan.rows[i]);
        ck_assert_int_eq(found.start, expected[i].start);
        ck_assert_double_eq_tol(found.chance, expected[i].chance, 1e-15);
        ck_assert_int_eq(found.past_due, expected[i].past_due);
        ck_assert(found.is_dropped == expected[i].is_dropped);
    }
    plan_free(&plan);
}
END_TEST

Suite *suite_slippage(void)
{
    Suite *suite = suite_create("slippage");
    TCase *tests = tcase_create("slippage");
    tcase_add_test(tests, no_plan_is_the_prior);
    tcase_add_test(tests, dates_that_have_passed_count);
    tcase_add_test(tests, each_status_slips_in_its_own_way);
    suite_add_tcase(suite, tests);
    return suite;
}
