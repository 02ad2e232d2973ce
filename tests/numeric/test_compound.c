/* SPDX-License-Identifier: GPL-3.0-or-later
 * Expected numbers: Panjer's recursion in R 4.2, tests/golden/R/numeric.R. */
#include "numeric/compound.h"

#include <check.h>
#include <math.h>

#include "numeric/dist.h"
#include "numeric/negative_binomial.h"
#include "numeric/stream.h"
#include "tests/numeric/close.h"

Suite *suite_compound(void);

static const double sizes[] = {.70, .18, .08, .04};
enum { SIZES = 4 };

START_TEST(moments)
{
    /* hand: E K = 1.46, E K^2 = .7 + .72 + .72 + .64 = 2.78 */
    is_close(compound_mean(3, sizes, SIZES), 4.38, 1e-14);
    is_close(compound_variance(3, sizes, SIZES), 8.34, 1e-14);
    is_close(compound_dispersion(sizes, SIZES), 1.90410958904, 1e-11);
    static const double alone[] = {1};
    is_close(compound_dispersion(alone, 1), 1, 0);
}
END_TEST

START_TEST(probabilities)
{
    static const double golden[] = {.0497870683679, .1045528435725, .1366655026698,
                                    .1452537719632, .1379518760487, .1190315080519,
                                    .0948560583561, .0709712732202, .0504254753860};
    double p[10];
    double sum = 0;
    compound_probabilities(3, sizes, SIZES, p, 10);
    for (int i = 0; i < 10; i++) {
        if (i < 9)
            is_close(p[i], golden[i], 1e-12);
        sum += p[i];
    }
    is_close(1 - sum, .0562852935559, 1e-12);
    static const double alone[] = {1};
    compound_probabilities(7, alone, 1, p, 10); /* no siblings: the Poisson */
    for (int i = 0; i < 10; i++)
        is_close(p[i], negative_binomial_pmf(7, INFINITY, i), 1e-14);
    compound_probabilities(0, sizes, SIZES, p, 3);
    is_close(p[0], 1, 0);
    is_close(p[1] + p[2], 0, 0);
    compound_probabilities(3, sizes, SIZES, p, 0);
}
END_TEST

START_TEST(many_groups)
{
    /* e^-1000 is 0 in doubles. R 4.2: Q <- the recursion for 500; sum(Q[1:(n+1)] * Q[(n+1):1]) at 1400.. */
    enum { MOST = 2400 };
    static double p[MOST];
    double sum = 0;
    double mean = 0;
    double squares = 0;
    compound_probabilities(1000, sizes, SIZES, p, MOST);
    is_close(p[1400], .00402101840957003, 1e-13);
    is_close(p[1460], .00756540304861588, 1e-13);
    is_close(p[1520], .00390109323403297, 1e-13);
    for (int i = 0; i < MOST; i++) {
        sum += p[i];
        mean += i * p[i];
        squares += (i - 1460.0) * (i - 1460.0) * p[i];
    }
    is_close(sum, 1, 1e-12);
    is_close(mean, 1460, 1e-12);
    is_close(squares, 2780, 1e-11);
}
END_TEST

START_TEST(group_sizes)
{
    ck_assert_int_eq(compound_size_quantile(sizes, SIZES, .69), 1);
    ck_assert_int_eq(compound_size_quantile(sizes, SIZES, .71), 2);
    ck_assert_int_eq(compound_size_quantile(sizes, SIZES, .89), 3);
    ck_assert_int_eq(compound_size_quantile(sizes, SIZES, .97), 4);
    /* the last size takes what rounding leaves */
    static const double short_of_one[] = {.7, .2, .1 - 5e-10};
    ck_assert_int_eq(compound_size_quantile(short_of_one, 3, 1 - 0x1p-53), 3);
}
END_TEST

START_TEST(simulated_groups_vary_by_the_index)
{
    /* 20,000 months drawn group by group. Mean and variance against the exact law, each |z| < 4.89: false
     * alarm 1e-6 for any seed. Without siblings in the draws the variance would be 4.38, not 8.34. */
    enum { MONTHS = 20000, MOST = 200 };
    double p[MOST];
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    compound_probabilities(3, sizes, SIZES, p, MOST);
    for (int k = 0; k < MOST; k++)
        fourth += p[k] * pow(k - 4.38, 4);
    for (uint32_t month = 0; month < MONTHS; month++) {
        struct stream stream = stream_make(61, PURPOSE_TEST, month, 0, 0);
        const int32_t groups = dist_poisson_quantile(3, stream_uniform(&stream));
        int32_t children = 0;
        for (int32_t g = 0; g < groups; g++)
            children += compound_size_quantile(sizes, SIZES, stream_uniform(&stream));
        sum += children;
        squares += (children - 4.38) * (children - 4.38);
    }
    ck_assert_double_lt(fabs(sum / MONTHS - 4.38), 4.89 * sqrt(8.34 / MONTHS));
    ck_assert_double_lt(fabs(squares / MONTHS - 8.34), 4.89 * sqrt((fourth - 8.34 * 8.34) / MONTHS));
}
END_TEST

START_TEST(sizes_that_do_not_add_up_are_a_bug)
{
    static const double wrong[] = {.7, .2};
    compound_dispersion(wrong, 2);
}
END_TEST

Suite *suite_compound(void)
{
    Suite *suite = suite_create("compound");
    TCase *tcase = tcase_create("compound");
    tcase_add_test(tcase, moments);
    tcase_add_test(tcase, probabilities);
    tcase_add_test(tcase, many_groups);
    tcase_add_test(tcase, group_sizes);
    tcase_add_test(tcase, simulated_groups_vary_by_the_index);
    tcase_add_exit_test(tcase, sizes_that_do_not_add_up_are_a_bug, 70); /* bug_if */
    suite_add_tcase(suite, tcase);
    return suite;
}
