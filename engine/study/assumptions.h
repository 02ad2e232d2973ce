/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/assumptions.h: what a forecast rests on, each with the range in which it may plausibly be otherwise.
 *
 * Ownership: a list owns its rows; texts are constants, borrowed from scenario and prices, or live in the
 * list's arena; assumptions_free releases it.
 *
 * Ranges are of 8 in 10 where something was measured: standard errors of the fit for rates, the effects' own
 * low and high for actions, the price book's plausible range for default prices, the spread of uplifts for an
 * authority's own; for parameters study/assumption.def. Where nothing is stated a parameter is halved and
 * doubled, and said to be a guess. */
#ifndef TURNCURVE_STUDY_ASSUMPTIONS_H
#define TURNCURVE_STUDY_ASSUMPTIONS_H

#include "data/prices.h"
#include "sim/learned.h"
#include "sim/model.h"

enum assumption_kind {
    ASSUMPTION_FLOW,     /* a lever's factor on a flow */
    ASSUMPTION_PARAM,    /* a parameter of engine or model */
    ASSUMPTION_PRICE,    /* weekly price of a group, factor */
    ASSUMPTION_UPLIFT,   /* annual uplift of a group, points added */
    ASSUMPTION_EFFECT,   /* size of one lever of the scenario */
    ASSUMPTION_REALISM,  /* share of all effects of the plan that arrives */
    ASSUMPTION_SLIPPAGE, /* days by which all milestones are late */
    ASSUMPTION_PLACES,   /* factor on the places of a capacity line */
    ASSUMPTION_SEED      /* other luck: what no assumption explains */
};
enum assumption_quality { QUALITY_EVIDENCE, QUALITY_EXPERT, QUALITY_GUESS };
/* "evidence", "expert", "guess". */
const char *assumption_quality_name(enum assumption_quality quality);

struct assumption {
    const char *id;    /* "entries", "exits:route:home", "price:res_external", a parameter's name, .. */
    const char *words; /* what it means */
    const char *label; /* the same in a few words, for tables and pictures; NULL: words will do */
    const char *unit;  /* of the values: "factor", "£ a week", .. */
    double base, low, high;
    const char *source; /* of the value */
    const char *basis;  /* of the range */
    const char *owner;  /* role that answers for it */
    enum assumption_quality quality;
    enum assumption_kind kind;
    struct where where;    /* of a flow */
    enum lever_kind lever; /* of a flow */
    int32_t member;        /* placement group, index of a lever or capacity line, of a parameter */
    bool fits;             /* the model must learn anew */
};
struct assumptions {
    struct assumption *items;
    size_t n, capacity;
    struct arena texts;
};
void assumptions_free(struct assumptions *assumptions);

/* Everything that the scenario's forecast rests on. learned NULL: the model tells no rates, and flows are
 * moved by a tenth. has_cost: prices too. by: prices are shown as of this day. */
bool assumptions_list(const struct model *model, const struct learned *learned,
                      const struct scenario *scenario, const struct price_book *prices, bool has_cost, day by,
                      struct assumptions *out, struct err *err);
/* Parameters of the engine and of a model with their defaults, for a register. */
bool assumptions_of_params(const struct params *params, struct assumptions *out, struct err *err);

/* What changes when an assumption takes a value: `scenario` and `prices` are made for it, and freed by
 * assumption_applied_free. The rest is borrowed. */
struct assumption_applied {
    struct scenario scenario;
    struct price_book prices;
    uint64_t seed;
    double *values; /* of the parameters */
};
bool assumption_apply(const struct assumption *assumption, double value, const struct scenario *scenario,
                      const struct price_book *prices, uint64_t seed, struct assumption_applied *out,
                      struct err *err);
void assumption_applied_free(struct assumption_applied *applied);

#endif
