/* SPDX-License-Identifier: GPL-3.0-or-later
 * The method of d2i, fault by fault, against numbers worked out by hand from its formulas. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/codes.h"
#include "models/d2i.h"
#include "models/models.h"
#include "tests/models/authority.h"

Suite *suite_d2i(void);

static const int fostered = AGE_5_9 * PEER_PLACES + PEER_FOSTERING;
static const int home = AGE_5_9 * PEER_PLACES + PEER_RESIDENTIAL;
static const int baby = AGE_0 * PEER_PLACES + PEER_OTHER;
static const int adult = AGE_16_17 * PEER_PLACES + PEER_SUPPORTED;

static void near(double value, double expected)
{
    ck_assert_double_le(fabs(value - expected), 1e-12 * fmax(1, fabs(expected)));
}

static double sum(const double x[PEER_STATES])
{
    double total = 0;
    for (int s = 0; s < PEER_STATES; s++)
        total += x[s];
    return total;
}

/* Ten days, 100 to 109. A child is fostered from day 50 and goes to a home on day 105; another comes on 103
 * and leaves care on 108. Fostered at the ends of days 99 to 108: 1 1 1 1 2 2 1 1 1 0. */
static struct d2i_rates two_children(struct peer_episode more[], size_t n_more)
{
    struct peer_episode rows[8] = {
        {.start = 50, .end = 105, .state = (uint8_t)fostered, .next = (uint8_t)home, .is_entry = true},
        {.start = 105, .end = DAY_OPEN, .state = (uint8_t)home, .next = PEER_OUT},
        {.start = 103, .end = 108, .state = (uint8_t)fostered, .next = PEER_OUT, .is_entry = true},
    };
    for (size_t i = 0; i < n_more; i++)
        rows[3 + i] = more[i];
    const struct peer_episodes episodes = {.items = rows, .n = 3 + n_more};
    struct peer_reference reference;
    struct err err = {0};
    ck_assert(peer_reference_make(&episodes, 100, 109, &reference, &err));
    const struct d2i_rates rates = d2i_rates_make(&episodes, &reference);
    peer_reference_free(&reference);
    return rates;
}

START_TEST(rates_are_means_of_daily_ratios)
{
    const struct d2i_rates rates = two_children(NULL, 0);
    /* one of two on day 105, one of one on day 108, over ten days: those with nobody there count as well */
    near(rates.rate[fostered][home], 0.5 / 10);
    near(rates.rate[fostered][PEER_OUT], 1.0 / 10);
    near(rates.rate[home][fostered], 0);
    /* the first entry is before the period; ten days count as nine */
    near(rates.entries[fostered], 1.0 / 9);
    near(sum(rates.entries), 1.0 / 9);
}
END_TEST

START_TEST(bins_are_left_at_one_over_their_length)
{
    const struct d2i_rates rates = two_children(NULL, 0);
    static const double days[AGE_COUNT] = {365, 1460, 1825, 2190, 5110};
    for (int s = 0; s < PEER_STATES; s++) {
        const enum age_band bin = peer_state_bin(s);
        near(rates.rate[s][bin == AGE_16_17 ? D2I_TOO_OLD : s + PEER_PLACES], 1 / days[bin]);
        /* in the placement where the child is, in OTHER too, and nowhere else */
        ck_assert(bin == AGE_16_17 || rates.rate[s][D2I_TOO_OLD] <= 0);
    }
    /* 18th birthdays: of 5110 children over 16, one leaves a day by age; at 1 over two years it were seven */
    double stock[PEER_STATES] = {[AGE_16_17 * PEER_PLACES] = 5110};
    double entries[PEER_STATES] = {0};
    double exits[PEER_STATES] = {0};
    d2i_step(&rates, 1, stock, entries, exits);
    near(sum(exits), 1);
}
END_TEST

START_TEST(the_first_day_goes_by_its_own_stock)
{
    /* two in supported accommodation, one leaves on day 100: 1 of the 1 who is left, not of 2 */
    struct peer_episode more[] = {
        {.start = 80, .end = 100, .state = (uint8_t)adult, .next = PEER_OUT},
        {.start = 80, .end = DAY_OPEN, .state = (uint8_t)adult, .next = PEER_OUT},
    };
    struct d2i_rates rates = two_children(more, 2);
    near(rates.rate[adult][PEER_OUT], 0.1);
    near(rates.infinite[adult][PEER_OUT], 0);
    /* a day later it is one of two */
    more[0].end = 101;
    rates = two_children(more, 2);
    near(rates.rate[adult][PEER_OUT], 0.05);
}
END_TEST

