/* SPDX-License-Identifier: GPL-3.0-or-later
 * A hash table, because every row of an authority goes in and few are asked for. */
#include "data/homes.h"

#include <stdlib.h>

#include "base/vec.h"

enum { LEAST_SLOTS = 1024 };

static size_t hash(struct str text)
{
    uint64_t value = UINT64_C(0xcbf29ce484222325); /* FNV-1a */
    for (size_t i = 0; i < text.length; i++)
        value = (value ^ (unsigned char)text.at[i]) * UINT64_C(0x100000001b3);
    return (size_t)(value ^ (value >> 32));
}

/* The slot of a home: the one that holds it, else the free one where it would go. There is one. */
static uint32_t *find_slot(const struct homes *homes, struct str urn)
{
    size_t i = hash(urn) & (homes->n_slots - 1);
    while (homes->slots[i] != 0 && !str_equal(homes->list[homes->slots[i] - 1].urn, urn))
        i = (i + 1) & (homes->n_slots - 1);
    return &homes->slots[i];
}

static bool grow(struct homes *homes, struct err *err)
{
    struct homes larger = *homes;
    larger.n_slots = homes->n_slots == 0 ? LEAST_SLOTS : 2 * homes->n_slots;
    larger.slots = vec_new(larger.n_slots, sizeof *larger.slots, err);
    if (larger.slots == NULL)
        return false;
    for (size_t i = 0; i < homes->n; i++)
        *find_slot(&larger, homes->list[i].urn) = (uint32_t)i + 1;
    free(homes->slots);
    *homes = larger;
    return true;
}

bool homes_is_home(struct str urn)
{
    return urn.length > 0 && !str_equal_text(urn, "XXXXXXX");
}

bool homes_add(struct homes *homes, struct str urn, struct str place, struct str provider, struct err *err)
{
    const uint8_t code = code_provider_find(provider);
    if (code >= PROVIDER_COUNT || !homes_is_home(urn))
        return true;
    const enum place kind = code_place_find(place);
    if (kind == PLACE_UNKNOWN || !code_provider_fits(kind, code))
        return true;
    if (2 * (homes->n + 1) > homes->n_slots && !grow(homes, err))
        return false;
    uint32_t *slot = find_slot(homes, urn);
    if (*slot == 0) {
        if (!vec_reserve((void **)&homes->list, &homes->capacity, homes->n + 1, sizeof *homes->list, err))
            return false;
        const char *copy = arena_copy(&homes->texts, urn, err);
        if (copy == NULL)
            return false;
        homes->list[homes->n++] = (struct home){.urn = {copy, urn.length}};
        *slot = (uint32_t)homes->n;
    }
    homes->list[*slot - 1].used[code]++;
    return true;
}

uint8_t homes_provider(const struct homes *homes, struct str urn, enum place place)
{
    uint8_t best = PROVIDER_UNKNOWN;
    if (homes == NULL || homes->n == 0 || !homes_is_home(urn))
        return best;
    const uint32_t slot = *find_slot(homes, urn);
    if (slot == 0)
        return best;
    const int32_t *used = homes->list[slot - 1].used;
    for (int i = 0; i < PROVIDER_COUNT; i++)
        if (used[i] > 0 && code_provider_fits(place, (uint8_t)i) &&
            (best == PROVIDER_UNKNOWN || used[i] > used[best]))
            best = (uint8_t)i;
    return best;
}

void homes_free(struct homes *homes)
{
    free(homes->list);
    free(homes->slots);
    arena_free(&homes->texts);
    *homes = (struct homes){0};
}
