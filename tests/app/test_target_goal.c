/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sizes and answers in words. */
#include "app/target_goal.h"

#include <check.h>

Suite *suite_target_goal(void);

START_TEST(sizes)
{
    char out[TARGET_SIZE];
    const struct goal_lever flow = {.unit = EFFECT_FACTOR};
    const struct goal_lever places = {.unit = EFFECT_CHILDREN};
    target_goal_size(&flow, -19.5, 1, out);
    ck_assert_str_eq(out, "-19.5 %");
    target_goal_size(&flow, -20, 0, out);
    ck_assert_str_eq(out, "-20 %");
    target_goal_size(&places, 14, 0, out);
    ck_assert_str_eq(out, "+14 places");
}
END_TEST

static void expect_needs(enum goal_fate fate, double chance_at_rest, const char *words)
{
    char out[TARGET_ANSWER];
    const struct goal_lever lever = {.unit = EFFECT_FACTOR, .text = "entries:age=0-4"};
    const struct goal goal = {.chance = .5};
    const struct goal_answer answer = {
        .fate = fate,
        .rest = {.outcome = {.chance = chance_at_rest}},
        .at = {.size = -12, .outcome = {.p50 = 1128}},
    };
    target_goal_needs(&lever, &goal, &answer, out);
    ck_assert_str_eq(out, words);
}

START_TEST(answers)
{
    expect_needs(GOAL_FOUND, .2, "entries:age=0-4 -12 %");
    expect_needs(GOAL_FOUND, .6, "nothing more; still met with entries:age=0-4 -12 %");
    expect_needs(GOAL_ALWAYS, .9, "nothing more, wherever entries:age=0-4 stands");
    expect_needs(GOAL_OUT_OF_REACH, .2,
                 "cannot be met by entries:age=0-4; the best it reaches is 1,128, with -12 %");
}
END_TEST

START_TEST(values)
{
    char out[OUTLOOK_NUMBER];
    target_job_value(&(struct quantity){MEASURE_STOCK, {GROUP_ALL, 0}, false}, 1064.7, out);
    ck_assert_str_eq(out, "1,065");
    target_job_value(&(struct quantity){MEASURE_STOCK, {GROUP_PLACEMENT, 0}, true}, 44.96, out);
    ck_assert_str_eq(out, "45.0 %");
    target_job_value(&(struct quantity){MEASURE_COST, {GROUP_ALL, 0}, false}, 61.24e6, out);
    ck_assert_str_eq(out, "£61.2m");
    target_job_pounds(5808.4, out);
    ck_assert_str_eq(out, "£5,808");
}
END_TEST

Suite *suite_target_goal(void)
{
    Suite *suite = suite_create("target_goal");
    TCase *tests = tcase_create("target_goal");
    tcase_add_test(tests, sizes);
    tcase_add_test(tests, answers);
    tcase_add_test(tests, values);
    suite_add_tcase(suite, tests);
    return suite;
}
