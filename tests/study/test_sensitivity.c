/* SPDX-License-Identifier: GPL-3.0-or-later
 * Assumptions and what becomes of their ends, on an invented authority. What is exact is tested exactly. */
#include "study/sensitivity.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/models.h"
#include "sim/where_text.h"
#include "study/assumptions.h"
#include "study/levered.h"
#include "tests/study/carepath_fixture.h"

Suite *suite_sensitivity(void);

enum { MONTHS = 12, REPLICATES = 60 };

static const struct group all = {GROUP_ALL, 0};

/* hand: base 10 at 100; low 8 gives 94, high 14 gives 108. A limit of 97 lies half way to the low end, 10 -
 * .5 x 2 = 9; one of 124 three times beyond the high end, 10 + 3 x 4 = 22; one of 90 is 1.67 times the way to
 * the low end, 10 - 10 / 6 x 2 = 6.667. 130 is too far. */
START_TEST(switching_values)
{
    const struct assumption assumption = {.base = 10, .low = 8, .high = 14};
    struct sensitivity_effect effect = {.change = {-6, 8}, .error = {.1, .1}};
    sensitivity_tip(&assumption, 100, 97, &effect);
    ck_assert_double_eq_tol(effect.tips_at, 9, 1e-12);
    ck_assert(effect.tips_within);
    sensitivity_tip(&assumption, 100, 124, &effect);
    ck_assert_double_eq_tol(effect.tips_at, 22, 1e-12);
    ck_assert(!effect.tips_within);
    sensitivity_tip(&assumption, 100, 90, &effect);
    ck_assert_double_eq_tol(effect.tips_at, 10 - 20.0 / 6, 1e-12);
    sensitivity_tip(&assumption, 100, 130, &effect);
    ck_assert(isnan(effect.tips_at));
    /* without a limit there is nothing to reach, and what is no more than chance reaches nothing */
    sensitivity_tip(&assumption, 100, (double)NAN, &effect);
    ck_assert(isnan(effect.tips_at));
    effect.error[SENSITIVITY_LOW] = 3;
    sensitivity_tip(&assumption, 100, 97, &effect);
    ck_assert(isnan(effect.tips_at));
}
END_TEST

struct found {
    struct fixture f;
    struct sensitivity_output outputs[2];
    struct sensitivity_base base[2];
};

static void run(struct found *found, const struct assumption items[], size_t n,
                struct sensitivity_effect out[])
{
    struct err err = {0};
    const struct sensitivity_setting setting = {
        .run = &found->f.run,
        .scenario = &found->f.scenario,
        .prices = &found->f.prices,
        .counts = &found->f.counts,
        .outputs = found->outputs,
        .n_outputs = 2,
    };
    ck_assert_msg(sensitivity_run(&setting, items, n, found->base, out, &err), "%s", err.message);
}

static void open_found(struct found *found)
{
    fixture_open(&found->f, MONTHS, REPLICATES, 3);
    found->outputs[0] = (struct sensitivity_output){
        .quantity = {.measure = MEASURE_COST, .group = all}, .month = MONTHS - 1, .limit = (double)NAN};
    found->outputs[1] = (struct sensitivity_output){
        .quantity = {.measure = MEASURE_STOCK, .group = all}, .month = MONTHS - 1, .limit = (double)NAN};
}

/* A price 10 % up makes the cost of its group 10 % more to a penny a month, and moves no child. */
START_TEST(prices_move_money_alone)
{
    struct found found;
    struct sensitivity_effect effects[2];
    double cost[REPLICATES];
    double mean = 0;
    open_found(&found);
    const double weekly =
        (double)price_book_weekly(&found.f.prices, PLACEMENT_FOSTER_INHOUSE, "", found.f.input.origin) / 100;
    const struct assumption price = {.id = "price:foster_inhouse",
                                     .kind = ASSUMPTION_PRICE,
                                     .member = PLACEMENT_FOSTER_INHOUSE,
                                     .base = weekly,
                                     .low = .9 * weekly,
                                     .high = 1.1 * weekly};
    run(&found, &price, 1, effects);
    draws_values(&found.f.base, MEASURE_COST, (struct group){GROUP_PLACEMENT, PLACEMENT_FOSTER_INHOUSE}, 0,
                 MONTHS - 1, cost);
    for (int r = 0; r < REPLICATES; r++)
        mean += cost[r] / 100 / REPLICATES;
    ck_assert_double_eq_tol(effects[0].change[SENSITIVITY_HIGH], .1 * mean, 1e-4 * mean);
    ck_assert_double_eq_tol(effects[0].change[SENSITIVITY_LOW], -.1 * mean, 1e-4 * mean);
    ck_assert_double_eq_tol(effects[1].change[SENSITIVITY_HIGH], 0, 1e-12);
    ck_assert(effects[0].matters);
    ck_assert(!effects[1].matters);
    fixture_close(&found.f);
}
END_TEST

