/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/synth.h: an authority that does not exist, as the returns it would have filed, with the truth behind
 * them.
 *
 * Ownership: a struct synth owns everything in it; synth_free releases it.
 *
 * Children arrive in sibling groups (Poisson in a month) and alone as unaccompanied asylum seekers; each
 * lives through placements, legal statuses and ways out under rates near the English figures for the year
 * ending 31 March 2022 (study/synth_rates.c), turns 18 on the exact day, and may come back. Arrivals begin
 * twenty years before the first return, so that the stock is steady when the returns begin; only what a
 * council would file is written.
 *
 * Nothing can be mistaken for a real child: CHILD is "SY" and a number; postcodes begin with X, which no
 * British postcode does; UPNs carry the authority number 000, which does not exist; URNs begin 99999; social
 * workers are "SW-" and a number. */
#ifndef TURNCURVE_STUDY_SYNTH_H
#define TURNCURVE_STUDY_SYNTH_H

#include "base/table.h"
#include "data/group.h"
#include "data/returns.h"

struct synth_options {
    int32_t children;       /* looked after at the start of the returns, about, 20..200000 */
    int32_t years;          /* returns, 1..20 */
    int32_t last_year;      /* the last return's year, named by its end, 2016..2040 */
    uint64_t seed;          /* another seed makes another authority */
    double entry_trend_pct; /* change of the entry rate each year from the first return on, -50..50 */
    double dirt;            /* share of rows that are given a fault, 0..0.5 */
    bool finance;           /* budget, ledger and measures too */
};

/* One fault that was put in on purpose. */
struct synth_fault {
    int32_t year; /* of the return */
    enum return_table table;
    int32_t line;   /* 1-based, the header is line 1 */
    enum rule rule; /* that should find it */
    const char *column;
};

/* What really happened in a return's year. */
struct synth_year {
    int32_t year;
    int32_t stock; /* at the end of 31 March */
    int32_t entries, exits, readmissions;
    int32_t stock_by_placement[PLACEMENT_COUNT];
    int32_t stock_by_age[AGE_COUNT];
    int32_t exits_by_route[ROUTE_COUNT];
    int32_t stock_uasc, entries_uasc;
    double entry_multiplier, exit_multiplier; /* drift and trend of the rates in this year */
};

enum { SYNTH_LINES = 9 /* of the budget */ };
/* What a budget line really cost in the last year. */
struct synth_money {
    const char *line, *placement;
    double factor; /* unit cost over the built-in price book */
    int64_t nights;
    pence cost; /* before what a ledger makes of it */
};

struct synth_return {
    int32_t year;
    struct table tables[TABLE_COUNT]; /* n_rows 0: the table is not filed in this year */
};

struct synth {
    struct synth_options options;
    struct synth_return *returns;
    size_t n_returns;
    struct synth_year *truth; /* n_returns of them */
    struct synth_fault *faults;
    size_t n_faults, faults_capacity;
    struct table budget, ledger, measures; /* of options.finance; else empty */
    struct synth_money money[SYNTH_LINES];
    double arrivals_per_year; /* sibling groups and single asylum seekers that the steady stock needs */
    struct arena texts;
};

/* Makes an authority. The same options give the same returns to the byte. Fails (ERR_USAGE) for options out
 * of range. Cost: a few seconds for 10,000 children and six years, about 12 KB a child. */
bool synth_make(const struct synth_options *options, struct synth *out, struct err *err);
void synth_free(struct synth *synth);
/* The truth as JSON text: options, rates, years, faults. The caller frees *out with free(). */
bool synth_truth_json(const struct synth *synth, char **out, struct err *err);

#endif
