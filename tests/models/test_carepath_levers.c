/* SPDX-License-Identifier: GPL-3.0-or-later
 * What levers do to rates: factors multiply, ramps rise, mixes move, luck is shared. Rates by hand.
 * Statistical comparisons fail for another seed once in 1e6 each (4.89 standard errors). */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/vec.h"
#include "models/models.h"
#include "tests/models/path.h"

Suite *suite_carepath_levers(void);

enum { MONTHS = 24 };
static const double z_limit = 4.89;
static const struct group everyone = {GROUP_ALL, 0};

/* Nobody here, 40 children of 6 to 9 a day. */
static void open_entries(struct path *path)
{
    path_open(path, on(2022, 3, 31), MONTHS);
    path_entries(path, 40, 6, PLACEMENT_FOSTER_INHOUSE);
}

/* ---- size ---------------------------------------------------------------------------------------------- */

START_TEST(percentages_multiply)
{
    /* -6 %, -4 % and x0.94: methods 9.1: .848256; adding them would give .84. On entries, child by child. */
    struct path path;
    open_entries(&path);
    struct lever levers[] = {authority_lever("a", LEVER_ENTRIES, -.06),
                             authority_lever("b", LEVER_ENTRIES, -.04),
                             authority_lever("c", LEVER_ENTRIES, -.06)};
    path_use(&path, NULL, 0);
    const double before = path_total(&path, MEASURE_ENTRIES, everyone, 0, 23, 40);
    path_use(&path, levers, 3);
    const double after = path_total(&path, MEASURE_ENTRIES, everyone, 0, 23, 40);
    const double se = sqrt(.848256 * (1 - .848256) / before);
    ck_assert_double_lt(fabs(after / before - .848256), z_limit * se);
    ck_assert_double_lt(z_limit * se, (.848256 - .84) / 4);
    path_close(&path);
}
END_TEST

START_TEST(percentages_multiply_on_hazards)
{
    /* The same on exits: of daily .02, hazard -log(.98), times .848256. First exits of children here. */
    enum { CHILDREN = 20000, RUNS = 10 };
    struct path path;
    path_open(&path, on(2022, 3, 31), MONTHS);
    for (int32_t i = 0; i < CHILDREN; i++)
        path_add(&path, on(2014, 6, 1), PLACEMENT_FOSTER_KIN, -10, -10);
    path_exit(&path, PATH_ANY, ROUTE_HOME, .02);
    struct lever levers[] = {authority_lever("a", LEVER_EXITS, -.06), authority_lever("b", LEVER_EXITS, -.04),
                             authority_lever("c", LEVER_EXITS, -.06)};
    path_use(&path, levers, 3);
    double nights = 0;
    for (uint32_t r = 0; r < RUNS; r++) {
        path_run(&path, r);
        for (size_t i = 0; i < CHILDREN; i++) {
            struct carepath_life life = carepath_present(path.room, i);
            nights += carepath_live(path.room, &life).day;
        }
    }
    const double q = -expm1(.848256 * log(.98));
    const double n = (double)CHILDREN * RUNS;
    ck_assert_double_lt(fabs(n / nights - q), z_limit * q / sqrt(n));
    ck_assert_double_lt(z_limit / sqrt(n), .012); /* .84 would be 1 % off, 4.3 of these se */
    path_close(&path);
}
END_TEST

START_TEST(referrals_act_through_the_elasticity)
{
    struct path path;
    open_entries(&path);
    path_use(&path, NULL, 0);
    const double before = path_total(&path, MEASURE_ENTRIES, everyone, 0, 23, 20);
    struct lever lever = authority_lever("a", LEVER_REFERRALS, -.5);
    path_use(&path, &lever, 1);
    const double usual = path_total(&path, MEASURE_ENTRIES, everyone, 0, 23, 20) / before;
    authority_set(&path.scenario, "referral_elasticity", .8);
    path_use(&path, &lever, 1);
    const double more = path_total(&path, MEASURE_ENTRIES, everyone, 0, 23, 20) / before;
    /* 1 - .5 x .3 and 1 - .5 x .8 */
    ck_assert_double_lt(fabs(usual - .85), z_limit * sqrt(.85 * .15 / before));
    ck_assert_double_lt(fabs(more - .6), z_limit * sqrt(.6 * .4 / before));
    path_close(&path);
}
END_TEST

