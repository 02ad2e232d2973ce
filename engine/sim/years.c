/* SPDX-License-Identifier: GPL-3.0-or-later
 * Months of one future go together, good luck and bad, so that ranges of months neither add up to the range
 * of a year nor say how wide it is: each future's year is summed first. */
#include "sim/years.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "numeric/quantile.h"

static const struct group all = {GROUP_ALL, 0};

/* Room for the values of all replicates: as doubles of the draws and of the base, as whole numbers, for
 * sorting. */
struct room {
    double *values, *base;
    int64_t *whole, *work;
};

static bool room_make(size_t n, struct room *out, struct err *err)
{
    out->values = vec_new(2 * n, sizeof *out->values, err);
    out->whole = out->values == NULL ? NULL : vec_new(2 * n, sizeof *out->whole, err);
    if (out->whole == NULL)
        return false;
    out->base = out->values + n;
    out->work = out->whole + n;
    return true;
}

static void room_free(struct room *room)
{
    free(room->values);
    free(room->whole);
}

static bool has_series(const struct draws *draws, enum measure measure)
{
    return measure == MEASURE_COST ? draws->costs != NULL : draws_find(draws, measure, all) < draws->n_series;
}

/* Flows and pence are whole numbers in every replicate. */
static bool sum_year(const struct draws *draws, const struct draws *base, enum measure measure,
                     const struct result_year *year, struct room *room, struct summary *out)
{
    const size_t n = (size_t)draws->replicates;
    if (!has_series(draws, measure) || (base != NULL && !has_series(base, measure)))
        return false;
    draws_values(draws, measure, all, year->first, year->last, room->values);
    if (base != NULL)
        draws_values(base, measure, all, year->first, year->last, room->base);
    for (size_t r = 0; r < n; r++)
        room->whole[r] = llround(room->values[r] - (base == NULL ? 0.0 : room->base[r]));
    const struct quantile_moments moments =
        quantile_of_integers(room->whole, room->work, n, summary_levels, SUMMARY_QUANTILES, out->quantiles);
    out->mean = moments.mean;
    out->sd = moments.sd;
    return true;
}

bool years_sum(const struct draws *draws, const struct draws *base, struct result *result, struct err *err)
{
    struct room room = {0};
    const int32_t first = date_month_index(result->origin) + 1;
    const int32_t from = date_financial_year(date_month_end(result->origin, 1));
    const int32_t to = date_financial_year(date_month_end(result->origin, result->months));
    const size_t n = (size_t)to - (size_t)from + 1;
    result->years = vec_new(n, sizeof *result->years, err);
    if (result->years == NULL || !room_make((size_t)draws->replicates, &room, err)) {
        room_free(&room);
        return false;
    }
    result->n_years = n;
    for (size_t i = 0; i < n; i++) {
        struct result_year *year = &result->years[i];
        year->year = from + (int32_t)i;
        const int32_t begins = date_month_index(date_year_end(year->year - 1)) + 1 - first;
        const int32_t ends = date_month_index(date_year_end(year->year)) - first;
        year->first = begins < 0 ? 0 : begins;
        year->last = ends < result->months ? ends : result->months - 1;
        year->has_entries = sum_year(draws, base, MEASURE_ENTRIES, year, &room, &year->entries);
        year->has_exits = sum_year(draws, base, MEASURE_EXITS, year, &room, &year->exits);
        year->has_cost = sum_year(draws, base, MEASURE_COST, year, &room, &year->cost);
    }
    room_free(&room);
    return true;
}