START_TEST(a_rate_without_limit_empties_the_state)
{
    /* three leave a state on day 100 in which nobody is left: two out of care, one to a foster home */
    struct peer_episode more[] = {
        {.start = 90, .end = 100, .state = (uint8_t)baby, .next = PEER_OUT},
        {.start = 91, .end = 100, .state = (uint8_t)baby, .next = PEER_OUT},
        {.start = 92, .end = 100, .state = (uint8_t)baby, .next = (uint8_t)fostered},
    };
    const struct d2i_rates rates = two_children(more, 3);
    near(rates.infinite[baby][PEER_OUT], 2);
    near(rates.infinite[baby][fostered], 1);
    double stock[PEER_STATES] = {[AGE_0 * PEER_PLACES + PEER_OTHER] = 9};
    double entries[PEER_STATES] = {0};
    double exits[PEER_STATES] = {0};
    d2i_step(&rates, 1, stock, entries, exits);
    near(stock[baby], 0);
    near(exits[baby], 6);
    near(stock[fostered], 3 + 1.0 / 9);
}
END_TEST

static struct d2i_rates nothing(void)
{
    struct d2i_rates rates;
    memset(&rates, 0, sizeof rates);
    return rates;
}

START_TEST(a_step_moves_and_adds)
{
    struct d2i_rates rates = nothing();
    rates.rate[fostered][home] = 0.05;
    rates.rate[fostered][PEER_OUT] = 0.1;
    rates.rate[home][fostered] = 0.02;
    rates.entries[fostered] = 0.5;
    double stock[PEER_STATES] = {[AGE_5_9 * PEER_PLACES + PEER_FOSTERING] = 100,
                                 [AGE_5_9 * PEER_PLACES + PEER_RESIDENTIAL] = 50};
    double entries[PEER_STATES] = {0};
    double exits[PEER_STATES] = {0};
    d2i_step(&rates, 1, stock, entries, exits);
    /* fostered 100 - 15 + 1 + .5, homes 50 - 1 + 5: both from the stock of the day before */
    near(stock[fostered], 86.5);
    near(stock[home], 54);
    near(exits[fostered], 10);
    near(entries[fostered], 0.5);
}
END_TEST

START_TEST(nobody_leaves_twice)
{
    struct d2i_rates rates = nothing();
    double stock[PEER_STATES] = {[AGE_5_9 * PEER_PLACES + PEER_FOSTERING] = 70};
    double entries[PEER_STATES] = {0};
    double exits[PEER_STATES] = {0};
    /* .8 and .6 ask for 98 of 70: all go, four to three */
    rates.rate[fostered][home] = 0.8;
    rates.rate[fostered][PEER_OUT] = 0.6;
    d2i_step(&rates, 1, stock, entries, exits);
    near(stock[fostered], 0);
    near(stock[home], 40);
    near(exits[fostered], 30);
    /* moves within a place change nothing: 28 out and back, 28 leave */
    rates = nothing();
    rates.rate[fostered][fostered] = 0.4;
    rates.rate[fostered][PEER_OUT] = 0.4;
    stock[fostered] = 70;
    exits[fostered] = 0;
    d2i_step(&rates, 1, stock, entries, exits);
    near(stock[fostered], 42);
    near(exits[fostered], 28);
    /* but at the cap they do: .6 and .6 send all 70 on their way, half of them back, not 42 out of care */
    rates.rate[fostered][fostered] = 0.6;
    rates.rate[fostered][PEER_OUT] = 0.6;
    stock[fostered] = 70;
    exits[fostered] = 0;
    d2i_step(&rates, 1, stock, entries, exits);
    near(stock[fostered], 35);
    near(exits[fostered], 35);
}
END_TEST

START_TEST(steps_of_several_days_give_another_answer)
{
    struct d2i_rates daily = nothing();
    double entries[PEER_STATES] = {0};
    double exits[PEER_STATES] = {0};
    /* each rate by itself: two of .1 for two days are .19 each, 38 of 100; day by day 36 go */
    daily.rate[fostered][home] = 0.1;
    daily.rate[fostered][PEER_OUT] = 0.1;
    struct d2i_rates two = d2i_rates_compound(&daily, 2);
    near(two.rate[fostered][home], 0.19);
    double stock[PEER_STATES] = {[AGE_5_9 * PEER_PLACES + PEER_FOSTERING] = 100};
    d2i_step(&two, 2, stock, entries, exits);
    near(stock[fostered], 62);
    /* .1 a day enter and .001 leave: 100 is in balance by days, and grows to 9 / (1 - .999^90) by steps of 90
     * days, as those who enter in a step cannot leave in it */
    daily = nothing();
    daily.rate[fostered][PEER_OUT] = 0.001;
    daily.entries[fostered] = 0.1;
    const struct d2i_rates ninety = d2i_rates_compound(&daily, 90);
    double by_days[PEER_STATES] = {[AGE_5_9 * PEER_PLACES + PEER_FOSTERING] = 100};
    double by_steps[PEER_STATES] = {[AGE_5_9 * PEER_PLACES + PEER_FOSTERING] = 100};
    for (int i = 0; i < 90; i++)
        d2i_step(&daily, 1, by_days, entries, exits);
    d2i_step(&ninety, 90, by_steps, entries, exits);
    near(by_days[fostered], 100);
    near(by_steps[fostered], 100 * pow(0.999, 90) + 9);
    ck_assert_double_gt(by_steps[fostered], 100.38);
    for (int i = 0; i < 400; i++)
        d2i_step(&ninety, 90, by_steps, entries, exits);
    ck_assert_double_eq_tol(by_steps[fostered], 9 / (1 - pow(0.999, 90)), 1e-9);
    ck_assert_double_gt(by_steps[fostered], 104.4);
}
END_TEST