START_TEST(higher_entries_keep_those_there_were)
{
    /* x2.4: each child once, twice or thrice: 2.4 of them in the mean, and the first of each as before */
    struct path path;
    open_entries(&path);
    path_use(&path, NULL, 0);
    const double before = path_total(&path, MEASURE_ENTRIES, everyone, 0, 23, 10);
    struct lever lever = authority_lever("a", LEVER_ENTRIES, 1.4);
    path_use(&path, &lever, 1);
    const double after = path_total(&path, MEASURE_ENTRIES, everyone, 0, 23, 10);
    ck_assert_double_lt(fabs(after / before - 2.4), z_limit * sqrt(.4 * .6 / before));
    path_close(&path);
}
END_TEST

/* ---- time ---------------------------------------------------------------------------------------------- */

START_TEST(ramps_rise_over_their_months)
{
    /* -60 % over 12 months, 35 % reached: 1, .9475, .895, .79 after 0, 3, 6 and 12 months (methods 9.1 with
     * ten times the effect); each month's entries at the mean of its days. */
    struct path path;
    open_entries(&path);
    struct lever lever = authority_lever("a", LEVER_ENTRIES, -.6);
    lever.ramp_months = 12;
    lever.reach = .35;
    double before[15];
    for (int pass = 0; pass < 2; pass++) {
        double seen[15] = {0};
        path_use(&path, &lever, (size_t)pass);
        for (uint32_t r = 0; r < 25; r++) {
            path_run(&path, r);
            for (int32_t m = 0; m < 15; m++)
                seen[m] += (double)path_value(&path, MEASURE_ENTRIES, everyone, m);
        }
        for (int32_t m = 0; m < 15; m++) {
            const day from = date_month_start(path.fit.origin, m + 1);
            const day to = date_month_start(path.fit.origin, m + 2);
            double factor = 0;
            for (day d = from; d < to; d++)
                factor += (1 - .6 * .35 * fmin(1, (d - path.fit.origin) / 365.25)) / (to - from);
            if (pass == 0)
                before[m] = seen[m];
            else
                must_share(seen[m], before[m], factor);
        }
    }
    path_close(&path);
}
END_TEST

START_TEST(a_replaced_lever_stops)
{
    struct path path;
    open_entries(&path);
    struct lever levers[] = {authority_lever("a", LEVER_ENTRIES, -.8),
                             authority_lever("b", LEVER_ENTRIES, -.3)};
    levers[1].replaces = "a";
    levers[1].start = date_month_start(path.fit.origin, 7);
    path_use(&path, NULL, 0);
    const double early = path_total(&path, MEASURE_ENTRIES, everyone, 0, 5, 10);
    const double late = path_total(&path, MEASURE_ENTRIES, everyone, 6, 11, 10);
    path_use(&path, levers, 2);
    const double first = path_total(&path, MEASURE_ENTRIES, everyone, 0, 5, 10) / early;
    const double second = path_total(&path, MEASURE_ENTRIES, everyone, 6, 11, 10) / late;
    ck_assert_double_lt(fabs(first - .2), z_limit * sqrt(.2 * .8 / early));
    ck_assert_double_lt(fabs(second - .7), z_limit * sqrt(.7 * .3 / late));
    path_close(&path);
}
END_TEST

/* ---- who comes ----------------------------------------------------------------------------------------- */

