/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line, one year, one future: what it costs. */
#include "study/finance_value.h"

#include <math.h>
#include <stdlib.h>

#include "numeric/quantile.h"

enum { NIGHTS_A_WEEK = 7 };
static const double sevenths = 7;

double finance_mean(const double values[], int32_t n)
{
    double sum = 0;
    for (int32_t r = 0; r < n; r++)
        sum += values[r];
    return sum / n;
}

double finance_factor(const struct finance *finance, size_t i)
{
    return finance_mean(finance->factors + i * (size_t)finance->replicates, finance->replicates);
}

int32_t finance_days(int32_t year)
{
    return date_year_end(year) - date_year_end(year - 1);
}

pence finance_pence(double value)
{
    return (pence)floor(value + .5);
}

day finance_month_end(int32_t year, int32_t month)
{
    return date_month_end(date_year_end(year), month - (FINANCE_MONTHS - 1));
}

pence finance_profile(pence budget, int32_t year, day until)
{
    const double days = until - date_year_end(year - 1);
    return finance_pence((double)budget * fmin(fmax(days / finance_days(year), 0), 1));
}

/* ---- what a line's months cost by the price book ------------------------------------------------------ */

double finance_known_cost(const struct finance_known *known, int g, int32_t first, int32_t last)
{
    double sum = 0;
    for (int32_t m = first; m < last && m < known->n_months; m++)
        sum += (double)known->sevenths[g][m];
    return sum / sevenths;
}

int32_t finance_closed_of(const struct finance *finance, size_t i)
{
    return finance->lines.items[i].is_posted ? finance->lines.n_closed : 0;
}

/* The price-book cost of a line's open months of a year in a future. */
static double open_cost(const struct finance *finance, const struct finance_future *future, size_t i,
                        int32_t y, int32_t r)
{
    const struct finance_line *line = &finance->lines.items[i];
    const size_t n = (size_t)future->replicates;
    const int32_t closed = finance_closed_of(finance, i);
    double sum = 0;
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        const size_t at = (size_t)g * n + (size_t)r;
        if (!(line->share[g] > 0))
            continue;
        double cost = 0;
        if (y > 0)
            cost = future->later[((size_t)(y - 1) * PLACEMENT_COUNT + (size_t)g) * n + (size_t)r];
        else
            cost = finance_known_cost(&finance->known, g, closed, FINANCE_MONTHS) + future->rest[at] +
                   (closed == 0 ? future->closed[at] : 0);
        sum += line->share[g] * cost;
    }
    return sum;
}

/* What a line that no placement explains takes in a year beyond what the ledger decides. */
static double other_cost(const struct finance *finance, size_t i, int32_t y)
{
    const struct finance_line *line = &finance->lines.items[i];
    const int32_t year = finance->options.year, closed = finance_closed_of(finance, i);
    const double days = finance_days(year);
    const double done = finance_month_end(year, closed - 1) - date_year_end(year - 1);
    if (line->is_budgeted)
        return (double)line->budget * (y > 0 ? 1 : (days - done) / days);
    const double a_day = done > 0 ? (double)finance_line_actual(&finance->lines, i) / done : 0;
    return a_day * (y > 0 ? days : days - done);
}

double finance_line_value(const struct finance *finance, const struct finance_future *future, size_t i,
                          int32_t y, int32_t r)
{
    const double actual =
        y == 0 && finance_closed_of(finance, i) > 0 ? (double)finance_line_actual(&finance->lines, i) : 0;
    if (finance->lines.items[i].groups == 0)
        return actual + other_cost(finance, i, y);
    const double factor = finance->factors[i * (size_t)finance->replicates + (size_t)r];
    return actual + factor * open_cost(finance, future, i, y, r);
}

/* ---- years ------------------------------------------------------------------------------------------ */

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

struct finance_year finance_year(const struct finance *finance, const struct finance_future *future,
                                 int32_t y, double work[])
{
    struct finance_year year = {0};
    const int32_t n = finance->replicates;
    for (int32_t r = 0; r < n; r++) {
        work[r] = 0;
        for (size_t i = 0; i < finance->lines.n; i++)
            work[r] += finance_line_value(finance, future, i, y, r);
    }
    year.mean = finance_mean(work, n);
    qsort(work, (size_t)n, sizeof *work, compare);
    year.p10 = quantile_sorted(work, (size_t)n, .1);
    year.p90 = quantile_sorted(work, (size_t)n, .9);
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        if (y > 0)
            year.nights += future->later_nights[(size_t)(y - 1) * PLACEMENT_COUNT + (size_t)g];
        else
            for (int32_t m = 0; m < FINANCE_MONTHS; m++)
                year.nights += (double)finance->known.nights[g][m] + future->nights[m][g];
    return year;
}

double finance_weekly(const struct finance *finance, enum placement_group group)
{
    const double children = (double)finance->known.children[group];
    double factor = 0;
    if (!(children > 0))
        return 0;
    for (size_t i = 0; i < finance->lines.n; i++)
        factor += finance->lines.items[i].share[group] * finance_factor(finance, i);
    return (double)finance->known.weekly[group] / children * factor;
}