START_TEST(children_are_neither_made_nor_lost)
{
    struct history history;
    struct peer_episodes episodes;
    struct peer_reference reference;
    struct err err = {0};
    authority_build(&history, 12, 120);
    ck_assert(peer_episodes_make(&history, history.end, PEER_D2I, history.end, &episodes, &err));
    ck_assert(peer_reference_make(&episodes, history.end - 181, history.end, &reference, &err));
    const struct d2i_rates daily = d2i_rates_make(&episodes, &reference);
    static const int32_t steps[] = {1, 7, 90};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        const struct d2i_rates rates = d2i_rates_compound(&daily, steps[i]);
        double stock[PEER_STATES];
        double entries[PEER_STATES] = {0};
        double exits[PEER_STATES] = {0};
        const int32_t start = peer_episodes_stock(&episodes, history.end, stock);
        for (int32_t at = 0; at < 2000; at += steps[i])
            d2i_step(&rates, steps[i], stock, entries, exits);
        ck_assert_double_le(fabs(sum(stock) + sum(exits) - start - sum(entries)), 1e-9);
        for (int s = 0; s < PEER_STATES; s++)
            ck_assert_double_ge(stock[s], 0);
        ck_assert_double_gt(sum(exits), 100);
    }
    peer_reference_free(&reference);
    peer_episodes_free(&episodes);
    build_free(&history);
}
END_TEST

/* ---- the whole model ----------------------------------------------------------------------------------- */

enum { MONTHS = 24 };

/* A hundred children of 2013 fostered since June 2019, and ten more at each month's end from October 2021 to
 * March 2022. Nobody leaves. One in care since the age of four is thirteen. */
