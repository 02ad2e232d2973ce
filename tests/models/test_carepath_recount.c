/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whole replicates counted again, child by child and day by day: learned rates, every kind of lever, limits
 * on places, histories of all shapes. */
#include <check.h>
#include <stdlib.h>

#include "tests/models/path.h"
#include "tests/models/recount.h"

Suite *suite_carepath_recount(void);

enum { MONTHS = 37 };

/* Levers of every kind, unit and condition. */
enum { LEVERS = 12 };
static void make_levers(struct lever levers[LEVERS])
{
    static const struct {
        const char *id;
        enum lever_kind kind;
        double effect;
        enum effect_unit unit;
    } made[LEVERS] = {
        {"a", LEVER_ENTRIES, -.3, EFFECT_FACTOR},    {"b", LEVER_ENTRIES, 24, EFFECT_PER_YEAR},
        {"c", LEVER_ENTRIES, 1.7, EFFECT_FACTOR},    {"d", LEVER_ENTRIES, -6, EFFECT_PER_YEAR},
        {"e", LEVER_REFERRALS, .5, EFFECT_FACTOR},   {"f", LEVER_EXITS, .5, EFFECT_FACTOR},
        {"g", LEVER_EXITS, 12, EFFECT_PER_YEAR},     {"h", LEVER_MOVES, -.4, EFFECT_FACTOR},
        {"i", LEVER_MIX, .5, EFFECT_FACTOR},         {"j", LEVER_MIX, 10, EFFECT_CHILDREN},
        {"k", LEVER_READMISSIONS, 2, EFFECT_FACTOR}, {"l", LEVER_EXITS, -.9, EFFECT_FACTOR},
    };
    for (int i = 0; i < LEVERS; i++) {
        levers[i] = authority_lever(made[i].id, made[i].kind, made[i].effect);
        levers[i].unit = made[i].unit;
        levers[i].where.from = 1U << PLACEMENT_RES_EXTERNAL | 1U << PLACEMENT_FOSTER_IFA;
        levers[i].where.to = 1U << PLACEMENT_FOSTER_INHOUSE | 1U << PLACEMENT_SECURE;
    }
    levers[0].where.age_low = 7;
    levers[0].where.age_high = 13;
    levers[2].where.needs = 1U << NEED_N5;
    levers[2].where.placements = 1U << PLACEMENT_FOSTER_INHOUSE | 1U << PLACEMENT_SUPPORTED;
    levers[3].where.uasc = 0;
    levers[5].where.routes = 1U << ROUTE_HOME | 1U << ROUTE_SGO;
    levers[5].where.in_care_high = 60;
    levers[6].where.legals = 1U << LEGAL_CARE_ORDER;
    levers[6].ramp_months = 18;
    levers[7].where.in_placement_low = 40;
    levers[7].where.in_placement_high = 200;
    levers[8].where.age_low = 12;
    levers[9].ramp_months = 24;
    levers[11].where.uasc = 1;
    levers[11].replaces = "f";
    levers[11].start = on(2023, 5, 17);
}

static void make_capacities(struct scenario_capacity lines[2], double share, const struct path *path)
{
    int32_t here[PLACEMENT_COUNT] = {0};
    for (size_t i = 0; i < path->fit.n_present; i++)
        here[path->fit.present[i].group]++;
    for (int i = 0; i < 2; i++) {
        const enum placement_group group = i == 0 ? PLACEMENT_FOSTER_INHOUSE : PLACEMENT_FOSTER_IFA;
        lines[i] = (struct scenario_capacity){.group = group, .places = share * here[group], .usable = 1};
        lines[i].overflow[lines[i].n_overflow++] = i == 0 ? PLACEMENT_FOSTER_IFA : PLACEMENT_RES_EXTERNAL;
        lines[i].overflow[lines[i].n_overflow++] = PLACEMENT_OTHER;
    }
}

static void recount_some(struct path *path, int32_t least_marks)
{
    for (uint32_t r = 0; r < 3; r++) {
        const struct recount found = recount_replicate(path, r);
        ck_assert_int_ge(found.marks, least_marks);
        ck_assert_int_gt(found.people, (int32_t)path->fit.n_present);
        ck_assert_int_gt(found.aged_out, 0);
    }
}

START_TEST(a_plausible_authority)
{
    struct path path;
    path_open_authority(&path, 31 + (uint64_t)_i, 120);
    path_learn(&path, MONTHS);
    path_start(&path);
    recount_some(&path, 1000);
    path_close(&path);
}
END_TEST

START_TEST(a_history_of_all_shapes)
{
    /* All placements, statuses, needs and localities, unaccompanied children, starts that are not known. */
    struct path path;
    struct err err = {0};
    path_open_authority(&path, 1, 1);
    build_free(&path.history);
    build_random(&path.history, 41 + (uint64_t)_i, 400, 2017, 2022, 5);
    ck_assert_msg(history_verify(&path.history, &err), "%s", err.message);
    path_learn(&path, MONTHS);
    path_start(&path);
    recount_some(&path, 200);
    path_close(&path);
}
END_TEST

START_TEST(every_lever_at_once)
{
    struct path path;
    struct lever levers[LEVERS];
    path_open_authority(&path, 1, 1);
    build_free(&path.history);
    build_random(&path.history, 51 + (uint64_t)_i, 400, 2017, 2022, 3);
    path_learn(&path, MONTHS);
    make_levers(levers);
    levers[10].where.locality = path.history.localities[1];
    path.scenario.levers = levers;
    path.scenario.n_levers = LEVERS;
    path.scenario.stance = STANCE_LIKELY;
    path_start(&path);
    recount_some(&path, 200);
    path_close(&path);
}
END_TEST

START_TEST(limits_on_places)
{
    struct path path;
    struct lever levers[LEVERS];
    struct scenario_capacity lines[2];
    path_open_authority(&path, 61 + (uint64_t)_i, 120);
    path_learn(&path, MONTHS);
    make_capacities(lines, _i == 0 ? .8 : 1.05, &path);
    path.scenario.capacities = lines;
    path.scenario.n_capacities = 2;
    make_levers(levers);
    path.scenario.levers = levers;
    path.scenario.n_levers = _i == 0 ? 0 : LEVERS;
    path_start(&path);
    recount_some(&path, 1000);
    path_close(&path);
}
END_TEST

Suite *suite_carepath_recount(void)
{
    Suite *suite = suite_create("carepath_recount");
    TCase *tcase = tcase_create("recount");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, a_plausible_authority, 0, 2);
    tcase_add_loop_test(tcase, a_history_of_all_shapes, 0, 3);
    tcase_add_loop_test(tcase, every_lever_at_once, 0, 2);
    tcase_add_loop_test(tcase, limits_on_places, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite;
}
