/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/carepath.h: inside the model of paths through care: what it learns, and how one child lives.
 *
 * Ownership: a fit owns its arrays and borrows the history; carepath_fit_free releases them.
 *
 * Every child in care at the origin, from its real state, and every child to come lives one path at a time:
 * stays that end by an exit or a change of placement, each at a hazard that is constant in a cell of kind
 * (age band, or unaccompanied), placement group, time in care and time in placement; the 18th birthday ends
 * what is left; those who leave may come back. The rates wander: one level of entries and one of exits,
 * learned month by month from the counts, go on wandering in each replicate. */
#ifndef TURNCURVE_MODELS_CAREPATH_H
#define TURNCURVE_MODELS_CAREPATH_H

#include "models/lexis.h"
#include "numeric/state_space.h"
#include "sim/model.h"

enum {
    CAREPATH_GROUPS = PLACEMENT_COUNT,
    CAREPATH_TICS = LEXIS_TICS + 1,      /* bands of time in care; the last: its start is not known */
    CAREPATH_START_UNKNOWN = LEXIS_TICS, /* that band */
    CAREPATH_MOVING = ROUTE_COUNT,       /* the process of changing placement, beside the routes out */
    CAREPATH_PROCESSES,
    CAREPATH_RETURN_BANDS = 7, /* bands of time since leaving */
    CAREPATH_SIBLINGS = 4,     /* children that come at once, at most */
    /* changes of placement that the mix of a kind is worth to a group's destinations, and that of all to a
       kind's */
    CAREPATH_DESTINATION_WORTH = 20,
    CAREPATH_FIRST_WORTH =
        20, /* children that the first placements of all ages are worth beside a kind's own */
};

/* ---- rates of leaving and changing placement ---------------------------------------------------------- */

/* What happened, and for how many child-days it could have. */
struct carepath_seen {
    double exposure[LEXIS_KINDS][CAREPATH_GROUPS][CAREPATH_TICS][LEXIS_TIPS];
    double events[CAREPATH_PROCESSES][LEXIS_KINDS][CAREPATH_GROUPS][CAREPATH_TICS][LEXIS_TIPS];
    double to[LEXIS_KINDS][CAREPATH_GROUPS]
             [CAREPATH_GROUPS];                       /* changes of placement by group left and gone to */
    double counted[CAREPATH_GROUPS][CAREPATH_GROUPS]; /* of these, moves to a new carer */
    double legal[LEXIS_KINDS][CAREPATH_GROUPS][CAREPATH_TICS][LEGAL_COUNT]; /* child-days */
};

/* Daily hazards; that of a cell is the product of its entry and the factor of time in placement. */
struct carepath_rates {
    double exit[LEXIS_KINDS][CAREPATH_GROUPS][CAREPATH_TICS][ROUTE_COUNT]; /* ROUTE_AGED_OUT: 0 */
    double move[LEXIS_KINDS][CAREPATH_GROUPS][CAREPATH_TICS];
    double exit_tip[CAREPATH_GROUPS][LEXIS_TIPS], move_tip[CAREPATH_GROUPS][LEXIS_TIPS];
    double destination[LEXIS_KINDS][CAREPATH_GROUPS][CAREPATH_GROUPS]; /* rows sum to 1 */
    double counted[CAREPATH_GROUPS][CAREPATH_GROUPS];                  /* share of changes that are moves */
    /* Events that a rate rests on, own and borrowed: the shape of its gamma posterior. */
    double exit_events[LEXIS_KINDS][CAREPATH_GROUPS], move_events[LEXIS_KINDS][CAREPATH_GROUPS];
    /* The same of margins, beyond what is not known of the cells in them. */
    double exit_tic_events[CAREPATH_TICS], move_tic_events[CAREPATH_TICS];
    double route_events[ROUTE_COUNT];
    /* The parent's worth beside a cell's own events, in expected events: the deviation of (kind, group, time
     * in care) from the product of the factors, by process. */
    double strength[CAREPATH_PROCESSES];
    /* How far a cell is its own: the share of its rate that the product of the factors gives, and the shape
     * of the rate's gamma posterior. */
    double borrowed[CAREPATH_PROCESSES][LEXIS_KINDS][CAREPATH_GROUPS][CAREPATH_TICS];
    double shape[CAREPATH_PROCESSES][LEXIS_KINDS][CAREPATH_GROUPS][CAREPATH_TICS];
};

