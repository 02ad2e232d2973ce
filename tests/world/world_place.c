/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shares of codes and providers within a group are judgement; that each code is valid on its day, at its age
 * and with its provider is tested (tests/study/test_world_shape.c). */
#include "tests/world/world_place.h"

enum place world_place_code(enum placement_group group, int32_t age, day start, struct dice *dice)
{
    static const day foster_codes = 16526; /* 1 April 2015 */
    static const day registered = 19658;   /* 28 October 2023 */
    static const day four_others = 20179;  /* 1 April 2025 */
    const double u = draw_uniform(dice);
    switch (group) {
    case PLACEMENT_FOSTER_KIN:
        return start < foster_codes ? PLACE_Q1 : u < 0.4 ? PLACE_U1 : u < 0.42 ? PLACE_U2 : PLACE_U3;
    case PLACEMENT_FOSTER_INHOUSE:
    case PLACEMENT_FOSTER_IFA:
        return start < foster_codes ? PLACE_Q2 : u < 0.4 ? PLACE_U4 : u < 0.42 ? PLACE_U5 : PLACE_U6;
    case PLACEMENT_ADOPTION:
        return u < 0.15 ? PLACE_A5 : PLACE_A6;
    case PLACEMENT_PARENTS:
        return PLACE_P1;
    case PLACEMENT_RES_INHOUSE:
    case PLACEMENT_RES_EXTERNAL:
        return PLACE_K2;
    case PLACEMENT_SUPPORTED:
        return start >= registered ? PLACE_K3 : u < 0.4 ? PLACE_P2 : PLACE_H5;
    case PLACEMENT_RES_OTHER:
        return age < 4 ? PLACE_R3 : u < 0.4 ? PLACE_S1 : PLACE_R1;
    case PLACEMENT_SECURE:
        return age >= 10 && u < 0.4 ? PLACE_R5 : PLACE_K1;
    case PLACEMENT_OTHER:
        return start < four_others ? PLACE_Z1 : PLACE_Z12;
    case PLACEMENT_COUNT:
        break;
    }
    return PLACE_UNKNOWN;
}

uint8_t world_place_provider(enum placement_group group, enum place place, struct dice *dice)
{
    const double u = draw_uniform(dice);
    switch (group) {
    case PLACEMENT_FOSTER_KIN:
    case PLACEMENT_RES_INHOUSE:
        return 1;
    case PLACEMENT_FOSTER_INHOUSE:
        return u < 0.97 ? 1 : 2;
    case PLACEMENT_FOSTER_IFA:
        return u < 0.82 ? 4 : 5;
    case PLACEMENT_ADOPTION:
        return u < 0.6 ? 1 : u < 0.8 ? 2 : 5;
    case PLACEMENT_PARENTS:
        return 0;
    case PLACEMENT_RES_EXTERNAL:
        return u < 0.93 ? 4 : 5;
    case PLACEMENT_SUPPORTED:
        return u < 0.25 ? 1 : u < 0.8 ? 4 : 5;
    case PLACEMENT_RES_OTHER:
        return u < 0.8 ? 4 : 5;
    case PLACEMENT_SECURE:
        return place == PLACE_R5 ? 3 : u < 0.3 ? 1 : 2;
    case PLACEMENT_OTHER:
    case PLACEMENT_COUNT:
        break;
    }
    return PROVIDER_UNKNOWN;
}
