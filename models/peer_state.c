/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables and dates of the published tools where they differ from ours. */
#include "models/peer_state.h"

#include "data/codes.h"

static const double year_days = 365.24;

int peer_state(enum age_band bin, enum peer_place place)
{
    return (int)bin * PEER_PLACES + (int)place;
}

enum age_band peer_state_bin(int state)
{
    return (enum age_band)(state / PEER_PLACES);
}

enum peer_place peer_state_place(int state)
{
    return (enum peer_place)(state % PEER_PLACES);
}

enum peer_place peer_place_of(enum peer_tool tool, uint16_t place_code)
{
    static const struct {
        enum place code;
        enum peer_place places[2]; /* by enum peer_tool */
    } known[] = {
#define PEER_CODE(code, d2i, regional) {PLACE_##code, {PEER_##d2i, PEER_##regional}},
#include "models/peer_code.def"
#undef PEER_CODE
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if ((uint16_t)known[i].code == place_code)
            return known[i].places[tool];
    return PEER_OTHER;
}

enum placement_group peer_place_fallback(enum peer_place place)
{
    static const enum placement_group groups[PEER_PLACES] = {
#define PEER_PLACE(member, group) [PEER_##member] = PLACEMENT_##group,
#include "models/peer_place.def"
#undef PEER_PLACE
    };
    return groups[place];
}

double peer_age(day born, day date)
{
    return (date - born) / year_days;
}

enum age_band peer_bin(double age)
{
    int bin = AGE_COUNT - 1;
    while (bin > 0 && age < age_band_first((enum age_band)bin))
        bin--;
    return (enum age_band)bin;
}

/* The day itself, or the last of the month when it does not exist. */
static day clip_to_month(struct civil civil)
{
    while (!date_is_civil(civil))
        civil.day--;
    return date_from_civil(civil.year, civil.month, civil.day);
}

day peer_birthday(day born, int32_t years)
{
    struct civil civil = date_to_civil(born);
    civil.year += years;
    return clip_to_month(civil);
}

day peer_months_before(day date, int32_t months)
{
    struct civil civil = date_to_civil(date_month_start(date, -months));
    civil.day = date_to_civil(date).day;
    return clip_to_month(civil);
}