START_TEST(entries_are_thinned_where_a_lever_says)
{
    /* A learned authority: every entrant who meets the conditions is gone, the others are as they were. */
    struct path path;
    path_open_authority(&path, 5, 300);
    path_learn(&path, 12);
    static const struct group ages = {GROUP_AGE, AGE_10_15};
    static const struct group agency = {GROUP_PLACEMENT, PLACEMENT_FOSTER_IFA};
    static const struct group need = {GROUP_NEED, NEED_N5};
    static const struct group asylum = {GROUP_UASC, 0};
    const struct group groups[] = {ages, agency, need, asylum};
    struct lever lever = authority_lever("a", LEVER_ENTRIES, -1);
    for (int i = 0; i < 4; i++) {
        lever.where = authority_lever("", LEVER_ENTRIES, 0).where;
        if (i == 0) {
            lever.where.age_low = 10;
            lever.where.age_high = 15;
        }
        lever.where.placements = i == 1 ? 1U << PLACEMENT_FOSTER_IFA : UINT32_MAX;
        lever.where.needs = i == 2 ? 1U << NEED_N5 : UINT32_MAX;
        lever.where.uasc = i == 3 ? 1 : -1;
        for (uint32_t r = 0; r < 3; r++) {
            path_use(&path, NULL, 0);
            path_run(&path, r);
            const int64_t all = path_value(&path, MEASURE_ENTRIES, everyone, PATH_ANY);
            const int64_t theirs = path_value(&path, MEASURE_ENTRIES, groups[i], PATH_ANY);
            const int64_t again = path_value(&path, MEASURE_READMISSIONS,
                                             groups[i].kind == GROUP_NEED ? everyone : groups[i], PATH_ANY);
            ck_assert_int_gt(theirs, 5);
            path_use(&path, &lever, 1);
            path_run(&path, r);
            /* who comes back is no entry of this lever's; and whoever is not there does not come back later
             */
            const int64_t left = path_value(&path, MEASURE_ENTRIES, groups[i], PATH_ANY);
            ck_assert_int_le(left, again);
            ck_assert_int_le(
                llabs(all - theirs - path_value(&path, MEASURE_ENTRIES, everyone, PATH_ANY) + left), again);
        }
    }
    path_close(&path);
}
END_TEST

/* Everybody who comes, in the order of coming. */
struct comers {
    struct carepath_life *at;
    size_t n, capacity;
};

static bool keep_one(void *context, struct carepath_arrival *arrival)
{
    struct comers *comers = context;
    struct err err = {0};
    must(vec_reserve((void **)&comers->at, &comers->capacity, comers->n + 1, sizeof *comers->at, &err),
         err.message);
    comers->at[comers->n++] = arrival->life;
    return true;
}

static void who_comes(struct path *path, uint32_t replicate, struct comers *comers)
{
    comers->n = 0;
    path->room->replicate = replicate;
    carepath_luck(path->room);
    must(carepath_arrivals(path->room, keep_one, comers), "stopped");
}

static bool same_comer(const struct carepath_life *a, const struct carepath_life *b)
{
    return a->counter[1] == b->counter[1] && a->counter[3] == b->counter[3] && a->now == b->now &&
           a->stage == b->stage && a->group == b->group && a->need == b->need;
}

START_TEST(a_tiny_change_changes_next_to_nobody)
{
    /* x1.0000001: one child in ten million is copied; of a million at most one (two: once in 200 seeds). All
     * others come as they did, on the same day into the same placement. */
    struct path path;
    struct comers before = {NULL, 0, 0};
    struct comers after = {NULL, 0, 0};
    open_entries(&path);
    path.fit.entries.a_day = 400;
    struct lever lever = authority_lever("a", LEVER_ENTRIES, 1e-7);
    size_t all = 0;
    size_t changed = 0;
    for (uint32_t r = 0; r < 4; r++) {
        path_use(&path, NULL, 0);
        who_comes(&path, r, &before);
        path_use(&path, &lever, 1);
        who_comes(&path, r, &after);
        all += before.n;
        size_t k = 0;
        for (size_t i = 0; i < before.n; i++) {
            while (k < after.n && !same_comer(&before.at[i], &after.at[k])) {
                k++;
                must(++changed < 2, "unrelated entries change");
            }
            k++;
        }
        changed += after.n > k ? after.n - k : 0;
    }
    ck_assert_uint_gt(all, 1000000);
    ck_assert_uint_le(changed, 1);
    free(before.at);
    free(after.at);
    path_close(&path);
}
END_TEST

