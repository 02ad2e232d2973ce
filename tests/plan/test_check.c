/* SPDX-License-Identifier: GPL-3.0-or-later
 * Plans that contradict themselves, and plans that do not: each rule has both. Days are counted by hand. */
#include "plan/check.h"

#include <check.h>
#include <string.h>

#include "filed_text.h"
#include "plan_text.h"

Suite *suite_check(void);

static struct plan plan;
static struct effects effects;
static struct targets targets;
static struct said said;

static void setup(void)
{
    plan = (struct plan){0};
    effects = (struct effects){0};
    targets = (struct targets){0};
    said_init(&said);
}

static void teardown(void)
{
    plan_free(&plan);
    effects_free(&effects);
    targets_free(&targets);
    said_free(&said);
}

static void add_effects(const char *text)
{
    static const int columns[] = {EFFECT_TEXT_ACTION_REF, EFFECT_TEXT_LEVER,
                                  EFFECT_TEXT_APPLIES_TO, EFFECT_TEXT_LOW,
                                  EFFECT_TEXT_LIKELY,     EFFECT_TEXT_HIGH,
                                  EFFECT_TEXT_UNIT,       EFFECT_TEXT_START_MILESTONE,
                                  EFFECT_TEXT_REPLACES,   -1};
    struct err err = {0};
    bool usable = false;
    struct filed_text rows = filed_text_make(text, columns);
    effects_free(&effects);
    for (size_t i = 0; i < rows.n; i++)
        ck_assert(effects_add(&effects, &rows.rows[i], &usable, NULL, &err) && usable);
    filed_text_free(&rows);
}

/* What is said of a plan of 1 August 2012 alone, without I-11 when every action has an indicator. */
static void check(const char *text, const char *wanted)
{
    struct err err = {0};
    plan_free(&plan);
    plan = plan_text_make(text, date_from_civil(2012, 8, 1));
    check_join(&plan, &effects, &targets);
    ck_assert(check_plan(&plan, &effects, &targets, &said.sink, &err));
    ck_assert_str_eq(said_take(&said), wanted);
}

START_TEST(words)
{
    check("1|1|a||quite soon|||| i\n1|2|b||May 2013|rather later|||i\n1|3|c||May 2013||purple||i\n",
          "I-02@2 due 'quite soon' A due date of the plan is not understood\n"
          "I-02@3 revised_due 'rather later' A due date of the plan is not understood\n"
          "I-18@4 status 'purple' A status of the plan is not understood\n");
    check("1|1|a||TBC|||| i\n1|2|b||||ongoing||i\n1|3|c||As above||As above||i\n", "");
    check(
        "1|1.1|a||after 1.2||||i\n1|1.2|b||after 1.1||||i\n1|1.3|c||after 7A.1||||i\n1|1.4|d||monthly||||i\n"
        "1|1.5|e||after 1.4||||i\n",
        "I-14@2 due '1.2' it waits for itself in the end\n"
        "I-14@3 due '1.1' it waits for itself in the end\n"
        "I-14@4 due '7A.1' the plan has no action of this reference\n"
        "I-14@6 due '1.4' that action has no date\n");
}
END_TEST

START_TEST(dates)
{
    check("1|1|a||31/03/13|28/02/13|||i\n", /* 31 days */
          "I-03@2 revised_due '28/02/13' the revised date is 31 days before the due\n");
    check("1|1|a||March 2013|15/03/13|||i\n", "");
    /* the plan is of 1 August 2012: 1 December is 122 days later */
    check("1|1|a||December 2012||COMPLETE||i\n",
          "I-03@2 status 'December 2012' complete, but due 122 days after the plan's date\n");
    check("1|1|a||August 2012||COMPLETE||i\n1|2|b||31/07/12||COMPLETE||i\n", "");
    check(
        "1|1|a||31/03/12||||i\n",
        "I-09@2 status '31/03/12' due 123 days before the plan's date, and the plan does not say what became "
        "of it\n");
    check("1|1|a||31/03/12||ongoing||i\n1|2|b||August 2012||||i\n1|3|c||monthly||||i\n", "");
}
END_TEST

