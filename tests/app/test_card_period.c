/* SPDX-License-Identifier: GPL-3.0-or-later
 * By hand, from the calendar: the financial year begins on 1 April. */
#include <check.h>
#include <string.h>

#include "app/card_period.h"

Suite *suite_card_period(void);

static const struct {
    enum card_period_kind kind;
    const char *text, *name, *first, *last, *words;
} read[] = {
    {CARD_QUARTER, "2026-27Q1", "2026-27Q1", "2026-04-01", "2026-06-30", "April to June 2026"},
    {CARD_QUARTER, " 2026-27q4 ", "2026-27Q4", "2027-01-01", "2027-03-31", "January to March 2027"},
    {CARD_QUARTER, "1999-00Q3", "1999-00Q3", "1999-10-01", "1999-12-31", "October to December 1999"},
    {CARD_MONTH, "2026-05", "2026-05", "2026-05-01", "2026-05-31", "May 2026"},
    {CARD_MONTH, "2024-02", "2024-02", "2024-02-01", "2024-02-29", "February 2024"},
    {CARD_HALF_YEAR, "2026-27H1", "2026-27H1", "2026-04-01", "2026-09-30", "April to September 2026"},
    {CARD_HALF_YEAR, "2026-27h2", "2026-27H2", "2026-10-01", "2027-03-31", "October 2026 to March 2027"},
};

START_TEST(reads_periods)
{
    struct card_period period;
    struct err err = {0};
    char date[DATE_TEXT];
    ck_assert_msg(card_period_parse(read[_i].kind, read[_i].text, &period, &err), "%s", err.message);
    ck_assert_str_eq(period.name, read[_i].name);
    ck_assert_str_eq(period.words, read[_i].words);
    date_format_iso(period.first, date);
    ck_assert_str_eq(date, read[_i].first);
    date_format_iso(period.last, date);
    ck_assert_str_eq(date, read[_i].last);
}
END_TEST

static const struct {
    enum card_period_kind kind;
    const char *text;
} refused[] = {
    {CARD_QUARTER, ""},          {CARD_QUARTER, "2026-28Q1"},   {CARD_QUARTER, "2026-27Q5"},
    {CARD_QUARTER, "2026-05"},   {CARD_QUARTER, "2026-27H1"},   {CARD_MONTH, "2026-13"},
    {CARD_MONTH, "2026-5"},      {CARD_MONTH, "2026-05-01"},    {CARD_MONTH, "May 2026"},
    {CARD_HALF_YEAR, "2026-27"}, {CARD_HALF_YEAR, "2026-27H3"}, {CARD_HALF_YEAR, "2026-28H1"},
};

START_TEST(refuses_what_is_none)
{
    struct card_period period;
    struct err err = {0};
    ck_assert(!card_period_parse(refused[_i].kind, refused[_i].text, &period, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.message, "write one as"));
}
END_TEST

START_TEST(neighbours_touch)
{
    for (int kind = CARD_QUARTER; kind <= CARD_HALF_YEAR; kind++) {
        struct card_period period =
            card_period_of((enum card_period_kind)kind, date_from_civil(2018, 11, 30));
        for (int i = 0; i < 40; i++) {
            const struct card_period next = card_period_step(&period, 1);
            const struct card_period back = card_period_step(&next, -1);
            ck_assert_int_eq(next.first, period.last + 1);
            ck_assert_str_eq(back.name, period.name);
            period = next;
        }
    }
}
END_TEST

START_TEST(those_outside_the_data_are_told_which_there_are)
{
    struct err err = {0};
    struct card_period first;
    struct card_period last;
    const day start = date_from_civil(2024, 4, 1);
    const day end = date_from_civil(2026, 5, 31);
    ck_assert(card_period_range(CARD_QUARTER, start, end, &first, &last));
    ck_assert_str_eq(first.name, "2024-25Q1");
    ck_assert_str_eq(last.name, "2025-26Q4"); /* April to June 2026 is not over */
    ck_assert(card_period_check(&last, start, end, &err));
    const struct card_period next = card_period_step(&last, 1);
    ck_assert(!card_period_check(&next, start, end, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_str_eq(err.message,
                     "the quarter 2026-27Q1 is not over by 31 May 2026, where the data end; there are "
                     "quarters from 2024-25Q1 to 2025-26Q4");
    const struct card_period before = card_period_step(&first, -1);
    err = (struct err){0};
    ck_assert(!card_period_check(&before, start, end, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "begins before the data, which start on 1 Apr 2024"));
    err = (struct err){0};
    ck_assert(!card_period_check(&first, start, date_from_civil(2024, 5, 31), &err));
    ck_assert_int_eq(err.code, ERR_NO_INPUT);
}
END_TEST

Suite *suite_card_period(void)
{
    Suite *suite = suite_create("card_period");
    TCase *tcase = tcase_create("card_period");
    tcase_add_loop_test(tcase, reads_periods, 0, (int)(sizeof read / sizeof read[0]));
    tcase_add_loop_test(tcase, refuses_what_is_none, 0, (int)(sizeof refused / sizeof refused[0]));
    tcase_add_test(tcase, neighbours_touch);
    tcase_add_test(tcase, those_outside_the_data_are_told_which_there_are);
    suite_add_tcase(suite, tcase);
    return suite;
}
