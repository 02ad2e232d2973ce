/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stays are followed segment by segment: one that begins no new stay goes on with the last. */
#include "study/providers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

static const char *const words[PROVIDER_KINDS] = {
#define PROVIDER(member, code, said) said,
#include "data/codes/provider.def"
#undef PROVIDER
    "Not known",
};

const char *provider_kind_words(int kind)
{
    return words[kind];
}

static uint8_t kind_of(const struct segment *segment)
{
    return segment->provider < PROVIDER_COUNT ? segment->provider : PROVIDER_COUNT;
}

/* Nights in a period: night t is that from day t to the next. */
static int64_t nights_in(const struct segment *segment, day first, day last)
{
    const int64_t from = segment->start > first ? segment->start : first;
    const int64_t to = segment->end < last + 1 ? segment->end : last + 1;
    return to > from ? to - from : 0;
}

/* Who is there at the end of the last day. */
static void count_child(struct provider_row *row, const struct segment *segment, day stay_start, day last)
{
    row->children++;
    row->days += last + 1 - stay_start;
    row->placed_known += segment->boundary != 0;
    row->outside += segment->boundary == 2;
    if (segment->distance_miles >= 0) {
        row->miles += (double)segment->distance_miles;
        row->miles_known++;
    }
}

/* `at` is the k-th segment of a spell, in a stay that began on stay_start. */
static void count_segment(struct provider_row *row, const struct segment *at, bool is_last, day stay_start,
                          day first, day last)
{
    row->nights += nights_in(at, first, last);
    row->started += at->is_new_stay && at->start >= first && at->start <= last;
    if (at->end >= first && at->end <= last && (is_last || at[1].is_new_stay)) {
        row->ended++;
        row->moved_on += !is_last;
    }
    if (at->start <= last && last < at->end)
        count_child(row, at, stay_start, last);
}

static void make_means(struct provider_row *row)
{
    row->days = row->children > 0 ? row->days / (double)row->children : (double)NAN;
    row->miles = row->miles_known > 0 ? row->miles / (double)row->miles_known : (double)NAN;
}

bool provider_row_is_empty(const struct provider_row *row)
{
    return row->children == 0 && row->nights == 0 && row->started == 0 && row->ended == 0;
}

void providers_count(const struct history *history, day first, day last, struct providers *out)
{
    memset(out, 0, sizeof *out);
    for (size_t s = 0; s < history->n_spells; s++) {
        const struct spell *spell = &history->spells[s];
        day stay_start = spell->start;
        for (int32_t k = 0; k < spell->n_segments; k++) {
            const struct segment *at = &history->segments[spell->first_segment + k];
            stay_start = at->is_new_stay ? at->start : stay_start;
            count_segment(&out->rows[kind_of(at)][at->group], at, k + 1 == spell->n_segments, stay_start,
                          first, last);
        }
    }
    for (int p = 0; p < PROVIDER_KINDS; p++)
        for (int g = 0; g < PLACEMENT_COUNT; g++)
            make_means(&out->rows[p][g]);
}

/* ---- by home ----------------------------------------------------------------------------------------- */

struct homes_found {
    struct provider_home *list;
    size_t n, capacity;
};

static struct provider_row *home_row(struct homes_found *found, const struct segment *at, struct err *err)
{
    for (size_t i = 0; i < found->n; i++) {
        struct provider_home *home = &found->list[i];
        if (home->group == at->group && home->kind == kind_of(at) && strcmp(home->urn, at->urn) == 0)
            return &home->row;
    }
    if (!vec_reserve((void **)&found->list, &found->capacity, found->n + 1, sizeof *found->list, err))
        return NULL;
    struct provider_home *made = &found->list[found->n++];
    *made = (struct provider_home){.kind = kind_of(at), .group = at->group};
    memcpy(made->urn, at->urn, sizeof made->urn);
    return &made->row;
}

static int by_nights(const void *a, const void *b)
{
    const struct provider_home *x = a;
    const struct provider_home *y = b;
    if (x->row.nights != y->row.nights)
        return x->row.nights > y->row.nights ? -1 : 1;
    const int urns = strcmp(x->urn, y->urn);
    if (urns != 0)
        return urns;
    return x->group != y->group ? (int)x->group - (int)y->group : (int)x->kind - (int)y->kind;
}

bool providers_homes(const struct history *history, day first, day last, struct provider_home **out,
                     size_t *n, struct err *err)
{
    struct homes_found found = {0};
    for (size_t s = 0; s < history->n_spells; s++) {
        const struct spell *spell = &history->spells[s];
        day stay_start = spell->start;
        for (int32_t k = 0; k < spell->n_segments; k++) {
            const struct segment *at = &history->segments[spell->first_segment + k];
            stay_start = at->is_new_stay ? at->start : stay_start;
            if (at->urn[0] == '\0' || at->start > last || at->end < first)
                continue;
            struct provider_row *row = home_row(&found, at, err);
            if (row == NULL) {
                free(found.list);
                return false;
            }
            count_segment(row, at, k + 1 == spell->n_segments, stay_start, first, last);
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < found.n; i++) {
        make_means(&found.list[i].row);
        if (!provider_row_is_empty(&found.list[i].row))
            found.list[kept++] = found.list[i];
    }
    if (kept > 0)
        qsort(found.list, kept, sizeof *found.list, by_nights);
    *out = found.list;
    *n = kept;
    return true;
}
