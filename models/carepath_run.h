/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/carepath_run.h: one replicate of everybody.
 *
 * Ownership: everything is borrowed; results lie in the room until the next replicate. */
#ifndef TURNCURVE_MODELS_CAREPATH_RUN_H
#define TURNCURVE_MODELS_CAREPATH_RUN_H

#include "models/carepath_life.h"

/* Draws the replicate's rates: what is not known about them, how they wander, the levers' effects. */
void carepath_luck(struct carepath_room *room);

/* Lives through a replicate. The room's counts start at 0. Fails only when there is no memory. */
bool carepath_replicate(struct carepath_room *room, uint32_t replicate, struct err *err);

/* A child who arrives, ready to enter on life->now with a first placement in life->group. birthdays: room for
 * CAREPATH_MOST_STAGES + 1 ends, which must live as long as the life. */
struct carepath_arrival {
    struct carepath_life life;
    int32_t birthdays[CAREPATH_MOST_STAGES + 1];
    bool again;
};
/* Calls `take` for everybody who is to come: new children, unaccompanied ones, and those who were away at the
 * origin and come back; not for those who leave and return within the forecast. Stops when take fails. */
bool carepath_arrivals(struct carepath_room *room,
                       bool (*take)(void *context, struct carepath_arrival *arrival), void *context);
/* A child that comes back on life->now gets its first placement, by the luck that is left of its leaving. */
void carepath_return(struct carepath_room *room, struct carepath_life *life, uint32_t word);
/* A first placement by a word of its own. */
int carepath_first_placement(const struct carepath_room *room, const struct carepath_life *life,
                             uint32_t word);
/* The i-th child in care at the origin, in its real state. */
struct carepath_life carepath_present(const struct carepath_room *room, size_t i);

/* The same in calendar order with a limit on places, once the luck is drawn; the same counts when no limit
 * binds. */
bool carepath_replicate_in_order(struct carepath_room *room, struct err *err);

/* The series of a fit: *out is freed with free(). Sorted by measure, kind and member. */
bool carepath_series(const struct carepath_fit *fit, struct result_series **out, size_t *n, struct err *err);
/* Writes the room's counts as those series. */
void carepath_write(const struct carepath_room *room, struct tally *tally);

#endif
