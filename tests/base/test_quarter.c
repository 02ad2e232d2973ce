/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/quarter.h"

#include <check.h>

Suite *suite_quarter(void);

START_TEST(parts)
{
    const quarter q = quarter_make(2027, 1);
    ck_assert_int_eq(quarter_year(q), 2027);
    ck_assert_int_eq(quarter_number(q), 1);
    ck_assert_int_eq(quarter_first_day(q), date_from_civil(2026, 4, 1));
    ck_assert_int_eq(quarter_last_day(q), date_from_civil(2026, 6, 30));
    /* January to March, with a leap day */
    ck_assert_int_eq(quarter_first_day(quarter_make(2024, 4)), date_from_civil(2024, 1, 1));
    ck_assert_int_eq(quarter_last_day(quarter_make(2024, 4)), date_from_civil(2024, 3, 31));
    ck_assert_int_eq(quarter_make(2027, 4) + 1, quarter_make(2028, 1));
    ck_assert_int_eq(q - QUARTERS, quarter_make(2026, 1));
}
END_TEST

/* Every day of forty years lies between the first and last day of its quarter, and quarters follow each
 * other. */
START_TEST(days)
{
    const day until = date_from_civil(2030, 1, 1);
    for (day d = date_from_civil(1990, 1, 1); d < until; d++) {
        const quarter q = quarter_of_day(d);
        ck_assert_int_le(quarter_first_day(q), d);
        ck_assert_int_ge(quarter_last_day(q), d);
        ck_assert_int_eq(quarter_of_day(quarter_last_day(q) + 1), q + 1);
    }
}
END_TEST

START_TEST(text)
{
    static const char *const bad[] = {"2026-27Q0", "2026-27Q5",  "2026-28Q1",  "2026-27",
                                      "2026-27Q",  "2026Q1",     "2026-27Q11", "2026-27  Q1",
                                      "",          "Q1 2026-27", "2026-27 "};
    char out[DATE_TEXT];
    quarter q = 0;
    ck_assert(quarter_parse(str_of("2026-27Q1"), &q));
    ck_assert_int_eq(q, quarter_make(2027, 1));
    quarter_format(q, out);
    ck_assert_str_eq(out, "2026-27Q1");
    ck_assert(quarter_parse(str_of("1999-00 q4"), &q));
    quarter_format(q, out);
    ck_assert_str_eq(out, "1999-00Q4");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!quarter_parse(str_of(bad[i]), &q), "%s", bad[i]);
    ck_assert_int_eq(q, quarter_make(2000, 4));
}
END_TEST

Suite *suite_quarter(void)
{
    Suite *suite = suite_create("quarter");
    TCase *tcase = tcase_create("quarter");
    tcase_add_test(tcase, parts);
    tcase_add_test(tcase, days);
    tcase_add_test(tcase, text);
    suite_add_tcase(suite, tcase);
    return suite;
}
