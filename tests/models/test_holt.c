/* SPDX-License-Identifier: GPL-3.0-or-later
 * R 4.2: HoltWinters(c(400,412,405,420,433,428,441,450), alpha = .5, beta = .1, gamma = FALSE). The damped
 * variant starts at level y1, trend y2 - y1, and learns from y2 on. */
#include "models/holt.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/models.h"
#include "tests/models/authority.h"

Suite *suite_holt(void);

static const double y[] = {400, 412, 405, 420, 433, 428, 441, 450};

START_TEST(undamped_matches_r)
{
    const struct holt holt = holt_smooth(y, 8, .5, .1, 1, 1);
    ck_assert_double_eq_tol(holt.level, 451.586654844, 1e-9);
    ck_assert_double_eq_tol(holt.trend, 9.537834828, 1e-9);
    ck_assert_double_eq_tol(holt_forecast(&holt, 1), 461.124489672, 1e-9);
    ck_assert_double_eq_tol(holt_forecast(&holt, 2), 470.662324500, 1e-9);
    ck_assert_double_eq_tol(holt_forecast(&holt, 3), 480.200159328, 1e-9);
    /* half-way between two steps */
    ck_assert_double_eq_tol(holt_forecast(&holt, 1.5), (461.124489672 + 470.662324500) / 2, 1e-9);
}
END_TEST

START_TEST(damped_matches)
{
    const struct holt holt = holt_smooth(y, 8, .5, .1, .9, 0);
    ck_assert_double_eq_tol(holt.level, 447.401252514, 1e-9);
    ck_assert_double_eq_tol(holt.trend, 5.462636841, 1e-9);
    ck_assert_double_eq_tol(holt_forecast(&holt, 1), 452.317625670, 1e-9);
    ck_assert_double_eq_tol(holt_forecast(&holt, 2), 456.742361512, 1e-9);
    ck_assert_double_eq_tol(holt_forecast(&holt, 3), 460.724623769, 1e-9);
}
END_TEST

START_TEST(errors_grow)
{
    const struct holt holt = holt_smooth(y, 8, .5, .1, .9, 0);
    /* hand: 1 + (.5 (1 + .1 x .9))^2 = 1.297025 at two steps */
    ck_assert_double_eq_tol(holt_variance(&holt, 2) / holt_variance(&holt, 1), 1.297025, 1e-12);
    for (int h = 1; h < 20; h++)
        ck_assert_double_gt(holt_variance(&holt, h + 1), holt_variance(&holt, h));
    const double one[] = {7};
    const struct holt alone = holt_smooth(one, 1, .5, .1, .9, 0);
    ck_assert_double_eq(holt_forecast(&alone, 5), 7);
}
END_TEST

/* Published totals of five years: 400, 410, 420, 430, 440; a trend of 10 a year. */
static struct yearly totals(double stock[5], double starts[5], double leavers[5], double population[5])
{
    for (int i = 0; i < 5; i++) {
        stock[i] = 400 + 10 * i;
        starts[i] = 150;
        leavers[i] = 140;
        population[i] = NAN;
    }
    return (struct yearly){.la_name = "Testshire",
                           .first_year = 2012,
                           .n_years = 5,
                           .stock = stock,
                           .starts = starts,
                           .leavers = leavers,
                           .population = population};
}

static void forecast_totals(const struct model *model, day origin, int32_t months, struct forecast *out)
{
    double stock[5], starts[5], leavers[5], population[5];
    const struct yearly yearly = totals(stock, starts, leavers, population);
    struct scenario scenario = authority_scenario(model);
    struct price_book book = {0};
    struct err err = {0};
    struct log log;
    log_init(&log, stderr, true);
    const struct model_input input = {.yearly = &yearly, .origin = origin, .months = months, .seed = 1};
    const struct run_options options = {.replicates = 4000, .threads = 2};
    ck_assert_msg(forecast_run(model, &input, &scenario, 1, &book, &options, &log, out, &err), "%s",
                  err.message);
    scenario_free(&scenario);
}

START_TEST(published_totals_are_enough)
{
    const struct group all = {GROUP_ALL, 0};
    struct forecast last, trend;
    forecast_totals(&model_last_value, on(2016, 3, 31), 36, &last);
    forecast_totals(&model_holt, on(2016, 3, 31), 36, &trend);
    const struct summary *one = result_find(&last.scenarios[0], MEASURE_STOCK, all, 11);
    const struct summary *three = result_find(&last.scenarios[0], MEASURE_STOCK, all, 35);
    /* median: the last value. se of the median 1.25 sd / sqrt(4000) = .7 children, 4.89 of them */
    ck_assert_double_eq_tol(one->quantiles[3], 440, 3.5);
    /* sd of the log, leaning to own changes of some .024: variance (8 x .0768^2 + 4 x .024^2)/12 = .0041 */
    ck_assert_double_eq_tol(one->sd / 440, 0.0643, 0.006);
    ck_assert_double_gt(three->sd, one->sd * 1.5);
    /* a trend of 10 a year damped by .9: 449, 457.1, 464.4 (hand) */
    const struct summary *next = result_find(&trend.scenarios[0], MEASURE_STOCK, all, 11);
    ck_assert_double_eq_tol(next->quantiles[3], 449, 3.5);
    ck_assert_ptr_null(result_find(&last.scenarios[0], MEASURE_COST, all, 0));
    ck_assert_ptr_nonnull(result_find(&last.scenarios[0], MEASURE_ENTRIES, all, 0));
    forecast_free(&last);
    forecast_free(&trend);
}
END_TEST

START_TEST(a_later_origin_is_further_from_the_last_total)
{
    const struct group all = {GROUP_ALL, 0};
    struct forecast march, september;
    forecast_totals(&model_last_value, on(2016, 3, 31), 6, &march);
    forecast_totals(&model_last_value, on(2016, 9, 30), 6, &september);
    ck_assert_double_gt(result_find(&september.scenarios[0], MEASURE_STOCK, all, 0)->sd,
                        result_find(&march.scenarios[0], MEASURE_STOCK, all, 0)->sd * 1.5);
    forecast_free(&march);
    forecast_free(&september);
}
END_TEST

START_TEST(nothing_known_is_an_error)
{
    double stock[5], starts[5], leavers[5], population[5];
    const struct yearly yearly = totals(stock, starts, leavers, population);
    struct scenario scenario = authority_scenario(&model_last_value);
    const struct model_input input = {.yearly = &yearly, .origin = on(2011, 3, 31), .months = 6, .seed = 1};
    struct err err = {0};
    void *fitted = NULL;
    ck_assert(!model_last_value.fit(&input, &scenario.params, &fitted, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    scenario_free(&scenario);
}
END_TEST

Suite *suite_holt(void)
{
    Suite *suite = suite_create("holt");
    TCase *tcase = tcase_create("levels and trends");
    tcase_add_test(tcase, undamped_matches_r);
    tcase_add_test(tcase, damped_matches);
    tcase_add_test(tcase, errors_grow);
    tcase_add_test(tcase, published_totals_are_enough);
    tcase_add_test(tcase, a_later_origin_is_further_from_the_last_total);
    tcase_add_test(tcase, nothing_known_is_an_error);
    suite_add_tcase(suite, tcase);
    return suite;
}
