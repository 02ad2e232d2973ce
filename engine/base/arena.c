/* SPDX-License-Identifier: GPL-3.0-or-later
 * A chain of blocks; a piece is cut from the newest, a new block is made when it does not fit. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { ARENA_BLOCK = 64 * 1024 - 64, ARENA_ALIGN = 16 };

struct arena_block {
    struct arena_block *older;
    size_t size;
    _Alignas(ARENA_ALIGN) unsigned char bytes[];
};

void *arena_take(struct arena *arena, size_t size, struct err *err)
{
    if (size > SIZE_MAX / 2) {
        err_no_memory(err);
        return NULL;
    }
    const size_t rounded = (size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
    if (arena->newest == NULL || arena->newest->size - arena->used < rounded) {
        const size_t room = rounded > ARENA_BLOCK ? rounded : ARENA_BLOCK;
        struct arena_block *block = vec_new(1, sizeof *block + room, err);
        if (block == NULL)
            return NULL;
        block->older = arena->newest;
        block->size = room;
        arena->newest = block;
        arena->used = 0;
    }
    void *piece = arena->newest->bytes + arena->used;
    arena->used += rounded;
    memset(piece, 0, rounded);
    return piece;
}

const char *arena_copy(struct arena *arena, struct str s, struct err *err)
{
    char *copy = arena_take(arena, s.length + 1, err);
    if (copy != NULL && s.length > 0)
        memcpy(copy, s.at, s.length);
    return copy;
}

const char *arena_format(struct arena *arena, struct err *err, const char *format, ...)
{
    va_list arguments;
    va_list again;
    va_start(arguments, format);
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *copy = NULL;
    if (length < 0) {
        err_set(err, ERR_INTERNAL, "cannot format a text");
    } else {
        copy = arena_take(arena, (size_t)length + 1, err);
        if (copy != NULL && vsnprintf(copy, (size_t)length + 1, format, again) != length)
            copy[0] = '\0';
    }
    va_end(again);
    return copy;
}

void arena_reset(struct arena *arena)
{
    if (arena->newest == NULL)
        return;
    struct arena_block *block = arena->newest->older;
    while (block != NULL) {
        struct arena_block *older = block->older;
        free(block);
        block = older;
    }
    arena->newest->older = NULL;
    arena->used = 0;
}

void arena_free(struct arena *arena)
{
    arena_reset(arena);
    free(arena->newest);
    *arena = (struct arena){0};
}
