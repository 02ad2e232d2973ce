/* SPDX-License-Identifier: GPL-3.0-or-later
 * Years of a made-up authority (finance_case.h), worked out by hand beside each figure. */
#include "study/finance.h"

#include <check.h>
#include <math.h>

#include "finance_case.h"
#include "study/finance_value.h"

Suite *suite_finance(void);

#define BIT(group) ((placement_set)1 << PLACEMENT_##group)
static struct finance_case c;

static void setup(void)
{
    c = (struct finance_case){0};
}

static void teardown(void)
{
    finance_case_free(&c);
}

/* Budget 35,000 for one agency child, 100,000 for homes, 1,000 for legal costs. */
static void usual_budget(void)
{
    finance_case_budget(&c, "Agency", BIT(FOSTER_IFA), 3500000, 1, 100000);
    finance_case_budget(&c, "Homes", BIT(RES_EXTERNAL), 10000000, NAN, 0);
    finance_case_budget(&c, "Legal", 0, 100000, NAN, 0);
}

/* No prior doubt about prices: factors are 1. */
static void make_certain(void)
{
    c.options.prior.sd = 1e-12;
    finance_case_make(&c);
}

START_TEST(a_year_that_is_known)
{
    finance_case_init(&c, date_from_civil(2027, 3, 31));
    usual_budget();
    make_certain();
    const struct finance_row *row = c.finance.rows;
    ck_assert_uint_eq(c.finance.lines.n, 3);
    /* hand: 365 nights at 100; 151 nights (1 November to 31 March) at 1,000 */
    ck_assert_int_eq(row[0].outturn, 3650000);
    ck_assert_int_eq(row[1].outturn, 15100000);
    ck_assert_int_eq(row[2].outturn, 100000);
    ck_assert_int_eq(row[3].outturn, 18850000);
    ck_assert_int_eq(row[3].variance, 5250000);
    /* hand: N0 = 365 + 100 (100,000 at 1,000 a night), N1 = 516, C0 = 135,000: volume 51 x 135,000 / 465 =
     * 14,806.45; price 365 x (100 - 35,000/365) = 1,500; mix the rest: 35,000 + 151,000 - 135,000 - 14,806.45
     */
    ck_assert_int_eq(row[0].nights0, 365);
    ck_assert_int_eq(row[1].nights0, 100);
    ck_assert_int_eq(row[1].nights1, 151);
    ck_assert_int_eq(row[3].split.volume, 1480645);
    ck_assert_int_eq(row[3].split.mix, 3619355);
    ck_assert_int_eq(row[3].split.price, 150000);
    ck_assert_int_eq(row[3].split.other, 0);
    /* hand: 151 / 365; 100,000 for 100 nights is 7,000 a week */
    ck_assert_double_eq_tol(row[1].fte1, 151.0 / 365, 1e-12);
    ck_assert_int_eq(row[1].weekly0, 700000);
    ck_assert_int_eq(row[1].weekly1, 700000);
    /* hand: both are still there: 366 nights of 2027-28 at the same price, less this year's */
    ck_assert(row[1].has_full_year);
    ck_assert_int_eq(row[0].full_year_now, 3660000 - 3650000);
    ck_assert_int_eq(row[1].full_year_now, 36600000 - 15100000);
    ck_assert(!row[2].has_full_year);
    /* every future is over: nothing is uncertain */
    ck_assert_double_eq_tol(row[3].chance, 1, 1e-12);
    ck_assert_int_eq(row[3].expected_over, 5250000);
    ck_assert_int_eq(row[3].over_p90, 5250000);
    /* hand: the budget before savings was 36,000 and 36,500 are spent: 1,000 planned, -500 come */
    ck_assert_int_eq(row[0].savings, 100000);
    ck_assert_int_eq(row[0].saving_outturn, -50000);
    ck_assert_double_eq_tol(row[0].saving_chance, 0, 1e-12);
    /* all that was planned is at risk; the total is of the lines with savings, not of the others */
    ck_assert_int_eq(row[0].saving_at_risk, 100000);
    ck_assert_int_eq(row[3].saving_at_risk, 100000);
    ck_assert_int_eq(row[3].saving_outturn, -50000);
    ck_assert_double_eq_tol(row[3].saving_chance, 0, 1e-12);
    ck_assert(isnan(row[1].saving_chance));
    /* months: hand: April 30 nights, May 31; nothing in a home before November */
    ck_assert_int_eq(c.finance.outturn_months[0][0], 300000);
    ck_assert_int_eq(c.finance.outturn_months[0][1], 310000);
    ck_assert_int_eq(c.finance.outturn_months[1][6], 0);
    ck_assert_int_eq(c.finance.outturn_months[1][7], 3000000);
    ck_assert_double_eq_tol(finance_weekly(&c.finance, PLACEMENT_RES_EXTERNAL), 700000, 1e-3);
    ck_assert_double_eq_tol(finance_weekly(&c.finance, PLACEMENT_SECURE), 0, 1e-12);
}
END_TEST

