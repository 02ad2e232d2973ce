/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/rank.h"

#include <check.h>
#include <math.h>

#include "tests/numeric/close.h"

Suite *suite_rank(void);

static struct rank_trend trend_of(const double values[], size_t n)
{
    struct rank_trend trend = {0};
    struct err err = {0};
    ck_assert_msg(rank_trend(values, n, &trend, &err), "%s", err.message);
    return trend;
}

START_TEST(exact)
{
    /* R 4.2: cor.test(1:8, v, method = "kendall", exact = TRUE); z = 23 / sqrt(8 * 7 * 21 / 18) */
    static const double values[] = {371, 378, 389, 384, 402, 410, 405, 421};
    const struct rank_trend trend = trend_of(values, 8);
    ck_assert_int_eq(trend.s, 24);
    ck_assert(trend.is_exact);
    is_close(trend.tau, .857142857, 1e-9);
    is_close(trend.z, 2.845512041, 1e-9);
    is_close(trend.p, .00173611111111, 1e-12);
    is_close(trend.slope, 7, 1e-12);
    /* R 4.2: the same of twelve values */
    static const double none[] = {3.1, 2.2, 8.7, 5.5, 1.0, 9.9, 4.2, 7.3, 6.6, 0.4, 12.5, 3.3};
    is_close(trend_of(none, 12).p, .737305524658, 1e-10);
    is_close(trend_of(none, 12).tau, .0909090909091, 1e-10);
}
END_TEST

START_TEST(ties)
{
    /* R 4.2: cor.test(1:10, w, method = "kendall", exact = FALSE, continuity = TRUE); median of all slopes */
    static const double values[] = {5, 7, 7, 9, 8, 12, 12, 12, 15, 11};
    const struct rank_trend trend = trend_of(values, 10);
    ck_assert(!trend.is_exact);
    is_close(trend.tau, .721711305629, 1e-10);
    is_close(trend.z, 2.73481706458, 1e-10);
    is_close(trend.p, .00624149526427, 1e-10);
    is_close(trend.slope, 1, 1e-12);
    static const double equal[] = {4, 4, 4, 4, 4, 4, 4, 4};
    is_close(trend_of(equal, 8).p, 1, 1e-15);
    ck_assert(isnan(trend_of(equal, 8).tau));
}
END_TEST

/* Falling is rising with the sign turned. */
START_TEST(mirrored)
{
    static const double up[] = {1, 4, 2, 8, 5, 7, 9, 12, 10};
    double down[9];
    for (size_t i = 0; i < 9; i++)
        down[i] = -up[i];
    const struct rank_trend a = trend_of(up, 9);
    const struct rank_trend b = trend_of(down, 9);
    ck_assert_int_eq(a.s, -b.s);
    is_close(a.p, b.p, 1e-14);
    is_close(a.z, -b.z, 1e-14);
    is_close(a.slope, -b.slope, 1e-14);
}
END_TEST

START_TEST(too_short)
{
    static const double values[] = {1, 2, 3, 4, 5, 6, 7};
    struct rank_trend trend;
    struct err err = {0};
    ck_assert(!rank_trend(values, 7, &trend, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
}
END_TEST

Suite *suite_rank(void)
{
    Suite *suite = suite_create("rank");
    TCase *tcase = tcase_create("rank");
    tcase_add_test(tcase, exact);
    tcase_add_test(tcase, ties);
    tcase_add_test(tcase, mirrored);
    tcase_add_test(tcase, too_short);
    suite_add_tcase(suite, tcase);
    return suite;
}
