/* SPDX-License-Identifier: GPL-3.0-or-later
 * Effects of a plan become levers: what is taken over, what is left out, what starts when. */
#include "sim/plan_levers.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/check.h"
#include "plan/refs.h"
#include "sim/effect.h"
#include "sim/slip.h"

Suite *suite_plan_levers(void);

struct fixture {
    struct plan plan;
    struct effects effects;
    struct targets targets;
    struct scenario scenario;
};

static struct filed_row row_of(const char *ref, const char *milestone, const char *due, const char *status,
                               const char *lead)
{
    struct filed_row row = {.line = 2};
    row.text[PLAN_TEXT_ACTION_REF] = str_of(ref);
    row.text[PLAN_TEXT_ACTION] = str_of("Do something");
    row.text[PLAN_TEXT_MILESTONE] = str_of(milestone);
    row.text[PLAN_TEXT_DUE] = str_of(due);
    row.text[PLAN_TEXT_STATUS] = str_of(status);
    row.text[PLAN_TEXT_LEAD_ROLE] = str_of(lead);
    return row;
}

static void add_effect(struct effects *effects, const char *const texts[9])
{
    static const int columns[9] = {
        EFFECT_TEXT_ACTION_REF, EFFECT_TEXT_LEVER,           EFFECT_TEXT_APPLIES_TO,
        EFFECT_TEXT_LOW,        EFFECT_TEXT_LIKELY,          EFFECT_TEXT_HIGH,
        EFFECT_TEXT_UNIT,       EFFECT_TEXT_START_MILESTONE, EFFECT_TEXT_REPLACES};
    struct err err = {0};
    struct filed_row row = {.line = (int32_t)effects->n + 2};
    bool usable = false;
    for (int i = 0; i < 9; i++)
        row.text[columns[i]] = str_of(texts[i]);
    row.text[EFFECT_TEXT_RAMP_MONTHS] = str_of("6");
    ck_assert(effects_add(effects, &row, &usable, NULL, &err) && usable);
}

static void open_fixture(struct fixture *f, enum stance stance)
{
    static const char *const texts[][9] = {
        {"1A", "entries", "age=0-4;need=N5", "-1", "-3", "-6", "pct", "1A", ""},
        {"1A", "mix", "from=res_external;to=foster_inhouse", "2", "4", "5", "children", "1A", ""},
        {"1B", "exits", "route=home;time_in_care=0-60d", "1", "2", "5", "pct", "", "1A"},
        {"2A", "capacity", "placement=res_inhouse", "2", "5", "6", "places", "", ""},
        {"2B", "entries", "flag=missing", "-1", "-2", "-3", "pct", "", ""},
        {"3A", "entries", "all", "-1", "-2", "-3", "pct", "", ""},
    };
    struct err err = {0};
    struct arena arena = {0};
    struct filed_row rows[] = {
        row_of("1A", "Team recruited", "30/09/2012", "Not started", "Early help"),
        row_of("1A", "Team works", "31/12/2012", "On track", "Early help"),
        row_of("1B", "Panel meets", "31/03/2013", "Not started", "Fostering"),
        row_of("2A", "Home opens", "31/03/2013", "Not started", ""),
        row_of("2B", "Tracking", "31/03/2013", "Not started", ""),
        row_of("3A", "Dropped", "31/03/2013", "Superseded", ""),
    };
    const size_t n = sizeof rows / sizeof rows[0];
    *f = (struct fixture){0};
    ck_assert(refs_make(rows, n, NULL, 0, &arena, &err));
    ck_assert(plan_make("oak", rows, n, (struct plan_stamp){date_from_civil(2012, 8, 1), PLAN_DATED_ASKED},
                        &f->plan, &err));
    arena_free(&arena);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        add_effect(&f->effects, texts[i]);
    check_join(&f->plan, &f->effects, &f->targets);
    ck_assert_msg(scenario_load(&f->scenario, "baseline", NULL, NULL, 0, &err), "%s", err.message);
    f->scenario.stance = stance;
}

static void close_fixture(struct fixture *f)
{
    plan_free(&f->plan);
    effects_free(&f->effects);
    targets_free(&f->targets);
    scenario_free(&f->scenario);
}

