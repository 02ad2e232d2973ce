/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stays, routes, birthdays and returns of single children, with rates set by hand. Statistical tests have a
 * fixed seed; their false alarm for another seed is 1e-6 a comparison: |z| < 4.89 for shares and rates,
 * D sqrt(n) < 2.69 for distributions (Kolmogorov; for whole days it is rarer still). */
#include "models/carepath_life.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/models/path.h"
#include "tests/models/recount.h"

Suite *suite_carepath_life(void);

enum { MONTHS = 60, CHILDREN = 20000, RUNS = 20 };
static const double z_limit = 4.89, ks_limit = 2.69;
static const struct group everyone = {GROUP_ALL, 0};

/* Children of 5 who can have no birthday that matters, in care and in placement since the day before. */
static void add_children(struct path *path, int32_t n, int32_t care, int32_t stay)
{
    const day origin = path->fit.origin;
    for (int32_t i = 0; i < n; i++)
        path_add(path, date_birthday(origin, -5) - 40, PLACEMENT_FOSTER_INHOUSE, care, stay);
}

static struct carepath_next live_once(struct path *path, size_t i)
{
    struct carepath_life life = carepath_present(path->room, i);
    carepath_begin(path->room, &life);
    return carepath_live(path->room, &life);
}

/* ---- how long ------------------------------------------------------------------------------------------ */

/* Daily probability of leaving by day of care and of placement, both counted from the origin. */
static double daily_by_time(const struct path *path, int32_t time)
{
    const struct carepath_rates *rates = &path->fit.rates;
    const int tic = lexis_band(lexis_tic_edges, LEXIS_TICS, time);
    const int tip = lexis_band(lexis_tip_edges, LEXIS_TIPS, time);
    return rates->exit[AGE_5_9][PLACEMENT_FOSTER_INHOUSE][tic][ROUTE_HOME] *
           rates->exit_tip[PLACEMENT_FOSTER_INHOUSE][tip];
}

static void set_by_time(struct path *path)
{
    struct carepath_rates *rates = &path->fit.rates;
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int t = 0; t < LEXIS_TICS; t++)
            rates->exit[k][PLACEMENT_FOSTER_INHOUSE][t][ROUTE_HOME] = .02 / (1 + t);
    for (int p = 0; p < LEXIS_TIPS; p++)
        rates->exit_tip[PLACEMENT_FOSTER_INHOUSE][p] = p == 0 ? 1.5 : .5;
}

START_TEST(stays_follow_the_law_of_their_hazards)
{
    /* P(n days or less) = 1 - prod (1 - q), by day of care and of placement */
    struct path path;
    path_open(&path, on(2022, 3, 31), MONTHS);
    add_children(&path, CHILDREN, 0, 0);
    set_by_time(&path);
    path_start(&path);
    static int32_t left[40 * 366];
    const int32_t days = path.plan.days;
    for (uint32_t r = 0; r < 2; r++) {
        path_run(&path, r);
        for (size_t i = 0; i < CHILDREN; i++) {
            const struct carepath_next next = live_once(&path, i);
            if (next.event == CAREPATH_LEAVES)
                left[next.day]++;
            else
                must(next.event == CAREPATH_STAYS, "a child changes placement");
        }
    }
    const double n = 2.0 * CHILDREN;
    double survive = 1;
    double gone = 0;
    double most = 0;
    ck_assert_int_eq(left[0], 0);
    for (int32_t d = 1; d <= days; d++) {
        survive *= 1 - daily_by_time(&path, d - 1);
        gone += left[d];
        most = fmax(most, fabs(gone / n - (1 - survive)));
    }
    ck_assert_msg(most * sqrt(n) < ks_limit, "D sqrt(n) = %f", most * sqrt(n));
    ck_assert_double_gt(gone, .8 * n);
    path_close(&path);
}
END_TEST

