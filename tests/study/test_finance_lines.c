/* SPDX-License-Identifier: GPL-3.0-or-later
 * Invented budgets and ledgers: which line a posting goes to, and whose a group is. */
#include "study/finance_lines.h"

#include <check.h>
#include <math.h>

Suite *suite_finance_lines(void);

enum { YEAR = 2027 };
#define BIT(group) ((placement_set)1 << PLACEMENT_##group)

static struct budget_rows budget;
static struct ledger_rows ledger;
static struct finance_lines lines;
static double standard[PLACEMENT_COUNT];

static void setup(void)
{
    budget = (struct budget_rows){0};
    ledger = (struct ledger_rows){0};
    lines = (struct finance_lines){0};
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        standard[g] = 0;
}

static void teardown(void)
{
    finance_lines_free(&lines);
    budget_rows_free(&budget);
    ledger_rows_free(&ledger);
}

static void plan(int32_t year, const char *line, placement_set groups, pence amount)
{
    struct err err = {0};
    const struct budget_row row = {
        .year = year, .line = line, .groups = groups, .budget = amount, .fte = NAN};
    ck_assert(budget_rows_put(&budget, &row, &err));
}

static void post(int32_t month, const char *line, placement_set groups, pence amount)
{
    struct err err = {0};
    const struct ledger_row row = {.date = date_month_end(date_from_civil(2026, 4, 1), month),
                                   .line = line,
                                   .groups = groups,
                                   .actual = amount};
    ck_assert(ledger_rows_put(&ledger, &row, &err));
}

static void make(day until, int32_t lag)
{
    struct err err = {0};
    finance_lines_free(&lines);
    ck_assert(finance_lines_make(&budget, &ledger, YEAR, until, lag, standard, &lines, &err));
}

START_TEST(months_of_a_year)
{
    ck_assert_int_eq(finance_month(YEAR, date_from_civil(2026, 4, 1)), 0);
    ck_assert_int_eq(finance_month(YEAR, date_from_civil(2027, 3, 31)), 11);
    ck_assert_int_eq(finance_month(YEAR, date_from_civil(2026, 3, 31)), -1);
    ck_assert_int_eq(finance_month(YEAR, date_from_civil(2027, 4, 1)), 12);
}
END_TEST

START_TEST(rows_that_repeat_a_line_are_added)
{
    plan(YEAR, "Agency", BIT(FOSTER_IFA), 100);
    plan(YEAR, "agency", BIT(FOSTER_IFA), 50);
    plan(YEAR, "Agency", BIT(SUPPORTED), 7);
    plan(YEAR - 1, "Agency", BIT(FOSTER_IFA), 1000); /* another year */
    make(DAY_OPEN, 0);
    ck_assert_uint_eq(lines.n, 2);
    ck_assert_int_eq(lines.items[0].budget, 150);
    ck_assert_int_eq(lines.items[1].budget, 7);
    ck_assert(lines.has_budget && !lines.has_ledger);
    ck_assert_int_eq(lines.n_closed, 0);
}
END_TEST

START_TEST(postings_find_their_line)
{
    plan(YEAR, "Care", BIT(FOSTER_IFA), 300);
    plan(YEAR, "Care", BIT(RES_EXTERNAL), 100);
    plan(YEAR, "Legal", 0, 10);
    post(0, "care", BIT(FOSTER_IFA), 40); /* the same groups */
    post(0, "Care", 0, 100);              /* hand: no groups: 300 to 100, so 75 and 25 */
    post(1, "Legal", BIT(SECURE), 3);     /* one line has the name: it is that */
    post(1, "Taxis", 0, 9);               /* nobody's */
    post(2, "Legal", 0, -1);              /* a reversal is netted */
    make(DAY_OPEN, 1);
    ck_assert_uint_eq(lines.n, 4);
    ck_assert_int_eq(lines.items[0].actual[0], 115);
    ck_assert_int_eq(lines.items[1].actual[0], 25);
    ck_assert_int_eq(lines.items[2].actual[1], 3);
    ck_assert_int_eq(lines.items[2].actual[2], -1);
    ck_assert_str_eq(lines.items[3].line, "Taxis");
    ck_assert(!lines.items[3].is_budgeted && lines.items[3].is_posted);
    ck_assert_int_eq(lines.n_posted, 3);
    ck_assert_int_eq(lines.n_closed, 2); /* the last month is not closed yet */
    ck_assert_int_eq(finance_line_actual(&lines, 2), 3);
}
END_TEST

/* A month without any posting is missing, not free of charge: neither it nor what follows is closed. */
START_TEST(no_month_counts_after_a_missing_one)
{
    post(0, "A", BIT(SECURE), 1);
    post(1, "A", BIT(SECURE), 2);
    post(3, "A", BIT(SECURE), 4);
    make(DAY_OPEN, 0);
    ck_assert_int_eq(lines.n_posted, 4);
    ck_assert_int_eq(lines.n_closed, 2);
    ck_assert(lines.has_gap);
    ck_assert_int_eq(finance_line_actual(&lines, 0), 3);
    ck_assert_int_eq(finance_closed_months(&ledger, YEAR, DAY_OPEN, 3), 1);
    post(2, "B", 0, 0); /* a posting of nothing is one */
    make(DAY_OPEN, 0);
    ck_assert_int_eq(lines.n_closed, 4);
    ck_assert(!lines.has_gap);
    make(DAY_OPEN, 1);
    ck_assert_int_eq(lines.n_closed, 3);
    ck_assert(!lines.has_gap);
}
END_TEST

