/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where children live and how settled they are. */
#include "study/indicator_parts.h"
#include "study/stability.h"

static const float far_miles = 20;

const struct segment *indicator_segment_on(const struct history *history, int32_t child, day date)
{
    const struct child *who = &history->children[child];
    for (int32_t s = 0; s < who->n_spells; s++) {
        const struct spell *spell = &history->spells[who->first_spell + s];
        for (int32_t i = 0; i < spell->n_segments && is_covered(spell->start, spell->end, date); i++) {
            const struct segment *segment = &history->segments[spell->first_segment + i];
            if (is_covered(segment->start, segment->end, date))
                return segment;
        }
    }
    return NULL;
}

void indicator_three_placements(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    const struct stability s = stability_on(scope->source->history, scope->last, scope->locality);
    tally->numerator = (double)s.three_or_more;
    tally->denominator = (double)s.stock;
}

void indicator_long_term_stable(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    const struct stability s = stability_on(scope->source->history, scope->last, scope->locality);
    tally->numerator = (double)s.long_term_stable;
    tally->denominator = (double)s.long_term;
}

/* The i-th segment when its child is in it at the end of the time, in the locality; NULL else. */
static const struct segment *placed_at_end(const struct indicator_scope *scope, size_t i)
{
    const struct segment *segment = &scope->source->history->segments[i];
    return is_covered(segment->start, segment->end, scope->last) && scope_has(scope, segment) ? segment
                                                                                              : NULL;
}

void indicator_over_20_miles(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    const struct history *history = scope->source->history;
    bool any = false;
    for (size_t i = 0; i < history->n_segments; i++) {
        const struct segment *segment = placed_at_end(scope, i);
        if (segment == NULL)
            continue;
        const struct child *child = &history->children[segment->child];
        any = any || segment->distance_miles >= 0;
        if (!child->uasc || scope->last >= child->uasc_until)
            tally_of(tally, segment->distance_miles > far_miles);
    }
    tally->is_unknown = !any;
}

void indicator_outside_boundary(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    enum { UNKNOWN, INSIDE, OUTSIDE };
    for (size_t i = 0; i < scope->source->history->n_segments; i++) {
        const struct segment *segment = placed_at_end(scope, i);
        if (segment != NULL && segment->boundary != UNKNOWN)
            tally_of(tally, segment->boundary == OUTSIDE);
    }
    tally->is_unknown = !(tally->denominator > 0);
}

void indicator_inhouse_foster(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    for (size_t i = 0; i < scope->source->history->n_segments; i++) {
        const struct segment *segment = placed_at_end(scope, i);
        if (segment != NULL &&
            (segment->group == PLACEMENT_FOSTER_INHOUSE || segment->group == PLACEMENT_FOSTER_IFA))
            tally_of(tally, segment->group == PLACEMENT_FOSTER_INHOUSE);
    }
}

void indicator_external_residential(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    for (size_t i = 0; i < scope->source->history->n_segments; i++) {
        const struct segment *segment = placed_at_end(scope, i);
        if (segment != NULL)
            tally_of(tally, segment->group == PLACEMENT_RES_EXTERNAL);
    }
}
