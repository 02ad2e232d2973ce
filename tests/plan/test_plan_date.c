/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/plan_date.h"

#include <check.h>

#include "data/file_kind.h"
#include "filed_text.h"

Suite *suite_plan_date(void);

START_TEST(said)
{
    static const int columns[] = {PLAN_TEXT_ACTION, PLAN_TEXT_PLAN_DATE, -1};
    struct filed_text rows = filed_text_make("Open|\nShut|01/08/2012\nLock|2012-07-31\nx|soon\n", columns);
    const day asked = date_from_civil(2011, 3, 2);
    struct plan_stamp stamp = plan_date_find(rows.rows, rows.n, asked);
    ck_assert_int_eq(stamp.date, asked);
    ck_assert_int_eq(stamp.dated, PLAN_DATED_ASKED);
    stamp = plan_date_find(rows.rows, rows.n, DAY_NONE);
    ck_assert_int_eq(stamp.date, date_from_civil(2012, 8, 1)); /* the latest of the column */
    ck_assert_int_eq(stamp.dated, PLAN_DATED_COLUMN);
    filed_text_free(&rows);
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
    tcase_add_test(tests, names);
    tcase_add_test(tests, columns_of_the_files);
    suite_add_tcase(suite, tests);
    return suite;
}
