/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/peer_path.h: an expected path by state, day by day, made into replicates of whole children.
 *
 * Ownership: a struct peer_path owns its months; peer_path_free releases them.
 *
 * The tools give expected numbers that are no integers; d2i gives nothing else, regional a variance too. In
 * month m and state s a replicate has stock x + z sqrt(V), one normal z per replicate and state, so that a
 * path is smooth; with V = 0 all replicates are alike. The total is the sum over states, rounded: its mean is
 * that of the method and its variance the sum of V, which is how regional makes the interval of a total.
 * Ages and places are the sums over their states, clipped at 0, as shares of the total by largest remainder;
 * a place is shared among placement groups by child-days of the reference period, as both tools do for
 * prices. Entries are expected ones, cumulated and rounded; exits are what makes stock = stock before +
 * entries - exits true. Where exits would be below 0 some entries come early. Their parts follow the expected
 * flows by state: each child goes where most is owed so far. Routes out, moves between groups and
 * readmissions are unknown to both tools. */
#ifndef TURNCURVE_MODELS_PEER_PATH_H
#define TURNCURVE_MODELS_PEER_PATH_H

#include "models/peer_reference.h"
#include "sim/model.h"

struct peer_month {
    double stock[PEER_STATES], variance[PEER_STATES];  /* at the end of the last day */
    double nights[PEER_STATES], night_sd[PEER_STATES]; /* sums over days of the stock and of its sd */
    double entries[PEER_STATES], exits[PEER_STATES];
};

struct peer_path {
    uint64_t seed;
    day origin;
    int32_t months;
    int32_t before; /* children in care at the end of the origin's month */
    double split[PEER_PLACES][PLACEMENT_COUNT];
    struct peer_month *at; /* [months] */
};

/* One day of the method: stock and variance at its end, flows during it. */
struct peer_day {
    double stock[PEER_STATES], variance[PEER_STATES], entries[PEER_STATES], exits[PEER_STATES];
};

/* An empty path from the origin, where `stock` children are in care. */
bool peer_path_init(const struct model_input *input, const struct peer_reference *reference, int32_t stock,
                    struct peer_path *out, struct err *err);
void peer_path_free(struct peer_path *path);
/* The last day of the last month. */
day peer_path_end(const struct peer_path *path);
/* Adds a day; days come in order, from the day after the origin to peer_path_end. */
void peer_path_add(struct peer_path *path, day date, const struct peer_day *at);

/* The series of both models, a constant list. */
void peer_path_series(const struct result_series **series, size_t *n_series);
/* One replicate; values as struct tally says. */
void peer_path_simulate(const struct peer_path *path, int32_t replicate, struct tally *tally);

#endif
