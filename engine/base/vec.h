/* SPDX-License-Identifier: GPL-3.0-or-later
 * base/vec.h: arrays that grow, and sizes that cannot overflow.
 *
 * Ownership: the array belongs to the caller, who frees it with free(). */
#ifndef TURNCURVE_BASE_VEC_H
#define TURNCURVE_BASE_VEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Makes room for `needed` items of `size` bytes: grows *items by doubling when *capacity is smaller. New room
 * is not initialised. Example, an array of struct spell:
 *
 *     if (!vec_reserve((void **)&spells, &capacity, n + 1, sizeof *spells, err)) return false;
 *     spells[n++] = ...;
 *
 * Fails with ERR_MEMORY; *items and *capacity are then unchanged. */
bool vec_reserve(void **items, size_t *capacity, size_t needed, size_t size, struct err *err);

/* Zeroed memory for n items of `size` bytes (at least one byte), NULL with err filled when there is none. */
void *vec_new(size_t n, size_t size, struct err *err);

#endif
