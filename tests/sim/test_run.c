/* SPDX-License-Identifier: GPL-3.0-or-later
 * The engine around a model, with a model so small that every figure is done by hand: replicate r has 100 + r
 * children and as many nights in foster_kin, whatever the month, and the lever `entries` adds its effect. */
#include "sim/run.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "sim/cost.h"
#include "sim/effect.h"
#include "sim/result.h"

Suite *suite_run(void);

enum { MONTHS = 14, RUNS = 11, FAILING = 7 };
static const struct group everyone = {GROUP_ALL, 0};
static const struct group kin = {GROUP_PLACEMENT, PLACEMENT_FOSTER_KIN};

static const struct result_series toy_series[] = {
    {MEASURE_STOCK, {GROUP_ALL, 0}},
    {MEASURE_NIGHTS, {GROUP_PLACEMENT, PLACEMENT_FOSTER_KIN}},
    {MEASURE_ENTRIES, {GROUP_ALL, 0}},
};

struct toy {
    int32_t fails_at;
};

static bool toy_fit(const struct model_input *input, const struct params *params, void **fitted,
                    struct err *err)
{
    (void)params;
    struct toy *toy = vec_new(1, sizeof *toy, err);
    if (toy == NULL)
        return false;
    toy->fails_at = input->seed == FAILING ? FAILING : -1;
    *fitted = toy;
    return true;
}

static void toy_list(const void *fitted, const struct result_series **series, size_t *n)
{
    (void)fitted;
    *series = toy_series;
    *n = sizeof toy_series / sizeof toy_series[0];
}

static bool toy_prepare(const void *fitted, const struct scenario *scenario, void **prepared, struct err *err)
{
    (void)fitted;
    int32_t *extra = vec_new(1, sizeof *extra, err);
    if (extra == NULL)
        return false;
    for (size_t i = 0; i < scenario->n_levers; i++)
        if (scenario->levers[i].kind == LEVER_ENTRIES)
            *extra += (int32_t)scenario->levers[i].high;
    *prepared = extra;
    return true;
}

static bool toy_simulate(const void *fitted, const void *prepared, int32_t replicate, struct tally *tally,
                         struct err *err)
{
    const struct toy *toy = fitted;
    if (toy->fails_at >= 0 && replicate >= toy->fails_at)
        return err_set(err, ERR_INTERNAL, "the toy broke");
    const int32_t children = 100 + replicate + *(const int32_t *)prepared;
    for (size_t i = 0; i < tally->n_series * (size_t)tally->months; i++)
        tally->values[i] = children;
    return true;
}

static const struct model toy = {
    .name = "toy",
    .needs = MODEL_NEEDS_HISTORY,
    .lever_kinds = 1U << LEVER_ENTRIES,
    .where_keys = 1U << WHERE_AGE,
    .fit = toy_fit,
    .series = toy_list,
    .prepare = toy_prepare,
    .simulate = toy_simulate,
    .free_prepared = free,
    .free_fitted = free,
};

struct fixture {
    struct history history;
    struct scenario scenarios[2];
    struct price_book book;
    struct model_input input;
    struct run_options options;
    struct log log;
};

static struct lever lever_of(enum lever_kind kind, double effect)
{
    return (struct lever){.id = "a",
                          .kind = kind,
                          .low = effect,
                          .likely = effect,
                          .high = effect,
                          .start = DAY_NONE,
                          .reach = 1,
                          .source = "test.yaml:3",
                          .where = {.placements = UINT32_MAX}};
}

static void open_fixture(struct fixture *f)
{
    struct err err = {0};
    *f = (struct fixture){0};
    str_copy(str_of("Testshire"), f->history.la_name, sizeof f->history.la_name);
    for (int i = 0; i < 2; i++) {
        f->scenarios[i].name = i == 0 ? "baseline" : "more";
        f->scenarios[i].stance = STANCE_BEST;
        ck_assert(params_init(&f->scenarios[i].params, NULL, 0, &err));
        ck_assert(params_set(&f->scenarios[i].params, str_of("price_uplift_sd_pct"), 0, PARAM_SET, "", &err));
    }
    const struct price_line line = {.group = PLACEMENT_FOSTER_KIN,
                                    .provider = "",
                                    .from = date_from_civil(2022, 4, 1),
                                    .weekly = 117025,
                                    .annual_uplift_pct = 3.5,
                                    .source = "test"};
    ck_assert(price_book_add(&f->book, &line, &err));
    f->input = (struct model_input){
        .history = &f->history, .origin = date_from_civil(2022, 3, 31), .months = MONTHS, .seed = 1};
    f->options = (struct run_options){.replicates = RUNS, .threads = 2};
    log_init(&f->log, stderr, true);
}

