/* SPDX-License-Identifier: GPL-3.0-or-later
 * Children who go missing. An absence counts on the day it begins, so that times add up over windows. */
#include "study/indicator_parts.h"

void indicator_missing_episodes(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    const struct outcomes *outcomes = scope->source->outcomes;
    for (size_t i = 0; i < outcomes->n_absences; i++) {
        const struct absence_row *absence = &outcomes->absences[i];
        if (!absence->is_missing || !scope_includes(scope, absence->start))
            continue;
        const struct segment *segment =
            indicator_segment_on(scope->source->history, absence->child, absence->start);
        if (segment != NULL && scope_has(scope, segment))
            tally_one(tally);
    }
}

/* The segment in which a child was last in care in the time; NULL when never. */
static const struct segment *last_in_care(const struct indicator_scope *scope, const struct child *child)
{
    const struct history *history = scope->source->history;
    for (int32_t s = child->n_spells; s-- > 0;) {
        const struct spell *spell = &history->spells[child->first_spell + s];
        for (int32_t i = spell->n_segments; i-- > 0;) {
            const struct segment *segment = &history->segments[spell->first_segment + i];
            if (segment->start <= scope->last && segment->end > scope->first)
                return segment;
        }
    }
    return NULL;
}

void indicator_missing_children(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    const struct history *history = scope->source->history;
    const struct outcomes *outcomes = scope->source->outcomes;
    size_t at = 0; /* absences stand by child */
    for (size_t i = 0; i < history->n_children; i++) {
        bool went = false;
        while (at < outcomes->n_absences && outcomes->absences[at].child < (int32_t)i)
            at++;
        for (; at < outcomes->n_absences && outcomes->absences[at].child == (int32_t)i; at++)
            went = went || (outcomes->absences[at].is_missing &&
                            scope_includes(scope, outcomes->absences[at].start) &&
                            indicator_segment_on(history, (int32_t)i, outcomes->absences[at].start) != NULL);
        const struct segment *segment = last_in_care(scope, &history->children[i]);
        if (segment != NULL && scope_has(scope, segment))
            tally_of(tally, went);
    }
}
