/* SPDX-License-Identifier: GPL-3.0-or-later
 * A hash table with linear probing (Knuth, The Art of Computer Programming 3, 6.4), at most half full, over
 * FNV-1a of the lower-case text. The hash decides only where an entry lies, never an order that is seen. */
#include "plan/lookup.h"

#include <stdlib.h>

#include "base/vec.h"

enum { FIRST_CAPACITY = 64 };

void lookup_free(struct lookup *lookup)
{
    free(lookup->entries);
    *lookup = (struct lookup){0};
}

static uint32_t hash(struct str text)
{
    uint32_t value = 2166136261U;
    for (size_t i = 0; i < text.length; i++) {
        const unsigned char c = (unsigned char)text.at[i];
        value = (value ^ (c >= 'A' && c <= 'Z' ? c | 0x20U : c)) * 16777619U;
    }
    return value;
}

/* The entry of a text, or the free one where it belongs. */
static size_t place_of(const struct lookup *lookup, struct str text)
{
    size_t i = hash(text) & (lookup->capacity - 1);
    while (lookup->entries[i].text.at != NULL && !str_equal_ignore_case(lookup->entries[i].text, text))
        i = (i + 1) & (lookup->capacity - 1);
    return i;
}

static bool grow(struct lookup *lookup, struct err *err)
{
    struct lookup bigger = {.capacity = lookup->capacity == 0 ? FIRST_CAPACITY : 2 * lookup->capacity};
    bigger.entries = vec_new(bigger.capacity, sizeof *bigger.entries, err);
    if (bigger.entries == NULL)
        return false;
    for (size_t i = 0; i < lookup->capacity; i++)
        if (lookup->entries[i].text.at != NULL)
            bigger.entries[place_of(&bigger, lookup->entries[i].text)] = lookup->entries[i];
    bigger.n = lookup->n;
    lookup_free(lookup);
    *lookup = bigger;
    return true;
}

/* An empty text has no address of its own. */
static struct str key_of(struct str text)
{
    text = str_trim(text);
    return text.at == NULL ? (struct str){"", 0} : text;
}

int32_t lookup_find(const struct lookup *lookup, struct str text, int32_t fallback)
{
    if (lookup->capacity == 0)
        return fallback;
    const struct lookup_entry *entry = &lookup->entries[place_of(lookup, key_of(text))];
    return entry->text.at == NULL ? fallback : entry->value;
}

static struct lookup_entry *entry_of(struct lookup *lookup, struct str text, int32_t value, struct err *err)
{
    if (2 * (lookup->n + 1) > lookup->capacity && !grow(lookup, err))
        return NULL;
    struct lookup_entry *entry = &lookup->entries[place_of(lookup, key_of(text))];
    if (entry->text.at == NULL) {
        *entry = (struct lookup_entry){.text = key_of(text), .value = value};
        lookup->n++;
    }
    return entry;
}

bool lookup_put(struct lookup *lookup, struct str text, int32_t value, int32_t *out, struct err *err)
{
    const struct lookup_entry *entry = entry_of(lookup, text, value, err);
    if (entry == NULL)
        return false;
    *out = entry->value;
    return true;
}

bool lookup_set(struct lookup *lookup, struct str text, int32_t value, struct err *err)
{
    struct lookup_entry *entry = entry_of(lookup, text, value, err);
    if (entry == NULL)
        return false;
    entry->value = value;
    return true;
}
