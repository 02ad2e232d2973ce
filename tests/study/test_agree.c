/* SPDX-License-Identifier: GPL-3.0-or-later
 * Targets that go together and targets that do not, by hand. */
#include "study/agree.h"

#include <check.h>
#include <math.h>

Suite *suite_agree(void);

enum { MOST = 6 };

static struct target_goal at(int32_t kind, int32_t member, double level, bool at_most, bool is_share)
{
    return (struct target_goal){.quantity = {MEASURE_STOCK, {(enum group_kind)kind, member}, is_share},
                                .level = level,
                                .at_most = at_most};
}

static double slack_of(const struct target_goal goals[], size_t n, bool can_give[], bool in_conflict[])
{
    struct agreement agreement;
    struct err err = {0};
    ck_assert_msg(agree_check(goals, n, &agreement, can_give, in_conflict, &err), "%s", err.message);
    return agreement.slack;
}

START_TEST(parts_and_whole)
{
    /* hand: 300 + 30 + 45 = 375 against 360: 15, and any of the four can carry it */
    const struct target_goal goals[] = {
        at(GROUP_ALL, 0, 360, true, false),
        at(GROUP_PLACEMENT, PLACEMENT_FOSTER_INHOUSE, 300, false, false),
        at(GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL, 30, false, false),
        at(GROUP_PLACEMENT, PLACEMENT_SUPPORTED, 45, false, false),
    };
    bool can_give[MOST];
    bool in_conflict[MOST];
    ck_assert_double_eq_tol(slack_of(goals, 4, can_give, in_conflict), 15, 1e-6);
    for (int i = 0; i < 4; i++)
        ck_assert(can_give[i] && in_conflict[i]);
    /* without the last they agree, with a part of another kind too: ages are no placements */
    const struct target_goal others[] = {goals[0], goals[1], goals[2],
                                         at(GROUP_AGE, AGE_0, 300, false, false)};
    ck_assert_double_eq_tol(slack_of(others, 4, can_give, in_conflict), 0, 1e-9);
    for (int i = 0; i < 4; i++)
        ck_assert(!can_give[i] && !in_conflict[i]);
}
END_TEST

START_TEST(only_some_can_carry_it)
{
    /* hand: at most 10 in homes, at least 50, at least 30. With x children the three miss by x - 10, 50 - x
     * and 30 - x: 40 at least. The first can carry it alone; were the second to give way, 30 would still
     * contradict 10. */
    const struct target_goal goals[] = {
        at(GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL, 10, true, false),
        at(GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL, 50, false, false),
        at(GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL, 30, false, false),
        at(GROUP_PLACEMENT, PLACEMENT_SUPPORTED, 5, false, false),
    };
    bool can_give[MOST];
    bool in_conflict[MOST];
    ck_assert_double_eq_tol(slack_of(goals, 4, can_give, in_conflict), 40, 1e-6);
    ck_assert(can_give[0] && !can_give[1] && !can_give[2] && !can_give[3]);
    /* the irreducible conflict found by leaving out the 50 first is 10 against 30; nothing else is in it */
    ck_assert(in_conflict[0] && !in_conflict[3]);
    ck_assert_int_eq(in_conflict[1] + in_conflict[2], 1);
}
END_TEST

START_TEST(shares)
{
    /* hand: 60 % and 50 % of the whole are 110 %; of at least 100 children 10 too many */
    const struct target_goal goals[] = {
        at(GROUP_PLACEMENT, PLACEMENT_FOSTER_INHOUSE, 60, false, true),
        at(GROUP_PLACEMENT, PLACEMENT_FOSTER_IFA, 50, false, true),
        at(GROUP_ALL, 0, 100, false, false),
    };
    bool can_give[MOST];
    bool in_conflict[MOST];
    ck_assert_double_eq_tol(slack_of(goals, 3, can_give, in_conflict), 10, 1e-6);
    ck_assert(can_give[0] && can_give[1] && !can_give[2]); /* without children all would agree: 100 to give */
    const struct target_goal fits[] = {at(GROUP_PLACEMENT, PLACEMENT_FOSTER_INHOUSE, 45, false, true),
                                       at(GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL, 7, true, true), goals[2]};
    ck_assert_double_eq_tol(slack_of(fits, 3, can_give, in_conflict), 0, 1e-9);
    ck_assert_double_eq_tol(slack_of(fits, 0, can_give, in_conflict), 0, 1e-9);
}
END_TEST

Suite *suite_agree(void)
{
    Suite *suite = suite_create("agree");
    TCase *tests = tcase_create("agree");
    tcase_add_test(tests, parts_and_whole);
    tcase_add_test(tests, only_some_can_carry_it);
    tcase_add_test(tests, shares);
    suite_add_tcase(suite, tests);
    return suite;
}
