/* SPDX-License-Identifier: GPL-3.0-or-later
 * Levers that are counted in children, a year or once and for all: the number that is asked for is the number
 * that comes. Rates by hand and so low that what a lever does hardly changes whom it can act on; differences
 * are paired replicate by replicate. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "tests/models/path.h"

Suite *suite_carepath_units(void);

enum { MONTHS = 13, RUNS = 80 };
static const struct group everyone = {GROUP_ALL, 0};
static const double z_limit = 4.89; /* two-sided normal, 1e-6 */
/* The flow that a number of children is part of is counted in 64 replicates. */
static const double pilot = 64;

/* 3000 children of 2 to 13, 1 in 2 in each of two placements, .0002 a day leave and .0004 move between them;
 * 2 enter a day, .3 of them into a home. */
static void open_steady(struct path *path)
{
    path_open(path, on(2022, 3, 31), MONTHS);
    for (int32_t i = 0; i < 3000; i++)
        path_add(path, on(2009, 6, 1) + i, i % 2 == 0 ? PLACEMENT_FOSTER_INHOUSE : PLACEMENT_FOSTER_IFA,
                 -100 - i, -50 - i);
    path_exit(path, PATH_ANY, ROUTE_HOME, .00015);
    path_exit(path, PATH_ANY, ROUTE_SGO, .00005);
    path_move(path, PLACEMENT_FOSTER_INHOUSE, PLACEMENT_FOSTER_IFA, .0004);
    path_move(path, PLACEMENT_FOSTER_IFA, PLACEMENT_FOSTER_INHOUSE, .0004);
    path_entries(path, 2, 6, PLACEMENT_FOSTER_INHOUSE);
    path->fit.entries.first[AGE_5_9][PLACEMENT_FOSTER_INHOUSE] = .7;
    path->fit.entries.first[AGE_5_9][PLACEMENT_RES_EXTERNAL] = .3;
}

/* What a lever does to a series, summed over months, mean and its standard error. */
struct gain {
    double mean, se, flow; /* flow: the mean without the lever */
};

static struct gain gain_of(struct path *path, struct lever *lever, enum measure measure, struct group group,
                           int32_t from, int32_t to)
{
    double before[RUNS];
    struct gain gain = {0};
    path->scenario.n_levers = 0;
    path_start(path);
    for (uint32_t r = 0; r < RUNS; r++) {
        path_run(path, r);
        before[r] = 0;
        for (int32_t m = from; m <= to; m++)
            before[r] += (double)path_value(path, measure, group, m);
        gain.flow += before[r] / RUNS;
    }
    path->scenario.levers = lever;
    path->scenario.n_levers = 1;
    path_start(path);
    double square = 0;
    for (uint32_t r = 0; r < RUNS; r++) {
        double after = 0;
        path_run(path, r);
        for (int32_t m = from; m <= to; m++)
            after += (double)path_value(path, measure, group, m);
        const double step = after - before[r] - gain.mean;
        gain.mean += step / (r + 1);
        square += step * (after - before[r] - gain.mean);
    }
    gain.se = sqrt(square / (RUNS - 1) / RUNS);
    path->scenario.levers = NULL;
    path->scenario.n_levers = 0;
    return gain;
}

/* slack: what is known to be lost of the number, as a share, because those whom the lever has acted on are no
 * longer there. flow: the mean of what the number is part of; 0: of the series itself. */
static void must_gain(struct gain gain, double number, double slack, double flow)
{
    const double learned = fabs(number) / sqrt(pilot * (flow > 0 ? flow : gain.flow));
    const double allowed = z_limit * sqrt(gain.se * gain.se + learned * learned) + slack * fabs(number);
    ck_assert_msg(fabs(gain.mean - number) < allowed, "%f instead of %f, se %f, of a flow of %f", gain.mean,
                  number, gain.se, gain.flow);
    ck_assert_msg(allowed < .5 * fabs(number), "nothing is tested: %f allowed of %f", allowed, number);
}

static struct lever lever_of(enum lever_kind kind, double effect, enum effect_unit unit)
{
    struct lever lever = authority_lever("a", kind, effect);
    lever.unit = unit;
    return lever;
}