/* Fits rates to what was seen. Each process is an English rate by age x factors of the authority, kind,
 * group, time in care and time in placement (fitted in turn, each leaning on 1), x the deviation of each
 * cell, shrunk by the spread of all of them (Clayton and Kaldor 1987, Biometrics 43:671, by moments).
 * prior_events: what the English rate of a process is worth in the authority's own. Cost: some 5 million
 * steps. */
void carepath_rates_fit(const struct carepath_seen *seen, double prior_events, struct carepath_rates *out);
/* The rate of a process in a cell, a day. */
double carepath_rate(const struct carepath_rates *rates, int process, int kind, int group, int tic, int tip);
/* The band of time in care of a piece. */
int carepath_tic(const struct lexis_piece *piece);

/* ---- who comes ---------------------------------------------------------------------------------------- */

struct carepath_entries {
    double a_day; /* children a day, those unaccompanied and those who come back apart, at level 1 */
    double uasc_a_day;
    double events, uasc_events; /* children that these rest on */
    double kind[LEXIS_KINDS];   /* share of each stream; sums to 1 over the kinds of each */
    double kind_events[LEXIS_KINDS];
    double age[LEXIS_KINDS][LEXIS_ADULT];       /* age in completed years within a kind; rows sum to 1 */
    double infant[12];                          /* month of life of those under 1; sums to 1 */
    double first[LEXIS_KINDS][CAREPATH_GROUPS]; /* first placement; rows sum to 1 */
    double borrowed[LEXIS_KINDS]; /* share of kind x first that England's ages and the mix of all ages give */
    double need[NEED_COUNT];
    double *locality;                   /* [history.n_localities], NULL when none are stored */
    double season[12];                  /* factors, January first; day-weighted mean 1 */
    double siblings[CAREPATH_SIBLINGS]; /* shares of groups of 1, 2, .. */
    double *exposure; /* [kinds x months] children of a kind's ages over those at the origin */
};

/* ---- who comes back ----------------------------------------------------------------------------------- */

extern const int32_t carepath_return_edges[CAREPATH_RETURN_BANDS];
/* Whether somebody who left by a route can come back as the same child. */
bool carepath_may_return(enum route route);

/* A child that left and may come back. */
struct carepath_leaver {
    uint64_t key;
    day left, born;
    bool uasc;
    uint8_t need;
    int16_t locality;
};
struct carepath_returns {
    double hazard[CAREPATH_RETURN_BANDS];                                  /* a day */
    double events[CAREPATH_RETURN_BANDS], exposure[CAREPATH_RETURN_BANDS]; /* own */
    double kind_events[LEXIS_KINDS][CAREPATH_RETURN_BANDS], kind_exposure[LEXIS_KINDS][CAREPATH_RETURN_BANDS];
    double borrowed[CAREPATH_RETURN_BANDS]; /* share of a hazard that the English one gives */
    double kind_factor[LEXIS_KINDS];
    double leavers_a_day; /* who may come back */
    struct carepath_leaver *leavers;
    size_t n_leavers;
};

/* ---- who is here -------------------------------------------------------------------------------------- */

struct carepath_child {
    uint64_t key;
    uint8_t kind, group, need;
    bool start_known;
    int16_t locality;
    day born, spell_start, stay_start;
};

/* ---- levels that wander -------------------------------------------------------------------------------- */

