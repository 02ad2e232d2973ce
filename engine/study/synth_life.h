/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/synth_life.h, internal to study/synth: one child's way through care.
 *
 * Ownership: a struct synth_period is a plain value of fixed size; nothing is allocated. */
#ifndef TURNCURVE_STUDY_SYNTH_LIFE_H
#define TURNCURVE_STUDY_SYNTH_LIFE_H

#include "numeric/stream.h"
#include "study/synth_rates.h"

enum { SYNTH_MOST_STAYS = 100, SYNTH_MOST_LEGALS = 6, SYNTH_MOST_YEARS = 20 };

/* What all children share. */
struct synth_world {
    uint64_t seed;
    day begin;        /* first arrivals */
    day window_start; /* 1 April of the first return's year */
    day horizon;      /* 1 April after the last return: nothing is known from here on */
    int32_t first_year, n_years;
    double entry_multiplier[SYNTH_MOST_YEARS], exit_multiplier[SYNTH_MOST_YEARS];
};
/* The multipliers of the year a day lies in; 1 before the first return. */
double synth_entry_multiplier(const struct synth_world *world, day date);
double synth_exit_multiplier(const struct synth_world *world, day date);

struct synth_person {
    day born;
    bool uasc;
    bool male;
    uint8_t ethnic; /* index into synth_ethnics */
    enum need need;
    uint32_t number; /* CHILD */
    uint32_t family; /* siblings share it; gives the home's postcode */
};

struct synth_stay {
    day start;
    enum placement_group group;
    uint8_t provider;   /* 0..5 for PR0..PR5 */
    uint32_t carer;     /* who the child lives with: gives URN and postcode */
    bool current_carer; /* placed for adoption with the foster carer */
};
struct synth_legal {
    day start;
    const char *code;
};
/* A period of care. */
struct synth_period {
    day start, end; /* end DAY_OPEN: still in care at the horizon */
    enum route route;
    struct synth_stay stays[SYNTH_MOST_STAYS];
    int32_t n_stays;
    struct synth_legal legals[SYNTH_MOST_LEGALS];
    int32_t n_legals;
};

/* The share of a list of weights, not all 0: the index at which u falls. */
int32_t synth_choose(const double weights[], int32_t n, double u);
/* A first placement for a child who comes into care on a day. */
struct synth_stay synth_life_first_stay(const struct synth_person *person, day start, struct stream *stream);
/* Lives through a period of care from its first placement until a way out, the 18th birthday or the horizon.
 */
void synth_life_period(const struct synth_world *world, const struct synth_person *person,
                       const struct synth_stay *first, struct stream *stream, struct synth_period *out);
/* The day on which the child comes back after a period, DAY_NONE when never before 18 or the horizon. */
day synth_life_return(const struct synth_world *world, const struct synth_person *person,
                      const struct synth_period *period, struct stream *stream);

#endif
