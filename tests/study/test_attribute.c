/* SPDX-License-Identifier: GPL-3.0-or-later
 * The work of a plan divided among its actions, on an invented authority. What is exact is tested exactly. */
#include "study/attribute.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/models.h"
#include "sim/slip.h"
#include "sim/switched.h"
#include "study/delay.h"
#include "tests/build_history.h"
#include "tests/world/world.h"

Suite *suite_attribute(void);

enum { MONTHS = 24, REPLICATES = 24, MANY = 13 };

struct fixture {
    struct history history;
    struct price_book prices;
    struct log log;
    struct model_input input;
    struct run_options options;
    struct scenario scenario;
    struct run run;
};

static struct lever lever_of(const char *id, enum lever_kind kind, double effect)
{
    struct lever lever = {.id = id,
                          .kind = kind,
                          .low = effect,
                          .likely = effect,
                          .high = effect,
                          .start = DAY_NONE,
                          .reach = 1,
                          .source = "test",
                          .plan = "plan"};
    lever.where.age_high = 17;
    lever.where.placements = lever.where.routes = lever.where.legals = lever.where.needs = UINT32_MAX;
    lever.where.from = lever.where.to = UINT32_MAX;
    lever.where.uasc = -1;
    lever.where.in_care_high = lever.where.in_placement_high = INT32_MAX;
    return lever;
}

static void open_fixture(struct fixture *f, struct lever *levers, size_t n, int32_t threads)
{
    struct err err = {0};
    struct world_truth truth;
    *f = (struct fixture){.options = {.replicates = REPLICATES, .threads = threads}};
    log_init(&f->log, stderr, true);
    world_make(&(struct world_options){.regime = WORLD_STEADY_SMALL, .seed = 41}, &f->history, &truth);
    ck_assert_msg(price_book_defaults(&f->prices, &err), "%s", err.message);
    f->input =
        (struct model_input){.history = &f->history, .origin = f->history.end, .months = MONTHS, .seed = 3};
    ck_assert_msg(
        scenario_load(&f->scenario, "baseline", NULL, model_carepath.params, model_carepath.n_params, &err),
        "%s", err.message);
    f->scenario.stance = STANCE_LIKELY;
    f->scenario.switchable = true;
    free(f->scenario.levers);
    f->scenario.levers = levers;
    f->scenario.n_levers = n;
    ck_assert_msg(
        run_open(&f->run, &model_carepath, &f->input, &f->scenario.params, &f->options, &f->log, &err), "%s",
        err.message);
}

static void close_fixture(struct fixture *f)
{
    run_close(&f->run);
    f->scenario.levers = NULL;
    f->scenario.n_levers = 0;
    scenario_free(&f->scenario);
    price_book_free(&f->prices);
    build_free(&f->history);
}

/* Children at month ends of replicate 5 when the scenario is run as a whole. */
static void run_whole(struct fixture *f, int32_t stock[MONTHS])
{
    struct err err = {0};
    struct draws draws = {0};
    ck_assert_msg(run_replicates(&f->run, &f->scenario, &draws, &err), "%s", err.message);
    draws_raw(&draws, 5, draws_find(&draws, MEASURE_STOCK, (struct group){GROUP_ALL, 0}), stock);
    draws_free(&draws);
}

START_TEST(off_is_as_if_never_written)
{
    struct lever levers[] = {lever_of("a", LEVER_ENTRIES, -.3), lever_of("b", LEVER_EXITS, .4),
                             lever_of("c", LEVER_PRICE, -.1)};
    struct fixture f;
    struct err err = {0};
    struct switched *switched = NULL;
    int32_t expected[MONTHS];
    pence dear[MONTHS];
    struct switched_path path;
    open_fixture(&f, levers, 3, 1);
    ck_assert_msg(switched_open(&f.run, &f.scenario, &f.prices, &switched, &err), "%s", err.message);
    int32_t *later = switched_levers(switched, 0);
    static const bool off[][3] = {{false, false, false}, {true, true, true}, {false, true, true}};
    static const size_t n_levers[] = {3, 0, 1};
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 3; k++)
            later[k] = off[i][k] ? SLIP_NEVER : 0;
        ck_assert(switched_run(switched, 0, 5, &path, &err));
        f.scenario.n_levers = n_levers[i];
        run_whole(&f, expected);
        ck_assert_mem_eq(path.stock, expected, sizeof expected);
        f.scenario.n_levers = 3;
    }
    /* the price lever alone: the same nights for 10 % less, to a penny a month of each group */
    later[0] = later[1] = later[2] = SLIP_NEVER;
    ck_assert(switched_run(switched, 0, 5, &path, &err));
    memcpy(dear, path.cost, sizeof dear);
    memcpy(expected, path.nights, sizeof expected);
    later[2] = 0;
    ck_assert(switched_run(switched, 0, 5, &path, &err));
    ck_assert_mem_eq(path.nights, expected, sizeof expected);
    for (int m = 0; m < MONTHS; m++)
        ck_assert_double_eq_tol((double)path.cost[m] / (double)dear[m], .9, 1e-4);
    switched_close(switched);
    close_fixture(&f);
}
END_TEST

