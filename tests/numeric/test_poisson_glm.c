/* SPDX-License-Identifier: GPL-3.0-or-later
 * R 4.2: glm(events ~ .. + offset(log(exposure)), poisson, control = list(epsilon = 1e-14)); the calls stand
 * at each number, tests/golden/R/numeric.R repeats them. */
#include "numeric/poisson_glm.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "numeric/dist.h"
#include "numeric/stream.h"
#include "tests/numeric/close.h"

Suite *suite_poisson_glm(void);

/* Two factors, a = 1 1 1 2 2 2 and b = 1 2 3 1 2 3, as contrasts a2, b2, b3. */
enum { ROWS = 6, COLUMNS = 3 };
static const double exposure[ROWS] = {41.5, 118.25, 60, 22.75, 20.5, 95};
static const double columns[ROWS * COLUMNS] = {0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 1};

static struct poisson_glm fit(const struct poisson_glm_data *data)
{
    struct err err = {0};
    struct poisson_glm glm;
    ck_assert_msg(poisson_glm_fit(data, &glm, &err), "%s", err.message);
    return glm;
}

static struct poisson_glm fit_six(const double events[ROWS])
{
    const struct poisson_glm_data data = {
        .n = ROWS, .n_columns = COLUMNS, .events = events, .exposure = exposure, .columns = columns};
    return fit(&data);
}

START_TEST(two_factors_match_r)
{
    static const double events[ROWS] = {12, 30, 9, 25, 14, 40};
    static const double coefficients[] = {-1.098454789827, 1.116510050432, -.315082264038, -.868077357658};
    static const double se[] = {.205793051402, .197725004571, .229819185717, .221448733032};
    static const double means[] = {13.8355122389, 28.7680090682, 8.3964786929,
                                   23.1644877611, 15.2319909318, 40.6035213071};
    struct poisson_glm glm = fit_six(events);
    double gradient[1 + COLUMNS] = {0};
    for (int k = 0; k < 4; k++) {
        is_close(glm.coefficients[k], coefficients[k], 1e-11);
        is_close(sqrt(glm.covariance[k * 4 + k]), se[k], 1e-11);
        ck_assert_int_eq(glm.status[k], POISSON_GLM_FITTED);
    }
    for (int i = 0; i < ROWS; i++) {
        is_close(glm.means[i], means[i], 1e-10);
        gradient[0] += events[i] - glm.means[i];
        for (int k = 0; k < COLUMNS; k++)
            gradient[k + 1] += columns[i * COLUMNS + k] * (events[i] - glm.means[i]);
    }
    for (int k = 0; k < 4; k++) /* X'(O - mu) = 0: totals agree along each margin */
        is_close(gradient[k], 0, 1e-9);
    is_close(glm.deviance, .602663935084, 1e-11);
    is_close(glm.log_likelihood, -14.660377568369, 1e-12);
    is_close(glm.pearson, .593710247750, 1e-11);
    ck_assert_uint_eq(glm.n_rows, 6);
    ck_assert_uint_eq(glm.n_fitted, 4);
    /* r <- c(1, 1, 0, 1); sum(r * coef(g)); sqrt(t(r) %*% vcov(g) %*% r) */
    static const double row[COLUMNS] = {1, 0, 1};
    double row_se = 0;
    is_close(poisson_glm_log_rate(&glm, row, &row_se), -.850022097052729, 1e-11);
    is_close(row_se, .146820024879956, 1e-11);
    is_close(poisson_glm_log_rate(&glm, row, NULL), log(glm.means[5] / 95), 1e-12);
    poisson_glm_free(&glm);
}
END_TEST

START_TEST(a_row_without_events)
{
    static const double events[ROWS] = {12, 30, 0, 25, 14, 40};
    static const double coefficients[] = {-1.306227727001, 1.430491218080, -.227484095073, -1.129951354132};
    struct poisson_glm glm = fit_six(events);
    for (int k = 0; k < 4; k++)
        is_close(glm.coefficients[k], coefficients[k], 1e-11);
    is_close(glm.deviance, 13.2665521652, 1e-11);
    poisson_glm_free(&glm);
}
END_TEST

START_TEST(a_trend_in_monthly_counts)
{
    /* glm(y ~ t + offset(log(e)), poisson), t = 0, 1/12, .., e = c(480, ..)/12 */
    static const double y[12] = {14, 9, 11, 17, 8, 21, 13, 12, 10, 19, 25, 7};
    static const double people[12] = {480, 482, 485, 487, 490, 492, 493, 495, 497, 498, 500, 501};
    double e[12], t[12];
    for (int i = 0; i < 12; i++) {
        e[i] = people[i] / 12;
        t[i] = i / 12.0;
    }
    const struct poisson_glm_data data = {.n = 12, .n_columns = 1, .events = y, .exposure = e, .columns = t};
    struct poisson_glm glm = fit(&data);
    is_close(glm.coefficients[0], -1.195654102447, 1e-11);
    is_close(glm.coefficients[1], .232798772623, 1e-11);
    is_close(sqrt(glm.covariance[0]), .151610572316, 1e-11);
    is_close(sqrt(glm.covariance[3]), .270523515225, 1e-11);
    is_close(glm.deviance, 22.8301578674, 1e-11);
    is_close(glm.pearson / (double)(glm.n_rows - glm.n_fitted), 2.26678007682, 1e-10);
    poisson_glm_free(&glm);
}
END_TEST

