/* SPDX-License-Identifier: GPL-3.0-or-later
 * Closed forms, by arithmetic in R 4.2 (tests/golden/R/numeric.R) or by hand. */
#include "numeric/piecewise.h"

#include <check.h>
#include <math.h>

#include "numeric/stream.h"
#include "tests/numeric/close.h"

Suite *suite_piecewise(void);

static const double breaks[] = {91, 365, 730};
static const double hazards[] = {.004, .002, .001, .0005};
static const struct piecewise four = {.n = 4, .breaks = breaks, .hazards = hazards};

START_TEST(clocks_are_inverted)
{
    static const double u[] = {.9, .5, .3, .1, .02};
    static const double t[] = {26.3401289145, 255.573590280, 656.972804326, 2781.17018599, 6000.04601086};
    is_close(piecewise_cumulative(&four, 91), .364, 1e-14);
    is_close(piecewise_cumulative(&four, 365), .912, 1e-14);
    is_close(piecewise_cumulative(&four, 730), 1.277, 1e-14);
    for (int i = 0; i < 5; i++) {
        const double e = -log(u[i]);
        is_close(piecewise_invert(&four, e), t[i], 1e-11);
        is_close(piecewise_cumulative(&four, piecewise_invert(&four, e)), e, 1e-14);
    }
    is_close(piecewise_invert(&four, .912), 365, 1e-13); /* on a break */
    is_close(piecewise_invert(&four, 0), 0, 0);
}
END_TEST

START_TEST(the_earlier_clock_wins)
{
    /* hand: .25 - .182 = .068 at .001 a day; with x .8 from day 100: .25 - .182 - .009 = .059 at .0008 */
    static const double to_91[] = {91}, home[] = {.002, .001};
    static const double to_100[] = {91, 100}, lever[] = {.002, .001, .0008};
    static const double sgo[] = {.0003};
    const struct piecewise plain = {2, to_91, home}, slower = {3, to_100, lever}, other = {1, NULL, sgo};
    is_close(piecewise_invert(&plain, .25), 159, 1e-13);
    is_close(piecewise_invert(&slower, .25), 173.75, 1e-13);
    is_close(piecewise_invert(&other, .1), 333.333333333, 1e-11);
}
END_TEST

START_TEST(a_hazard_that_ends_may_never_come)
{
    static const double some[] = {.002, 0};
    static const double none[] = {0, 0};
    const struct piecewise ending = {2, breaks, some}, never = {2, breaks, none};
    is_close(piecewise_invert(&ending, .1), 50, 1e-13);
    ck_assert(isinf(piecewise_invert(&ending, .2)));
    is_close(piecewise_cumulative(&ending, INFINITY), .182, 1e-14);
    ck_assert(isinf(piecewise_invert(&never, 1e-9)));
    is_close(piecewise_cumulative(&never, INFINITY), 0, 0);
    is_close(piecewise_incidence(&never, none, 1000), 0, 0);
    /* nor before it begins, however soon the clock runs out */
    static const double late[] = {0, .002};
    const struct piecewise starting = {2, breaks, late};
    is_close(piecewise_invert(&starting, 0), 91, 0);
    is_close(piecewise_invert(&starting, .02), 101, 1e-13);
}
END_TEST

START_TEST(incidence_of_routes)
{
    /* R: .002 / .0025 * (1 - exp(-.9125)) */
    static const double all[] = {.0025}, home[] = {.002};
    const struct piecewise one = {1, NULL, all};
    is_close(piecewise_incidence(&one, home, 365), .478784663749, 1e-11);
    /* two routes over four pieces: together 1 - exp(-H), each by summing days of small steps */
    static const double part[] = {.001, .0015, .0002, .0005};
    double rest[4];
    for (int i = 0; i < 4; i++)
        rest[i] = hazards[i] - part[i];
    is_close(piecewise_incidence(&four, part, 900) + piecewise_incidence(&four, rest, 900),
             1 - exp(-piecewise_cumulative(&four, 900)), 1e-14);
    double sum = 0;
    for (int i = 0; i < 90000; i++) { /* midpoint rule, .01 days: error of order 1e-10 */
        const double t = (i + .5) / 100;
        const int piece = t < 91 ? 0 : t < 365 ? 1 : t < 730 ? 2 : 3;
        sum += part[piece] / 100 * exp(-piecewise_cumulative(&four, t));
    }
    is_close(piecewise_incidence(&four, part, 900), sum, 1e-9);
}
END_TEST

START_TEST(stays_are_cut_into_bands)
{
    /* Ten stays (entry, exit, event), hand: exposure and events by days in care [0, 91), [91, 183), [183,
     * 365), [365, ..); the event on day 365 belongs to the earlier band. Rates O / E. */
    static const struct {
        int32_t entry, exit;
        bool is_event;
    } stays[] = {{0, 45, true},    {0, 120, false}, {30, 95, true},   {60, 200, true},  {60, 310, true},
                 {100, 180, true}, {0, 400, false}, {150, 365, true}, {200, 390, true}, {10, 75, true}};
    static const int32_t bands[] = {91, 183, 365};
    static const double exposure[] = {415, 422, 673, 60};
    static const double events[] = {2, 2, 3, 1};
    static const double rates[] = {.00481927710843, .00473933649289, .00445765230312, .0166666666667};
    struct hazard_cell cells[4] = {{0}};
    for (size_t i = 0; i < 10; i++)
        piecewise_add_stay(bands, 3, stays[i].entry, stays[i].exit, stays[i].is_event, cells);
    piecewise_add_stay(bands, 3, 91, 91, true, cells); /* ended on the day it began: no time at risk */
    for (int i = 0; i < 4; i++) {
        is_close(cells[i].exposure, exposure[i], 0);
        is_close(cells[i].occurrences, events[i], 0);
        is_close(cells[i].occurrences / cells[i].exposure, rates[i], 1e-13);
    }
}
END_TEST

START_TEST(pieces_add_up_to_the_stay)
{
    static const int32_t bands[] = {28, 91, 183, 365, 730};
    struct stream stream = stream_make(81, PURPOSE_TEST, 0, 0, 0);
    for (int round = 0; round < 500; round++) {
        struct hazard_cell cells[6] = {{0}};
        const int32_t entry = (int32_t)(900 * stream_uniform(&stream));
        const int32_t stay = 1 + (int32_t)(900 * stream_uniform(&stream));
        double days = 0;
        double events = 0;
        piecewise_add_stay(bands, 5, entry, entry + stay, true, cells);
        for (int i = 0; i < 6; i++) {
            days += cells[i].exposure;
            events += cells[i].occurrences;
        }
        is_close(days, stay, 0);
        is_close(events, 1, 0);
    }
}
END_TEST

Suite *suite_piecewise(void)
{
    Suite *suite = suite_create("piecewise");
    TCase *tcase = tcase_create("piecewise");
    tcase_add_test(tcase, clocks_are_inverted);
    tcase_add_test(tcase, the_earlier_clock_wins);
    tcase_add_test(tcase, a_hazard_that_ends_may_never_come);
    tcase_add_test(tcase, incidence_of_routes);
    tcase_add_test(tcase, stays_are_cut_into_bands);
    tcase_add_test(tcase, pieces_add_up_to_the_stay);
    suite_add_tcase(suite, tcase);
    return suite;
}