/* Actions 0 and 1 are equal, 2 acts on exits, 3 changes nothing, 4 has a lever that is written but 0; the
 * last lever belongs to no plan. */
enum { ACTIONS = 5, LEVERS = 6 };
static const char *const actions[ACTIONS] = {"1", "2", "3", "4", "5"};
static const int32_t owner[LEVERS] = {0, 1, 2, 3, 4, -1};

static void fill_levers(struct lever levers[LEVERS])
{
    levers[0] = lever_of("a", LEVER_ENTRIES, -.5);
    levers[1] = lever_of("b", LEVER_ENTRIES, -.5);
    levers[2] = lever_of("c", LEVER_EXITS, .3);
    levers[3] = lever_of("d", LEVER_OUTCOME, .3);
    levers[4] = lever_of("e", LEVER_ENTRIES, 0);
    levers[5] = lever_of("f", LEVER_ENTRIES, .1);
}

static void run_attribution(int32_t threads, struct attribution *out)
{
    struct lever levers[LEVERS];
    struct fixture f;
    struct err err = {0};
    fill_levers(levers);
    open_fixture(&f, levers, LEVERS, threads);
    ck_assert_msg(attribute(&f.run, &f.scenario, &f.prices, actions, ACTIONS, owner,
                            &(struct attribute_options){.replicates = REPLICATES}, out, &err),
                  "%s", err.message);
    close_fixture(&f);
}

static void must_add_up(const struct attribution *found)
{
    for (int k = 0; k < ATTRIBUTE_MEASURES; k++)
        for (size_t p = 0; p < found->n_periods; p++) {
            double sum = 0;
            for (size_t a = 0; a < found->n_actions; a++)
                sum += attribution_effect(found, a, (enum attribute_measure)k, p)->mean;
            const double whole =
                attribution_effect(found, found->n_actions, (enum attribute_measure)k, p)->mean;
            ck_assert_double_eq_tol(sum, whole, 1e-9 * fmax(1, fabs(whole)));
        }
}

START_TEST(actions_add_up_to_the_plan)
{
    struct attribution found;
    run_attribution(1, &found);
    ck_assert(found.is_exact);
    ck_assert_int_eq(found.runs, (1 << 3) * REPLICATES); /* three do something */
    ck_assert_int_eq((int)found.n_periods, 2);
    must_add_up(&found);
    const size_t last = found.n_periods - 1;
    const struct attribute_effect *whole = attribution_effect(&found, ACTIONS, ATTRIBUTE_STOCK, last);
    ck_assert_double_lt(whole->p90, 0);
    ck_assert_double_lt(whole->p10, whole->p90);
    for (int k = 0; k < ATTRIBUTE_MEASURES; k++) {
        const enum attribute_measure measure = (enum attribute_measure)k;
        const double one = attribution_effect(&found, 0, measure, last)->mean;
        ck_assert_double_lt(one, 0);
        ck_assert_double_eq_tol(attribution_effect(&found, 1, measure, last)->mean, one, 1e-9 * fabs(one));
        ck_assert_double_lt(attribution_effect(&found, 2, measure, last)->mean, 0);
        for (size_t a = 3; a < ACTIONS; a++) {
            ck_assert_double_eq(attribution_effect(&found, a, measure, last)->mean, 0);
            ck_assert_double_eq(attribution_effect(&found, a, measure, last)->p90, 0);
        }
    }
    /* two cuts of entries do part of the same work: half and half again leave a quarter, not nothing */
    ck_assert_uint_ge(found.n_pairs, 1);
    bool told = false;
    for (size_t i = 0; i < found.n_pairs; i++)
        told = told || (found.pairs[i].first == 0 && found.pairs[i].second == 1 && found.pairs[i].mean > 0);
    ck_assert(told);
    attribution_free(&found);
}
END_TEST

START_TEST(threads_change_nothing)
{
    struct attribution one;
    struct attribution two;
    run_attribution(1, &one);
    run_attribution(2, &two);
    ck_assert_mem_eq(one.effects, two.effects,
                     (ACTIONS + 1) * ATTRIBUTE_MEASURES * one.n_periods * sizeof *one.effects);
    attribution_free(&one);
    attribution_free(&two);
}
END_TEST

