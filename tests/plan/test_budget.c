/* SPDX-License-Identifier: GPL-3.0-or-later
 * Wordings are those of published plans, and of the kind. */
#include "plan/budget.h"

#include <check.h>
#include <string.h>

#include "plan_text.h"

Suite *suite_budget(void);

START_TEST(amounts)
{
    static const struct {
        const char *text;
        pence amount; /* -1: none */
    } cases[] = {
        {"circa 10k", 1000000},
        {"£120,000", 12000000},
        {"120000", 12000000},
        {" c. £8.5K ", 850000},
        {"c.£8.5K", 850000},
        {"About 1.25 million", 125000000},
        {"£1.2m", 120000000},
        {"up to 3 thousand", 300000},
        {"£1,234.56", 123456},
        {"No additional cost", 0},
        {"no resource implications.", 0},
        {"Nil", 0},
        {"8.5K Pupil premium funding per child", -1},
        {"Costs payable by schools/ MAP", -1},
        {"may incur additional cost", -1},
        {"N/A", -1},
        {"circa", -1},
        {"k", -1},
        {"", -1},
        {"£10k and £20k", -1},
        {"-£10k", -1},
        {"about 2 workers", -1},
        {"\xE2\x82\xAC"
         "10k",
         -1}, /* euros */
        {"99999999999999999k", -1},
        {"cake", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pence amount = 7;
        const bool is_amount = budget_parse(str_of(cases[i].text), &amount);
        ck_assert_msg(is_amount == (cases[i].amount >= 0), "%s", cases[i].text);
        ck_assert_msg(!is_amount || amount == cases[i].amount, "%s: %lld", cases[i].text, (long long)amount);
        ck_assert(is_amount || amount == 7);
    }
}
END_TEST

START_TEST(one_text_of_an_action)
{
    char text[BUDGET_TEXT];
    bool has_amount = true;
    pence amount = 0;
    struct plan plan = plan_text_make("1|1|Do|a\n1|1|Do|b\n1|1|Do|c\n1|2|Be|d\n", DAY_NONE);
    plan.rows[0].text[PLAN_TEXT_BUDGET] = "circa 10k";
    plan.rows[1].text[PLAN_TEXT_BUDGET] = "circa 10k"; /* the same said again */
    budget_of_action(&plan, 0, text, &has_amount, &amount);
    ck_assert_str_eq(text, "circa 10k");
    ck_assert(has_amount);
    ck_assert_int_eq(amount, 1000000);
    plan.rows[2].text[PLAN_TEXT_BUDGET] = "£5,000";
    budget_of_action(&plan, 0, text, &has_amount, &amount);
    ck_assert_str_eq(text, "circa 10k; £5,000"); /* whether they add up nobody says */
    ck_assert(!has_amount);
    budget_of_action(&plan, 1, text, &has_amount, &amount);
    ck_assert_str_eq(text, "");
    ck_assert(!has_amount);
    char long_text[4 * BUDGET_TEXT];
    memset(long_text, 'x', sizeof long_text);
    long_text[sizeof long_text - 1] = '\0';
    plan.rows[3].text[PLAN_TEXT_BUDGET] = long_text;
    budget_of_action(&plan, 1, text, &has_amount, &amount);
    ck_assert_uint_eq(strlen(text), BUDGET_TEXT - 1);
    ck_assert(!has_amount);
    plan_free(&plan);
}
END_TEST

Suite *suite_budget(void)
{
    Suite *suite = suite_create("budget");
    TCase *tcase = tcase_create("budget");
    tcase_add_test(tcase, amounts);
    tcase_add_test(tcase, one_text_of_an_action);
    suite_add_tcase(suite, tcase);
    return suite;
}