START_TEST(references)
{
    check("1|1|a||May 2013||||i\n1|1|b||May 2013||||i\n1|2|c|m|May 2013||||i\n1|2|c|M|May 2013||||i\n",
          "I-03@3 action_ref '1' another action has the same reference; effects belong to the first\n"
          "I-03@5 action_ref '2' the same action and milestone are in an earlier row\n");
    check("1|1|a|m|May 2013||||i\n1|1|a|n|May 2013||||i\n", "");
}
END_TEST

START_TEST(order)
{
    /* 1 to 31 May 2013; 30 June is 30 days before 30 July */
    check("1|1|a||May 2013||||i\n1|1|a|m|01/06/13||||i\n",
          "I-10@3 due '01/06/13' the milestone falls after the end of its action, by 1 days\n");
    check("1|1|a|m|30/07/13||||i\n1|1|a|n|30/06/13||||i\n",
          "I-10@3 due '30/06/13' the milestone falls before the one above it, by 30 days\n");
    check("1|1|a||May 2013||||i\n1|1|a|m|April 2013||||i\n1|1|a|n|15/04/13||||i\n", "");
    check(
        "2|2.5|a||September 2012||||i\n2|2.5.1|b||March 2013||||i\n",
        "I-10@3 due 'March 2013' it falls after the end of action 2.5, of which it is a part, by 152 days\n");
    check("2|2.5|a||ongoing||||i\n2|2.5.1|b||March 2013||||i\n2|2.51|c||March 2014||||i\n", "");
}
END_TEST

START_TEST(measured)
{
    add_effects("2|entries|all|-1|-2|-3|pct||\n");
    check("1|1|a||May 2013\n1|2|b||May 2013\n1|3|c||May 2013||||i\n",
          "I-11@2 indicator '1' Nothing measures an action: it has no indicator, target or effect\n");
}
END_TEST

START_TEST(inferred)
{
    struct err err = {0};
    plan = plan_text_make("1|1|a||23rd Feb||||i\n", DAY_NONE);
    ck_assert(check_plan(&plan, &effects, &targets, &said.sink, &err));
    ck_assert_str_eq(said_take(&said),
                     "I-13@0 plan_date 'oak' the plan oak does not say of which day it is, and nothing in it "
                     "tells\nI-02@2 due '23rd Feb' A due date of the plan is not understood\n");
    plan_free(&plan);
    plan = plan_text_make("1|1|a||31/03/12||COMPLETE|Live May 2012|i\n", DAY_NONE);
    ck_assert(check_plan(&plan, &effects, &targets, &said.sink, &err));
    ck_assert_str_eq(said_take(&said),
                     "I-13@0 plan_date 'oak' the plan oak does not say of which day it is: by its texts, "
                     "2012-05-31\n");
}
END_TEST

/* What is said of effects beside a plan of five actions. */
static void check_rows(const char *text, const char *wanted)
{
    struct err err = {0};
    add_effects(text);
    plan_free(&plan);
    plan = plan_text_make(
        "1|1|a|m|May 2013\n1|2|b||May 2013\n1|3|c||May 2013\n1|4|d||May 2013\n1|5|e|n|May 2013\n",
        date_from_civil(2012, 8, 1));
    check_join(&plan, &effects, &targets);
    ck_assert(check_effects(&plan, &effects, &said.sink, &err));
    ck_assert_str_eq(said_take(&said), wanted);
}

