/* SPDX-License-Identifier: GPL-3.0-or-later
 * Expected days are read from a calendar; Easter Sundays are those of the tables in the Book of Common
 * Prayer. */
#include "plan/when.h"

#include <check.h>

Suite *suite_when(void);

static day iso(const char *text)
{
    day date = DAY_NONE;
    ck_assert_msg(date_parse_iso(str_of(text), &date), "%s", text);
    return date;
}

static void check_bounds(struct when when, const char *earliest, const char *latest,
                         enum due_precision precision)
{
    day from = DAY_NONE, to = DAY_NONE;
    enum due_precision found = DUE_BY_NONE;
    char text[2][DATE_TEXT];
    ck_assert(when_bounds(&when, &from, &to, &found));
    date_format_iso(from, text[0]);
    date_format_iso(to, text[1]);
    ck_assert_str_eq(text[0], earliest);
    ck_assert_str_eq(text[1], latest);
    ck_assert_int_eq(found, precision);
}

START_TEST(easter_sundays)
{
    /* the earliest and the latest there can be are 22 March (1818) and 25 April (1943) */
    ck_assert_int_eq(when_easter(1818), iso("1818-03-22"));
    ck_assert_int_eq(when_easter(1943), iso("1943-04-25"));
    ck_assert_int_eq(when_easter(2010), iso("2010-04-04"));
    ck_assert_int_eq(when_easter(2011), iso("2011-04-24"));
    ck_assert_int_eq(when_easter(2012), iso("2012-04-08"));
    ck_assert_int_eq(when_easter(2013), iso("2013-03-31"));
    ck_assert_int_eq(when_easter(2016), iso("2016-03-27"));
    ck_assert_int_eq(when_easter(2026), iso("2026-04-05"));
}
END_TEST

START_TEST(units)
{
    check_bounds((struct when){.unit = WHEN_DAY, .year = 2012, .month = 2, .day = 29}, "2012-02-29",
                 "2012-02-29", DUE_BY_DAY);
    check_bounds((struct when){.unit = WHEN_MONTH, .year = 2013, .month = 2}, "2013-02-01", "2013-02-28",
                 DUE_BY_MONTH);
    /* March of the financial year 2011-12 */
    check_bounds((struct when){.unit = WHEN_MONTH, .kind = WHEN_FINANCIAL, .year = 2011, .month = 3},
                 "2012-03-01", "2012-03-31", DUE_BY_MONTH);
    check_bounds((struct when){.unit = WHEN_QUARTER, .kind = WHEN_FINANCIAL, .year = 2012, .number = 4},
                 "2013-01-01", "2013-03-31", DUE_BY_QUARTER);
    check_bounds((struct when){.unit = WHEN_QUARTER, .year = 2012, .number = 4}, "2012-10-01", "2012-12-31",
                 DUE_BY_QUARTER);
    check_bounds(
        (struct when){.unit = WHEN_QUARTER, .kind = WHEN_FINANCIAL, .year = 2012, .number = 3, .last = 4},
        "2012-10-01", "2013-03-31", DUE_BY_RANGE);
    check_bounds((struct when){.unit = WHEN_SEASON, .year = 2011, .number = WHEN_WINTER}, "2011-12-01",
                 "2012-02-29", DUE_BY_SEASON);
    check_bounds((struct when){.unit = WHEN_TERM, .kind = WHEN_ACADEMIC, .year = 2012, .number = WHEN_SPRING},
                 "2013-01-01", "2013-03-31", DUE_BY_TERM);
    check_bounds((struct when){.unit = WHEN_TERM, .kind = WHEN_ACADEMIC, .year = 2012, .number = WHEN_AUTUMN},
                 "2012-09-01", "2012-12-31", DUE_BY_TERM);
    check_bounds((struct when){.unit = WHEN_HOLIDAY, .year = 2012, .number = WHEN_SPRING}, "2012-04-01",
                 "2012-04-15", DUE_BY_RANGE);
    check_bounds((struct when){.unit = WHEN_YEAR, .kind = WHEN_ACADEMIC, .year = 2012}, "2012-09-01",
                 "2013-08-31", DUE_BY_YEAR);
    check_bounds((struct when){.unit = WHEN_YEAR, .kind = WHEN_MUNICIPAL, .year = 2012}, "2012-05-01",
                 "2013-04-30", DUE_BY_YEAR);
    check_bounds((struct when){.unit = WHEN_YEAR, .kind = WHEN_FINANCIAL, .year = 2008, .last_year = 2010},
                 "2008-04-01", "2011-03-31", DUE_BY_RANGE);
    check_bounds((struct when){.unit = WHEN_EVENT, .year = 2012, .number = WHEN_CHRISTMAS}, "2012-12-25",
                 "2012-12-25", DUE_BY_DAY);
}
END_TEST