/* 30 September: six months are known, the ledger has them at 105 a night, five are closed. */
static void half_year(void)
{
    finance_case_init(&c, date_from_civil(2026, 9, 30));
    usual_budget();
    c.options.lag = 1;
    for (int32_t m = 0; m < 6; m++) {
        const day end = date_month_end(date_from_civil(2026, 4, 1), m);
        finance_case_post(&c, end, "Agency", BIT(FOSTER_IFA), 10500 * (end - date_month_start(end, 0) + 1));
    }
    /* simulated: October to March, 182 nights at 100; in one future of two a home for 50 nights */
    for (int32_t r = 0; r < CASE_REPLICATES; r++)
        c.future.rest[PLACEMENT_FOSTER_IFA * CASE_REPLICATES + r] = 1820000;
    c.future.rest[PLACEMENT_RES_EXTERNAL * CASE_REPLICATES] = 5000000;
    for (int32_t m = 6; m < FINANCE_MONTHS; m++) {
        const day end = date_month_end(date_from_civil(2026, 4, 1), m);
        c.future.nights[m][PLACEMENT_FOSTER_IFA] = end - date_month_start(end, 0) + 1;
        c.future.monthly[m][PLACEMENT_FOSTER_IFA] = 10000 * c.future.nights[m][PLACEMENT_FOSTER_IFA];
    }
    c.future.nights[11][PLACEMENT_RES_EXTERNAL] = 25;
    c.future.monthly[11][PLACEMENT_RES_EXTERNAL] = 2500000;
    c.future.has_end = true;
    c.future.end_children[PLACEMENT_FOSTER_IFA] = 1;
    c.future.end_children[PLACEMENT_RES_EXTERNAL] = .5;
}

START_TEST(a_ledger_for_half_the_year)
{
    half_year();
    finance_case_make(&c);
    const struct finance_row *row = c.finance.rows;
    ck_assert_int_eq(c.finance.lines.n_closed, 5);
    ck_assert_int_eq(c.finance.to_date, date_from_civil(2026, 8, 31));
    ck_assert(c.finance.closed_are_known);
    /* hand: 153 nights to 31 August at 105; September's 30 nights are posted, not closed */
    ck_assert_int_eq(row[0].actual, 1606500);
    ck_assert_int_eq(row[0].posted, 1606500 + 315000);
    ck_assert_int_eq(row[0].modelled, 1530000);
    ck_assert_int_eq(row[0].closed_nights, 153);
    /* hand: 35,000 x 153 / 365 = 14,671.23 */
    ck_assert_int_eq(row[0].profile, 1467123);
    /* hand: log 1.05 = .0487902; .0025 / (.0025 + .0009 x 12/5) = .5364807: mean .0261750 */
    ck_assert_int_eq(row[0].fit.use, LEDGER_APPLIED);
    ck_assert_double_eq_tol(row[0].fit.log_ratio, .0487902, 1e-7);
    ck_assert_double_eq_tol(row[0].fit.mean, .0261750, 1e-7);
    /* what is to come, 30 nights of September and 182 simulated at 100, times the factor of each future */
    const double factor = finance_factor(&c.finance, 0);
    ck_assert_double_eq_tol((double)row[0].outturn, 1606500 + 2120000 * factor, 1);
    ck_assert(factor > 1);
    /* a line that is not in the ledger: simulated whole, on average 25 nights at 1,000 */
    ck_assert_int_eq(row[1].fit.use, LEDGER_NONE);
    ck_assert_int_eq(row[1].actual, 0);
    /* legal costs are not in the ledger: the whole budget */
    ck_assert_int_eq(row[2].outturn, 100000);
    /* committed: the child who is there, 182 nights at 100 times the factor; nobody in a home */
    ck_assert_double_eq_tol((double)row[0].committed, 1820000 * factor, 1);
    ck_assert_int_eq(row[1].committed, 0);
    /* hand: half a child in a home at the end, 366 nights at 1,000, none now */
    ck_assert_double_eq_tol((double)(row[1].full_year_end + row[1].outturn),
                            18300000 * finance_factor(&c.finance, 1), 1);
    ck_assert_int_eq(row[1].full_year_now + row[1].outturn, 0);
}
END_TEST

