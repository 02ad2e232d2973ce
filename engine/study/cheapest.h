/* SPDX-License-Identifier: GPL-3.0-or-later
 * study/cheapest.h: the placement mix that costs least and fits need and places.
 *
 * Ownership: everything is borrowed for the call.
 *
 * Prices are a week's; children are not held to whole ones, for they are means of forecasts. What one more
 * place, or one child fewer who must stay, is worth a week are the duals of the linear programme behind it.
 */
#ifndef TURNCURVE_STUDY_CHEAPEST_H
#define TURNCURVE_STUDY_CHEAPEST_H

#include <stddef.h>

#include "base/err.h"

struct cheapest_group {
    double weekly; /* pounds */
    double floor;  /* children who must be in it at least, >= 0 */
    double places; /* at most; INFINITY: as many as needed can be bought */
};
struct cheapest_answer {
    bool fits;          /* false: floors and places do not go with the number of children */
    double cost;        /* pounds a week */
    double child_worth; /* what one more child costs a week */
};
/* n groups for `children` in all. children_in[n]; place_worth[n]: pounds a week that one more place saves, >=
 * 0; floor_worth[n]: pounds a week that a child who need not stay there saves, >= 0. Floors above the places
 * of a group take the places' part: who is there stays.
 *
 * Example: the golden mix of numeric/linear.h: a place with kin saves 830, in-house 430; a child who need not
 * be in residential care 4,350. */
bool cheapest_find(const struct cheapest_group groups[], size_t n, double children, double children_in[],
                   double place_worth[], double floor_worth[], struct cheapest_answer *out, struct err *err);

#endif
