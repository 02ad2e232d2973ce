/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keys are hashes, so that the way back is a sorted list of all of them. */
#include "store/identifiers.h"

#include <stdlib.h>

#include "base/vec.h"
#include "store/db.h"

/* FNV-1a over the identifier, then a mixing step (Steele, Lea, Flood 2014, the finaliser of SplitMix64),
 * because FNV leaves the high bits of short texts alike. */
uint64_t identifiers_key(struct str child)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < child.length; i++)
        hash = (hash ^ (unsigned char)child.at[i]) * UINT64_C(0x100000001b3);
    hash = (hash ^ (hash >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    hash = (hash ^ (hash >> 27)) * UINT64_C(0x94d049bb133111eb);
    return hash ^ (hash >> 31);
}

static int compare(const void *a, const void *b)
{
    const struct identifier *x = a;
    const struct identifier *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

static bool add(struct identifiers *out, struct str child, struct err *err)
{
    if (!vec_reserve((void **)&out->list, &out->capacity, out->n + 1, sizeof *out->list, err))
        return false;
    const char *copy = arena_copy(&out->texts, child, err);
    if (copy == NULL)
        return false;
    out->list[out->n++] = (struct identifier){identifiers_key(child), copy};
    return true;
}

bool identifiers_load(struct store *store, int32_t la, struct identifiers *out, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    *out = (struct identifiers){0};
    if (!db_get(store, QUERY_IDENTIFIERS, &statement, err))
        return false;
    db_bind_integer(store, statement, 1, la);
    for (;;) {
        bool row = false;
        if (!db_step(store, statement, &row, err) || (row && !add(out, db_column_str(statement, 0), err))) {
            db_reset(statement);
            identifiers_free(out);
            return false;
        }
        if (!row)
            break;
    }
    db_reset(statement);
    if (out->n > 0)
        qsort(out->list, out->n, sizeof *out->list, compare);
    return true;
}

void identifiers_free(struct identifiers *identifiers)
{
    free(identifiers->list);
    arena_free(&identifiers->texts);
    *identifiers = (struct identifiers){0};
}

const char *identifiers_find(const struct identifiers *identifiers, uint64_t key)
{
    size_t low = 0;
    size_t high = identifiers->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (identifiers->list[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < identifiers->n && identifiers->list[low].key == key ? identifiers->list[low].child : NULL;
}
