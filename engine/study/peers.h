/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/peers.h: the rate of children looked after beside other authorities', from published figures.
 *
 * Ownership: tables are the caller's, released by table_free; inputs are borrowed. */
#ifndef TURNCURVE_STUDY_PEERS_H
#define TURNCURVE_STUDY_PEERS_H

#include "base/table.h"
#include "numeric/funnel.h"

enum peer_relation { PEER_OWN, PEER_NEIGHBOUR, PEER_OTHER };
/* "own" "neighbour" "other" */
const char *peers_relation_name(enum peer_relation relation);

/* One authority in one year; stock and population (0-17, of the mid-year before) may be NaN. */
struct peer {
    int32_t la, year;
    const char *name;
    enum peer_relation relation;
    double stock, population;
};

/* Populations below this are left out of rates and funnels: the Isles of Scilly and the City of London have
 * too few children for a rate. With fewer than PEERS_LEAST_FUNNEL authorities a funnel says nothing. */
enum { PEERS_LEAST_POPULATION = 5000, PEERS_LEAST_FUNNEL = 10 };

/* True when the rate of a row may be shown: both numbers known, population large enough. */
bool peers_is_usable(const struct peer *peer);
/* Children per 10,000; NaN when not usable. */
double peers_rate(const struct peer *peer);
/* Rate of all usable authorities together in a year; NaN when there are none. */
double peers_rate_of_all(const struct peer peers[], size_t n, int32_t year);
/* Median rate of the usable neighbours in a year; NaN when there are none. Fails with ERR_MEMORY only. */
bool peers_rate_of_neighbours(const struct peer peers[], size_t n, int32_t year, double *out,
                              struct err *err);

/* rate.csv, own and neighbours by year, and all authorities together (relation "all"): year, date, la,
 * relation, children, population, rate_per_10000, low, high (95 % limits of a count of that size). */
bool peers_rate_table(const struct peer peers[], size_t n, struct table *out, struct err *err);
/* The latest year in which the own authority is usable, 0 when there is none. */
int32_t peers_latest_year(const struct peer peers[], size_t n);

/* funnel.csv, all usable authorities in a year: year, la, relation, children, population, rate_per_10000, z,
 * low95, high95, low998, high998, place ("inside", "above 95 %", "above 99.8 %", "below 95 %", "below 99.8
 * %"). ERR_DATA when fewer than 3 are usable. *funnel gets the fit, *own_z the own score (NaN: not among
 * them). */
bool peers_funnel_table(const struct peer peers[], size_t n, int32_t year, struct table *out,
                        struct funnel *funnel, double *own_z, struct err *err);

#endif
