/* SPDX-License-Identifier: GPL-3.0-or-later
 * Functions whose zero is known. */
#include "numeric/seek.h"

#include <check.h>
#include <math.h>

Suite *suite_seek(void);

struct curve {
    double level, error;
    int looks;
    bool fails;
};

/* 300 exp(-.8 x) + 120, less the level */
static bool decay(void *context, double x, struct seek_point *out, struct err *err)
{
    struct curve *curve = context;
    curve->looks++;
    if (curve->fails)
        return err_set(err, ERR_DATA, "no");
    out->value = 300 * exp(-.8 * x) + 120 - curve->level;
    out->error = curve->error;
    return true;
}

/* a stair that goes down once on its way up: -3 -3 -1 -2 4 4 over [0, 6) */
static bool stair(void *context, double x, struct seek_point *out, struct err *err)
{
    static const double steps[] = {-3, -3, -1, -2, 4, 4, 4};
    (void)context;
    (void)err;
    out->value = steps[(int)x];
    out->error = .1;
    return true;
}

START_TEST(crosses)
{
    /* closed form: ln(300 / 220) / .8 = .38769366038 */
    struct curve curve = {.level = 340};
    struct seek_answer answer;
    struct err err = {0};
    ck_assert(seek_zero(decay, &curve, 0, 1, 1e-9, &answer, &err));
    ck_assert(answer.found);
    ck_assert(!answer.is_rising);
    ck_assert_double_eq_tol(answer.x, .38769366038, 1e-8);
    ck_assert_int_eq(curve.looks, (int)answer.n_points);
    ck_assert_int_le(curve.looks, 12);
    for (size_t i = 1; i < answer.n_points; i++)
        ck_assert(answer.points[i - 1].x < answer.points[i].x);
}
END_TEST

START_TEST(error_is_that_of_the_value_over_the_slope)
{
    /* closed form: the slope at the crossing is -.8 x 220 = -176; an error of 2 is .01136 of x. The search
     * may stop a child off: half an error is .0057 */
    struct curve curve = {.level = 340, .error = 2};
    struct seek_answer answer;
    struct err err = {0};
    ck_assert(seek_zero(decay, &curve, -1, 1, 1e-9, &answer, &err));
    ck_assert_double_eq_tol(answer.x, .38769366038, .0058);
    ck_assert_double_eq_tol(answer.error, 2.0 / 176, .003);
    ck_assert_int_le(curve.looks, 7);
}
END_TEST

START_TEST(out_of_reach)
{
    /* closed form: at x = 1 the curve is still at 254.8, at 0 it is at 420 */
    struct err err = {0};
    struct seek_answer answer;
    struct curve low = {.level = 200};
    struct curve high = {.level = 500};
    ck_assert(seek_zero(decay, &low, 0, 1, 1e-6, &answer, &err));
    ck_assert(!answer.found);
    ck_assert_double_eq_tol(answer.x, 1, 1e-12);
    ck_assert_int_eq(low.looks, 2);
    ck_assert(seek_zero(decay, &high, 0, 1, 1e-6, &answer, &err));
    ck_assert(!answer.found);
    ck_assert_double_eq_tol(answer.x, 0, 1e-12);
}
END_TEST

START_TEST(stairs)
{
    /* hand: between -2 at 3 and 4 at 4, wherever the looks fall */
    struct seek_answer answer;
    struct err err = {0};
    ck_assert(seek_zero(stair, NULL, 0, 6, .01, &answer, &err));
    ck_assert(answer.found);
    ck_assert(answer.is_rising);
    ck_assert_double_eq_tol(answer.x, 4, .02);
}
END_TEST

/* -2, -2.5, 2 at 0, 2, 4 */
static bool bent(void *context, double x, struct seek_point *out, struct err *err)
{
    (void)context;
    (void)err;
    out->value = x < 1 ? -2 : x < 3 ? -2.5 : 2;
    return true;
}

START_TEST(what_is_out_of_order_is_pooled)
{
    /* hand: -2 and -2.5 pool to -2.25; from there to 2 zero lies 2.25 / 4.25 of the way from 2 to 4 */
    struct seek_answer answer;
    struct err err = {0};
    ck_assert(seek_zero(bent, NULL, 0, 4, 2, &answer, &err));
    ck_assert_uint_eq(answer.n_points, 3);
    ck_assert_double_eq_tol(answer.x, 2 + 2 * 2.25 / 4.25, 1e-12);
}
END_TEST

START_TEST(a_failure_is_passed_on)
{
    struct curve curve = {.fails = true};
    struct seek_answer answer;
    struct err err = {0};
    ck_assert(!seek_zero(decay, &curve, 0, 1, .1, &answer, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
}
END_TEST

Suite *suite_seek(void)
{
    Suite *suite = suite_create("seek");
    TCase *tests = tcase_create("seek");
    tcase_add_test(tests, crosses);
    tcase_add_test(tests, error_is_that_of_the_value_over_the_slope);
    tcase_add_test(tests, out_of_reach);
    tcase_add_test(tests, stairs);
    tcase_add_test(tests, what_is_out_of_order_is_pooled);
    tcase_add_test(tests, a_failure_is_passed_on);
    suite_add_tcase(suite, tests);
    return suite;
}
