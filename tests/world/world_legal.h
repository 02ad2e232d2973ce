/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/world/world_legal.h: legal statuses of one period of care. Internal to tests/world.
 *
 * Ownership: plain values. */
#ifndef TURNCURVE_TESTS_WORLD_LEGAL_H
#define TURNCURVE_TESTS_WORLD_LEGAL_H

#include "tests/world/world_course.h"

/* Draws the statuses of a course, the first on the first day, each on a later day than the one before and
 * before the end. `placed`: the day of placement for adoption, DAY_OPEN when there is none. */
void world_legal_draw(struct world_course *course, const struct world_life *life,
                      const struct world_spell *spell, day placed, struct dice *dice);

#endif