/* A ledger that begins in June says nothing of April. */
START_TEST(a_ledger_that_begins_late)
{
    for (int32_t m = 2; m < 6; m++)
        post(m, "A", BIT(SECURE), 1);
    make(DAY_OPEN, 1);
    ck_assert_int_eq(lines.n_closed, 0);
    ck_assert(lines.has_gap);
    ck_assert_int_eq(finance_line_actual(&lines, 0), 0);
}
END_TEST

/* Money is whole pence: the order of a ledger changes nothing. */
START_TEST(postings_in_any_order)
{
    pence first[FINANCE_MONTHS];
    plan(YEAR, "Care", BIT(FOSTER_IFA), 300);
    plan(YEAR, "Care", BIT(RES_EXTERNAL), 100);
    for (int32_t i = 0; i < 24; i++) /* amounts with odd pence, some reversed */
        post(i % 12, "Care", 0, (i % 5 == 0 ? -1 : 1) * (100000000000 + 7919 * i));
    make(DAY_OPEN, 0);
    for (int32_t m = 0; m < FINANCE_MONTHS; m++)
        first[m] = lines.items[0].actual[m];
    for (size_t i = 0; i < ledger.n / 2; i++) {
        const struct ledger_row row = ledger.items[i];
        ledger.items[i] = ledger.items[ledger.n - 1 - i];
        ledger.items[ledger.n - 1 - i] = row;
    }
    make(DAY_OPEN, 0);
    for (int32_t m = 0; m < FINANCE_MONTHS; m++)
        ck_assert_int_eq(lines.items[0].actual[m], first[m]);
}
END_TEST

START_TEST(later_postings_do_not_count)
{
    post(0, "A", BIT(SECURE), 1);
    post(3, "A", BIT(SECURE), 2);
    make(date_from_civil(2026, 6, 30), 0);
    ck_assert_int_eq(lines.n_posted, 1);
    ck_assert_int_eq(lines.items[0].actual[3], 0);
    ck_assert_int_eq(finance_closed_months(&ledger, YEAR, DAY_OPEN, 9), 0);
    ck_assert_int_eq(finance_closed_months(&ledger, YEAR + 1, DAY_OPEN, 0), 0);
}
END_TEST

START_TEST(several_lines_share_a_group)
{
    standard[PLACEMENT_FOSTER_IFA] = 900;
    plan(YEAR, "Framework", BIT(FOSTER_IFA), 300);
    plan(YEAR, "Spot", BIT(FOSTER_IFA), 100);
    make(DAY_OPEN, 0);
    /* hand: by budget 300 to 100 */
    ck_assert_double_eq_tol(lines.items[0].share[PLACEMENT_FOSTER_IFA], .75, 1e-12);
    ck_assert_double_eq_tol(lines.items[1].share[PLACEMENT_FOSTER_IFA], .25, 1e-12);
    /* only one of them is posted: still by budget */
    post(0, "Framework", 0, 50);
    make(DAY_OPEN, 0);
    ck_assert_double_eq_tol(lines.items[0].share[PLACEMENT_FOSTER_IFA], .75, 1e-12);
    /* both are posted: 50 to 50 */
    post(0, "Spot", 0, 50);
    make(DAY_OPEN, 0);
    ck_assert_double_eq_tol(lines.items[0].share[PLACEMENT_FOSTER_IFA], .5, 1e-12);
}
END_TEST

START_TEST(several_groups_in_a_line)
{
    standard[PLACEMENT_FOSTER_KIN] = 100;
    standard[PLACEMENT_FOSTER_INHOUSE] = 300;
    plan(YEAR, "Fostering", BIT(FOSTER_KIN) | BIT(FOSTER_INHOUSE), 800);
    plan(YEAR, "Kin extra", BIT(FOSTER_KIN), 200);
    make(DAY_OPEN, 0);
    /* hand: a quarter of 800 is for kin: 200 to 200 */
    ck_assert_double_eq_tol(lines.items[0].share[PLACEMENT_FOSTER_KIN], .5, 1e-12);
    ck_assert_double_eq_tol(lines.items[1].share[PLACEMENT_FOSTER_KIN], .5, 1e-12);
    ck_assert_double_eq_tol(lines.items[0].share[PLACEMENT_FOSTER_INHOUSE], 1, 1e-12);
    ck_assert_double_eq_tol(lines.items[1].share[PLACEMENT_FOSTER_INHOUSE], 0, 1e-12);
}
END_TEST

START_TEST(groups_that_nobody_pays_for)
{
    standard[PLACEMENT_SECURE] = 100;
    make(DAY_OPEN, 0);
    ck_assert_uint_eq(lines.n, 1);
    ck_assert_str_eq(lines.items[0].line, "Secure");
    plan(YEAR, "Legal", 0, 10);
    make(DAY_OPEN, 0);
    ck_assert_uint_eq(lines.n, 2);
    ck_assert_str_eq(lines.items[1].line, "No budget line");
    ck_assert_double_eq_tol(lines.items[1].share[PLACEMENT_SECURE], 1, 1e-12);
}
END_TEST

Suite *suite_finance_lines(void)
{
    Suite *suite = suite_create("finance_lines");
    TCase *tests = tcase_create("finance_lines");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, months_of_a_year);
    tcase_add_test(tests, rows_that_repeat_a_line_are_added);
    tcase_add_test(tests, postings_find_their_line);
    tcase_add_test(tests, postings_in_any_order);
    tcase_add_test(tests, later_postings_do_not_count);
    tcase_add_test(tests, no_month_counts_after_a_missing_one);
    tcase_add_test(tests, a_ledger_that_begins_late);
    tcase_add_test(tests, several_lines_share_a_group);
    tcase_add_test(tests, several_groups_in_a_line);
    tcase_add_test(tests, groups_that_nobody_pays_for);
    suite_add_tcase(suite, tests);
    return suite;
}
