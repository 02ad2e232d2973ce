/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/scenario.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/embedded.h"

Suite *suite_scenario(void);

static const double tight = 1e-12;
static char folder[] = "/tmp/test_scenario.XXXXXX";

static void make_folder(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void path_of(const char *name, char *path, size_t size)
{
    ck_assert_int_lt(snprintf(path, size, "%s/%s.yaml", folder, name), (int)size);
}

static void put(const char *name, const char *text)
{
    char path[256];
    path_of(name, path, sizeof path);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void remove_folder(void)
{
    static const char *const names[] = {"a", "b", "c", "best"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[256];
        path_of(names[i], path, sizeof path);
        (void)remove(path);
    }
    ck_assert_int_eq(rmdir(folder), 0);
}

START_TEST(everything_that_a_file_can_say)
{
    struct scenario scenario;
    struct err err = {0};
    put("a",
        "name: a-plan\n"
        "title: All keys\n"
        "stance: worst\n"
        "levers:\n"
        "  - id: z\n"
        "    lever: entries\n"
        "    where: {age: [1-4, 5-9, 10], need: N5, uasc: no, legal: [section_20, care_order],\n"
        "            locality: North End, provider: PR4}\n"
        "    effect: {low: -2%, likely: -6%, high: -12%}\n"
        "    start: 2012-09-30\n"
        "    ramp: 12 months\n"
        "    reach: 35%\n"
        "  - id: m\n"
        "    lever: mix\n"
        "    where: {from: [res_external, res_inhouse], to: foster_inhouse}\n"
        "    effect: +12/year\n"
        "    replaces: z\n"
        "  - {id: e, lever: exits, where: {route: home, time_in_care: 0-60d, time_in_placement: 548d+},\n"
        "     effect: x0.94, ramp: 1 month}\n"
        "  - {id: c, lever: capacity, where: {placement: res_inhouse}, effect: \"+5\"}\n"
        "capacity:\n"
        "  - {placement: foster_inhouse, places: 620, usable: 80%, overflow: [foster_ifa, res_external]}\n"
        "prices:\n"
        "  - {placement: res_external, uplift: 7%, from: 2013-04-01}\n"
        "  - {placement: foster_ifa, provider: PR5, weekly: 815.50, from: 2013-10-01}\n"
        "params: {referral_elasticity: 0.5}\n");
    ck_assert_msg(scenario_load(&scenario, "a", folder, NULL, 0, &err), "%s", err.message);
    ck_assert_str_eq(scenario.name, "a-plan");
    ck_assert_int_eq(scenario.stance, STANCE_WORST);
    ck_assert_ptr_null(scenario.extends);
    ck_assert_uint_eq(scenario.n_levers, 4);
    /* by id, whatever the order in the file */
    ck_assert_str_eq(scenario.levers[0].id, "c");
    ck_assert_str_eq(scenario.levers[1].id, "e");
    ck_assert_str_eq(scenario.levers[2].id, "m");
    ck_assert_str_eq(scenario.levers[3].id, "z");
    const struct lever *z = &scenario.levers[3];
    ck_assert_int_eq(z->where.age_low, 1);
    ck_assert_int_eq(z->where.age_high, 10);
    ck_assert_uint_eq(z->where.needs, UINT32_C(1) << NEED_N5);
    ck_assert_uint_eq(z->where.legals, UINT32_C(1) << LEGAL_SECTION_20 | UINT32_C(1) << LEGAL_CARE_ORDER);
    ck_assert_int_eq(z->where.uasc, 0);
    ck_assert_str_eq(z->where.locality, "North End");
    ck_assert_str_eq(z->where.provider, "PR4");
    ck_assert_uint_eq(z->where.placements, UINT32_MAX);
    ck_assert_uint_eq(z->where.given, 1u << WHERE_AGE | 1u << WHERE_NEED | 1u << WHERE_UASC |
                                          1u << WHERE_LEGAL | 1u << WHERE_LOCALITY | 1u << WHERE_PROVIDER);
    ck_assert_int_eq(z->unit, EFFECT_FACTOR);
    ck_assert_double_eq(z->likely, -.06);
    ck_assert_double_eq(z->high, -.12);
    ck_assert_int_eq(z->start, date_from_civil(2012, 9, 30));
    ck_assert_double_eq(z->ramp_months, 12);
    ck_assert_double_eq(z->reach, .35);
    const struct lever *m = &scenario.levers[2];
    ck_assert_int_eq(m->unit, EFFECT_PER_YEAR);
    ck_assert_double_eq(m->low, 12);
    ck_assert_str_eq(m->replaces, "z");
    ck_assert_uint_eq(m->where.to, UINT32_C(1) << PLACEMENT_FOSTER_INHOUSE);
    ck_assert_int_eq(m->start, DAY_NONE);
    const struct lever *e = &scenario.levers[1];
    ck_assert_double_eq(e->high, -.06); /* x0.94 is -6 % to the bit */
    ck_assert_int_eq(e->where.in_care_low, 0);
    ck_assert_int_eq(e->where.in_care_high, 60);
    ck_assert_int_eq(e->where.in_placement_low, 548);
    ck_assert_int_eq(e->where.in_placement_high, INT32_MAX);
    ck_assert_int_eq(scenario.levers[0].unit, EFFECT_CHILDREN);
    ck_assert_uint_eq(scenario.n_capacities, 1);
    ck_assert_double_eq_tol(scenario.capacities[0].usable, .8, tight);
    ck_assert_int_eq(scenario.capacities[0].n_overflow, 2);
    ck_assert_int_eq(scenario.capacities[0].overflow[1], PLACEMENT_RES_EXTERNAL);
    ck_assert_uint_eq(scenario.n_prices, 2);
    ck_assert_double_eq(scenario.prices[0].uplift_pct, 7);
    ck_assert_int_eq(scenario.prices[1].weekly, 81550);
    ck_assert_double_eq(params_get(&scenario.params, "referral_elasticity"), .5);
    scenario_free(&scenario);
}
END_TEST

START_TEST(nearer_files_win)
{
    struct scenario scenario;
    struct err err = {0};
    put("a", "name: a\nstance: best\nlevers:\n  - {id: x, lever: moves, effect: -1%}\n"
             "  - {id: y, lever: moves, effect: -2%}\n"
             "params: {referral_elasticity: 0.1, price_correlation: 0.2}\n");
    put("b", "name: b\nextends: a\nlevers:\n  - {id: y, lever: moves, effect: -3%}\n"
             "  - {id: w, lever: moves, effect: -4%}\n"
             "params: {price_correlation: 0.6}\n");
    char path[256];
    path_of("b", path, sizeof path);
    ck_assert_msg(scenario_load(&scenario, path, NULL, NULL, 0, &err), "%s", err.message);
    ck_assert_str_eq(scenario.name, "b");
    ck_assert_str_eq(scenario.title, "b"); /* never the other file's */
    ck_assert_str_eq(scenario.extends, "a");
    ck_assert_int_eq(scenario.stance, STANCE_BEST);
    ck_assert_uint_eq(scenario.n_levers, 3);
    ck_assert_double_eq(scenario.levers[0].likely, -.04);
    ck_assert_double_eq(scenario.levers[1].likely, -.01);
    ck_assert_double_eq(scenario.levers[2].likely, -.03);
    ck_assert(strstr(scenario.levers[2].source, "b.yaml:4") != NULL);
    for (size_t i = 0; i < scenario.params.n; i++) {
        const char *name = scenario.params.specs[i]->name;
        if (strcmp(name, "referral_elasticity") == 0) {
            ck_assert_int_eq(scenario.params.origins[i], PARAM_INHERITED);
            ck_assert(strstr(scenario.params.places[i], "a.yaml:6") != NULL);
        } else if (strcmp(name, "price_correlation") == 0) {
            ck_assert_int_eq(scenario.params.origins[i], PARAM_SET);
            ck_assert_double_eq(scenario.params.values[i], .6);
        } else {
            ck_assert_int_eq(scenario.params.origins[i], PARAM_DEFAULT);
        }
    }
    scenario_free(&scenario);
}
END_TEST

/* A file, the place and words of its error. */
static const struct {
    const char *text;
    int line, column;
    const char *words;
} wrong[] = {
    {"nam: x\n", 1, 1, "did you mean \"name\""},
    {"title: x\n", 1, 1, "needs the key \"name\""},
    {"name: a/b\n", 1, 7, "letters, digits"},
    {"name: x\nstance: bets\n", 2, 9, "did you mean \"best\""},
    {"name: x\nplan: [leeds-2012]\n", 2, 7, "a single value"},
    {"name: x\nextends: nowhere\n", 2, 10, "no scenario \"nowhere\""},
    {"name: x\nextends: a\n", 2, 10, "extends itself"},
    {"name: x\nlevers: {}\n", 2, 9, "must be a list"},
    {"name: x\nlevers:\n  - {id: a, lever: entrys, effect: 1%}\n", 3, 20, "did you mean \"entries\""},
    {"name: x\nlevers:\n  - {id: a, lever: moves}\n", 3, 5, "needs the key \"effect\""},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 5}\n", 3, 35, "is not an effect"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: -6 percent}\n", 3, 35, "is not an effect"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: -101%}\n", 3, 35, "is not an effect"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: xnan}\n", 3, 35, "is not an effect"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: +2}\n", 3, 5, "per cent"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: {low: -1%, likely: -6%, high: -3%}}\n", 3, 35,
     "grow in size"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: {low: -1%, likely: 0%, high: 3%}}\n", 3, 35,
     "one sign"},
    {"name: x\nlevers:\n  - {id: a, lever: exits, effect: {low: 1%, likely: +2, high: +3}}\n", 3, 35,
     "of one kind"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: {low: 1%, likely: 2%}}\n", 3, 35,
     "needs the key \"high\""},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, start: 2012-02-30}\n", 3, 46,
     "day of the calendar"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, start: leeds-2012/}\n", 3, 46, "write the day"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, start: 31/03/2012}\n", 3, 46, "2012-09-30"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, ramp: 12}\n", 3, 45, "as in 12 months"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, reach: 0.5}\n", 3, 46, "percentage"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, reach: 110%}\n", 3, 46, "out of range"},
    {"name: x\nlevers:\n  - {id: a, lever: exits, effect: +5, reach: 50%}\n", 3, 5, "reach goes with"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, where: {plcement: x}}\n", 3, 47,
     "did you mean \"placement\""},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, where: {placement: foster_inhose}}\n", 3, 58,
     "did you mean \"foster_inhouse\""},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, where: {route: hame}}\n", 3, 54,
     "did you mean \"home\""},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, where: {age: 17-10}}\n", 3, 52,
     "range of ages"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, where: {age: 10-18}}\n", 3, 52, "0-17"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, where: {age: [0, 5-9]}}\n", 3, 52, "touch"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, where: {time_in_care: 0-60}}\n", 3, 61,
     "0-60d"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, where: {uasc: true}}\n", 3, 53, "answer"},
    {"name: x\nlevers:\n  - {id: a, lever: mix, effect: 1%, where: {from: foster_ifa}}\n", 3, 5,
     "needs where"},
    {"name: x\nlevers:\n  - {id: a, lever: mix, effect: 1%, where: {from: secure, to: secure}}\n", 3, 5,
     "same placement"},
    {"name: x\nlevers:\n  - {id: a, lever: exits, effect: 1%, where: {from: secure}}\n", 3, 5,
     "only a mix lever"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%}\n  - {id: a, lever: moves, effect: 2%}\n", 4, 5,
     "twice"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, replaces: b}\n", 3, 5, "no such lever"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, replaces: a}\n", 3, 5, "itself"},
    {"name: x\nlevers:\n  - {id: a, lever: moves, effect: 1%, replaces: b}\n"
     "  - {id: b, lever: moves, effect: 1%, replaces: a}\n",
     3, 5, "circle"},
    {"name: x\ncapacity:\n  - {placement: secure, places: many, overflow: other}\n", 3, 33, "not a number"},
    {"name: x\ncapacity:\n  - {placement: secure, places: 5, overflow: secure}\n", 3, 5, "into itself"},
    {"name: x\nprices:\n  - {placement: secure, from: 2013-04-01}\n", 3, 5, "either uplift or weekly"},
    {"name: x\nprices:\n  - {placement: secure, from: 2013-04-01, weekly: 10.555}\n", 3, 51, "weekly price"},
    {"name: x\nparams: {referral_elastcity: 0.2}\n", 2, 10, "did you mean \"referral_elasticity\""},
    {"name: x\nparams: {referral_elasticity: 2}\n", 2, 10, "between 0 and 1"},
    {"name: x\nparams: {referral_elasticity: 0x1}\n", 2, 31, "not a number"},
};

