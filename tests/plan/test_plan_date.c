/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/plan_date.h"

#include <check.h>
#include <string.h>

#include "data/file_kind.h"
#include "filed_text.h"

Suite *suite_plan_date(void);

START_TEST(said)
{
    static const int columns[] = {PLAN_TEXT_ACTION, PLAN_TEXT_PLAN_DATE, -1};
    struct filed_text rows = filed_text_make("Open|\nShut|01/08/2012\nLock|2012-07-31\nx|soon\n", columns);
    const day asked = date_from_civil(2011, 3, 2);
    struct plan_stamp stamp = plan_date_find(str_of("oak"), rows.rows, rows.n, asked);
    ck_assert_int_eq(stamp.date, asked);
    ck_assert_int_eq(stamp.dated, PLAN_DATED_ASKED);
    stamp = plan_date_find(str_of("oak"), rows.rows, rows.n, DAY_NONE);
    ck_assert_int_eq(stamp.date, date_from_civil(2012, 8, 1)); /* the latest of the column */
    ck_assert_int_eq(stamp.dated, PLAN_DATED_COLUMN);
    filed_text_free(&rows);
}
END_TEST

/* What a plan of a name and these rows is inferred to be of: "2012-07-31". */
static void infer(const char *name, const char *text, const char *wanted)
{
    static const int columns[] = {PLAN_TEXT_DUE, PLAN_TEXT_STATUS, PLAN_TEXT_PROGRESS, -1};
    char date[DATE_TEXT];
    struct filed_text rows = filed_text_make(text, columns);
    const struct plan_stamp stamp = plan_date_find(str_of(name), rows.rows, rows.n, DAY_NONE);
    date_format_iso(stamp.date, date);
    ck_assert_msg(strcmp(date, wanted) == 0, "%s, not %s, for\n%s", date, wanted, text);
    ck_assert_int_eq(stamp.dated, stamp.date == DAY_NONE ? PLAN_DATED_UNKNOWN : PLAN_DATED_INFERRED);
    filed_text_free(&rows);
}

START_TEST(inferred)
{
    /* what is told of the past, of a month its last day */
    infer("oak", "31/03/12|COMPLETE|Duty team live May 2012; referrals down\n31/03/12||key posts July 2012\n",
          "2012-07-31");
    infer("oak", "31/03/12|COMPLETE|Finished 13th October 2011. Seen November 2011.\n", "2011-11-30");
    /* clauses that look ahead do not count */
    infer("oak",
          "31/03/13||final draft due Sept 2012; to finish by end of August 2012; start Oct 2012; held June "
          "2012\n",
          "2012-06-30");
    /* dues count only when they say that they are done, or nothing else has a date */
    infer("oak", "31/03/13\nIn place - Dec 2009\n", "2009-12-31");
    infer("oak", "31/03/13\n20/05/12\n2011-12\n", "2012-05-01");
    infer("elm-2007", "by 20.02.07\n23rd Feb\nin six months time\nNovember 2006\n", "2007-02-01");
    infer("elm-2007", "ongoing\n", "2007-01-01");
    /* a day without a year tells nothing */
    infer("oak", "23rd Feb||seen in May\n", "");
    infer("oak", "", "");
}
END_TEST

START_TEST(reading_without_a_date)
{
    struct due due;
    ck_assert(plan_date_read(str_of("23 Feb 2007"), DAY_NONE, &due));
    ck_assert_int_eq(due.latest, date_from_civil(2007, 2, 23));
    ck_assert(!plan_date_read(str_of("23 Feb"), DAY_NONE, &due));
    ck_assert(plan_date_read(str_of("ongoing"), DAY_NONE, &due));
    ck_assert_int_eq(due.kind, DUE_ONGOING);
    ck_assert(plan_date_read(str_of("23 Feb"), date_from_civil(2007, 2, 1), &due));
    ck_assert_int_eq(due.latest, date_from_civil(2007, 2, 23));
}
END_TEST

START_TEST(names)
{
    for (int i = 0; i < PLAN_DATED_COUNT; i++)
        ck_assert_int_eq(plan_dated_parse(str_of(plan_dated_name((enum plan_dated)i))), i);
    ck_assert_int_eq(plan_dated_parse(str_of("guessed")), PLAN_DATED_UNKNOWN);
}
END_TEST

/* The enums of plan/filed.h are the columns of the files. */
START_TEST(columns_of_the_files)
{
    ck_assert_str_eq(file_kind_column(FILE_PLAN, PLAN_TEXT_PLAN), "plan");
    ck_assert_str_eq(file_kind_column(FILE_PLAN, PLAN_TEXT_DUE), "due");
    ck_assert_str_eq(file_kind_column(FILE_PLAN, PLAN_TEXT_TARGET), "target");
    ck_assert_str_eq(file_kind_column(FILE_PLAN, PLAN_TEXT_PLAN_DATE), "plan_date");
    ck_assert_ptr_null(file_kind_column(FILE_PLAN, PLAN_TEXT_COUNT));
    ck_assert_str_eq(file_kind_column(FILE_EFFECTS, EFFECT_TEXT_LIKELY), "likely");
    ck_assert_str_eq(file_kind_column(FILE_EFFECTS, EFFECT_TEXT_REPLACES), "replaces");
    ck_assert_ptr_null(file_kind_column(FILE_EFFECTS, EFFECT_TEXT_COUNT));
    ck_assert_str_eq(file_kind_column(FILE_TARGETS, TARGET_TEXT_CHANGE), "change");
    ck_assert_str_eq(file_kind_column(FILE_TARGETS, TARGET_TEXT_NOTE), "note");
    ck_assert_ptr_null(file_kind_column(FILE_TARGETS, TARGET_TEXT_COUNT));
}
END_TEST

Suite *suite_plan_date(void)
{
    Suite *suite = suite_create("plan_date");
    TCase *tests = tcase_create("plan_date");
    tcase_add_test(tests, said);
    tcase_add_test(tests, inferred);
    tcase_add_test(tests, reading_without_a_date);
    tcase_add_test(tests, names);
    tcase_add_test(tests, columns_of_the_files);
    suite_add_tcase(suite, tests);
    return suite;
}
