/* SPDX-License-Identifier: GPL-3.0-or-later
 * What rows come to together: actions, what is inherited, what counts, what waits for what. Plans are
 * invented; every date is counted by hand. */
#include "plan/plan.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan_text.h"

Suite *suite_plan(void);

static struct plan plan;
static day as_of;

static void setup(void)
{
    plan = (struct plan){0};
    as_of = date_from_civil(2012, 8, 1);
}

static void teardown(void)
{
    plan_free(&plan);
}

static void make(const char *text)
{
    plan_free(&plan);
    plan = plan_text_make(text, as_of);
}

/* "2012-03-01..2012-03-31 due complete" of what counts in a row. */
static const char *row(size_t i)
{
    static char line[128];
    char first[DATE_TEXT], last[DATE_TEXT];
    date_format_iso(plan.rows[i].when.earliest, first);
    date_format_iso(plan.rows[i].when.latest, last);
    ck_assert_int_gt(snprintf(line, sizeof line, "%s..%s %s %s", first, last,
                              due_kind_name(plan.rows[i].when.kind), status_name(plan.rows[i].status)),
                     0);
    return line;
}

START_TEST(actions_and_priorities)
{
    make("1|1.1|Open|first|May 2012\n"
         "||Open|second|June 2012\n"
         "|1.2|Shut||July 2012\n"
         "2|2.1|Lock||May 2012\n"
         "1|1.1|open|third|July 2012\n"
         "2|2.1|Another||May 2012\n"
         "2|2.1|Another|x|May 2012\n"
         "2|2.1|Lock||May 2012\n"
         "2|2.1|Another|y|May 2012\n");
    ck_assert_uint_eq(plan.n_rows, 9);
    ck_assert_uint_eq(plan.n_priorities, 2);
    ck_assert_uint_eq(plan.n_actions, 4);
    const struct plan_action *open = &plan.actions[0];
    ck_assert_int_eq(open->n_rows, 3); /* rows 0, 1, 4 */
    ck_assert_int_eq(plan.rows[0].i_next, 1);
    ck_assert_int_eq(plan.rows[1].i_next, 4);
    ck_assert_int_eq(plan.rows[4].i_next, -1);
    ck_assert_int_eq(open->i_last, 4);
    ck_assert_int_eq(plan.actions[1].i_priority, 0); /* a blank priority is that of the row above */
    ck_assert_int_eq(plan.actions[2].i_priority, 1);
    /* one reference for two actions: it finds the first, and rows go to the one they name */
    ck_assert(plan.actions[3].doubled && !plan.actions[2].doubled);
    ck_assert_int_eq(plan.actions[3].n_rows, 3); /* rows 5, 6, 8 */
    ck_assert_int_eq(plan_find_action(&plan, str_of(" 2.1 ")), 2);
    ck_assert_int_eq(plan.rows[7].i_action, 2);
    ck_assert(plan.rows[7].repeated); /* as row 3 */
    ck_assert(!plan.rows[6].repeated && !plan.rows[4].repeated);
    ck_assert_int_eq(plan_find_action(&plan, str_of("9")), -1);
    /* a milestone by the reference, the latest; by its text */
    ck_assert_int_eq(plan_find_milestone(&plan, str_of("1.1")), 4);
    ck_assert_int_eq(plan_find_milestone(&plan, str_of("Second")), 1);
    ck_assert_int_eq(plan_find_milestone(&plan, str_of("no such")), -1);
    ck_assert_int_eq(plan_find_milestone(&plan, str_of("")), -1);
}
END_TEST

START_TEST(as_above)
{
    make("1|1|a||As above\n"
         "1|2|b||30 June 2012||On track\n"
         "1|3|c||As above.||As above\n"
         "1|4|d||as above\n"
         "1|5|e||quite soon||as above\n");
    ck_assert(!plan.rows[0].due_read); /* nothing is above it */
    ck_assert_str_eq(row(1), "2012-06-30..2012-06-30 due on_track");
    ck_assert_str_eq(row(2), "2012-06-30..2012-06-30 due on_track");
    ck_assert_str_eq(row(3), "2012-06-30..2012-06-30 due unknown");
    ck_assert_str_eq(plan.rows[3].due_text, "30 June 2012");
    ck_assert_str_eq(plan.rows[3].text[PLAN_TEXT_DUE], "as above"); /* as filed */
    ck_assert_str_eq(plan.rows[4].due_text, "quite soon");
    ck_assert_str_eq(row(4), ".. none unknown");
}
END_TEST

