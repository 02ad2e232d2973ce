/* SPDX-License-Identifier: GPL-3.0-or-later
 * What it takes, on an invented authority: the answer meets the goal, a step less does not. */
#include "study/goal.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "tests/study/carepath_fixture.h"

Suite *suite_goal(void);

enum { MONTHS = 24, REPLICATES = 200, LATE = 23 };

static struct goal_setting setting_of(struct fixture *f)
{
    return (struct goal_setting){.run = &f->run,
                                 .scenario = &f->scenario,
                                 .base = &f->base,
                                 .prices = &f->prices,
                                 .counts = &f->counts};
}

/* The median of the baseline's stock times a factor. */
static struct goal goal_of(struct fixture *f, double factor, double chance)
{
    struct goal goal = {.target = {.month = LATE, .at_most = factor < 1}, .chance = chance};
    struct err err = {0};
    struct goal_trial trial;
    const struct goal_setting setting = setting_of(f);
    ck_assert_msg(goal_try(&setting, &goal, NULL, 0, &trial, &err), "%s", err.message);
    goal.target.level = factor * trial.outcome.p50;
    return goal;
}

static struct goal_lever lever_of(const char *text, struct arena *texts)
{
    struct goal_lever lever;
    struct err err = {0};
    ck_assert_msg(goal_lever_read(text, 50, texts, &lever, &err), "%s", err.message);
    return lever;
}

START_TEST(levers)
{
    static const char *const wrong[] = {"entrys",
                                        "outcome",
                                        "entries:age",
                                        "entries:age=40",
                                        "mix",
                                        "entries:from=foster_ifa",
                                        "mix:from=foster_ifa;to=foster_ifa",
                                        "entries:castle=1"};
    struct arena texts = {0};
    struct goal_lever lever = lever_of("exits:age=10-17;route=home", &texts);
    ck_assert_int_eq(lever.kind, LEVER_EXITS);
    ck_assert_int_eq(lever.where.age_low, 10);
    ck_assert_uint_eq(lever.where.routes, UINT32_C(1) << ROUTE_HOME);
    ck_assert_double_eq_tol(lever.low, -60, 1e-12);
    ck_assert_double_eq_tol(lever.high, 60, 1e-12);
    ck_assert_double_eq_tol(goal_lever_at(&lever, -23).likely, -.23, 1e-12);
    lever = lever_of("capacity:placement=foster_inhouse", &texts);
    ck_assert_int_eq(lever.unit, EFFECT_CHILDREN);
    ck_assert_double_eq_tol(lever.high, 50, 1e-12);
    ck_assert_double_eq_tol(goal_lever_at(&lever, 14).likely, 14, 1e-12);
    lever = lever_of("mix:from=res_external;to=foster_inhouse", &texts);
    ck_assert_double_eq_tol(lever.low, 0, 1e-12);
    ck_assert_double_eq_tol(lever.high, 100, 1e-12);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct err err = {0};
        ck_assert_msg(!goal_lever_read(wrong[i], 50, &texts, &lever, &err), "%s", wrong[i]);
        ck_assert_int_eq(err.code, ERR_USAGE);
    }
    arena_free(&texts);
}
END_TEST

START_TEST(fewer_entries)
{
    struct fixture f;
    struct arena texts = {0};
    struct err err = {0};
    struct goal_answer answer;
    struct goal_trial trial;
    fixture_open(&f, MONTHS, REPLICATES, 3);
    const struct goal_setting setting = setting_of(&f);
    const struct goal_lever lever = lever_of("entries", &texts);
    const struct goal goal = goal_of(&f, .93, .5);
    ck_assert_msg(goal_seek(&setting, &goal, &lever, &answer, &err), "%s", err.message);
    ck_assert_int_eq(answer.fate, GOAL_FOUND);
    ck_assert_double_lt(answer.at.size, 0);
    ck_assert_double_gt(answer.error, 0);
    ck_assert_double_ge(answer.at.outcome.chance, .5);
    ck_assert_double_lt(answer.rest.outcome.chance, .5);
    ck_assert_double_lt(answer.at.entries, answer.rest.entries);
    /* a few standard errors less of it is not enough */
    ck_assert(goal_try(&setting, &goal, &lever, answer.at.size + 3 * answer.error + 2, &trial, &err));
    ck_assert_double_lt(trial.outcome.chance, .5);
    /* the same again, digit by digit */
    struct goal_answer again;
    ck_assert(goal_seek(&setting, &goal, &lever, &again, &err));
    ck_assert_mem_eq(&again.at.size, &answer.at.size, sizeof again.at.size);
    /* surer takes more */
    const struct goal surer = {.target = goal.target, .chance = .8};
    ck_assert(goal_seek(&setting, &surer, &lever, &again, &err));
    ck_assert_double_lt(again.at.size, answer.at.size);
    ck_assert_double_ge(again.at.outcome.chance, .8);
    fixture_close(&f);
    arena_free(&texts);
}
END_TEST

START_TEST(more_and_never)
{
    struct fixture f;
    struct arena texts = {0};
    struct err err = {0};
    struct goal_answer answer;
    fixture_open(&f, MONTHS, REPLICATES, 3);
    const struct goal_setting setting = setting_of(&f);
    const struct goal_lever entries = lever_of("entries", &texts);
    const struct goal_lever teenagers = lever_of("exits:age=16-17;route=sgo", &texts);
    const struct goal more = goal_of(&f, 1.05, .5);
    ck_assert_msg(goal_seek(&setting, &more, &entries, &answer, &err), "%s", err.message);
    ck_assert_int_eq(answer.fate, GOAL_FOUND);
    ck_assert_double_gt(answer.at.size, 0);
    ck_assert_double_ge(answer.at.outcome.chance, .5);
    const double even = answer.at.size;
    const struct goal surer = {.target = more.target, .chance = .8};
    ck_assert(goal_seek(&setting, &surer, &entries, &answer, &err));
    ck_assert_int_eq(answer.fate, GOAL_FOUND);
    ck_assert_double_gt(answer.at.size, even);
    ck_assert_double_ge(answer.at.outcome.chance, .8);
    const struct goal half = goal_of(&f, .5, .5);
    ck_assert(goal_seek(&setting, &half, &teenagers, &answer, &err));
    ck_assert_int_eq(answer.fate, GOAL_OUT_OF_REACH);
    ck_assert_double_lt(answer.at.outcome.chance, .5);
    struct goal always = goal_of(&f, .5, .5);
    always.target.at_most = false;
    ck_assert(goal_seek(&setting, &always, &teenagers, &answer, &err));
    ck_assert_int_eq(answer.fate, GOAL_ALWAYS);
    fixture_close(&f);
    arena_free(&texts);
}
END_TEST

Suite *suite_goal(void)
{
    Suite *suite = suite_create("goal");
    TCase *tests = tcase_create("goal");
    tcase_add_test(tests, levers);
    tcase_add_test(tests, fewer_entries);
    tcase_add_test(tests, more_and_never);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    return suite;
}