START_TEST(many_actions_are_drawn_and_add_up)
{
    /* Thirteen cuts of entries by 3 %: each is a thirteenth of the whole, but for drawn orders: within 4.89
     * of their standard errors (one seed in 1e6 fails). The whole is the difference of the two runs. */
    struct lever levers[MANY];
    const char *names[MANY];
    int32_t owners[MANY];
    char ids[MANY][12];
    struct fixture f;
    struct err err = {0};
    struct attribution found;
    int32_t with[MONTHS];
    int32_t without[MONTHS];
    for (int i = 0; i < MANY; i++) {
        snprintf(ids[i], sizeof ids[i], "%02d", i);
        levers[i] = lever_of(ids[i], LEVER_ENTRIES, -.03);
        names[i] = ids[i];
        owners[i] = i;
    }
    open_fixture(&f, levers, MANY, 2);
    ck_assert_msg(attribute(&f.run, &f.scenario, &f.prices, names, MANY, owners,
                            &(struct attribute_options){.replicates = REPLICATES}, &found, &err),
                  "%s", err.message);
    ck_assert(!found.is_exact);
    ck_assert_int_eq(found.runs, 2 * (MANY + 1) * REPLICATES);
    must_add_up(&found);
    const size_t last = found.n_periods - 1;
    const double whole = attribution_effect(&found, MANY, ATTRIBUTE_STOCK, last)->mean;
    for (size_t a = 0; a < MANY; a++) {
        const struct attribute_effect *effect = attribution_effect(&found, a, ATTRIBUTE_STOCK, last);
        ck_assert_double_lt(fabs(effect->mean - whole / MANY), 4.89 * effect->error + 1e-9);
    }
    struct draws draws[2] = {{0}};
    double difference = 0;
    for (int i = 0; i < 2; i++) {
        f.scenario.n_levers = i == 0 ? MANY : 0;
        ck_assert(run_replicates(&f.run, &f.scenario, &draws[i], &err));
    }
    const size_t series = draws_find(&draws[0], MEASURE_STOCK, (struct group){GROUP_ALL, 0});
    for (int32_t r = 0; r < REPLICATES; r++) {
        draws_raw(&draws[0], r, series, with);
        draws_raw(&draws[1], r, series, without);
        difference += (with[MONTHS - 1] - without[MONTHS - 1]) / (double)REPLICATES;
    }
    ck_assert_double_eq_tol(whole, difference, 1e-9);
    draws_free(&draws[0]);
    draws_free(&draws[1]);
    attribution_free(&found);
    close_fixture(&f);
}
END_TEST

/* ---- delays -------------------------------------------------------------------------------------------- */

START_TEST(a_delay_costs_what_the_later_start_does)
{
    /* Milestone 0 has both levers on entries, 1 that on exits: by hand from two runs with other starts. */
    enum { DAYS = 91, MILESTONES = 2 };
    struct lever levers[] = {lever_of("a", LEVER_ENTRIES, -.4), lever_of("b", LEVER_ENTRIES, -.4),
                             lever_of("c", LEVER_EXITS, .5)};
    static const int32_t milestone_of[] = {0, 0, 1};
    struct delay_cost costs[MILESTONES];
    struct fixture f;
    struct err err = {0};
    open_fixture(&f, levers, 3, 2);
    for (int i = 0; i < 3; i++)
        levers[i].start = f.input.origin + 40;
    ck_assert_msg(
        delay_costs(&f.run, &f.scenario, &f.prices, milestone_of, MILESTONES, DAYS, REPLICATES, costs, &err),
        "%s", err.message);
    for (int m = 0; m < MILESTONES; m++) {
        struct draws draws[2] = {{0}};
        int32_t stock[2][MONTHS];
        int32_t nights[2][MONTHS];
        double children = 0;
        double more_nights = 0;
        for (int k = 0; k < 2; k++) {
            for (int i = 0; i < 3; i++)
                levers[i].start = f.input.origin + 40 + (k == 1 && milestone_of[i] == m ? DAYS : 0);
            ck_assert(run_replicates(&f.run, &f.scenario, &draws[k], &err));
        }
        for (int32_t r = 0; r < REPLICATES; r++) {
            for (int k = 0; k < 2; k++) {
                draws_raw(&draws[k], r, draws_find(&draws[k], MEASURE_STOCK, (struct group){GROUP_ALL, 0}),
                          stock[k]);
                draws_raw(&draws[k], r, draws_find(&draws[k], MEASURE_NIGHTS, (struct group){GROUP_ALL, 0}),
                          nights[k]);
            }
            children += (stock[1][MONTHS - 1] - stock[0][MONTHS - 1]) / (double)REPLICATES;
            for (int t = 0; t < MONTHS; t++)
                more_nights += (nights[1][t] - nights[0][t]) / (double)REPLICATES;
        }
        ck_assert_double_eq_tol(costs[m].children, children, 1e-9);
        ck_assert_double_eq_tol(costs[m].nights, more_nights, 1e-6);
        ck_assert_double_gt(costs[m].nights, 0);
        ck_assert_double_gt(costs[m].pounds, 0);
        draws_free(&draws[0]);
        draws_free(&draws[1]);
        for (int i = 0; i < 3; i++)
            levers[i].start = f.input.origin + 40;
    }
    close_fixture(&f);
}
END_TEST

Suite *suite_attribute(void)
{
    Suite *suite = suite_create("attribute");
    TCase *tests = tcase_create("attribute");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, off_is_as_if_never_written);
    tcase_add_test(tests, actions_add_up_to_the_plan);
    tcase_add_test(tests, threads_change_nothing);
    tcase_add_test(tests, many_actions_are_drawn_and_add_up);
    tcase_add_test(tests, a_delay_costs_what_the_later_start_does);
    suite_add_tcase(suite, tests);
    return suite;
}
