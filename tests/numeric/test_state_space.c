/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/state_space.h"

#include <check.h>
#include <math.h>

#include "numeric/filter.h"

Suite *suite_state_space(void);

START_TEST(values_agree_with_the_two_state_filter)
{
    /* The same model written twice: log rate = m + u, and a level of its own beside it that nothing speaks
     * of. */
    static const double y[] = {0.61, 0.72, 0.57, 0.79, 0.86, 0.74};
    struct filter filter = filter_make(.75, .13, .69, .25);
    struct state_space state = {.n = 3, .mean = {.69, 0, 5}};
    state.covariance[0][0] = .25;
    state.covariance[1][1] = .13 * .13 / (1 - .75 * .75);
    state.covariance[2][2] = 1;
    const double transition[STATE_SPACE_MOST][STATE_SPACE_MOST] = {{1}, {0, .75}, {0, 0, 1}};
    const double noise[STATE_SPACE_MOST][STATE_SPACE_MOST] = {{0}, {0, .13 * .13}, {0, 0, .5}};
    const double loading[STATE_SPACE_MOST] = {1, 1, 0};
    double log_likelihood = 0;
    for (int t = 0; t < 6; t++) {
        if (t > 0) {
            filter_predict(&filter);
            state_space_predict(&state, transition, noise);
        }
        filter_observe(&filter, y[t], .005);
        log_likelihood += state_space_value(&state, loading, y[t], .005);
    }
    ck_assert_double_eq_tol(state.mean[0], filter.m, 1e-12);
    ck_assert_double_eq_tol(state.mean[1], filter.u, 1e-12);
    ck_assert_double_eq_tol(state.covariance[0][1], filter.vmu, 1e-12);
    ck_assert_double_eq_tol(state.covariance[1][1], filter.vuu, 1e-12);
    ck_assert_double_eq_tol(log_likelihood, filter.log_likelihood, 1e-12);
    ck_assert_double_eq_tol(state.mean[2], 5, 1e-15);
    ck_assert_double_eq_tol(state.covariance[2][2], 3.5, 1e-12);
}
END_TEST

START_TEST(a_count_gives_the_mean_and_variance_of_its_posterior)
{
    /* R 4.2.2, tests/golden/R/numeric.R: integrate() over the density. */
    static const struct {
        double before, spread, count, expected, dispersion, mean, variance;
    } cases[] = {{0, 1, 3, 1, 1, 0.68726567160102, 0.322806026869001},
                 {0, .04, 0, 5, 1.6, -0.113597087173211, 0.0359263717984362},
                 {-.2, .09, 2, 2.5, 1.5, -0.206918941907042, 0.0799044809195969}};
    const double loading[STATE_SPACE_MOST] = {1};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct state_space state = {.n = 1, .mean = {cases[i].before}, .covariance = {{cases[i].spread}}};
        state_space_count(&state, loading, cases[i].count, cases[i].expected, cases[i].dispersion);
        ck_assert_double_eq_tol(state.mean[0], cases[i].mean, 1e-11);
        ck_assert_double_eq_tol(state.covariance[0][0], cases[i].variance, 1e-11);
    }
}
END_TEST

START_TEST(no_event_is_an_observation_and_many_are_no_trouble)
{
    const double loading[STATE_SPACE_MOST] = {1};
    struct state_space none = {.n = 1, .covariance = {{.04}}};
    state_space_count(&none, loading, 0, 5, 1.6);
    ck_assert_double_lt(none.mean[0], -.05);
    ck_assert_double_gt(none.mean[0], -.04 * 5 / 1.6); /* no further than the first step of Newton's method */
    struct state_space many = {.n = 1, .covariance = {{4}}};
    state_space_count(&many, loading, 1e6, 1, 1);
    ck_assert_double_eq_tol(many.mean[0], log(1e6), 1e-3); /* the data swamp the prior */
    ck_assert_double_gt(many.covariance[0][0], 0);
    struct state_space known = {.n = 1, .mean = {.3}};
    state_space_count(&known, loading, 9, 1, 1); /* nothing to learn where nothing is uncertain */
    ck_assert_double_eq(known.mean[0], .3);
}
END_TEST

START_TEST(dispersion_weakens_what_is_learned)
{
    const double loading[STATE_SPACE_MOST] = {1};
    struct state_space plain = {.n = 1, .covariance = {{.04}}};
    struct state_space wide = plain;
    state_space_count(&plain, loading, 150, 100, 1);
    state_space_count(&wide, loading, 150, 100, 2);
    ck_assert_double_lt(wide.mean[0], plain.mean[0]);
    ck_assert_double_gt(wide.covariance[0][0], plain.covariance[0][0]);
    /* twice the dispersion is half the counts: the same quasi-likelihood */
    struct state_space half = {.n = 1, .covariance = {{.04}}};
    state_space_count(&half, loading, 75, 50, 1);
    ck_assert_double_eq_tol(wide.mean[0], half.mean[0], 1e-12);
}
END_TEST

START_TEST(root_gives_the_matrix_back)
{
    /* The third row is the sum of the first two: rank 2. */
    const double matrix[STATE_SPACE_MOST][STATE_SPACE_MOST] = {{4, 2, 6}, {2, 5, 7}, {6, 7, 13}};
    double root[STATE_SPACE_MOST][STATE_SPACE_MOST];
    state_space_root(matrix, 3, root);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            double sum = 0;
            for (int k = 0; k < 3; k++)
                sum += root[i][k] * root[j][k];
            ck_assert_double_eq_tol(sum, matrix[i][j], 1e-12);
        }
    ck_assert_double_eq(root[2][2], 0);
    const double nothing[STATE_SPACE_MOST][STATE_SPACE_MOST] = {{0}};
    state_space_root(nothing, 2, root);
    ck_assert_double_eq(root[0][0], 0);
    ck_assert_double_eq(root[1][0], 0);
}
END_TEST

Suite *suite_state_space(void)
{
    Suite *suite = suite_create("state_space");
    TCase *tests = tcase_create("state_space");
    tcase_add_test(tests, values_agree_with_the_two_state_filter);
    tcase_add_test(tests, a_count_gives_the_mean_and_variance_of_its_posterior);
    tcase_add_test(tests, no_event_is_an_observation_and_many_are_no_trouble);
    tcase_add_test(tests, dispersion_weakens_what_is_learned);
    tcase_add_test(tests, root_gives_the_matrix_back);
    suite_add_tcase(suite, tests);
    return suite;
}
