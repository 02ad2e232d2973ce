/* SPDX-License-Identifier: GPL-3.0-or-later
 * Segments become rows one by one; rows of `regional` are first joined over what is no move, then cut. */
#include "models/peer_episodes.h"

#include <stdlib.h>

#include "base/vec.h"

/* A segment, or several merged. */
struct row {
    day born, start, end;
    enum peer_place place;
    enum peer_place after; /* PEER_PLACES: not in care */
    uint8_t group;
    bool is_entry;
};

void peer_episodes_free(struct peer_episodes *episodes)
{
    free(episodes->items);
    *episodes = (struct peer_episodes){0};
}

day peer_last_date(const struct history *history, day origin)
{
    day last = DAY_NONE;
    for (size_t i = 0; i < history->n_segments; i++) {
        const struct segment *segment = &history->segments[i];
        if (segment->start <= origin && segment->start > last)
            last = segment->start;
        if (segment->end <= origin && segment->end > last)
            last = segment->end;
    }
    return last;
}

/* The days of a row from `start` to `end` in one bin; `next` is the state that follows. */
static bool add(struct peer_episodes *episodes, const struct row *row, day start, day end, enum age_band bin,
                int next, struct err *err)
{
    if (!vec_reserve((void **)&episodes->items, &episodes->capacity, episodes->n + 1, sizeof *episodes->items,
                     err))
        return false;
    episodes->items[episodes->n++] = (struct peer_episode){
        .start = start,
        .end = end,
        .state = (uint8_t)peer_state(bin, row->place),
        .next = (uint8_t)next,
        .group = row->group,
    };
    return true;
}

static int state_after(const struct row *row, enum age_band bin)
{
    return row->after == PEER_PLACES ? PEER_OUT : peer_state(bin, row->after);
}

/* The bin at the start is kept to the end, also of what comes after. */
static bool add_whole(struct peer_episodes *episodes, const struct row *row, struct err *err)
{
    const enum age_band bin = peer_bin(peer_age(row->born, row->start));
    return add(episodes, row, row->start, row->end, bin, state_after(row, bin), err);
}

/* Cut at each birthday that opens a bin: when its age, on the scale of 365.24 days, is above that at the
 * start and not above that at the end. The cut itself is on the calendar's birthday, which may be the very
 * day on which the row starts: then the piece before has no length. */
static bool add_pieces(struct peer_episodes *episodes, const struct row *row, day horizon, struct err *err)
{
    const double last_age = peer_age(row->born, row->end == DAY_OPEN ? horizon : row->end);
    enum age_band bin = peer_bin(peer_age(row->born, row->start));
    day start = row->start;
    for (int next = (int)bin + 1; next < AGE_COUNT; next++) {
        const int32_t years = age_band_first((enum age_band)next);
        if (last_age < years)
            break;
        const day cut = peer_birthday(row->born, years);
        if (!add(episodes, row, start, cut, bin, peer_state((enum age_band)next, row->place), err))
            return false;
        start = cut;
        bin = (enum age_band)next;
    }
    return add(episodes, row, start, row->end, bin, state_after(row, bin), err);
}

struct reading {
    const struct history *history;
    enum peer_tool tool;
    day origin, horizon;
};

/* Both ends of a row lie in one spell; its first segment says where the child is. Returns the index behind
 * its last segment. */
static int32_t read_row(const struct reading *reading, const struct spell *spell, int32_t k, struct row *out)
{
    const struct history *history = reading->history;
    const struct segment *segments = &history->segments[spell->first_segment];
    int32_t behind = k + 1;
    while (reading->tool == PEER_REGIONAL && behind < spell->n_segments && !segments[behind].is_move)
        behind++;
    const day end = segments[behind - 1].end;
    const bool goes_on = behind < spell->n_segments;
    *out = (struct row){
        .born = history->children[spell->child].born,
        .start = segments[k].start,
        .end = end > reading->origin ? DAY_OPEN : end,
        .place = peer_place_of(reading->tool, segments[k].place_code),
        .after = goes_on ? peer_place_of(reading->tool, segments[behind].place_code) : PEER_PLACES,
        .group = segments[k].group,
        .is_entry = k == 0,
    };
    return behind;
}

static bool add_spell(const struct reading *reading, const struct spell *spell,
                      struct peer_episodes *episodes, struct err *err)
{
    for (int32_t k = 0; k < spell->n_segments;) {
        struct row row;
        k = read_row(reading, spell, k, &row);
        if (row.start > reading->origin)
            return true;
        const size_t first = episodes->n;
        if (reading->tool == PEER_D2I ? !add_whole(episodes, &row, err)
                                      : !add_pieces(episodes, &row, reading->horizon, err))
            return false;
        episodes->items[first].is_entry = row.is_entry;
    }
    return true;
}

bool peer_episodes_make(const struct history *history, day origin, enum peer_tool tool, day horizon,
                        struct peer_episodes *out, struct err *err)
{
    const struct reading reading = {history, tool, origin, horizon};
    struct peer_episodes episodes = {0};
    for (size_t i = 0; i < history->n_spells; i++) {
        if (!add_spell(&reading, &history->spells[i], &episodes, err)) {
            peer_episodes_free(&episodes);
            return false;
        }
    }
    *out = episodes;
    return true;
}

int32_t peer_episodes_stock(const struct peer_episodes *episodes, day date, double stock[PEER_STATES])
{
    int32_t n = 0;
    for (int s = 0; s < PEER_STATES; s++)
        stock[s] = 0;
    for (size_t i = 0; i < episodes->n; i++) {
        const struct peer_episode *episode = &episodes->items[i];
        if (episode->start > date || episode->end <= date)
            continue;
        stock[episode->state] += 1;
        n++;
    }
    return n;
}
