/* SPDX-License-Identifier: GPL-3.0-or-later
 * R 4.2 with forecast 8.20 (dm.test) and sandwich 3.0-2 (vcovCL); the calls stand at each number,
 * tests/golden/R/numeric.R repeats them. */
#include "numeric/compare.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "numeric/interval.h"
#include "tests/numeric/close.h"

Suite *suite_compare(void);

enum { LONG = 20, SHORT = 12 };
static const double e1[LONG] = {3.1, -2.4, 5,   1.2,  -4.4, 2.8,  -.9, 3.6, -5.1, 2.2,
                                1.7, -3.3, 4.1, -1.5, 2.6,  -2.9, .7,  3.9, -3.7, 1.4};
static const double e2[LONG] = {3.9, -2.1, 5.8, 2.6,  -4.9, 2.2,  -1.6, 4.9, -5.5, 1.1,
                                2.9, -3.9, 4.6, -2.8, 2.1,  -3.5, 1.9,  4.4, -3.1, 2.3};
static const double f1[SHORT] = {1.2, -.7, 2.1, .3, -1.8, .9, -.4, 1.5, -2.2, .6, 1.1, -.9};
static const double f2[SHORT] = {1.6, -1.1, 1.9, 1, -2.4, 1.3, -.2, 2.2, -2, 1.4, 1.5, -1.6};

static void loss_differences(const double first[], const double second[], int n, int power, double out[])
{
    for (int i = 0; i < n; i++)
        out[i] = pow(fabs(first[i]), power) - pow(fabs(second[i]), power);
}

START_TEST(diebold_mariano_matches)
{
    double d[LONG];
    loss_differences(e1, e2, LONG, 1, d);
    /* R: acf(abs(e1) - abs(e2), type = "covariance"); dm.test(e1, e2, h = 1, power = 1) */
    struct compare_dm dm = compare_diebold_mariano(d, LONG, 1);
    is_close(dm.mean, -.48, 1e-14);
    is_close(dm.variance, .5046, 1e-14);
    is_close(dm.statistic, -2.94540089711, 1e-11);
    is_close(dm.p, .00830571010, 1e-11);
    ck_assert(!dm.is_bartlett);
    dm = compare_diebold_mariano(d, LONG, 2);
    is_close(dm.variance, .5046 - 2 * .12662, 1e-14);
    is_close(dm.statistic, -3.95905202472, 1e-11);
    is_close(dm.p, .000841318722, 1e-12);
    /* h = 3: .5046 - 2 (.12662 + .26624) < 0; dm.test(.., h = 3, varestimator = "bartlett") */
    dm = compare_diebold_mariano(d, LONG, 3);
    ck_assert(dm.is_bartlett);
    is_close(dm.variance, .5046 - 2 * (.12662 * 2 / 3 + .26624 / 3), 1e-14);
    is_close(dm.statistic, -4.719260295926968, 1e-11);
    is_close(dm.p, .000149291834489253, 1e-12);
}
END_TEST

START_TEST(absolute_and_squared_errors)
{
    double d[SHORT];
    loss_differences(f1, f2, SHORT, 1, d); /* R: dm.test(f1, f2, h = 1, power = 1), power = 2 */
    struct compare_dm dm = compare_diebold_mariano(d, SHORT, 1);
    is_close(dm.statistic, -3.46901076049, 1e-11);
    is_close(dm.p, .00524911255, 1e-11);
    loss_differences(f1, f2, SHORT, 2, d);
    dm = compare_diebold_mariano(d, SHORT, 1);
    is_close(dm.statistic, -2.93841259199, 1e-11);
    is_close(dm.p, .01348597798, 1e-11);
    for (int i = 0; i < SHORT; i++)
        d[i] = -d[i]; /* the other way round */
    is_close(compare_diebold_mariano(d, SHORT, 1).statistic, 2.93841259199, 1e-11);
    is_close(compare_diebold_mariano(d, SHORT, 1).p, .01348597798, 1e-11);
}
END_TEST

START_TEST(no_test_without_evidence)
{
    static const double equal[4] = {.1, .1, .1, .1};
    struct compare_dm dm = compare_diebold_mariano(equal, 4, 1);
    is_close(dm.mean, .1, 1e-15);
    ck_assert(isnan(dm.statistic) && isnan(dm.p));
    dm = compare_diebold_mariano(e1, 3, 3);
    ck_assert(isnan(dm.mean) && isnan(dm.p));
    ck_assert(isnan(compare_diebold_mariano(e1, 0, 1).p));
    ck_assert(isnan(compare_diebold_mariano(e1, 3, 0).p));
    ck_assert(!isnan(compare_diebold_mariano(e1, 4, 3).p));
}
END_TEST

