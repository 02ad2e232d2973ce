/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lexis splitting: a child's days are cut at band birthdays and at the bands of time in care, so that each
 * piece lies in one cell (Clayton and Hills 1993, chapter 6). A trial is a night and the day after it: it
 * belongs to the cell of the night, and an event on a boundary day to the earlier cell. */
#include "models/stockflow.h"

const int32_t sf_tic_edges[SF_TICS] = {0, 28, 91, 183, 365, 730, 1460};

/* A period whose start is not known is taken to have begun two years earlier than the first day known. */
enum { UNKNOWN_START_DAYS = 730, UASC_LEAST_AGE = 10, UASC_OLD_AGE = 16 };

int sf_kind_of(int32_t age, bool uasc)
{
    if (uasc && age >= UASC_LEAST_AGE)
        return age < UASC_OLD_AGE ? SF_UASC_YOUNG : SF_UASC_OLD;
    return (int)age_band_of(age);
}

int32_t sf_kind_end(int kind)
{
    return age_band_first((enum age_band)(sf_kind_band(kind) + 1));
}

day sf_care_start(const struct spell *spell)
{
    return spell->start_known ? spell->start : spell->start - UNKNOWN_START_DAYS;
}

bool sf_is_uasc(const struct child *child, day date)
{
    return child->uasc && date < child->uasc_until;
}

static int tic_band(day start, day date)
{
    int band = SF_TICS - 1;
    while (band > 0 && date - start < sf_tic_edges[band])
        band--;
    return band;
}

/* The next day after `date` on which the cell changes. */
static day next_boundary(day born, int kind, day start, int tic, day date)
{
    const day birthday = date_birthday(born, sf_kind_end(kind));
    const day longer = tic + 1 < SF_TICS ? start + sf_tic_edges[tic + 1] : DAY_OPEN;
    const day next = birthday < longer ? birthday : longer;
    return next > date ? next : DAY_OPEN;
}

struct visitor {
    void (*visit)(void *context, const struct sf_piece *piece);
    void *context;
};

/* One stay's trials [from, to), with the event that ends it on `to`. */
static void split(const struct visitor *visitor, struct sf_piece piece, day from, day to)
{
    const enum sf_event event = piece.event;
    const day start = sf_care_start(piece.spell);
    while (from < to) {
        const int32_t age = date_age_on(piece.child->born, from);
        piece.kind = sf_kind_of(age, sf_is_uasc(piece.child, from));
        piece.tic = tic_band(start, from);
        const day cut = next_boundary(piece.child->born, piece.kind, start, piece.tic, from);
        piece.from = from;
        piece.to = cut < to ? cut : to;
        piece.event = piece.to == to ? event : SF_NO_EVENT;
        visitor->visit(visitor->context, &piece);
        from = piece.to;
    }
}

static void walk_spell(const struct visitor *visitor, const struct history *history,
                       const struct spell *spell, day from, day origin)
{
    const struct child *child = &history->children[spell->child];
    const day adult = date_birthday(child->born, SF_ADULT);
    day stop = spell->end < origin ? spell->end : origin; /* last day on which something may happen */
    const bool ended = spell->end <= origin && !spell->lost && spell->route != ROUTE_AGED_OUT;
    if (spell->lost && spell->end <= origin)
        stop = spell->end - 1;
    stop = stop < adult ? stop : adult - 1; /* the birthday itself is no trial: everyone leaves on it */
    for (int32_t s = spell->first_segment; s < spell->first_segment + spell->n_segments; s++) {
        const struct segment *segment = &history->segments[s];
        const bool is_last = s + 1 == spell->first_segment + spell->n_segments;
        const day start = segment->start > from ? segment->start : from;
        const day end = segment->end < stop ? segment->end : stop;
        if (end <= start)
            continue;
        struct sf_piece piece = {.group = segment->group,
                                 .spell = spell,
                                 .segment = segment,
                                 .child = child,
                                 .event = SF_NO_EVENT};
        if (segment->end <= stop && is_last && ended) {
            piece.event = SF_EXIT;
            piece.detail = spell->route;
        } else if (segment->end <= stop && !is_last && history->segments[s + 1].is_move) {
            piece.event = SF_MOVE;
            piece.detail = history->segments[s + 1].group;
        }
        split(visitor, piece, start, end);
    }
}

void sf_walk(const struct history *history, day from, day origin,
             void (*visit)(void *context, const struct sf_piece *piece), void *context)
{
    const struct visitor visitor = {visit, context};
    for (size_t i = 0; i < history->n_spells; i++)
        if (history->spells[i].start <= origin && history->spells[i].end > from)
            walk_spell(&visitor, history, &history->spells[i], from, origin);
}
