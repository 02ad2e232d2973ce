/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/payees.h: who is paid for placements, and what a placement costs a week with each of them.
 *
 * Ownership: struct payees owns its memory; payees_free releases it. Nothing is borrowed.
 *
 * A payee is a kind of provider (PR0 to PR5) in a placement group, or, where a price or a lever names it, one
 * home by its URN. Children to come are placed with payees as the nights of the last year known were. */
#ifndef TURNCURVE_SIM_PAYEES_H
#define TURNCURVE_SIM_PAYEES_H

#include "data/prices.h"
#include "sim/model.h"
#include "sim/scenario.h"

struct payee {
    uint8_t group;      /* enum placement_group */
    uint8_t provider;   /* 0..5 for PR0..PR5, PROVIDER_UNKNOWN */
    char urn[URN_TEXT]; /* "": all of the kind but those named */
    double share;       /* of the group's nights, 0..1 */
};
struct payees {
    struct payee *list;
    size_t n, capacity;
};
/* Counts the nights of the 365 days up to the origin. Without a history there are no payees, and prices are
 * those for any provider. Cost: O(segments). */
bool payees_make(const struct model_input *input, const struct price_book *prices,
                 const struct scenario *scenario, struct payees *out, struct err *err);
void payees_free(struct payees *payees);
/* False for a provider with whom no night of the year was, in any group: a name, or a home not used. PR0 to
 * PR5 and any are always known. */
bool payees_know(const struct payees *payees, const char *provider);
/* The average weekly price of a group on a day, in pence: the book's for each payee, changed by the
 * scenario's lines that concern it in the order of their dates. Cost: O(payees x
 * lines). */
double payees_weekly(const struct payees *payees, const struct price_book *prices,
                     const struct scenario *scenario, enum placement_group group, day date);
/* The share of a provider ("PR4", a URN, NULL or "" any) in what the group costs on that day, 0..1: its share
 * of nights weighted by their price. 0 for one that is not there. */
double payees_cost_share(const struct payees *payees, const struct price_book *prices,
                         const struct scenario *scenario, enum placement_group group, const char *provider,
                         day date);

#endif
