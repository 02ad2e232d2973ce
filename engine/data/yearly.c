/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Office for National Statistics publishes estimates of a 30 June in the summer a year later. */
#include "data/yearly.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

/* When the estimate that stands in a year is published: those of 2012 to 2024 mostly came out in June or July
 * of the year after. */
enum { PUBLISHED_MONTH = 8, PUBLISHED_DAY = 1 };

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

bool yearly_as_known(const struct yearly *yearly, day origin, struct yearly *out, struct err *err)
{
    struct yearly known = *yearly;
    int32_t n = yearly->n_years;
    while (n > 0 && date_year_end(yearly->first_year + n - 1) > origin)
        n--;
    known.n_years = 0;
    known.stock = known.starts = known.leavers = known.population = NULL;
    if (n > 0 && !yearly_reserve(&known, yearly->first_year, yearly->first_year + n - 1, err)) {
        yearly_free(&known);
        return false;
    }
    for (int32_t i = 0; i < n; i++) {
        known.stock[i] = yearly->stock[i];
        known.starts[i] = yearly->starts[i];
        known.leavers[i] = yearly->leavers[i];
        if (origin >= date_from_civil(yearly->first_year + i, PUBLISHED_MONTH, PUBLISHED_DAY))
            known.population[i] = yearly->population[i];
    }
    *out = known;
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