START_TEST(a_level_without_events_is_held)
{
    /* b3 has no events: held at -12. The rest is glm(.., subset = b != 3): -1.118854498597580,
     * 1.148898357467934, -.306013897701143, but for e^-12 x 100 expected events in b3 */
    static const double events[ROWS] = {12, 30, 0, 25, 14, 0};
    struct poisson_glm glm = fit_six(events);
    ck_assert_int_eq(glm.status[3], POISSON_GLM_CAPPED);
    is_close(glm.coefficients[3], -12, 0);
    ck_assert_uint_eq(glm.n_fitted, 3);
    is_close(glm.covariance[3 * 4 + 3], 0, 0);
    is_close(glm.coefficients[0], -1.118854498597580, 1e-4);
    is_close(glm.coefficients[1], 1.148898357467934, 1e-4);
    is_close(glm.coefficients[2], -.306013897701143, 1e-4);
    double sum = 0;
    for (int i = 0; i < ROWS; i++)
        sum += glm.means[i];
    is_close(sum, 81, 1e-9); /* all events are still accounted for */
    ck_assert(glm.means[2] > 0 && glm.means[2] < 1e-3);
    poisson_glm_free(&glm);
    /* the reference level without events: the others go up */
    static const double others[ROWS] = {0, 30, 9, 0, 14, 40};
    glm = fit_six(others);
    ck_assert_int_eq(glm.status[2], POISSON_GLM_CAPPED);
    is_close(glm.coefficients[2], 12, 0);
    ck_assert(glm.means[0] < 1e-3 && fabs(glm.means[1] + glm.means[4] - 44) < 1e-2);
    poisson_glm_free(&glm);
}
END_TEST

START_TEST(a_rate_a_million_times_the_other_is_no_separation_of_the_intercept)
{
    /* exposure in days: the intercept is log(3 / 9e6) = -14.9 and is not held */
    static const double events[2] = {1, 2};
    static const double days[2] = {3e6, 6e6};
    const struct poisson_glm_data data = {.n = 2, .events = events, .exposure = days};
    struct poisson_glm glm = fit(&data);
    is_close(glm.coefficients[0], log(3 / 9e6), 1e-12);
    ck_assert_int_eq(glm.status[0], POISSON_GLM_FITTED);
    is_close(glm.covariance[0], 1.0 / 3, 1e-12); /* 1 / events */
    poisson_glm_free(&glm);
}
END_TEST

START_TEST(a_coefficient_may_come_back_from_the_cap)
{
    /* Widths of -7 to 1: the first steps overshoot 12. The estimate is finite, and solves X'(O - mu) = 0. */
    static const double events[4] = {48, 1, 0, 13};
    static const double e[4] = {440491, 72, 812, .87};
    static const double x[8] = {-6, 1, 1, 0, 1, 1, -7, 1};
    static const double far[3] = {8, 220, 0};
    static const double far_e[3] = {5514, 2.9e-6, .28};
    static const double far_x[6] = {-4, 0, 4, 0, -5, 0};
    const struct poisson_glm_data data[2] = {
        {.n = 4, .n_columns = 2, .events = events, .exposure = e, .columns = x},
        {.n = 3, .n_columns = 2, .events = far, .exposure = far_e, .columns = far_x},
    };
    for (int d = 0; d < 2; d++) {
        struct poisson_glm glm = fit(&data[d]);
        for (size_t k = 0; k < 2; k++) {
            double gradient = 0;
            for (size_t i = 0; i < data[d].n; i++)
                gradient += data[d].columns[2 * i + k] * (data[d].events[i] - glm.means[i]);
            if (glm.status[k + 1] == POISSON_GLM_FITTED)
                is_close(gradient, 0, 1e-7);
        }
        poisson_glm_free(&glm);
    }
}
END_TEST

