/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/finance_job.h"

#include <check.h>
#include <math.h>
#include <string.h>

Suite *suite_finance_words(void);

START_TEST(words_for_chance)
{
    /* the words and cut points of the house: below .20, .45, .55, .80, and above */
    static const struct {
        double chance;
        const char *words;
    } cases[] = {{0, "very unlikely (0 %)"},
                 {.199, "very unlikely (20 %)"},
                 {.2, "less likely than not (20 %)"},
                 {.44, "less likely than not (44 %)"},
                 {.45, "about even (45 %)"},
                 {.549, "about even (55 %)"},
                 {.55, "more likely than not (55 %)"},
                 {.8, "very likely (80 %)"},
                 {1, "very likely (100 %)"}};
    char words[OUTLOOK_NUMBER];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        finance_chance_words(cases[i].chance, words);
        ck_assert_str_eq(words, cases[i].words);
    }
    finance_chance_words((double)NAN, words);
    ck_assert_str_eq(words, "");
}
END_TEST

START_TEST(every_table_says_what_it_is)
{
    for (int t = 0; t < FINANCE_TABLE_COUNT; t++) {
        ck_assert_uint_gt(strlen(finance_table_heading((enum finance_table)t)), 4);
        ck_assert_uint_gt(strlen(finance_table_about((enum finance_table)t)), 20);
    }
}
END_TEST

Suite *suite_finance_words(void)
{
    Suite *suite = suite_create("finance_words");
    TCase *tests = tcase_create("finance_words");
    tcase_add_test(tests, words_for_chance);
    tcase_add_test(tests, every_table_says_what_it_is);
    suite_add_tcase(suite, tests);
    return suite;
}
