/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two versions of an invented plan; days are counted by hand. */
#include "plan/changes.h"

#include <check.h>
#include <stdlib.h>

#include "plan_text.h"

Suite *suite_changes(void);

/* "moved 2 +30; added 5" */
static void check(const char *first, const char *second, const char *wanted)
{
    struct err err = {0};
    struct text line = {0};
    struct change *changes = NULL;
    size_t n = 0;
    struct plan before = plan_text_make(first, date_from_civil(2012, 8, 1));
    struct plan after = plan_text_make(second, date_from_civil(2012, 11, 1));
    ck_assert(changes_find(&before, &after, &changes, &n, &err));
    for (size_t i = 0; i < n; i++) {
        const struct plan_row *row = changes[i].after != NULL ? changes[i].after : changes[i].before;
        ck_assert(text_format(&line, &err, "%s%s %s", i > 0 ? "; " : "", change_kind_name(changes[i].kind),
                              row->ref));
        if (changes[i].kind == CHANGE_MOVED)
            ck_assert(text_format(&line, &err, " %+d", (int)changes[i].days));
    }
    ck_assert_str_eq(text_c(&line), wanted);
    text_free(&line);
    free(changes);
    plan_free(&before);
    plan_free(&after);
}

START_TEST(kinds)
{
    check("1|1|a||March 2013\n1|2|b||May 2013\n1|3|c||ongoing\n1|4|d||May 2013||On track\n1|5|e||May 2013\n"
          "1|6|f||May 2013\n",
          "1|1|a||April 2013||Complete\n1|2|b||15/04/2013\n1|3|c||May 2013\n1|4|d||May 2013||Complete\n"
          "1|5|e||ongoing\n1|7|g||May 2013\n",
          /* 31 March to 30 April; 31 May to 15 April */
          "moved 1 +30; moved 2 -46; dated 3; status 4; undated 5; added 7; dropped 6");
    check("1|1|a||March 2013\n", "1|1|a||March 2013\n", "");
    check("", "1|1|a||March 2013\n", "added 1");
    /* the word for a day may change: what counts is the day */
    check("1|1|a||By 31 March 2013\n", "1|1|a||31/03/13\n", "");
    check("1|1|a||31/03/13\n", "1|1|a||31/03/13|Revised to June 2013\n", "moved 1 +91");
}
END_TEST

START_TEST(rows_find_each_other)
{
    /* by milestone, whatever the order, with one put in between */
    check("1|1|a|m|March 2013\n1|1|a|n|May 2013\n",
          "1|1|a|n|May 2013\n1|1|a|x|April 2013\n1|1|a|m|March 2013\n", "added 1");
    /* reworded, the only one of its action */
    check("1|1|a|m|March 2013\n", "1|1|a|other words|April 2013\n", "moved 1 +30");
    /* two reworded at once cannot be told apart */
    check("1|1|a|m|March 2013\n1|1|a|n|March 2013\n", "1|1|a|x|March 2013\n1|1|a|y|March 2013\n",
          "added 1; added 1; dropped 1; dropped 1");
    /* one reference for two actions: by their texts */
    check("1|1|a||March 2013\n1|1|b||May 2013\n", "1|1|a||March 2013\n1|1|b||June 2013\n", "moved 1 +30");
}
END_TEST

Suite *suite_changes(void)
{
    Suite *suite = suite_create("changes");
    TCase *tests = tcase_create("changes");
    tcase_add_test(tests, kinds);
    tcase_add_test(tests, rows_find_each_other);
    suite_add_tcase(suite, tests);
    return suite;
}