START_TEST(steps_that_raise_the_deviance_are_halved)
{
    /* one contrast: log(2 / 1) and log(6 / 76) - log(2); whole steps run away */
    static const double events[3] = {2, 0, 6};
    static const double e[3] = {1, 60, 16};
    static const double x[3] = {0, 1, 1};
    const struct poisson_glm_data data = {
        .n = 3, .n_columns = 1, .events = events, .exposure = e, .columns = x};
    struct poisson_glm glm = fit(&data);
    is_close(glm.coefficients[0], log(2), 1e-9);
    is_close(glm.coefficients[1], log(6.0 / 76) - log(2), 1e-9);
    is_close(glm.deviance, 2 * 6 * log(76.0 / 16), 1e-11); /* hand: rows 2 and 3 share 6 events by exposure */
    poisson_glm_free(&glm);
}
END_TEST

START_TEST(columns_that_others_explain_are_dropped)
{
    /* a2, b2, b3, then b1 = 1 - b2 - b3 and a2 again: the later ones go, as NA in R; the rest is unchanged */
    static const double events[ROWS] = {12, 30, 9, 25, 14, 40};
    double wide[ROWS * 5];
    for (size_t i = 0; i < ROWS; i++) {
        double *const row = &wide[5 * i];
        memcpy(row, &columns[COLUMNS * i], COLUMNS * sizeof *row);
        row[3] = 1 - row[1] - row[2];
        row[4] = row[0];
    }
    const struct poisson_glm_data data = {
        .n = ROWS, .n_columns = 5, .events = events, .exposure = exposure, .columns = wide};
    struct poisson_glm glm = fit(&data);
    ck_assert_uint_eq(glm.n_fitted, 4);
    ck_assert_int_eq(glm.status[4], POISSON_GLM_ALIASED);
    ck_assert_int_eq(glm.status[5], POISSON_GLM_ALIASED);
    is_close(glm.coefficients[4], 0, 0);
    is_close(glm.coefficients[1], 1.116510050432, 1e-11);
    is_close(sqrt(glm.covariance[3 * 6 + 3]), .221448733032, 1e-11);
    is_close(glm.deviance, .602663935084, 1e-11);
    poisson_glm_free(&glm);
    /* more columns than rows: two rows, two coefficients, a perfect fit */
    const struct poisson_glm_data few = {
        .n = 2, .n_columns = 5, .events = events, .exposure = exposure, .columns = wide};
    glm = fit(&few);
    ck_assert_uint_eq(glm.n_fitted, 2);
    is_close(glm.deviance, 0, 1e-12);
    poisson_glm_free(&glm);
}
END_TEST

START_TEST(rows_without_exposure_take_no_part)
{
    static const double events[ROWS + 1] = {12, 30, 9, 0, 25, 14, 40};
    static const double e[ROWS + 1] = {41.5, 118.25, 60, 0, 22.75, 20.5, 95};
    static const double x[(ROWS + 1) * COLUMNS] = {0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1,
                                                   1, 1, 0, 0, 1, 1, 0, 1, 0, 1};
    const struct poisson_glm_data data = {
        .n = ROWS + 1, .n_columns = COLUMNS, .events = events, .exposure = e, .columns = x};
    struct poisson_glm glm = fit(&data);
    is_close(glm.coefficients[3], -.868077357658, 1e-11);
    is_close(glm.means[3], 0, 0);
    is_close(glm.means[6], 40.6035213071, 1e-10);
    ck_assert_uint_eq(glm.n_rows, 6);
    poisson_glm_free(&glm);
}
END_TEST

START_TEST(a_ridge_pulls_all_but_the_intercept)
{
    /* Newton's steps in R: p + solve(t(X) %*% (mu * X) + D, t(X) %*% (O - mu) - D %*% p), D = 2.5 diag(0, 1,
     * 1, 1) */
    static const double events[ROWS] = {12, 30, 9, 25, 14, 40};
    static const double coefficients[] = {-1.103190313953676, 1.010286033460307, -.260162782677837,
                                          -.739123144101386};
    static const double se[] = {.194830384873327, .187151690814692, .215454479876122, .208266126716116};
    struct poisson_glm_data data = {.n = ROWS,
                                    .n_columns = COLUMNS,
                                    .events = events,
                                    .exposure = exposure,
                                    .columns = columns,
                                    .ridge = 2.5};
    struct poisson_glm glm = fit(&data);
    for (int k = 0; k < 4; k++) {
        is_close(glm.coefficients[k], coefficients[k], 1e-11);
        is_close(sqrt(glm.covariance[k * 4 + k]), se[k], 1e-11);
    }
    poisson_glm_free(&glm);
    data.ridge = 1e9; /* all but the common rate, log(130 / 358) */
    glm = fit(&data);
    is_close(glm.coefficients[0], -1.01299853594512, 1e-6);
    is_close(glm.coefficients[1], 0, 1e-6);
    poisson_glm_free(&glm);
    /* what says the same shares the effect, and a level without events has a finite estimate */
    static const double twice[4] = {1, 1, 0, 0};
    static const double two[2] = {0, 8};
    static const double equal[2] = {1, 1};
    const struct poisson_glm_data shared = {
        .n = 2, .n_columns = 2, .events = two, .exposure = equal, .columns = twice, .ridge = .1};
    glm = fit(&shared);
    is_close(glm.coefficients[1], glm.coefficients[2], 1e-10);
    ck_assert(glm.status[1] == POISSON_GLM_FITTED && glm.coefficients[1] > -12 && glm.coefficients[1] < -1);
    is_close(two[0] - glm.means[0], .1 * glm.coefficients[1], 1e-9); /* x'(O - mu) = ridge x b */
    poisson_glm_free(&glm);
}
END_TEST

