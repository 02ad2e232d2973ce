/* SPDX-License-Identifier: GPL-3.0-or-later
 * base/arena.h: memory whose pieces all die together.
 *
 * Ownership: everything given out belongs to the arena and is released by arena_reset or arena_free. An arena
 * is an argument, never shared by threads. */
#ifndef TURNCURVE_BASE_ARENA_H
#define TURNCURVE_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct arena_block;
/* Zeroed is an empty arena. */
struct arena {
    struct arena_block *newest;
    size_t used; /* bytes given out of the newest block */
};

/* `size` zeroed bytes, aligned for any type; NULL with err filled when there is no memory. */
void *arena_take(struct arena *arena, size_t size, struct err *err);
/* A NUL-terminated copy of a slice. */
const char *arena_copy(struct arena *arena, struct str s, struct err *err);
/* printf into the arena. */
const char *arena_format(struct arena *arena, struct err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Releases all pieces, keeps the newest block for reuse. */
void arena_reset(struct arena *arena);
void arena_free(struct arena *arena);

#endif