START_TEST(observed_rates_are_the_rates)
{
    /* Events over trials give back q, .05 in all, so that a hazard of q itself would be 2.5 % low. */
    struct path path;
    path_open(&path, on(2022, 3, 31), MONTHS);
    add_children(&path, CHILDREN, 0, 0);
    path_exit(&path, PATH_ANY, ROUTE_HOME, .04);
    path_exit(&path, PATH_ANY, ROUTE_CUSTODY, .01);
    path_start(&path);
    double events[2] = {0, 0};
    double trials = 0;
    for (uint32_t r = 0; r < RUNS; r++) {
        path_run(&path, r);
        for (size_t i = 0; i < CHILDREN; i++) {
            const struct carepath_next next = live_once(&path, i);
            must(next.event == CAREPATH_LEAVES, "a child stays"); /* .95^1826 is 2e-41 */
            must(next.detail == ROUTE_HOME || next.detail == ROUTE_CUSTODY, "another route");
            events[next.detail == ROUTE_CUSTODY]++;
            trials += next.day;
        }
    }
    const double q[2] = {.04, .01};
    for (int k = 0; k < 2; k++) {
        const double se = sqrt(q[k] * (1 - q[k]) / trials);
        ck_assert_msg(fabs(events[k] / trials - q[k]) < z_limit * se, "q %f, observed %f, se %f", q[k],
                      events[k] / trials, se);
    }
    path_close(&path);
}
END_TEST

START_TEST(rates_hold_in_every_band)
{
    /* Trials and events by band of both times; moves too, with factors of their own. */
    struct path path;
    static double trials[LEXIS_TICS][LEXIS_TIPS], exits[LEXIS_TICS][LEXIS_TIPS],
        moves[LEXIS_TICS][LEXIS_TIPS];
    path_open(&path, on(2022, 3, 31), MONTHS);
    for (int32_t start = 0; start < 8; start++)
        add_children(&path, CHILDREN / 8, -250 * start, -60 * start);
    set_by_time(&path);
    path_move(&path, PLACEMENT_FOSTER_INHOUSE, PLACEMENT_FOSTER_IFA, .002);
    for (int p = 0; p < LEXIS_TIPS; p++)
        path.fit.rates.move_tip[PLACEMENT_FOSTER_INHOUSE][p] = 1 + p;
    path_start(&path);
    for (uint32_t r = 0; r < RUNS; r++) {
        path_run(&path, r);
        for (size_t i = 0; i < path.fit.n_present; i++) {
            const struct carepath_next next = live_once(&path, i);
            const struct carepath_child *child = &path.fit.present[i];
            const int32_t last = next.day <= path.plan.days ? next.day : path.plan.days;
            for (int32_t night = 0; night < last; night++) {
                const int t =
                    lexis_band(lexis_tic_edges, LEXIS_TICS, path.fit.origin + night - child->spell_start);
                const int p =
                    lexis_band(lexis_tip_edges, LEXIS_TIPS, path.fit.origin + night - child->stay_start);
                trials[t][p]++;
                exits[t][p] += night + 1 == last && next.event == CAREPATH_LEAVES;
                moves[t][p] += night + 1 == last && next.event == CAREPATH_CHANGES;
            }
        }
    }
    int compared = 0;
    const struct carepath_rates *rates = &path.fit.rates;
    for (int t = 0; t < LEXIS_TICS; t++)
        for (int p = 0; p < LEXIS_TIPS; p++) {
            const double q = carepath_rate(rates, ROUTE_HOME, AGE_5_9, PLACEMENT_FOSTER_INHOUSE, t, p);
            const double m = carepath_rate(rates, CAREPATH_MOVING, AGE_5_9, PLACEMENT_FOSTER_INHOUSE, t, p);
            if (trials[t][p] < 10000)
                continue;
            ck_assert_double_lt(fabs(exits[t][p] - q * trials[t][p]), z_limit * sqrt(q * trials[t][p]));
            ck_assert_double_lt(fabs(moves[t][p] - m * trials[t][p]), z_limit * sqrt(m * trials[t][p]));
            compared++;
        }
    ck_assert_int_ge(compared, 12);
    path_close(&path);
}
END_TEST

/* ---- what ---------------------------------------------------------------------------------------------- */