/* ---- luck ---------------------------------------------------------------------------------------------- */

START_TEST(scenarios_share_their_luck)
{
    /* The difference of stocks after two years: its standard error is at most a third of what runs with luck
     * of their own give. */
    enum { RUNS = 200 };
    static const struct {
        enum lever_kind kind;
        double effect;
        struct group group;
    } cases[] = {{LEVER_ENTRIES, -.06, {GROUP_ALL, 0}},
                 {LEVER_EXITS, .1, {GROUP_ALL, 0}},
                 {LEVER_MIX, .2, {GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL}}};
    struct path path;
    path_open_authority(&path, 8, 150);
    path_learn(&path, MONTHS);
    double *before = malloc(RUNS * sizeof *before);
    ck_assert_ptr_nonnull(before);
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        struct lever lever = authority_lever("a", cases[c].kind, cases[c].effect);
        lever.where.from = 1U << PLACEMENT_RES_EXTERNAL;
        lever.where.to = 1U << PLACEMENT_FOSTER_INHOUSE;
        path_use(&path, NULL, 0);
        double mean = 0;
        double square = 0;
        double own = 0;
        double own_mean = 0;
        for (uint32_t r = 0; r < RUNS; r++) {
            path_run(&path, r);
            before[r] = (double)path_value(&path, MEASURE_STOCK, cases[c].group, MONTHS - 1);
            own_mean += before[r] / RUNS;
        }
        path_use(&path, &lever, 1);
        for (uint32_t r = 0; r < RUNS; r++) {
            path_run(&path, r);
            const double change =
                (double)path_value(&path, MEASURE_STOCK, cases[c].group, MONTHS - 1) - before[r];
            const double step = change - mean;
            mean += step / (r + 1);
            square += step * (change - mean);
            own += (before[r] - own_mean) * (before[r] - own_mean);
        }
        ck_assert_double_lt(mean, -1);
        /* independent runs: twice the variance of one */
        ck_assert_msg(sqrt(square) < sqrt(2 * own) / 3, "lever %d: sd %f paired, %f apart", (int)c,
                      sqrt(square / RUNS), sqrt(2 * own / RUNS));
    }
    free(before);
    path_close(&path);
}
END_TEST

static void put(const char *path, const char *first, const char *second, const char *third)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_gt(
        fprintf(file, "name: ordered\ntitle: Order\nstance: likely\nlevers:\n%s%s%s", first, second, third),
        0);
    ck_assert_int_eq(fclose(file), 0);
}

START_TEST(the_order_of_levers_in_a_file_changes_no_bit)
{
    static const char a[] = "  - {id: a, lever: exits, effect: {low: 3%, likely: 7%, high: 19%}}\n";
    static const char b[] = "  - {id: b, lever: exits, where: {age: 5-15}, effect: x1.13, ramp: 7 months}\n";
    static const char c[] = "  - {id: c, lever: exits, effect: -11%}\n";
    const char *const orders[][3] = {{a, b, c}, {c, a, b}, {b, c, a}};
    char name[] = "/tmp/test_carepath.XXXXXX";
    struct err err = {0};
    struct path path;
    ck_assert_ptr_nonnull(mkdtemp(name));
    char file[64];
    ck_assert_int_gt(snprintf(file, sizeof file, "%s/ordered.yaml", name), 0);
    path_open_authority(&path, 9, 100);
    path_learn(&path, MONTHS);
    const struct scenario own = path.scenario;
    int32_t *first = NULL;
    for (int i = 0; i < 3; i++) {
        put(file, orders[i][0], orders[i][1], orders[i][2]);
        ck_assert_msg(
            scenario_load(&path.scenario, file, NULL, model_carepath.params, model_carepath.n_params, &err),
            "%s", err.message);
        ck_assert_uint_eq(path.scenario.n_levers, 3);
        path_start(&path);
        const size_t n = path.n_series * MONTHS;
        if (first == NULL)
            first = vec_new(4 * n, sizeof *first, &err);
        ck_assert_ptr_nonnull(first);
        for (uint32_t r = 0; r < 4; r++) {
            path_run(&path, r);
            if (i == 0)
                memcpy(first + r * n, path.values, n * sizeof *first);
            else
                ck_assert_mem_eq(first + r * n, path.values, n * sizeof *first);
        }
        path_stop(&path);
        scenario_free(&path.scenario);
    }
    free(first);
    (void)remove(file);
    ck_assert_int_eq(rmdir(name), 0);
    path.scenario = own;
    path_close(&path);
}
END_TEST

