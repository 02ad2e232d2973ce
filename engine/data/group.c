/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names come from the .def tables; every function here is a look-up in an array that the preprocessor made.
 */
#include "data/group.h"

#include <stdio.h>

struct name_words {
    const char *name, *words;
};

static const struct name_words placement_groups[PLACEMENT_COUNT] = {
#define PLACEMENT_GROUP(member, name, words) {name, words},
#include "data/codes/placement_group.def"
#undef PLACEMENT_GROUP
};
static const struct name_words routes[ROUTE_COUNT] = {
#define ROUTE(member, name, words) {name, words},
#include "data/codes/route.def"
#undef ROUTE
};
static const struct name_words age_bands[AGE_COUNT] = {
#define AGE_BAND(member, name, first, last, words) {name, words},
#include "data/codes/age_band.def"
#undef AGE_BAND
};
static const int32_t age_firsts[AGE_COUNT + 1] = {
#define AGE_BAND(member, name, first, last, words) first,
#include "data/codes/age_band.def"
#undef AGE_BAND
    18,
};
static const struct name_words legal_groups[LEGAL_COUNT] = {
#define LEGAL_GROUP(member, name, words) {name, words},
#include "data/codes/legal_group.def"
#undef LEGAL_GROUP
};
static const struct name_words needs[NEED_COUNT] = {
#define NEED(member, code, words) {code, words},
#include "data/codes/need.def"
#undef NEED
};
static const struct name_words measures[MEASURE_COUNT] = {
#define MEASURE(member, name, unit, words) {name, words},
#include "data/codes/measure.def"
#undef MEASURE
};
static const char *const measure_units[MEASURE_COUNT] = {
#define MEASURE(member, name, unit, words) unit,
#include "data/codes/measure.def"
#undef MEASURE
};

static bool find_name(const struct name_words table[], int32_t n, struct str name, int32_t *out)
{
    for (int32_t i = 0; i < n; i++) {
        if (str_equal_text(name, table[i].name)) {
            *out = i;
            return true;
        }
    }
    return false;
}

/* name, words and parse functions of one enum. NOLINTBEGIN(bugprone-macro-parentheses): the arguments are
 * names. */
#define NAMED(prefix, type, table, count)                                                                    \
    const char *prefix##_name(enum type value)                                                               \
    {                                                                                                        \
        return table[value].name;                                                                            \
    }                                                                                                        \
    const char *prefix##_words(enum type value)                                                              \
    {                                                                                                        \
        return table[value].words;                                                                           \
    }                                                                                                        \
    bool prefix##_parse(struct str name, enum type *out)                                                     \
    {                                                                                                        \
        int32_t found = 0;                                                                                   \
        if (!find_name(table, count, name, &found))                                                          \
            return false;                                                                                    \
        *out = (enum type)found;                                                                             \
        return true;                                                                                         \
    }
NAMED(placement_group, placement_group, placement_groups, PLACEMENT_COUNT)
NAMED(route, route, routes, ROUTE_COUNT)
NAMED(age_band, age_band, age_bands, AGE_COUNT)
NAMED(legal_group, legal_group, legal_groups, LEGAL_COUNT)
NAMED(need, need, needs, NEED_COUNT)
NAMED(measure, measure, measures, MEASURE_COUNT)
#undef NAMED
/* NOLINTEND(bugprone-macro-parentheses) */

enum age_band age_band_of(int32_t age)
{
    int32_t band = AGE_COUNT - 1;
    while (band > 0 && age < age_firsts[band])
        band--;
    return (enum age_band)band;
}

int32_t age_band_first(enum age_band band)
{
    return age_firsts[band];
}

const char *measure_unit(enum measure measure)
{
    return measure_units[measure];
}

void group_format(struct group group, const char *const localities[], char out[GROUP_TEXT])
{
    const char *kind = "";
    const char *name = "";
    switch (group.kind) {
    case GROUP_ALL:
        name = "all";
        break;
    case GROUP_PLACEMENT:
        kind = "placement:";
        name = placement_groups[group.member].name;
        break;
    case GROUP_AGE:
        kind = "age:";
        name = age_bands[group.member].name;
        break;
    case GROUP_ROUTE:
        kind = "route:";
        name = routes[group.member].name;
        break;
    case GROUP_LEGAL:
        kind = "legal:";
        name = legal_groups[group.member].name;
        break;
    case GROUP_NEED:
        kind = "need:";
        name = needs[group.member].name;
        break;
    case GROUP_LOCALITY:
        kind = "locality:";
        name = localities[group.member];
        break;
    case GROUP_UASC:
        name = "uasc:yes";
        break;
    case GROUP_KIND_COUNT:
        break;
    }
    if (snprintf(out, GROUP_TEXT, "%s%s", kind, name) < 0)
        out[0] = '\0';
}