enum carepath_level {
    LEVEL_ENTRY_MEAN,      /* log, random walk: what all authorities share goes in here */
    LEVEL_ENTRY_DEVIATION, /* from it; comes back */
    LEVEL_ENTRY_SLOPE,     /* of the mean, a month; damped */
    LEVEL_ENTRY_YEAR,      /* of one financial year, anew each April */
    LEVEL_EXIT_MEAN,
    LEVEL_EXIT_DEVIATION,
    LEVEL_EXIT_YEAR,
    LEVEL_UASC, /* of unaccompanied children; comes back */
    LEVEL_COUNT
};
struct carepath_step { /* from one month to the next */
    double transition[STATE_SPACE_MOST][STATE_SPACE_MOST];
    double noise[STATE_SPACE_MOST][STATE_SPACE_MOST];
};
struct carepath_levels {
    struct state_space now;                                    /* at the origin */
    struct carepath_step month, new_year;                      /* into another month, and into April */
    double entry_dispersion, exit_dispersion, uasc_dispersion; /* variance over mean of a month's counts */
    double exits_a_month;                                      /* expected of the last year, at level 1 */
    double entry_spread, exit_spread; /* sd of the yearly innovations over the English one */
};

/* What happened month by month: month 0 is the first after `from`, the last that of the origin. */
struct carepath_months {
    int32_t n;
    double *entries, *uasc, *exits; /* seen; entries but for those who come back and unaccompanied */
    double *expected_entries, *expected_uasc, *expected_exits; /* at level 1 */
};

struct carepath_fit {
    const struct history *history; /* borrowed */
    day from, origin;              /* learned from the days after `from`, to the end of `origin` */
    int32_t months;
    uint64_t seed;
    struct carepath_seen *seen;
    struct carepath_rates rates;
    struct carepath_entries entries;
    struct carepath_returns returns;
    struct carepath_levels levels;
    struct carepath_child *present;
    size_t n_present;
    double rate_uncertainty; /* 0: none */
    double mix_drift;        /* log sd a year of a group's share of placements */
};

/* Learns everything from what is known at the origin. ERR_DATA when less than a year, or nobody, is known.
 * Cost: the children's stays, and some ten million steps for the rates. */
bool carepath_fit_make(const struct model_input *input, const struct params *params, struct carepath_fit *out,
                       struct err *err);
void carepath_fit_free(struct carepath_fit *fit);

/* Gives a fit the rates, entries, returns and levels of an earlier one, which is emptied; who is here and who
 * is away stay those of the fit's own origin. input: that of the earlier fit. */
void carepath_hold(struct carepath_fit *fit, struct carepath_fit *earlier, const struct model_input *input);

/* ---- parts of carepath_fit_make, each in a file of its own -------------------------------------------- */

/* Who came: streams, ages, first placements, season, exposure. */
bool carepath_entries_fit(struct carepath_fit *fit, const struct model_input *input,
                          const struct params *params, struct err *err);
/* Children of a kind's ages on a day over those at the origin; 1 where none are known, and for unaccompanied
 * children, who do not come from among them. */
double carepath_exposure(const struct model_input *input, int kind, day date);
/* The same of all kinds but those, each by its share of entries at the origin. */
double carepath_exposure_all(const struct carepath_entries *entries, const struct model_input *input,
                             day date);
/* Children who live in the authority on a day, by interpolation of what is published; NaN when nothing is. */
double carepath_population(const struct model_input *input, day date);
/* Who left and came back. */
bool carepath_returns_fit(struct carepath_fit *fit, struct err *err);
/* Entries a day of children who left before the history begins and come back `days` after its beginning: they
 * look like new children. */
double carepath_returns_unseen(const struct carepath_returns *returns, double leavers_a_day, int32_t days);
/* Counts the months; needs rates and entries. */
bool carepath_months_count(const struct carepath_fit *fit, const struct model_input *input,
                           struct carepath_months *out, struct err *err);
void carepath_months_free(struct carepath_months *months);
/* The levels at the origin and how they go on. */
void carepath_levels_fit(struct carepath_fit *fit, const struct carepath_months *months,
                         const struct params *params);

enum carepath_flow { CAREPATH_ENTRIES, CAREPATH_EXITS, CAREPATH_UASC, CAREPATH_FLOWS };
/* Log levels of a month, with their variance: as known before its counts, and after them. */
struct carepath_level_month {
    double ahead[CAREPATH_FLOWS], ahead_variance[CAREPATH_FLOWS];
    double level[CAREPATH_FLOWS], variance[CAREPATH_FLOWS];
};
/* The way of the fitted levels through the same months; path[months->n]. */
void carepath_levels_path(const struct carepath_fit *fit, const struct carepath_months *months,
                          struct carepath_level_month path[]);

#endif
