/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/world/world_life.h: families, and when and why their children leave care. Internal to tests/world.
 *
 * Ownership: plain values. */
#ifndef TURNCURVE_TESTS_WORLD_LIFE_H
#define TURNCURVE_TESTS_WORLD_LIFE_H

#include "tests/world/world_drift.h"

enum { WORLD_SPELLS_MAX = 4 };

struct world_spell {
    day start, end; /* never open: the end may lie after every window */
    enum route route;
    enum world_type type;
    enum need need;
};

struct world_life {
    day born;
    enum sex sex;
    bool uasc;
    int32_t n_spells;
    struct world_spell spells[WORLD_SPELLS_MAX];
};

/* A family's children enter care on `start`; returns how many, 1 to WORLD_SIBLINGS_MAX. The first is the one
 * whose age and stay the others follow. drift NULL: the exit clock is the calendar. */
int32_t world_life_family(const struct world_character *character, const struct world_drift *drift, day start,
                          struct dice *dice, struct world_life children[WORLD_SIBLINGS_MAX]);
/* An unaccompanied child enters care on `start`. */
void world_life_uasc(const struct world_character *character, const struct world_drift *drift, day start,
                     struct dice *dice, struct world_life *child);

#endif
