/* SPDX-License-Identifier: GPL-3.0-or-later
 * Forecasts are made by hand here, so that what is found beside them is arithmetic. */
#include "study/worked.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "sim/where_text.h"
#include "study/happened.h"
#include "tests/build_history.h"

Suite *suite_worked(void);

static struct lever lever_on(enum lever_kind kind, const char *key, const char *value)
{
    struct lever lever = {.kind = kind, .where = where_all()};
    struct arena texts = {0};
    struct err err = {0};
    ck_assert_msg(key == NULL || where_set(&lever.where, str_of(key), str_of(value), &texts, &err), "%s",
                  err.message);
    arena_free(&texts);
    return lever;
}

START_TEST(what_a_lever_is_asked_by)
{
    static const struct {
        enum lever_kind kind;
        const char *key, *value;
        enum measure measure;
        const char *text;
        size_t n_groups;
    } cases[] = {
        {LEVER_ENTRIES, NULL, NULL, MEASURE_ENTRIES, "all", 1},
        {LEVER_ENTRIES, "age", "11-17", MEASURE_ENTRIES, "age:10-17", 2}, /* bands 10-15 and 16-17 */
        {LEVER_ENTRIES, "age", "0", MEASURE_ENTRIES, "age:0", 1},
        {LEVER_ENTRIES, "age", "3-6", MEASURE_ENTRIES, "age:1-9", 2},
        {LEVER_REFERRALS, "need", "N5", MEASURE_ENTRIES, "need:N5", 1},
        {LEVER_ENTRIES, "uasc", "yes", MEASURE_ENTRIES, "uasc:yes", 1},
        {LEVER_ENTRIES, "uasc", "no", MEASURE_ENTRIES, "all", 1},
        {LEVER_EXITS, "route", "sgo", MEASURE_EXITS, "route:sgo", 1},
        {LEVER_EXITS, "placement", "parents", MEASURE_EXITS, "placement:parents", 1},
        {LEVER_EXITS, "time_in_care", "0-60d", MEASURE_EXITS, "all", 1},
        {LEVER_MOVES, "placement", "foster_ifa", MEASURE_MOVES, "placement:foster_ifa", 1},
        {LEVER_READMISSIONS, NULL, NULL, MEASURE_READMISSIONS, "all", 1},
        {LEVER_MIX, "from", "res_external", MEASURE_NIGHTS, "placement:res_external", 1},
        {LEVER_CAPACITY, "placement", "res_inhouse", MEASURE_NIGHTS, "placement:res_inhouse", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct lever lever = lever_on(cases[i].kind, cases[i].key, cases[i].value);
        struct worked_question question;
        ck_assert(worked_of_lever(&lever, &question));
        ck_assert_int_eq(question.measure, cases[i].measure);
        ck_assert_str_eq(question.text, cases[i].text);
        ck_assert_uint_eq(question.n_groups, cases[i].n_groups);
    }
    struct lever lever = lever_on(LEVER_EXITS, "route", "home");
    struct worked_question question;
    lever.where.routes |= 1U << ROUTE_SGO;
    lever.where.given |= 1U << WHERE_AGE; /* the route is nearer to what the lever does */
    ck_assert(worked_of_lever(&lever, &question));
    ck_assert_str_eq(question.text, "route:home+sgo");
    ck_assert_uint_eq(question.n_groups, 2);
    lever = lever_on(LEVER_PRICE, "placement", "foster_ifa");
    ck_assert(!worked_of_lever(&lever, &question)); /* no return holds a price */
    lever = lever_on(LEVER_OUTCOME, NULL, NULL);
    ck_assert(!worked_of_lever(&lever, &question));
}
END_TEST

/* From 31 March 2021 on, two months: children of 5 and 12 come on 10 April, one of 12 on 3 June (later than
 * is asked); one who was there, in-house, leaves on 20 May; one came and went in March, before. */
static void build_two_months(struct history *history)
{
    build_init(history, 2021, 2022);
    build_child(history, on(2009, 1, 1));
    build_spell(history, on(2021, 3, 5), on(2021, 3, 20), ROUTE_HOME, PLACEMENT_FOSTER_KIN);
    build_child(history, on(2010, 1, 1));
    build_spell(history, on(2020, 5, 1), on(2021, 5, 20), ROUTE_HOME, PLACEMENT_FOSTER_INHOUSE);
    build_child(history, on(2016, 1, 1));
    build_spell(history, on(2021, 4, 10), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_INHOUSE);
    build_child(history, on(2009, 1, 1));
    build_spell(history, on(2021, 4, 10), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
    build_child(history, on(2009, 1, 1));
    build_spell(history, on(2021, 6, 3), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
}

enum { MONTHS = 2, RUNS = 3, SERIES = 4 };
static const struct result_series series[SERIES] = {
    {MEASURE_STOCK, {GROUP_ALL, 0}},
    {MEASURE_ENTRIES, {GROUP_ALL, 0}},
    {MEASURE_ENTRIES, {GROUP_AGE, AGE_10_15}},
    {MEASURE_ENTRIES, {GROUP_AGE, AGE_16_17}},
};

static void make_draws(struct draws *draws)
{
    struct err err = {0};
    ck_assert(draws_make(series, SERIES, MONTHS, RUNS, draws, &err));
    for (int32_t r = 0; r < RUNS; r++) {
        const int32_t values[SERIES * MONTHS] = {10, 2 + r, 6, 6 + r, 3, 3, r, r};
        ck_assert(draws_put(draws, r, values, &err));
    }
}

START_TEST(forecast_and_outcome_by_hand)
{
    struct err err = {0};
    struct history history;
    struct counts counts;
    struct draws draws;
    struct worked found;
    build_two_months(&history);
    make_draws(&draws);
    ck_assert(counts_make(&history, history.start, history.end, &counts, &err));

    /* stock at the end of May: 2, 3, 4 forecast, 2 came to be */
    struct worked_question question = worked_of_all(MEASURE_STOCK);
    ck_assert(worked_find(&draws, &counts, on(2021, 3, 31), &question, 0, &found, &err));
    ck_assert_double_eq_tol(found.forecast.mean, 3, 1e-12);
    ck_assert_double_eq_tol(found.forecast.sd, 1, 1e-12);
    ck_assert_double_eq_tol(found.actual, 2, 1e-12);
    ck_assert_double_eq_tol(found.forecast.deviations, -1, 1e-12);
    ck_assert(!found.is_early);

    /* entries in both months: 12, 13, 14 forecast, 2 came */
    question = worked_of_all(MEASURE_ENTRIES);
    ck_assert(worked_find(&draws, &counts, on(2021, 3, 31), &question, 0, &found, &err));
    ck_assert_double_eq_tol(found.forecast.mean, 13, 1e-12);
    ck_assert_double_eq_tol(found.actual, 2, 1e-12);
    ck_assert_double_eq_tol(found.forecast.deviations, -11, 1e-12);
    ck_assert_double_eq_tol(found.forecast.chance, .5, 1e-12); /* 2 (1 + 0) / 4 */

    /* of 10 to 17: two bands, 6, 8, 10 forecast; one came */
    struct lever lever = lever_on(LEVER_ENTRIES, "age", "11-17");
    ck_assert(worked_of_lever(&lever, &question));
    ck_assert(worked_find(&draws, &counts, on(2021, 3, 31), &question, 0, &found, &err));
    ck_assert_double_eq_tol(found.forecast.mean, 8, 1e-12);
    ck_assert_double_eq_tol(found.forecast.sd, 2, 1e-12);
    ck_assert_double_eq_tol(found.actual, 1, 1e-12);
    ck_assert_str_eq(question.text, "age:10-17");

    /* a band that this forecast does not give: all are asked, and the question says so */
    lever = lever_on(LEVER_ENTRIES, "age", "5-9");
    ck_assert(worked_of_lever(&lever, &question));
    ck_assert(worked_find(&draws, &counts, on(2021, 3, 31), &question, 0, &found, &err));
    ck_assert_str_eq(question.text, "all");
    ck_assert_double_eq_tol(found.actual, 2, 1e-12);
    counts_free(&counts);
    draws_free(&draws);
    build_free(&history);
}
END_TEST

START_TEST(few_events_are_too_early)
{
    struct worked found = {.forecast = {.chance = .01, .p50 = 4}, .actual = 0, .is_early = true};
    struct worked_question question = worked_of_all(MEASURE_ENTRIES);
    struct err err = {0};
    struct history history;
    struct counts counts;
    struct draws draws;
    ck_assert_str_eq(worked_words(&question, &found), "too early to say");
    build_two_months(&history);
    ck_assert(counts_make(&history, history.start, history.end, &counts, &err));
    ck_assert(draws_make(series, SERIES, MONTHS, 2, &draws, &err));
    for (int32_t r = 0; r < 2; r++) {
        const int32_t values[SERIES * MONTHS] = {10, 3, 2, 2, 0, 0, 0, 0};
        ck_assert(draws_put(&draws, r, values, &err));
    }
    ck_assert(worked_find(&draws, &counts, on(2021, 3, 31), &question, 0, &found, &err));
    ck_assert(found.is_early); /* 4 were to be expected */
    question = worked_of_all(MEASURE_STOCK);
    ck_assert(worked_find(&draws, &counts, on(2021, 3, 31), &question, 0, &found, &err));
    ck_assert(!found.is_early); /* a stock of 3 is not counted event by event */
    draws_free(&draws);
    counts_free(&counts);
    build_free(&history);
}
END_TEST

START_TEST(words_follow_the_rule)
{
    static const struct {
        enum measure measure;
        double chance, actual;
        const char *words;
    } cases[] = {
        {MEASURE_STOCK, .049, 9, "fewer than forecast"},
        {MEASURE_STOCK, .05, 9, "probably fewer than forecast"},
        {MEASURE_ENTRIES, .199, 11, "probably more than forecast"},
        {MEASURE_ENTRIES, .2, 11, "no clear difference"},
        {MEASURE_COST, .01, 9, "less than forecast"},
        {MEASURE_COST, .1, 9, "probably less than forecast"},
        {MEASURE_COST, .01, 11, "more than forecast"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct worked_question question = worked_of_all(cases[i].measure);
        const struct worked found = {.forecast = {.chance = cases[i].chance, .p50 = 10},
                                     .actual = cases[i].actual};
        ck_assert_str_eq(worked_words(&question, &found), cases[i].words);
    }
}
END_TEST

START_TEST(cost_of_what_happened)
{
    /* hand, from 31 March 2021, April and May: in-house 30 + 19 nights of the one who leaves, 21 + 31 of the
     * one who comes on 10 April: 101 nights at 70.00 a week: 1010.00; kin 52 nights at 7.00: 52.00. In pounds
     * of a forecast of 1000, 1062, 1200: the middle. */
    struct err err = {0};
    struct log quiet;
    struct history history;
    struct counts counts;
    struct scenario scenario = {.name = "baseline"};
    struct price_book prices = {0};
    const struct price_line own = {.group = PLACEMENT_FOSTER_INHOUSE, .provider = "", .weekly = 7000};
    const struct price_line kin = {.group = PLACEMENT_FOSTER_KIN, .provider = "", .weekly = 700};
    pence cost = 0;
    ck_assert(price_book_add(&prices, &own, &err) && price_book_add(&prices, &kin, &err));
    build_two_months(&history);
    ck_assert(counts_make(&history, history.start, history.end, &counts, &err));
    log_init(&quiet, stderr, true);
    ck_assert(params_init(&scenario.params, NULL, 0, &err));
    ck_assert(params_set(&scenario.params, str_of("price_uplift_sd_pct"), 0, PARAM_SET, "test", &err));
    const struct model_input input = {
        .history = &history, .origin = on(2021, 3, 31), .months = MONTHS, .seed = 1};
    const struct run run = {.input = &input, .log = &quiet};
    ck_assert_msg(worked_cost(&run, &scenario, &prices, &counts, &cost, &err), "%s", err.message);
    ck_assert_int_eq(cost, 101000 + 5200);
    struct result_series happened_series[PLACEMENT_COUNT];
    struct draws happened;
    double may = 0; /* 19 and 31 nights in-house */
    ck_assert(happened_costs(&run, &scenario, &prices, &counts, happened_series, &happened, &err));
    draws_values(&happened, MEASURE_COST, (struct group){GROUP_PLACEMENT, PLACEMENT_FOSTER_INHOUSE}, 1, 1,
                 &may);
    ck_assert_double_eq_tol(may, 50000, 1e-9);
    draws_free(&happened);

    struct draws draws;
    struct worked found;
    struct worked_question question = worked_of_all(MEASURE_COST);
    static pence costs[RUNS * PLACEMENT_COUNT * MONTHS];
    make_draws(&draws);
    draws.costs = costs;
    for (int r = 0; r < RUNS; r++) {
        static const pence sums[RUNS] = {100000, 106200, 120000};
        costs[r * PLACEMENT_COUNT * MONTHS] = sums[r] - 200;
        costs[r * PLACEMENT_COUNT * MONTHS + MONTHS + 1] = 200; /* another group, the second month */
    }
    ck_assert(worked_find(&draws, &counts, input.origin, &question, cost, &found, &err));
    ck_assert_double_eq_tol(found.actual, 1062, 1e-9);
    ck_assert_double_eq_tol(found.forecast.p50, 1062, 1e-9);
    ck_assert_double_eq_tol(found.forecast.mean, (1000 + 1062 + 1200) / 3., 1e-9);
    draws.costs = NULL;
    draws_free(&draws);
    params_free(&scenario.params);
    price_book_free(&prices);
    counts_free(&counts);
    build_free(&history);
}
END_TEST

Suite *suite_worked(void)
{
    Suite *suite = suite_create("worked");
    TCase *tcase = tcase_create("worked");
    tcase_add_test(tcase, what_a_lever_is_asked_by);
    tcase_add_test(tcase, forecast_and_outcome_by_hand);
    tcase_add_test(tcase, few_events_are_too_early);
    tcase_add_test(tcase, words_follow_the_rule);
    tcase_add_test(tcase, cost_of_what_happened);
    suite_add_tcase(suite, tcase);
    return suite;
}
