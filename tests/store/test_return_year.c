/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/return_year.h"

#include <check.h>

Suite *suite_return_year(void);

static void add_starts(struct return_dates *dates, int32_t year, int32_t month, int n)
{
    for (int i = 0; i < n; i++)
        return_dates_add_start(dates, date_from_civil(year, month, 15));
}

START_TEST(latest_year)
{
    struct return_dates dates = {0};
    ck_assert_int_eq(return_dates_year(&dates), 0);
    return_dates_add_end(&dates, DAY_NONE);
    ck_assert_int_eq(return_dates_year(&dates), 0);
    add_starts(&dates, 2016, 6, 5);
    add_starts(&dates, 2017, 6, 5);
    ck_assert_int_eq(return_dates_year(&dates), 2018); /* June 2017 lies in the year to March 2018 */
    return_dates_add_end(&dates, date_from_civil(2018, 4, 1));
    ck_assert_int_eq(return_dates_year(&dates), 2018); /* an end on 1 April counts as 31 March */
    return_dates_add_end(&dates, date_from_civil(2018, 4, 2));
    ck_assert_int_eq(return_dates_year(&dates), 2019);
}
END_TEST

START_TEST(strays)
{
    struct return_dates dates = {0};
    add_starts(&dates, 2020, 6, 400);
    return_dates_add_start(&dates, date_from_civil(2021, 5, 1)); /* 1 of 401 is fewer than 1 in 200 */
    ck_assert_int_eq(return_dates_year(&dates), 2021);
    add_starts(&dates, 2021, 5, 3); /* 4 of 404 are more */
    ck_assert_int_eq(return_dates_year(&dates), 2022);
    struct return_dates few = {0};
    add_starts(&few, 2020, 6, 9);
    add_starts(&few, 2030, 6, 1); /* alone, ten dates, nothing the year before */
    ck_assert_int_eq(return_dates_year(&few), 2021);
    struct return_dates child = {0}; /* a single child of a small authority */
    add_starts(&child, 2015, 6, 1);
    return_dates_add_end(&child, date_from_civil(2021, 6, 1));
    ck_assert_int_eq(return_dates_year(&child), 2022);
}
END_TEST

START_TEST(names)
{
    static const struct {
        const char *name;
        int32_t year;
    } cases[] = {{"2017", 2017},
                 {"SSDA903 2021-22", 2022},
                 {"2021_22", 2022},
                 {"2021-2022", 2022},
                 {"return_2019.csv", 2019},
                 {"2021-04", 2021},
                 {"LAC", 0},
                 {"", 0},
                 {"2019 and 2021", 0},
                 {"20170401", 0},
                 {"1899", 0},
                 {"2019/2019-20", 0},
                 {"2022 returns of 2022", 2022}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_msg(return_year_of_name(cases[i].name) == cases[i].year, "%s", cases[i].name);
}
END_TEST

Suite *suite_return_year(void)
{
    Suite *suite = suite_create("return_year");
    TCase *tests = tcase_create("return_year");
    tcase_add_test(tests, latest_year);
    tcase_add_test(tests, strays);
    tcase_add_test(tests, names);
    suite_add_tcase(suite, tests);
    return suite;
}
