/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/card_story.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "tests/build_history.h"

Suite *suite_card_story(void);

static struct history history;
static struct counts counts;
static struct story story;

static void count_all(void)
{
    struct err err = {0};
    ck_assert_msg(counts_make(&history, history.start - 1, history.end, &counts, &err), "%s", err.message);
}

static void free_all(void)
{
    counts_free(&counts);
    build_free(&history);
}

static double sum_of(enum story_split split)
{
    double sum = 0;
    for (int32_t i = 0; i < story.n_parts[split]; i++)
        sum += story.parts[split][i].effect;
    return sum;
}

/* A child of ten who comes on a day and goes home on another. */
static void stay(day start, day end)
{
    build_child(&history, on(2012, 5, 1));
    build_spell(&history, start, end, ROUTE_HOME, PLACEMENT_FOSTER_IFA);
}

START_TEST(parts_by_hand)
{
    /* returns of 2020-21 to 2022-23. In care throughout: 4. Came in 2021-22: 3, one of whom left in it; came
     * in 2022-23: 1; left in it: 2 of the four. Stock in March 2021: 4, 2022: 6, 2023: 5 */
    build_init(&history, 2021, 2023);
    stay(on(2019, 4, 1), DAY_OPEN);
    stay(on(2019, 4, 1), DAY_OPEN);
    stay(on(2019, 4, 1), on(2022, 10, 1));
    stay(on(2019, 4, 1), on(2022, 10, 1));
    stay(on(2021, 4, 1), on(2021, 10, 1));
    stay(on(2021, 4, 1), DAY_OPEN);
    stay(on(2021, 4, 1), DAY_OPEN);
    stay(on(2022, 4, 1), DAY_OPEN);
    build_move(&history, on(2022, 5, 1), PLACEMENT_RES_EXTERNAL);
    count_all();
    ck_assert(card_story_make(&history, &counts, -1, on(2023, 1, 1), on(2023, 3, 31), &story));
    ck_assert_int_eq(story.stock_before, 6);
    ck_assert_int_eq(story.stock_after, 5);
    ck_assert_int_eq(story.entries, 1);
    ck_assert_int_eq(story.exits, 2);
    ck_assert_int_eq(story.entries_before, 3);
    ck_assert_int_eq(story.exits_before, 1);
    /* nights: 2022-23 5 x 365 + 2 x 183 = 2,191 (1 April to 30 September is 183); the year before 6 x 365 +
     * 183 = 2,373. Rates 2 / (2191 / 365.25) and 1 / (2373 / 365.25), mean of the years 2,282 / 365.25:
     * effect of the rate -(2/2191 - 1/2373) x 2282 = -1.121415; of who could leave 182 x (2/2191 + 1/2373) /
     * 2 = .121407 */
    const struct story_part *flow = story.parts[STORY_FLOW];
    ck_assert_double_eq_tol(flow[0].effect, 2, 1e-12);
    ck_assert_double_eq_tol(flow[1].effect, -2, 1e-12);
    ck_assert_double_eq_tol(flow[2].effect, -1.12141517, 1e-7);
    ck_assert_double_eq_tol(flow[3].effect, .12141517, 1e-7);
    ck_assert_double_eq_tol(flow[2].after, 200 * 365.25 / 2191, 1e-9);
    for (int split = 0; split < STORY_SPLITS; split++)
        ck_assert_double_eq_tol(sum_of((enum story_split)split), -1, 1e-9);
    /* ages: all born in May 2012: 9 in March 2022, 10 in March 2023 */
    ck_assert_double_eq_tol(story.parts[STORY_AGE][AGE_5_9].effect, -6, 1e-12);
    ck_assert_double_eq_tol(story.parts[STORY_AGE][AGE_10_15].effect, 5, 1e-12);
    ck_assert_double_eq_tol(story.parts[STORY_PLACEMENT][PLACEMENT_RES_EXTERNAL].effect, 1, 1e-12);
    ck_assert_double_eq_tol(story.parts[STORY_PLACEMENT][PLACEMENT_FOSTER_IFA].effect, -2, 1e-12);
    ck_assert_double_eq_tol(story.parts[STORY_ROUTE][1 + ROUTE_HOME].effect, -2, 1e-12);
    ck_assert_str_eq(story.parts[STORY_ROUTE][1 + ROUTE_HOME].name, "route:home");
    free_all();
}
END_TEST

/* All four ways add up, at any month, everywhere and in each locality; every sentence has its plain form. */
START_TEST(parts_add_up)
{
    for (uint64_t seed = 1; seed <= 12; seed++) {
        build_random(&history, seed, 150, 2019, 2023, 3);
        count_all();
        for (int32_t back = 0; back < 14; back += 3)
            for (int32_t locality = -1; locality < (int32_t)history.n_localities; locality++) {
                struct story_sentence out[STORY_SENTENCES];
                struct arena arena = {0};
                struct err err = {0};
                int32_t n = 0;
                const day last = date_month_end(history.end, -back);
                ck_assert(
                    card_story_make(&history, &counts, locality, date_month_start(last, -2), last, &story));
                for (int split = 0; split < STORY_SPLITS; split++)
                    ck_assert_double_eq_tol(sum_of((enum story_split)split),
                                            (double)(story.stock_after - story.stock_before), 1e-7);
                ck_assert(card_story_say(&story, &arena, out, &n, &err));
                ck_assert_int_ge(n, 3);
                for (int32_t i = 0; i < n; i++) {
                    ck_assert(strlen(out[i].text) > 0 && strlen(out[i].plain) > 0);
                    ck_assert_int_ge(out[i].least, 0);
                }
                arena_free(&arena);
            }
        free_all();
    }
}
END_TEST