static void close_fixture(struct fixture *f)
{
    for (int i = 0; i < 2; i++) {
        f->scenarios[i].levers = NULL; /* the tests' own */
        f->scenarios[i].prices = NULL;
        params_free(&f->scenarios[i].params);
    }
    price_book_free(&f->book);
}

static bool run(struct fixture *f, size_t n, struct forecast *out, struct err *err)
{
    return forecast_run(&toy, &f->input, f->scenarios, n, &f->book, &f->options, &f->log, out, err);
}

START_TEST(replicates_become_summaries_and_money)
{
    struct fixture f;
    struct forecast forecast;
    struct err err = {0};
    open_fixture(&f);
    ck_assert_msg(run(&f, 1, &forecast, &err), "%s", err.message);
    const struct result *result = &forecast.scenarios[0];
    ck_assert_str_eq(result->la_name, "Testshire");
    ck_assert_str_eq(result->scenario, "baseline");
    const struct summary *stock = result_find(result, MEASURE_STOCK, everyone, 0);
    ck_assert_double_eq(stock->mean, 105);                      /* hand: 100 .. 110 */
    ck_assert_double_eq_tol(stock->sd, 3.3166247903554, 1e-12); /* sqrt(11) */
    ck_assert_double_eq(stock->quantiles[3], 105);
    ck_assert_double_eq_tol(stock->quantiles[1], 100 + (11.0 + 1.0 / 3) * .1 + 1.0 / 3 - 1,
                            1e-12); /* type 8 */
    /* hand: 105 nights x 117025 / 7 = 1755375 pence, exactly; 12 months later 3.5 % dearer: 121121 */
    const struct summary *cost = result_find(result, MEASURE_COST, kin, 0);
    ck_assert_double_eq_tol(cost->quantiles[3], 1755375, 1e-6);
    const struct summary *later = result_find(result, MEASURE_COST, kin, 12);
    ck_assert_double_eq_tol(later->quantiles[3], 1816815, 1.01); /* 105 x 121121 / 7, cumulative rounding */
    ck_assert_double_eq(result_find(result, MEASURE_COST, everyone, 12)->mean, later->mean);
    ck_assert_ptr_null(result_find(result, MEASURE_COST, kin, MONTHS));
    ck_assert_ptr_null(result_find(result, MEASURE_MOVES, everyone, 0));
    for (size_t i = 1; i < result->n_series; i++)
        ck_assert_int_le((int)result->series[i - 1].measure, (int)result->series[i].measure);
    forecast_free(&forecast);
    close_fixture(&f);
}
END_TEST

