/* SPDX-License-Identifier: GPL-3.0-or-later
 * One child after another, counted by hand. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/counts.h"
#include "study/providers.h"
#include "tests/build_history.h"

Suite *suite_providers(void);

START_TEST(stays_nights_and_moves_by_hand)
{
    struct history history;
    struct providers found;
    build_init(&history, 2020, 2022);
    /* in agency fostering (private) from before the quarter, moved on 11 May to a home, still there */
    build_child(&history, on(2010, 1, 1));
    build_spell(&history, on(2021, 1, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_IFA);
    build_last(&history)->provider = 4;
    build_status(&history, on(2021, 4, 20), LEGAL_CARE_ORDER); /* the same stay */
    build_last(&history)->provider = 4;
    build_move(&history, on(2021, 5, 11), PLACEMENT_RES_EXTERNAL);
    build_last(&history)->provider = 5;
    build_last(&history)->boundary = 2;
    build_last(&history)->distance_miles = 30;
    /* into agency fostering on the first day, home on the last: 90 nights, and not there at its end */
    build_child(&history, on(2012, 1, 1));
    build_spell(&history, on(2021, 4, 1), on(2021, 6, 30), ROUTE_HOME, PLACEMENT_FOSTER_IFA);
    build_last(&history)->provider = 4;
    /* in a home for its last day only, of nobody known */
    build_child(&history, on(2012, 1, 1));
    build_spell(&history, on(2021, 6, 30), DAY_OPEN, ROUTE_OTHER, PLACEMENT_RES_EXTERNAL);
    build_last(&history)->provider = 255;
    providers_count(&history, on(2021, 4, 1), on(2021, 6, 30), &found);
    const struct provider_row *foster = &found.rows[4][PLACEMENT_FOSTER_IFA];
    const struct provider_row *home = &found.rows[5][PLACEMENT_RES_EXTERNAL];
    const struct provider_row *unknown = &found.rows[PROVIDER_COUNT][PLACEMENT_RES_EXTERNAL];
    ck_assert_int_eq(foster->children, 0);
    ck_assert_int_eq(foster->nights, 40 + 90); /* 1 April to 10 May; 1 April to 29 June */
    ck_assert_int_eq(foster->started, 1);
    ck_assert_int_eq(foster->ended, 2);
    ck_assert_int_eq(foster->moved_on, 1);
    ck_assert_double_nan(foster->days);
    ck_assert_double_nan(foster->miles);
    ck_assert_int_eq(home->children, 1);
    ck_assert_int_eq(home->nights, 51); /* 11 to 31 May, June */
    ck_assert_int_eq(home->started, 1);
    ck_assert_int_eq(home->ended, 0);
    ck_assert_int_eq(home->outside, 1);
    ck_assert_int_eq(home->placed_known, 1);
    ck_assert_double_eq_tol(home->days, 51, 1e-12);
    ck_assert_double_eq_tol(home->miles, 30, 1e-12);
    ck_assert_int_eq(unknown->children, 1);
    ck_assert_int_eq(unknown->nights, 1);
    ck_assert_str_eq(provider_kind_words(1), "Own provision");
    ck_assert_str_eq(provider_kind_words(PROVIDER_COUNT), "Not known");
    build_free(&history);
}
END_TEST

START_TEST(homes_by_hand)
{
    struct history history;
    struct provider_home *homes = NULL;
    size_t n = 0;
    struct err err = {0};
    build_init(&history, 2020, 2022);
    /* with SC100002 from before, moved on 11 May to SC100001, both agencies */
    build_child(&history, on(2010, 1, 1));
    build_spell(&history, on(2021, 1, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_IFA);
    build_last(&history)->provider = 4;
    memcpy(build_last(&history)->urn, "SC100002", 9);
    build_move(&history, on(2021, 5, 11), PLACEMENT_FOSTER_IFA);
    build_last(&history)->provider = 5;
    build_last(&history)->distance_miles = 12;
    memcpy(build_last(&history)->urn, "SC100001", 9);
    /* nobody knows with whom; and with SC100003 until the day before the quarter */
    build_child(&history, on(2012, 1, 1));
    build_spell(&history, on(2021, 1, 1), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_IFA);
    build_child(&history, on(2012, 1, 1));
    build_spell(&history, on(2021, 1, 1), on(2021, 3, 31), ROUTE_HOME, PLACEMENT_RES_EXTERNAL);
    memcpy(build_last(&history)->urn, "SC100003", 9);
    ck_assert(providers_homes(&history, on(2021, 4, 1), on(2021, 6, 30), &homes, &n, &err));
    ck_assert_uint_eq(n, 2);
    ck_assert_str_eq(homes[0].urn, "SC100001"); /* 51 nights: 11 to 31 May, June */
    ck_assert_int_eq(homes[0].kind, 5);
    ck_assert_int_eq(homes[0].group, PLACEMENT_FOSTER_IFA);
    ck_assert_int_eq(homes[0].row.nights, 51);
    ck_assert_int_eq(homes[0].row.children, 1);
    ck_assert_int_eq(homes[0].row.started, 1);
    ck_assert_double_eq_tol(homes[0].row.miles, 12, 1e-12);
    ck_assert_str_eq(homes[1].urn, "SC100002");
    ck_assert_int_eq(homes[1].row.nights, 40);
    ck_assert_int_eq(homes[1].row.children, 0);
    ck_assert_int_eq(homes[1].row.ended, 1);
    ck_assert_int_eq(homes[1].row.moved_on, 1);
    free(homes);
    build_free(&history);
}
END_TEST

START_TEST(nights_of_all_are_those_of_the_counts)
{
    /* whatever the history: children and nights of all rows are those of data/counts */
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct history history;
        struct counts counts;
        struct providers found;
        struct err err = {0};
        const struct group all = {GROUP_ALL, 0};
        int64_t children = 0;
        int64_t nights = 0;
        build_random(&history, seed, 60, 2019, 2022, 0);
        ck_assert(counts_make(&history, history.start, history.end, &counts, &err));
        providers_count(&history, on(2020, 7, 1), on(2020, 9, 30), &found);
        for (int p = 0; p < PROVIDER_KINDS; p++)
            for (int g = 0; g < PLACEMENT_COUNT; g++) {
                children += found.rows[p][g].children;
                nights += found.rows[p][g].nights;
            }
        ck_assert_int_eq(children,
                         counts_at(&counts, MEASURE_STOCK, all, counts_month(&counts, on(2020, 9, 30))));
        ck_assert_int_eq(nights, counts_sum(&counts, MEASURE_NIGHTS, all, on(2020, 7, 1), on(2020, 9, 30)));
        counts_free(&counts);
        build_free(&history);
    }
}
END_TEST

Suite *suite_providers(void)
{
    Suite *suite = suite_create("providers");
    TCase *tcase = tcase_create("providers");
    tcase_add_test(tcase, stays_nights_and_moves_by_hand);
    tcase_add_test(tcase, homes_by_hand);
    tcase_add_test(tcase, nights_of_all_are_those_of_the_counts);
    suite_add_tcase(suite, tcase);
    return suite;
}