START_TEST(entries_a_year)
{
    struct path path;
    open_steady(&path);
    struct lever lever = lever_of(LEVER_ENTRIES, 60, EFFECT_PER_YEAR);
    must_gain(gain_of(&path, &lever, MEASURE_ENTRIES, everyone, 0, 11), 60, 0, 0);
    lever.high = -60;
    must_gain(gain_of(&path, &lever, MEASURE_ENTRIES, everyone, 0, 11), -60, 0, 0);
    lever.kind = LEVER_REFERRALS; /* three tenths of referrals become entries */
    must_gain(gain_of(&path, &lever, MEASURE_ENTRIES, everyone, 0, 11), -18, 0, 0);
    /* into one placement, and none into another */
    lever = lever_of(LEVER_ENTRIES, 40, EFFECT_PER_YEAR);
    lever.where.placements = 1U << PLACEMENT_RES_EXTERNAL;
    lever.where.given = 1U << WHERE_PLACEMENT;
    must_gain(gain_of(&path, &lever, MEASURE_ENTRIES, (struct group){GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL},
                      0, 11),
              40, 0, 0);
    const struct gain none = gain_of(&path, &lever, MEASURE_ENTRIES,
                                     (struct group){GROUP_PLACEMENT, PLACEMENT_FOSTER_INHOUSE}, 0, 11);
    ck_assert_double_eq(none.mean, 0);
    path_close(&path);
}
END_TEST

START_TEST(entries_of_a_rare_placement)
{
    /* One in 500 is placed in the first, nobody yet in the second; all whom the lever adds are. */
    static const enum placement_group rare[] = {PLACEMENT_SECURE, PLACEMENT_RES_INHOUSE};
    struct path path;
    open_steady(&path);
    path.fit.entries.first[AGE_5_9][PLACEMENT_FOSTER_INHOUSE] = .698;
    path.fit.entries.first[AGE_5_9][PLACEMENT_SECURE] = .002;
    struct lever lever = lever_of(LEVER_ENTRIES, 40, EFFECT_PER_YEAR);
    lever.where.given = 1U << WHERE_PLACEMENT;
    for (int i = 0; i < 2; i++) {
        lever.where.placements = 1U << rare[i];
        const struct gain gain =
            gain_of(&path, &lever, MEASURE_ENTRIES, (struct group){GROUP_PLACEMENT, (int32_t)rare[i]}, 0, 11);
        ck_assert_double_lt(fabs(gain.mean - 40), z_limit * gain.se);
        ck_assert_double_lt(gain.se, 1);
    }
    path_close(&path);
}
END_TEST

START_TEST(added_entries_come_on_any_day)
{
    /* Under a condition that only a share meets; the nights of a month's entrants tell of their days: half a
     * month each, when they stay. */
    struct path path;
    open_steady(&path);
    path.fit.n_present = 0;
    path_exit(&path, PATH_ANY, ROUTE_HOME, 0);
    path_exit(&path, PATH_ANY, ROUTE_SGO, 0);
    path.fit.seen->legal[AGE_5_9][PLACEMENT_FOSTER_INHOUSE][0][LEGAL_CARE_ORDER] = 1e6;
    path.fit.seen->legal[AGE_5_9][PLACEMENT_FOSTER_INHOUSE][0][LEGAL_SECTION_20] = 9e6;
    path.fit.seen->legal[AGE_5_9][PLACEMENT_RES_EXTERNAL][0][LEGAL_CARE_ORDER] = 1e6;
    path.fit.seen->legal[AGE_5_9][PLACEMENT_RES_EXTERNAL][0][LEGAL_SECTION_20] = 9e6;
    struct lever lever = lever_of(LEVER_ENTRIES, 120, EFFECT_PER_YEAR);
    lever.where.legals = 1U << LEGAL_CARE_ORDER;
    lever.where.given = 1U << WHERE_LEGAL;
    const struct gain came = gain_of(&path, &lever, MEASURE_ENTRIES, everyone, 0, 0);
    const struct gain slept = gain_of(&path, &lever, MEASURE_NIGHTS, everyone, 0, 0);
    must_gain(came, 120 * 30 / 365.25, 0, 0);
    /* 15.5 nights each in April, from the 1st 30, from the 30th 1; sd 8.7 */
    const double n = came.mean * RUNS;
    ck_assert_double_lt(fabs(slept.mean / came.mean - 15.5), z_limit * 8.7 / sqrt(n));
    path_close(&path);
}
END_TEST

