/* SPDX-License-Identifier: GPL-3.0-or-later
 * A million draws of each distribution against its exact probabilities: chi-squared over cells of at least 5
 * expected draws. Each test fails for a right program once in 10^6 seeds. */
#include "numeric/dist.h"
#include "numeric/stream.h"

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

enum { DRAWS = 1000000, LARGEST = 4096, UNIFORM_CELLS = 1000 };
static const double false_alarm = 1e-6;

Suite *suite_draws(void);

/* Neighbouring values are pooled until 5 draws are expected. */
static double chi_squared(const int32_t seen[], const double probability[], int n, int *freedom)
{
    double sum = 0;
    double expected = 0;
    double observed = 0;
    double left = 1;
    int cells = 0;
    for (int k = 0; k < n; k++) {
        expected += DRAWS * probability[k];
        observed += seen[k];
        left -= probability[k];
        if (expected >= 5 && DRAWS * left >= 5) {
            sum += (observed - expected) * (observed - expected) / expected;
            expected = observed = 0;
            cells++;
        }
    }
    expected += DRAWS * fmax(left, 0);
    if (expected > 0) {
        sum += (observed - expected) * (observed - expected) / expected;
        cells++;
    }
    *freedom = cells - 1;
    return sum;
}

static void must_fit(const int32_t seen[], const double probability[], int n, const char *what, double a,
                     double b)
{
    int freedom = 0;
    const double statistic = chi_squared(seen, probability, n, &freedom);
    ck_assert_int_gt(freedom, 0);
    const double p = gsl_cdf_chisq_Q(statistic, freedom);
    ck_assert_msg(p > false_alarm, "%s(%g, %g): chi-squared %g on %d, p %g", what, a, b, statistic, freedom,
                  p);
}

START_TEST(uniforms)
{
    static int32_t seen[UNIFORM_CELLS];
    static double probability[UNIFORM_CELLS];
    struct stream stream = stream_make(1, PURPOSE_TEST, 1, 0, 0);
    for (int i = 0; i < DRAWS; i++)
        seen[(int)(stream_uniform(&stream) * UNIFORM_CELLS)]++;
    for (int i = 0; i < UNIFORM_CELLS; i++)
        probability[i] = 1.0 / UNIFORM_CELLS;
    must_fit(seen, probability, UNIFORM_CELLS, "uniform", 0, 1);
}
END_TEST

/* Streams of neighbouring keys are as good as one stream. */
START_TEST(uniforms_across_keys)
{
    static int32_t seen[UNIFORM_CELLS];
    static double probability[UNIFORM_CELLS];
    for (uint32_t i = 0; i < DRAWS; i++) {
        struct stream stream = stream_make(1, PURPOSE_TEST, i % 1000, i / 1000, 0);
        seen[(int)(stream_uniform(&stream) * UNIFORM_CELLS)]++;
    }
    for (int i = 0; i < UNIFORM_CELLS; i++)
        probability[i] = 1.0 / UNIFORM_CELLS;
    must_fit(seen, probability, UNIFORM_CELLS, "uniform across keys", 0, 1);
}
END_TEST

START_TEST(poisson)
{
    static const double means[] = {0.02, 0.7, 3, 9.9, 10.1, 60, 400, 2500};
    const double mean = means[_i];
    static int32_t seen[LARGEST];
    static double probability[LARGEST];
    struct stream stream = stream_make(1, PURPOSE_TEST, 2, (uint32_t)_i, 0);
    for (int i = 0; i < DRAWS; i++)
        seen[dist_poisson_quantile(mean, stream_uniform(&stream))]++;
    for (unsigned k = 0; k < LARGEST; k++)
        probability[k] = gsl_ran_poisson_pdf(k, mean);
    must_fit(seen, probability, LARGEST, "Poisson", mean, 0);
}
END_TEST

START_TEST(binomial)
{
    static const struct {
        int32_t n;
        double p;
    } cases[] = {{1, .3}, {5, .01}, {40, .02}, {300, .004}, {300, .4}, {1500, .03}, {3000, .9}, {2000, .5}};
    const int32_t n = cases[_i].n;
    const double p = cases[_i].p;
    static int32_t seen[LARGEST];
    static double probability[LARGEST];
    struct stream stream = stream_make(1, PURPOSE_TEST, 3, (uint32_t)_i, 0);
    for (int i = 0; i < DRAWS; i++)
        seen[dist_binomial_quantile(n, p, stream_uniform(&stream))]++;
    for (unsigned k = 0; k < LARGEST; k++)
        probability[k] = gsl_ran_binomial_pdf(k, p, (unsigned)n);
    must_fit(seen, probability, LARGEST, "binomial", n, p);
}
END_TEST

Suite *suite_draws(void)
{
    Suite *suite = suite_create("draws");
    TCase *tcase = tcase_create("draws");
    tcase_add_test(tcase, uniforms);
    tcase_add_test(tcase, uniforms_across_keys);
    tcase_add_loop_test(tcase, poisson, 0, 8);
    tcase_add_loop_test(tcase, binomial, 0, 8);
    suite_add_tcase(suite, tcase);
    return suite;
}
