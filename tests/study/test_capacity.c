/* SPDX-License-Identifier: GPL-3.0-or-later
 * Places by hand; the pair of runs on an invented authority beside the same runs made step by step. */
#include "study/capacity.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/models.h"
#include "numeric/erlang.h"
#include "tests/build_history.h"
#include "tests/world/world.h"

Suite *suite_capacity(void);

enum { MONTHS = 24, REPLICATES = 40 };
static const struct group inhouse = {GROUP_PLACEMENT, PLACEMENT_FOSTER_INHOUSE};
static const struct group all = {GROUP_ALL, 0};

static struct lever places_lever(double effect, enum effect_unit unit, double ramp)
{
    struct lever lever = {.id = "a",
                          .kind = LEVER_CAPACITY,
                          .low = effect,
                          .likely = effect,
                          .high = effect,
                          .unit = unit,
                          .ramp_months = ramp,
                          .start = DAY_NONE,
                          .reach = 1,
                          .source = "test"};
    lever.where.placements = 1U << PLACEMENT_FOSTER_INHOUSE;
    return lever;
}

START_TEST(places_by_hand)
{
    /* hand: 10 places of which .8 can be used; +5 at once: 12; over 10 months: half of a tenth in the first
     * month: 10.25 x .8 = 8.2, all after the tenth; x1.5; +6 a year: 8 + 4.8 after twelve months; from a
     * later day; in another placement nothing; below nothing there is nothing */
    static const struct {
        double effect;
        enum effect_unit unit;
        double ramp;
        double first, last;
    } cases[] = {{0, EFFECT_CHILDREN, 0, 8, 8},     {5, EFFECT_CHILDREN, 0, 12, 12},
                 {5, EFFECT_CHILDREN, 10, 8.2, 12}, {.5, EFFECT_FACTOR, 0, 12, 12},
                 {-20, EFFECT_CHILDREN, 0, 0, 0},   {6, EFFECT_PER_YEAR, 0, 8.4, 12.8}};
    struct scenario_capacity line = {.group = PLACEMENT_FOSTER_INHOUSE, .places = 10, .usable = .8};
    struct err err = {0};
    double places[12];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct lever lever = places_lever(cases[i].effect, cases[i].unit, cases[i].ramp);
        const struct scenario scenario = {.stance = STANCE_BEST, .levers = &lever, .n_levers = 1};
        ck_assert(capacity_places(&scenario, &line, on(2022, 3, 31), 12, places, &err));
        /* a ramp counts days, and months differ by them */
        ck_assert_double_eq_tol(places[0], cases[i].first, .02);
        ck_assert_double_eq_tol(places[11], cases[i].last, .02);
    }
    struct lever lever = places_lever(5, EFFECT_CHILDREN, 0);
    const struct scenario scenario = {.stance = STANCE_BEST, .levers = &lever, .n_levers = 1};
    lever.start = on(2022, 6, 1);
    ck_assert(capacity_places(&scenario, &line, on(2022, 3, 31), 12, places, &err));
    ck_assert_double_eq_tol(places[1], 8, 1e-9);
    ck_assert_double_eq_tol(places[2], 12, 1e-9);
    /* 6 a year from 1 October: 182 days of 365.25 by the end of March; another kind of lever brings none */
    lever = places_lever(6, EFFECT_PER_YEAR, 0);
    lever.start = on(2022, 10, 1);
    ck_assert(capacity_places(&scenario, &line, on(2022, 3, 31), 12, places, &err));
    ck_assert_double_eq_tol(places[5], 8, 1e-9);
    ck_assert_double_eq_tol(places[11], 8 + .8 * 6 * 182 / 365.25, 1e-9);
    lever.kind = LEVER_MOVES;
    ck_assert(capacity_places(&scenario, &line, on(2022, 3, 31), 12, places, &err));
    ck_assert_double_eq_tol(places[11], 8, 1e-9);
    lever.kind = LEVER_CAPACITY;
    line.group = PLACEMENT_FOSTER_IFA;
    ck_assert(capacity_places(&scenario, &line, on(2022, 3, 31), 12, places, &err));
    ck_assert_double_eq_tol(places[11], 8, 1e-9);
}
END_TEST