/* A flow is the same as a lever of that size, future by future; a factor of 1 changes nothing at all. */
START_TEST(flows_are_levers)
{
    struct err err = {0};
    struct found found;
    struct sensitivity_effect effects[2];
    struct scenario levered;
    struct draws draws;
    double with[REPLICATES];
    double without[REPLICATES];
    double mean = 0;
    const struct where where = where_all();
    open_found(&found);
    const struct assumption entries = {.id = "entries",
                                       .kind = ASSUMPTION_FLOW,
                                       .lever = LEVER_ENTRIES,
                                       .where = where,
                                       .base = 1,
                                       .low = 1,
                                       .high = 1.3};
    run(&found, &entries, 1, effects);
    ck_assert_double_eq_tol(effects[1].change[SENSITIVITY_LOW], 0, 1e-12);
    ck_assert_double_eq_tol(effects[1].error[SENSITIVITY_LOW], 0, 1e-12);
    const struct lever lever = levered_lever("entries", LEVER_ENTRIES, &where, EFFECT_FACTOR, .3);
    ck_assert(levered_make(&found.f.scenario, &lever, 1, &levered, &err));
    ck_assert(run_scenario(&found.f.run, &levered, &found.f.base, &found.f.prices, &draws, &err));
    draws_values(&draws, MEASURE_STOCK, all, MONTHS - 1, MONTHS - 1, with);
    draws_values(&found.f.base, MEASURE_STOCK, all, MONTHS - 1, MONTHS - 1, without);
    for (int r = 0; r < REPLICATES; r++)
        mean += (with[r] - without[r]) / REPLICATES;
    ck_assert_double_eq_tol(effects[1].change[SENSITIVITY_HIGH], mean, 1e-9);
    ck_assert_double_gt(mean, 0);
    draws_free(&draws);
    levered_free(&levered);
    fixture_close(&found.f);
}
END_TEST

/* A parameter of the model is learned from anew and run with the same luck: at its own value nothing changes.
 */
START_TEST(parameters_are_learned_anew)
{
    struct found found;
    struct sensitivity_effect effects[2];
    open_found(&found);
    struct assumption item = {
        .id = "drift", .kind = ASSUMPTION_PARAM, .base = 1, .low = 1, .high = 0, .fits = true};
    while (strcmp(found.f.scenario.params.specs[item.member]->name, "drift") != 0)
        item.member++;
    run(&found, &item, 1, effects);
    ck_assert_double_eq_tol(effects[1].change[SENSITIVITY_LOW], 0, 1e-12);
    ck_assert(fabs(effects[1].change[SENSITIVITY_HIGH]) > 0);
    ck_assert_double_eq_tol(params_get(&found.f.scenario.params, "drift"), 1, 1e-12);
    fixture_close(&found.f);
}
END_TEST

/* Another seed is no assumption: it never matters, and its error is that of two samples. */
START_TEST(luck_never_matters)
{
    struct found found;
    struct sensitivity_effect effects[2];
    open_found(&found);
    const struct assumption seed = {.id = "seed", .kind = ASSUMPTION_SEED, .low = 1, .high = 2};
    run(&found, &seed, 1, effects);
    ck_assert(!effects[0].matters && !effects[1].matters);
    ck_assert_double_gt(effects[1].error[SENSITIVITY_LOW], found.base[1].error);
    fixture_close(&found.f);
}
END_TEST

/* ---- the list ---------------------------------------------------------------------------------------- */

static bool has(const struct assumptions *list, const char *id)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->items[i].id, id) == 0)
            return true;
    return false;
}

/* Which must be there. */
static struct assumption find(const struct assumptions *list, const char *id)
{
    size_t i = 0;
    while (i < list->n && strcmp(list->items[i].id, id) != 0)
        i++;
    ck_assert_msg(i < list->n, "%s", id);
    return list->items[i];
}

/* hand: 6,000 a week that the built-in book does not have, uplift sd 2 %: 6000 exp(-+1.2816 x .02) = 5848.2,
 * 6155.8. A built-in price keeps the ratio of the book's range: 820 and 1,200 to 980 for agency fostering. */
