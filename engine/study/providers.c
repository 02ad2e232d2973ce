/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stays are followed segment by segment: one that begins no new stay goes on with the last. */
#include "study/providers.h"

#include <math.h>
#include <string.h>

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

static struct provider_row *row_of(struct providers *out, const struct segment *segment)
{
    const int kind = segment->provider < PROVIDER_COUNT ? segment->provider : PROVIDER_COUNT;
    return &out->rows[kind][segment->group];
}

/* Nights in a period: night t is that from day t to the next. */
static int64_t nights_in(const struct segment *segment, day first, day last)
{
    const int64_t from = segment->start > first ? segment->start : first;
    const int64_t to = segment->end < last + 1 ? segment->end : last + 1;
    return to > from ? to - from : 0;
}

/* Who is there at the end of the last day. */
static void count_child(struct provider_row *row, const struct segment *segment, day stay_start, day last,
                        int64_t *n_miles)
{
    row->children++;
    row->days += last + 1 - stay_start;
    row->placed_known += segment->boundary != 0;
    row->outside += segment->boundary == 2;
    if (segment->distance_miles >= 0) {
        row->miles += (double)segment->distance_miles;
        ++*n_miles;
    }
}

void providers_count(const struct history *history, day first, day last, struct providers *out)
{
    int64_t n_miles[PROVIDER_KINDS][PLACEMENT_COUNT] = {{0}};
    memset(out, 0, sizeof *out);
    for (size_t s = 0; s < history->n_spells; s++) {
        const struct spell *spell = &history->spells[s];
        day stay_start = spell->start;
        for (int32_t k = 0; k < spell->n_segments; k++) {
            const struct segment *at = &history->segments[spell->first_segment + k];
            const bool is_last = k + 1 == spell->n_segments;
            struct provider_row *row = row_of(out, at);
            const int kind = at->provider < PROVIDER_COUNT ? at->provider : PROVIDER_COUNT;
            if (at->is_new_stay)
                stay_start = at->start;
            row->nights += nights_in(at, first, last);
            row->started += at->is_new_stay && at->start >= first && at->start <= last;
            if (at->end >= first && at->end <= last && (is_last || at[1].is_new_stay)) {
                row->ended++;
                row->moved_on += !is_last;
            }
            if (at->start <= last && last < at->end)
                count_child(row, at, stay_start, last, &n_miles[kind][at->group]);
        }
    }
    for (int p = 0; p < PROVIDER_KINDS; p++)
        for (int g = 0; g < PLACEMENT_COUNT; g++) {
            struct provider_row *row = &out->rows[p][g];
            row->days = row->children > 0 ? row->days / (double)row->children : (double)NAN;
            row->miles = n_miles[p][g] > 0 ? row->miles / (double)n_miles[p][g] : (double)NAN;
        }
}
