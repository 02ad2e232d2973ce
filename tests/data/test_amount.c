/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/amount.h"

#include <check.h>

Suite *suite_amount(void);

START_TEST(amounts_of_finance_systems)
{
    /* hand: what each text says, in pence */
    static const struct {
        const char *text;
        pence value;
    } cases[] = {{"\xC2\xA3"
                  "1,234,567.00",
                  123456700},
                 {"1234567", 123456700},
                 {" 980.5 ", 98050},
                 {"(1,200)", -120000},
                 {"( \xC2\xA3"
                  "1,200.01 )",
                  -120001},
                 {"-350.00", -35000},
                 {"350.00-", -35000},
                 {"-\xC2\xA3"
                  "5",
                  -500},
                 {"\xC2\xA3"
                  "-5",
                  -500},
                 {"0", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pence value = 7;
        ck_assert_msg(amount_parse(str_of(cases[i].text), &value) == AMOUNT_READ, "%s", cases[i].text);
        ck_assert_int_eq(value, cases[i].value);
    }
}
END_TEST

START_TEST(what_is_no_amount)
{
    static const char *const none[] = {"",    "abc",   "1,23,456", "12,34", "1.234,50", "(5",
                                       "5)",  "(-5)",  "-5-",      "--5",   "()",       "-",
                                       "1e3", "5 000", "n/a",      "1.234", "\xC2\xA3"};
    static const char *const other[] = {"$5",
                                        "\xE2\x82\xAC"
                                        "1,200.00",
                                        "1200 EUR", "usd 3",
                                        "(\xE2\x82\xAC"
                                        "5)"};
    pence value = 7;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        ck_assert_msg(amount_parse(str_of(none[i]), &value) == AMOUNT_NONE, "%s", none[i]);
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        ck_assert_msg(amount_parse(str_of(other[i]), &value) == AMOUNT_OTHER_CURRENCY, "%s", other[i]);
    ck_assert_int_eq(value, 7);
}
END_TEST

START_TEST(financial_years)
{
    static const char *const good[] = {"2026-27", "2026/27", "2026-2027", " 2026/2027 "};
    static const char *const bad[] = {"2026-28", "2026", "2026-2028", "2026-3027", "26-27", "", "2026_27"};
    int32_t year = 0;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        ck_assert_msg(amount_parse_year(str_of(good[i]), &year), "%s", good[i]);
        ck_assert_int_eq(year, 2027);
    }
    ck_assert(amount_parse_year(str_of("1999-2000"), &year));
    ck_assert_int_eq(year, 2000);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!amount_parse_year(str_of(bad[i]), &year), "%s", bad[i]);
    ck_assert_int_eq(year, 2000);
}
END_TEST

START_TEST(sets_of_groups_there_and_back)
{
    char text[PLACEMENT_SET_TEXT];
    placement_set set = 0;
    ck_assert(placement_set_parse(str_of(" foster_ifa + foster_kin"), &set));
    ck_assert(placement_set_has(set, PLACEMENT_FOSTER_IFA));
    ck_assert(placement_set_has(set, PLACEMENT_FOSTER_KIN));
    ck_assert(!placement_set_has(set, PLACEMENT_SECURE));
    placement_set_format(set, text); /* in the order of the groups, whatever the file's */
    ck_assert_str_eq(text, "foster_kin+foster_ifa");
    ck_assert(placement_set_parse(str_of("  "), &set));
    ck_assert_uint_eq(set, 0);
    ck_assert(!placement_set_parse(str_of("foster_kin+"), &set));
    ck_assert(!placement_set_parse(str_of("foster_kin+hotel"), &set));
    ck_assert_uint_eq(set, 0);
    const placement_set all = ((placement_set)1 << PLACEMENT_COUNT) - 1;
    placement_set_format(all, text);
    ck_assert(placement_set_parse(str_of(text), &set));
    ck_assert_uint_eq(set, all);
}
END_TEST

Suite *suite_amount(void)
{
    Suite *suite = suite_create("amount");
    TCase *tests = tcase_create("amount");
    tcase_add_test(tests, amounts_of_finance_systems);
    tcase_add_test(tests, what_is_no_amount);
    tcase_add_test(tests, financial_years);
    tcase_add_test(tests, sets_of_groups_there_and_back);
    suite_add_tcase(suite, tests);
    return suite;
}
