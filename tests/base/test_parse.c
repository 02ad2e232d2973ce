/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/parse.h"

#include <check.h>
#include <math.h>

Suite *suite_parse(void);

START_TEST(integers)
{
    int64_t value = -99;
    ck_assert(parse_int64(str_of(" -42 "), &value));
    ck_assert_int_eq(value, -42);
    ck_assert(parse_int64(str_of("+999999999999999999"), &value));
    ck_assert_int_eq(value, 999999999999999999);
    static const char *const bad[] = {"", "-", "12abc", "1.0", "1e3", "0x1F", "1 2", "9999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!parse_int64(str_of(bad[i]), &value), "%s", bad[i]);
    ck_assert_int_eq(value, 999999999999999999);
    ck_assert(parse_int_between(str_of("40"), 0, 40, &value));
    ck_assert(!parse_int_between(str_of("41"), 0, 40, &value));
    ck_assert_int_eq(value, 40);
}
END_TEST

START_TEST(reals)
{
    static const struct {
        const char *text;
        double value;
    } good[] = {{"12", 12}, {"-0.5", -0.5}, {".5", 0.5}, {"1e3", 1000}, {"+2.5E-1", 0.25}, {" 7. ", 7}};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        double value = 0;
        ck_assert_msg(parse_double(str_of(good[i].text), &value), "%s", good[i].text);
        ck_assert_double_eq_tol(value, good[i].value, 1e-15);
    }
    /* what strtod would have taken */
    static const char *const bad[] = {"",   "-6%", "1,5", "nan", "inf", "1e999",   "0x1p3",
                                      "1e", "1e+", ".",   "--1", "1 2", "infinity"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        double value = 3;
        ck_assert_msg(!parse_double(str_of(bad[i]), &value), "%s", bad[i]);
        ck_assert_double_eq_tol(value, 3, 1e-15);
    }
}
END_TEST

START_TEST(pounds)
{
    static const struct {
        const char *text;
        int64_t value;
    } good[] = {{"420", 42000}, {"1,234.50", 123450},        {"£6,800", 680000}, {"-3.1", -310},
                {"0.05", 5},    {"1,234,567.89", 123456789}, {"-£1", -100},      {" 980.00 ", 98000}};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        int64_t value = 0;
        ck_assert_msg(parse_pence(str_of(good[i].text), &value), "%s", good[i].text);
        ck_assert_int_eq(value, good[i].value);
    }
    static const char *const bad[] = {"",   "$420", "1,23", "12,34.5", "1.234",     "1.",
                                      "€5", "1e3",  ",100", "1,,000",  "12345,678", "-"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int64_t value = 7;
        ck_assert_msg(!parse_pence(str_of(bad[i]), &value), "%s", bad[i]);
        ck_assert_int_eq(value, 7);
    }
}
END_TEST

START_TEST(ranges)
{
    int64_t low = 0;
    int64_t high = 0;
    ck_assert(parse_range(str_of("10-15"), 17, &low, &high) && low == 10 && high == 15);
    ck_assert(parse_range(str_of("0"), 17, &low, &high) && low == 0 && high == 0);
    static const char *const bad[] = {"", "-", "5-", "-5", "15-10", "10-18", "18", "1-2-3", "a-b"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!parse_range(str_of(bad[i]), 17, &low, &high) && low == 0 && high == 0, "%s", bad[i]);
}
END_TEST

START_TEST(days)
{
    int32_t low = 0;
    int32_t high = 0;
    ck_assert(parse_days(str_of("548d+"), &low, &high) && low == 548 && high == INT32_MAX);
    ck_assert(parse_days(str_of("0-60d"), &low, &high) && low == 0 && high == 60);
    static const char *const bad[] = {"", "60", "d", "d+", "+", "60-0d", "5-9d+", "60d-", "0-60"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!parse_days(str_of(bad[i]), &low, &high) && low == 0 && high == 60, "%s", bad[i]);
}
END_TEST

Suite *suite_parse(void)
{
    Suite *suite = suite_create("parse");
    TCase *tcase = tcase_create("parse");
    tcase_add_test(tcase, integers);
    tcase_add_test(tcase, reals);
    tcase_add_test(tcase, pounds);
    tcase_add_test(tcase, ranges);
    tcase_add_test(tcase, days);
    suite_add_tcase(suite, tcase);
    return suite;
}
