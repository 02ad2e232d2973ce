/* SPDX-License-Identifier: GPL-3.0-or-later
 * A history as a whole: its order, what was known of it at an origin, and its invariants checked from
 * nothing. */
#include "data/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

void history_free(struct history *history)
{
    free(history->children);
    free(history->spells);
    free(history->segments);
    free(history->localities);
    arena_free(&history->texts);
    *history = (struct history){0};
}

/* Where a child stands before sorting. */
struct place_of_child {
    uint64_t key;
    int32_t child;
};

static int compare_places(const void *left, const void *right)
{
    const struct place_of_child *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->child < b->child ? -1 : a->child > b->child;
}

/* Copies child `from` of one history behind the children of another, which has room. */
static void append_child(struct history *to, const struct history *from, int32_t i)
{
    struct child child = from->children[i];
    const struct spell *spells = &from->spells[child.first_spell];
    const int32_t new_child = (int32_t)to->n_children;
    child.first_spell = (int32_t)to->n_spells;
    to->children[to->n_children++] = child;
    for (int32_t k = 0; k < child.n_spells; k++) {
        struct spell spell = spells[k];
        const struct segment *segments = &from->segments[spell.first_segment];
        const int32_t new_spell = (int32_t)to->n_spells;
        spell.child = new_child;
        spell.first_segment = (int32_t)to->n_segments;
        to->spells[to->n_spells++] = spell;
        for (int32_t m = 0; m < spell.n_segments; m++) {
            struct segment segment = segments[m];
            segment.child = new_child;
            segment.spell = new_spell;
            to->segments[to->n_segments++] = segment;
        }
    }
}

static bool reserve_like(struct history *out, const struct history *like, struct err *err)
{
    return vec_reserve((void **)&out->children, &out->children_capacity, like->n_children,
                       sizeof *out->children, err) &&
           vec_reserve((void **)&out->spells, &out->spells_capacity, like->n_spells, sizeof *out->spells,
                       err) &&
           vec_reserve((void **)&out->segments, &out->segments_capacity, like->n_segments,
                       sizeof *out->segments, err);
}

static bool sort_children(struct history *history, struct err *err)
{
    bool ok = false;
    struct history sorted = {0};
    const size_t n = history->n_children;
    struct place_of_child *places = vec_new(n, sizeof *places, err);
    if (places == NULL || !reserve_like(&sorted, history, err))
        goto out;
    for (size_t i = 0; i < n; i++)
        places[i] = (struct place_of_child){history->children[i].key, (int32_t)i};
    qsort(places, n, sizeof *places, compare_places);
    for (size_t i = 0; i < n; i++)
        append_child(&sorted, history, places[i].child);
    free(history->children);
    free(history->spells);
    free(history->segments);
    history->children = sorted.children;
    history->children_capacity = sorted.children_capacity;
    history->spells = sorted.spells;
    history->spells_capacity = sorted.spells_capacity;
    history->segments = sorted.segments;
    history->segments_capacity = sorted.segments_capacity;
    sorted = (struct history){0};
    ok = true;
out:
    free(places);
    history_free(&sorted);
    return ok;
}

bool history_finish(struct history *history, int32_t first_year, int32_t last_year, struct err *err)
{
    history->first_year = first_year;
    history->last_year = last_year;
    history->start = date_year_end(first_year - 1) + 1;
    history->end = date_year_end(last_year);
    for (size_t i = 1; i < history->n_children; i++)
        if (history->children[i].key < history->children[i - 1].key)
            return sort_children(history, err);
    return true;
}

static bool copy_names(const struct history *history, struct history *out, struct err *err)
{
    if (history->localities == NULL)
        return true;
    out->localities = vec_new(history->n_localities, sizeof *out->localities, err);
    if (out->localities == NULL)
        return false;
    out->n_localities = history->n_localities;
    for (size_t i = 0; i < history->n_localities; i++) {
        out->localities[i] = arena_copy(&out->texts, str_of(history->localities[i]), err);
        if (out->localities[i] == NULL)
            return false;
    }
    return true;
}

/* Takes from the child added last what starts after the origin and opens what ends after it. */
static void forget_after(struct history *out, day origin)
{
    struct child *child = &out->children[out->n_children - 1];
    if (child->uasc_until > origin)
        child->uasc_until = DAY_OPEN;
    while (out->n_spells > (size_t)child->first_spell) {
        struct spell *spell = &out->spells[out->n_spells - 1];
        if (spell->start <= origin) {
            while (out->segments[out->n_segments - 1].start > origin) {
                out->n_segments--;
                spell->n_segments--;
            }
            if (spell->end > origin) {
                out->segments[out->n_segments - 1].end = DAY_OPEN;
                spell->end = DAY_OPEN;
                spell->route = ROUTE_OTHER;
                spell->lost = false;
            }
            return;
        }
        out->n_segments -= (size_t)spell->n_segments;
        out->n_spells--;
        child->n_spells--;
    }
    out->n_children--;
}