START_TEST(few_origins_get_a_sign_test)
{
    /* R: binom.test(6, 8)$p.value, binom.test(8, 8)$p.value */
    is_close(interval_change_p(2, 1, 6, 1), .2890625, 1e-12);
    is_close(interval_change_p(0, 1, 8, 1), .0078125, 1e-12);
}
END_TEST

static const int32_t threes[SHORT] = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3};
static const int32_t uneven[SHORT] = {5, 5, 5, 5, 5, 0, 0, 3, 3, 3, 3, 2}; /* 1 and 4 are empty */

START_TEST(errors_by_cluster_match)
{
    double d[SHORT];
    struct err err = {0};
    struct compare_mean mean;
    loss_differences(f1, f2, SHORT, 1, d);
    /* R: m <- lm(x ~ 1); vcovCL(m, cluster, type = "HC0", cadjust = FALSE), cadjust = TRUE */
    ck_assert(compare_cluster_mean(d, threes, SHORT, 4, &mean, &err));
    is_close(mean.mean, -.375, 1e-14);
    is_close(mean.se, .114488597200, 1e-12);
    is_close(mean.se_adjusted, .132200044825, 1e-12);
    ck_assert_uint_eq(mean.n_clusters, 4);
    /* over vcovHC(m, type = "HC0") */
    is_close(mean.design_effect, 1.22366288492707, 1e-12);
    ck_assert(compare_cluster_mean(d, uneven, SHORT, 6, &mean, &err));
    is_close(mean.se, .0558240041957261, 1e-12);
    is_close(mean.se_adjusted, .0644600076992905, 1e-12);
    ck_assert_uint_eq(mean.n_clusters, 4);
    /* 12 clusters of one: independent */
    static const int32_t single[SHORT] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    ck_assert(compare_cluster_mean(d, single, SHORT, SHORT, &mean, &err));
    is_close(mean.design_effect, 1, 1e-14);
    static const int32_t one[SHORT] = {0};
    ck_assert(compare_cluster_mean(d, one, SHORT, 1, &mean, &err));
    ck_assert(isnan(mean.se_adjusted));
    ck_assert(!compare_cluster_mean(d, one, 0, 1, &mean, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
}
END_TEST

/* Mean, variance and fourth moment of a ratio over all 4^4 equally likely resamples of 4 clusters. */
struct moments {
    double mean, variance, fourth;
};

static struct moments enumerate(const double tops[4], const double bottoms[4])
{
    struct moments moments = {0};
    for (int pass = 0; pass < 2; pass++)
        for (int code = 0; code < 256; code++) {
            double top = 0;
            double bottom = 0;
            for (int i = 0, digits = code; i < 4; i++, digits /= 4) {
                top += tops[digits % 4];
                bottom += bottoms[digits % 4];
            }
            const double value = top / bottom;
            if (pass == 0)
                moments.mean += value / 256;
            else
                moments.variance += pow(value - moments.mean, 2) / 256;
            moments.fourth += pass == 0 ? 0 : pow(value - moments.mean, 4) / 256;
        }
    return moments;
}

/* The bootstrap variance against the exact one; |z| < 4.89: false alarm 1e-6 for any seed. */
static void variance_agrees(const struct compare_bootstrap *found, const struct moments *exact, double n)
{
    const double se = sqrt((exact->fourth - exact->variance * exact->variance) / n);
    ck_assert_double_lt(fabs(found->se * found->se - exact->variance), 4.89 * se);
}

START_TEST(bootstrap_agrees_with_all_resamples)
{
    enum { REPLICATES = 20000 };
    double d[SHORT], scores[SHORT];
    double tops[4] = {0}, threes_each[4] = {3, 3, 3, 3}, bottoms[4] = {0};
    struct err err = {0};
    struct compare_bootstrap found, again;
    loss_differences(f1, f2, SHORT, 1, d);
    for (int i = 0; i < SHORT; i++) {
        scores[i] = fabs(f2[i]);
        tops[threes[i]] += d[i];
        bottoms[threes[i]] += scores[i];
    }
    ck_assert(compare_bootstrap_ratio(d, NULL, threes, SHORT, 4, REPLICATES, 7, &found, &err));
    const struct moments mean = enumerate(tops, threes_each);
    is_close(sqrt(mean.variance), .114488597200,
             1e-12); /* the sandwich without adjustment is its exact value */
    is_close(found.estimate, -.375, 1e-14);
    variance_agrees(&found, &mean, REPLICATES);
    ck_assert(found.low < -.375 && found.high > -.375);
    ck_assert_double_ge(found.low, (tops[0] < tops[1] ? tops[0] : tops[1]) / 3 - 1); /* no nonsense */
    ck_assert(compare_bootstrap_ratio(d, scores, threes, SHORT, 4, REPLICATES, 7, &found, &err));
    const struct moments ratio = enumerate(tops, bottoms);
    is_close(found.estimate,
             (tops[0] + tops[1] + tops[2] + tops[3]) / (bottoms[0] + bottoms[1] + bottoms[2] + bottoms[3]),
             1e-14);
    variance_agrees(&found, &ratio, REPLICATES);
    ck_assert(compare_bootstrap_ratio(d, scores, threes, SHORT, 4, REPLICATES, 7, &again, &err));
    is_close(again.se, found.se, 0); /* the same seed */
    is_close(again.low, found.low, 0);
    ck_assert(compare_bootstrap_ratio(d, scores, threes, SHORT, 4, REPLICATES, 8, &again, &err));
    ck_assert_double_ne(again.se, found.se);
    /* replicates have keys of their own: two of them differ */
    int differ = 0;
    for (uint64_t seed = 0; seed < 10; seed++) {
        ck_assert(compare_bootstrap_ratio(d, scores, threes, SHORT, 4, 2, seed, &again, &err));
        differ += again.se > 0;
    }
    ck_assert_int_gt(differ, 5);
}
END_TEST

START_TEST(bootstrap_limits_are_quantiles)
{
    /* 1000 clusters of one value 0 or 1, half each: limits -+ 1.96 se, se = .5 / sqrt(1000). The tolerance is
     * 4.89 Monte Carlo errors of a 2.5 % point, 2.67 se / sqrt(5000), and half a step of 1/1000. */
    enum { N = 1000, REPLICATES = 5000 };
    double values[N];
    int32_t clusters[N];
    struct err err = {0};
    struct compare_bootstrap found;
    for (int i = 0; i < N; i++) {
        values[i] = i % 2;
        clusters[i] = i;
    }
    ck_assert(compare_bootstrap_ratio(values, NULL, clusters, N, N, REPLICATES, 1, &found, &err));
    const double se = .5 / sqrt(N);
    const double tolerance = 4.89 * 2.67 * se / sqrt(REPLICATES) + .0005;
    is_close(found.low, .5 - 1.96 * se, tolerance);
    is_close(found.high, .5 + 1.96 * se, tolerance);
}
END_TEST

START_TEST(bootstrap_needs_clusters_and_a_base)
{
    static const int32_t one[3] = {2, 2, 2};
    static const int32_t two[3] = {0, 0, 2};
    static const double zero[3] = {0, 0, 0};
    struct err err = {0};
    struct compare_bootstrap found;
    ck_assert(!compare_bootstrap_ratio(f1, NULL, one, 3, 3, 100, 1, &found, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    ck_assert_ptr_nonnull(strstr(err.message, "1 cluster"));
    ck_assert(!compare_bootstrap_ratio(f1, zero, two, 3, 3, 100, 1, &found, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "sum of 0"));
    /* a cluster without a base: replicates of it alone are left out, and nothing is infinite */
    static const double half[3] = {1, 1, 0};
    ck_assert(compare_bootstrap_ratio(f1, half, two, 3, 3, 100, 1, &found, &err));
    ck_assert(isfinite(found.se) && isfinite(found.low) && isfinite(found.high));
    ck_assert_uint_eq(found.n_clusters, 2);
}
END_TEST

Suite *suite_compare(void)
{
    Suite *suite = suite_create("compare");
    TCase *tcase = tcase_create("compare");
    tcase_add_test(tcase, diebold_mariano_matches);
    tcase_add_test(tcase, absolute_and_squared_errors);
    tcase_add_test(tcase, no_test_without_evidence);
    tcase_add_test(tcase, few_origins_get_a_sign_test);
    tcase_add_test(tcase, errors_by_cluster_match);
    tcase_add_test(tcase, bootstrap_agrees_with_all_resamples);
    tcase_add_test(tcase, bootstrap_limits_are_quantiles);
    tcase_add_test(tcase, bootstrap_needs_clusters_and_a_base);
    suite_add_tcase(suite, tcase);
    return suite;
}
