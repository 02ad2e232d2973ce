/* SPDX-License-Identifier: GPL-3.0-or-later
 * Mixes of a few placements, by hand. */
#include "study/cheapest.h"

#include <check.h>
#include <math.h>

Suite *suite_cheapest(void);

enum { GROUPS = 4 };
static const double infinite = (double)INFINITY;

START_TEST(golden_mix)
{
    /* Rglpk_solve_LP: 18, 47, 29, 6 for 95,950; places 830 and 430; floor of residential care 4,350, of
     * agency 0 */
    const struct cheapest_group groups[GROUPS] = {
        {220, 0, 18}, {620, 0, 47}, {1050, 5, infinite}, {5400, 6, infinite}};
    static const double expected[GROUPS] = {18, 47, 29, 6};
    static const double places[GROUPS] = {830, 430, 0, 0};
    static const double floors[GROUPS] = {0, 0, 0, 4350};
    double children[GROUPS];
    double place[GROUPS];
    double floor[GROUPS];
    struct cheapest_answer answer;
    struct err err = {0};
    ck_assert(cheapest_find(groups, GROUPS, 100, children, place, floor, &answer, &err));
    ck_assert(answer.fits);
    ck_assert_double_eq_tol(answer.cost, 95950, 1e-6);
    ck_assert_double_eq_tol(answer.child_worth, 1050, 1e-6);
    for (int i = 0; i < GROUPS; i++) {
        ck_assert_double_eq_tol(children[i], expected[i], 1e-6);
        ck_assert_double_eq_tol(place[i], places[i], 1e-6);
        ck_assert_double_eq_tol(floor[i], floors[i], 1e-6);
    }
}
END_TEST

START_TEST(three_placements)
{
    /* hand: 50 children; in-house 600 with 20 places, agency 1,000, homes 5,000 with 4 who must stay: 20, 26,
     * 4 cost 12,000 + 26,000 + 20,000; one more place moves one child from 1,000 to 600, one who need not
     * stay from 5,000 to 1,000 */
    const struct cheapest_group groups[] = {{600, 0, 20}, {1000, 0, infinite}, {5000, 4, infinite}};
    double children[3];
    double place[3];
    double floor[3];
    struct cheapest_answer answer;
    struct err err = {0};
    ck_assert(cheapest_find(groups, 3, 50, children, place, floor, &answer, &err));
    ck_assert_double_eq_tol(answer.cost, 58000, 1e-6);
    ck_assert_double_eq_tol(children[0], 20, 1e-6);
    ck_assert_double_eq_tol(children[1], 26, 1e-6);
    ck_assert_double_eq_tol(children[2], 4, 1e-6);
    ck_assert_double_eq_tol(place[0], 400, 1e-6);
    ck_assert_double_eq_tol(floor[2], 4000, 1e-6);
}
END_TEST

START_TEST(what_does_not_fit)
{
    /* hand: 10 places for 12 children; 12 who must stay with 10 places stay; 12 who must stay of 10 cannot */
    const struct cheapest_group full[] = {{600, 0, 10}};
    const struct cheapest_group staying[] = {{600, 12, 10}};
    double children = 0;
    double place = 0;
    double floor = 0;
    struct cheapest_answer answer;
    struct err err = {0};
    ck_assert(cheapest_find(full, 1, 12, &children, &place, &floor, &answer, &err));
    ck_assert(!answer.fits);
    ck_assert(cheapest_find(staying, 1, 12, &children, &place, &floor, &answer, &err));
    ck_assert(answer.fits);
    ck_assert_double_eq_tol(children, 12, 1e-6);
    ck_assert(cheapest_find(staying, 1, 10, &children, &place, &floor, &answer, &err));
    ck_assert(!answer.fits);
}
END_TEST

Suite *suite_cheapest(void)
{
    Suite *suite = suite_create("cheapest");
    TCase *tests = tcase_create("cheapest");
    tcase_add_test(tests, golden_mix);
    tcase_add_test(tests, three_placements);
    tcase_add_test(tests, what_does_not_fit);
    suite_add_tcase(suite, tests);
    return suite;
}