START_TEST(what_counts)
{
    make("1|1|a||28/2/12|Revised to Sept 2012|\n"
         "1|2|b||28/2/12|no longer needed\n"
         "1|3|c||31/03/12|Revised date 30/4/2012|COMPLETE\n"
         "1|4|d||In place\n"
         "1|5|e||Ongoing\n"
         "1|6|f||31/03/12|||Completed\n"
         "1|7|g||31/03/12\n"
         "1|8|h||\n");
    ck_assert_str_eq(row(0), "2012-09-01..2012-09-30 due delayed"); /* no status, and revised */
    ck_assert_int_eq(plan_row_days_moved(&plan.rows[0]), 215);      /* 28 Feb to 30 Sept 2012 */
    ck_assert_int_eq(plan_row_days_late(&plan.rows[0], as_of), 0);
    ck_assert_str_eq(row(1), "2012-02-28..2012-02-28 due unknown");
    ck_assert_int_eq(plan_row_days_late(&plan.rows[1], as_of), 155); /* 28 Feb to 1 Aug 2012 */
    ck_assert_int_eq(plan_row_days_moved(&plan.rows[1]), 0);
    ck_assert_str_eq(row(2), "2012-04-30..2012-04-30 due complete");
    ck_assert_int_eq(plan_row_days_moved(&plan.rows[2]), 30);
    ck_assert_int_eq(plan_row_days_late(&plan.rows[2], as_of), 0); /* it is over */
    ck_assert(plan_row_is_over(&plan.rows[2]) && !plan_row_is_over(&plan.rows[0]));
    ck_assert_str_eq(row(3), ".. done complete");
    ck_assert_str_eq(row(4), ".. ongoing ongoing");
    ck_assert_str_eq(row(5), "2012-03-31..2012-03-31 due unknown"); /* progress is free text */
    ck_assert_int_eq(plan_row_days_late(&plan.rows[6], plan.rows[6].when.latest), 0);
    ck_assert_int_eq(plan_row_days_late(&plan.rows[6], plan.rows[6].when.latest + 1), 1);
    ck_assert_int_eq(plan_row_days_late(&plan.rows[6], plan.rows[6].when.latest - 1), 0);
    ck_assert_int_eq(plan_row_days_late(&plan.rows[6], DAY_NONE), 0);
    ck_assert_str_eq(row(7), ".. none unknown");
    ck_assert(plan.rows[7].due_read);
}
END_TEST

START_TEST(one_after_another)
{
    make("1|1.1|a|first|31 Jan 2012\n"
         "1|1.1|a|last|March 2012\n"
         "1|1.2|b||3 months after 1.1\n"
         "1|1.3|c||after 1.2\n"
         "1|1.4|d||after 1.9\n"
         "1|1.5|e||ongoing\n"
         "1|1.6|f||after 1.5\n");
    /* from the last milestone, 1 to 31 March: 1 to 30 June */
    ck_assert_str_eq(row(2), "2012-06-01..2012-06-30 due unknown");
    ck_assert_str_eq(row(3), "2012-06-01..2012-06-30 due unknown");
    ck_assert_int_eq(plan.rows[3].chain, PLAN_CHAIN_NONE);
    ck_assert_int_eq(plan.rows[4].chain, PLAN_CHAIN_NO_ACTION);
    ck_assert_int_eq(plan.rows[6].chain, PLAN_CHAIN_NO_DATE);
    ck_assert(!plan_due_has_date(&plan.rows[4].when));
}
END_TEST

START_TEST(circles)
{
    make("1|1.1|a||after 1.2\n"
         "1|1.2|b||after 1.3\n"
         "1|1.3|c||after 1.1\n"
         "1|1.4|d||after 1.4\n"
         "1|1.5|e||after 1.1\n"
         "1|1.6|f||May 2012\n"
         "1|1.7|g||after 1.6\n");
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(plan.rows[i].chain, PLAN_CHAIN_CIRCLE);
        ck_assert(!plan_due_has_date(&plan.rows[i].when));
    }
    ck_assert_int_eq(plan.rows[4].chain, PLAN_CHAIN_NO_DATE); /* waits for one that is in a circle */
    ck_assert_str_eq(row(6), "2012-05-01..2012-05-31 due unknown");
}
END_TEST

/* Each action waits for the next one, so that the first needs them all. */
START_TEST(a_long_chain)
{
    enum { LONG = 20000 };
    struct err err = {0};
    struct text text = {0};
    for (int i = 0; i < LONG; i++)
        ck_assert(text_format(&text, &err, "1|x%d|a||after x%d\n", i, i + 1));
    ck_assert(text_format(&text, &err, "1|x%d|a||30/06/2012\n", LONG));
    make(text_c(&text));
    ck_assert_str_eq(row(0), "2012-06-30..2012-06-30 due unknown");
    text_free(&text);
}
END_TEST

START_TEST(without_a_date)
{
    as_of = DAY_NONE;
    make("1|1|a||23rd Feb\n1|2|b||within six months\n");
    ck_assert_int_eq(plan.stamp.dated, PLAN_DATED_UNKNOWN);
    ck_assert(!plan.rows[0].due_read);
    ck_assert(!plan_due_has_date(&plan.rows[0].when));
    make("");
    ck_assert_uint_eq(plan.n_actions, 0);
}
END_TEST

Suite *suite_plan(void)
{
    Suite *suite = suite_create("plan");
    TCase *tests = tcase_create("plan");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, actions_and_priorities);
    tcase_add_test(tests, as_above);
    tcase_add_test(tests, what_counts);
    tcase_add_test(tests, one_after_another);
    tcase_add_test(tests, circles);
    tcase_add_test(tests, a_long_chain);
    tcase_add_test(tests, without_a_date);
    suite_add_tcase(suite, tests);
    return suite;
}
