/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/workday.h"

#include <check.h>

Suite *suite_workday(void);

START_TEST(weekdays)
{
    ck_assert_int_eq(workday_weekday(0), 3);                             /* Thursday */
    ck_assert_int_eq(workday_weekday(-1), 2);                            /* Wednesday */
    ck_assert_int_eq(workday_weekday(date_from_civil(2024, 2, 29)), 3);  /* Thursday */
    ck_assert_int_eq(workday_weekday(date_from_civil(2026, 11, 22)), 6); /* Sunday */
}
END_TEST

/* gov.uk, bank holidays in England and Wales: all of these years, and no other day. */
START_TEST(holidays)
{
    static const struct civil days[] = {
        {2011, 1, 3},   {2011, 4, 22},  {2011, 4, 25},  {2011, 4, 29},  {2011, 5, 2},   {2011, 5, 30},
        {2011, 8, 29},  {2011, 12, 26}, {2011, 12, 27}, {2012, 1, 2},   {2012, 4, 6},   {2012, 4, 9},
        {2012, 5, 7},   {2012, 6, 4},   {2012, 6, 5},   {2012, 8, 27},  {2012, 12, 25}, {2012, 12, 26},
        {2020, 1, 1},   {2020, 4, 10},  {2020, 4, 13},  {2020, 5, 8},   {2020, 5, 25},  {2020, 8, 31},
        {2020, 12, 25}, {2020, 12, 28}, {2021, 1, 1},   {2021, 4, 2},   {2021, 4, 5},   {2021, 5, 3},
        {2021, 5, 31},  {2021, 8, 30},  {2021, 12, 27}, {2021, 12, 28}, {2022, 1, 3},   {2022, 4, 15},
        {2022, 4, 18},  {2022, 5, 2},   {2022, 6, 2},   {2022, 6, 3},   {2022, 8, 29},  {2022, 9, 19},
        {2022, 12, 26}, {2022, 12, 27}, {2023, 1, 2},   {2023, 4, 7},   {2023, 4, 10},  {2023, 5, 1},
        {2023, 5, 8},   {2023, 5, 29},  {2023, 8, 28},  {2023, 12, 25}, {2023, 12, 26}, {2024, 1, 1},
        {2024, 3, 29},  {2024, 4, 1},   {2024, 5, 6},   {2024, 5, 27},  {2024, 8, 26},  {2024, 12, 25},
        {2024, 12, 26},
    };
    static const int32_t years[] = {2011, 2012, 2020, 2021, 2022, 2023, 2024};
    size_t next = 0;
    for (size_t y = 0; y < sizeof years / sizeof years[0]; y++)
        for (day d = date_from_civil(years[y], 1, 1); d < date_from_civil(years[y] + 1, 1, 1); d++) {
            if (!workday_is_holiday(d))
                continue;
            const struct civil c = date_to_civil(d);
            ck_assert_uint_lt(next, sizeof days / sizeof days[0]);
            ck_assert_msg(c.year == days[next].year && c.month == days[next].month && c.day == days[next].day,
                          "%d-%d-%d", (int)c.year, (int)c.month, (int)c.day);
            next++;
        }
    ck_assert_uint_eq(next, sizeof days / sizeof days[0]);
}
END_TEST

START_TEST(days_after)
{
    /* hand: from Monday 2 March 2026 four weeks without a holiday; from 15 December 2022 (a Thursday): 16,
     * 19-23, 28-30 Dec are 9, 3-6 Jan (2 Jan is the substitute) 13, 9-13 Jan 18, 16 and 17 Jan */
    ck_assert_int_eq(workday_after(date_from_civil(2026, 3, 2), 20), date_from_civil(2026, 3, 30));
    ck_assert_int_eq(workday_after(date_from_civil(2022, 12, 15), 20), date_from_civil(2023, 1, 17));
    ck_assert_int_eq(workday_after(date_from_civil(2026, 3, 6), 1), date_from_civil(2026, 3, 9));
    ck_assert(!workday_is_working(date_from_civil(2026, 3, 7)));
    ck_assert(!workday_is_working(date_from_civil(2022, 9, 19)));
    ck_assert(workday_is_working(date_from_civil(2022, 9, 20)));
}
END_TEST

Suite *suite_workday(void)
{
    Suite *suite = suite_create("workday");
    TCase *tcase = tcase_create("workday");
    tcase_add_test(tcase, weekdays);
    tcase_add_test(tcase, holidays);
    tcase_add_test(tcase, days_after);
    suite_add_tcase(suite, tcase);
    return suite;
}
