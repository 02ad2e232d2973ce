/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"

#include <check.h>

Suite *suite_date(void);

START_TEST(day_numbers)
{
    /* R 4.2: as.integer(as.Date(..)) */
    ck_assert_int_eq(date_from_civil(1900, 3, 1), -25508);
    ck_assert_int_eq(date_from_civil(2000, 2, 29), 11016);
    ck_assert_int_eq(date_from_civil(2004, 2, 29), 12477);
    ck_assert_int_eq(date_from_civil(2016, 4, 1), 16892);
    ck_assert_int_eq(date_from_civil(2022, 2, 28), 19051);
    ck_assert_int_eq(date_from_civil(2022, 3, 1), 19052);
    ck_assert_int_eq(date_from_civil(2022, 3, 31), 19082);
    ck_assert_int_eq(date_from_civil(2100, 2, 28), 47540);
}
END_TEST

/* Every day of 1,095 years: the calendar there and back, months that follow each other, ages on birthdays. */
START_TEST(round_trip)
{
    struct civil before = date_to_civil(-200001);
    int32_t wrong = 0;
    for (day d = -200000; d <= 200000; d++) {
        const struct civil c = date_to_civil(d);
        bool right = date_is_civil(c) && date_from_civil(c.year, c.month, c.day) == d;
        if (c.day == 1)
            right = right && date_month_end(d - 1, 0) == d - 1 && date_month_start(d, 0) == d &&
                    date_month_start(d - 1, 1) == d;
        else
            right = right && c.day == before.day + 1 && c.month == before.month;
        wrong += right ? 0 : 1;
        before = c;
    }
    ck_assert_int_eq(wrong, 0);
}
END_TEST

START_TEST(leap_day_birthday)
{
    /* born 2004-02-29: 17 on 2022-02-28, 18 on 2022-03-01, day number 19052 */
    const day born = date_from_civil(2004, 2, 29);
    ck_assert_int_eq(date_age_on(born, 19051), 17);
    ck_assert_int_eq(date_age_on(born, 19052), 18);
    ck_assert_int_eq(date_birthday(born, 18), 19052);
    ck_assert_int_eq(date_birthday(born, 16), date_from_civil(2020, 2, 29));
    /* born 2006-05-20: 9 on 2016-05-19 (16940), 10 the day after */
    ck_assert_int_eq(date_age_on(date_from_civil(2006, 5, 20), 16940), 9);
    ck_assert_int_eq(date_age_on(date_from_civil(2006, 5, 20), 16941), 10);
}
END_TEST

/* For every birth date of a leap cycle the age turns exactly on the birthday. */
START_TEST(age_turns_on_birthday)
{
    for (day born = date_from_civil(2000, 1, 1); born < date_from_civil(2004, 1, 1); born++) {
        for (int32_t years = 1; years <= 18; years++) {
            const day birthday = date_birthday(born, years);
            ck_assert_int_eq(date_age_on(born, birthday), years);
            ck_assert_int_eq(date_age_on(born, birthday - 1), years - 1);
        }
    }
}
END_TEST

START_TEST(financial_years)
{
    char text[DATE_TEXT];
    ck_assert_int_eq(date_financial_year(date_from_civil(2022, 3, 31)), 2022);
    ck_assert_int_eq(date_financial_year(date_from_civil(2022, 4, 1)), 2023);
    ck_assert_int_eq(date_year_end(2022), 19082);
    date_format_financial_year(2027, text);
    ck_assert_str_eq(text, "2026-27");
    date_format_financial_year(2000, text);
    ck_assert_str_eq(text, "1999-00");
    ck_assert_int_eq(date_quarter(date_from_civil(2026, 4, 1)), 1);
    ck_assert_int_eq(date_quarter(date_from_civil(2026, 9, 30)), 2);
    ck_assert_int_eq(date_quarter(date_from_civil(2026, 12, 31)), 3);
    ck_assert_int_eq(date_quarter(date_from_civil(2027, 1, 1)), 4);
}
END_TEST

START_TEST(financial_year_text)
{
    static const char *const bad[] = {"2026-28",  "2026-26", "2026/27", "2026-2027", "26-27",
                                      "2026-27 ", "",        "0000-01", "2o26-27",   "2026-2"};
    int32_t year = 0;
    ck_assert(date_parse_financial_year(str_of("2026-27"), &year));
    ck_assert_int_eq(year, 2027);
    ck_assert(date_parse_financial_year(str_of("1999-00"), &year));
    ck_assert_int_eq(year, 2000);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!date_parse_financial_year(str_of(bad[i]), &year), "%s", bad[i]);
    ck_assert_int_eq(year, 2000);
}
END_TEST

START_TEST(months_later)
{
    /* hand */
    ck_assert_int_eq(date_add_months(date_from_civil(2022, 1, 31), 1), date_from_civil(2022, 2, 28));
    ck_assert_int_eq(date_add_months(date_from_civil(2023, 11, 30), 3), date_from_civil(2024, 2, 29));
    ck_assert_int_eq(date_add_months(date_from_civil(2022, 5, 17), -6), date_from_civil(2021, 11, 17));
    ck_assert_int_eq(date_add_months(date_from_civil(2022, 2, 28), 6), date_from_civil(2022, 8, 28));
    ck_assert_int_eq(date_add_months(date_from_civil(2022, 2, 28), 0), date_from_civil(2022, 2, 28));
}
END_TEST

START_TEST(iso_text)
{
    static const char *const bad[] = {"2022-3-31",  "2022-02-30", "31/03/2022", "2022-03-31x", " 2022-03-31",
                                      "2022/03/31", "0000-01-01", "2021-02-29", "20a2-01-01",  ""};
    char text[DATE_TEXT];
    day d = DAY_NONE;
    ck_assert(date_parse_iso(str_of("2022-03-31"), &d));
    ck_assert_int_eq(d, 19082);
    date_format_iso(d, text);
    ck_assert_str_eq(text, "2022-03-31");
    date_format_words(d, text);
    ck_assert_str_eq(text, "31 Mar 2022");
    date_format_iso(DAY_OPEN, text);
    ck_assert_str_eq(text, "open");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!date_parse_iso(str_of(bad[i]), &d), "%s", bad[i]);
    ck_assert_int_eq(d, 19082);
}
END_TEST

Suite *suite_date(void)
{
    Suite *suite = suite_create("date");
    TCase *tcase = tcase_create("date");
    tcase_add_test(tcase, day_numbers);
    tcase_add_test(tcase, round_trip);
    tcase_add_test(tcase, leap_day_birthday);
    tcase_add_test(tcase, age_turns_on_birthday);
    tcase_add_test(tcase, financial_years);
    tcase_add_test(tcase, financial_year_text);
    tcase_add_test(tcase, months_later);
    tcase_add_test(tcase, iso_text);
    suite_add_tcase(suite, tcase);
    return suite;
}
