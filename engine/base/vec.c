/* SPDX-License-Identifier: GPL-3.0-or-later
 * Growth doubles, so that n appends cost O(n). Every product of sizes is checked here and nowhere else. */
#include "base/vec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { VEC_FIRST = 16 };

bool vec_reserve(void **items, size_t *capacity, size_t needed, size_t size, struct err *err)
{
    if (needed <= *capacity)
        return true;
    size_t room = *capacity == 0 ? VEC_FIRST : *capacity;
    while (room < needed) {
        if (room > SIZE_MAX / 2)
            return err_no_memory(err);
        room *= 2;
    }
    bug_if(size == 0);
    if (room > SIZE_MAX / size)
        return err_no_memory(err);
    void *grown = realloc(*items, room * size);
    if (grown == NULL)
        return err_no_memory(err);
    *items = grown;
    *capacity = room;
    return true;
}

void *vec_new(size_t n, size_t size, struct err *err)
{
    void *items = calloc(n == 0 ? 1 : n, size == 0 ? 1 : size);
    if (items == NULL)
        err_no_memory(err);
    return items;
}