bool history_as_known(const struct history *history, day origin, struct history *out, struct err *err)
{
    struct history known = *history;
    known.children = NULL;
    known.spells = NULL;
    known.segments = NULL;
    known.n_children = known.n_spells = known.n_segments = 0;
    known.children_capacity = known.spells_capacity = known.segments_capacity = 0;
    known.localities = NULL;
    known.n_localities = 0;
    known.texts = (struct arena){0};
    known.end = origin;
    known.last_year = date_financial_year(origin);
    if (!reserve_like(&known, history, err) || !copy_names(history, &known, err)) {
        history_free(&known);
        return false;
    }
    for (size_t i = 0; i < history->n_children; i++) {
        append_child(&known, history, (int32_t)i);
        forget_after(&known, origin);
    }
    *out = known;
    return true;
}

/* What is wrong with a segment of a spell; NULL: nothing. */
static const char *segment_problem(const struct history *history, const struct spell *spell, int32_t k)
{
    const struct segment *segment = &history->segments[spell->first_segment + k];
    const struct segment *before = k > 0 ? segment - 1 : NULL;
    if (segment->child != spell->child || &history->spells[segment->spell] != spell)
        return "belongs to another spell";
    if (segment->start >= segment->end)
        return "has no length";
    if (segment->start != (before == NULL ? spell->start : before->end))
        return "does not touch what precedes it";
    if (k == spell->n_segments - 1 && segment->end != spell->end)
        return "does not reach the end of its spell";
    if (segment->group >= PLACEMENT_COUNT || segment->legal >= LEGAL_COUNT || segment->need >= NEED_COUNT)
        return "has a group out of range";
    if (before == NULL && (segment->is_move || !segment->is_new_stay))
        return "opens a spell but not a stay";
    if (segment->is_move && !segment->is_new_stay)
        return "is a move within a stay";
    if (segment->locality < -1 ||
        (segment->locality >= 0 && (size_t)segment->locality >= history->n_localities))
        return "has a locality out of range";
    return NULL;
}

/* What is wrong with a spell of a child; NULL: nothing. */
static const char *spell_problem(const struct history *history, const struct child *child, int32_t k)
{
    const struct spell *spell = &history->spells[child->first_spell + k];
    const struct spell *before = k > 0 ? spell - 1 : NULL;
    if (&history->children[spell->child] != child)
        return "belongs to another child";
    if (spell->start >= spell->end || spell->n_segments < 1)
        return "has no length";
    if (spell->start < child->born)
        return "starts before birth";
    if (spell->start > history->end || (spell->end != DAY_OPEN && spell->end > history->end + 1))
        return "lies beyond the end of the history";
    if (spell->end == DAY_OPEN ? date_birthday(child->born, 18) <= history->end
                               : spell->end > date_birthday(child->born, 18))
        return "goes beyond the 18th birthday";
    if (before != NULL && (before->end == DAY_OPEN || spell->start <= before->end))
        return "overlaps or touches the one before";
    if (spell->route >= ROUTE_COUNT)
        return "has a route out of range";
    if (spell->readmission != (k > 0))
        return "is wrongly marked a readmission or not";
    if (spell->lost && spell->end == DAY_OPEN)
        return "is lost but open";
    return NULL;
}

bool history_verify(const struct history *history, struct err *err)
{
    int32_t spells = 0, segments = 0;
    for (size_t i = 0; i < history->n_children; i++) {
        const struct child *child = &history->children[i];
        if (child->born == DAY_NONE || child->n_spells < 1 || child->first_spell != spells)
            return err_set(err, ERR_INTERNAL, "child %zu has no date of birth or its spells are out of place",
                           i);
        if (i > 0 && child->key < history->children[i - 1].key)
            return err_set(err, ERR_INTERNAL, "child %zu is out of order", i);
        for (int32_t k = 0; k < child->n_spells; k++, spells++) {
            const char *problem = spell_problem(history, child, k);
            if (problem == NULL && history->spells[spells].first_segment != segments)
                problem = "has its segments out of place";
            if (problem != NULL)
                return err_set(err, ERR_INTERNAL, "spell %d %s", (int)spells, problem);
            for (int32_t m = 0; m < history->spells[spells].n_segments; m++, segments++) {
                problem = segment_problem(history, &history->spells[spells], m);
                if (problem != NULL)
                    return err_set(err, ERR_INTERNAL, "segment %d %s", (int)segments, problem);
            }
        }
    }
    if ((size_t)spells != history->n_spells || (size_t)segments != history->n_segments)
        return err_set(err, ERR_INTERNAL, "spells or segments belong to no child");
    return true;
}
