/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/synth_rates.h, internal to study/synth: the rates by which synthetic children live.
 *
 * Ownership: constants. */
#ifndef TURNCURVE_STUDY_SYNTH_RATES_H
#define TURNCURVE_STUDY_SYNTH_RATES_H

#include "data/group.h"

enum { SYNTH_CARE_BANDS = 7, SYNTH_STAY_BANDS = 4, SYNTH_SIBLINGS = 4, SYNTH_FIRST_LEGALS = 6 };

/* First days of the bands of time in care and time in placement. */
extern const int32_t synth_care_days[SYNTH_CARE_BANDS];
extern const int32_t synth_stay_days[SYNTH_STAY_BANDS];

/* Rates are per child-year; a route's rate is the product of its three margins, a move's too. */
struct synth_rates {
    double exit_by_care[ROUTE_COUNT][SYNTH_CARE_BANDS];
    double exit_by_age[ROUTE_COUNT][AGE_COUNT];
    double exit_by_placement[ROUTE_COUNT][PLACEMENT_COUNT];
    double move_by_stay[SYNTH_STAY_BANDS];
    double move_by_age[AGE_COUNT];
    double move_by_placement[PLACEMENT_COUNT];
    double first_placement[AGE_COUNT][PLACEMENT_COUNT]; /* weights */
    double destination[AGE_COUNT][PLACEMENT_COUNT];     /* weights of the group that a move goes to */
    double start_age[AGE_COUNT];                        /* weights; of a sibling group, the oldest's */
    double need[NEED_COUNT];                            /* weights */
    double readmission[ROUTE_COUNT];                    /* share that comes back, if still under 18 */
    double first_legal[SYNTH_FIRST_LEGALS];             /* weights of synth_first_legals */
};
extern const char *const synth_first_legals[SYNTH_FIRST_LEGALS];

/* Children but for unaccompanied asylum seekers, and those. */
extern const struct synth_rates synth_rates_family, synth_rates_uasc;

extern const double synth_sibling_sizes[SYNTH_SIBLINGS]; /* shares of groups of 1, 2, 3, 4 */
extern const double synth_uasc_share;                    /* of arrivals */
extern const double synth_placed_for_adoption;           /* per child-year under a placement order */
extern const double synth_proceedings_later;             /* share of V2 entries that proceedings follow */
extern const double synth_temporary;                     /* temporary placements per child-year */

/* The hazard of a route out, per child-year. */
double synth_exit_rate(const struct synth_rates *rates, enum route route, enum placement_group group,
                       enum age_band age, int32_t days_in_care, int32_t days_in_stay);
/* What a legal status does to the hazard of going home: by agreement more, under an order less. */
double synth_home_factor(const char *legal);
/* The hazard of an ordinary move, per child-year. */
double synth_move_rate(const struct synth_rates *rates, enum placement_group group, enum age_band age,
                       int32_t days_in_stay);
/* The next day on which a band begins, counted as days since the start of care (or of the stay); INT32_MAX
 * when none follows. */
int32_t synth_next_care_band(int32_t days_in_care);
int32_t synth_next_stay_band(int32_t days_in_stay);

#endif
