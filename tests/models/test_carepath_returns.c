/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who comes back, when, and what is learned of it. Statistical tests have a fixed seed; their false alarm for
 * another is 1e-6 a comparison. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "models/carepath_life.h"
#include "tests/models/path.h"
#include "tests/models/recount.h"

Suite *suite_carepath_returns(void);

static const double z_limit = 4.89, ks_limit = 2.69;

START_TEST(only_some_routes_lead_back)
{
    /* Everyone leaves soon, and would come back within days. */
    struct path path;
    path_open(&path, on(2022, 3, 31), 24);
    for (int32_t i = 0; i < 4000; i++)
        path_add(&path, on(2005, 4, 1) + i, PLACEMENT_FOSTER_KIN, -10, -10);
    for (int r = 0; r < ROUTE_COUNT; r++)
        if (r != ROUTE_AGED_OUT)
            path_exit(&path, PATH_ANY, (enum route)r, carepath_may_return((enum route)r) ? .01 : .001);
    for (int b = 0; b < CAREPATH_RETURN_BANDS; b++)
        path.fit.returns.hazard[b] = .1;
    path_start(&path);
    struct carepath_trace trace = path_trace(&path, 0);
    int32_t back[ROUTE_COUNT] = {0};
    int32_t left[ROUTE_COUNT] = {0};
    for (size_t m = 1; m < trace.n; m++) {
        const struct carepath_mark *before = &trace.marks[m - 1];
        if (trace.marks[m].what == CAREPATH_MARK_EXIT)
            left[trace.marks[m].route]++;
        if (trace.marks[m].what != CAREPATH_MARK_AGAIN)
            continue;
        ck_assert_int_eq(before->what, CAREPATH_MARK_EXIT);
        ck_assert_int_eq(before->child, trace.marks[m].child);
        ck_assert_int_gt(trace.marks[m].day, before->day);
        back[before->route]++;
    }
    for (int r = 0; r < ROUTE_COUNT; r++) {
        const bool never = r == ROUTE_ADOPTION || r == ROUTE_AGED_OUT || r == ROUTE_DIED;
        ck_assert_int_eq(carepath_may_return((enum route)r), !never);
        ck_assert_int_gt(left[r], 100);
        if (never)
            ck_assert_int_eq(back[r], 0);
        else
            ck_assert_int_gt(back[r], 200);
    }
    free(trace.marks);
    const struct recount found = recount_replicate(&path, 1); /* nobody comes back at 18 */
    ck_assert_int_gt(found.readmitted, 1000);
    ck_assert_int_gt(found.aged_out, 100);
    path_close(&path);
}
END_TEST

START_TEST(waits_for_coming_back_follow_their_hazards)
{
    /* All leave on the first days; 1 - exp(-H) have come back by each band's end. */
    struct path path;
    path_open(&path, on(2022, 3, 31), 24);
    for (int b = 0; b < CAREPATH_RETURN_BANDS; b++)
        path.fit.returns.hazard[b] = .004 / (1 + b);
    path.fit.returns.kind_factor[AGE_5_9] = .5;
    path_add(&path, date_birthday(path.fit.origin, -5) - 40, PLACEMENT_FOSTER_INHOUSE, -1, -1);
    path_start(&path);
    path_run(&path, 0);
    static int32_t back[800];
    struct dice dice = {5};
    const int32_t n = 100000;
    for (int32_t i = 0; i < n; i++) {
        struct carepath_life life = carepath_present(path.room, 0);
        life.now = 10;
        if (carepath_come_back(path.room, &life, (uint32_t)dice_next(&dice))) {
            must(life.now > 10 && life.now <= path.plan.days, "a return on a day that cannot be");
            back[life.now]++;
        }
    }
    double gone = 0;
    double hazard = 0;
    double most = 0;
    for (int32_t d = 11; d <= path.plan.days; d++) {
        hazard +=
            .5 * path.fit.returns.hazard[lexis_band(carepath_return_edges, CAREPATH_RETURN_BANDS, d - 11)];
        gone += back[d];
        most = fmax(most, fabs(gone / n - (1 - exp(-hazard))));
    }
    ck_assert_msg(most * sqrt(n) < ks_limit, "D sqrt(n) = %f", most * sqrt(n));
    path_close(&path);
}
END_TEST

static bool count_arrival(void *context, struct carepath_arrival *arrival)
{
    must(arrival->again && arrival->life.now >= 1, "an arrival that is no return");
    (*(int32_t *)context)++;
    return true;
}

