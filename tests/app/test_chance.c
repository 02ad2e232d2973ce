/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/chance.h"

#include <check.h>
#include <math.h>

Suite *suite_chance(void);

START_TEST(words_and_per_cent)
{
    /* the words and cut points of the house: below .20, .45, .55, .80, and above */
    static const struct {
        double chance;
        const char *words;
    } cases[] = {{0, "very unlikely (under 1 %)"},     {.004, "very unlikely (under 1 %)"},
                 {.006, "very unlikely (1 %)"},        {.199, "very unlikely (20 %)"},
                 {.2, "less likely than not (20 %)"},  {.44, "less likely than not (44 %)"},
                 {.45, "about even (45 %)"},           {.549, "about even (55 %)"},
                 {.55, "more likely than not (55 %)"}, {.8, "very likely (80 %)"},
                 {.994, "very likely (99 %)"},         {.995, "very likely (over 99 %)"},
                 {1, "very likely (over 99 %)"}};
    char words[CHANCE_WORDS];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        chance_say(cases[i].chance, words);
        ck_assert_str_eq(words, cases[i].words);
    }
    chance_say((double)NAN, words);
    ck_assert_str_eq(words, "");
    chance_per_cent((double)NAN, words);
    ck_assert_str_eq(words, "");
}
END_TEST

START_TEST(the_scale_names_every_step)
{
    char scale[CHANCE_SCALE];
    chance_scale(scale);
    ck_assert_str_eq(scale,
                     "Very unlikely: under 20 %. Less likely than not: 20 to 45 %. About even: 45 to 55 %. "
                     "More likely than not: 55 to 80 %. Very likely: 80 % and over.");
}
END_TEST

Suite *suite_chance(void)
{
    Suite *suite = suite_create("chance");
    TCase *tcase = tcase_create("chance");
    tcase_add_test(tcase, words_and_per_cent);
    tcase_add_test(tcase, the_scale_names_every_step);
    suite_add_tcase(suite, tcase);
    return suite;
}
