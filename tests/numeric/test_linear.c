/* SPDX-License-Identifier: GPL-3.0-or-later
 * Small programmes with known answers, and what cannot be solved. */
#include "numeric/linear.h"

#include <check.h>
#include <math.h>

Suite *suite_linear(void);

static const double tolerance = 1e-6;

static enum linear_status solve(const struct linear *problem, double values[], double duals[], double *cost)
{
    struct err err = {0};
    enum linear_status status = LINEAR_UNBOUNDED;
    ck_assert_msg(linear_solve(problem, values, duals, cost, &status, &err), "%s", err.message);
    return status;
}

START_TEST(cheapest_mix)
{
    /* Rglpk_solve_LP(c(220, 620, 1050, 5400), ..): 18, 47, 29, 6 cost 95950; duals 1050, -830, -430, 4350, 0.
     * hand: agency is what gives, so a child costs 1050, a place with kin saves 1050 - 220, in-house 1050 -
     * 620, one more in residential care costs 5400 - 1050 */
    static const struct linear_column columns[] = {
        {220, 0, (double)INFINITY, false},
        {620, 0, (double)INFINITY, false},
        {1050, 0, (double)INFINITY, false},
        {5400, 0, (double)INFINITY, false},
    };
    static const struct linear_row rows[] = {{100, 100},
                                             {-(double)INFINITY, 18},
                                             {-(double)INFINITY, 47},
                                             {6, (double)INFINITY},
                                             {5, (double)INFINITY}};
    static const double coefficients[] = {1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0};
    const struct linear problem = {columns, 4, rows, 5, coefficients};
    static const double expected[] = {18, 47, 29, 6};
    static const double expected_duals[] = {1050, -830, -430, 4350, 0};
    double values[4];
    double duals[5];
    double cost = 0;
    ck_assert_int_eq(solve(&problem, values, duals, &cost), LINEAR_OPTIMAL);
    ck_assert_double_eq_tol(cost, 95950, tolerance);
    for (int i = 0; i < 4; i++)
        ck_assert_double_eq_tol(values[i], expected[i], tolerance);
    for (int i = 0; i < 5; i++)
        ck_assert_double_eq_tol(duals[i], expected_duals[i], tolerance);
}
END_TEST

START_TEST(whole_homes)
{
    /* Homes of 4 beds at 19,500 and 300 a child, else 5,400, for 11 children. hand: 2 homes hold 8, 3 are
     * bought: 39,000 + 2,400 + 16,200; without whole homes 2.75: 53,625 + 3,300 */
    static const double coefficients[] = {0, 1, 1, 4, -1, 0};
    static const struct linear_row rows[] = {{11, 11}, {0, (double)INFINITY}};
    for (int whole = 0; whole <= 1; whole++) {
        const struct linear_column columns[] = {
            {19500, 0, (double)INFINITY, whole != 0},
            {300, 0, (double)INFINITY, false},
            {5400, 0, (double)INFINITY, false},
        };
        const struct linear problem = {columns, 3, rows, 2, coefficients};
        double values[3];
        double cost = 0;
        ck_assert_int_eq(solve(&problem, values, NULL, &cost), LINEAR_OPTIMAL);
        ck_assert_double_eq_tol(cost, whole ? 57600 : 56925, tolerance);
        ck_assert_double_eq_tol(values[0], whole ? 2 : 2.75, tolerance);
        ck_assert_double_eq_tol(values[1], whole ? 8 : 11, tolerance);
        ck_assert_double_eq_tol(values[2], whole ? 3 : 0, tolerance);
    }
}
END_TEST

START_TEST(what_cannot_be)
{
    /* hand: x >= 2 and x <= 1; least of -x without a bound; a whole number between 1.2 and 1.8 */
    static const struct linear_column up[] = {{-1, 0, (double)INFINITY, false}};
    static const struct linear_column whole[] = {{1, 0, 5, true}};
    static const double twice[] = {1, 1};
    static const struct linear_row apart[] = {{2, (double)INFINITY}, {-(double)INFINITY, 1}};
    static const struct linear_row free_row[] = {{0, (double)INFINITY}};
    static const struct linear_row between[] = {{1.2, 1.8}};
    static const struct linear_row wrong[] = {{2, 1}};
    double value = 0;
    double cost = 0;
    struct err err = {0};
    enum linear_status status;
    ck_assert_int_eq(solve(&(struct linear){up, 1, apart, 2, twice}, &value, NULL, &cost), LINEAR_INFEASIBLE);
    ck_assert_int_eq(solve(&(struct linear){up, 1, free_row, 1, twice}, &value, NULL, &cost),
                     LINEAR_UNBOUNDED);
    ck_assert_int_eq(solve(&(struct linear){whole, 1, between, 1, twice}, &value, NULL, &cost),
                     LINEAR_INFEASIBLE);
    ck_assert(!linear_solve(&(struct linear){up, 1, wrong, 1, twice}, &value, NULL, &cost, &status, &err));
    ck_assert_int_eq(err.code, ERR_INTERNAL);
}
END_TEST

Suite *suite_linear(void)
{
    Suite *suite = suite_create("linear");
    TCase *tests = tcase_create("linear");
    tcase_add_test(tests, cheapest_mix);
    tcase_add_test(tests, whole_homes);
    tcase_add_test(tests, what_cannot_be);
    suite_add_tcase(suite, tests);
    return suite;
}
