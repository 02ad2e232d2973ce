/* SPDX-License-Identifier: GPL-3.0-or-later
 * From clean episodes to periods of care and placements. Temporary rows take the placement around them first,
 * so that foster, hospital, same foster home is one stay and no move; then equal neighbours become one
 * segment. Episodes of no length carry reasons but no days: they are passed over when segments are made. */
#include "data/stack.h"

#include <string.h>

#include "base/parse.h"
#include "base/vec.h"
#include "data/codes.h"
#include "data/homes.h"
#include "data/localities.h"

struct building {
    struct history *history;
    const struct clean_child *clean;
    const struct localities *localities;
    struct err *err;
    int32_t child, spell;         /* at hand */
    const struct episode *placed; /* whose placement the last segment has */
    struct str home_post;         /* last looked up, with its locality */
    int16_t locality;
};

/* True when the period of care goes on into the next episode. */
static bool goes_on(const struct clean_child *clean, size_t i)
{
    return i + 1 < clean->n_episodes && !clean->episodes[i].ends_care &&
           clean->episodes[i].end == clean->episodes[i + 1].start;
}

static bool same_place(const struct episode *a, const struct episode *b)
{
    return a == b || (a->place_code == b->place_code && a->provider == b->provider &&
                      str_equal(a->urn, b->urn) && str_equal(a->placement_post, b->placement_post));
}

/* The episode whose placement counts for the first row of a period: the first that is not temporary, the row
 * itself when all are. */
static const struct episode *first_placement(const struct clean_child *clean, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!clean->episodes[i].temporary)
            return &clean->episodes[i];
    return &clean->episodes[from];
}

static int16_t find_locality(struct building *b, struct str home_post)
{
    if (b->localities == NULL)
        return -1;
    if (b->locality < 0 || !str_equal(home_post, b->home_post)) {
        b->home_post = home_post;
        b->locality = (int16_t)localities_find(b->localities, home_post);
    }
    return b->locality;
}

/* Miles; below 0 when blank, not a number, or 999.9, which says not known. */
static float read_distance(struct str text)
{
    double miles = -1;
    if (text.length == 0 || !parse_double(text, &miles) || miles < 0 || miles > 999)
        return -1;
    return (float)miles;
}

static uint8_t read_boundary(struct str text)
{
    if (text.length == 0)
        return 0;
    if (str_equal_text(text, "IN"))
        return 1;
    return str_equal_text(text, "OUT") ? 2 : 0;
}

/* Longer ones are nobody's. */
static void keep_urn(struct str filed, char urn[URN_TEXT])
{
    urn[0] = '\0';
    if (homes_is_home(filed) && filed.length < URN_TEXT)
        (void)str_copy(filed, urn, URN_TEXT);
}

/* The days of one episode in the placement that counts for it. */
static struct segment segment_of(struct building *b, const struct episode *episode,
                                 const struct episode *placed)
{
    struct segment segment = {
        .child = b->child,
        .spell = b->spell,
        .start = episode->start,
        .end = episode->end,
        .group = placed->temporary ? (uint8_t)PLACEMENT_OTHER : placed->group,
        .legal = episode->legal,
        .need = episode->need,
        .provider = placed->provider,
        .locality = find_locality(b, episode->home_post),
        .boundary = read_boundary(placed->location),
        .distance_miles = read_distance(placed->distance),
        .place_code = placed->place_code,
    };
    keep_urn(placed->urn, segment.urn);
    memcpy(segment.legal_status, episode->legal_status, sizeof segment.legal_status);
    return segment;
}

static bool same_but_days(const struct segment *a, const struct segment *b)
{
    return a->group == b->group && a->legal == b->legal && a->need == b->need && a->provider == b->provider &&
           a->locality == b->locality && a->boundary == b->boundary && a->place_code == b->place_code &&
           !(a->distance_miles < b->distance_miles) && !(a->distance_miles > b->distance_miles) &&
           strncmp(a->legal_status, b->legal_status, sizeof a->legal_status) == 0;
}

static bool add_segment(struct building *b, const struct episode *episode, const struct episode *placed)
{
    struct history *history = b->history;
    struct spell *spell = &history->spells[b->spell];
    struct segment segment = segment_of(b, episode, placed);
    const bool is_first = spell->n_segments == 0;
    const bool stays = !is_first && same_place(b->placed, placed);
    struct segment *last = is_first ? NULL : &history->segments[history->n_segments - 1];
    if (stays && same_but_days(last, &segment)) {
        last->end = segment.end;
        return true;
    }
    segment.is_new_stay = !stays;
    segment.is_move = !is_first && !stays && (episode->rne == 'P' || episode->rne == 'B');
    if (!vec_reserve((void **)&history->segments, &history->segments_capacity, history->n_segments + 1,
                     sizeof *history->segments, b->err))
        return false;
    history->segments[history->n_segments++] = segment;
    spell->n_segments++;
    b->placed = placed;
    return true;
}

static bool add_segments(struct building *b, size_t from, size_t to)
{
    const struct episode *placed = first_placement(b->clean, from, to);
    b->placed = NULL;
    for (size_t i = from; i < to; i++) {
        const struct episode *episode = &b->clean->episodes[i];
        if (!episode->temporary)
            placed = episode;
        if (episode->start < episode->end && !add_segment(b, episode, placed))
            return false;
    }
    return true;
}

/* Episodes [from, to) are one period of care. */
static bool add_spell(struct building *b, size_t from, size_t to)
{
    struct history *history = b->history;
    const struct episode *first = &b->clean->episodes[from], *last = &b->clean->episodes[to - 1];
    struct child *child = &history->children[b->child];
    if (first->start >= last->end)
        return true;
    if (!vec_reserve((void **)&history->spells, &history->spells_capacity, history->n_spells + 1,
                     sizeof *history->spells, b->err))
        return false;
    const int32_t age = date_age_on(b->clean->born, first->start);
    b->spell = (int32_t)history->n_spells++;
    history->spells[b->spell] = (struct spell){
        .child = b->child,
        .first_segment = (int32_t)history->n_segments,
        .start = first->start,
        .end = last->end,
        .route = last->end == DAY_OPEN ? (uint8_t)ROUTE_OTHER : last->route,
        .start_known = from > 0 || b->clean->start_known_first,
        .lost = last->lost,
        .readmission = child->n_spells > 0,
        .start_age = (uint8_t)(age < 0 ? 0 : age),
    };
    child->n_spells++;
    return add_segments(b, from, to);
}

bool history_add_child(struct history *history, const struct clean_child *clean, uint64_t key,
                       const struct localities *localities, struct err *err)
{
    if (!clean->usable)
        return true;
    struct building b = {
        .history = history,
        .clean = clean,
        .localities = localities,
        .err = err,
        .child = (int32_t)history->n_children,
        .locality = -1,
    };
    if (!vec_reserve((void **)&history->children, &history->children_capacity, history->n_children + 1,
                     sizeof *history->children, err))
        return false;
    history->children[history->n_children++] = (struct child){
        .key = key,
        .born = clean->born,
        .sex = clean->sex,
        .ethnic = clean->ethnic,
        .uasc = clean->uasc,
        .uasc_until = clean->uasc_until,
        .first_spell = (int32_t)history->n_spells,
    };
    for (size_t from = 0, to = 0; from < clean->n_episodes; from = to) {
        for (to = from + 1; goes_on(clean, to - 1); to++)
            continue;
        if (!add_spell(&b, from, to))
            return false;
    }
    if (history->children[b.child].n_spells == 0)
        history->n_children--;
    return true;
}
