/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/world/world_place.h: the code and provider that a placement of a group is filed with. Internal to
 * tests/world.
 *
 * Ownership: nothing is allocated. */
#ifndef TURNCURVE_TESTS_WORLD_PLACE_H
#define TURNCURVE_TESTS_WORLD_PLACE_H

#include "data/codes.h"
#include "tests/world/draw.h"

/* A code in use on the day the placement starts, for a child of `age`. */
enum place world_place_code(enum placement_group group, int32_t age, day start, struct dice *dice);
/* A provider that can offer it and puts it in its group; 255 where none is recorded. */
uint8_t world_place_provider(enum placement_group group, enum place place, struct dice *dice);

#endif