START_TEST(one_scenario_by_itself)
{
    struct fixture f;
    struct err err = {0};
    struct run own = {0};
    struct draws draws = {0};
    double stock[RUNS];
    open_fixture(&f);
    ck_assert(run_open(&own, &toy, &f.input, &f.scenarios[0].params, &f.options, &f.log, &err));
    ck_assert_msg(run_scenario(&own, &f.scenarios[0], NULL, &f.book, &draws, &err), "%s", err.message);
    draws_values(&draws, MEASURE_STOCK, everyone, 0, 0, stock);
    for (int r = 0; r < RUNS; r++)
        ck_assert_double_eq_tol(stock[r], 100 + r, 1e-12); /* hand: the toy's children */
    /* hand: 105 nights x 117025 / 7, exactly, in replicate 5 */
    ck_assert_int_eq(draws.costs[((size_t)5 * PLACEMENT_COUNT + PLACEMENT_FOSTER_KIN) * MONTHS], 1755375);
    draws_free(&draws);
    ck_assert(run_scenario(&own, &f.scenarios[0], NULL, NULL, &draws, &err));
    ck_assert_ptr_null(draws.costs);
    draws_free(&draws);
    struct lever moves = lever_of(LEVER_MOVES, -.1);
    f.scenarios[1].levers = &moves;
    f.scenarios[1].n_levers = 1;
    ck_assert(!run_scenario(&own, &f.scenarios[1], NULL, NULL, &draws, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    run_close(&own);
    close_fixture(&f);
}
END_TEST

START_TEST(months_of_cost_add_up)
{
    /* one night a day at 117025: a year of 365 nights is 6102018; months rounded one by one would give
     * 6102022 */
    static const int32_t days[] = {30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31};
    static const pence expected[] = {501536, 518253, 501536, 518254, 518253, 501536,
                                     518253, 501536, 518254, 518253, 468100, 518254};
    struct fixture f;
    struct err err = {0};
    struct cost_plan plan;
    open_fixture(&f);
    f.input.months = 12;
    ck_assert(cost_plan_make(&f.input, &f.scenarios[0], &f.book, &f.log, &plan, &err));
    const int32_t *nights[PLACEMENT_COUNT] = {NULL};
    nights[PLACEMENT_FOSTER_KIN] = days;
    pence cost[PLACEMENT_COUNT * 12];
    ck_assert(cost_replicate(&plan, 0, NULL, nights, cost));
    pence year = 0;
    for (int m = 0; m < 12; m++) {
        ck_assert_int_eq(cost[PLACEMENT_FOSTER_KIN * 12 + m], expected[m]);
        year += cost[PLACEMENT_FOSTER_KIN * 12 + m];
    }
    ck_assert_int_eq(year, 6102018);
    cost_plan_free(&plan);
    close_fixture(&f);
}
END_TEST

START_TEST(prices_of_a_scenario_are_applied)
{
    struct fixture f;
    struct err err = {0};
    struct forecast forecast;
    open_fixture(&f);
    /* 10 % dearer from 16 April: half of April's 30 days; then a lever of -10 % on the whole */
    struct scenario_price price = {
        .group = PLACEMENT_FOSTER_KIN, .from = date_from_civil(2022, 4, 16), .uplift_pct = 10};
    struct lever lever = lever_of(LEVER_PRICE, -.1);
    f.scenarios[0].prices = &price;
    f.scenarios[0].n_prices = 1;
    ck_assert(run(&f, 1, &forecast, &err));
    /* hand: 117025 x 1.05 = 122876.25 -> 122876; x 105 / 7 */
    ck_assert_double_eq_tol(result_find(&forecast.scenarios[0], MEASURE_COST, kin, 0)->quantiles[3],
                            122876.0 * 15, 1);
    ck_assert_double_eq_tol(result_find(&forecast.scenarios[0], MEASURE_COST, kin, 1)->quantiles[3],
                            128728.0 * 15, 1); /* 128727.5, half up */
    forecast_free(&forecast);
    f.scenarios[0].levers = &lever;
    f.scenarios[0].n_levers = 1;
    ck_assert(run(&f, 1, &forecast, &err));
    ck_assert_double_eq_tol(result_find(&forecast.scenarios[0], MEASURE_COST, kin, 1)->quantiles[3],
                            115855.0 * 15, 1); /* 117025 x 1.1 x .9 = 115854.75 */
    forecast_free(&forecast);
    close_fixture(&f);
}
END_TEST

START_TEST(price_luck_widens_cost_only_after_an_april)
{
    struct fixture f;
    struct err err = {0};
    struct forecast forecast;
    open_fixture(&f);
    ck_assert(params_set(&f.scenarios[0].params, str_of("price_uplift_sd_pct"), 5, PARAM_SET, "", &err));
    ck_assert(run(&f, 1, &forecast, &err));
    const struct result *result = &forecast.scenarios[0];
    const struct summary *before = result_find(result, MEASURE_COST, kin, 11); /* March 2023 */
    const struct summary *after = result_find(result, MEASURE_COST, kin, 12);  /* April 2023 */
    /* the origin is 31 March, so April 2022 is the first uplift: luck is there from the start, and grows */
    ck_assert_double_gt(after->sd / after->mean, before->sd / before->mean * 1.1);
    forecast_free(&forecast);
    close_fixture(&f);
}
END_TEST

START_TEST(differences_are_replicate_by_replicate)
{
    struct fixture f;
    struct err err = {0};
    struct forecast forecast;
    open_fixture(&f);
    struct lever lever = lever_of(LEVER_ENTRIES, 4);
    f.scenarios[1].levers = &lever;
    f.scenarios[1].n_levers = 1;
    ck_assert(run(&f, 2, &forecast, &err));
    const struct summary *difference = result_find(&forecast.differences[0], MEASURE_STOCK, everyone, 3);
    ck_assert_double_eq(difference->mean, 4); /* constant: no width, though each scenario has some */
    ck_assert_double_eq(difference->sd, 0);
    ck_assert_ptr_null(result_find(&forecast.differences[0], MEASURE_ENTRIES, everyone, 3));
    ck_assert_double_eq_tol(result_find(&forecast.differences[0], MEASURE_COST, everyone, 3)->mean,
                            4 * 117025 / 7.0, 1);
    forecast_free(&forecast);
    close_fixture(&f);
}
END_TEST

START_TEST(what_a_model_cannot_do_is_an_error)
{
    struct fixture f;
    struct err err = {0};
    struct forecast forecast;
    open_fixture(&f);
    struct lever lever = lever_of(LEVER_EXITS, -.1);
    f.scenarios[0].levers = &lever;
    f.scenarios[0].n_levers = 1;
    ck_assert(!run(&f, 1, &forecast, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.message, "exits"));
    ck_assert_ptr_nonnull(strstr(err.message, "test.yaml:3"));
    lever = lever_of(LEVER_ENTRIES, 1);
    lever.where.given = 1U << WHERE_TIME_IN_PLACEMENT;
    err = (struct err){0};
    ck_assert(!run(&f, 1, &forecast, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.message, "time_in_placement"));
    lever = lever_of(LEVER_OUTCOME, 1); /* changes no number, always fine */
    lever.where.given = 1U << WHERE_TIME_IN_PLACEMENT;
    ck_assert(run(&f, 1, &forecast, &err));
    forecast_free(&forecast);
    f.input.history = NULL;
    err = (struct err){0};
    ck_assert(!run(&f, 1, &forecast, &err));
    ck_assert_int_eq(err.code, ERR_NO_INPUT);
    close_fixture(&f);
}
END_TEST

START_TEST(the_first_failing_replicate_is_named)
{
    struct fixture f;
    struct err err = {0};
    struct forecast forecast;
    open_fixture(&f);
    f.input.seed = FAILING;
    ck_assert(!run(&f, 1, &forecast, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "replicate 7"));
    ck_assert_ptr_nonnull(strstr(err.message, "the toy broke"));
    close_fixture(&f);
}
END_TEST

START_TEST(a_request_to_stop_is_obeyed)
{
    struct fixture f;
    struct err err = {0};
    struct forecast forecast;
    open_fixture(&f);
    static const volatile sig_atomic_t stopped = 1;
    f.log.stop = &stopped;
    ck_assert(!run(&f, 1, &forecast, &err));
    ck_assert_int_eq(err.code, ERR_INTERRUPTED);
    close_fixture(&f);
}
END_TEST

START_TEST(effects_follow_the_stance)
{
    struct lever lever = lever_of(LEVER_ENTRIES, 0);
    lever.low = -.02;
    lever.likely = -.06;
    lever.high = -.12;
    const struct effect best = effect_make(&lever, STANCE_BEST);
    ck_assert(!best.varies);
    ck_assert_double_eq(effect_draw(&best, 1, 5), -.12);
    const struct effect likely = effect_make(&lever, STANCE_LIKELY);
    ck_assert(likely.varies);
    ck_assert_double_eq_tol(likely.mean, -.0633333333333, 1e-12); /* (a + 4 c + b) / 6 */
    double sum = 0;
    for (int32_t r = 0; r < 20000; r++) {
        const double x = effect_draw(&likely, 1, r);
        ck_assert(x >= -.12 && x <= -.02);
        sum += x;
    }
    /* sd .0187294861; 4.89 standard errors; the table's lines cost less than 2e-5 */
    ck_assert_double_eq_tol(sum / 20000, likely.mean, 4.89 * .0187294861 / 141.42 + 2e-5);
    ck_assert_double_eq(effect_draw(&likely, 1, 3), effect_draw(&likely, 1, 3));
}
END_TEST

Suite *suite_run(void)
{
    Suite *suite = suite_create("run");
    TCase *tcase = tcase_create("run");
    tcase_add_test(tcase, replicates_become_summaries_and_money);
    tcase_add_test(tcase, one_scenario_by_itself);
    tcase_add_test(tcase, months_of_cost_add_up);
    tcase_add_test(tcase, prices_of_a_scenario_are_applied);
    tcase_add_test(tcase, price_luck_widens_cost_only_after_an_april);
    tcase_add_test(tcase, differences_are_replicate_by_replicate);
    tcase_add_test(tcase, what_a_model_cannot_do_is_an_error);
    tcase_add_test(tcase, the_first_failing_replicate_is_named);
    tcase_add_test(tcase, a_request_to_stop_is_obeyed);
    tcase_add_test(tcase, effects_follow_the_stance);
    suite_add_tcase(suite, tcase);
    return suite;
}
