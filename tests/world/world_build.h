/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/world/world_build.h: from lives to the history that stacked returns would show. Internal to
 * tests/world.
 *
 * Ownership: the history is the caller's. Out of memory stops the test program. */
#ifndef TURNCURVE_TESTS_WORLD_BUILD_H
#define TURNCURVE_TESTS_WORLD_BUILD_H

#include "tests/world/world_life.h"

/* Families come into care month by month from the burn-in to the end of the history, unaccompanied children
 * beside them. history: name, start, end and localities are set. */
void world_build_all(struct history *history, const struct world_character *character,
                     const struct world_drift *drift, uint64_t seed);

#endif
