/* SPDX-License-Identifier: GPL-3.0-or-later
 * R 4.2: z <- c(3.1,.4,7.7,2.2,9.9,5,4.4,1.8,6.3,8.5); quantile(z, p, type = 8). */
#include "numeric/quantile.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "numeric/stream.h"

Suite *suite_quantile(void);

enum { LEVELS = 7 };
static const double levels[LEVELS] = {.025, .1, .25, .5, .75, .9, .975};
static const double type_8[LEVELS] = {.4, .913333333333, 2.16666666667, 4.7, 7.76666666667, 9.38666666667,
                                      9.9};

START_TEST(sorted_values_match_r)
{
    const double sorted[] = {.4, 1.8, 2.2, 3.1, 4.4, 5, 6.3, 7.7, 8.5, 9.9};
    for (int i = 0; i < LEVELS; i++)
        ck_assert_double_eq_tol(quantile_sorted(sorted, 10, levels[i]), type_8[i], 1e-11);
    ck_assert_double_eq(quantile_sorted(sorted, 1, 0.5), 0.4);
}
END_TEST

START_TEST(integers_match_r)
{
    /* ten times z, so ten times the quantiles; by counting, and by sorting (a factor 100000 widens the range)
     */
    static const int32_t factors[] = {1, 100000};
    for (int f = 0; f < 2; f++) {
        int32_t counts[10] = {31, 4, 77, 22, 99, 50, 44, 18, 63, 85};
        int64_t wide[10];
        int32_t work[10];
        int64_t wide_work[10];
        double q[LEVELS], wide_q[LEVELS];
        for (int i = 0; i < 10; i++) {
            counts[i] *= factors[f];
            wide[i] = (int64_t)counts[i] * 1000000 - 5000000000;
        }
        const struct quantile_moments m = quantile_of_counts(counts, work, 10, levels, LEVELS, q);
        quantile_of_integers(wide, wide_work, 10, levels, LEVELS, wide_q);
        ck_assert_double_eq_tol(m.mean, 49.3 * factors[f], 1e-8);        /* mean(10 * z) */
        ck_assert_double_eq_tol(m.sd / factors[f], 31.3406019938, 1e-9); /* sd(10 * z) */
        for (int i = 0; i < LEVELS; i++) {
            ck_assert_double_eq_tol(q[i] / (10 * factors[f]), type_8[i], 1e-11);
            ck_assert_double_eq_tol((wide_q[i] + 5e9) / (1e7 * factors[f]), type_8[i], 1e-11);
        }
    }
}
END_TEST

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int ascending_counts(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

START_TEST(integers_agree_with_sorting)
{
    enum { N = 2000 };
    static int32_t counts[N], work[N];
    static double sorted[N];
    struct stream stream = stream_make(1, PURPOSE_TEST, 0, 0, 0);
    for (int shift = 0; shift < 30; shift++) {
        for (int i = 0; i < N; i++) {
            counts[i] = (int32_t)(stream_word(&stream) >> shift >> 2) - 1000;
            sorted[i] = counts[i];
        }
        qsort(sorted, N, sizeof sorted[0], ascending);
        double q[LEVELS];
        quantile_of_counts(counts, work, N, levels, LEVELS, q);
        for (int i = 0; i < LEVELS; i++) {
            const double expected = quantile_sorted(sorted, N, levels[i]);
            ck_assert_double_le(fabs(q[i] - expected), 1e-10 * fmax(1, fabs(expected)));
        }
    }
}
END_TEST

START_TEST(constants_and_single_values)
{
    int32_t one[1] = {7}, work[3];
    double q[LEVELS];
    struct quantile_moments m = quantile_of_counts(one, work, 1, levels, LEVELS, q);
    ck_assert_double_eq(m.mean, 7);
    ck_assert_double_eq(m.sd, 0);
    ck_assert_double_eq(q[0], 7);
    int32_t same[3] = {-4, -4, -4};
    m = quantile_of_counts(same, work, 3, levels, LEVELS, q);
    ck_assert_double_eq(m.mean, -4);
    ck_assert_double_eq(m.sd, 0);
    ck_assert_double_eq(q[6], -4);
}
END_TEST

START_TEST(counts_are_sorted)
{
    enum { N = 777 };
    static int32_t counts[N], work[N], expected[N];
    struct stream stream = stream_make(2, PURPOSE_TEST, 0, 0, 0);
    for (int shift = 0; shift < 32; shift++) {
        for (int i = 0; i < N; i++) /* of both signs, up to the whole range */
            counts[i] = expected[i] = (int32_t)((stream_word(&stream) >> shift) - (0x80000000U >> shift));
        qsort(expected, N, sizeof expected[0], ascending_counts);
        const int32_t *const sorted = quantile_sort_counts(counts, work, N);
        ck_assert(sorted == counts || sorted == work);
        for (int i = 0; i < N; i++)
            ck_assert_int_eq(sorted[i], expected[i]);
    }
    int32_t one = -7, room = 0;
    ck_assert_int_eq(*quantile_sort_counts(&one, &room, 1), -7);
}
END_TEST

Suite *suite_quantile(void)
{
    Suite *suite = suite_create("quantile");
    TCase *tcase = tcase_create("quantile");
    tcase_add_test(tcase, sorted_values_match_r);
    tcase_add_test(tcase, integers_match_r);
    tcase_add_test(tcase, integers_agree_with_sorting);
    tcase_add_test(tcase, counts_are_sorted);
    tcase_add_test(tcase, constants_and_single_values);
    suite_add_tcase(suite, tcase);
    return suite;
}
