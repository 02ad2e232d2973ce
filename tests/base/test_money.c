/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/money.h"

#include <check.h>

Suite *suite_money(void);

START_TEST(nights)
{
    /* by hand: 117025 pence a week; 31 x 117025 / 7 = 518253.57.. */
    ck_assert_int_eq(money_round_sevenths(money_sevenths(31, 117025)), 518254);
    ck_assert_int_eq(money_round_sevenths(money_sevenths(30, 117025)), 501536);
    ck_assert_int_eq(money_round_sevenths(money_sevenths(28, 117025)), 468100);
    ck_assert_int_eq(money_round_sevenths(money_sevenths(365, 117025)), 6102018);
    /* a refund rounds like a charge: half up, so -0.5 is 0 and -3.5/7 .. */
    ck_assert_int_eq(money_round_sevenths(-3), 0);
    ck_assert_int_eq(money_round_sevenths(-4), -1);
    ck_assert_int_eq(money_round_sevenths(3), 0);
    ck_assert_int_eq(money_round_sevenths(4), 1);
}
END_TEST

START_TEST(months_add_up_to_the_year)
{
    /* cumulative rounding, April to March; month by month rounding would give 6102022 */
    static const int64_t days[] = {30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31};
    static const pence expected[] = {501536, 518253, 501536, 518254, 518253, 501536,
                                     518253, 501536, 518254, 518253, 468100, 518254};
    int64_t before = 0;
    pence sum = 0;
    for (size_t i = 0; i < 12; i++) {
        const int64_t after = before + money_sevenths(days[i], 117025);
        const pence month = money_round_step(before, after);
        ck_assert_int_eq(month, expected[i]);
        sum += month;
        before = after;
    }
    ck_assert_int_eq(sum, 6102018);
}
END_TEST

START_TEST(uplift)
{
    ck_assert_int_eq(money_uplift(117025, 3.5), 121121); /* 121120.875 */
    ck_assert_int_eq(money_uplift(117025, 0), 117025);
}
END_TEST

START_TEST(shares_add_up)
{
    /* by hand: 10 x (1/6, 2/6, 3/6) = 1.67, 3.33, 5: the largest remainder gets the one left over */
    int64_t parts[3];
    money_share(10, (const double[]){1, 2, 3}, 3, parts);
    ck_assert_int_eq(parts[0], 2);
    ck_assert_int_eq(parts[1], 3);
    ck_assert_int_eq(parts[2], 5);
    /* a tie goes to the larger weight, then to the earlier part */
    money_share(1, (const double[]){1, 1}, 2, parts);
    ck_assert_int_eq(parts[0], 1);
    ck_assert_int_eq(parts[1], 0);
    /* a part without weight gets nothing */
    money_share(7, (const double[]){0, 1, 0}, 3, parts);
    ck_assert_int_eq(parts[0], 0);
    ck_assert_int_eq(parts[1], 7);
    money_share(0, (const double[]){0, 0, 0}, 3, parts);
    ck_assert_int_eq(parts[2], 0);
}
END_TEST

START_TEST(text)
{
    char out[MONEY_TEXT];
    money_format_gbp(-123450, out);
    ck_assert_str_eq(out, "-1234.50");
    money_format_gbp(5, out);
    ck_assert_str_eq(out, "0.05");
    money_format_gbp(INT64_MIN, out);
    ck_assert_str_eq(out, "-92233720368547758.08");
    ck_assert_int_eq(money_from_pounds(12.345), 1235);
    ck_assert_int_eq(money_from_pounds(-0.005), 0);
}
END_TEST

Suite *suite_money(void)
{
    Suite *suite = suite_create("money");
    TCase *tcase = tcase_create("money");
    tcase_add_test(tcase, nights);
    tcase_add_test(tcase, months_add_up_to_the_year);
    tcase_add_test(tcase, uplift);
    tcase_add_test(tcase, shares_add_up);
    tcase_add_test(tcase, text);
    suite_add_tcase(suite, tcase);
    return suite;
}
