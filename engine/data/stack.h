/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/stack.h: the rows of one child over all returns become one clean sequence of episodes.
 *
 * Ownership: a struct child_rows borrows its records for the call; a struct clean_child is filled into
 * caller's memory from the given arena.
 *
 * Order of the steps (each counts what it did through findings): same key over returns, the later wins; same
 * key in one return; corrected starts; open rows closed by a later episode; open children missing from the
 * whole next return closed on 1 April; codes and dates repaired; short breaks dropped; overlaps cut; then
 * folding and periods of care. The rules are H-*, E-*, S-01..S-08, U-*, A-*, O-* of data/checks.def. */
#ifndef TURNCURVE_DATA_STACK_H
#define TURNCURVE_DATA_STACK_H

#include "data/history.h"
#include "data/homes.h"
#include "data/returns.h"

/* What the returns of an authority are: years ascending, named by their end. */
struct stack_context {
    const int32_t *years; /* return years, ascending */
    int32_t n_years;
    bool short_breaks;         /* keep V3 and V4 */
    const struct homes *homes; /* of the authority; NULL: no provider is taken from a home */
};

/* Every stored row of one child: by table, in order of return, then line (episodes: return, DECOM, line). */
struct child_rows {
    struct str child; /* CHILD as filed */
    struct record *rows[TABLE_COUNT];
    size_t n_rows[TABLE_COUNT];
};

/* An episode after all repairs, before folding. */
struct episode {
    day start, end; /* end DAY_OPEN when open at the end of the last return */
    uint8_t rne;    /* 'S' 'L' 'P' 'T' 'B' 'U' after repair */
    uint8_t legal;  /* enum legal_group */
    uint8_t need;   /* enum need */
    uint8_t group;  /* enum placement_group after provider repair; temporary rows: the group they fold into */
    uint8_t provider; /* 0..5, 255 unknown */
    bool temporary;   /* T0-T4, M1-M3 */
    uint8_t route;    /* enum route, when this episode ends the period of care */
    bool ends_care;
    bool lost; /* closed by S-05 */
    uint16_t place_code;
    char legal_status[3];
    struct str home_post, placement_post, urn, location, distance; /* borrowed from the records */
};

struct clean_child {
    bool usable; /* false: nothing to count (no usable date of birth, or no episodes left) */
    day born;
    uint8_t sex, ethnic;
    bool uasc;
    day uasc_until;
    struct episode *episodes; /* in order, not overlapping, in the arena */
    size_t n_episodes;
    bool start_known_first; /* the first episode is RNE S or inside the returns' window */
};

/* Cleans one child. Changes outcome, superseded and short_break of the records; adds findings. Without a sink
 * (NULL) the episodes come out the same, faster: rules that change no episode are not asked, so that outcomes
 * of rows of other tables stay as they came. Does not look beyond this child: rules that compare children
 * (S-06, S-09..S-12) are in store. */
bool stack_child(const struct stack_context *context, struct child_rows *rows, struct arena *arena,
                 struct clean_child *out, struct findings *findings, struct err *err);

/* Appends a clean child's spells and segments to a history: folds temporary placements, merges equal
 * neighbours, chains periods of care, names routes. key is the child's stable hash. localities maps HOME_POST
 * beginnings (longest match) to history->localities; may be NULL. Periods of no length are left out, and a
 * child with no other is not added. After the last child call history_finish (data/history.h). */
struct localities;
bool history_add_child(struct history *history, const struct clean_child *clean, uint64_t key,
                       const struct localities *localities, struct err *err);

#endif
