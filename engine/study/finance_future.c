/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every figure is a sum of months of one group, asked of the draws range by range. */
#include "study/finance_future.h"

#include <stdlib.h>

#include "base/vec.h"

void finance_future_free(struct finance_future *future)
{
    free(future->closed);
    free(future->rest);
    free(future->later);
    free(future->later_nights);
    *future = (struct finance_future){0};
}

static struct group placement(int g)
{
    return (struct group){GROUP_PLACEMENT, g};
}

static double mean_of(const double values[], int32_t n)
{
    double sum = 0;
    for (int32_t r = 0; r < n; r++)
        sum += values[r];
    return sum / n;
}

/* Values of the months first..last of the draws, those outside left out; zeros when none is inside. */
static void range_of(const struct draws *draws, enum measure measure, int g, int32_t first, int32_t last,
                     double out[])
{
    first = first < 0 ? 0 : first;
    last = last < draws->months ? last : draws->months - 1;
    if (first <= last) {
        draws_values(draws, measure, placement(g), first, last, out);
        return;
    }
    for (int32_t r = 0; r < draws->replicates; r++)
        out[r] = 0;
}

/* The months of the report's year, one by one. april: the draws' month that April is, below 0 when known. */
static void fill_months(struct finance_future *future, const struct draws *draws, int32_t april,
                        double work[])
{
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        for (int32_t m = 0; m < FINANCE_MONTHS; m++) {
            range_of(draws, MEASURE_NIGHTS, g, april + m, april + m, work);
            future->nights[m][g] = mean_of(work, draws->replicates);
            range_of(draws, MEASURE_COST, g, april + m, april + m, work);
            future->monthly[m][g] = mean_of(work, draws->replicates);
        }
}

static void fill_years(struct finance_future *future, const struct draws *draws, int32_t april,
                       int32_t n_closed, double work[])
{
    const size_t n = (size_t)draws->replicates;
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        const size_t at = (size_t)g * n;
        range_of(draws, MEASURE_COST, g, april, april + n_closed - 1, future->closed + at);
        const int32_t open = april + n_closed > 0 ? april + n_closed : 0;
        range_of(draws, MEASURE_COST, g, open, april + FINANCE_MONTHS - 1, future->rest + at);
        for (int32_t y = 1; y < future->n_years; y++) {
            const size_t k = (size_t)(y - 1) * PLACEMENT_COUNT + (size_t)g;
            const int32_t first = april + y * FINANCE_MONTHS;
            range_of(draws, MEASURE_COST, g, first, first + FINANCE_MONTHS - 1, future->later + k * n);
            range_of(draws, MEASURE_NIGHTS, g, first, first + FINANCE_MONTHS - 1, work);
            future->later_nights[k] = mean_of(work, draws->replicates);
        }
        if (april + FINANCE_MONTHS - 1 >= 0) {
            draws_values(draws, MEASURE_STOCK, placement(g), april + FINANCE_MONTHS - 1,
                         april + FINANCE_MONTHS - 1, work);
            future->end_children[g] = mean_of(work, draws->replicates);
            future->has_end = true;
        }
    }
}

/* Nights and stock by placement are needed; a model that forecasts the total alone has neither. */
static bool has_series(const struct draws *draws)
{
    return draws->costs != NULL && draws_find(draws, MEASURE_NIGHTS, placement(0)) < draws->n_series &&
           draws_find(draws, MEASURE_STOCK, placement(0)) < draws->n_series;
}

bool finance_future_make(const struct draws *draws, int32_t year, day origin, int32_t n_closed, int32_t years,
                         struct finance_future *out, struct err *err)
{
    const int32_t april = -finance_month(year, origin) - 1;
    const int32_t left = draws->months - april; /* months from April of the year to the draws' end */
    struct finance_future future = {.replicates = draws->replicates};
    if (!has_series(draws))
        return err_set(
            err, ERR_DATA,
            "the model gives no nights and cost by placement, which budgets are about; use --model "
            "carepath");
    if (left < FINANCE_MONTHS)
        return err_set(err, ERR_DATA, "the forecast ends before the financial year does");
    future.n_years = left / FINANCE_MONTHS < years ? left / FINANCE_MONTHS : years;
    const size_t n = (size_t)draws->replicates, groups = PLACEMENT_COUNT;
    const size_t later = (size_t)(future.n_years - 1) * groups;
    double *work = vec_new(n, sizeof *work, err);
    future.closed = vec_new(groups * n, sizeof *future.closed, err);
    future.rest = vec_new(groups * n, sizeof *future.rest, err);
    future.later = vec_new(later * n, sizeof *future.later, err);
    future.later_nights = vec_new(later, sizeof *future.later_nights, err);
    const bool ok = work != NULL && future.closed != NULL && future.rest != NULL && future.later != NULL &&
                    future.later_nights != NULL;
    if (ok) {
        fill_months(&future, draws, april, work);
        fill_years(&future, draws, april, n_closed, work);
        *out = future;
    } else {
        finance_future_free(&future);
    }
    free(work);
    return ok;
}