START_TEST(prices_have_ranges)
{
    struct err err = {0};
    struct fixture f;
    struct assumptions list;
    fixture_open(&f, MONTHS, 2, 3);
    const day by = date_from_civil(2024, 4, 1);
    const struct price_line line = {
        .group = PLACEMENT_RES_EXTERNAL, .provider = "", .from = by, .weekly = 600000, .source = "contract"};
    ck_assert(price_book_add(&f.prices, &line, &err));
    ck_assert(assumptions_list(&model_carepath, NULL, &f.scenario, &f.prices, true, by, &list, &err));
    const struct assumption home = find(&list, "price:res_external");
    ck_assert_double_eq_tol(home.base, 6000, 1e-9);
    ck_assert_double_eq_tol(home.low, 5848.2, .1);
    ck_assert_double_eq_tol(home.high, 6155.8, .1);
    ck_assert_int_eq(home.quality, QUALITY_EVIDENCE);
    const struct assumption agency = find(&list, "price:foster_ifa");
    ck_assert_double_eq_tol(agency.low, 820, 1e-9);
    ck_assert_double_eq_tol(agency.high, 1200, 1e-9);
    ck_assert_int_eq(agency.quality, QUALITY_EXPERT);
    /* nobody pays for a child with its parents, so there is no price to be wrong */
    ck_assert(!has(&list, "price:parents"));
    /* without what was learned a flow is moved by a tenth and called a guess */
    ck_assert_double_eq_tol(find(&list, "entries").high, 1.1, 1e-12);
    ck_assert_int_eq(find(&list, "entries").quality, QUALITY_GUESS);
    ck_assert(has(&list, "seed"));
    assumptions_free(&list);
    fixture_close(&f);
}
END_TEST

/* hand: a level of 1.2, 8 in 10 from .96 to 1.44: factors .8 and 1.2. Exits home: 95 % limits .5 and 2 of a
 * rate, so the log has sd ln 4 / 3.9199 = .35365 and 8 in 10 is exp(-+1.2816 x .35365) = .6356, 1.5733. */
START_TEST(flows_have_the_fit_s_ranges)
{
    struct err err = {0};
    struct fixture f;
    struct learned learned = {0};
    struct assumptions list;
    fixture_open(&f, MONTHS, 2, 3);
    ck_assert(learned_add_month(
        &learned, &(struct learned_month){.process = LEARNED_ENTRY, .level = 1.2, .low = .96, .high = 1.44},
        &err));
    ck_assert(assumptions_list(&model_carepath, &learned, &f.scenario, &f.prices, true, f.input.origin, &list,
                               &err));
    ck_assert_double_eq_tol(find(&list, "entries").low, .8, 1e-12);
    ck_assert_double_eq_tol(find(&list, "entries").high, 1.2, 1e-12);
    ck_assert_int_eq(find(&list, "entries").quality, QUALITY_EVIDENCE);
    /* nobody was seen to leave by any route, so no route has a range */
    ck_assert(!has(&list, "exits:route:home"));
    assumptions_free(&list);
    learned_free(&learned);
    fixture_close(&f);
}
END_TEST

/* Every parameter of every model has a range that holds its default and lies in what may be set. */
START_TEST(every_parameter_has_a_range)
{
    struct err err = {0};
    for (size_t m = 0; models_all[m] != NULL; m++) {
        struct params params;
        struct assumptions list;
        ck_assert(params_init(&params, models_all[m]->params, models_all[m]->n_params, &err));
        ck_assert(assumptions_of_params(&params, &list, &err));
        for (size_t i = 0; i < list.n; i++) {
            const struct assumption *item = &list.items[i];
            const struct param_spec *spec = params.specs[item->member];
            ck_assert_str_eq(item->id, spec->name);
            ck_assert_msg(item->low <= item->base && item->base <= item->high && item->low >= spec->low &&
                              item->high <= spec->high,
                          "%s %s", models_all[m]->name, item->id);
        }
        assumptions_free(&list);
        params_free(&params);
    }
}
END_TEST

/* The table of ranges names only parameters that there are. */
START_TEST(the_table_names_parameters)
{
    static const char *const names[] = {
#define ASSUMPTION(name, low, high, quality, owner, basis) name,
#include "study/assumption.def"
#undef ASSUMPTION
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        bool found = false;
        for (size_t p = 0; p < n_engine_params; p++)
            found = found || strcmp(engine_params[p].name, names[i]) == 0;
        for (size_t m = 0; models_all[m] != NULL; m++)
            for (size_t p = 0; p < models_all[m]->n_params; p++)
                found = found || strcmp(models_all[m]->params[p].name, names[i]) == 0;
        ck_assert_msg(found, "%s", names[i]);
    }
}
END_TEST

Suite *suite_sensitivity(void)
{
    Suite *suite = suite_create("sensitivity");
    TCase *tests = tcase_create("sensitivity");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, switching_values);
    tcase_add_test(tests, prices_move_money_alone);
    tcase_add_test(tests, flows_are_levers);
    tcase_add_test(tests, parameters_are_learned_anew);
    tcase_add_test(tests, luck_never_matters);
    tcase_add_test(tests, prices_have_ranges);
    tcase_add_test(tests, flows_have_the_fit_s_ranges);
    tcase_add_test(tests, every_parameter_has_a_range);
    tcase_add_test(tests, the_table_names_parameters);
    suite_add_tcase(suite, tests);
    return suite;
}