START_TEST(mistakes_are_errors_with_their_place)
{
    struct scenario scenario;
    struct err err = {0};
    put("a", wrong[_i].text);
    ck_assert_msg(!scenario_load(&scenario, "a", folder, NULL, 0, &err), "accepted: %s", wrong[_i].text);
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_msg(strstr(err.message, wrong[_i].words) != NULL, "%s gave: %s", wrong[_i].text, err.message);
    ck_assert_msg(strstr(err.file, "a.yaml") != NULL, "%s", err.file);
    ck_assert_msg(err.line == wrong[_i].line && err.column == wrong[_i].column, "%s gave %d:%d",
                  wrong[_i].text, (int)err.line, (int)err.column);
}
END_TEST

START_TEST(cycles_and_missing_files_are_errors)
{
    struct scenario scenario;
    struct err err = {0};
    put("a", "name: a\nextends: b\n");
    put("b", "name: b\nextends: c\n");
    put("c", "name: c\nextends: a\n");
    ck_assert(!scenario_load(&scenario, "a", folder, NULL, 0, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_ptr_nonnull(strstr(err.message, "extends itself"));
    ck_assert_int_eq(err.line, 2);
    ck_assert_ptr_nonnull(strstr(err.file, "c.yaml"));
    ck_assert(!scenario_load(&scenario, "baselin", NULL, NULL, 0, &err));
    ck_assert_ptr_nonnull(strstr(err.message, "did you mean \"baseline\""));
    ck_assert(!scenario_load(&scenario, "/nowhere/x.yaml", NULL, NULL, 0, &err));
    ck_assert_int_eq(err.code, ERR_NO_INPUT);
}
END_TEST

START_TEST(a_folder_comes_before_the_built_in_ones)
{
    struct scenario scenario;
    struct err err = {0};
    put("best", "name: best\ntitle: Ours\n");
    ck_assert(scenario_load(&scenario, "best", folder, NULL, 0, &err));
    ck_assert_str_eq(scenario.title, "Ours");
    scenario_free(&scenario);
    ck_assert(scenario_load(&scenario, "best", NULL, NULL, 0, &err));
    ck_assert_str_ne(scenario.title, "Ours");
    scenario_free(&scenario);
    struct arena arena = {0};
    const char **names = NULL;
    size_t n = 0;
    put("a", "name: a\n");
    ck_assert(scenario_names(folder, &arena, &names, &n, &err));
    ck_assert_str_eq(names[0], "a");
    for (size_t i = 1; i < n; i++)
        ck_assert_int_lt(strcmp(names[i - 1], names[i]), 0);
    free((void *)names);
    arena_free(&arena);
}
END_TEST

START_TEST(built_in_scenarios_are_sound)
{
    struct arena arena = {0};
    const char **names = NULL;
    size_t n = 0;
    struct err err = {0};
    ck_assert(scenario_names(NULL, &arena, &names, &n, &err));
    ck_assert_uint_ge(n, 4);
    for (size_t i = 0; i < n; i++) {
        struct scenario scenario;
        ck_assert_msg(scenario_load(&scenario, names[i], NULL, NULL, 0, &err), "%s:%d:%d: %s", err.file,
                      (int)err.line, (int)err.column, err.message);
        ck_assert_str_eq(scenario.name, names[i]); /* a file is found by what it calls itself */
        if (strcmp(names[i], "baseline") == 0) {
            ck_assert_uint_eq(scenario.n_levers + scenario.n_prices + scenario.n_capacities, 0);
            ck_assert_int_eq(scenario.stance, STANCE_BASELINE);
        } else {
            ck_assert_uint_gt(scenario.n_levers, 0);
        }
        scenario_free(&scenario);
    }
    free((void *)names);
    arena_free(&arena);
}
END_TEST

START_TEST(stances_share_one_plan)
{
    static const char *const names[] = {"likely", "best", "worst"};
    static const enum stance stances[] = {STANCE_LIKELY, STANCE_BEST, STANCE_WORST};
    struct scenario scenarios[3];
    struct err err = {0};
    for (int i = 0; i < 3; i++) {
        ck_assert(scenario_load(&scenarios[i], names[i], NULL, NULL, 0, &err));
        ck_assert_int_eq(scenarios[i].stance, stances[i]);
        ck_assert_uint_eq(scenarios[i].n_levers, scenarios[0].n_levers);
        for (size_t k = 0; k < scenarios[0].n_levers; k++) {
            ck_assert_str_eq(scenarios[i].levers[k].id, scenarios[0].levers[k].id);
            ck_assert_double_eq(scenarios[i].levers[k].high, scenarios[0].levers[k].high);
        }
    }
    for (int i = 0; i < 3; i++)
        scenario_free(&scenarios[i]);
}
END_TEST

Suite *suite_scenario(void)
{
    Suite *suite = suite_create("scenario");
    TCase *tcase = tcase_create("scenario");
    tcase_add_checked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, everything_that_a_file_can_say);
    tcase_add_test(tcase, nearer_files_win);
    tcase_add_loop_test(tcase, mistakes_are_errors_with_their_place, 0,
                        (int)(sizeof wrong / sizeof wrong[0]));
    tcase_add_test(tcase, cycles_and_missing_files_are_errors);
    tcase_add_test(tcase, a_folder_comes_before_the_built_in_ones);
    suite_add_tcase(suite, tcase);
    TCase *built_in = tcase_create("built in");
    tcase_add_test(built_in, built_in_scenarios_are_sound);
    tcase_add_test(built_in, stances_share_one_plan);
    suite_add_tcase(suite, built_in);
    return suite;
}
