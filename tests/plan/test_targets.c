/* SPDX-License-Identifier: GPL-3.0-or-later
 * Targets that add up and targets that do not; the chains are those of the Gateshead plan of 2010. */
#include "plan/targets.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "filed_text.h"

Suite *suite_targets(void);

static const int columns[] = {
    TARGET_TEXT_ACTION_REF, TARGET_TEXT_QUANTITY, TARGET_TEXT_BASELINE, TARGET_TEXT_CHANGE,
    TARGET_TEXT_VALUE,      TARGET_TEXT_UNIT,     TARGET_TEXT_BY,       -1};
static struct targets targets;
static struct said said;

static void setup(void)
{
    targets = (struct targets){0};
    said_init(&said);
}

static void teardown(void)
{
    targets_free(&targets);
    said_free(&said);
}

static void add(const char *text)
{
    struct err err = {0};
    struct filed_text rows = filed_text_make(text, columns);
    targets_free(&targets);
    for (size_t i = 0; i < rows.n; i++) {
        bool usable = false;
        ck_assert(targets_add(&targets, &rows.rows[i], &usable, &said.sink, &err));
        ck_assert(usable == (rows.rows[i].text[TARGET_TEXT_QUANTITY].length > 0));
    }
    filed_text_free(&rows);
}

/* What is said of these targets together. */
static void check(const char *text, const char *wanted)
{
    struct err err = {0};
    add(text);
    ck_assert_str_eq(said_take(&said), "");
    ck_assert(targets_check(&targets, &said.sink, &err));
    ck_assert_str_eq(said_take(&said), wanted);
}

START_TEST(rows)
{
    add("1|stock|1,300|-56||children|31/12/"
        "2007\n|stock||-2.5||pct|\n2|stock|||\n2|stock|13,00|x%|7|children|soon\n"
        "2||1|1|2|children|2012-03-31\n");
    ck_assert_uint_eq(targets.n, 4);
    ck_assert(fabs(targets.items[0].level - 1244) < 1e-9); /* hand: 1300 - 56 */
    ck_assert(isnan(targets.items[0].value));
    ck_assert_int_eq(targets.items[0].by, date_from_civil(2007, 12, 31));
    ck_assert(isnan(targets.items[1].level));
    ck_assert(fabs(targets.items[1].change + 2.5) < 1e-9);
    ck_assert_int_eq(targets.items[1].by, DAY_NONE);
    ck_assert(isnan(targets.items[3].baseline) && isnan(targets.items[3].change));
    ck_assert(fabs(targets.items[3].level - 7) < 1e-9);
    ck_assert_str_eq(said_take(&said),
                     "I-05@5 baseline '13,00' not a number: it counts as not stated\n"
                     "I-05@5 change 'x%' not a number: it counts as not stated\n"
                     "I-05@5 by 'soon' not a date, as in 2012-09-30: it counts as not stated\n"
                     "I-16@6 quantity '' a target needs the quantity it is about\n");
}
END_TEST

START_TEST(one_row)
{
    check("1|stock|12|-4|8|children|2011-03-31\n", "");
    check("1|stock|12|-4|9|children|2011-03-31\n", "I-05@2 value 'stock' 12 -4 is 8, not 9\n");
    check("1|stock||||children|2011-03-31\n", "I-05@2 value 'stock' the target has no figure\n");
    check("1|attendance|||100|percent|\n", "");
    check("1|attendance|||101|percent|\n", "I-05@2 value 'attendance' per cent lie between -100 and 100\n");
    check("1|fees||-101||pct|\n", "I-05@2 change 'fees' per cent lie between -100 and 100\n");
}
END_TEST

