/* SPDX-License-Identifier: GPL-3.0-or-later
 * Levers that send placements from one group to another. Rates by hand; shares fail for another seed once in
 * 1e6 each (4.89 standard errors). */
#include <check.h>

#include "tests/models/path.h"

Suite *suite_carepath_mix(void);

enum { MONTHS = 24 };
static const struct group everyone = {GROUP_ALL, 0};
static const struct group home = {GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL};

/* 20 a day: .5 into a home, .3 to an agency, .2 in-house; changes from the agency go to a home. */
static void open_mix(struct path *path)
{
    path_open(path, on(2022, 3, 31), MONTHS);
    path_entries(path, 20, 6, PLACEMENT_FOSTER_INHOUSE);
    double *first = path->fit.entries.first[AGE_5_9];
    first[PLACEMENT_FOSTER_INHOUSE] = .2;
    first[PLACEMENT_FOSTER_IFA] = .3;
    first[PLACEMENT_RES_EXTERNAL] = .5;
    path_move(path, PLACEMENT_FOSTER_IFA, PLACEMENT_RES_EXTERNAL, .003);
}

START_TEST(mixes_move_shares_of_placements)
{
    /* 40 % of what would go to a home goes to foster care instead, of which by first placements 2 in 5 go
     * in-house: .5 x .6, .3 + .2 x .6, .2 + .2 x .4. */
    const struct group agency = {GROUP_PLACEMENT, PLACEMENT_FOSTER_IFA};
    const struct group inhouse = {GROUP_PLACEMENT, PLACEMENT_FOSTER_INHOUSE};
    struct path path;
    open_mix(&path);
    struct lever lever = authority_lever("a", LEVER_MIX, .4);
    lever.where.from = 1U << PLACEMENT_RES_EXTERNAL;
    lever.where.to = 1U << PLACEMENT_FOSTER_IFA | 1U << PLACEMENT_FOSTER_INHOUSE;
    path_use(&path, &lever, 1);
    const double all = path_total(&path, MEASURE_ENTRIES, everyone, 0, 23, 10);
    must_share(path_total(&path, MEASURE_ENTRIES, home, 0, 23, 10), all, .30);
    must_share(path_total(&path, MEASURE_ENTRIES, agency, 0, 23, 10), all, .42);
    must_share(path_total(&path, MEASURE_ENTRIES, inhouse, 0, 23, 10), all, .28);
    /* as placements end, the same share of those that would go to a home */
    const double moves = path_total(&path, MEASURE_MOVES, everyone, 0, 23, 10);
    ck_assert_double_gt(moves, 10000);
    must_share(path_total(&path, MEASURE_MOVES, home, 0, 23, 10), moves, .6);
    /* the other way round: a tenth of what would go to the agency goes to the home */
    lever = authority_lever("a", LEVER_MIX, -.1);
    lever.where.from = 1U << PLACEMENT_RES_EXTERNAL;
    lever.where.to = 1U << PLACEMENT_FOSTER_IFA;
    path_use(&path, &lever, 1);
    must_share(path_total(&path, MEASURE_ENTRIES, home, 0, 23, 10), all, .53);
    must_share(path_total(&path, MEASURE_ENTRIES, agency, 0, 23, 10), all, .27);
    path_close(&path);
}
END_TEST

START_TEST(mixes_have_conditions)
{
    /* Those of 6 only; 7 is untouched. Only changes that leave the agency: first placements are untouched. */
    struct path path;
    open_mix(&path);
    path.fit.entries.age[AGE_5_9][6] = path.fit.entries.age[AGE_5_9][7] = .5;
    struct lever lever = authority_lever("a", LEVER_MIX, 1);
    lever.where.from = 1U << PLACEMENT_RES_EXTERNAL;
    lever.where.to = 1U << PLACEMENT_FOSTER_INHOUSE;
    lever.where.age_high = 6;
    path_use(&path, &lever, 1);
    const double all = path_total(&path, MEASURE_ENTRIES, everyone, 0, 5, 20);
    must_share(path_total(&path, MEASURE_ENTRIES, home, 0, 5, 20), all, .25);
    lever.where.age_high = 17;
    lever.where.placements = 1U << PLACEMENT_FOSTER_IFA;
    path_use(&path, &lever, 1);
    must_share(path_total(&path, MEASURE_ENTRIES, home, 0, 5, 20), all, .5);
    ck_assert_double_gt(path_total(&path, MEASURE_MOVES, everyone, 0, 5, 20), 1000);
    ck_assert_double_eq(path_total(&path, MEASURE_MOVES, home, 0, 5, 20), 0);
    path_close(&path);
}
END_TEST

START_TEST(everything_that_goes_somewhere_and_no_more)
{
    /* More than all is all. */
    struct path path;
    open_mix(&path);
    struct lever lever = authority_lever("a", LEVER_MIX, 1e6);
    lever.unit = EFFECT_PER_YEAR;
    lever.where.from = 1U << PLACEMENT_RES_EXTERNAL;
    lever.where.to = 1U << PLACEMENT_FOSTER_INHOUSE;
    path_use(&path, NULL, 0);
    const double all = path_total(&path, MEASURE_ENTRIES, everyone, 0, 23, 4);
    path_use(&path, &lever, 1);
    ck_assert_double_eq(path_total(&path, MEASURE_STOCK, home, 23, 23, 4), 0);
    ck_assert_double_eq(path_total(&path, MEASURE_ENTRIES, everyone, 0, 23, 4), all);
    path_close(&path);
}
END_TEST

Suite *suite_carepath_mix(void)
{
    Suite *suite = suite_create("carepath_mix");
    TCase *tcase = tcase_create("mix");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, mixes_move_shares_of_placements);
    tcase_add_test(tcase, mixes_have_conditions);
    tcase_add_test(tcase, everything_that_goes_somewhere_and_no_more);
    suite_add_tcase(suite, tcase);
    return suite;
}
