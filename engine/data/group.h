/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/group.h: the measures and groups that every count, forecast and table speaks of.
 *
 * Ownership: nothing is allocated; names are constants. The tables are data/codes/ *.def. */
#ifndef TURNCURVE_DATA_GROUP_H
#define TURNCURVE_DATA_GROUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/str.h"

enum placement_group {
#define PLACEMENT_GROUP(member, name, words) PLACEMENT_##member,
#include "data/codes/placement_group.def"
#undef PLACEMENT_GROUP
    PLACEMENT_COUNT
};
enum route {
#define ROUTE(member, name, words) ROUTE_##member,
#include "data/codes/route.def"
#undef ROUTE
    ROUTE_COUNT
};
enum age_band {
#define AGE_BAND(member, name, first, last, words) AGE_##member,
#include "data/codes/age_band.def"
#undef AGE_BAND
    AGE_COUNT
};
enum legal_group {
#define LEGAL_GROUP(member, name, words) LEGAL_##member,
#include "data/codes/legal_group.def"
#undef LEGAL_GROUP
    LEGAL_COUNT
};
enum need {
#define NEED(member, code, words) NEED_##member,
#include "data/codes/need.def"
#undef NEED
    NEED_COUNT
};
enum measure {
#define MEASURE(member, name, unit, words) MEASURE_##member,
#include "data/codes/measure.def"
#undef MEASURE
    MEASURE_COUNT
};

/* How a count is broken down. */
enum group_kind {
    GROUP_ALL,       /* "all", one member */
    GROUP_PLACEMENT, /* "placement:NAME", enum placement_group */
    GROUP_AGE,       /* "age:BAND", enum age_band */
    GROUP_ROUTE,     /* "route:NAME", enum route; exits only */
    GROUP_LEGAL,     /* "legal:NAME", enum legal_group */
    GROUP_NEED,      /* "need:CODE", enum need */
    GROUP_LOCALITY,  /* "locality:NAME", index into the stored localities; the last is "unknown" */
    GROUP_UASC,      /* "uasc:yes", one member; no part of a partition */
    GROUP_KIND_COUNT
};

struct group {
    enum group_kind kind;
    int32_t member;
};

/* The longest group text with its NUL; longer locality names are cut. */
enum { GROUP_TEXT = 96 };

/* Names as in files, words for people, and the member of a name (false when there is none). */
const char *placement_group_name(enum placement_group group);
const char *placement_group_words(enum placement_group group);
bool placement_group_parse(struct str name, enum placement_group *out);
const char *route_name(enum route route);
const char *route_words(enum route route);
bool route_parse(struct str name, enum route *out);
const char *age_band_name(enum age_band band);
const char *age_band_words(enum age_band band);
bool age_band_parse(struct str name, enum age_band *out);
/* The band of an age in completed years; 18 and over count as 16-17, below 0 as 0. */
enum age_band age_band_of(int32_t age);
/* First age of a band; age_band_first(AGE_COUNT) is 18, where the last band ends. */
int32_t age_band_first(enum age_band band);
const char *legal_group_name(enum legal_group group);
const char *legal_group_words(enum legal_group group);
bool legal_group_parse(struct str name, enum legal_group *out);
const char *need_name(enum need need);
const char *need_words(enum need need);
bool need_parse(struct str code, enum need *out);
const char *measure_name(enum measure measure);
const char *measure_unit(enum measure measure);
const char *measure_words(enum measure measure);
bool measure_parse(struct str name, enum measure *out);

/* Writes "all", "placement:foster_kin", .. ; localities are the stored names (may be NULL when kind is
 * another). */
void group_format(struct group group, const char *const localities[], char out[GROUP_TEXT]);

#endif
