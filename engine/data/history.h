/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/history.h: one authority's children, periods of care and placements, after stacking, cutting and
 * folding.
 *
 * Ownership: a history owns its arrays and names; history_free releases them and zeroes it.
 *
 * Intervals are [start, end): in care on day t when start <= t < end. Everything still open when the last
 * return ends has end DAY_OPEN. Short-break rows (V3, V4) are out unless asked for. */
#ifndef TURNCURVE_DATA_HISTORY_H
#define TURNCURVE_DATA_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "data/group.h"

enum sex { SEX_UNKNOWN, SEX_MALE, SEX_FEMALE };

struct child {
    uint64_t key; /* stable hash of CHILD, the order and random-number key of the child; never printed */
    day born;    /* DAY_NONE never: children without a usable date of birth are refused with their episodes */
    uint8_t sex; /* enum sex */
    uint8_t ethnic; /* index into the ethnic code list */
    bool uasc;      /* unaccompanied asylum-seeking for the whole period of care */
    day uasc_until; /* DAY_OPEN: until 18 */
    int32_t first_spell, n_spells;
};

/* A period of care: an unbroken chain of episodes. */
struct spell {
    int32_t child;
    int32_t first_segment, n_segments;
    day start, end;    /* end DAY_OPEN when still in care at history.end */
    uint8_t route;     /* enum route, when end is not DAY_OPEN */
    bool start_known;  /* false: the first episode known is not RNE S and lies before the first return */
    bool lost;         /* closed because the child is missing from the next return (S-05): fits censor it */
    bool readmission;  /* the child was looked after before and left */
    uint8_t start_age; /* completed years at start */
};

enum { URN_TEXT = 12 }; /* Ofsted's unique reference numbers have 7 or 8 characters */

/* A run of days with one legal status, need and placement, after temporary placements are folded in. Segments
 * of a spell touch, in order. */
struct segment {
    int32_t child, spell;
    day start, end;
    uint8_t group;    /* enum placement_group */
    uint8_t legal;    /* enum legal_group */
    uint8_t need;     /* enum need, one for the whole period of care */
    uint8_t provider; /* 0..5 for PR0..PR5, 255 unknown */
    bool is_move;     /* begins a new placement by a move; never true for the first segment of a spell */
    bool is_new_stay; /* begins a placement stay: the first of the spell, or the placement (code, provider,
                         place) differs */
    int16_t locality; /* index into history.localities, -1 when none are stored */
    uint8_t boundary; /* 0 not known, 1 inside the authority, 2 outside */
    float distance_miles; /* home to placement, below 0 when not known */
    uint16_t place_code;  /* index into data/codes/place.def */
    char legal_status[3]; /* as filed, "C2" */
    char urn[URN_TEXT];   /* the foster agency's or home's, as filed, "SC035409"; "" when none is known */
};

struct history {
    char la_name[64];
    char la_code[16];              /* ONS code, "" when not known */
    int32_t la;                    /* key of the authority in the store */
    day start;                     /* 1 April of the first return's year: what is observed begins here */
    day end;                       /* 31 March that closes the last return: observed to the end of this day */
    int32_t first_year, last_year; /* return years, named by their end */
    bool short_breaks;
    struct child *children; /* ordered by key */
    size_t n_children, children_capacity;
    struct spell *spells; /* by child, then start */
    size_t n_spells, spells_capacity;
    struct segment *segments; /* by spell, then start */
    size_t n_segments, segments_capacity;
    const char **localities; /* n_localities names, sorted, the last "unknown"; NULL when none are stored */
    size_t n_localities;
    struct arena texts;
};

void history_free(struct history *history);

/* Ends the building of a history by history_add_child: orders children (with their spells and segments) by
 * key, those of one key as they were added, and sets years, start and end from the first and last return
 * year. */
bool history_finish(struct history *history, int32_t first_year, int32_t last_year, struct err *err);

/* What was known at an origin: rows that start after it vanish; ends after it are blanked (open, no route),
 * and so are days after it on which children ceased to count as unaccompanied. The end of history becomes
 * `origin`. A child whose spells all start later vanishes. */
bool history_as_known(const struct history *history, day origin, struct history *out, struct err *err);

/* Checks every invariant from scratch: order, no overlap within a child, segments touch and fill their spell,
 * ends not after the 18th birthday, routes present. ERR_INTERNAL names the first broken one (by index, never
 * by child). */
bool history_verify(const struct history *history, struct err *err);

#endif
