/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rates from cells made by hand. Where cells say nothing the English rate is what is left; where they say
 * much, their events are what is expected. */
#include "models/carepath.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numeric/dist.h"
#include "numeric/stream.h"

Suite *suite_carepath_rates(void);

static const double year_days = 365.25;

static const double england_stock[AGE_COUNT] =
#define ENGLAND_STOCK(age_0, age_1_4, age_5_9, age_10_15, age_16_17)                                         \
    {age_0, age_1_4, age_5_9, age_10_15, age_16_17};
#define ENGLAND_EXIT(route, age_0, age_1_4, age_5_9, age_10_15, age_16_17)
#include "models/england.def"
#undef ENGLAND_STOCK
#undef ENGLAND_EXIT
    static const double england_leavers[ROUTE_COUNT][AGE_COUNT] = {
#define ENGLAND_STOCK(age_0, age_1_4, age_5_9, age_10_15, age_16_17)
#define ENGLAND_EXIT(route, age_0, age_1_4, age_5_9, age_10_15, age_16_17)                                   \
    [ROUTE_##route] = {age_0, age_1_4, age_5_9, age_10_15, age_16_17},
#include "models/england.def"
#undef ENGLAND_STOCK
#undef ENGLAND_EXIT
};

/* The English rate a day; a rate that nobody has seen is 1e-5 a year. */
static double england(int route, int kind)
{
    const enum age_band band = lexis_kind_band(kind);
    const bool family = route == ROUTE_HOME || route == ROUTE_SGO || route == ROUTE_ADOPTION;
    const double share = family && lexis_kind_is_uasc(kind) ? .1 : 1;
    return fmax(1e-5, share * england_leavers[route][band] / england_stock[band]) / year_days;
}

/* Large tables: static, one test is one process. */
static struct carepath_seen seen;
static struct carepath_rates rates;

struct cell {
    int k, g, t, p; /* kind, group, band of time in care, of time in placement */
};
enum { CELLS = LEXIS_KINDS * CAREPATH_GROUPS * CAREPATH_TICS * LEXIS_TIPS };

static struct cell cell_at(int i)
{
    const int t = i / LEXIS_TIPS;
    const int g = t / CAREPATH_TICS;
    return (struct cell){g / CAREPATH_GROUPS, g % CAREPATH_GROUPS, t % CAREPATH_TICS, i % LEXIS_TIPS};
}

static double exposure(struct cell c)
{
    return seen.exposure[c.k][c.g][c.t][c.p];
}

static double events_of(int process, struct cell c)
{
    return seen.events[process][c.k][c.g][c.t][c.p];
}

static double rate_of(int process, struct cell c)
{
    return carepath_rate(&rates, process, c.k, c.g, c.t, c.p);
}

/* Events seen and expected of a process in the cells of a kind, group and band of care (-1: of all). */
static void sums(int process, int kind, int group, int tic, double *events, double *expected)
{
    *events = *expected = 0;
    for (int i = 0; i < CELLS; i++) {
        const struct cell c = cell_at(i);
        if ((kind >= 0 && c.k != kind) || (group >= 0 && c.g != group) || (tic >= 0 && c.t != tic))
            continue;
        *events += events_of(process, c);
        *expected += exposure(c) * rate_of(process, c);
    }
}

/* ---- little is known ----------------------------------------------------------------------------------- */

START_TEST(without_exposure_england_is_left)
{
    carepath_rates_fit(&seen, 1, &rates);
    for (int i = 0; i < CELLS; i++) {
        const struct cell c = cell_at(i);
        for (int r = 0; r < ROUTE_COUNT; r++) {
            const double must = r == ROUTE_AGED_OUT ? 0 : england(r, c.k);
            if (!(fabs(rate_of(r, c) - must) <= 1e-12 * must))
                ck_abort_msg("route %d, kind %d: %g instead of %g", r, c.k, rate_of(r, c), must);
        }
        const double moves = rate_of(CAREPATH_MOVING, c);
        if (!(fabs(moves - .7 / year_days) <= 1e-12))
            ck_abort_msg("changes of placement: %g", moves);
    }
}
END_TEST

START_TEST(an_empty_cell_has_its_parents_rate)
{
    /* Kinds and groups with deviations of their own, two by two without a day: these have the product of what
     * their rows and columns say. */
    for (int i = 0; i < CELLS; i++) {
        const struct cell c = cell_at(i);
        const bool is_empty = (c.k == 2 || c.k == 3) && (c.g == 1 || c.g == 2);
        if (c.k >= 5 || c.g >= 4 || c.t > 2 || c.p > 1 || is_empty)
            continue;
        seen.exposure[c.k][c.g][c.t][c.p] = 20000;
        seen.events[ROUTE_HOME][c.k][c.g][c.t][c.p] = 4 + 3 * c.k + 2 * c.g + ((c.k * c.g + c.t) % 3) * 5;
    }
    carepath_rates_fit(&seen, 1, &rates);
    for (int t = 0; t < 3; t++) {
        double scaled[2][2];
        for (int k = 0; k < 2; k++)
            for (int g = 0; g < 2; g++)
                scaled[k][g] = rates.exit[2 + k][1 + g][t][ROUTE_HOME] / england(ROUTE_HOME, 2 + k);
        ck_assert_double_gt(scaled[0][0], 0);
        ck_assert_double_eq_tol(scaled[0][0] * scaled[1][1] / (scaled[0][1] * scaled[1][0]), 1, 1e-9);
    }
    /* while a cell that has days of its own departs from that */
    const double k0 = rates.exit[0][0][0][ROUTE_HOME] / england(ROUTE_HOME, 0);
    const double k1 = rates.exit[1][1][0][ROUTE_HOME] / england(ROUTE_HOME, 1);
    const double x0 = rates.exit[0][1][0][ROUTE_HOME] / england(ROUTE_HOME, 0);
    const double x1 = rates.exit[1][0][0][ROUTE_HOME] / england(ROUTE_HOME, 1);
    ck_assert_double_gt(fabs(k0 * k1 / (x0 * x1) - 1), .01);
}
END_TEST

START_TEST(no_event_is_a_small_rate_and_never_none)
{
    /* 40,000 child-days of 10-15, 14.5 leavers by England's rates: so many went home and nobody left by
     * another route. Its rate is lower than England's, above 0; England's where days are too few to tell. */
    for (int p = 0; p < LEXIS_TIPS; p++) {
        seen.exposure[AGE_10_15][PLACEMENT_FOSTER_IFA][5][p] = 8000;
        seen.events[ROUTE_HOME][AGE_10_15][PLACEMENT_FOSTER_IFA][5][p] = 2.9;
    }
    carepath_rates_fit(&seen, 1, &rates);
    for (int r = 0; r < ROUTE_COUNT; r++) {
        if (r == ROUTE_AGED_OUT || r == ROUTE_HOME)
            continue;
        const double english = england(r, AGE_10_15);
        const double share = carepath_rate(&rates, r, AGE_10_15, PLACEMENT_FOSTER_IFA, 5, 1) / english;
        ck_assert_double_gt(share, 0);
        ck_assert_double_lt(share, 1.02);
        if (40000 * english > 1) /* to relatives 5.3, other 1.5 expected */
            ck_assert_double_lt(share, .5);
        if (40000 * english < .05) /* deaths, .035 expected: four factors of (0 + 1) / (.035 + 1) at most */
            ck_assert_double_gt(share, .87);
    }
}
END_TEST

/* ---- much is known ------------------------------------------------------------------------------------- */

static const double moving_truth = .003;

/* A law: English rate x factors of group and both times x a deviation with log sd `spread`, one for all times
 * in placement of a cell. */
static double truth_of(int process, struct cell c, double spread)
{
    struct stream own =
        stream_make(5, PURPOSE_TEST, (uint32_t)process, (uint32_t)(c.k * 1000 + c.g * 20 + c.t), 0);
    const double base = process == CAREPATH_MOVING ? moving_truth : england(process, c.k);
    const double factors = (.5 + .2 * c.g) * (c.t == 0 ? 3 : .7 + .05 * c.t) * (c.p == 0 ? 2 : .8);
    return base * factors * exp(spread * stream_normal(&own));
}

/* Cells with exposure, and events by that law; Poisson where luck is wanted. */
static void fill(double days, double spread, bool luck)
{
    struct stream stream = stream_make(4, PURPOSE_TEST, 0, 0, 0);
    for (int i = 0; i < CELLS; i++) {
        const struct cell c = cell_at(i);
        if (c.g > 6 || (lexis_kind_is_uasc(c.k) && c.g < 3))
            continue;
        seen.exposure[c.k][c.g][c.t][c.p] = days * (1 + c.g) / (1 + c.p);
        for (int r = 0; r < CAREPATH_PROCESSES; r++) {
            if (r == ROUTE_AGED_OUT)
                continue;
            const double mean = exposure(c) * truth_of(r, c, spread);
            seen.events[r][c.k][c.g][c.t][c.p] =
                luck ? dist_poisson_quantile(mean, stream_uniform(&stream)) : mean;
        }
    }
}

START_TEST(without_more_spread_than_chance_cells_keep_the_product)
{
    /* Events exactly as a product says: no spread at all, less than Poisson. The parent is then worth the
     * most it can be, and the rate of each cell is the product's. */
    fill(20000, 0, false);
    carepath_rates_fit(&seen, 1, &rates);
    for (int r = 0; r < CAREPATH_PROCESSES; r++) {
        if (r == ROUTE_AGED_OUT)
            continue;
        ck_assert_double_eq(rates.strength[r], 50);
        double worst = 0;
        for (int i = 0; i < CELLS; i++) {
            const struct cell c = cell_at(i);
            const double mean = exposure(c) * rate_of(r, c);
            if (mean > 20)
                worst = fmax(worst, fabs(events_of(r, c) / mean - 1));
        }
        /* factors lean on 1 and on each other's time in placement; the margins are put right */
        ck_assert_msg(worst < .08, "process %d: a cell is %f off", r, worst);
    }
}
END_TEST

START_TEST(a_cell_of_its_own_is_believed_by_its_events)
{
    /* With a log sd of .8 between cells the parent is worth few events; with none, many. */
    fill(50000, .8, true);
    carepath_rates_fit(&seen, 1, &rates);
    ck_assert_double_lt(rates.strength[ROUTE_HOME], 6);
    ck_assert_double_ge(rates.strength[ROUTE_HOME], .5);
    memset(&seen, 0, sizeof seen);
    fill(50000, 0, true);
    carepath_rates_fit(&seen, 1, &rates);
    ck_assert_double_gt(rates.strength[ROUTE_HOME], 15);
}
END_TEST

START_TEST(events_are_what_is_expected)
{
    /* Of each process in all, and along each margin of the table, however the cells deviate. */
    fill(20000, _i == 0 ? .1 : .7, true);
    carepath_rates_fit(&seen, 1, &rates);
    for (int r = 0; r < CAREPATH_PROCESSES; r++) {
        double events = 0;
        double expected = 0;
        if (r == ROUTE_AGED_OUT)
            continue;
        sums(r, -1, -1, -1, &events, &expected);
        ck_assert_msg(fabs(expected / events - 1) < .01, "process %d: %f seen, %f expected", r, events,
                      expected);
        for (int i = 0; i < LEXIS_KINDS + CAREPATH_GROUPS + CAREPATH_TICS; i++) {
            const int kind = i < LEXIS_KINDS ? i : -1;
            const int group = i >= LEXIS_KINDS && i < LEXIS_KINDS + CAREPATH_GROUPS ? i - LEXIS_KINDS : -1;
            const int tic = kind < 0 && group < 0 ? i - LEXIS_KINDS - CAREPATH_GROUPS : -1;
            sums(r, kind, group, tic, &events, &expected);
            if (events < 30)
                continue;
            ck_assert_msg(fabs(expected / events - 1) < .04,
                          "process %d, kind %d, group %d, tic %d: %f seen, %f expected", r, kind, group, tic,
                          events, expected);
        }
    }
}
END_TEST

START_TEST(shrunk_rates_are_nearer_to_the_truth)
{
    /* Squared error of the log rate, weighted by exposure: against each cell's own crude rate (half an event
     * added, so that none is 0) and against one rate for all. */
    fill(6000, .4, true);
    carepath_rates_fit(&seen, 1, &rates);
    double shrunk = 0;
    double crude = 0;
    double pooled = 0;
    double events = 0;
    double expected = 0;
    sums(ROUTE_HOME, -1, -1, -1, &events, &expected);
    double english = 0;
    for (int i = 0; i < CELLS; i++)
        english += exposure(cell_at(i)) * england(ROUTE_HOME, cell_at(i).k);
    for (int i = 0; i < CELLS; i++) {
        const struct cell c = cell_at(i);
        const double e = exposure(c);
        if (!(e > 0))
            continue;
        const double truth = log(truth_of(ROUTE_HOME, c, .4));
        shrunk += e * pow(log(rate_of(ROUTE_HOME, c)) - truth, 2);
        crude += e * pow(log((events_of(ROUTE_HOME, c) + .5) / e) - truth, 2);
        pooled += e * pow(log(england(ROUTE_HOME, c.k) * events / english) - truth, 2);
    }
    ck_assert_double_lt(shrunk, .6 * crude);
    ck_assert_double_lt(shrunk, .6 * pooled);
}
END_TEST

START_TEST(time_in_placement_is_each_groups_own)
{
    /* One group's children move in their first four weeks only, another's never then: a third, with few
     * children, is between. */
    for (int p = 0; p < LEXIS_TIPS; p++) {
        seen.exposure[AGE_10_15][0][3][p] = seen.exposure[AGE_10_15][1][3][p] = 100000;
        seen.exposure[AGE_10_15][2][3][p] = 100;
        seen.events[CAREPATH_MOVING][AGE_10_15][0][3][p] = p == 0 ? 900 : 90;
        seen.events[CAREPATH_MOVING][AGE_10_15][1][3][p] = p == 0 ? 30 : 240;
    }
    carepath_rates_fit(&seen, 1, &rates);
    double ratio[3];
    for (int g = 0; g < 3; g++)
        ratio[g] = carepath_rate(&rates, CAREPATH_MOVING, AGE_10_15, g, 3, 0) /
                   carepath_rate(&rates, CAREPATH_MOVING, AGE_10_15, g, 3, 4);
    ck_assert_double_gt(ratio[0], 5);
    ck_assert_double_lt(ratio[1], .25);
    ck_assert(ratio[2] > .5 && ratio[2] < 5);
    ck_assert_double_gt(rates.move_tip[3][0], 0); /* a group nobody has been in */
}
END_TEST

/* ---- shares -------------------------------------------------------------------------------------------- */

START_TEST(destinations_lean_on_their_kind_and_on_all)
{
    /* hand: kind 10-15 leaves in-house foster care 10 times, 6 to an agency, 4 to a home; nobody else moves.
     * All: .6, .4. The kind: (6 + 20 x .6) / 30 = .6. The group: the same. Another group of the kind takes
     * the kind's; another kind, never seen to move, takes all's. */
    double *to = seen.to[AGE_10_15][PLACEMENT_FOSTER_INHOUSE];
    to[PLACEMENT_FOSTER_IFA] = 6;
    to[PLACEMENT_RES_EXTERNAL] = 4;
    /* and kind 0 left kin 20 times for adoption: all become 6, 4 and 20 of 30 */
    seen.to[AGE_0][PLACEMENT_FOSTER_KIN][PLACEMENT_ADOPTION] = 20;
    seen.counted[PLACEMENT_FOSTER_INHOUSE][PLACEMENT_FOSTER_IFA] = 5;
    seen.counted[PLACEMENT_FOSTER_KIN][PLACEMENT_ADOPTION] = 10;
    carepath_rates_fit(&seen, 1, &rates);
    /* kind 10-15: agency (6 + 20 x 6/30) / 30 = 1/3; then in-house (6 + 20/3) / 30 = .422222 */
    ck_assert_double_eq_tol(rates.destination[AGE_10_15][PLACEMENT_FOSTER_INHOUSE][PLACEMENT_FOSTER_IFA],
                            (6 + 20.0 / 3) / 30, 1e-12);
    ck_assert_double_eq_tol(rates.destination[AGE_10_15][PLACEMENT_SECURE][PLACEMENT_FOSTER_IFA], 1.0 / 3,
                            1e-12);
    ck_assert_double_eq_tol(rates.destination[AGE_5_9][PLACEMENT_SECURE][PLACEMENT_ADOPTION], 2.0 / 3, 1e-12);
    /* counted: 15 of 30 in all; 5 of 6 leaning on .5 with 10: 10/16; none seen: .5 */
    ck_assert_double_eq_tol(rates.counted[PLACEMENT_FOSTER_INHOUSE][PLACEMENT_FOSTER_IFA], 10.0 / 16, 1e-12);
    ck_assert_double_eq_tol(rates.counted[PLACEMENT_SECURE][PLACEMENT_SECURE], .5, 1e-12);
    for (int k = 0; k < LEXIS_KINDS; k++)
        for (int g = 0; g < CAREPATH_GROUPS; g++) {
            double sum = 0;
            for (int h = 0; h < CAREPATH_GROUPS; h++)
                sum += rates.destination[k][g][h];
            ck_assert_double_eq_tol(sum, 1, 1e-12);
        }
}
END_TEST

START_TEST(the_events_behind_a_rate_are_counted)
{
    seen.exposure[AGE_5_9][3][2][1] = 1000;
    seen.events[ROUTE_SGO][AGE_5_9][3][2][1] = 4;
    seen.events[ROUTE_HOME][AGE_5_9][3][2][1] = 3;
    seen.events[CAREPATH_MOVING][AGE_5_9][3][2][1] = 9;
    carepath_rates_fit(&seen, 1, &rates);
    ck_assert_double_eq(rates.exit_events[AGE_5_9][3], 7.5);
    ck_assert_double_eq(rates.move_events[AGE_5_9][3], 9.5);
    ck_assert_double_eq(rates.exit_events[AGE_5_9][4], .5);
    /* Margins, beyond what the one cell says: 1 / (1 / e - (seen / e)^2 / cell + 1 / all). Bands of time have
     * 5 events that a factor of 1 is worth beside those seen, routes 1. */
    const double exit_tics = 1 / (1.0 / 12 - pow(7.0 / 12, 2) / 7.5 + 1.0 / (7 + 5 * CAREPATH_TICS));
    const double move_tics = 1 / (1.0 / 14 - pow(9.0 / 14, 2) / 9.5 + 1.0 / (9 + 5 * CAREPATH_TICS));
    const double sgo = 1 / (1.0 / 5 - pow(4.0 / 5, 2) / 7.5 + 1.0 / (7 + ROUTE_COUNT));
    ck_assert_double_eq_tol(rates.exit_tic_events[2], exit_tics, 1e-12);
    ck_assert_double_eq_tol(rates.move_tic_events[2], move_tics, 1e-12);
    ck_assert_double_eq_tol(rates.route_events[ROUTE_SGO], sgo, 1e-12);
    ck_assert_double_eq_tol(rates.route_events[ROUTE_DIED], 1 / (1 + 1.0 / (7 + ROUTE_COUNT)), 1e-12);
}
END_TEST

START_TEST(an_unknown_start_is_a_band_of_its_own)
{
    struct spell spell = {.start_known = true};
    const struct lexis_piece piece = {.tic = 4, .spell = &spell};
    ck_assert_int_eq(carepath_tic(&piece), 4);
    spell.start_known = false;
    ck_assert_int_eq(carepath_tic(&piece), CAREPATH_START_UNKNOWN);
}
END_TEST

Suite *suite_carepath_rates(void)
{
    Suite *suite = suite_create("carepath_rates");
    TCase *tcase = tcase_create("rates");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, without_exposure_england_is_left);
    tcase_add_test(tcase, an_empty_cell_has_its_parents_rate);
    tcase_add_test(tcase, no_event_is_a_small_rate_and_never_none);
    tcase_add_test(tcase, without_more_spread_than_chance_cells_keep_the_product);
    tcase_add_test(tcase, a_cell_of_its_own_is_believed_by_its_events);
    tcase_add_loop_test(tcase, events_are_what_is_expected, 0, 2);
    tcase_add_test(tcase, shrunk_rates_are_nearer_to_the_truth);
    tcase_add_test(tcase, time_in_placement_is_each_groups_own);
    tcase_add_test(tcase, destinations_lean_on_their_kind_and_on_all);
    tcase_add_test(tcase, the_events_behind_a_rate_are_counted);
    tcase_add_test(tcase, an_unknown_start_is_a_band_of_its_own);
    suite_add_tcase(suite, tcase);
    return suite;
}
