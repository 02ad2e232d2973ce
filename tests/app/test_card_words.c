/* SPDX-License-Identifier: GPL-3.0-or-later
 * Answers and sentences of forecasts made by hand; dates and words by hand. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "app/card_words.h"

Suite *suite_card_words(void);

static struct card_forecast made(day begins, double turned)
{
    struct card_forecast f = {.n_scenarios = begins == DAY_NONE ? 1 : 2,
                              .begins = begins,
                              .turned = turned,
                              .stock = 1183,
                              .expected = {1113, 1184, 1268},
                              .with = {958, 1073, 1231},
                              .without = {1010, 1152, 1300},
                              .gap = {-110, -83, -61}};
    f.outlook.origin = date_from_civil(2026, 3, 31);
    f.outlook.history.start = date_from_civil(2020, 4, 1);
    f.until = date_from_civil(2029, 3, 31);
    card_forecast_freeze(&f);
    card_forecast_judge(&f);
    return f;
}

static const struct {
    int32_t year, month, day; /* the plan begins; 0: there is none */
    double turned;
    enum card_baseline baseline;
    int32_t frozen[3];
    const char *answer, *title;
} cases[] = {
    /* frozen at the month end before the plan */
    {2024,
     5,
     17,
     .80,
     CARD_SINCE_PLAN,
     {2024, 4, 30},
     "Yes",
     "Is the curve turning? Yes: being below the baseline is very likely (80 %)"},
    {2024,
     5,
     17,
     .799,
     CARD_SINCE_PLAN,
     {2024, 4, 30},
     "Not clear yet",
     "Is the curve turning? Not clear yet: being below the baseline is more likely than not (80 %)"},
    {2024,
     5,
     17,
     .40,
     CARD_SINCE_PLAN,
     {2024, 4, 30},
     "Not clear yet",
     "Is the curve turning? Not clear yet: being below the baseline is less likely than not (40 %)"},
    {2024,
     5,
     17,
     .399,
     CARD_SINCE_PLAN,
     {2024, 4, 30},
     "No",
     "Is the curve turning? No: being below the baseline is less likely than not (40 %)"},
    {2024,
     5,
     17,
     0,
     CARD_SINCE_PLAN,
     {2024, 4, 30},
     "No",
     "Is the curve turning? No: being below the baseline is very unlikely (under 1 %)"},
    /* 91 days before 31 March 2026 is 30 December 2025 */
    {2025,
     12,
     30,
     .95,
     CARD_SINCE_PLAN,
     {2025, 11, 30},
     "Yes",
     "Is the curve turning? Yes: being below the baseline is very likely (95 %)"},
    {2025,
     12,
     31,
     .95,
     CARD_SINCE_YEAR,
     {2025, 3, 31},
     "Too early to say",
     "Is the curve turning? Too early to say: the plan's first effect began on 31 Dec 2025"},
    {2026,
     9,
     1,
     .95,
     CARD_SINCE_YEAR,
     {2025, 3, 31},
     "Too early to say",
     "Is the curve turning? Too early to say: the plan's first effect begins on 1 Sep 2026"},
    /* returns from 1 April 2020: a baseline can be frozen from 31 March 2022 on */
    {2022,
     4,
     1,
     .9,
     CARD_SINCE_PLAN,
     {2022, 3, 31},
     "Yes",
     "Is the curve turning? Yes: being below the baseline is very likely (90 %)"},
    {2022,
     3,
     1,
     .9,
     CARD_SINCE_YEAR,
     {2025, 3, 31},
     "Yes",
     "Is the curve turning? Yes: being below the baseline is very likely (90 %)"},
    /* no plan: against a year ago */
    {0,
     0,
     0,
     .5,
     CARD_SINCE_YEAR,
     {2025, 3, 31},
     "Not clear yet",
     "Is the curve turning? Not clear yet: being below the baseline is about even (50 %)"},
};