START_TEST(parts)
{
    struct when june = {.unit = WHEN_MONTH, .year = 2012, .month = 6};
    struct when year = {.unit = WHEN_YEAR, .kind = WHEN_FINANCIAL, .year = 2012, .last_year = 2012};
    struct when days = {.unit = WHEN_DAY, .year = 2012, .month = 3, .day = 12};
    june.part = WHEN_START;
    check_bounds(june, "2012-06-01", "2012-06-01", DUE_BY_DAY);
    june.part = WHEN_END;
    check_bounds(june, "2012-06-30", "2012-06-30", DUE_BY_DAY);
    june.part = WHEN_EARLY;
    check_bounds(june, "2012-06-01", "2012-06-10", DUE_BY_RANGE);
    june.part = WHEN_MID;
    check_bounds(june, "2012-06-11", "2012-06-20", DUE_BY_RANGE);
    june.part = WHEN_LATE;
    check_bounds(june, "2012-06-21", "2012-06-30", DUE_BY_RANGE);
    june.part = WHEN_HALF;
    june.nth = 2;
    check_bounds(june, "2012-06-16", "2012-06-30", DUE_BY_RANGE);
    june.part = WHEN_WEEK;
    check_bounds(june, "2012-06-08", "2012-06-14", DUE_BY_RANGE);
    june.nth = 0;
    check_bounds(june, "2012-06-24", "2012-06-30", DUE_BY_RANGE);
    june.part = WHEN_DAYS;
    june.nth = 14;
    check_bounds(june, "2012-06-01", "2012-06-14", DUE_BY_RANGE);
    june.nth = -14;
    check_bounds(june, "2012-06-17", "2012-06-30", DUE_BY_RANGE);
    june.part = WHEN_WEEKDAY; /* 1 June 2012 was a Friday */
    june.weekday = 4;
    june.nth = 1;
    check_bounds(june, "2012-06-01", "2012-06-01", DUE_BY_DAY);
    june.nth = 0;
    check_bounds(june, "2012-06-29", "2012-06-29", DUE_BY_DAY);
    year.part = WHEN_HALF;
    year.nth = 1;
    check_bounds(year, "2012-04-01", "2012-09-30", DUE_BY_RANGE);
    year.part = WHEN_LATE;
    check_bounds(year, "2012-12-01", "2013-03-31", DUE_BY_RANGE);
    days.part = WHEN_WEEK_FROM;
    check_bounds(days, "2012-03-12", "2012-03-18", DUE_BY_RANGE);
    days.part = WHEN_WEEK_TO;
    check_bounds(days, "2012-03-06", "2012-03-12", DUE_BY_RANGE);
}
END_TEST

START_TEST(days_that_do_not_exist)
{
    day earliest = DAY_NONE, latest = DAY_NONE;
    enum due_precision precision;
    const struct when february = {.unit = WHEN_DAY, .year = 2011, .month = 2, .day = 29};
    const struct when fifth = {
        .unit = WHEN_MONTH, .year = 2012, .month = 6, .part = WHEN_WEEKDAY, .nth = 5, .weekday = 0};
    const struct when week = {.unit = WHEN_MONTH, .year = 2012, .month = 6, .part = WHEN_WEEK, .nth = 6};
    ck_assert(!when_bounds(&february, &earliest, &latest, &precision));
    ck_assert(!when_bounds(&fifth, &earliest, &latest, &precision)); /* four Mondays: 4, 11, 18, 25 */
    ck_assert(!when_bounds(&week, &earliest, &latest, &precision));
}
END_TEST

static int32_t completed(struct when when, enum when_rule rule, const char *from)
{
    return when_complete(&when, rule, iso(from)) ? when.year : WHEN_NO_YEAR;
}

START_TEST(missing_years)
{
    const struct when march = {.unit = WHEN_MONTH, .month = 3};
    const struct when april = {.unit = WHEN_DAY, .month = 4, .day = 20};
    const struct when leap = {.unit = WHEN_DAY, .month = 2, .day = 29};
    const struct when never = {.unit = WHEN_DAY, .month = 2, .day = 30};
    ck_assert_int_eq(completed(march, WHEN_NEXT, "2012-03-31"), 2012);
    ck_assert_int_eq(completed(march, WHEN_NEXT, "2012-04-01"), 2013);
    /* 20 April is 103 days before 1 August, and 120 before 18 August */
    ck_assert_int_eq(completed(april, WHEN_RECENT, "2012-08-01"), 2012);
    ck_assert_int_eq(completed(april, WHEN_RECENT, "2012-08-18"), 2012);
    ck_assert_int_eq(completed(april, WHEN_RECENT, "2012-08-19"), 2013);
    ck_assert_int_eq(completed(march, WHEN_NOT_BEFORE, "2012-03-02"), 2013);
    ck_assert_int_eq(completed(march, WHEN_NOT_AFTER, "2012-03-01"), 2012);
    ck_assert_int_eq(completed(march, WHEN_NOT_AFTER, "2012-02-29"), 2011);
    ck_assert_int_eq(completed(leap, WHEN_NEXT, "2012-03-01"), 2016);
    ck_assert_int_eq(completed(leap, WHEN_NEXT, "2096-03-01"), 2104); /* 2100 has none */
    ck_assert_int_eq(completed(never, WHEN_NEXT, "2012-03-01"), WHEN_NO_YEAR);
}
END_TEST

Suite *suite_when(void)
{
    Suite *suite = suite_create("when");
    TCase *cases = tcase_create("when");
    tcase_add_test(cases, easter_sundays);
    tcase_add_test(cases, units);
    tcase_add_test(cases, parts);
    tcase_add_test(cases, days_that_do_not_exist);
    tcase_add_test(cases, missing_years);
    suite_add_tcase(suite, cases);
    return suite;
}
