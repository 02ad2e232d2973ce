/* SPDX-License-Identifier: GPL-3.0-or-later
 * Expected days are the dates themselves, written in ISO form. */
#include "data/dateform.h"

#include <check.h>

Suite *suite_dateform(void);

static void check_read(const char *text, enum dateform form, const char *iso)
{
    day found = DAY_NONE;
    day expected = DAY_NONE;
    enum dateform_order order;
    const enum dateform got = dateform_parse(str_of(text), &found, &order);
    ck_assert_msg(got == form, "%s: form %d", text, (int)got);
    ck_assert(date_parse_iso(str_of(iso), &expected));
    ck_assert_msg(found == expected, "%s: %d, not %d", text, found, expected);
}

START_TEST(accepted_forms)
{
    check_read("01/04/2021", DATEFORM_OFFICIAL, "2021-04-01");
    check_read("29/02/2020", DATEFORM_OFFICIAL, "2020-02-29");
    check_read("2021-04-01", DATEFORM_OTHER, "2021-04-01");
    check_read("2021/04/01", DATEFORM_OTHER, "2021-04-01");
    check_read("2021-04-01 00:00:00", DATEFORM_OTHER, "2021-04-01");
    check_read("2021-04-01T13:14:15", DATEFORM_OTHER, "2021-04-01");
    check_read("2021-04-01T13:14:15.123Z", DATEFORM_OTHER, "2021-04-01");
    check_read("01-04-2021", DATEFORM_OTHER, "2021-04-01");
    check_read("01.04.2021", DATEFORM_OTHER, "2021-04-01");
    check_read("1/4/2021", DATEFORM_OTHER, "2021-04-01");
    check_read("01/04/2021 00:00", DATEFORM_OTHER, "2021-04-01");
    check_read("01/04/2021 09:30:00", DATEFORM_OTHER, "2021-04-01");
    check_read("01-Apr-2021", DATEFORM_OTHER, "2021-04-01");
    check_read("1 april 2021", DATEFORM_OTHER, "2021-04-01");
    check_read("01 SEPT 2021", DATEFORM_OTHER, "2021-09-01");
    check_read("01/04/21", DATEFORM_TWO_DIGITS, "2021-04-01");
    check_read("01/04/98", DATEFORM_TWO_DIGITS, "1998-04-01");
    check_read("01-Apr-49", DATEFORM_TWO_DIGITS, "2049-04-01");
    check_read("1/4/50", DATEFORM_TWO_DIGITS, "1950-04-01");
    /* Spreadsheet day 43101 is 1 January 2018 (= 25569 + 17532 days from 1970). */
    check_read("43101", DATEFORM_OTHER, "2018-01-01");
    check_read("43101.0", DATEFORM_OTHER, "2018-01-01");
    check_read("43101.75", DATEFORM_OTHER, "2018-01-01");
    check_read("10000", DATEFORM_OTHER, "1927-05-18");
    check_read("99999", DATEFORM_OTHER, "2173-10-13");
}
END_TEST

START_TEST(impossible_days)
{
    static const char *const texts[] = {"29/02/2021",  "31/04/2021", "00/04/2021", "01/13/2021", "2021-02-30",
                                        "32/01/2021",  "01/00/2021", "01/04/1021", "01/04/2999", "31/02/21",
                                        "31-Feb-2021", "2021-13-01", "04/28/2021", "01/04/0000"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        day found = 7;
        enum dateform_order order;
        ck_assert_msg(dateform_parse(str_of(texts[i]), &found, &order) == DATEFORM_IMPOSSIBLE, "%s",
                      texts[i]);
        ck_assert_int_eq(found, 7);
    }
}
END_TEST

START_TEST(no_dates)
{
    static const char *const texts[] = {
        "",        "?",           "2020",         "20210401",    "01/04",      "01/04/2021/", "01/04-2021",
        "1/4/021", "01/Foo/2021", "01/04/2021 x", "01/04/20211", "4.31E+04",   "9999",        "100000",
        "43101.x", "today",       "01//2021",     "-01/04/2021", "01/+4/2021", "001/04/2021", "/",
        "//",      "2021-4-",     "T00:00",       "01/ap/2021"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        day found = 7;
        enum dateform_order order;
        ck_assert_msg(dateform_parse(str_of(texts[i]), &found, &order) == DATEFORM_NONE, "%s", texts[i]);
        ck_assert_int_eq(found, 7);
    }
}
END_TEST

START_TEST(order_of_day_and_month)
{
    static const struct {
        const char *text;
        enum dateform_order order;
    } rows[] = {
        {"04/28/2021", DATEFORM_ORDER_MONTH_FIRST}, {"28/04/2021", DATEFORM_ORDER_DAY_FIRST},
        {"04/05/2021", DATEFORM_ORDER_ANY},         {"4-28-21", DATEFORM_ORDER_MONTH_FIRST},
        {"28.4.2021", DATEFORM_ORDER_DAY_FIRST},    {"2021-04-28", DATEFORM_ORDER_ANY},
        {"28-Apr-2021", DATEFORM_ORDER_ANY},        {"43101", DATEFORM_ORDER_ANY},
        {"31/02/2021", DATEFORM_ORDER_DAY_FIRST},   {"40/40/2021", DATEFORM_ORDER_ANY},
        {"28/28/2021", DATEFORM_ORDER_ANY},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        day found;
        enum dateform_order order = DATEFORM_ORDER_ANY;
        (void)dateform_parse(str_of(rows[i].text), &found, &order);
        ck_assert_msg(order == rows[i].order, "%s: %d", rows[i].text, (int)order);
    }
}
END_TEST

Suite *suite_dateform(void)
{
    Suite *suite = suite_create("dateform");
    TCase *cases = tcase_create("dateform");
    tcase_add_test(cases, accepted_forms);
    tcase_add_test(cases, impossible_days);
    tcase_add_test(cases, no_dates);
    tcase_add_test(cases, order_of_day_and_month);
    suite_add_tcase(suite, cases);
    return suite;
}
