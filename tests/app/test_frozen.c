/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a manifest keeps of scenarios and prices comes back as it was. */
#include "app/frozen.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "models/models.h"
#include "sim/where_text.h"

Suite *suite_frozen(void);

/* Numbers that 15 digits do not hold keep their last bit. */
START_TEST(numbers_keep_all_digits)
{
    const double values[] = {0, -0.06, 1.0 / 3, log(110), 1e-300, 123456789.125};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        json_t *tree = frozen_real(values[i]);
        const double back = frozen_number(tree);
        ck_assert_mem_eq(&back, &values[i], sizeof back);
        json_decref(tree);
    }
    json_t *none = json_true();
    ck_assert(isnan(frozen_number(none)));
}
END_TEST

static const char *const keys[][2] = {{"age", "10-15"},
                                      {"placement", "foster_ifa"},
                                      {"route", "home"},
                                      {"provider", "PR4"},
                                      {"uasc", "no"},
                                      {"legal", "section_20"},
                                      {"need", "N1"},
                                      {"time_in_care", "0-60d"},
                                      {"time_in_placement", "548d+"},
                                      {"from", "res_external"},
                                      {"to", "foster_inhouse"},
                                      {"locality", "North"}};

static struct lever full_lever(struct arena *texts)
{
    struct err err = {0};
    struct lever lever = {.id = "oak/1.1",
                          .kind = LEVER_EXITS,
                          .low = .01,
                          .likely = 1.0 / 3,
                          .high = .7,
                          .unit = EFFECT_PER_YEAR,
                          .start = date_from_civil(2026, 9, 30),
                          .ramp_months = 7.5,
                          .reach = .35,
                          .replaces = "oak/1.0",
                          .slip = {.late = .3,
                                   .log_median = log(110),
                                   .log_sd = .8,
                                   .past_due = 12,
                                   .milestone = "oak/1.1",
                                   .team = "Head of service"},
                          .plan = "oak",
                          .action = "oak/1.1",
                          .source = "effects of oak, line 2"};
    lever.where = where_all();
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        ck_assert_msg(where_set(&lever.where, str_of(keys[i][0]), str_of(keys[i][1]), texts, &err), "%s",
                      err.message);
    return lever;
}

static void same_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        ck_assert_ptr_eq(a, b);
    else
        ck_assert_str_eq(a, b);
}

static void same_lever(const struct lever *a, const struct lever *b)
{
    same_text(a->id, b->id);
    ck_assert_int_eq(a->kind, b->kind);
    ck_assert_int_eq(a->unit, b->unit);
    ck_assert_int_eq(a->start, b->start);
    ck_assert(memcmp(&a->low, &b->low, sizeof a->low) == 0 &&
              memcmp(&a->likely, &b->likely, sizeof a->low) == 0 &&
              memcmp(&a->high, &b->high, sizeof a->low) == 0 &&
              memcmp(&a->ramp_months, &b->ramp_months, sizeof a->low) == 0 &&
              memcmp(&a->reach, &b->reach, sizeof a->low) == 0 &&
              memcmp(&a->slip.log_median, &b->slip.log_median, sizeof a->low) == 0);
    ck_assert_int_eq(a->slip.past_due, b->slip.past_due);
    same_text(a->slip.milestone, b->slip.milestone);
    same_text(a->slip.team, b->slip.team);
    same_text(a->replaces, b->replaces);
    same_text(a->plan, b->plan);
    same_text(a->action, b->action);
    ck_assert_uint_eq(a->where.given, b->where.given);
    ck_assert_int_eq(a->where.age_low, b->where.age_low);
    ck_assert_int_eq(a->where.age_high, b->where.age_high);
    ck_assert_uint_eq(a->where.placements, b->where.placements);
    ck_assert_uint_eq(a->where.routes, b->where.routes);
    ck_assert_uint_eq(a->where.legals, b->where.legals);
    ck_assert_uint_eq(a->where.needs, b->where.needs);
    ck_assert_int_eq(a->where.uasc, b->where.uasc);
    same_text(a->where.provider, b->where.provider);
    same_text(a->where.locality, b->where.locality);
    ck_assert_int_eq(a->where.in_care_high, b->where.in_care_high);
    ck_assert_int_eq(a->where.in_placement_low, b->where.in_placement_low);
    ck_assert_int_eq(a->where.in_placement_high, b->where.in_placement_high);
    ck_assert_uint_eq(a->where.from, b->where.from);
    ck_assert_uint_eq(a->where.to, b->where.to);
}

