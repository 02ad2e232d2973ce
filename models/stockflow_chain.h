/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/stockflow_chain.h: the stock-flow model in whole children.
 *
 * Ownership: a chain owns its months and its path; sf_chain_free releases them. It borrows the fit.
 *
 * Cells are kind x placement group. Each month, in each cell: entrants arrive (Poisson), some of those
 * present move, some leave by hazards, some have the birthday that ends the kind. The chances are ratios of
 * the exact expected flows to the exact expected stocks, so the mean of every series is that of the expected
 * path, and the identity stock = stock before + entries - exits holds in every replicate. Birthdays of
 * children known at the origin are nearly certain, and are drawn so: from as many trials as there are such
 * children. */
#ifndef TURNCURVE_MODELS_STOCKFLOW_CHAIN_H
#define TURNCURVE_MODELS_STOCKFLOW_CHAIN_H

#include "models/stockflow.h"

/* What becomes of an event in a cell: upper ends of a 32-bit word. */
struct sf_chain_shares {
    uint32_t readmitted;
    uint32_t destination[SF_GROUPS];
    uint32_t route[ROUTE_COUNT];
};
/* One cell in one month; hazards are for the month. Small, as the innermost loop reads all of them. */
struct sf_chain_cell {
    uint8_t kind, group;
    double entries;                  /* mean */
    double move_hazard, exit_hazard; /* of those who can */
    double grow_trials, grow_hazard; /* trials per child of the stock, and of each; 0: nobody */
    double night_ratio;              /* exact nights over days x mean of the stocks at both ends */
};
struct sf_chain_month {
    struct sf_chain_cell *cells;
    struct sf_chain_shares *shares; /* of the same cells */
    size_t n_cells;
    int32_t days;
    double log_exit_level, log_entry_level; /* already in the rates */
    double entry_noise, exit_noise;         /* log sd of the month's dispersion */
};
struct sf_chain {
    const struct sf_fit *fit;
    struct sf_path path;
    struct sf_chain_month *months;
    bool varies; /* some lever differs from replicate to replicate */
    bool slips;  /* in its start */
};
bool sf_chain_make(const struct sf_fit *fit, const struct scenario *scenario, struct sf_chain *out,
                   struct err *err);
void sf_chain_free(struct sf_chain *chain);

/* What a replicate draws before its months. */
struct sf_luck {
    double *entries, *exits, *uasc; /* [months] factors on the rates */
    double exit_group[SF_GROUPS], move_group[SF_GROUPS], entry_kind[LEXIS_KINDS];
};
/* Fills `luck`, whose arrays the caller gives. */
void sf_luck_draw(const struct sf_chain *chain, int32_t replicate, struct sf_luck *luck);

/* The series of the model, sorted by measure, kind and member. */
extern const struct result_series sf_series[];
extern const size_t sf_n_series;

/* One replicate; values as struct tally says. */
bool sf_chain_run(const struct sf_chain *chain, int32_t replicate, struct tally *tally, struct err *err);

#endif
