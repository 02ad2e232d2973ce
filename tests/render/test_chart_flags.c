/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>

#include "render/chart_flags.h"
#include "render/chart_labels.h"

Suite *suite_chart_flags(void);

static struct chart_placed_flag placed[CHART_FLAGS_MOST];
static int32_t levels;

/* hand: "1A" takes 5 + 2 x 7.3 + 6 = 25.6 pixels; day 0 is 1 January 1970 */
START_TEST(levels_where_words_would_touch)
{
    const struct chart_flag apart[] = {{0, "1A"}, {40, "1B"}};
    ck_assert_uint_eq(chart_flags_place(apart, 2, 0, 100, 1, placed, &levels), 2);
    ck_assert_int_eq(levels, 1);
    const struct chart_flag near[] = {{10, "1A"}, {32, "1B"}};
    ck_assert_uint_eq(chart_flags_place(near, 2, 0, 100, 1, placed, &levels), 2);
    ck_assert_int_eq(levels, 2);
    ck_assert_int_eq(placed[0].level, 2); /* so that the staff of 1B does not cross "1A" */
    ck_assert_int_eq(placed[1].level, 1);
    ck_assert_uint_eq(chart_flags_place(near, 2, 0, 100, 2, placed, &levels), 2); /* twice as wide: apart */
    ck_assert_int_eq(levels, 1);
}
END_TEST

START_TEST(flags_of_one_month_are_one)
{
    const struct chart_flag flags[] = {{0, "1A"}, {5, "1B"}, {30, "2"}, {31, "3"}};
    ck_assert_uint_eq(chart_flags_place(flags, 4, 0, 100, 10, placed, &levels), 2);
    ck_assert_str_eq(placed[0].words, "1A +2");
    ck_assert_str_eq(placed[1].words, "3");
    /* outside of the axis, none at all, a long reference */
    ck_assert_uint_eq(chart_flags_place(flags, 4, 40, 100, 10, placed, &levels), 0);
    ck_assert_int_eq(levels, 0);
    ck_assert_uint_eq(chart_flags_place(NULL, 0, 0, 100, 10, placed, &levels), 0);
    const struct chart_flag lengthy[] = {{0, "£££££££££££££££"}};
    ck_assert_uint_eq(chart_flags_place(lengthy, 1, 0, 100, 10, placed, &levels), 1);
    ck_assert_str_eq(placed[0].words, "£££££££££££…");
}
END_TEST

/* a flag a month for ten years, from roomy to crammed: whatever the room, no words touch or are crossed, and
 * no flag is lost */
START_TEST(never_overlap)
{
    enum { MONTHS = 120 };
    struct chart_flag flags[MONTHS];
    for (int m = 0; m < MONTHS; m++)
        flags[m] = (struct chart_flag){date_month_start(0, m), m % 3 == 0 ? "10.12" : "1"};
    for (int k = 0; k < 12; k++) {
        const double scale = 0.02 * (1 << k);
        const size_t n = chart_flags_place(flags, MONTHS, 0, 1e6, scale, placed, &levels);
        int32_t all = 0;
        ck_assert_int_le(levels, CHART_FLAG_LEVELS);
        for (size_t i = 0; i < n; i++) {
            const double end = placed[i].at * scale + 5 + 7.3 * (double)chart_characters(placed[i].words);
            all += placed[i].n;
            for (size_t j = i + 1; j < n; j++) /* a staff reaches down to its own words */
                ck_assert_msg(placed[j].at * scale > end || placed[j].level < placed[i].level,
                              "scale %g: %s is touched by %s", scale, placed[i].words, placed[j].words);
        }
        ck_assert_int_eq(all, MONTHS);
    }
}
END_TEST

Suite *suite_chart_flags(void)
{
    Suite *suite = suite_create("chart_flags");
    TCase *tcase = tcase_create("chart_flags");
    tcase_add_test(tcase, levels_where_words_would_touch);
    tcase_add_test(tcase, flags_of_one_month_are_one);
    tcase_add_test(tcase, never_overlap);
    suite_add_tcase(suite, tcase);
    return suite;
}