START_TEST(likely_places_are_the_mean)
{
    /* 0, 3, 12: the mean of the modified PERT is (0 + 4 x 3 + 12) / 6 = 4; best 12, worst 0 */
    struct scenario_capacity line = {.group = PLACEMENT_FOSTER_INHOUSE, .places = 10, .usable = 1};
    struct lever lever = places_lever(3, EFFECT_CHILDREN, 0);
    static const enum stance stances[] = {STANCE_LIKELY, STANCE_BEST, STANCE_WORST};
    static const double expected[] = {14, 22, 10};
    struct err err = {0};
    double places[1];
    lever.low = 0;
    lever.high = 12;
    for (int i = 0; i < 3; i++) {
        const struct scenario scenario = {.stance = stances[i], .levers = &lever, .n_levers = 1};
        ck_assert(capacity_places(&scenario, &line, on(2022, 3, 31), 1, places, &err));
        ck_assert_double_eq_tol(places[0], expected[i], 1e-9);
    }
}
END_TEST

struct fixture {
    struct history history;
    struct price_book prices;
    struct log log;
    struct model_input input;
    struct run_options options;
    struct scenario scenario;
    struct scenario_capacity line;
    struct run run;
};

static void open_fixture(struct fixture *f, double places, int32_t threads)
{
    struct err err = {0};
    struct world_truth truth;
    *f = (struct fixture){.options = {.replicates = REPLICATES, .threads = threads, .raw = true}};
    log_init(&f->log, stderr, true);
    world_make(&(struct world_options){.regime = WORLD_STEADY_SMALL, .seed = 41}, &f->history, &truth);
    ck_assert(price_book_defaults(&f->prices, &err));
    f->input =
        (struct model_input){.history = &f->history, .origin = f->history.end, .months = MONTHS, .seed = 3};
    ck_assert_msg(
        scenario_load(&f->scenario, "baseline", NULL, model_carepath.params, model_carepath.n_params, &err),
        "%s", err.message);
    f->line = (struct scenario_capacity){.group = PLACEMENT_FOSTER_INHOUSE,
                                         .places = places,
                                         .usable = 1,
                                         .overflow = {PLACEMENT_RES_EXTERNAL},
                                         .n_overflow = 1,
                                         .source = "test"};
    f->scenario.capacities = &f->line;
    f->scenario.n_capacities = 1;
    ck_assert_msg(
        run_open(&f->run, &model_carepath, &f->input, &f->scenario.params, &f->options, &f->log, &err), "%s",
        err.message);
}

static void close_fixture(struct fixture *f)
{
    run_close(&f->run);
    f->scenario.capacities = NULL;
    f->scenario.n_capacities = 0;
    scenario_free(&f->scenario);
    price_book_free(&f->prices);
    build_free(&f->history);
}

START_TEST(places_enough_cost_nothing)
{
    struct fixture f;
    struct capacity found;
    struct err err = {0};
    open_fixture(&f, 1e6, 2);
    ck_assert_msg(capacity_find(&f.run, &f.scenario, &f.prices, &found, &err), "%s", err.message);
    ck_assert_uint_eq(found.n_lines, 1);
    for (int32_t m = 0; m < MONTHS; m++) {
        ck_assert_double_eq_tol(found.lines[0].elsewhere[m].mean, 0, 1e-12);
        ck_assert_double_eq_tol(found.lines[0].elsewhere[m].p90, 0, 1e-12);
        ck_assert_double_eq_tol(found.cost[m].mean, 0, 1e-9);
        ck_assert_double_gt(found.lines[0].in_use[m].mean, 5);
    }
    ck_assert_double_eq_tol(found.lines[0].blocked, 0, 1e-12);
    ck_assert(found.lines[0].is_steady);
    ck_assert_double_lt(found.lines[0].erlang, 1e-9);
    capacity_free(&found);
    close_fixture(&f);
}
END_TEST

static double mean_of(const struct draws *draws, enum measure measure, struct group group, int32_t from,
                      int32_t to)
{
    double values[REPLICATES];
    double sum = 0;
    draws_values(draws, measure, group, from, to, values);
    for (int r = 0; r < REPLICATES; r++)
        sum += values[r];
    return sum / REPLICATES;
}

