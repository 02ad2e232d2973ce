/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reviews. A period of care is walked from due day to due day: a review is due by a day that follows from the
 * one before, the first from the start of care. Care that began before reviews were filed begins the chain
 * with the first review seen, at the latest half a year after. */
#include "base/workday.h"
#include "study/indicator_parts.h"

enum { FIRST_DUE_DAYS = 20, SECOND_DUE_MONTHS = 3, LATER_DUE_MONTHS = 6, UNDER_4 = 0 };

/* The reviews of a child: rows stand by child. */
static const struct review_row *reviews_of(const struct outcomes *outcomes, int32_t child, size_t *n)
{
    size_t low = 0;
    size_t high = outcomes->n_reviews;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (outcomes->reviews[middle].child < child)
            low = middle + 1;
        else
            high = middle;
    }
    *n = 0;
    while (low + *n < outcomes->n_reviews && outcomes->reviews[low + *n].child == child)
        (*n)++;
    return outcomes->reviews + low;
}

/* What of a child's reviews fell due in the time. */
struct dues {
    int32_t n, n_late;
};

static void add_due(const struct indicator_scope *scope, const struct spell *spell, day due, bool in_time,
                    struct dues *dues)
{
    const struct history *history = scope->source->history;
    if (!scope_includes(scope, due) || due >= spell->end)
        return;
    const struct segment *segment = indicator_segment_on(history, spell->child, due);
    if (segment == NULL || !scope_has(scope, segment))
        return;
    dues->n++;
    dues->n_late += !in_time;
}

/* known: first day from which reviews are known. */
static void add_spell(const struct indicator_scope *scope, const struct spell *spell, day known,
                      const struct review_row reviews[], size_t n, struct dues *dues)
{
    const bool whole = spell->start >= known && spell->start_known;
    const day from = spell->start >= known ? spell->start : known;
    day due = whole ? workday_after(spell->start, FIRST_DUE_DAYS) : date_add_months(from, LATER_DUE_MONTHS);
    size_t next = 0;
    while (next < n && reviews[next].date < from)
        next++;
    for (bool begins = true;; begins = false) {
        const bool is_held = next < n && reviews[next].date < spell->end;
        const bool in_time = is_held && reviews[next].date <= due;
        /* a chain that began before reviews are known is due at the latest here: only lateness can be told */
        if (whole || !begins || !in_time)
            add_due(scope, spell, due, in_time, dues);
        if (!is_held || due > scope->last)
            return;
        due = date_add_months(reviews[next].date, whole && begins ? SECOND_DUE_MONTHS : LATER_DUE_MONTHS);
        next++;
    }
}

void indicator_reviews_in_time(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    const struct history *history = scope->source->history;
    const struct outcomes *outcomes = scope->source->outcomes;
    const day known = outcomes_known_from(outcomes, TABLE_REVIEWS, scope->last);
    for (size_t i = 0; i < history->n_children; i++) {
        const struct child *child = &history->children[i];
        struct dues dues = {0, 0};
        size_t n = 0;
        const struct review_row *reviews = reviews_of(outcomes, (int32_t)i, &n);
        for (int32_t s = 0; s < child->n_spells; s++) {
            const struct spell *spell = &history->spells[child->first_spell + s];
            if (spell->n_segments > 0 && spell->start <= scope->last && spell->end > scope->first)
                add_spell(scope, spell, known, reviews, n, &dues);
        }
        if (dues.n > 0)
            tally_of(tally, dues.n_late == 0);
    }
}

/* The i-th review when it was held in the time, of a child in care in the locality. */
static const struct review_row *held(const struct indicator_scope *scope, size_t i)
{
    const struct review_row *review = &scope->source->outcomes->reviews[i];
    if (!scope_includes(scope, review->date))
        return NULL;
    const struct segment *segment = indicator_segment_on(scope->source->history, review->child, review->date);
    return segment != NULL && scope_has(scope, segment) ? review : NULL;
}

void indicator_reviews_held(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    for (size_t i = 0; i < scope->source->outcomes->n_reviews; i++)
        if (held(scope, i) != NULL)
            tally_one(tally);
}

void indicator_reviews_views(const struct indicator_scope *scope, struct indicator_tally *tally)
{
    enum { SILENT = 4, NO_VIEWS = 7 };
    for (size_t i = 0; i < scope->source->outcomes->n_reviews; i++) {
        const struct review_row *review = held(scope, i);
        if (review != NULL && review->code > UNDER_4)
            tally_of(tally, review->code != SILENT && review->code != NO_VIEWS);
    }
}
