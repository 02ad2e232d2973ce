/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shares of placements that can be reached, and shares that cannot. */
#include "study/mix.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/study/carepath_fixture.h"

Suite *suite_mix(void);

enum { MONTHS = 24, REPLICATES = 100, LATE = 23 };

static void none(double wishes[PLACEMENT_COUNT])
{
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        wishes[g] = (double)NAN;
}

START_TEST(reading)
{
    static const char *const wrong[] = {"",
                                        "foster_inhouse",
                                        "castle=5%",
                                        "foster_inhouse=lots",
                                        "foster_inhouse=101%",
                                        "foster_inhouse=-1%",
                                        "foster_inhouse=40%,",
                                        "foster_inhouse=40%,foster_inhouse=41%"};
    double shares[PLACEMENT_COUNT];
    struct err err = {0};
    ck_assert_msg(mix_read("foster_inhouse=45%, res_external = 7.5", shares, &err), "%s", err.message);
    ck_assert_double_eq_tol(shares[PLACEMENT_FOSTER_INHOUSE], 45, 1e-12);
    ck_assert_double_eq_tol(shares[PLACEMENT_RES_EXTERNAL], 7.5, 1e-12);
    ck_assert(isnan(shares[PLACEMENT_FOSTER_IFA]));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        err = (struct err){0};
        ck_assert_msg(!mix_read(wrong[i], shares, &err), "%s", wrong[i]);
        ck_assert_int_eq(err.code, ERR_USAGE);
    }
}
END_TEST

START_TEST(reached)
{
    struct fixture f;
    struct err err = {0};
    struct mix_answer mix;
    struct arena texts = {0};
    struct lever levers[PLACEMENT_COUNT * PLACEMENT_COUNT];
    size_t n = 0;
    double wishes[PLACEMENT_COUNT];
    double base[PLACEMENT_COUNT];
    double work[REPLICATES];
    double sum = 0;
    fixture_open(&f, MONTHS, REPLICATES, 3);
    mix_shares(&f.base, LATE, base, work);
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        sum += base[g];
    ck_assert_double_eq_tol(sum, 100, .01); /* parts add up to all; stocks are in thousandths */
    none(wishes);
    wishes[PLACEMENT_FOSTER_INHOUSE] = base[PLACEMENT_FOSTER_INHOUSE] + 4;
    wishes[PLACEMENT_RES_EXTERNAL] = base[PLACEMENT_RES_EXTERNAL] - 1;
    ck_assert_msg(mix_seek(&f.run, &f.scenario, &f.base, &f.prices, LATE, wishes, &mix, &err), "%s",
                  err.message);
    ck_assert(mix.is_reached);
    ck_assert_double_eq_tol(mix.share[PLACEMENT_FOSTER_INHOUSE], wishes[PLACEMENT_FOSTER_INHOUSE], .1001);
    ck_assert_double_eq_tol(mix.share[PLACEMENT_RES_EXTERNAL], wishes[PLACEMENT_RES_EXTERNAL], .1001);
    ck_assert_double_lt(mix.share[PLACEMENT_FOSTER_IFA], base[PLACEMENT_FOSTER_IFA]);
    ck_assert(isnan(mix.wanted[PLACEMENT_PARENTS]));
    ck_assert_ptr_nonnull(mix.draws.costs);
    ck_assert(mix_levers(&mix, &texts, levers, &n, &err));
    ck_assert_uint_ge(n, 1);
    for (size_t i = 0; i < n; i++) {
        ck_assert_int_eq(levers[i].kind, LEVER_MIX);
        ck_assert_double_gt(levers[i].likely, 0);
        ck_assert_double_le(levers[i].likely, 1);
    }
    draws_free(&mix.draws);
    arena_free(&texts);
    fixture_close(&f);
}
END_TEST

START_TEST(out_of_reach)
{
    /* Nobody moves before a placement ends: within four months agency fostering cannot vanish. */
    struct fixture f;
    struct err err = {0};
    struct mix_answer mix;
    double wishes[PLACEMENT_COUNT];
    fixture_open(&f, MONTHS, REPLICATES, 3);
    none(wishes);
    wishes[PLACEMENT_FOSTER_IFA] = 0;
    ck_assert_msg(mix_seek(&f.run, &f.scenario, &f.base, &f.prices, 3, wishes, &mix, &err), "%s",
                  err.message);
    ck_assert(!mix.is_reached);
    ck_assert_double_gt(mix.share[PLACEMENT_FOSTER_IFA], 1);
    ck_assert_double_lt(mix.share[PLACEMENT_FOSTER_IFA], mix.base[PLACEMENT_FOSTER_IFA]);
    double sent = 0;
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        sent += mix.sent[PLACEMENT_FOSTER_IFA][g];
    ck_assert_double_eq_tol(sent, 1, 1e-9); /* everything that ends goes elsewhere */
    draws_free(&mix.draws);
    /* more than there are children to place */
    wishes[PLACEMENT_FOSTER_INHOUSE] = 99;
    ck_assert(!mix_seek(&f.run, &f.scenario, &f.base, &f.prices, 3, wishes, &mix, &err));
    ck_assert_int_eq(err.code, ERR_USAGE);
    fixture_close(&f);
}
END_TEST

Suite *suite_mix(void)
{
    Suite *suite = suite_create("mix");
    TCase *tests = tcase_create("mix");
    tcase_add_test(tests, reading);
    tcase_add_test(tests, reached);
    tcase_add_test(tests, out_of_reach);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    return suite;
}