START_TEST(parts_add_up_to_totals)
{
    half_year();
    finance_case_make(&c);
    const struct finance_row *row = c.finance.rows, *total = &row[3];
    pence outturn = 0, variance = 0, months = 0;
    for (size_t i = 0; i < 3; i++) {
        const struct pvm_split *split = &row[i].split;
        ck_assert_int_eq(split->volume + split->mix + split->price + split->other, row[i].variance);
        outturn += row[i].outturn;
        variance += row[i].variance;
        pence of_line = 0;
        for (int32_t m = 0; m < FINANCE_MONTHS; m++)
            of_line += c.finance.outturn_months[i][m];
        ck_assert_int_eq(of_line, row[i].outturn);
    }
    for (int32_t m = 0; m < FINANCE_MONTHS; m++)
        months += c.finance.budget_months[3][m];
    ck_assert_int_eq(outturn, total->outturn);
    ck_assert_int_eq(variance, total->variance);
    ck_assert_int_eq(months, total->budget);
    double work[2 * CASE_REPLICATES];
    const struct finance_year year = finance_year(&c.finance, &c.future, 0, work);
    ck_assert_double_eq_tol(year.mean, (double)total->outturn, 1);
    ck_assert_double_eq_tol(year.nights, 365 + 25, 1e-9); /* hand: 183 known, 182 and 25 simulated */
}
END_TEST

START_TEST(a_ledger_ahead_of_the_children)
{
    finance_case_init(&c, date_from_civil(2026, 3, 31));
    usual_budget();
    /* children are known to March, the ledger has April and May: their children are simulated */
    finance_case_post(&c, date_from_civil(2026, 4, 30), "Agency", 0, 310000);
    finance_case_post(&c, date_from_civil(2026, 5, 31), "Agency", 0, 320000);
    c.future.closed[PLACEMENT_FOSTER_IFA * CASE_REPLICATES] = 500000;
    c.future.closed[PLACEMENT_FOSTER_IFA * CASE_REPLICATES + 1] = 700000;
    for (int32_t r = 0; r < CASE_REPLICATES; r++)
        c.future.rest[PLACEMENT_FOSTER_IFA * CASE_REPLICATES + r] = 3000000;
    c.future.monthly[3][PLACEMENT_FOSTER_IFA] = 1;
    finance_case_make(&c);
    const struct finance_row *row = c.finance.rows;
    ck_assert(!c.finance.closed_are_known);
    ck_assert_int_eq(row[0].modelled, 600000); /* hand: mean of 5,000 and 7,000 */
    ck_assert_double_eq_tol(row[0].fit.log_ratio, log(6300.0 / 6000), 1e-9);
    /* hand: noise .0009 x 6 + (1,414.21 / 6,000)^2 = .0609556; weight .0025 / .0634556 */
    ck_assert_double_eq_tol(row[0].fit.mean, log(1.05) * .0393976, 1e-6);
    ck_assert_double_eq_tol((double)row[0].outturn, 630000 + 3000000 * finance_factor(&c.finance, 0), 1);
    /* committed begins after May: 304 nights */
    ck_assert_double_eq_tol((double)row[0].committed, 3040000 * finance_factor(&c.finance, 0), 1);
}
END_TEST

START_TEST(a_wrong_price_list_is_not_used)
{
    half_year();
    for (size_t i = 0; i < c.ledger.n; i++)
        c.ledger.items[i].actual *= 2;
    finance_case_make(&c);
    ck_assert_int_eq(c.finance.rows[0].fit.use, LEDGER_TOO_FAR);
    ck_assert_double_eq_tol(c.finance.rows[0].fit.mean, 0, 1e-12);
    ck_assert_int_eq(c.finance.rows[0].actual, 3213000); /* what was spent was spent */
}
END_TEST