START_TEST(exits_a_year)
{
    struct path path;
    open_steady(&path);
    /* those who leave early cannot leave later: .073 of them a year would have */
    struct lever lever = lever_of(LEVER_EXITS, 100, EFFECT_PER_YEAR);
    must_gain(gain_of(&path, &lever, MEASURE_EXITS, everyone, 0, 11), 100, .04, 0);
    lever = lever_of(LEVER_EXITS, 20, EFFECT_PER_YEAR);
    lever.where.routes = 1U << ROUTE_SGO;
    must_gain(gain_of(&path, &lever, MEASURE_EXITS, (struct group){GROUP_ROUTE, ROUTE_SGO}, 0, 11), 20, .04,
              0);
    const struct gain home =
        gain_of(&path, &lever, MEASURE_EXITS, (struct group){GROUP_ROUTE, ROUTE_HOME}, 0, 11);
    ck_assert_double_le(home.mean, 0);
    ck_assert_double_gt(home.mean, -3);
    lever = lever_of(LEVER_EXITS, -50, EFFECT_PER_YEAR);
    lever.where.placements = 1U << PLACEMENT_FOSTER_IFA;
    const struct group agency = {GROUP_PLACEMENT, PLACEMENT_FOSTER_IFA};
    must_gain(gain_of(&path, &lever, MEASURE_EXITS, agency, 0, 11), -50, .04, 0);
    path_close(&path);
}
END_TEST

START_TEST(moves_a_year)
{
    /* Of changes of placement 3 in 4 are moves: the number asked for is of moves. */
    struct path path;
    open_steady(&path);
    for (int g = 0; g < CAREPATH_GROUPS; g++)
        for (int h = 0; h < CAREPATH_GROUPS; h++)
            path.fit.rates.counted[g][h] = .75;
    struct lever lever = lever_of(LEVER_MOVES, 120, EFFECT_PER_YEAR);
    must_gain(gain_of(&path, &lever, MEASURE_MOVES, everyone, 0, 11), 120, .01, 0);
    lever.high = -120;
    must_gain(gain_of(&path, &lever, MEASURE_MOVES, everyone, 0, 11), -120, .01, 0);
    path_close(&path);
}
END_TEST

START_TEST(readmissions_a_year)
{
    /* 5000 who left within the last year, and those who leave now: .0003 a day come back */
    struct path path;
    open_steady(&path);
    struct carepath_returns *returns = &path.fit.returns;
    returns->leavers = calloc(5000, sizeof *returns->leavers);
    ck_assert_ptr_nonnull(returns->leavers);
    for (size_t i = 0; i < 5000; i++)
        returns->leavers[i] = (struct carepath_leaver){
            .key = i, .left = path.fit.origin - (day)(i % 365), .born = on(2014, 6, 1), .locality = -1};
    returns->n_leavers = 5000;
    for (int b = 0; b < CAREPATH_RETURN_BANDS; b++)
        returns->hazard[b] = .0003;
    struct lever lever = lever_of(LEVER_READMISSIONS, -100, EFFECT_PER_YEAR);
    /* who does not come back early may come later: .11 of them a year */
    must_gain(gain_of(&path, &lever, MEASURE_READMISSIONS, everyone, 0, 11), -100, .06, 0);
    path_close(&path);
}
END_TEST

START_TEST(mixes_a_year)
{
    struct path path;
    open_steady(&path);
    struct lever lever = lever_of(LEVER_MIX, 60, EFFECT_PER_YEAR);
    lever.where.from = 1U << PLACEMENT_RES_EXTERNAL;
    lever.where.to = 1U << PLACEMENT_FOSTER_KIN;
    const struct group home = {GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL};
    const struct group kin = {GROUP_PLACEMENT, PLACEMENT_FOSTER_KIN};
    const double flow = .3 * 2 * 365;
    must_gain(gain_of(&path, &lever, MEASURE_ENTRIES, kin, 0, 11), 60, 0, flow);
    must_gain(gain_of(&path, &lever, MEASURE_ENTRIES, home, 0, 11), -60, 0, 0);
    ck_assert_double_eq(gain_of(&path, &lever, MEASURE_ENTRIES, everyone, 0, 11).mean, 0);
    /* kin has no first placements of its own, as a placement that is only now opened; of changes too */
    lever.where.from = 1U << PLACEMENT_FOSTER_IFA;
    must_gain(gain_of(&path, &lever, MEASURE_MOVES, kin, 0, 11), 60, .05, 1500 * .0004 * 365);
    /* those who come back are placed too */
    path.fit.returns.leavers = calloc(8000, sizeof *path.fit.returns.leavers);
    ck_assert_ptr_nonnull(path.fit.returns.leavers);
    for (size_t i = 0; i < 8000; i++)
        path.fit.returns.leavers[i] = (struct carepath_leaver){
            .left = path.fit.origin - (day)(i % 365), .born = on(2014, 6, 1), .locality = -1};
    path.fit.returns.n_leavers = 8000;
    for (int b = 0; b < CAREPATH_RETURN_BANDS; b++)
        path.fit.returns.hazard[b] = .0003;
    lever.where.from = 1U << PLACEMENT_RES_EXTERNAL;
    must_gain(gain_of(&path, &lever, MEASURE_ENTRIES, home, 0, 11), -60, 0, 0);
    path_close(&path);
}
END_TEST