START_TEST(chains)
{
    check("2.2.1|stock:placement:res_external|19|-5|14|placements|2011-03-31\n"
          "2.2.3|stock:placement:res_external|14|-7|7|placements|2012-03-31\n"
          "2.2.5|stock:placement:res_external|7|-5|2|placements|2013-03-31\n"
          "2.2|stock:placement:res_external|19|-17|2|placements|2013-03-31\n",
          ""); /* 2.2 restates what its last part says */
    check(
        "2.2.2|stock:placement:foster_ifa|12|-4|8|placements|2011-03-31\n"
        "2.2.4|stock:placement:foster_ifa|7|-3|4|placements|2012-03-31\n"
        "2.2.6|stock:placement:foster_ifa|4|-2|2|placements|2013-03-31\n"
        "2.2|stock:placement:foster_ifa|12|-9|3|placements|2013-03-31\n",
        "I-05@3 baseline 'stock:placement:foster_ifa' starts from 7, but the step before (action 2.2.2) ends "
        "at 8\n"
        "I-05@5 value 'stock:placement:foster_ifa' action 2.2.6 says 2 for this date, this row 3\n");
    /* c counts from where b starts, whatever came before b */
    check("a|stock|25|-7|18|children|2010-03-31\nb|stock|19|-5|14|children|2011-03-31\n"
          "c|stock|19|-9|10|children|2013-03-31\n",
          "I-05@3 baseline 'stock' starts from 19, but the step before (action a) ends at 18\n");
    /* the order of the file does not matter; without dates there is no order */
    check("b|stock|7|-3|4|children|2012-03-31\na|stock|12|-4|8|children|2011-03-31\n",
          "I-05@2 baseline 'stock' starts from 7, but the step before (action a) ends at 8\n");
    check("b|stock|7|-3|4|children|\na|stock|12|-4|8|children|\n", "");
}
END_TEST

START_TEST(twice)
{
    check("1.1|stock||-56||children|2007-12-31\n15.2|stock||-56||children|2007-12-31\n2.1|stock||||children|"
          "2007-12-31\n",
          "I-12@3 quantity 'stock' action 1.1 has the same target\n"
          "I-05@4 value 'stock' the target has no figure\n");
    check("1|stock||-56||children|2007-12-31\n1.1|stock||-56||children|2007-12-31\n", "");
    check("1|stock||-56||children|2007-12-31\n11|stock||-56||children|2007-12-31\n",
          "I-12@3 quantity 'stock' action 1 has the same target\n");
    check("1.1|stock||-56||children|2007-12-31\n1.1|stock||-56||children|2007-12-31\n", "");
    check("1.1|stock||-56||children|2007-12-31\n1.2|stock||-57||children|2007-12-31\n", "");
}
END_TEST

START_TEST(parts_and_places)
{
    check("1|stock|||100|children|2012-03-31\n2|stock:placement:parents|||60|children|2012-03-31\n"
          "3|stock:placement:secure|||40|children|2012-03-31\n4|stock:age:0|||90|children|2012-03-31\n",
          "");
    check("1|stock|||100|children|2012-03-31\n2|stock:placement:parents|||60|children|2012-03-31\n"
          "3|stock:placement:secure|||41|children|2012-03-31\n4|stock:age:0|||90|children|2013-03-31\n",
          "I-05@2 value 'stock' its parts by placement add up to 101 on this date\n");
    check("1A.1|attending|||650|children|2012-09-30\n1A.1|places|||632|places|2012-09-30\n",
          "I-05@3 value 'places' 632 places for a target of 650 children\n");
    check("1A.1|attending|||632|children|2012-09-30\n1A.1|places|||632|places|2012-09-30\n", "");
    check("1A.1|attending|||650|children|2012-09-30\n1A.2|places|||632|places|2012-09-30\n", "");
}
END_TEST

Suite *suite_targets(void)
{
    Suite *suite = suite_create("targets");
    TCase *tests = tcase_create("targets");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, rows);
    tcase_add_test(tests, one_row);
    tcase_add_test(tests, chains);
    tcase_add_test(tests, twice);
    tcase_add_test(tests, parts_and_places);
    suite_add_tcase(suite, tests);
    return suite;
}
