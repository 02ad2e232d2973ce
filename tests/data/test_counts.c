/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/counts.h"

#include <check.h>
#include <stdio.h>
#include <time.h>

#include "tests/build_history.h"

Suite *suite_counts(void);

static const struct group all = {GROUP_ALL, 0};

static struct group placement(enum placement_group group)
{
    return (struct group){GROUP_PLACEMENT, (int32_t)group};
}

static struct group age(enum age_band band)
{
    return (struct group){GROUP_AGE, (int32_t)band};
}

static void make(const struct history *history, struct counts *counts)
{
    struct err err = {0};
    ck_assert_msg(counts_make(history, history->start - 1, history->end, counts, &err), "%s", err.message);
    ck_assert_msg(counts_verify(counts, history, &err), "%s", err.message);
}

static int64_t at(const struct counts *counts, enum measure measure, struct group group, int32_t year,
                  int32_t month)
{
    return counts_at(counts, measure, group, counts_month(counts, on(year, month, 1)));
}

START_TEST(one_child_by_hand)
{
    /* Born 2006-05-20; foster from 2016-04-10, residential from 2016-05-15, home on 2016-07-01. By hand:
     * nights April 21 (10th to 30th), May 31, June 30; aged 9 up to 2016-05-19. */
    struct history history;
    struct counts counts;
    build_init(&history, 2017, 2017);
    build_child(&history, on(2006, 5, 20));
    build_spell(&history, on(2016, 4, 10), on(2016, 7, 1), ROUTE_HOME, PLACEMENT_FOSTER_INHOUSE);
    build_move(&history, on(2016, 5, 15), PLACEMENT_RES_EXTERNAL);
    make(&history, &counts);
    ck_assert_int_eq(counts.n_months, 13); /* March 2016 to March 2017 */
    ck_assert_int_eq(at(&counts, MEASURE_STOCK, all, 2016, 3), 0);
    ck_assert_int_eq(at(&counts, MEASURE_STOCK, all, 2016, 4), 1);
    ck_assert_int_eq(at(&counts, MEASURE_STOCK, all, 2016, 6), 1);
    ck_assert_int_eq(at(&counts, MEASURE_STOCK, all, 2016, 7), 0);
    ck_assert_int_eq(at(&counts, MEASURE_NIGHTS, all, 2016, 4), 21);
    ck_assert_int_eq(at(&counts, MEASURE_NIGHTS, all, 2016, 5), 31);
    ck_assert_int_eq(at(&counts, MEASURE_NIGHTS, all, 2016, 6), 30);
    ck_assert_int_eq(at(&counts, MEASURE_NIGHTS, all, 2016, 7), 0);
    ck_assert_int_eq(at(&counts, MEASURE_NIGHTS, placement(PLACEMENT_FOSTER_INHOUSE), 2016, 5), 14);
    ck_assert_int_eq(at(&counts, MEASURE_NIGHTS, placement(PLACEMENT_RES_EXTERNAL), 2016, 5), 17);
    ck_assert_int_eq(at(&counts, MEASURE_NIGHTS, age(AGE_5_9), 2016, 5), 19);
    ck_assert_int_eq(at(&counts, MEASURE_NIGHTS, age(AGE_10_15), 2016, 5), 12);
    ck_assert_int_eq(at(&counts, MEASURE_ENTRIES, placement(PLACEMENT_FOSTER_INHOUSE), 2016, 4), 1);
    ck_assert_int_eq(at(&counts, MEASURE_ENTRIES, age(AGE_5_9), 2016, 4), 1);
    ck_assert_int_eq(at(&counts, MEASURE_MOVES, placement(PLACEMENT_RES_EXTERNAL), 2016, 5), 1);
    ck_assert_int_eq(at(&counts, MEASURE_MOVES, age(AGE_5_9), 2016, 5), 1);
    ck_assert_int_eq(at(&counts, MEASURE_EXITS, all, 2016, 6), 0);
    ck_assert_int_eq(at(&counts, MEASURE_EXITS, all, 2016, 7), 1); /* DEC is 1 July: out at its end */
    ck_assert_int_eq(at(&counts, MEASURE_EXITS, placement(PLACEMENT_RES_EXTERNAL), 2016, 7), 1);
    ck_assert_int_eq(at(&counts, MEASURE_EXITS, (struct group){GROUP_ROUTE, ROUTE_HOME}, 2016, 7), 1);
    ck_assert_int_eq(counts_sum(&counts, MEASURE_NIGHTS, all, on(2016, 4, 1), on(2017, 3, 31)), 82);
    counts_free(&counts);
    build_free(&history);
}
END_TEST

