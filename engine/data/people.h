/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/people.h: whom a published number of people is about, as statistics write it: ages, sexes, years.
 *
 * Ownership: nothing is allocated; texts are borrowed. */
#ifndef TURNCURVE_DATA_PEOPLE_H
#define TURNCURVE_DATA_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum people_sex { PEOPLE_PERSONS, PEOPLE_MALES, PEOPLE_FEMALES, PEOPLE_SEXES };
enum {
    PEOPLE_CHILDREN = 18, /* beside the single years 0 to 17: all of them together */
    PEOPLE_OTHERS = -1,   /* adults, or ages that are not taken apart */
    PEOPLE_FIRST_YEAR = 1990,
    PEOPLE_LAST_YEAR = 2100
};

/* "persons", "Total", "Male", "f"; an empty text is persons. False for another word. */
bool people_parse_sex(struct str text, enum people_sex *out);
/* "5", "Age 5", "5 years", "Under 1": a single year; "Aged 0 to 17", "0-17", "Under 18": PEOPLE_CHILDREN;
 * "90 and over", "85+", "All ages", "Aged 0 to 15", "20": PEOPLE_OTHERS. False when it is no age. */
bool people_parse_age(struct str text, int32_t *out);
/* The year from PEOPLE_FIRST_YEAR to PEOPLE_LAST_YEAR that a text ends with ("2018", "mid-2018",
 * "population_2018") or, unless at_end_only, begins with ("2018-06-30"); 0 when there is none. */
int32_t people_year(struct str text, bool at_end_only);

#endif
