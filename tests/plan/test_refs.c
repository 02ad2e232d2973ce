/* SPDX-License-Identifier: GPL-3.0-or-later
 * References by the rule in plan/refs.h, each worked out by hand. */
#include "plan/refs.h"

#include <check.h>
#include <string.h>

#include "filed_text.h"

Suite *suite_refs(void);

static const int columns[] = {PLAN_TEXT_PRIORITY_REF, PLAN_TEXT_PRIORITY, PLAN_TEXT_ACTION_REF,
                              PLAN_TEXT_ACTION, -1};
static struct arena arena;
static struct text line;

static void setup(void)
{
    arena = (struct arena){0};
    line = (struct text){0};
}

static void teardown(void)
{
    arena_free(&arena);
    text_free(&line);
}

/* The references of rows, made ones with *, when the version before had those of `earlier`. */
static const char *make(struct filed_text *rows, const struct filed_text *earlier)
{
    struct err err = {0};
    ck_assert(refs_make(rows->rows, rows->n, earlier == NULL ? NULL : earlier->rows,
                        earlier == NULL ? 0 : earlier->n, &arena, &err));
    text_free(&line);
    for (size_t i = 0; i < rows->n; i++)
        ck_assert(text_format(&line, &err, "%s%.*s%s", i > 0 ? " " : "", (int)rows->rows[i].ref.length,
                              rows->rows[i].ref.at, rows->rows[i].ref_made ? "*" : ""));
    return text_c(&line);
}

static void check(const char *text, const char *wanted)
{
    struct filed_text rows = filed_text_make(text, columns);
    ck_assert_str_eq(make(&rows, NULL), wanted);
    filed_text_free(&rows);
}

START_TEST(one_version)
{
    check("1|Home|1.1|Open\n1|Home|1.2|Shut\n", "1.1 1.2");
    check("1|Home||Open\n1|Home||Shut\n2|Away||Open\n", "1.1* 1.2* 2.1*");
    check("|Home||Open\n|Away||Open\n|Home||Shut\n", "1.1* 2.1* 1.2*");
    check("|||Open\n|||Shut\n", "1* 2*");
    /* merged cells: no action, the same action, no priority */
    check("1|Home||Open\n1|Home||\n1|Home||Open\n|||Shut\n2|Away||Open\n|||\n",
          "1.1* 1.1* 1.1* 1.2* 2.1* 2.1*");
    check("1|Home|1.1|Open\n1|Home||\n", "1.1 1.1*");
    /* an action that comes back is the same action; in another priority it is not */
    check("1|Home||Open\n1|Home||Shut\n1|Home||open\n", "1.1* 1.2* 1.1*");
    /* numbers that the plan uses itself are left out; so are references of priorities */
    check("1|Home||Open\n1|Home|1.3|Shut\n1|Home||Lock\n", "1.4* 1.3 1.5*");
    check("1|Home||Open\n|Away||Open\n", "1.1* 2.1*");
    check("a|Home||Open\na|Home|a.x|Shut\n", "a.1* a.x");
    check("", "");
}
END_TEST

START_TEST(later_versions_keep_them)
{
    struct filed_text first = filed_text_make("1|Home||Open\n1|Home||Shut\n2|Away||Open\n", columns);
    struct filed_text second =
        filed_text_make("2|Away||Before\n2|Away||Open\n1|Home||New\n1|Home||Open\n1|Home||Shut\n", columns);
    struct filed_text third = filed_text_make("1|Home||Newer\n1|Home||Shut\n1|Home|1.1|Lock\n", columns);
    ck_assert_str_eq(make(&first, NULL), "1.1* 1.2* 2.1*");
    ck_assert_str_eq(make(&second, &first), "2.2* 2.1* 1.3* 1.1* 1.2*");
    /* 1.1 is now the plan's own; 1.2 stays; 1.3 was used */
    ck_assert_str_eq(make(&third, &second), "1.4* 1.2* 1.1");
    filed_text_free(&first);
    filed_text_free(&second);
    filed_text_free(&third);
}
END_TEST

START_TEST(priorities_without_references_keep_their_number)
{
    struct filed_text first = filed_text_make("|Home||Open\n|Away||Open\n", columns);
    struct filed_text second = filed_text_make("|New||Open\n|Home||Open\n|Away||Open\n", columns);
    struct filed_text third = filed_text_make("|Away||Open\n|Newest||Open\n|New||Open\n", columns);
    ck_assert_str_eq(make(&first, NULL), "1.1* 2.1*");
    ck_assert_str_eq(make(&second, &first), "3.1* 1.1* 2.1*");
    ck_assert_str_eq(make(&third, &second), "2.1* 4.1* 3.1*");
    filed_text_free(&first);
    filed_text_free(&second);
    filed_text_free(&third);
}
END_TEST

Suite *suite_refs(void)
{
    Suite *suite = suite_create("refs");
    TCase *tests = tcase_create("refs");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, one_version);
    tcase_add_test(tests, later_versions_keep_them);
    tcase_add_test(tests, priorities_without_references_keep_their_number);
    suite_add_tcase(suite, tests);
    return suite;
}
