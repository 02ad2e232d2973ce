/* SPDX-License-Identifier: GPL-3.0-or-later
 * Three players by hand, the axioms for twelve, and orders that are drawn evenly. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "numeric/shapley.h"

Suite *suite_shapley(void);

/* Three actions A, B, C; what sets of them achieve, by mask. */
static const double three[8] = {0, -10, -6, -14, -3, -15, -8.5, -18};

START_TEST(three_by_hand)
{
    /* hand: A joins first in 2 of 6 orders (-10), after B once (-8), after C once (-12), last twice (-9.5):
     * -59 / 6 */
    double values[3];
    shapley_values(three, 3, values);
    ck_assert_double_eq_tol(values[0], -59.0 / 6, 1e-12);
    ck_assert_double_eq_tol(values[1], -55.0 / 12, 1e-12);
    ck_assert_double_eq_tol(values[2], -43.0 / 12, 1e-12);
    ck_assert_double_eq_tol(values[0] + values[1] + values[2], -18, 1e-12);
}
END_TEST

START_TEST(interaction_by_hand)
{
    /* hand: without C -14 + 10 + 6 = 2, with C -18 + 15 + 8.5 - 3 = 2.5; the mean is an overlap of 2.25 */
    ck_assert_double_eq_tol(shapley_interaction(three, 3, 0, 1), 2.25, 1e-12);
    ck_assert_double_eq_tol(shapley_interaction(three, 3, 1, 0), 2.25, 1e-12);
}
END_TEST

START_TEST(axioms_hold_for_twelve)
{
    /* Player 3 does nothing, 5 and 7 do the same; a sum of values with overlaps. */
    enum { N = 12 };
    static double v[1 << N];
    double values[N];
    for (uint32_t mask = 0; mask < 1U << N; mask++) {
        double sum = 0;
        for (int i = 0; i < N; i++)
            sum += i != 3 && (mask >> i & 1U) != 0 ? (i == 7 ? 5 : i) + 1 : 0;
        v[mask] = 100 * -expm1(-.02 * sum);
    }
    shapley_values(v, N, values);
    double sum = 0;
    for (int i = 0; i < N; i++)
        sum += values[i];
    ck_assert_double_eq_tol(sum, v[(1 << N) - 1] - v[0], 1e-10);
    ck_assert_double_eq_tol(values[3], 0, 1e-13);
    ck_assert_double_eq_tol(values[5], values[7], 1e-12);
    ck_assert_double_lt(shapley_interaction(v, N, 5, 7), 0);
    ck_assert_double_eq_tol(shapley_interaction(v, N, 3, 7), 0, 1e-13);
}
END_TEST

START_TEST(one_player_has_it_all)
{
    const double v[2] = {3, 8};
    double value = 0;
    shapley_values(v, 1, &value);
    ck_assert_double_eq(value, 5);
}
END_TEST

START_TEST(orders_are_pairs_and_even)
{
    /* Each of the 6 orders of three in 1/6 of pairs: within 4.89 standard errors (one seed in 1e6 fails), and
     * the mean contribution of A is its value with the standard deviation of one order, 1.17851130198. */
    enum { PAIRS = 20000 };
    int seen[3][3] = {{0}};
    double sum = 0;
    for (uint32_t k = 0; k < PAIRS; k++) {
        int32_t order[3];
        int32_t back[3];
        shapley_order(1, 2 * k, 3, order);
        shapley_order(1, 2 * k + 1, 3, back);
        for (int i = 0; i < 3; i++) {
            ck_assert_int_eq(order[i], back[2 - i]);
            seen[i][order[i]]++;
        }
        uint32_t mask = 0;
        for (int i = 0; i < 3 && order[i] != 0; i++)
            mask |= 1U << order[i];
        sum += three[mask | 1] - three[mask];
    }
    for (int i = 0; i < 9; i++)
        ck_assert_double_lt(fabs(seen[i / 3][i % 3] / (double)PAIRS - 1.0 / 3), 4.89 * sqrt(2.0 / 9 / PAIRS));
    ck_assert_double_lt(fabs(sum / PAIRS + 59.0 / 6), 4.89 * 1.17851130198 / sqrt(PAIRS));
}
END_TEST

Suite *suite_shapley(void)
{
    Suite *suite = suite_create("shapley");
    TCase *tests = tcase_create("shapley");
    tcase_add_test(tests, three_by_hand);
    tcase_add_test(tests, interaction_by_hand);
    tcase_add_test(tests, axioms_hold_for_twelve);
    tcase_add_test(tests, one_player_has_it_all);
    tcase_add_test(tests, orders_are_pairs_and_even);
    suite_add_tcase(suite, tests);
    return suite;
}