START_TEST(children_who_were_away_come_back)
{
    /* 3000 who left 100 days ago, .5 of the hazard in their kind, and 3000 too old by the second day. */
    struct path path;
    path_open(&path, on(2022, 3, 31), 12);
    struct carepath_returns *returns = &path.fit.returns;
    returns->leavers = calloc(6000, sizeof *returns->leavers);
    ck_assert_ptr_nonnull(returns->leavers);
    for (size_t i = 0; i < 6000; i++)
        returns->leavers[i] = (struct carepath_leaver){.key = i,
                                                       .left = path.fit.origin - 100,
                                                       .born = i % 2 == 0 ? on(2015, 7, 1) : on(2004, 4, 2),
                                                       .locality = -1};
    returns->n_leavers = 6000;
    for (int b = 0; b < CAREPATH_RETURN_BANDS; b++)
        returns->hazard[b] = .002 / (1 + b);
    returns->kind_factor[AGE_5_9] = .5;
    returns->kind_factor[AGE_16_17] = 4;
    path_start(&path);
    int32_t back = 0;
    enum { REPLICATES = 40 };
    for (uint32_t r = 0; r < REPLICATES; r++) {
        path_run(&path, r);
        ck_assert(carepath_arrivals(path.room, count_arrival, &back));
    }
    /* days 100 to 182, 183 to 364, 365 to 464 after leaving: 83 x .001, 182 x .002/3, 100 x .0005, all x .5
     */
    const double p = 1 - exp(-.5 * (83 * .001 + 182 * .002 / 3 + 100 * .0005));
    const double n = 3000.0 * REPLICATES;
    ck_assert_double_lt(fabs(back - n * p), z_limit * sqrt(n * p * (1 - p)));
    const struct recount found = recount_replicate(&path, 0);
    ck_assert_int_eq(found.readmitted, found.people);
    path_close(&path);
}
END_TEST

/* ---- learning ------------------------------------------------------------------------------------------ */

START_TEST(returns_are_counted_by_hand)
{
    /* Left home on 1 May 2021: one comes back 100 days later (91 days in the first band, 9 in the second,
     * where the event is), one never (334 days to 31 March 2022), one turns 18 on 1 June (30 days at risk: it
     * cannot come back on the day). Adopted, lost and dead children are not at risk. */
    struct path path;
    path_open_authority(&path, 1, 1);
    build_free(&path.history);
    build_init(&path.history, 2022, 2022);
    struct history *history = &path.history;
    static const enum route routes[] = {ROUTE_HOME,     ROUTE_HOME, ROUTE_HOME,
                                        ROUTE_ADOPTION, ROUTE_DIED, ROUTE_OTHER};
    for (int i = 0; i < 6; i++) {
        build_child(history, i == 2 ? on(2003, 6, 1) : on(2013, 6, 1));
        build_spell(history, on(2021, 4, 3), on(2021, 5, 1), routes[i], PLACEMENT_FOSTER_KIN);
        history->spells[history->n_spells - 1].lost = i == 5;
        if (i == 0)
            build_spell(history, on(2021, 8, 9), DAY_OPEN, ROUTE_OTHER, PLACEMENT_FOSTER_KIN);
    }
    path_learn(&path, 12);
    const struct carepath_returns *returns = &path.fit.returns;
    ck_assert_double_eq(returns->events[0], 0);
    ck_assert_double_eq(returns->events[1], 1);
    ck_assert_double_eq(returns->exposure[0], 91 + 91 + 30);
    ck_assert_double_eq(returns->exposure[1], 9 + 92);
    ck_assert_double_eq(returns->exposure[2], 334 - 183);
    /* half an event of .25 a year is the prior of the first band, of .15 that of the second */
    ck_assert_double_eq_tol(returns->hazard[0], .5 / (212 + .5 * 365.25 / .25), 1e-12);
    ck_assert_double_eq_tol(returns->hazard[1], 1.5 / (101 + .5 * 365.25 / .15), 1e-12);
    /* only the one who stays away is left to come back */
    ck_assert_uint_eq(returns->n_leavers, 1);
    ck_assert_int_eq(returns->leavers[0].left, on(2021, 5, 1));
    ck_assert_double_eq_tol(returns->leavers_a_day, 3.0 / 365, 1e-12);
    path_close(&path);
}
END_TEST

START_TEST(children_who_look_new_are_expected)
{
    /* Constant hazard h: of those who left before the history the share exp(-h d) - exp(-h L) comes back
     * later than d days and within L = 6 years of 365.25 days. */
    struct carepath_returns returns = {.n_leavers = 0};
    for (int b = 0; b < CAREPATH_RETURN_BANDS; b++)
        returns.hazard[b] = .0007;
    static const int32_t days[] = {0, 50, 400, 1500, 2191, 2192, 4000};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        const double expected = days[i] < 2191.5 ? .3 * (exp(-.0007 * days[i]) - exp(-.0007 * 2191.5)) : 0;
        ck_assert_double_eq_tol(carepath_returns_unseen(&returns, .3, days[i]), expected, 1e-12);
    }
}
END_TEST

Suite *suite_carepath_returns(void)
{
    Suite *suite = suite_create("carepath_returns");
    TCase *tcase = tcase_create("returns");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, only_some_routes_lead_back);
    tcase_add_test(tcase, waits_for_coming_back_follow_their_hazards);
    tcase_add_test(tcase, children_who_were_away_come_back);
    tcase_add_test(tcase, returns_are_counted_by_hand);
    tcase_add_test(tcase, children_who_look_new_are_expected);
    suite_add_tcase(suite, tcase);
    return suite;
}
