/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/stockflow.h: inside the stock-flow model: rates, expected path, months of the chain.
 *
 * Ownership: a fit owns its children and borrows the history; a path owns its months. Each has its free
 * function.
 *
 * States are kind x time in care x placement group. A kind is an age band, or one of two for unaccompanied
 * children. Each child present at the origin is a vector of probabilities over placement groups, moved day by
 * day through the days' transition matrix; birthdays and the bands of time in care fall on their exact day.
 * Entrants of a month are Poisson; they come evenly over its days, their birthdays evenly over the year, and
 * their clock of time in care counts from the middle of the month. So the mean of every stock and flow is
 * exact for given rates, and so is the covariance of stocks: diag(m) - sum over present children of p p'
 * (Bartholomew, Forbes and McClean 1991, chapters 4 and 5). */
#ifndef TURNCURVE_MODELS_STOCKFLOW_H
#define TURNCURVE_MODELS_STOCKFLOW_H

#include "models/lexis.h"
#include "numeric/filter.h"
#include "sim/effect.h"
#include "sim/model.h"

enum {
    SF_GROUPS = PLACEMENT_COUNT,
    SF_WIDTH = 12 /* groups rounded up to whole vectors of the machine */
};

/* Daily probabilities. */
struct sf_rates {
    double exit[LEXIS_KINDS][LEXIS_TICS][SF_GROUPS][ROUTE_COUNT]; /* ROUTE_AGED_OUT: 0 */
    double move[LEXIS_KINDS][LEXIS_TICS][SF_GROUPS];
    double destination[LEXIS_KINDS][SF_GROUPS][SF_GROUPS]; /* of a move; rows sum to 1 */
    double entries[LEXIS_KINDS];                           /* a day */
    double first[LEXIS_KINDS][SF_GROUPS];                  /* first placement; rows sum to 1 */
    double age_share[LEXIS_KINDS][LEXIS_ADULT];            /* age at entry in years; rows sum to 1 */
    double readmitted[LEXIS_KINDS];                        /* share of entries */
};

struct sf_child {
    int kind, group;
    day born;
    day start; /* of the period of care; two years earlier when not known */
};

struct sf_fit {
    const struct history *history; /* borrowed */
    struct sf_rates rates;
    struct sf_child *present;
    size_t n_present;
    day from, origin; /* what is learned from: the days after `from`, to the end of `origin` */
    int32_t months;
    uint64_t seed;
    struct filter entry_level, exit_level; /* log level of the rates at the origin */
    double exit_events[SF_GROUPS], move_events[SF_GROUPS], entry_events[LEXIS_KINDS];
    double exit_phi, exit_sd, entry_phi, entry_sd; /* a month, after conversion from years */
    double drift_correlation, national_sd, national_correlation;
    double entry_year_noise, exit_year_noise, entry_dispersion, exit_dispersion;
    double uasc_phi, uasc_sd;
    double rate_uncertainty; /* 0: none */
};

/* Learns rates, who is present and the level at the origin. ERR_DATA when less than a year, or nobody, is
 * known. */
bool sf_fit_make(const struct model_input *input, const struct params *params, struct sf_fit *out,
                 struct err *err);
void sf_fit_free(struct sf_fit *fit);

/* What one lever of a scenario does, worked out once. */
struct sf_lever {
    const struct lever *lever;
    size_t index;
    struct effect effect;
    double *share; /* [LEXIS_KINDS][LEXIS_TICS][SF_GROUPS] of days at risk (of entries:
                      [LEXIS_KINDS][0][SF_GROUPS]) that `where` selects */
};
struct sf_levers {
    const struct scenario *scenario;
    struct sf_lever *items;
    size_t n;
    day *starts; /* [levers of the scenario] where no milestone slips */
    double referral_elasticity;
};
/* Shares come from the days at risk of the history; a condition that history cannot tell is an error. */
bool sf_levers_make(const struct sf_fit *fit, const struct scenario *scenario, struct sf_levers *out,
                    struct err *err);
void sf_levers_free(struct sf_levers *levers);
/* Effect x ramp in a month when the scenario's levers start on these days. For effects in children: children
 * a day. */
double sf_lever_strength(const struct sf_levers *levers, const day starts[], size_t i, double effect,
                         day origin, int32_t month);

/* Expected numbers of one month. */
struct sf_month {
    double stock[LEXIS_CELLS];               /* at the month's end */
    double entries[LEXIS_CELLS];             /* by first placement */
    double readmitted[LEXIS_CELLS];          /* of the entries */
    double exits[LEXIS_CELLS];               /* by hazards */
    double routes[LEXIS_CELLS][ROUTE_COUNT]; /* they add up to exits */
    double moves[LEXIS_CELLS][SF_GROUPS];    /* by destination */
    double grown[LEXIS_CELLS];               /* to the next kind, or 18 */
    double grown_known[LEXIS_CELLS];         /* of these, children present at the origin .. */
    double grown_square[LEXIS_CELLS];        /* .. and the sum of their squared probabilities */
    double nights[LEXIS_CELLS];
    double squares[SF_GROUPS], band_squares[AGE_COUNT], square; /* sum of p_i^2 by group, band, in all */
    double exit_level, entry_level, uasc_level;                 /* drift that the rates already hold */
    double *tilt;  /* [levers][LEXIS_CELLS] share of exits, moves or entries that a lever concerns */
    double *extra; /* [levers] expected flow that additive and mix levers act on, a month */
};
struct sf_path {
    struct sf_levers levers;
    double origin_stock[LEXIS_CELLS];
    struct sf_month *months;
    int32_t n_months;
};
/* The exact expected path. Cost: children x months matrix products. */
bool sf_path_make(const struct sf_fit *fit, const struct scenario *scenario, struct sf_path *out,
                  struct err *err);
void sf_path_free(struct sf_path *path);
/* Exact variance of a stock at a month's end for known rates: all, a placement group or an age band. */
double sf_path_variance(const struct sf_path *path, struct group group, int32_t month);
/* Expected stock at a month's end, of the same groups. */
double sf_path_stock(const struct sf_path *path, struct group group, int32_t month);

#endif
