/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/lexis.h: children's days cut into the cells that rates are learned in.
 *
 * Ownership: nothing is allocated; a piece and what it points to are borrowed for the call of the visitor.
 *
 * A cell is kind x time in care x time in placement x placement group. A kind is an age band, or one of two
 * for unaccompanied children. Each stay is cut at band birthdays and at the bands of both clocks, so that
 * every piece lies in one cell, its days are that cell's exposure, and the event falls in the last piece
 * (Clayton and Hills 1993, chapter 6; Plummer and Carstensen 2011, Journal of Statistical Software 38(5)). */
#ifndef TURNCURVE_MODELS_LEXIS_H
#define TURNCURVE_MODELS_LEXIS_H

#include "data/history.h"

enum {
    LEXIS_UASC_YOUNG = AGE_COUNT, /* unaccompanied, under 16; reported as 10-15 */
    LEXIS_UASC_OLD,               /* unaccompanied, 16 and 17 */
    LEXIS_KINDS,
    LEXIS_TICS = 7, /* bands of time in care */
    LEXIS_TIPS = 5, /* bands of time in placement */
    LEXIS_CELLS = LEXIS_KINDS * PLACEMENT_COUNT,
    LEXIS_ADULT = 18
};
/* First day of each band of time in care, and of time in placement. */
extern const int32_t lexis_tic_edges[LEXIS_TICS];
extern const int32_t lexis_tip_edges[LEXIS_TIPS];

/* The kind of a child of some age. */
int lexis_kind_of(int32_t age, bool uasc);
/* The kind after the next band birthday; LEXIS_KINDS: adult. Kinds are asked in the innermost loops: inline.
 */
static inline int lexis_kind_next(int kind)
{
    return kind == AGE_COUNT - 1 || kind == LEXIS_UASC_OLD ? LEXIS_KINDS : kind + 1;
}
/* The age band that a kind is reported in. */
static inline enum age_band lexis_kind_band(int kind)
{
    return kind == LEXIS_UASC_YOUNG ? AGE_10_15 : kind == LEXIS_UASC_OLD ? AGE_16_17 : (enum age_band)kind;
}
/* True for kinds of unaccompanied children. */
static inline bool lexis_kind_is_uasc(int kind)
{
    return kind >= LEXIS_UASC_YOUNG;
}
/* The age at which a kind ends. */
int32_t lexis_kind_end(int kind);
/* The cell of a kind and a placement group. */
static inline size_t lexis_cell(int kind, int group)
{
    return (size_t)kind * PLACEMENT_COUNT + (size_t)group;
}
/* The band of a time of `days` since the start, by the first days of n bands. */
int lexis_band(const int32_t edges[], int n, int32_t days);

enum lexis_event { LEXIS_NO_EVENT, LEXIS_EXIT, LEXIS_MOVE };
/* A stretch of days that one child spent in one cell, and what ended it. */
struct lexis_piece {
    int kind, tic, tip, group;
    day from, to; /* trials: the nights from .. to - 1; an event falls on `to` */
    enum lexis_event event;
    int detail;      /* enum route, or the group moved to */
    bool is_counted; /* a move that is counted as one: a new carer, not only another kind of placement */
    const struct spell *spell;
    const struct segment *segment;
    const struct child *child;
};
/* Calls `visit` for every piece between `from` and `origin`, spell by spell, stay by stay. A trial is a night
 * and the day after it: it belongs to the cell of the night, and an event on a boundary day to the earlier
 * cell. The 18th birthday is no trial, because everyone leaves on it. A lost child's closing is no event. */
void lexis_walk(const struct history *history, day from, day origin,
                void (*visit)(void *context, const struct lexis_piece *piece), void *context);
/* The start of time in care: when it is not known, two years before the first day known. */
day lexis_care_start(const struct spell *spell);
/* Unaccompanied, and still counted so on a day. */
bool lexis_is_uasc(const struct child *child, day date);

#endif