START_TEST(answers_follow_the_rule)
{
    char title[CARD_WORDS];
    const day begins =
        cases[_i].year == 0 ? DAY_NONE : date_from_civil(cases[_i].year, cases[_i].month, cases[_i].day);
    const struct card_forecast f = made(begins, cases[_i].turned);
    ck_assert_int_eq(f.baseline, cases[_i].baseline);
    ck_assert_int_eq(f.frozen,
                     date_from_civil(cases[_i].frozen[0], cases[_i].frozen[1], cases[_i].frozen[2]));
    ck_assert_str_eq(card_words_answer(&f), cases[_i].answer);
    card_words_title(&f, title);
    ck_assert_str_eq(title, cases[_i].title);
}
END_TEST

START_TEST(too_little_history_is_said)
{
    char words[CARD_WORDS];
    struct card_forecast f = made(DAY_NONE, (double)NAN);
    f.outlook.history.start = date_from_civil(2023, 5, 1); /* two years before would be 30 April 2025 */
    card_forecast_freeze(&f);
    card_forecast_judge(&f);
    ck_assert_int_eq(f.baseline, CARD_NO_BASELINE);
    ck_assert_str_eq(card_words_answer(&f), "Too early to say");
    card_words_title(&f, words);
    ck_assert_str_eq(words,
                     "Is the curve turning? Too early to say: the returns do not reach back far enough");
    card_words_turned(&f, words);
    ck_assert_str_eq(
        words,
        "1,183 children were looked after on 31 Mar 2026. The returns do not reach back far enough for "
        "a baseline to hold that against");
    card_words_baseline(&f, words);
    ck_assert_str_eq(words, "none");
    f.outlook.history.start = date_from_civil(2023, 4, 1);
    card_forecast_freeze(&f);
    ck_assert_int_eq(f.baseline, CARD_SINCE_YEAR);
}
END_TEST

START_TEST(doubtful_returns_prove_nothing)
{
    char words[CARD_WORDS];
    struct card_forecast f = made(DAY_NONE, .99);
    f.is_doubtful = true;
    card_forecast_judge(&f);
    ck_assert_int_eq(f.answer, CARD_TOO_EARLY);
    ck_assert_str_eq(card_words_answer(&f), "Cannot be said");
    card_words_title(&f, words);
    ck_assert_ptr_nonnull(strstr(words, "new children seem to be missing"));
}
END_TEST

START_TEST(sentences_have_ranges_and_assumptions)
{
    char words[CARD_WORDS];
    struct card_forecast f = made(date_from_civil(2024, 5, 17), .5);
    card_words_turned(&f, words);
    ck_assert_str_eq(
        words,
        "1,183 children were looked after on 31 Mar 2026; the baseline of 30 Apr 2024 expected 1,180 (8 in "
        "10: 1,110 to 1,270), and 50 % of its futures had more");
    card_words_ahead(&f, words);
    ck_assert_str_eq(
        words, "If the plan works as assumed we expect about 1,070 in March 2029 (8 in 10: 960 to 1,230), 85 "
               "fewer than without it");
    f.gap = (struct card_range){-110, -10, 20};
    card_words_ahead(&f, words);
    ck_assert_ptr_nonnull(strstr(words, "not clearly other than without it"));
    f = made(DAY_NONE, .5);
    card_words_ahead(&f, words);
    ck_assert_str_eq(words,
                     "If nothing changes we expect about 1,150 in March 2029 (8 in 10: 1,010 to 1,300)");
    f.without.p50 = (double)NAN;
    card_words_ahead(&f, words);
    ck_assert_str_eq(words, "");
    f.stock = (double)NAN;
    card_words_turned(&f, words);
    ck_assert_ptr_nonnull(strstr(words, "do not say how many"));
}
END_TEST

Suite *suite_card_words(void)
{
    Suite *suite = suite_create("card_words");
    TCase *tcase = tcase_create("card_words");
    tcase_add_loop_test(tcase, answers_follow_the_rule, 0, (int)(sizeof cases / sizeof cases[0]));
    tcase_add_test(tcase, too_little_history_is_said);
    tcase_add_test(tcase, doubtful_returns_prove_nothing);
    tcase_add_test(tcase, sentences_have_ranges_and_assumptions);
    suite_add_tcase(suite, tcase);
    return suite;
}