START_TEST(routes_and_moves_have_their_shares)
{
    /* Half of the children have an event every other day: exits .3, moves .2 a day meet on one day in 16.
     * Whichever is earlier within the day wins, so that the shares stay .24, .06 and .20 of .5. */
    static const double shares[] = {.48, .12, .40};
    struct path path;
    path_open(&path, on(2022, 3, 31), 1);
    add_children(&path, CHILDREN, 0, 0);
    path_exit(&path, PATH_ANY, ROUTE_SGO, .24);
    path_exit(&path, PATH_ANY, ROUTE_OTHER, .06);
    path_move(&path, PLACEMENT_FOSTER_INHOUSE, PLACEMENT_SECURE, .2);
    path_start(&path);
    double seen[3] = {0, 0, 0};
    double n = 0;
    for (uint32_t r = 0; r < RUNS; r++) {
        path_run(&path, r);
        for (size_t i = 0; i < CHILDREN; i++) {
            const struct carepath_next next = live_once(&path, i);
            if (next.event == CAREPATH_STAYS)
                continue; /* .5^30 */
            if (next.event == CAREPATH_CHANGES)
                must(next.detail == PLACEMENT_SECURE, "another placement");
            seen[next.event == CAREPATH_CHANGES ? 2 : next.detail == ROUTE_OTHER]++;
            n++;
        }
    }
    for (int k = 0; k < 3; k++) {
        const double se = sqrt(shares[k] * (1 - shares[k]) / n);
        ck_assert_msg(fabs(seen[k] / n - shares[k]) < z_limit * se, "share %f, seen %f", shares[k],
                      seen[k] / n);
    }
    path_close(&path);
}
END_TEST

START_TEST(destinations_and_counted_moves_have_their_shares)
{
    struct path path;
    path_open(&path, on(2022, 3, 31), 12);
    add_children(&path, CHILDREN, 0, 0);
    path_move(&path, PLACEMENT_FOSTER_INHOUSE, PLACEMENT_FOSTER_IFA, .003);
    path_move(&path, PLACEMENT_FOSTER_INHOUSE, PLACEMENT_RES_EXTERNAL, .001);
    path.fit.rates.counted[PLACEMENT_FOSTER_INHOUSE][PLACEMENT_RES_EXTERNAL] = .3;
    path_start(&path);
    path_run(&path, 3);
    const double ifa = (double)path_value(&path, MEASURE_MOVES,
                                          (struct group){GROUP_PLACEMENT, PLACEMENT_FOSTER_IFA}, PATH_ANY);
    const double moves = (double)path_value(&path, MEASURE_MOVES, everyone, PATH_ANY);
    const double stock =
        (double)path_value(&path, MEASURE_STOCK, (struct group){GROUP_PLACEMENT, PLACEMENT_RES_EXTERNAL}, 11);
    /* all stay where they went: 1 - .996^365 moved, a quarter to a home, of whom .3 count as moves */
    const double moved = CHILDREN * (1 - pow(.996, 365));
    ck_assert_double_lt(fabs(ifa - .75 * moved), z_limit * sqrt(.25 * .75 * moved + moved * .24));
    ck_assert_double_lt(fabs(stock - .25 * moved), z_limit * sqrt(.25 * moved));
    ck_assert_double_lt(fabs(moves - ifa - .3 * stock), z_limit * sqrt(.3 * .7 * stock));
    path_close(&path);
}
END_TEST

START_TEST(a_clock_never_meets_the_ends_of_its_range)
{
    /* words of 0 and of all ones give a finite wait above 0; once in 2^32 draws each is met */
    ck_assert_double_gt(carepath_uniform(0), 0);
    ck_assert_double_lt(carepath_uniform(UINT32_MAX), 1);
    ck_assert_double_gt(carepath_exponential(UINT32_MAX), 0);
    ck_assert(isfinite(carepath_exponential(0)));
    ck_assert_double_eq_tol(carepath_exponential(0), 33 * log(2), 1e-12); /* -log(2^-33) */
    static const uint32_t ends[] = {10, 10, 20, 4294967295U};
    ck_assert_int_eq(carepath_pick(ends, 4, 0), 0);
    ck_assert_int_eq(carepath_pick(ends, 4, 9), 0);
    ck_assert_int_eq(carepath_pick(ends, 4, 10), 2); /* the second has no share */
    ck_assert_int_eq(carepath_pick(ends, 4, 20), 3);
    ck_assert_int_eq(carepath_pick(ends, 4, UINT32_MAX), 3);
}
END_TEST

/* ---- birthdays ----------------------------------------------------------------------------------------- */

/* The day on which a child turns `years`, from the parts of the date: 29 February is 1 March when there is
 * none. */
