/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/carepath_learned.h: what the model of paths through care tells of its fit (sim/learned.h).
 *
 * Ownership: a telling borrows the fit and the input; carepath_learned releases what it makes for itself. */
#ifndef TURNCURVE_MODELS_CAREPATH_LEARNED_H
#define TURNCURVE_MODELS_CAREPATH_LEARNED_H

#include "models/carepath.h"

/* Everything that the fit tells: rates, checks, months, facts, notes. Rates are a child-year; exits and
 * changes of placement by kind, placement and time in care, averaged over time in placement as children lived
 * it. Cost: two walks over the children's stays. */
bool carepath_learned(const struct carepath_fit *fit, const struct model_input *input, struct learned *out,
                      struct err *err);

/* ---- the parts, each in a file of its own -------------------------------------------------------------- */

/* What happened, every day counted whole, and what the fitted rates expect of it at level 1. */
struct carepath_lived {
    double days[LEXIS_KINDS][CAREPATH_GROUPS][CAREPATH_TICS];
    double events[CAREPATH_PROCESSES][LEXIS_KINDS][CAREPATH_GROUPS][CAREPATH_TICS];
    double expected[CAREPATH_PROCESSES][LEXIS_KINDS][CAREPATH_GROUPS][CAREPATH_TICS];
    double tip_events[CAREPATH_PROCESSES][LEXIS_TIPS], tip_expected[CAREPATH_PROCESSES][LEXIS_TIPS];
    double to[LEXIS_KINDS][CAREPATH_GROUPS][CAREPATH_GROUPS]; /* changes of placement */
    double entries[LEXIS_KINDS][CAREPATH_GROUPS];             /* first placements of those who come first */
};
struct carepath_telling {
    const struct carepath_fit *fit;
    const struct model_input *input;
    struct learned *out;
    struct carepath_lived *lived;
    struct carepath_months months;
    double *moves, *expected_moves; /* [months.n] */
    const char *kinds[LEXIS_KINDS], *tics[CAREPATH_TICS], *tips[LEXIS_TIPS], *aways[CAREPATH_RETURN_BANDS];
    struct err *err;
};
bool carepath_tell_rates(struct carepath_telling *telling);
bool carepath_tell_checks(struct carepath_telling *telling);
/* Needs the rates told. */
bool carepath_tell_facts(struct carepath_telling *telling);
/* Children a day that the fit expects of a kind and a first placement, at the population of the origin. */
double carepath_entry_rate(const struct carepath_fit *fit, int kind, int group);
/* The days learned from, weighted by the children that a kind comes from, over those at the origin. */
double carepath_entry_days(const struct carepath_telling *telling, int kind);

#endif
