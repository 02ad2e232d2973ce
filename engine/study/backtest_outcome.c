/* SPDX-License-Identifier: GPL-3.0-or-later
 * What happened: counted from returns by month, or read from published totals by year. */
#include "study/backtest_trial.h"
#include "study/happened.h"
#include <math.h>

enum { MONTHS_A_YEAR = 12 };
static const double pence_a_pound = 100;

/* The index of the year that an origin ends. */
static int32_t year_of(const struct yearly *yearly, day origin)
{
    return date_financial_year(origin) - yearly->first_year;
}

static bool outcome_of_years(const struct yearly *yearly, enum measure measure, day origin, int32_t months,
                             double *out)
{
    const double *series = measure == MEASURE_STOCK     ? yearly->stock
                           : measure == MEASURE_ENTRIES ? yearly->starts
                           : measure == MEASURE_EXITS   ? yearly->leavers
                                                        : NULL;
    const int32_t before = year_of(yearly, origin);
    const int32_t last = before + months / MONTHS_A_YEAR;
    if (series == NULL || months % MONTHS_A_YEAR != 0 || before < 0 || last >= yearly->n_years)
        return false;
    double sum = 0;
    for (int32_t i = before + 1; i <= last; i++) {
        if (!yearly_is_chained(yearly, yearly->first_year + i))
            return false;
        sum += series[i];
    }
    *out = measure == MEASURE_STOCK ? series[last] : sum;
    return isfinite(*out);
}

bool backtest_outcome(const struct backtest_job *job, const struct result_series *series, day origin,
                      int32_t months, const struct draws *actual, double *out)
{
    const day to = date_month_end(origin, months);
    if (job->known->history == NULL)
        return series->group.kind == GROUP_ALL &&
               outcome_of_years(job->known->yearly, series->measure, origin, months, out);
    if (series->measure == MEASURE_COST) {
        draws_values(actual, MEASURE_COST, series->group, 0, months - 1, out);
        *out /= pence_a_pound;
        return true;
    }
    if (series->measure == MEASURE_STOCK)
        *out = (double)counts_at(&job->counts, MEASURE_STOCK, series->group, counts_month(&job->counts, to));
    else
        *out = (double)counts_sum(&job->counts, series->measure, series->group, origin + 1, to);
    return true;
}

bool backtest_outcome_cost(const struct backtest_job *job, const struct backtest_moment *moment,
                           const struct model_input *input, const struct scenario *scenario,
                           struct result_series series[PLACEMENT_COUNT], struct draws *actual,
                           struct err *err)
{
    const struct run run = {.input = input, .log = moment->log};
    return job->known->history == NULL ||
           happened_costs(&run, scenario, moment->prices, &job->counts, series, actual, err);
}

double backtest_naive(const struct backtest_job *job, const struct result_series *series, day origin)
{
    double sum = 0;
    double n = 0;
    if (series->measure != MEASURE_STOCK)
        return NAN;
    if (job->known->history == NULL) {
        const struct yearly *yearly = job->known->yearly;
        const int32_t last = year_of(yearly, origin);
        for (int32_t i = 1; i <= last && i < yearly->n_years; i++) {
            const double change = yearly_is_chained(yearly, yearly->first_year + i)
                                      ? fabs(yearly->stock[i] - yearly->stock[i - 1])
                                      : (double)NAN;
            sum += isfinite(change) ? change : 0;
            n += isfinite(change);
        }
    } else {
        const int64_t *stock = counts_series(&job->counts, MEASURE_STOCK, series->group);
        const int32_t last = counts_month(&job->counts, origin);
        for (int32_t m = 1; m <= last; m++)
            sum += fabs((double)(stock[m] - stock[m - 1]));
        n = last;
    }
    return n > 0 && sum > 0 ? sum / n : 1;
}
