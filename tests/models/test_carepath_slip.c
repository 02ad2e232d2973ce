/* SPDX-License-Identifier: GPL-3.0-or-later
 * Milestones that slip: a lever that is late by 90 days for sure is, to the bit, the lever that starts 90
 * days later; one that is never late is the lever itself; and chance in between mixes the two. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/models/path.h"
#include "tests/statistics.h"

Suite *suite_carepath_slip(void);

enum { MONTHS = 36, LEVERS = 7, RUNS = 4, LATE = 90 };
static const struct group everyone = {GROUP_ALL, 0};

static const struct slip on_time = {.log_median = 4.5};
static const struct slip late = {.late = 1, .log_median = 4.499809670330265}; /* log(90) */

/* One of each kind of lever and unit, on an authority with a limit on places. */
static void fill_levers(struct lever levers[LEVERS], day start, struct slip slip)
{
    static const enum lever_kind kinds[LEVERS] = {
        LEVER_ENTRIES, LEVER_EXITS, LEVER_MOVES, LEVER_READMISSIONS, LEVER_MIX, LEVER_EXITS, LEVER_CAPACITY};
    static const enum effect_unit units[LEVERS] = {EFFECT_FACTOR,  EFFECT_FACTOR, EFFECT_FACTOR,
                                                   EFFECT_FACTOR,  EFFECT_FACTOR, EFFECT_PER_YEAR,
                                                   EFFECT_CHILDREN};
    static const double sizes[LEVERS] = {-.1, .15, -.2, -.3, .2, 12, 20};
    static const char *const ids[LEVERS] = {"a", "b", "c", "d", "e", "f", "g"};
    for (int i = 0; i < LEVERS; i++) {
        levers[i] = authority_lever(ids[i], kinds[i], sizes[i]);
        levers[i].unit = units[i];
        levers[i].start = start;
        levers[i].ramp_months = 6;
        levers[i].slip = slip;
    }
    levers[4].where.from = 1U << PLACEMENT_FOSTER_IFA;
    levers[4].where.to = 1U << PLACEMENT_FOSTER_INHOUSE;
    levers[6].where.placements = 1U << PLACEMENT_FOSTER_INHOUSE;
}

/* Series of RUNS replicates under some levers. */
static int32_t *run_all(struct path *path, struct lever levers[], size_t n)
{
    path_use(path, levers, n);
    const size_t values = path->n_series * MONTHS;
    int32_t *out = malloc(RUNS * values * sizeof *out);
    must(out != NULL, "no memory");
    for (uint32_t r = 0; r < RUNS; r++) {
        path_run(path, r);
        memcpy(out + r * values, path->values, values * sizeof *out);
    }
    return out;
}

static void open_limited(struct path *path, struct scenario_capacity *line)
{
    *line = (struct scenario_capacity){.group = PLACEMENT_FOSTER_INHOUSE,
                                       .places = 60,
                                       .usable = 1,
                                       .overflow = {PLACEMENT_FOSTER_IFA},
                                       .n_overflow = 1,
                                       .source = "test"};
    path_open_authority(path, 71, 120);
    path_learn(path, MONTHS);
    path->scenario.stance = STANCE_LIKELY;
    path->scenario.capacities = line;
    path->scenario.n_capacities = 1;
}

START_TEST(late_for_sure_is_a_later_start)
{
    struct path path;
    struct scenario_capacity line;
    struct lever levers[LEVERS];
    open_limited(&path, &line);
    const day start = path.fit.origin + 45;
    const struct slip none = {0};
    const struct {
        day start;
        struct slip slip;
    } cases[] = {{start, none}, {start, on_time}, {start + LATE, none}, {start, late}};
    int32_t *found[4];
    for (int i = 0; i < 4; i++) {
        fill_levers(levers, cases[i].start, cases[i].slip);
        found[i] = run_all(&path, levers, LEVERS);
    }
    const size_t size = RUNS * path.n_series * MONTHS * sizeof(int32_t);
    ck_assert_mem_eq(found[0], found[1], size);
    ck_assert_mem_eq(found[2], found[3], size);
    ck_assert_mem_ne(found[0], found[2], size);
    for (int i = 0; i < 4; i++)
        free(found[i]);
    path_close(&path);
}
END_TEST

START_TEST(chance_of_slipping_mixes_early_and_late)
{
    /* Entries of 40 a day, -50 % from day 30 at once, late by 90 days with chance .4: expected entries of the
     * first 4 months are 40 * (days - .5 * days in force); on time in force from day 30, late from day 120.
     */
    enum { REPLICATES = 400 };
    struct path path;
    path_open(&path, on(2022, 3, 31), MONTHS);
    path_entries(&path, 40, 6, PLACEMENT_FOSTER_INHOUSE);
    path.scenario.stance = STANCE_LIKELY;
    struct lever lever = authority_lever("a", LEVER_ENTRIES, -.5);
    lever.start = path.fit.origin + 31; /* 1 May */
    lever.slip = (struct slip){.late = .4, .log_median = late.log_median};
    path_use(&path, &lever, 1);
    const struct path_moments found = path_moments(&path, MEASURE_ENTRIES, everyone, 1, 2, 0, REPLICATES);
    /* May and June, 61 days: in force all of them on time, none of them (to 30 July) when late */
    const double expected = 40 * 61 * (.6 * .5 + .4);
    ck_assert_double_lt(fabs(found.mean - expected), 4.89 * sqrt(found.variance / REPLICATES));
    /* Luck of the milestone widens the range: the variance is that between two means and more. */
    const double between = .4 * .6 * (40 * 61 * .5) * (40 * 61 * .5);
    ck_assert_double_gt(found.variance, .8 * between);
    path_close(&path);
}
END_TEST

Suite *suite_carepath_slip(void)
{
    Suite *suite = suite_create("carepath_slip");
    TCase *tests = tcase_create("carepath_slip");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, late_for_sure_is_a_later_start);
    if (STATISTICS_ARE_RUN)
        tcase_add_test(tests, chance_of_slipping_mixes_early_and_late);
    suite_add_tcase(suite, tests);
    return suite;
}
