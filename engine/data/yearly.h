/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/yearly.h: published statistics, authority by authority and year by year.
 *
 * Ownership: a yearly series owns its values; yearly_free releases them. NaN is "suppressed or not
 * published", never zero. Year Y ends on 31 March Y. */
#ifndef TURNCURVE_DATA_YEARLY_H
#define TURNCURVE_DATA_YEARLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

struct yearly {
    char la_name[64], la_code[16];
    int32_t la;
    int32_t first_year; /* of index 0 */
    int32_t n_years;
    double *stock, *starts, *leavers, *population; /* [n_years], NaN when not known */
};
void yearly_free(struct yearly *yearly);
/* Room for the years first .. last (first <= last), nothing known in any. What it held before must be freed;
 * after a failure the part that was made is released by yearly_free. */
bool yearly_reserve(struct yearly *yearly, int32_t first, int32_t last, struct err *err);
/* The values of a published measure: "stock", "starts", "leavers", "population"; NULL for another. */
double *yearly_series(struct yearly *yearly, struct str measure);
/* What was known at an origin, as a copy: years that ended by then, and population estimates, which are of
 * the middle of the year before (year 2022: 30 June 2021), from the 1 August after their year (2022) on.
 * No year at all (n_years 0) when the first ended later. */
bool yearly_as_known(const struct yearly *yearly, day origin, struct yearly *out, struct err *err);
/* True when a year's numbers and those of the year before are of the same area (data/codes/area_break.def):
 * where it is false the difference between them is no change in numbers of children. */
bool yearly_is_chained(const struct yearly *yearly, int32_t year);

#endif
