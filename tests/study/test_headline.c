/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/headline.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "tests/build_history.h"

Suite *suite_headline(void);

static struct arena arena;

static void start(void)
{
    arena = (struct arena){0};
}

static void stop(void)
{
    arena_free(&arena);
}

START_TEST(numbers_and_spans)
{
    static const struct {
        int64_t value;
        const char *words;
    } numbers[] = {{0, "0"}, {999, "999"}, {1374, "1,374"}, {-86, "-86"}, {-1234567, "-1,234,567"}};
    static const struct {
        int32_t days;
        const char *words;
    } spans[] = {{1, "1 day"}, {45, "45 days"}, {426, "14 months"}, {1278, "3.5 years"}};
    char out[HEADLINE_NUMBER];
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        headline_number(numbers[i].value, out);
        ck_assert_str_eq(out, numbers[i].words);
    }
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        headline_days(spans[i].days, out);
        ck_assert_str_eq(out, spans[i].words);
    }
}
END_TEST

START_TEST(direction_needs_evidence)
{
    struct err err = {0};
    /* R: binom.test(104, 196): .43; (120, 212): .064; (140, 232): .0019 */
    ck_assert_str_eq(headline_change(&arena, "entries", 92, 104, &err), "no clear change in entries");
    ck_assert_str_eq(headline_change(&arena, "entries", 92, 120, &err), "entries probably rose");
    ck_assert_str_eq(headline_change(&arena, "exits", 140, 92, &err), "exits fell");
}
END_TEST

/* Children 0 .. n-1, one entry a day from `from`, still in care; born 2010. */
static void enter(struct history *history, int32_t n, day from, enum placement_group group, enum need need)
{
    for (int32_t i = 0; i < n; i++) {
        build_child(history, on(2010, 1, 1));
        build_spell(history, from + i, DAY_OPEN, ROUTE_OTHER, group);
        build_last(history)->need = (uint8_t)need;
        build_last(history)->legal = i % 4 == 0 ? LEGAL_SECTION_20 : LEGAL_CARE_ORDER;
    }
}

START_TEST(sentences_of_a_history)
{
    /* hand: 20 children in 2019-20, 20 in 2020-21, 60 in 2021-22 (of 100: 80 foster, 20 external homes, 15 of
     * the last 20 in homes) */
    struct history history;
    struct counts counts;
    struct err err = {0};
    build_init(&history, 2020, 2022);
    enter(&history, 20, on(2019, 5, 1), PLACEMENT_FOSTER_KIN, NEED_N1);
    enter(&history, 20, on(2020, 5, 1), PLACEMENT_FOSTER_IFA, NEED_N1);
    enter(&history, 40, on(2021, 5, 1), PLACEMENT_FOSTER_INHOUSE, NEED_N1);
    enter(&history, 20, on(2021, 8, 1), PLACEMENT_RES_EXTERNAL, NEED_N8);
    ck_assert(counts_make(&history, history.start - 1, history.end, &counts, &err));
    ck_assert_str_eq(
        headline_stock(&arena, &history, &counts, &err),
        "100 children were looked after on 31 Mar 2022, 60 more than a year before; entries rose, no "
        "clear change in exits");
    ck_assert_str_eq(
        headline_mix(&arena, &history, &counts, &err),
        "80% were in foster care and 20% in children's homes on 31 Mar 2022; homes were 0% on 31 Mar "
        "2019");
    ck_assert_str_eq(headline_ages(&arena, &history, &counts, &err),
                     "100% are aged 10 to 15; 16 and 17 year olds are 0%; they were 0% on 31 Mar 2019");
    ck_assert_str_eq(headline_legal(&arena, &history, &counts, &err),
                     "Care order, interim or full: 75%; Accommodated under section 20: 25% on 31 Mar 2022");
    ck_assert_str_eq(headline_reasons(&arena, &history, &counts, &err),
                     "Abuse or neglect is the reason for 67% of entries in 2021-22");
    counts_free(&counts);
    history.first_year = 2022; /* one return only: nothing to compare flows with */
    history.start = on(2021, 4, 1);
    ck_assert(counts_make(&history, history.start - 1, history.end, &counts, &err));
    ck_assert_str_eq(headline_stock(&arena, &history, &counts, &err),
                     "100 children were looked after on 31 Mar 2022, 60 more than a year before");
    counts_free(&counts);
    build_free(&history);
}
END_TEST

START_TEST(durations)
{
    /* hand: 20 stays of 100, 200, .. 2000 days, all home: 10 left by 1000; 3 of 20 within 365 */
    struct survival_stay stays[20];
    struct survival curve;
    struct err err = {0};
    for (int32_t i = 0; i < 20; i++)
        stays[i] = (struct survival_stay){0, 100 * (i + 1), ROUTE_HOME + 1};
    ck_assert(survival_estimate(stays, 20, ROUTE_COUNT, SURVIVAL_LEAST_AT_RISK, &curve, &err));
    ck_assert_str_eq(
        headline_durations(&arena, &curve, &err),
        "Half of the children who come into care have left after 33 months; 15% have gone home within "
        "a year");
    survival_free(&curve);
    for (int32_t i = 4; i < 20; i++)
        stays[i].cause = 0;
    ck_assert(survival_estimate(stays, 20, ROUTE_COUNT, SURVIVAL_LEAST_AT_RISK, &curve, &err));
    ck_assert_str_eq(
        headline_durations(&arena, &curve, &err),
        "80% of the children who come into care are still there after 13 months; 15% go home within a "
        "year");
    survival_free(&curve);
    ck_assert(survival_estimate(stays, 0, ROUTE_COUNT, 1, &curve, &err));
    ck_assert_ptr_nonnull(strstr(headline_durations(&arena, &curve, &err), "Too few"));
    survival_free(&curve);
}
END_TEST

START_TEST(rate_and_funnel)
{
    struct err err = {0};
    ck_assert_str_eq(
        headline_rate(&arena, "Leeds", 2022, 80.8, 74.6, &err),
        "81 in 10,000 children were looked after in Leeds on 31 Mar 2022; its neighbours' median is 75");
    ck_assert_str_eq(headline_rate(&arena, "Leeds", 2022, 80.8, (double)NAN, &err),
                     "81 in 10,000 children were looked after in Leeds on 31 Mar 2022");
    ck_assert_ptr_nonnull(strstr(headline_funnel(&arena, "Leeds", 1.9, &err), "inside"));
    ck_assert_ptr_nonnull(strstr(headline_funnel(&arena, "Leeds", 2.5, &err), "above the 95% limit"));
    ck_assert_ptr_nonnull(strstr(headline_funnel(&arena, "Leeds", -3.2, &err), "below the 99.8% limit"));
}
END_TEST

Suite *suite_headline(void)
{
    Suite *suite = suite_create("headline");
    TCase *tcase = tcase_create("headline");
    tcase_add_checked_fixture(tcase, start, stop);
    tcase_add_test(tcase, numbers_and_spans);
    tcase_add_test(tcase, direction_needs_evidence);
    tcase_add_test(tcase, sentences_of_a_history);
    tcase_add_test(tcase, durations);
    tcase_add_test(tcase, rate_and_funnel);
    suite_add_tcase(suite, tcase);
    return suite;
}
