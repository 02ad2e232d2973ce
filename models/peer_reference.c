/* SPDX-License-Identifier: GPL-3.0-or-later
 * A child is in a state from the day an episode starts to the day before it ends. */
#include "models/peer_reference.h"

#include <stdlib.h>

#include "base/vec.h"

void peer_reference_free(struct peer_reference *reference)
{
    free(reference->stock);
    *reference = (struct peer_reference){0};
}

int32_t peer_reference_stock(const struct peer_reference *reference, int state, day date)
{
    const int32_t at = date - reference->first + 1;
    bug_if(at < 0 || at > reference->days);
    return reference->stock[(size_t)state * (size_t)(reference->days + 1) + (size_t)at];
}

/* Starts and ends by day, then summed up. */
static void count_stock(const struct peer_episodes *episodes, struct peer_reference *reference)
{
    const size_t width = (size_t)reference->days + 1;
    for (size_t i = 0; i < episodes->n; i++) {
        const struct peer_episode *episode = &episodes->items[i];
        const day before = reference->first - 1;
        const day from = episode->start > before ? episode->start : before;
        if (from > reference->last || episode->end <= from)
            continue;
        int32_t *row = reference->stock + episode->state * width;
        row[from - before]++;
        if (episode->end <= reference->last)
            row[episode->end - before]--;
    }
    for (int s = 0; s < PEER_STATES; s++)
        for (size_t t = 1; t < width; t++)
            reference->stock[(size_t)s * width + t] += reference->stock[(size_t)s * width + t - 1];
}

/* Returns the child-days of the period. */
static double count_mix(const struct peer_episodes *episodes, struct peer_reference *reference)
{
    double nights[PEER_PLACES] = {0};
    double all = 0;
    for (size_t i = 0; i < episodes->n; i++) {
        const struct peer_episode *episode = &episodes->items[i];
        const day from = episode->start > reference->first ? episode->start : reference->first;
        const day to = episode->end <= reference->last ? episode->end : reference->last + 1;
        if (to <= from)
            continue;
        const enum peer_place place = peer_state_place(episode->state);
        reference->split[place][episode->group] += to - from;
        nights[place] += to - from;
        all += to - from;
    }
    for (int place = 0; place < PEER_PLACES; place++) {
        if (!(nights[place] > 0))
            reference->split[place][peer_place_fallback((enum peer_place)place)] = nights[place] = 1;
        for (int g = 0; g < PLACEMENT_COUNT; g++)
            reference->split[place][g] /= nights[place];
    }
    return all;
}

static int32_t count_entries(const struct peer_episodes *episodes, struct peer_reference *reference)
{
    int32_t n = 0;
    for (size_t i = 0; i < episodes->n; i++) {
        const struct peer_episode *episode = &episodes->items[i];
        if (!episode->is_entry || episode->start < reference->first || episode->start > reference->last)
            continue;
        reference->entries[episode->state]++;
        n++;
    }
    return n;
}

bool peer_reference_make(const struct peer_episodes *episodes, day first, day last,
                         struct peer_reference *out, struct err *err)
{
    char from[DATE_TEXT];
    char to[DATE_TEXT];
    date_format_words(first, from);
    date_format_words(last, to);
    if (last <= first)
        return err_set(err, ERR_DATA,
                       "the reference period, %s to %s, has no length; import more returns or choose a later "
                       "--from",
                       from, to);
    struct peer_reference reference = {.first = first, .last = last, .days = last - first + 1};
    reference.stock = vec_new(PEER_STATES * ((size_t)reference.days + 1), sizeof *reference.stock, err);
    if (reference.stock == NULL)
        return false;
    count_stock(episodes, &reference);
    const double nights = count_mix(episodes, &reference);
    const int32_t entries = count_entries(episodes, &reference);
    if (!(nights > 0) || entries == 0) {
        peer_reference_free(&reference);
        return err_set(err, ERR_DATA,
                       "nobody %s care from %s to %s, the reference period; choose a later --from, or set "
                       "reference_months to a longer one",
                       nights > 0 ? "came into" : "was in", from, to);
    }
    *out = reference;
    return true;
}