START_TEST(random_margins_are_solved)
{
    /* Three factors of 6, 5 and 7 levels, a third of the cells empty, rates over several powers of e. */
    enum { A = 6, B = 5, C = 7, N = A * B * C, P = A + B + C - 3 };
    static double events[N], e[N], x[N * P];
    struct stream stream = stream_make(51, PURPOSE_TEST, 0, (uint32_t)_i, 0);
    double truth[P];
    memset(x, 0, sizeof x);
    for (int k = 0; k < P; k++)
        truth[k] = stream_normal(&stream);
    for (int i = 0; i < N; i++) {
        const int a = i % A, b = i / A % B, c = i / A / B;
        double log_rate = -2;
        if (a > 0)
            x[i * P + a - 1] = 1;
        if (b > 0)
            x[i * P + A - 2 + b] = 1;
        if (c > 0)
            x[i * P + A + B - 3 + c] = 1;
        for (int k = 0; k < P; k++)
            log_rate += x[i * P + k] * truth[k];
        e[i] = stream_uniform(&stream) < .3 ? 0 : exp(1 + 2 * stream_normal(&stream));
        events[i] = dist_poisson_quantile(e[i] * exp(log_rate), stream_uniform(&stream));
    }
    const struct poisson_glm_data data = {
        .n = N, .n_columns = P, .events = events, .exposure = e, .columns = x};
    struct poisson_glm glm = fit(&data);
    for (int k = 0; k < P; k++) {
        double gradient = 0;
        double total = 1;
        for (int i = 0; i < N; i++) {
            gradient += x[i * P + k] * (events[i] - glm.means[i]);
            total += x[i * P + k] * events[i];
        }
        if (glm.status[k + 1] == POISSON_GLM_FITTED)
            ck_assert_double_lt(fabs(gradient), 1e-8 * total);
    }
    poisson_glm_free(&glm);
}
END_TEST

START_TEST(faults_have_words)
{
    static const double events[2] = {0, 3}, none[2] = {0, 0}, lost[2] = {4, 0}, negative[2] = {1, -1};
    static const double e[2] = {0, 3};
    static const double gap[2] = {1, NAN};
    struct err err = {0};
    struct poisson_glm glm;
    struct poisson_glm_data data = {.n = 2, .events = lost, .exposure = e};
    ck_assert(!poisson_glm_fit(&data, &glm, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    ck_assert_ptr_nonnull(strstr(err.message, "row 1"));
    ck_assert_ptr_nonnull(strstr(err.message, "no exposure"));
    data.events = none;
    ck_assert(!poisson_glm_fit(&data, &glm, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "no events"));
    data.events = negative;
    data.exposure = events; /* 0 and 3 */
    ck_assert(!poisson_glm_fit(&data, &glm, &err));
    data.events = events;
    data.exposure = e;
    data.columns = gap;
    data.n_columns = 1;
    ck_assert(!poisson_glm_fit(&data, &glm, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "column 1"));
    data.n = 0;
    ck_assert(!poisson_glm_fit(&data, &glm, &err));
}
END_TEST

Suite *suite_poisson_glm(void)
{
    Suite *suite = suite_create("poisson_glm");
    TCase *tcase = tcase_create("poisson_glm");
    tcase_add_test(tcase, two_factors_match_r);
    tcase_add_test(tcase, a_row_without_events);
    tcase_add_test(tcase, a_trend_in_monthly_counts);
    tcase_add_test(tcase, a_level_without_events_is_held);
    tcase_add_test(tcase, a_rate_a_million_times_the_other_is_no_separation_of_the_intercept);
    tcase_add_test(tcase, a_coefficient_may_come_back_from_the_cap);
    tcase_add_test(tcase, steps_that_raise_the_deviance_are_halved);
    tcase_add_test(tcase, columns_that_others_explain_are_dropped);
    tcase_add_test(tcase, rows_without_exposure_take_no_part);
    tcase_add_test(tcase, a_ridge_pulls_all_but_the_intercept);
    tcase_add_loop_test(tcase, random_margins_are_solved, 0, 30);
    tcase_add_test(tcase, faults_have_words);
    suite_add_tcase(suite, tcase);
    return suite;
}