/* ---- what cannot be ------------------------------------------------------------------------------------ */

static void must_refuse(struct path *path, struct lever *levers, size_t n, const char *words)
{
    struct err err = {0};
    path->scenario.levers = levers;
    path->scenario.n_levers = n;
    path_stop(path);
    ck_assert(!carepath_plan_make(&path->fit, &path->scenario, false, &path->plan, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    ck_assert_msg(strstr(err.message, words) != NULL, "\"%s\" does not say \"%s\"", err.message, words);
    path->plan = (struct carepath_plan){0};
}

START_TEST(what_cannot_be_told_apart_is_an_error)
{
    enum { MANY = 70 };
    static char ids[MANY][8];
    struct lever levers[MANY];
    struct path path;
    open_entries(&path);
    for (int i = 0; i < MANY; i++) {
        ck_assert_int_gt(snprintf(ids[i], sizeof ids[i], "l%02d", i), 0);
        levers[i] = authority_lever(ids[i], LEVER_EXITS, .1);
    }
    must_refuse(&path, levers, MANY, "64");
    levers[3].where.in_care_high = 1;
    for (int i = 0; i < 20; i++)
        levers[i].where.in_care_high = 31 * i + 3;
    must_refuse(&path, levers, 20, "bands");
    levers[0] = authority_lever("moves", LEVER_MOVES, .1);
    levers[0].where.routes = 1U << ROUTE_HOME;
    levers[0].where.given = 1U << WHERE_ROUTE;
    must_refuse(&path, levers, 1, "lever moves");
    levers[0] = authority_lever("back", LEVER_READMISSIONS, .1);
    levers[0].where.in_care_high = 60;
    levers[0].where.given = 1U << WHERE_TIME_IN_CARE;
    must_refuse(&path, levers, 1, "lever back");
    levers[0] = authority_lever("places", LEVER_CAPACITY, 5);
    levers[0].where.placements = 1U << PLACEMENT_SECURE;
    must_refuse(&path, levers, 1, "lever places");
    path_close(&path);
}
END_TEST

Suite *suite_carepath_levers(void)
{
    Suite *suite = suite_create("carepath_levers");
    TCase *tcase = tcase_create("levers");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, percentages_multiply);
    tcase_add_test(tcase, percentages_multiply_on_hazards);
    tcase_add_test(tcase, referrals_act_through_the_elasticity);
    tcase_add_test(tcase, higher_entries_keep_those_there_were);
    tcase_add_test(tcase, ramps_rise_over_their_months);
    tcase_add_test(tcase, a_replaced_lever_stops);
    tcase_add_test(tcase, entries_are_thinned_where_a_lever_says);
    tcase_add_test(tcase, a_tiny_change_changes_next_to_nobody);
    tcase_add_test(tcase, scenarios_share_their_luck);
    tcase_add_test(tcase, the_order_of_levers_in_a_file_changes_no_bit);
    tcase_add_test(tcase, what_cannot_be_told_apart_is_an_error);
    suite_add_tcase(suite, tcase);
    return suite;
}