static void build_growing(struct history *history)
{
    build_init(history, 2020, 2022);
    for (int i = 0; i < 160; i++) {
        build_child(history, on(2013, 1, 1));
        const day start = i < 100 ? on(2019, 6, 1) : date_month_end(on(2021, 10, 1), (i - 100) / 10);
        build_spell(history, start, DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
        build_last(history)->place_code = PLACE_U3;
    }
    build_child(history, on(2008, 4, 10));
    build_spell(history, on(2012, 5, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_IFA);
    build_last(history)->place_code = PLACE_U4;
}

static double mean(const struct forecast *forecast, enum measure measure, enum group_kind kind,
                   int32_t member, int32_t month)
{
    return result_find(&forecast->scenarios[0], measure, (struct group){kind, member}, month)->mean;
}

static void forecast_growing(const struct history *history, double step, struct forecast *out)
{
    struct scenario scenario = authority_scenario(&model_d2i);
    struct price_book book = {0};
    struct err err = {0};
    struct log log;
    log_init(&log, stderr, true);
    authority_set(&scenario, "step_days", step);
    const struct model_input input = {
        .history = history, .origin = history->end, .months = MONTHS, .seed = 1};
    const struct run_options options = {.replicates = 2, .threads = 1};
    ck_assert_msg(forecast_run(&model_d2i, &input, &scenario, 1, &book, &options, &log, out, &err), "%s",
                  err.message);
    scenario_free(&scenario);
}

START_TEST(six_months_to_the_last_date_go_on)
{
    struct history history;
    struct forecast forecast;
    build_growing(&history);
    forecast_growing(&history, 1, &forecast);
    /* 30 September to 31 March: 60 entries over 182 days, not 183. 730 days: 240.66, not 239.34 */
    double entries = 0;
    for (int32_t m = 0; m < MONTHS; m++)
        entries += mean(&forecast, MEASURE_ENTRIES, GROUP_ALL, 0, m);
    ck_assert_double_eq(entries, 241);
    /* April: 161 + 30 x 60 / 182 = 170.89; nobody leaves but by age from a last bin that is empty */
    ck_assert_double_eq(mean(&forecast, MEASURE_STOCK, GROUP_ALL, 0, 0), 171);
    ck_assert_double_eq(mean(&forecast, MEASURE_EXITS, GROUP_ALL, 0, 0), 0);
    /* frozen: the child of thirteen is counted at one to four, where the placement began. After two years
     * exp(-730 / 1460) = .61 of that child would still be there */
    ck_assert_double_eq(mean(&forecast, MEASURE_STOCK, GROUP_AGE, AGE_1_4, 0), 1);
    ck_assert_double_eq(mean(&forecast, MEASURE_STOCK, GROUP_AGE, AGE_1_4, 23), 1);
    /* 160 at 5-9, those of 2013 now nine: in April 1.6 % grow older, 2.6 children */
    ck_assert_double_eq(mean(&forecast, MEASURE_STOCK, GROUP_AGE, AGE_10_15, 0), 3);
    forecast_free(&forecast);
    /* 90-day steps: April lies on the line from 161 to 161 + 90 x 60 / 182 */
    forecast_growing(&history, 90, &forecast);
    ck_assert_double_eq(mean(&forecast, MEASURE_STOCK, GROUP_ALL, 0, 0), 171);
    ck_assert_double_eq(mean(&forecast, MEASURE_ENTRIES, GROUP_ALL, 0, 0), 10);
    forecast_free(&forecast);
    build_free(&history);
}
END_TEST

START_TEST(a_period_does_not_reach_before_the_returns)
{
    struct history history;
    struct err err = {0};
    void *fitted = NULL;
    build_growing(&history);
    struct scenario scenario = authority_scenario(&model_d2i);
    authority_set(&scenario, "reference_months", 240);
    const struct model_input input = {.history = &history, .origin = history.end, .months = 1, .seed = 1};
    ck_assert_msg(model_d2i.fit(&input, &scenario.params, &fitted, &err), "%s", err.message);
    /* 1 April 2019 to 31 March 2022, 1095 days apart, with 160 entries: the child of 2012 is not among them
     */
    const struct peer_path *path = fitted;
    ck_assert_double_eq_tol(sum(path->at[0].entries), 30 * 160.0 / 1095, 1e-9);
    model_d2i.free_fitted(fitted);
    scenario_free(&scenario);
    build_free(&history);
}
END_TEST

START_TEST(a_period_without_entries_is_an_error)
{
    struct history history;
    struct err err = {0};
    void *fitted = NULL;
    build_growing(&history);
    struct scenario scenario = authority_scenario(&model_d2i);
    /* on 31 May 2021 the last date is the first of June 2019 */
    const struct model_input input = {
        .history = &history, .origin = on(2021, 5, 31), .months = 12, .seed = 1};
    ck_assert_msg(model_d2i.fit(&input, &scenario.params, &fitted, &err), "%s", err.message);
    model_d2i.free_fitted(fitted);
    /* one who leaves in April 2021 moves the period to where nobody came */
    history.segments[0].end = history.spells[0].end = on(2021, 4, 30);
    ck_assert(!model_d2i.fit(&input, &scenario.params, &fitted, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    ck_assert_ptr_nonnull(strstr(err.message, "30 Oct 2020 to 30 Apr 2021"));
    authority_set(&scenario, "reference_months", 24);
    ck_assert_msg(model_d2i.fit(&input, &scenario.params, &fitted, &err), "%s", err.message);
    model_d2i.free_fitted(fitted);
    scenario_free(&scenario);
    build_free(&history);
}
END_TEST

Suite *suite_d2i(void)
{
    Suite *suite = suite_create("d2i");
    TCase *tcase = tcase_create("method");
    tcase_add_test(tcase, rates_are_means_of_daily_ratios);
    tcase_add_test(tcase, bins_are_left_at_one_over_their_length);
    tcase_add_test(tcase, the_first_day_goes_by_its_own_stock);
    tcase_add_test(tcase, a_rate_without_limit_empties_the_state);
    tcase_add_test(tcase, a_step_moves_and_adds);
    tcase_add_test(tcase, nobody_leaves_twice);
    tcase_add_test(tcase, steps_of_several_days_give_another_answer);
    tcase_add_test(tcase, children_are_neither_made_nor_lost);
    tcase_add_test(tcase, six_months_to_the_last_date_go_on);
    tcase_add_test(tcase, a_period_does_not_reach_before_the_returns);
    tcase_add_test(tcase, a_period_without_entries_is_an_error);
    suite_add_tcase(suite, tcase);
    return suite;
}