START_TEST(overflow_beside_the_runs_themselves)
{
    enum { PLACES = 28, LAST = MONTHS - 1, FROM = MONTHS - 12 };
    struct fixture f;
    struct capacity found;
    struct err err = {0};
    struct draws draws[2] = {{0}};
    open_fixture(&f, PLACES, 2);
    ck_assert_msg(capacity_find(&f.run, &f.scenario, &f.prices, &found, &err), "%s", err.message);
    for (int i = 0; i < 2; i++) {
        f.scenario.n_capacities = i == 0 ? 1 : 0;
        ck_assert(run_replicates(&f.run, &f.scenario, &draws[i], &err));
        ck_assert(run_costs(&f.run, &f.scenario, &f.prices, &draws[i], &err));
    }
    const struct capacity_line *line = &found.lines[0];
    double load = 0;
    for (int32_t m = 0; m < MONTHS; m++) {
        const double limited = mean_of(&draws[0], MEASURE_STOCK, inhouse, m, m);
        const double unlimited = mean_of(&draws[1], MEASURE_STOCK, inhouse, m, m);
        ck_assert_double_eq_tol(line->in_use[m].mean, limited, 1e-9);
        ck_assert_double_eq_tol(line->unlimited[m].mean, unlimited, 1e-9);
        ck_assert_double_eq_tol(line->elsewhere[m].mean, unlimited - limited, 1e-9);
        load += m >= FROM ? unlimited / 12 : 0;
    }
    ck_assert_double_gt(line->elsewhere[LAST].mean, 1); /* the limit binds */
    const double whole =
        (mean_of(&draws[0], MEASURE_COST, all, 0, LAST) - mean_of(&draws[1], MEASURE_COST, all, 0, LAST)) /
        100;
    ck_assert_double_eq_tol(found.whole.mean, whole, fabs(whole) * 1e-9);
    ck_assert_double_gt(found.whole.mean, 0); /* a home is dearer than a foster carer */
    double sum = 0;
    for (int32_t m = 0; m < MONTHS; m++)
        sum += found.cost[m].mean;
    ck_assert_double_eq_tol(sum, whole, fabs(whole) * 1e-9);
    double arrivals[2];
    for (int i = 0; i < 2; i++)
        arrivals[i] = mean_of(&draws[i], MEASURE_ENTRIES, inhouse, FROM, LAST) +
                      mean_of(&draws[i], MEASURE_MOVES, inhouse, FROM, LAST);
    ck_assert_double_eq_tol(line->blocked, 1 - arrivals[0] / arrivals[1], 1e-9);
    ck_assert_double_gt(line->blocked, 0);
    ck_assert_double_gt(line->blocked_error, 0);
    ck_assert_double_lt(line->blocked_error, .1);
    ck_assert_double_eq_tol(line->load, load, 1e-9);
    ck_assert(line->is_steady == (line->in_use[LAST].p90 <= PLACES));
    if (line->is_steady)
        ck_assert_double_eq_tol(line->erlang, erlang_blocked(PLACES, load), 1e-9);
    draws_free(&draws[0]);
    draws_free(&draws[1]);
    capacity_free(&found);
    f.scenario.n_capacities = 1;
    close_fixture(&f);
}
END_TEST

START_TEST(threads_change_nothing)
{
    struct fixture f;
    struct capacity found[2];
    struct err err = {0};
    for (int i = 0; i < 2; i++) {
        open_fixture(&f, 28, i == 0 ? 1 : 3);
        ck_assert(capacity_find(&f.run, &f.scenario, &f.prices, &found[i], &err));
        close_fixture(&f);
    }
    ck_assert_mem_eq(found[0].cost, found[1].cost, MONTHS * sizeof *found[0].cost);
    ck_assert_mem_eq(found[0].lines[0].in_use, found[1].lines[0].in_use,
                     MONTHS * sizeof *found[0].lines[0].in_use);
    capacity_free(&found[0]);
    capacity_free(&found[1]);
}
END_TEST

Suite *suite_capacity(void)
{
    Suite *suite = suite_create("capacity");
    TCase *tcase = tcase_create("capacity");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, places_by_hand);
    tcase_add_test(tcase, likely_places_are_the_mean);
    tcase_add_test(tcase, places_enough_cost_nothing);
    tcase_add_test(tcase, overflow_beside_the_runs_themselves);
    tcase_add_test(tcase, threads_change_nothing);
    suite_add_tcase(suite, tcase);
    return suite;
}
