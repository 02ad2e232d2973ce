/* SPDX-License-Identifier: GPL-3.0-or-later
 * The next boundary after a day is the nearest of a band birthday, a band of time in care, one of time in
 * placement and the day on which a child is no longer an unaccompanied one; a stay's days are walked from
 * boundary to boundary. */
#include "models/lexis.h"

const int32_t lexis_tic_edges[LEXIS_TICS] = {0, 28, 91, 183, 365, 730, 1460};
const int32_t lexis_tip_edges[LEXIS_TIPS] = {0, 28, 91, 183, 365};

/* A period whose start is not known is taken to have begun two years earlier than the first day known. */
enum { UNKNOWN_START_DAYS = 730, UASC_LEAST_AGE = 10, UASC_OLD_AGE = 16 };

int lexis_kind_of(int32_t age, bool uasc)
{
    if (uasc && age >= UASC_LEAST_AGE)
        return age < UASC_OLD_AGE ? LEXIS_UASC_YOUNG : LEXIS_UASC_OLD;
    return (int)age_band_of(age);
}

int32_t lexis_kind_end(int kind)
{
    return age_band_first((enum age_band)(lexis_kind_band(kind) + 1));
}

day lexis_care_start(const struct spell *spell)
{
    return spell->start_known ? spell->start : spell->start - UNKNOWN_START_DAYS;
}

bool lexis_is_uasc(const struct child *child, day date)
{
    return child->uasc && date < child->uasc_until;
}

int lexis_band(const int32_t edges[], int n, int32_t days)
{
    int band = n - 1;
    while (band > 0 && days < edges[band])
        band--;
    return band;
}

/* The day on which the band after `band` begins, DAY_OPEN when it is the last. */
static day band_end(const int32_t edges[], int n, int band, day start)
{
    return band + 1 < n ? start + edges[band + 1] : DAY_OPEN;
}

struct visitor {
    void (*visit)(void *context, const struct lexis_piece *piece);
    void *context;
};

/* One segment's trials [from, to), with the event that ends it on `to`. */
static void split(const struct visitor *visitor, struct lexis_piece piece, day stay, day from, day to)
{
    const enum lexis_event event = piece.event;
    const day care = lexis_care_start(piece.spell);
    while (from < to) {
        piece.kind = lexis_kind_of(date_age_on(piece.child->born, from), lexis_is_uasc(piece.child, from));
        piece.tic = lexis_band(lexis_tic_edges, LEXIS_TICS, from - care);
        piece.tip = lexis_band(lexis_tip_edges, LEXIS_TIPS, from - stay);
        day cut = date_birthday(piece.child->born, lexis_kind_end(piece.kind));
        const day longer = band_end(lexis_tic_edges, LEXIS_TICS, piece.tic, care);
        const day settled = band_end(lexis_tip_edges, LEXIS_TIPS, piece.tip, stay);
        const day asylum = lexis_is_uasc(piece.child, from) ? piece.child->uasc_until : DAY_OPEN;
        cut = longer < cut ? longer : cut;
        cut = settled < cut ? settled : cut;
        cut = asylum < cut ? asylum : cut;
        piece.from = from;
        piece.to = from < cut && cut < to ? cut : to;
        piece.event = piece.to == to ? event : LEXIS_NO_EVENT;
        visitor->visit(visitor->context, &piece);
        from = piece.to;
    }
}

static void walk_spell(const struct visitor *visitor, const struct history *history,
                       const struct spell *spell, day from, day origin)
{
    const struct child *child = &history->children[spell->child];
    const day adult = date_birthday(child->born, LEXIS_ADULT);
    day stop = spell->end < origin ? spell->end : origin; /* last day on which something may happen */
    const bool ended = spell->end <= origin && !spell->lost && spell->route != ROUTE_AGED_OUT;
    day stay = spell->start;
    if (spell->lost && spell->end <= origin)
        stop = spell->end - 1;
    stop = stop < adult ? stop : adult - 1;
    for (int32_t s = spell->first_segment; s < spell->first_segment + spell->n_segments; s++) {
        const struct segment *segment = &history->segments[s];
        const struct segment *next = s + 1 < spell->first_segment + spell->n_segments ? segment + 1 : NULL;
        const day start = segment->start > from ? segment->start : from;
        const day end = segment->end < stop ? segment->end : stop;
        stay = segment->is_new_stay ? segment->start : stay;
        if (end <= start)
            continue;
        struct lexis_piece piece = {.group = segment->group,
                                    .spell = spell,
                                    .segment = segment,
                                    .child = child,
                                    .event = LEXIS_NO_EVENT};
        if (segment->end <= stop && next == NULL && ended) {
            piece.event = LEXIS_EXIT;
            piece.detail = spell->route;
        } else if (segment->end <= stop && next != NULL && (next->is_move || next->group != segment->group)) {
            piece.event = LEXIS_MOVE;
            piece.detail = next->group;
            piece.is_counted = next->is_move;
        }
        split(visitor, piece, stay, start, end);
    }
}

void lexis_walk(const struct history *history, day from, day origin,
                void (*visit)(void *context, const struct lexis_piece *piece), void *context)
{
    const struct visitor visitor = {visit, context};
    for (size_t i = 0; i < history->n_spells; i++)
        if (history->spells[i].start <= origin && history->spells[i].end > from)
            walk_spell(&visitor, history, &history->spells[i], from, origin);
}