START_TEST(scenarios_come_back)
{
    struct err err = {0};
    struct arena texts = {0};
    struct scenario scenario;
    struct scenario back;
    ck_assert(
        scenario_load(&scenario, "baseline", NULL, model_carepath.params, model_carepath.n_params, &err));
    struct lever levers[2] = {full_lever(&texts), full_lever(&texts)};
    levers[1].where = where_all();
    levers[1].id = "zebra";
    levers[1].start = DAY_NONE;
    levers[1].replaces = levers[1].plan = levers[1].action = levers[1].slip.team = NULL;
    struct scenario_price price = {.group = PLACEMENT_RES_EXTERNAL, .from = 20000, .uplift_pct = 3.5};
    struct scenario_capacity places = {.group = PLACEMENT_RES_INHOUSE,
                                       .places = 24,
                                       .usable = .9,
                                       .overflow = {PLACEMENT_RES_EXTERNAL, PLACEMENT_OTHER},
                                       .n_overflow = 2};
    /* before it is copied: the texts of params are the owner's to free */
    ck_assert(params_set(&scenario.params, str_of("prior_events"), 1.0 / 7, PARAM_SET, "", &err));
    struct scenario full = scenario;
    full.stance = STANCE_WORST;
    full.plan = "oak";
    full.levers = levers;
    full.n_levers = 2;
    full.prices = &price;
    full.n_prices = 1;
    full.capacities = &places;
    full.n_capacities = 1;
    json_t *tree = frozen_scenario(&full, &err);
    ck_assert_ptr_nonnull(tree);
    ck_assert_msg(
        frozen_read_scenario(tree, "m.json", model_carepath.params, model_carepath.n_params, &back, &err),
        "%s", err.message);
    ck_assert_int_eq(back.stance, STANCE_WORST);
    ck_assert_str_eq(back.plan, "oak");
    ck_assert_uint_eq(back.n_levers, 2);
    same_lever(&back.levers[0], &levers[0]);
    same_lever(&back.levers[1], &levers[1]);
    ck_assert_uint_eq(back.n_prices, 1);
    ck_assert_int_eq(back.prices[0].group, PLACEMENT_RES_EXTERNAL);
    ck_assert_int_eq(back.prices[0].from, 20000);
    ck_assert_ptr_null(back.prices[0].provider);
    ck_assert_int_eq(back.capacities[0].n_overflow, 2);
    ck_assert_int_eq(back.capacities[0].overflow[1], PLACEMENT_OTHER);
    ck_assert_double_eq_tol(params_get(&back.params, "prior_events"), 1.0 / 7, 1e-300);
    /* written again it is the same */
    json_t *again = frozen_scenario(&back, &err);
    ck_assert(json_equal(tree, again));
    json_decref(again);
    scenario_free(&back);
    /* a lever without its kind is no scenario */
    json_object_del(json_array_get(json_object_get(tree, "levers"), 0), "lever");
    ck_assert(
        !frozen_read_scenario(tree, "m.json", model_carepath.params, model_carepath.n_params, &back, &err));
    ck_assert_int_eq(err.code, ERR_DATA);
    ck_assert_str_eq(err.file, "m.json");
    json_decref(tree);
    scenario_free(&scenario);
    arena_free(&texts);
}
END_TEST

START_TEST(prices_come_back)
{
    struct err err = {0};
    struct price_book book;
    struct price_book back;
    ck_assert(price_book_defaults(&book, &err));
    json_t *tree = frozen_prices(&book, &err);
    ck_assert_ptr_nonnull(tree);
    ck_assert_msg(frozen_read_prices(tree, "m.json", &back, &err), "%s", err.message);
    ck_assert_uint_eq(back.n_lines, book.n_lines);
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        for (day date = 10000; date < 22000; date += 500)
            ck_assert_int_eq(price_book_weekly(&back, (enum placement_group)g, "", date),
                             price_book_weekly(&book, (enum placement_group)g, "", date));
    price_book_free(&back);
    json_object_set_new(json_array_get(tree, 0), "weekly_pence", json_string("dear"));
    ck_assert(!frozen_read_prices(tree, "m.json", &back, &err));
    json_decref(tree);
    price_book_free(&book);
}
END_TEST

Suite *suite_frozen(void)
{
    Suite *suite = suite_create("frozen");
    TCase *tests = tcase_create("frozen");
    tcase_add_test(tests, numbers_keep_all_digits);
    tcase_add_test(tests, scenarios_come_back);
    tcase_add_test(tests, prices_come_back);
    suite_add_tcase(suite, tests);
    return suite;
}