START_TEST(children_once)
{
    struct path path;
    open_steady(&path);
    /* over a ramp of six months, from the origin or from later, and nothing afterwards */
    struct lever lever = lever_of(LEVER_ENTRIES, 50, EFFECT_CHILDREN);
    lever.ramp_months = 6;
    must_gain(gain_of(&path, &lever, MEASURE_ENTRIES, everyone, 0, 12), 50, 0, 0);
    lever.start = on(2022, 8, 10);
    must_gain(gain_of(&path, &lever, MEASURE_ENTRIES, everyone, 0, 12), 50, 0, 0);
    ck_assert_double_eq(gain_of(&path, &lever, MEASURE_ENTRIES, everyone, 0, 3).mean, 0);
    ck_assert_double_eq(gain_of(&path, &lever, MEASURE_ENTRIES, everyone, 11, 12).mean, 0);
    /* without a ramp, all in the month that it starts in */
    lever.ramp_months = 0;
    must_gain(gain_of(&path, &lever, MEASURE_ENTRIES, everyone, 4, 4), 50, 0, 0);
    /* half of them reached */
    lever.reach = .5;
    must_gain(gain_of(&path, &lever, MEASURE_ENTRIES, everyone, 0, 12), 25, 0, 0);
    /* exits */
    lever = lever_of(LEVER_EXITS, 60, EFFECT_CHILDREN);
    lever.ramp_months = 12;
    must_gain(gain_of(&path, &lever, MEASURE_EXITS, everyone, 0, 12), 60, .05, 0);
    path_close(&path);
}
END_TEST

START_TEST(children_once_from_the_origin)
{
    /* Without a date and without a ramp: all in the first month. */
    struct path path;
    open_steady(&path);
    struct lever lever = lever_of(LEVER_ENTRIES, 50, EFFECT_CHILDREN);
    must_gain(gain_of(&path, &lever, MEASURE_ENTRIES, everyone, 0, 0), 50, 0, 0);
    ck_assert_double_eq(gain_of(&path, &lever, MEASURE_ENTRIES, everyone, 1, 12).mean, 0);
    /* from a date of the past they have come already */
    lever.start = on(2021, 12, 1);
    ck_assert_double_eq(gain_of(&path, &lever, MEASURE_ENTRIES, everyone, 0, 12).mean, 0);
    path_close(&path);
}
END_TEST

START_TEST(a_rare_flow)
{
    /* One exit to relatives a year, four more are asked for: in each month of the pilot 5 are seen or so, and
     * 1 over such a count is a quarter too large in the mean. Two dozen pilots, each with a seed of its own.
     */
    enum { SEEDS = 24 };
    struct path path;
    open_steady(&path);
    path.fit.n_present = 300;
    path.fit.entries.a_day = .1;
    path_exit(&path, PATH_ANY, ROUTE_SGO, 1 / 365.25 / 330);
    struct lever lever = lever_of(LEVER_EXITS, 4, EFFECT_PER_YEAR);
    lever.where.routes = 1U << ROUTE_SGO;
    struct gain all = {0};
    for (int i = 0; i < SEEDS; i++) {
        path.fit.seed = 100 + (uint64_t)i;
        const struct gain gain =
            gain_of(&path, &lever, MEASURE_EXITS, (struct group){GROUP_ROUTE, ROUTE_SGO}, 0, 11);
        all.mean += gain.mean / SEEDS;
        all.se += gain.se * gain.se / SEEDS / SEEDS;
        all.flow += gain.flow; /* each pilot counts anew */
    }
    all.se = sqrt(all.se);
    must_gain(all, 4, .02, 0);
    path_close(&path);
}
END_TEST

Suite *suite_carepath_units(void)
{
    Suite *suite = suite_create("carepath_units");
    TCase *tcase = tcase_create("units");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, entries_a_year);
    tcase_add_test(tcase, entries_of_a_rare_placement);
    tcase_add_test(tcase, added_entries_come_on_any_day);
    tcase_add_test(tcase, exits_a_year);
    tcase_add_test(tcase, moves_a_year);
    tcase_add_test(tcase, readmissions_a_year);
    tcase_add_test(tcase, mixes_a_year);
    tcase_add_test(tcase, children_once);
    tcase_add_test(tcase, children_once_from_the_origin);
    tcase_add_test(tcase, a_rare_flow);
    suite_add_tcase(suite, tcase);
    return suite;
}