static day turns(day born, int32_t years)
{
    struct civil c = date_to_civil(born);
    c.year += years;
    return date_is_civil(c) ? date_from_civil(c.year, c.month, c.day) : date_from_civil(c.year, 3, 1);
}

START_TEST(birthdays_fall_on_their_day)
{
    /* Every other date of birth of 18 years, no rates: who is here grows into each band on its exact day and
     * leaves on the 18th birthday. */
    static const int32_t bands[] = {1, 5, 10, 16, 18};
    const day origin = on(2023, 3, 31);
    struct path path;
    path_open(&path, origin, MONTHS);
    for (day born = turns(origin, -18) + 1; born <= origin; born += 2)
        path_add(&path, born, PLACEMENT_FOSTER_KIN, -1, -1);
    path_add(&path, on(2008, 2, 29), PLACEMENT_FOSTER_KIN, -1, -1);
    path_start(&path);
    struct carepath_trace trace = path_trace(&path, 0);
    int32_t birthdays = 0;
    for (size_t m = 0; m < trace.n; m++) {
        const struct carepath_mark *mark = &trace.marks[m];
        const day born = path.fit.present[mark->child].born;
        if (mark->what == CAREPATH_MARK_HERE)
            continue;
        int32_t years = 18;
        if (mark->what == CAREPATH_MARK_GROWN)
            years = age_band_first((enum age_band)mark->kind);
        else
            must(mark->what == CAREPATH_MARK_EXIT && mark->route == ROUTE_AGED_OUT, "another event");
        must(origin + mark->day == turns(born, years), "a birthday on another day");
        birthdays++;
    }
    /* and nobody's was forgotten */
    int32_t expected = 0;
    for (size_t i = 0; i < path.fit.n_present; i++)
        for (int b = 0; b < 5; b++) {
            const day date = turns(path.fit.present[i].born, bands[b]);
            expected += date > origin && date <= date_month_end(origin, MONTHS);
        }
    ck_assert_int_eq(birthdays, expected);
    ck_assert_int_gt(expected, 2500);
    free(trace.marks);
    path_close(&path);
}
END_TEST

START_TEST(a_leap_day_child_sleeps_its_last_night_on_28_february)
{
    struct path path;
    path_open(&path, on(2022, 1, 31), 3);
    path_add(&path, on(2004, 2, 29), PLACEMENT_SUPPORTED, -100, -100);
    path_add(&path, on(2004, 2, 1), PLACEMENT_SUPPORTED, -100, -100); /* leaves on the first day */
    path_start(&path);
    for (uint32_t r = 0; r < 20; r++) {
        path_run(&path, r);
        ck_assert_int_eq(path_value(&path, MEASURE_STOCK, everyone, 0), 1);
        ck_assert_int_eq(path_value(&path, MEASURE_NIGHTS, everyone, 0), 28);
        ck_assert_int_eq(path_value(&path, MEASURE_EXITS, everyone, 0), 1);
        ck_assert_int_eq(path_value(&path, MEASURE_EXITS, everyone, 1), 1);
        ck_assert_int_eq(path_value(&path, MEASURE_NIGHTS, everyone, 1), 0);
        ck_assert_int_eq(path_value(&path, MEASURE_STOCK, everyone, 1), 0);
        ck_assert_int_eq(
            path_value(&path, MEASURE_EXITS, (struct group){GROUP_ROUTE, ROUTE_AGED_OUT}, PATH_ANY), 2);
    }
    path_close(&path);
}
END_TEST

START_TEST(rates_change_on_the_birthday)
{
    /* Leaving at 10 and over only: the first trial is the night of the birthday, the first exit a day later.
     */
    struct path path;
    path_open(&path, on(2022, 3, 31), MONTHS);
    for (int32_t i = 0; i < 4000; i++)
        path_add(&path, on(2012, 9, 15), PLACEMENT_FOSTER_KIN, -1, -1);
    for (int t = 0; t < CAREPATH_TICS; t++)
        path.fit.rates.exit[AGE_10_15][PLACEMENT_FOSTER_KIN][t][ROUTE_HOME] = .3;
    path_start(&path);
    path_run(&path, 0);
    const int32_t birthday = on(2022, 9, 15) - path.fit.origin;
    int32_t first = 0;
    for (size_t i = 0; i < 4000; i++) {
        const struct carepath_next next = live_once(&path, i);
        must(next.day > birthday, "an exit by the birthday");
        first += next.day == birthday + 1;
    }
    ck_assert_double_lt(fabs(first - .3 * 4000), z_limit * sqrt(.3 * .7 * 4000));
    path_close(&path);
}
END_TEST

