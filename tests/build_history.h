/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/build_history.h: histories by hand and at random, for the tests of every layer above data.
 *
 * Ownership: what is built is released by build_free. Out of memory stops the test program. */
#ifndef TURNCURVE_TESTS_BUILD_HISTORY_H
#define TURNCURVE_TESTS_BUILD_HISTORY_H

#include "data/history.h"

/* A small generator of its own (splitmix64, Vigna 2015), so that tests do not lean on what they test. */
struct dice {
    uint64_t state;
};
uint64_t dice_next(struct dice *dice);
/* Uniform in 0..n-1. */
int32_t dice_below(struct dice *dice, int32_t n);

/* A date from its parts: on(2022, 3, 31). */
day on(int32_t year, int32_t month, int32_t day_of_month);

/* An empty history of the returns of first_year to last_year (named by their end). */
void build_init(struct history *history, int32_t first_year, int32_t last_year);
/* A child; spells and stays that follow are this child's. Returns its index. */
int32_t build_child(struct history *history, day born);
/* A period of care with its first placement, section 20, need N1; end DAY_OPEN: still in care. A second one
 * of a child is a readmission. */
void build_spell(struct history *history, day start, day end, enum route route, enum placement_group group);
/* Ends the placement at hand on `start` and moves the child into another. */
void build_move(struct history *history, day start, enum placement_group group);
/* Changes the legal status on `start`, same placement. */
void build_status(struct history *history, day start, enum legal_group legal);
/* The segment made last. */
struct segment *build_last(struct history *history);

/* A random authority: children of all ages, several periods of care, moves, changes of status, some
 * unaccompanied, n_localities localities (0: none stored). Children in care before the first return are there
 * only when they survived to it, as in real returns. */
void build_random(struct history *history, uint64_t seed, int32_t n_children, int32_t first_year,
                  int32_t last_year, int32_t n_localities);
void build_free(struct history *history);

#endif
