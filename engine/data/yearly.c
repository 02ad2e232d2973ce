/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/yearly.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

void yearly_free(struct yearly *yearly)
{
    free(yearly->stock);
    free(yearly->starts);
    free(yearly->leavers);
    free(yearly->population);
    *yearly = (struct yearly){0};
}

bool yearly_reserve(struct yearly *yearly, int32_t first, int32_t last, struct err *err)
{
    double **const series[] = {&yearly->stock, &yearly->starts, &yearly->leavers, &yearly->population};
    bug_if(last < first);
    yearly->first_year = first;
    yearly->n_years = last - first + 1;
    for (size_t i = 0; i < sizeof series / sizeof series[0]; i++) {
        *series[i] = vec_new((size_t)yearly->n_years, sizeof **series[i], err);
        if (*series[i] == NULL)
            return false;
        for (int32_t k = 0; k < yearly->n_years; k++)
            (*series[i])[k] = NAN;
    }
    return true;
}

double *yearly_series(struct yearly *yearly, struct str measure)
{
    if (str_equal_text(measure, "stock"))
        return yearly->stock;
    if (str_equal_text(measure, "starts"))
        return yearly->starts;
    if (str_equal_text(measure, "leavers"))
        return yearly->leavers;
    return str_equal_text(measure, "population") ? yearly->population : NULL;
}

bool yearly_is_chained(const struct yearly *yearly, int32_t year)
{
    static const struct {
        const char *code;
        int32_t year;
    } breaks[] = {
#define AREA_BREAK(code, year, words) {code, year},
#include "data/codes/area_break.def"
#undef AREA_BREAK
    };
    for (size_t i = 0; i < sizeof breaks / sizeof breaks[0]; i++)
        if (breaks[i].year == year && strcmp(breaks[i].code, yearly->la_code) == 0)
            return false;
    return true;
}
