/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rates are set so that the steady stock, its mix, the ages and the ways out come near the English
 * figures for the year ending 31 March 2022 (DfE, Children looked after in England: stock by placement and
 * age, starts by age and need, ceased by reason). They are a planning fiction with the right margins, not
 * estimates. Rates fall with time in care, which gives durations their long tail. */
#include "study/synth_rates.h"

const int32_t synth_care_days[SYNTH_CARE_BANDS] = {0, 30, 91, 183, 365, 730, 1461};
const int32_t synth_stay_days[SYNTH_STAY_BANDS] = {0, 30, 183, 730};
const double synth_sibling_sizes[SYNTH_SIBLINGS] = {.70, .18, .08, .04};
const double synth_uasc_share = .21;
const double synth_placed_for_adoption = 1.5;
const double synth_temporary = .15;
const double synth_proceedings_later = .85;
/* After so long with the adopters a court may make the order. */
static const int32_t least_days_placed = 70;

const char *const synth_first_legals[SYNTH_FIRST_LEGALS] = {"V2", "C1", "L1", "L2", "C2", "J1"};

#define EVERY_AGE                                                                                            \
    {                                                                                                        \
        1, 1, 1, 1, 1                                                                                        \
    }
#define EVERY_PLACEMENT                                                                                      \
    {                                                                                                        \
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1                                                                      \
    }

/* Order of placements: kin, in-house, agency, adoption, parents, home in-house, home external, supported,
 * other residential, secure, other. Order of ages: 0, 1-4, 5-9, 10-15, 16-17. */
const struct synth_rates synth_rates_family =
    {
        .exit_by_care =
            {
                [ROUTE_HOME] = {1.10, .45, .23, .16, .085, .04, .02},
                [ROUTE_SGO] = {.04, .10, .25, .42, .32, .13, .05},
                [ROUTE_ADOPTION] = {1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5},
                [ROUTE_TRANSFER] = {.05, .03, .012, .008, .006, .004, .003},
                [ROUTE_CUSTODY] = {.015, .006, .004, .003, .002, .002, .002},
                [ROUTE_DIED] = {.0005, .0005, .0005, .0005, .0005, .0005, .0005},
                [ROUTE_OTHER] = {.5, .18, .07, .04, .025, .02, .02},
            },
        .exit_by_age =
            {
                [ROUTE_HOME] = {.7, 1, 1, 1, 1},
                [ROUTE_SGO] = {1.3, 1.3, .8, .3, .05},
                [ROUTE_ADOPTION] = EVERY_AGE,
                [ROUTE_TRANSFER] = EVERY_AGE,
                [ROUTE_CUSTODY] = {0, 0, 0, 1, 4},
                [ROUTE_DIED] = EVERY_AGE,
                [ROUTE_OTHER] = {.4, .5, .6, 1, 1.6},
            },
        .exit_by_placement =
            {
                [ROUTE_HOME] = {.9, .8, .6, 0, 1.8, .8, .6, 1, 1, 2, 1.5},
                [ROUTE_SGO] = {2.4, .7, .6, 0, .8, .1, .05, .05, .1, 0, .1},
                [ROUTE_ADOPTION] = {0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0},
                [ROUTE_TRANSFER] = {1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1},
                [ROUTE_CUSTODY] = {.3, .5, .6, 0, 1, 2, 2, 2, 1, 15, 3},
                [ROUTE_DIED] = EVERY_PLACEMENT,
                [ROUTE_OTHER] = {1, 1, .8, 0, 1, 1, 1, 1.3, 1.5, 3, 2},
            },
        .move_by_stay = {2.2, .95, .30, .11},
        .move_by_age = {.9, .9, .8, 1.2, 1.9},
        .move_by_placement = {.7, 1, 1.1, .1, .5, 1.2, 1.1, .6, 1, 2, 1.5},
        .first_placement =
            {
                {.20, .47, .17, 0, .11, 0, 0, 0, .05, 0, 0},
                {.24, .40, .22, 0, .12, 0, 0, 0, .02, 0, 0},
                {.22, .35, .31, 0, .08, 0, .03, 0, .01, 0, 0},
                {.15, .27, .33, 0, .05, .03, .13, 0, .01, .01, .02},
                {.06, .12, .13, 0, .03, .04, .13, .44, .01, .02, .02},
            },
        .destination =
            {
                {.26, .34, .22, 0, .16, 0, 0, 0, .02, 0, 0},
                {.24, .32, .26, 0, .16, 0, .01, 0, .01, 0, 0},
                {.19, .30, .36, 0, .10, .01, .03, 0, .01, 0, 0},
                {.11, .20, .34, 0, .07, .05, .19, 0, .01, .01, .02},
                {.05, .08, .14, 0, .05, .03, .13, .48, .01, .01, .02},
            },
        .start_age = {.295, .145, .15, .275, .135},
        .need = {.685, .022, .029, .09, .13, .022, .002, .02, 0},
        .readmission = {.22, .05, 0, 0, 0, .10, 0, .10},
        .first_legal = {.43, .40, .11, .02, .01, .03},
};

