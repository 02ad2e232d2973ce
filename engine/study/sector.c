/* SPDX-License-Identifier: GPL-3.0-or-later
 * A child is in one segment at the end of a day, if in any. */
#include "study/sector.h"

enum { FIRST_PUBLIC = 1, LAST_PUBLIC = 3, LAST_INDEPENDENT = 5 }; /* PR1, PR3, PR5 */

static const struct {
    const char *name, *words;
} sectors[SECTOR_COUNT] = {
    [SECTOR_PUBLIC] = {"public", "The council and other public bodies"},
    [SECTOR_INDEPENDENT] = {"independent", "Private and voluntary providers"},
    [SECTOR_NONE] = {"none", "Parents, or not recorded"},
};

static enum sector sector_of(uint8_t provider)
{
    if (provider >= FIRST_PUBLIC && provider <= LAST_PUBLIC)
        return SECTOR_PUBLIC;
    return provider > LAST_PUBLIC && provider <= LAST_INDEPENDENT ? SECTOR_INDEPENDENT : SECTOR_NONE;
}

void sector_count(const struct history *history, day date, int64_t out[SECTOR_COUNT])
{
    for (int s = 0; s < SECTOR_COUNT; s++)
        out[s] = 0;
    for (size_t i = 0; i < history->n_segments; i++) {
        const struct segment *segment = &history->segments[i];
        if (segment->start <= date && date < segment->end)
            out[sector_of(segment->provider)]++;
    }
}

const char *sector_name(enum sector sector)
{
    return sectors[sector].name;
}

const char *sector_words(enum sector sector)
{
    return sectors[sector].words;
}
