/* SPDX-License-Identifier: GPL-3.0-or-later
 * Nights, money and commitments of a few children (finance_case.h), by hand. */
#include "study/finance_known.h"

#include <check.h>

#include "finance_case.h"

Suite *suite_finance_known(void);

static struct finance_case c;
static struct finance_known known;

static void teardown(void)
{
    finance_case_free(&c);
}

static void make(day closed)
{
    struct err err = {0};
    ck_assert(finance_known_make(&c.history, &c.prices, CASE_YEAR, c.options.origin, closed, &known, &err));
}

START_TEST(nights_and_money)
{
    finance_case_init(&c, date_from_civil(2026, 12, 31));
    make(DAY_NONE);
    ck_assert_int_eq(known.n_months, 9);
    ck_assert_int_eq(known.nights[PLACEMENT_FOSTER_IFA][0], 30);
    ck_assert_int_eq(known.nights[PLACEMENT_FOSTER_IFA][8], 31);
    ck_assert_int_eq(known.nights[PLACEMENT_FOSTER_IFA][9], 0);
    ck_assert_int_eq(known.nights[PLACEMENT_RES_EXTERNAL][6], 0);
    ck_assert_int_eq(known.nights[PLACEMENT_RES_EXTERNAL][7], 30); /* November: the first night is charged */
    /* hand: 30 nights at 7,000 a week: 30 x 700,000 sevenths of a penny */
    ck_assert_int_eq(known.sevenths[PLACEMENT_RES_EXTERNAL][7], 21000000);
    ck_assert_int_eq(known.children[PLACEMENT_RES_EXTERNAL], 1);
    ck_assert_int_eq(known.weekly[PLACEMENT_RES_EXTERNAL], 700000);
    /* hand: few have ever been there, so nobody is known to leave: 90 nights of January to March */
    ck_assert_double_eq_tol(known.committed_nights[PLACEMENT_RES_EXTERNAL], 90, 1e-9);
    ck_assert_double_eq_tol(known.committed[PLACEMENT_RES_EXTERNAL], 9000000, 1e-3);
}
END_TEST

START_TEST(the_day_of_leaving_is_not_charged)
{
    finance_case_init(&c, date_from_civil(2026, 12, 31));
    c.segments[1].end = c.spells[1].end = date_from_civil(2026, 11, 11);
    make(DAY_NONE);
    ck_assert_int_eq(known.nights[PLACEMENT_RES_EXTERNAL][7], 10);
    ck_assert_int_eq(known.children[PLACEMENT_RES_EXTERNAL], 0);
    ck_assert_double_eq_tol(known.committed[PLACEMENT_RES_EXTERNAL], 0, 1e-12);
}
END_TEST

START_TEST(prices_of_the_day)
{
    struct err err = {0};
    finance_case_init(&c, date_from_civil(2026, 4, 30));
    const struct price_line line = {.group = PLACEMENT_FOSTER_IFA,
                                    .provider = "PR4",
                                    .from = date_from_civil(2026, 4, 16),
                                    .weekly = 140000,
                                    .source = ""};
    ck_assert(price_book_add(&c.prices, &line, &err));
    c.segments[0].provider = 4;
    make(DAY_NONE);
    /* hand: 15 nights at 100 and 15 at 200: 4,500 */
    ck_assert_int_eq(money_round_sevenths(known.sevenths[PLACEMENT_FOSTER_IFA][0]), 450000);
    ck_assert_int_eq(known.weekly[PLACEMENT_FOSTER_IFA], 140000);
}
END_TEST

START_TEST(commitments_end_with_childhood)
{
    finance_case_init(&c, date_from_civil(2026, 12, 31));
    c.children[1].born = date_from_civil(2009, 1, 11); /* 18 on 11 January: 10 more nights */
    make(DAY_NONE);
    ck_assert_double_eq_tol(known.committed_nights[PLACEMENT_RES_EXTERNAL], 10, 1e-9);
    /* a ledger that is closed to 5 January leaves five of them */
    make(date_from_civil(2027, 1, 5));
    ck_assert_double_eq_tol(known.committed_nights[PLACEMENT_RES_EXTERNAL], 5, 1e-9);
}
END_TEST

enum { MANY = 40 };

START_TEST(commitments_follow_earlier_stays)
{
    static struct child children[MANY + 1];
    static struct spell spells[MANY + 1];
    static struct segment segments[MANY + 1];
    finance_case_init(&c, date_from_civil(2026, 12, 31));
    /* forty stays of a year ago lasted 20 days (half of them) or 200 */
    for (int32_t i = 0; i <= MANY; i++) {
        const day start = i == MANY ? date_from_civil(2026, 12, 22) : date_from_civil(2026, 1, 1);
        const day end = i == MANY ? DAY_OPEN : start + (i % 2 == 0 ? 20 : 200);
        children[i] = (struct child){
            .key = (uint64_t)i + 1, .born = date_from_civil(2015, 4, 1), .first_spell = i, .n_spells = 1};
        spells[i] =
            (struct spell){.child = i, .first_segment = i, .n_segments = 1, .start = start, .end = end};
        segments[i] = (struct segment){.child = i,
                                       .spell = i,
                                       .start = start,
                                       .end = end,
                                       .group = PLACEMENT_RES_EXTERNAL,
                                       .provider = 255,
                                       .is_new_stay = true};
    }
    c.history.children = children;
    c.history.spells = spells;
    c.history.segments = segments;
    c.history.n_children = c.history.n_spells = c.history.n_segments = MANY + 1;
    make(DAY_NONE);
    /* hand: the child of 22 December has stayed more than 9 days at the origin; it is there on night k after
     * it when the stay lasts more than 9 + k days: sure to k = 10, then every second: 10 + 80 / 2 */
    ck_assert_double_eq_tol(known.committed_nights[PLACEMENT_RES_EXTERNAL], 10 + 80 * .5, 1e-9);
}
END_TEST

START_TEST(full_year_golden)
{
    /* hand: 5,600 a week from 1 November: 151 nights are 120,800; 365 nights 292,000 */
    ck_assert_int_eq(money_round_sevenths(money_sevenths(151, 560000)), 12080000);
    ck_assert_int_eq(finance_full_year(560000, 365, 12080000), 17120000);
}
END_TEST

Suite *suite_finance_known(void)
{
    Suite *suite = suite_create("finance_known");
    TCase *tests = tcase_create("finance_known");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, nights_and_money);
    tcase_add_test(tests, the_day_of_leaving_is_not_charged);
    tcase_add_test(tests, prices_of_the_day);
    tcase_add_test(tests, commitments_end_with_childhood);
    tcase_add_test(tests, commitments_follow_earlier_stays);
    tcase_add_test(tests, full_year_golden);
    suite_add_tcase(suite, tests);
    return suite;
}
