/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/carepath_life.h: how one child lives in one replicate, stay by stay.
 *
 * Ownership: a life is a plain value; what it points to belongs to the plan or to the room.
 *
 * A stay is lived from its first day on: two unit exponentials, one of leaving and one of changing placement,
 * are spent at the hazards of the cells the child passes through, in the time of a clock that runs faster in
 * months whose rates are higher (Cinlar 1975, time change). Whichever is spent first is the event, on the day
 * on which it is: so a stay of daily probability q lasts n days or less with probability 1 - (1 - q)^n, and a
 * higher hazard never makes an event later. Both exponentials, the route or destination, and the time until
 * coming back are the four words of one block, keyed by stay, child, replicate and stream. */
#ifndef TURNCURVE_MODELS_CAREPATH_LIFE_H
#define TURNCURVE_MODELS_CAREPATH_LIFE_H

#include <math.h>

#include "models/carepath_plan.h"

struct carepath_life {
    uint32_t counter[4];      /* of the next stay: stay, child, replicate, stream */
    const int32_t *birthdays; /* the next stage end and those after it */
    int stage, group, class_;
    int tic; /* band of time in care, no later than that of `now` */
    int32_t spell_start, stay_start, now;
    bool start_known;
    uint8_t need;
    int16_t locality;
};

enum carepath_event { CAREPATH_STAYS, CAREPATH_LEAVES, CAREPATH_CHANGES };
struct carepath_next {
    enum carepath_event event;
    int32_t day;   /* of the event; behind the horizon for CAREPATH_STAYS */
    int detail;    /* enum route, or the group the child would go to */
    uint32_t word; /* luck that is left: of coming back, or of what else becomes of a change */
};

/* What one child did, event by event, for tests and --verify. */
enum carepath_mark_kind {
    CAREPATH_MARK_HERE,   /* in care at the origin */
    CAREPATH_MARK_ENTRY,  /* the first that is known */
    CAREPATH_MARK_AGAIN,  /* came back */
    CAREPATH_MARK_GROWN,  /* another kind */
    CAREPATH_MARK_CHANGE, /* another placement */
    CAREPATH_MARK_EXIT
};
struct carepath_mark {
    uint32_t child, stream;
    int32_t day;
    uint8_t what;        /* enum carepath_mark_kind */
    uint8_t kind, group; /* afterwards; of an exit, the last */
    uint8_t route;       /* of an exit */
    bool is_counted;     /* of a change: a move */
};
struct carepath_trace {
    struct carepath_mark *marks;
    size_t n, capacity;
    bool is_full; /* out of memory: marks are missing */
};

/* Lives through the stay that life is in, from life->now on; counts the days, and moves life to the day of
 * the event (stage and now). Counts no event: that is for the callers below, when it is sure. */
/* Works out this replicate's hazards of a class's stage and group; carepath_live does when they are first
 * needed. */
void carepath_fill_hazards(struct carepath_room *room, int class_, int stage, int group);
struct carepath_next carepath_live(struct carepath_room *room, struct carepath_life *life);
/* The child starts in care on life->now, in life->group. again: it was looked after before. */
void carepath_enter(struct carepath_room *room, struct carepath_life *life, bool again);
/* The child leaves on life->now. */
void carepath_leave(struct carepath_room *room, const struct carepath_life *life, enum route route);
/* The child goes to another placement on life->now; counted as a move by the luck that is left. */
void carepath_change(struct carepath_room *room, struct carepath_life *life, int group, uint32_t word);
/* The day on which a child that left on life->now comes back, moving life there; false: not before 18 or the
 * horizon. word: its luck. The first placement is for the caller. */
bool carepath_come_back(const struct carepath_room *room, struct carepath_life *life, uint32_t word);
/* A child in care at the origin begins the forecast where it is. */
void carepath_begin(struct carepath_room *room, struct carepath_life *life);

/* What mix levers make of a placement: the group that a child goes to instead of `to`. left, tic and tip: of
 * the placement left; left -1: a first placement. */
int carepath_mix(const struct carepath_room *room, const struct carepath_life *life, int left, int to,
                 int tic, int tip, uint32_t word);

/* Uniform on (0,1) and unit exponential from a word. */
static inline double carepath_uniform(uint32_t word)
{
    return ((double)word + 0.5) * 0x1p-32;
}
static inline double carepath_exponential(uint32_t word)
{
    return -log(carepath_uniform(word));
}
/* Another word from a word: a bijection that mixes all bits (MurmurHash3's finaliser, Appleby 2011). */
static inline uint32_t carepath_mixed(uint32_t word, uint32_t i)
{
    uint32_t h = word + (i + 1) * 0x9e3779b9U;
    h ^= h >> 16;
    h *= 0x85ebca6bU;
    h ^= h >> 13;
    h *= 0xc2b2ae35U;
    return h ^ h >> 16;
}
/* The index of the first of n ascending ends that lies above the word; the last when none does. Without
 * branches: nobody can guess them. */
static inline int carepath_pick(const uint32_t ends[], int n, uint32_t word)
{
    int index = 0;
    for (int i = 0; i < n - 1; i++)
        index += word >= ends[i];
    return index;
}

#endif