START_TEST(borders)
{
    /* Three children: out and in on one day (stock 1); in for the whole window and beyond; 0 nights. */
    struct history history;
    struct counts counts;
    build_init(&history, 2020, 2020);
    build_child(&history, on(2010, 1, 1));
    build_spell(&history, on(2015, 1, 1), on(2019, 6, 30), ROUTE_HOME, PLACEMENT_FOSTER_KIN);
    build_child(&history, on(2010, 1, 1));
    build_spell(&history, on(2019, 6, 30), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
    build_child(&history, on(2010, 1, 1));
    build_spell(&history, on(2019, 6, 30), on(2019, 6, 30), ROUTE_DIED, PLACEMENT_OTHER);
    make(&history, &counts);
    ck_assert_int_eq(at(&counts, MEASURE_STOCK, all, 2019, 3), 1); /* 31 March before the first return */
    ck_assert_int_eq(at(&counts, MEASURE_STOCK, all, 2019, 6), 1);
    ck_assert_int_eq(at(&counts, MEASURE_NIGHTS, all, 2019, 6), 30);
    ck_assert_int_eq(at(&counts, MEASURE_ENTRIES, all, 2019, 6), 2);
    ck_assert_int_eq(at(&counts, MEASURE_EXITS, all, 2019, 6), 2);
    ck_assert_int_eq(at(&counts, MEASURE_STOCK, all, 2020, 3), 1);
    ck_assert_int_eq(at(&counts, MEASURE_NIGHTS, all, 2020, 3), 31);
    counts_free(&counts);
    build_free(&history);
}
END_TEST

START_TEST(leap_day_birthday)
{
    /* Born 2004-02-29: 10 on 1 March 2014, 16 on 29 February 2020, out on the 18th birthday, 1 March 2022. */
    struct history history;
    struct counts counts;
    build_init(&history, 2014, 2022);
    build_child(&history, on(2004, 2, 29));
    build_spell(&history, on(2014, 2, 27), on(2022, 3, 1), ROUTE_AGED_OUT, PLACEMENT_SUPPORTED);
    make(&history, &counts);
    ck_assert_int_eq(at(&counts, MEASURE_NIGHTS, age(AGE_5_9), 2014, 2), 2);
    ck_assert_int_eq(at(&counts, MEASURE_NIGHTS, age(AGE_5_9), 2014, 3), 0);
    ck_assert_int_eq(at(&counts, MEASURE_NIGHTS, age(AGE_10_15), 2020, 2), 28);
    ck_assert_int_eq(at(&counts, MEASURE_NIGHTS, age(AGE_16_17), 2020, 2), 1);
    ck_assert_int_eq(at(&counts, MEASURE_STOCK, age(AGE_16_17), 2020, 2), 1);
    ck_assert_int_eq(at(&counts, MEASURE_EXITS, age(AGE_16_17), 2022, 3), 1);
    ck_assert_int_eq(at(&counts, MEASURE_NIGHTS, all, 2022, 2), 28);
    counts_free(&counts);
    build_free(&history);
}
END_TEST

START_TEST(unaccompanied_until)
{
    /* UASC until 2019-06-11: ten nights of June, an entry, no exit. */
    struct history history;
    struct counts counts;
    const struct group uasc = {GROUP_UASC, 0};
    build_init(&history, 2020, 2020);
    const int32_t child = build_child(&history, on(2003, 1, 1));
    history.children[child].uasc = true;
    history.children[child].uasc_until = on(2019, 6, 11);
    build_spell(&history, on(2019, 6, 1), on(2019, 9, 1), ROUTE_OTHER, PLACEMENT_SUPPORTED);
    make(&history, &counts);
    ck_assert_int_eq(at(&counts, MEASURE_NIGHTS, uasc, 2019, 6), 10);
    ck_assert_int_eq(at(&counts, MEASURE_STOCK, uasc, 2019, 6), 0);
    ck_assert_int_eq(at(&counts, MEASURE_ENTRIES, uasc, 2019, 6), 1);
    ck_assert_int_eq(at(&counts, MEASURE_EXITS, uasc, 2019, 9), 0);
    counts_free(&counts);
    build_free(&history);
}
END_TEST

/* Every number against the day-by-day recount, over random authorities; the seed is the loop number. */
START_TEST(random_histories_agree_with_recount)
{
    struct history history;
    struct counts counts;
    struct err err = {0};
    const uint64_t seed = (uint64_t)_i + 1;
    build_random(&history, seed, 120, 2015 + _i % 3, 2018 + _i % 4, _i % 3);
    ck_assert_msg(
        counts_make(&history, history.start - 1 - _i * 40, history.end + _i % 2 * 40, &counts, &err), "%s",
        err.message);
    ck_assert_msg(counts_verify(&counts, &history, &err), "seed %d: %s", (int)seed, err.message);
    ck_assert_int_gt(counts_sum(&counts, MEASURE_MOVES, all, history.start, history.end), 0);
    ck_assert_int_gt(counts_sum(&counts, MEASURE_READMISSIONS, all, history.start, history.end), 0);
    counts_free(&counts);
    build_free(&history);
}
END_TEST

START_TEST(verify_notices_a_wrong_number)
{
    struct history history;
    struct counts counts;
    struct err err = {0};
    build_random(&history, 7, 50, 2016, 2018, 2);
    make(&history, &counts);
    const size_t wrong = counts.offsets[MEASURE_NIGHTS][GROUP_AGE] + 5;
    counts.values[wrong]++;
    ck_assert(!counts_verify(&counts, &history, &err));
    ck_assert_int_eq(err.code, ERR_INTERNAL);
    counts.values[wrong]--;
    ck_assert(counts_verify(&counts, &history, &err));
    counts_free(&counts);
    build_free(&history);
}
END_TEST

START_TEST(months_must_be_in_order)
{
    struct history history;
    struct counts counts;
    struct err err = {0};
    build_init(&history, 2020, 2020);
    ck_assert(!counts_make(&history, on(2020, 3, 1), on(2020, 2, 28), &counts, &err));
    ck_assert_int_eq(err.code, ERR_INTERNAL);
    ck_assert(counts_make(&history, history.start, history.end, &counts, &err)); /* nobody: all 0 */
    ck_assert_int_eq(at(&counts, MEASURE_STOCK, all, 2020, 3), 0);
    counts_free(&counts);
}
END_TEST

START_TEST(forty_thousand_children_are_quick)
{
    /* The bound is ten times what an ordinary machine needs, so that a busy one does not fail the test. */
    struct history history;
    struct counts counts;
    struct err err = {0};
    build_random(&history, 40000, 40000, 2016, 2022, 0);
    const clock_t began = clock();
    ck_assert(counts_make(&history, history.start - 1, history.end, &counts, &err));
    const double seconds = (double)(clock() - began) / CLOCKS_PER_SEC;
    ck_assert_msg(seconds < 1.0, "%.3f s for %zu segments", seconds, history.n_segments);
    printf("counts: %zu children, %zu segments, %.3f s\n", history.n_children, history.n_segments, seconds);
    counts_free(&counts);
    build_free(&history);
}
END_TEST

Suite *suite_counts(void)
{
    Suite *suite = suite_create("counts");
    TCase *tcase = tcase_create("counts");
    tcase_add_test(tcase, one_child_by_hand);
    tcase_add_test(tcase, borders);
    tcase_add_test(tcase, leap_day_birthday);
    tcase_add_test(tcase, unaccompanied_until);
    tcase_add_loop_test(tcase, random_histories_agree_with_recount, 0, 12);
    tcase_add_test(tcase, verify_notices_a_wrong_number);
    tcase_add_test(tcase, months_must_be_in_order);
    tcase_add_test(tcase, forty_thousand_children_are_quick);
    suite_add_tcase(suite, tcase);
    return suite;
}
