/* SPDX-License-Identifier: GPL-3.0-or-later
 * data/yearly.h: published statistics, authority by authority and year by year.
 *
 * Ownership: a yearly series owns its values; yearly_free releases them. NaN is "suppressed or not
 * published", never zero. Year Y ends on 31 March Y. */
#ifndef TURNCURVE_DATA_YEARLY_H
#define TURNCURVE_DATA_YEARLY_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct yearly {
    char la_name[64], la_code[16];
    int32_t la;
    int32_t first_year; /* of index 0 */
    int32_t n_years;
    double *stock, *starts, *leavers, *population; /* [n_years], NaN when not known */
};
void yearly_free(struct yearly *yearly);

#endif