/* ---- real states --------------------------------------------------------------------------------------- */

START_TEST(children_here_keep_their_clocks)
{
    /* A rate in days 183 to 273 of care alone, or of placement alone, .2 a day: nobody is left after 91. */
    static const struct {
        int32_t care, stay, first, last; /* first and last day of exits */
        bool by_care;
    } cases[] = {
        {-200, -10, 1, 74, true},     {-183, -10, 1, 91, true},      {-100, -10, 84, 174, true},
        {-1000, -183, 1, 182, false}, {-1000, -20, 164, 345, false},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        struct path path;
        path_open(&path, on(2022, 3, 31), 24);
        add_children(&path, 2000, cases[c].care, cases[c].stay);
        path_exit(&path, PATH_ANY, ROUTE_HOME, .2);
        struct carepath_rates *rates = &path.fit.rates;
        for (int t = 0; cases[c].by_care && t < CAREPATH_TICS; t++)
            if (t == CAREPATH_START_UNKNOWN || lexis_tic_edges[t] != 183)
                rates->exit[AGE_5_9][PLACEMENT_FOSTER_INHOUSE][t][ROUTE_HOME] = 0;
        for (int p = 0; !cases[c].by_care && p < LEXIS_TIPS; p++)
            rates->exit_tip[PLACEMENT_FOSTER_INHOUSE][p] = lexis_tip_edges[p] == 183;
        path_start(&path);
        path_run(&path, 0);
        int32_t first = INT32_MAX;
        int32_t last = 0;
        for (size_t i = 0; i < 2000; i++) {
            const struct carepath_next next = live_once(&path, i);
            if (next.event == CAREPATH_STAYS)
                continue;
            first = next.day < first ? next.day : first;
            last = next.day > last ? next.day : last;
        }
        ck_assert_int_eq(first, cases[c].first); /* 400 of 2000 leave on it */
        ck_assert_int_le(last, cases[c].last);
        ck_assert_int_ge(path_value(&path, MEASURE_EXITS, everyone, PATH_ANY), 1990);
        path_close(&path);
    }
}
END_TEST

START_TEST(an_unknown_start_has_rates_of_its_own)
{
    struct path path;
    path_open(&path, on(2022, 3, 31), 24);
    for (int32_t i = 0; i < 1000; i++)
        path_add(&path, on(2014, 6, 1), PLACEMENT_FOSTER_KIN, -10, -10)->start_known = i % 2 == 0;
    for (int k = 0; k < LEXIS_KINDS; k++)
        path.fit.rates.exit[k][PLACEMENT_FOSTER_KIN][CAREPATH_START_UNKNOWN][ROUTE_HOME] = .1;
    path_start(&path);
    path_run(&path, 0);
    for (size_t i = 0; i < 1000; i++)
        ck_assert_int_eq(live_once(&path, i).event, i % 2 == 0 ? CAREPATH_STAYS : CAREPATH_LEAVES);
    path_close(&path);
}
END_TEST

Suite *suite_carepath_life(void)
{
    Suite *suite = suite_create("carepath_life");
    TCase *tcase = tcase_create("lives");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, stays_follow_the_law_of_their_hazards);
    tcase_add_test(tcase, observed_rates_are_the_rates);
    tcase_add_test(tcase, rates_hold_in_every_band);
    tcase_add_test(tcase, routes_and_moves_have_their_shares);
    tcase_add_test(tcase, destinations_and_counted_moves_have_their_shares);
    tcase_add_test(tcase, a_clock_never_meets_the_ends_of_its_range);
    tcase_add_test(tcase, birthdays_fall_on_their_day);
    tcase_add_test(tcase, a_leap_day_child_sleeps_its_last_night_on_28_february);
    tcase_add_test(tcase, rates_change_on_the_birthday);
    tcase_add_test(tcase, children_here_keep_their_clocks);
    tcase_add_test(tcase, an_unknown_start_has_rates_of_its_own);
    suite_add_tcase(suite, tcase);
    return suite;
}