const struct synth_rates synth_rates_uasc = {
    .exit_by_care =
        {
            [ROUTE_HOME] = {.02, .02, .01, .01, .01, .01, .01},
            [ROUTE_TRANSFER] = {.60, .40, .15, .08, .05, .03, .03},
            [ROUTE_DIED] = {.0005, .0005, .0005, .0005, .0005, .0005, .0005},
            [ROUTE_OTHER] = {.30, .20, .10, .05, .03, .03, .03},
        },
    .exit_by_age = {[ROUTE_HOME] = EVERY_AGE,
                    [ROUTE_TRANSFER] = EVERY_AGE,
                    [ROUTE_DIED] = EVERY_AGE,
                    [ROUTE_OTHER] = EVERY_AGE},
    .exit_by_placement = {[ROUTE_HOME] = EVERY_PLACEMENT,
                          [ROUTE_TRANSFER] = EVERY_PLACEMENT,
                          [ROUTE_DIED] = EVERY_PLACEMENT,
                          [ROUTE_OTHER] = EVERY_PLACEMENT},
    .move_by_stay = {1.4, .8, .4, .2},
    .move_by_age = {.8, .9, .8, 1, 1},
    .move_by_placement = {.6, .9, 1, .1, 1, 1.1, 1, .9, 1, 4, 4},
    .first_placement = {{0, .5, .5, 0, 0, 0, 0, 0, 0, 0, 0},
                        {0, .5, .5, 0, 0, 0, 0, 0, 0, 0, 0},
                        {.05, .35, .6, 0, 0, 0, 0, 0, 0, 0, 0},
                        {.05, .27, .58, 0, 0, .02, .08, 0, 0, 0, 0},
                        {.02, .10, .22, 0, 0, .01, .03, .62, 0, 0, 0}},
    .destination = {{0, .5, .5, 0, 0, 0, 0, 0, 0, 0, 0},
                    {0, .5, .5, 0, 0, 0, 0, 0, 0, 0, 0},
                    {.05, .35, .6, 0, 0, 0, 0, 0, 0, 0, 0},
                    {.05, .25, .6, 0, 0, .02, .08, 0, 0, 0, 0},
                    {.02, .08, .15, 0, 0, .01, .04, .70, 0, 0, 0}},
    .start_age = {0, 0, 0, .15, .85},
    .need = {0, 0, 0, 0, 0, 0, 0, 1, 0},
    .readmission = {0},
    .first_legal = {1, 0, 0, 0, 0, 0},
};

static int32_t band_of(const int32_t first_days[], int32_t n, int32_t days)
{
    int32_t band = n - 1;
    while (band > 0 && days < first_days[band])
        band--;
    return band;
}

static int32_t next_band(const int32_t first_days[], int32_t n, int32_t days)
{
    const int32_t band = band_of(first_days, n, days) + 1;
    return band < n ? first_days[band] : INT32_MAX;
}

int32_t synth_next_care_band(int32_t days_in_care)
{
    return next_band(synth_care_days, SYNTH_CARE_BANDS, days_in_care);
}

int32_t synth_next_stay_band(int32_t days_in_stay)
{
    /* the adopters' waiting time is a boundary too */
    const int32_t next = next_band(synth_stay_days, SYNTH_STAY_BANDS, days_in_stay);
    return days_in_stay < least_days_placed && least_days_placed < next ? least_days_placed : next;
}

double synth_exit_rate(const struct synth_rates *rates, enum route route, enum placement_group group,
                       enum age_band age, int32_t days_in_care, int32_t days_in_stay)
{
    if (route == ROUTE_ADOPTION && days_in_stay < least_days_placed)
        return 0;
    return rates->exit_by_care[route][band_of(synth_care_days, SYNTH_CARE_BANDS, days_in_care)] *
           rates->exit_by_age[route][age] * rates->exit_by_placement[route][group];
}

double synth_home_factor(const char *legal)
{
    static const double by_agreement = 1.9;
    static const double under_order = .6;
    static const double before_adoption = .05;
    return legal[0] == 'V' ? by_agreement : legal[0] == 'E' ? before_adoption : under_order;
}

double synth_move_rate(const struct synth_rates *rates, enum placement_group group, enum age_band age,
                       int32_t days_in_stay)
{
    return rates->move_by_stay[band_of(synth_stay_days, SYNTH_STAY_BANDS, days_in_stay)] *
           rates->move_by_age[age] * rates->move_by_placement[group];
}