START_TEST(effects_become_levers)
{
    struct fixture f;
    struct err err = {0};
    enum plan_lever_fate fates[6];
    open_fixture(&f, STANCE_LIKELY);
    ck_assert_msg(plan_levers_add(&f.scenario, &f.plan, &f.effects, fates, &err), "%s", err.message);
    static const enum plan_lever_fate expected[6] = {PLAN_LEVER_APPLIED,   PLAN_LEVER_APPLIED,
                                                     PLAN_LEVER_APPLIED,   PLAN_LEVER_NO_CAPACITY,
                                                     PLAN_LEVER_NOT_KNOWN, PLAN_LEVER_DROPPED};
    ck_assert_mem_eq(fates, expected, sizeof fates);
    ck_assert_uint_eq(f.scenario.n_levers, 3);
    ck_assert_str_eq(f.scenario.plan, "oak");
    const struct lever *entries = &f.scenario.levers[0];
    ck_assert_str_eq(entries->id, "oak/1A");
    ck_assert_str_eq(entries->action, "oak/1A");
    ck_assert_int_eq(entries->kind, LEVER_ENTRIES);
    ck_assert_int_eq(entries->unit, EFFECT_FACTOR);
    ck_assert_double_eq_tol(entries->low, -.01, 1e-15);
    ck_assert_double_eq_tol(entries->high, -.06, 1e-15);
    ck_assert_int_eq(entries->where.age_high, 4);
    ck_assert_double_eq(entries->ramp_months, 6);
    /* its milestone is the last of the action */
    ck_assert_int_eq(entries->start, date_from_civil(2012, 12, 31));
    ck_assert_double_eq_tol(entries->slip.late, .15, 1e-12); /* on track: half of the prior's .3 */
    ck_assert_str_eq(entries->slip.team, "oak: Early help");
    const struct lever *mix = &f.scenario.levers[1];
    ck_assert_str_eq(mix->id, "oak/1A:2");
    ck_assert_int_eq(mix->unit, EFFECT_CHILDREN);
    ck_assert_double_eq(mix->likely, 4);
    ck_assert_uint_eq(mix->where.from, 1U << PLACEMENT_RES_EXTERNAL);
    ck_assert_uint_eq(mix->where.to, 1U << PLACEMENT_FOSTER_INHOUSE);
    ck_assert_str_eq(mix->slip.milestone, entries->slip.milestone);
    const struct lever *exits = &f.scenario.levers[2];
    ck_assert_str_eq(exits->id, "oak/1B");
    ck_assert_uint_eq(exits->where.routes, 1U << ROUTE_HOME);
    ck_assert_int_eq(exits->where.in_care_high, 60);
    ck_assert_str_eq(exits->replaces, "oak/1A");
    close_fixture(&f);
}
END_TEST

START_TEST(a_replaced_action_ends_with_all_its_effects)
{
    /* 1B starts on 31 March 2013 and takes the place of both effects of 1A. */
    struct fixture f;
    struct err err = {0};
    open_fixture(&f, STANCE_BEST);
    ck_assert(plan_levers_add(&f.scenario, &f.plan, &f.effects, NULL, &err));
    const day origin = date_from_civil(2012, 3, 31);
    const day end = date_from_civil(2013, 3, 31);
    day starts[3];
    slip_fixed_starts(&f.scenario, origin, starts);
    for (size_t i = 0; i < 2; i++) {
        ck_assert_double_gt(effect_ramp(&f.scenario, starts, i, end - 1, end), 0);
        ck_assert_double_eq(effect_ramp(&f.scenario, starts, i, end, end + 30), 0);
    }
    close_fixture(&f);
}
END_TEST

START_TEST(a_baseline_takes_no_plan)
{
    struct fixture f;
    struct err err = {0};
    open_fixture(&f, STANCE_BASELINE);
    ck_assert(plan_levers_add(&f.scenario, &f.plan, &f.effects, NULL, &err));
    ck_assert_uint_eq(f.scenario.n_levers, 0);
    close_fixture(&f);
}
END_TEST

START_TEST(twice_is_refused)
{
    struct fixture f;
    struct err err = {0};
    open_fixture(&f, STANCE_LIKELY);
    ck_assert(plan_levers_add(&f.scenario, &f.plan, &f.effects, NULL, &err));
    ck_assert(!plan_levers_add(&f.scenario, &f.plan, &f.effects, NULL, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.message, "two levers oak/1A"));
    close_fixture(&f);
}
END_TEST

START_TEST(a_lever_of_a_scenario_starts_with_a_milestone)
{
    struct fixture f;
    struct err err = {0};
    open_fixture(&f, STANCE_LIKELY);
    free(f.scenario.levers);
    f.scenario.levers = calloc(2, sizeof *f.scenario.levers);
    ck_assert_ptr_nonnull(f.scenario.levers);
    f.scenario.n_levers = 2;
    f.scenario.levers[0] = (struct lever){.id = "x", .start_at = "oak/1B", .source = "a.yaml:3"};
    f.scenario.levers[1] = (struct lever){.id = "y", .start_at = "elm/1B", .source = "a.yaml:6"};
    ck_assert(plan_levers_bind(&f.scenario, &f.plan, &err));
    ck_assert_int_eq(f.scenario.levers[0].start, date_from_civil(2013, 3, 31));
    ck_assert_double_eq_tol(f.scenario.levers[0].slip.late, .3, 1e-12);
    ck_assert_ptr_null(f.scenario.levers[0].start_at);
    ck_assert_str_eq(f.scenario.levers[1].start_at, "elm/1B"); /* of another plan */
    f.scenario.levers[1].start_at = "oak/9Z";
    ck_assert(!plan_levers_bind(&f.scenario, &f.plan, &err));
    ck_assert_str_eq(err.message, "a.yaml:6: lever y: plan oak has no milestone 9Z");
    close_fixture(&f);
}
END_TEST

Suite *suite_plan_levers(void)
{
    Suite *suite = suite_create("plan_levers");
    TCase *tests = tcase_create("plan_levers");
    tcase_add_test(tests, effects_become_levers);
    tcase_add_test(tests, a_replaced_action_ends_with_all_its_effects);
    tcase_add_test(tests, a_baseline_takes_no_plan);
    tcase_add_test(tests, twice_is_refused);
    tcase_add_test(tests, a_lever_of_a_scenario_starts_with_a_milestone);
    suite_add_tcase(suite, tests);
    return suite;
}