START_TEST(without_budget_and_ledger)
{
    finance_case_init(&c, date_from_civil(2027, 3, 31));
    make_certain();
    const struct finance_row *row = c.finance.rows;
    ck_assert_uint_eq(c.finance.lines.n, 2);
    ck_assert(!c.finance.lines.has_budget);
    ck_assert_int_eq(row[2].outturn, 18750000);
    ck_assert(isnan(row[2].chance));
    ck_assert_int_eq(row[2].variance, 0);
}
END_TEST

START_TEST(lines_without_placements)
{
    half_year();
    /* hand: legal costs of 153 days are 600: then 212 of 365 days of 1,000: 580.82; taxis go on as they were:
     * 153 for 153 days, 212 to come */
    finance_case_post(&c, date_from_civil(2026, 8, 1), "Legal", 0, 60000);
    finance_case_post(&c, date_from_civil(2026, 8, 1), "Taxis", 0, 15300);
    finance_case_make(&c);
    ck_assert_int_eq(c.finance.rows[2].outturn, 60000 + 58082);
    ck_assert_int_eq(c.finance.rows[3].outturn, 36500);
    ck_assert_int_eq(c.finance.rows[3].split.other, 36500);
    ck_assert(isnan(c.finance.rows[3].chance));
}
END_TEST

START_TEST(chance_of_an_overspend)
{
    half_year();
    c.options.prior.sd = 1e-12;
    finance_case_make(&c);
    /* hand: homes: 50,000 in one future, 0 in the other, budget 100,000: never over */
    ck_assert_double_eq_tol(c.finance.rows[1].chance, 0, 1e-12);
    ck_assert_int_eq(c.finance.rows[1].expected_over, 0);
    finance_case_free(&c);
    half_year();
    c.budget.items[1].budget = 2000000;
    c.options.prior.sd = 1e-12;
    finance_case_make(&c);
    /* budget 20,000: over by 30,000 in one of two; mean 15,000; error sqrt(.25 / 2); Wilson: R 4.2:
     * prop.test(1, 2, correct = FALSE)$conf.int .0945312 .9054688 */
    const struct finance_row *row = &c.finance.rows[1];
    ck_assert_double_eq_tol(row->chance, .5, 1e-12);
    ck_assert_int_eq(row->expected_over, 1500000);
    ck_assert_double_eq_tol(row->chance_error, .3535534, 1e-7);
    ck_assert_double_eq_tol(row->chance_limits.low, .0945312, 1e-6);
    ck_assert_double_eq_tol(row->chance_limits.high, .9054688, 1e-6);
    ck_assert_int_eq(row->over_p90, 3000000); /* type 8: beyond the sample's ends it is its end */
}
END_TEST

START_TEST(helpers)
{
    ck_assert_int_eq(finance_days(2027), 365);
    ck_assert_int_eq(finance_days(2028), 366);
    ck_assert_int_eq(finance_pence(2.5), 3);
    ck_assert_int_eq(finance_pence(-2.5), -2);
    ck_assert_int_eq(finance_month_end(2027, -1), date_from_civil(2026, 3, 31));
    ck_assert_int_eq(finance_month_end(2027, 10), date_from_civil(2027, 2, 28));
    ck_assert_int_eq(finance_profile(36500, 2027, date_from_civil(2026, 4, 10)), 1000);
    ck_assert_int_eq(finance_profile(36500, 2027, date_from_civil(2028, 4, 10)), 36500);
    ck_assert_int_eq(finance_profile(36500, 2027, date_from_civil(2020, 4, 10)), 0);
}
END_TEST

Suite *suite_finance(void)
{
    Suite *suite = suite_create("finance");
    TCase *tests = tcase_create("finance");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_year_that_is_known);
    tcase_add_test(tests, a_ledger_for_half_the_year);
    tcase_add_test(tests, parts_add_up_to_totals);
    tcase_add_test(tests, a_ledger_ahead_of_the_children);
    tcase_add_test(tests, a_wrong_price_list_is_not_used);
    tcase_add_test(tests, without_budget_and_ledger);
    tcase_add_test(tests, lines_without_placements);
    tcase_add_test(tests, chance_of_an_overspend);
    tcase_add_test(tests, helpers);
    suite_add_tcase(suite, tests);
    return suite;
}
