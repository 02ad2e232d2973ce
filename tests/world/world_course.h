/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/world/world_course.h: placements and legal statuses of one period of care. Internal to tests/world.
 *
 * Ownership: plain values. */
#ifndef TURNCURVE_TESTS_WORLD_COURSE_H
#define TURNCURVE_TESTS_WORLD_COURSE_H

#include "data/codes.h"
#include "tests/world/world_life.h"

enum { WORLD_STAYS_MAX = 80, WORLD_STATUSES_MAX = 5 };

/* A placement, until the next starts or the period of care ends. */
struct world_stay {
    day start;
    enum placement_group group;
    enum place place;
    uint8_t provider; /* 0..5, 255 where none is recorded */
    uint8_t boundary; /* 1 inside the authority, 2 outside */
    float miles;
};

struct world_course {
    int32_t n_stays, n_statuses;
    struct world_stay stays[WORLD_STAYS_MAX];
    struct {
        day start;
        enum legal_status status;
    } statuses[WORLD_STATUSES_MAX];
};

/* Draws the course of a spell up to its end; what would start after `horizon` is left out. `first`: the group
 * of the first placement, from world_course_first. `hurry`: the child's own pace of moves, 1 in the middle.
 */
void world_course_draw(struct world_course *course, const struct world_character *character,
                       const struct world_life *life, const struct world_spell *spell,
                       enum placement_group first, double hurry, day horizon, struct dice *dice);
/* Draws a first placement. */
enum placement_group world_course_first(const struct world_character *character,
                                        const struct world_life *life, const struct world_spell *spell,
                                        struct dice *dice);
/* True when brothers and sisters of any age can be placed there. */
bool world_course_is_shared(enum placement_group group);

#endif