START_TEST(unusual_months)
{
    /* two years of 10 entries a month; then 10 again, but 25 in February 2023; 10 events a month have limits
     * of about 10 +- 3 sqrt(10): .9 to 19.1 */
    build_init(&history, 2021, 2023);
    for (int32_t month = 0; month < 36; month++) {
        const day first = date_month_start(on(2020, 4, 1), month);
        for (int32_t i = 0; i < (month == 34 ? 25 : 10); i++)
            stay(first + i, DAY_OPEN);
    }
    count_all();
    ck_assert(card_story_make(&history, &counts, -1, on(2023, 1, 1), on(2023, 3, 31), &story));
    ck_assert_int_eq(story.months_charted, 24);
    ck_assert_int_eq(story.charted_from, on(2020, 4, 1));
    ck_assert_int_eq(story.n_signals, 1);
    const struct story_signal *signal = &story.signals[0];
    ck_assert_str_eq(signal->name, "entries");
    ck_assert_int_eq(signal->month, on(2023, 2, 28));
    ck_assert(signal->is_above);
    ck_assert_double_eq_tol(signal->value, 25, 1e-12);
    /* 240 on 730 days: February expects 9.205; its upper limit 9.205 + 3 sqrt(9.205) (sigma_z 1) */
    ck_assert_double_eq_tol(signal->middle, 240.0 * 28 / 730, 1e-9);
    ck_assert_double_eq_tol(signal->high, 240.0 * 28 / 730 + 3 * sqrt(240.0 * 28 / 730), 1e-9);
    struct story_sentence out[STORY_SENTENCES];
    struct arena arena = {0};
    struct err err = {0};
    int32_t n = 0;
    ck_assert(card_story_say(&story, &arena, out, &n, &err));
    ck_assert_str_eq(out[2].text, "Unusual: 25 entries in Feb 2023, where 1 to 18 were to be expected.");
    ck_assert_str_eq(out[2].plain, "Unusual: entries in Feb 2023 were above what was to be expected.");
    ck_assert_int_eq(out[2].least, 25);
    arena_free(&arena);
    /* the quarter before has none */
    ck_assert(card_story_make(&history, &counts, -1, on(2022, 10, 1), on(2022, 12, 31), &story));
    ck_assert_int_eq(story.n_signals, 0);
    /* before the first return, and after the last */
    ck_assert(!card_story_make(&history, &counts, -1, on(2020, 10, 1), on(2020, 12, 31), &story));
    ck_assert(!card_story_make(&history, &counts, -1, on(2023, 4, 1), on(2023, 6, 30), &story));
    free_all();
}
END_TEST

START_TEST(runs_are_told_once)
{
    /* 10 a month for two years, 11 in the last, then 8 a month: below the average for 12 months; 8 in a row
     * since November */
    build_init(&history, 2021, 2023);
    for (int32_t month = 0; month < 36; month++)
        for (int32_t i = 0; i < (month < 23 ? 10 : month < 24 ? 11 : 8); i++)
            stay(date_month_start(on(2020, 4, 1), month) + i, DAY_OPEN);
    count_all();
    ck_assert(card_story_make(&history, &counts, -1, on(2023, 1, 1), on(2023, 3, 31), &story));
    ck_assert_int_eq(story.n_signals, 1);
    ck_assert_int_eq(story.signals[0].months, 12);
    ck_assert(!story.signals[0].is_above);
    ck_assert_int_eq(story.signals[0].month, on(2023, 3, 31));
    ck_assert(card_story_make(&history, &counts, -1, on(2022, 10, 1), on(2022, 10, 31), &story));
    ck_assert_int_eq(story.n_signals, 0); /* seven */
    free_all();
}
END_TEST

START_TEST(sentences)
{
    /* as in parts_by_hand but one: numbers and the smallest count behind them */
    struct story_sentence out[STORY_SENTENCES];
    struct arena arena = {0};
    struct err err = {0};
    int32_t n = 0;
    build_init(&history, 2021, 2023);
    for (int32_t i = 0; i < 30; i++)
        stay(on(2019, 4, 1), i < 12 ? date_month_start(on(2022, 4, 11), i) + 10 : DAY_OPEN);
    for (int32_t i = 0; i < 8; i++)
        stay(on(2022, 6, 1), DAY_OPEN);
    count_all();
    ck_assert(card_story_make(&history, &counts, -1, on(2023, 1, 1), on(2023, 3, 31), &story));
    ck_assert(card_story_say(&story, &arena, out, &n, &err));
    ck_assert_str_eq(out[0].text,
                     "26 children were in care on 31 Mar 2023, 4 fewer than a year before: 8 came, 12 left.");
    ck_assert_str_eq(out[0].plain, "Fewer children were in care than a year before.");
    ck_assert_int_eq(out[0].least, 4);
    ck_assert_ptr_nonnull(strstr(out[1].text, "Entries rose (8 after 0 the year before)"));
    ck_assert_ptr_nonnull(strstr(out[n - 2].text, "\"Returned home\" rose, 12 after 0 the year before."));
    ck_assert_str_eq(out[n - 2].plain, "Leavers by route: \"Returned home\" rose.");
    ck_assert_ptr_nonnull(strstr(out[n - 1].text, "No month was unusual")); /* gives way to what moved */
    arena_free(&arena);
    free_all();
}
END_TEST

Suite *suite_card_story(void)
{
    Suite *suite = suite_create("card_story");
    TCase *tcase = tcase_create("card_story");
    tcase_add_test(tcase, parts_by_hand);
    tcase_add_test(tcase, parts_add_up);
    tcase_add_test(tcase, unusual_months);
    tcase_add_test(tcase, runs_are_told_once);
    tcase_add_test(tcase, sentences);
    suite_add_tcase(suite, tcase);
    return suite;
}
