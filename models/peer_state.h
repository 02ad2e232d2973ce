/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/peer_state.h: the states in which the published tools count children: age bin and placement.
 *
 * Ownership: nothing is allocated.
 *
 * The bins are those of enum age_band, but age is days since birth over 365.24, so that a birthday may fall
 * a day into the bin before it. The last bin has no end at 18: it runs to 30. */
#ifndef TURNCURVE_MODELS_PEER_STATE_H
#define TURNCURVE_MODELS_PEER_STATE_H

#include "data/group.h"

/* The published tools: d2i (Data to Insight, cs-demand-model) and regional (Social Finance,
 * cs-demand-model-regional). */
enum peer_tool { PEER_D2I, PEER_REGIONAL };

enum peer_place {
#define PEER_PLACE(member, group) PEER_##member,
#include "models/peer_place.def"
#undef PEER_PLACE
    PEER_PLACES
};

/* A state in care is bin x PEER_PLACES + place; PEER_OUT is not in care, whatever the age. */
enum { PEER_STATES = AGE_COUNT * PEER_PLACES, PEER_OUT = PEER_STATES };

/* A state of its bin and place, and back. */
int peer_state(enum age_band bin, enum peer_place place);
enum age_band peer_state_bin(int state);
enum peer_place peer_state_place(int state);

/* Where a tool counts a placement code (enum place of data/codes.h). */
enum peer_place peer_place_of(enum peer_tool tool, uint16_t place_code);
/* The placement group that stands for a place when the reference period has no nights there. */
enum placement_group peer_place_fallback(enum peer_place place);

/* Age as both tools reckon it: days since birth over 365.24. */
double peer_age(day born, day date);
enum age_band peer_bin(double age);
/* The date of birth plus whole calendar years; 29 February becomes 28 February, not 1 March, in common
 * years. */
day peer_birthday(day born, int32_t years);
/* A date some calendar months earlier; a day that the month does not have becomes its last. */
day peer_months_before(day date, int32_t months);

#endif