START_TEST(effects_of_a_plan)
{
    check_rows("1|entries|all|-1|-2|-3|pct||\n2|moves|all|-1|-2|-3|pct|N|\n", "");
    ck_assert_int_eq(effects.items[0].i_start, 0);
    ck_assert_int_eq(effects.items[1].i_start, 4); /* the milestone n */
    check_rows("9|entries|all|-1|-2|-3|pct||\n1|moves|all|-1|-2|-3|pct|q|\n2|exits|all|1|2|3|pct||8\n",
               "I-04@2 action_ref '9' the plan has no action of this reference\n"
               "I-04@3 start_milestone 'q' the plan has no action or milestone of this name\n"
               "I-04@4 replaces '8' the plan has no action of this reference to replace\n");
    for (size_t i = 0; i < effects.n; i++)
        ck_assert(!effects.items[i].usable);
}
END_TEST

START_TEST(two_actions_one_effect)
{
    check_rows(
        "1|entries|age=0-4|-1|-2|-3|pct||\n2|entries|age=0-4|-1|-2|-3|pct||\n1|entries|age=0-4|-4|-5|-6|"
        "pct||\n",
        "I-12@3 applies_to '2' action 1 acts on the same: entries age=0-4\n"
        "I-12@4 applies_to '1' action 2 acts on the same: entries age=0-4\n");
    check_rows("1|entries|all|-1|-2|-3|pct||\n1|entries|all|-1|-2|-3|pct||\n",
               "I-12@3 action_ref '1' the action has this effect twice\n");
    /* takes its place; starts when it ends; adds places; another thing */
    check_rows("1|entries|age=0-4|-1|-2|-3|pct||\n2|entries|age=0-4|-1|-2|-3|pct||1\n", "");
    check_rows(
        "1|mix|from=secure;to=parents|1|2|3|children||\n2|mix|to=parents;from=secure|1|2|3|children|1|\n",
        "");
    check_rows(
        "1|capacity|placement=supported|1|2|3|places||\n2|capacity|placement=supported|1|2|3|places||\n", "");
    check_rows("1|entries|age=0-4|-1|-2|-3|pct||\n2|entries|age=5-9|-1|-2|-3|pct||\n", "");
}
END_TEST

START_TEST(targets_of_a_plan)
{
    static const int columns[] = {TARGET_TEXT_ACTION_REF, TARGET_TEXT_QUANTITY, TARGET_TEXT_VALUE, -1};
    struct err err = {0};
    bool usable = false;
    struct filed_text rows = filed_text_make("1|stock|100\n|exits|9\n7|nights|3\n", columns);
    for (size_t i = 0; i < rows.n; i++)
        ck_assert(targets_add(&targets, &rows.rows[i], &usable, NULL, &err));
    filed_text_free(&rows);
    plan = plan_text_make("1|1|a||May 2013\n", date_from_civil(2012, 8, 1));
    check_join(&plan, &effects, &targets);
    ck_assert(check_targets(&targets, &said.sink, &err));
    ck_assert_str_eq(said_take(&said), "I-05@4 action_ref '7' the plan has no action of this reference\n");
    add_effects("1|entries|all|-1|-2|-3|pct||\n");
    ck_assert(check_orphans(&effects, &targets, &said.sink, &err));
    ck_assert_str_eq(said_take(&said),
                     "I-17@2 plan '1' Effects or targets belong to a plan that is not stored\n"
                     "I-17@2 plan 'stock' Effects or targets belong to a plan that is not stored\n"
                     "I-17@3 plan 'exits' Effects or targets belong to a plan that is not stored\n"
                     "I-17@4 plan 'nights' Effects or targets belong to a plan that is not stored\n");
}
END_TEST

Suite *suite_check(void)
{
    Suite *suite = suite_create("check");
    TCase *tests = tcase_create("check");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, words);
    tcase_add_test(tests, dates);
    tcase_add_test(tests, references);
    tcase_add_test(tests, order);
    tcase_add_test(tests, measured);
    tcase_add_test(tests, inferred);
    tcase_add_test(tests, effects_of_a_plan);
    tcase_add_test(tests, two_actions_one_effect);
    tcase_add_test(tests, targets_of_a_plan);
    suite_add_tcase(suite, tests);
    return suite;
}
