/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/forecast_difference.h"

#include <math.h>
#include <stdio.h>

static const struct group all = {GROUP_ALL, 0};
enum { QUANTILE_10 = 1, QUANTILE_90 = 5 };

bool forecast_difference_at(const struct outlook *outlook, size_t scenario, int32_t month,
                            struct forecast_difference *out)
{
    const struct forecast *forecast = &outlook->forecast;
    if (scenario == 0 || forecast->differences == NULL)
        return false;
    const struct summary *gap = result_find(&forecast->differences[scenario - 1], MEASURE_STOCK, all, month);
    const struct summary *first = result_find(&forecast->scenarios[0], MEASURE_STOCK, all, month);
    const struct summary *later = result_find(&forecast->scenarios[scenario], MEASURE_STOCK, all, month);
    if (gap == NULL || first == NULL || later == NULL)
        return false;
    const double runs = forecast->scenarios[0].replicates;
    *out = (struct forecast_difference){.mean = gap->mean,
                                        .low = gap->quantiles[QUANTILE_10],
                                        .high = gap->quantiles[QUANTILE_90],
                                        .error = gap->sd / sqrt(runs),
                                        .apart = hypot(first->sd, later->sd) / sqrt(runs)};
    return true;
}

/* The months whose numbers a reader sees: ends of March, and the last. */
static bool is_shown(const struct outlook *outlook, int32_t month)
{
    const day date = outlook_month_end(outlook, month);
    return date == date_year_end(date_financial_year(date)) ||
           month == outlook->forecast.scenarios[0].months - 1;
}

static bool add_summary(struct table *table, const struct outlook *outlook, size_t scenario, int32_t month,
                        struct err *err)
{
    struct forecast_difference at;
    if (!forecast_difference_at(outlook, scenario, month, &at))
        return true;
    struct table_cell *row = table_add_row(table, err);
    if (row == NULL || !table_set_text(table, &row[0], outlook->authority.name, err) ||
        !table_set_text(table, &row[1], outlook->scenarios[scenario].name, err) ||
        !table_set_text(table, &row[2], outlook->scenarios[0].name, err))
        return false;
    table_set_day(&row[3], outlook_month_end(outlook, month));
    table_set_real(&row[4], at.mean);
    table_set_real(&row[5], at.low);
    table_set_real(&row[6], at.high);
    table_set_real(&row[7], at.error);
    table_set_real(&row[8], at.apart);
    return true;
}

bool forecast_difference_summary(struct table *table, const struct outlook outlooks[], size_t n,
                                 struct err *err)
{
    static const struct table_column columns[] = {
        {"la", 0},  {"scenario", 0}, {"less", 0},           {"date", 0},          {"mean", 1},
        {"p10", 0}, {"p90", 0},      {"standard_error", 2}, {"separate_luck", 2},
    };
    table_init(table, "difference", columns, sizeof columns / sizeof columns[0]);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        for (size_t s = 1; ok && s < outlooks[i].n_scenarios; s++) {
            const int32_t months = outlooks[i].forecast.scenarios[s].months;
            for (int32_t m = n == 1 ? 0 : months - 1; ok && m < months; m++)
                if (is_shown(&outlooks[i], m))
                    ok = add_summary(table, &outlooks[i], s, m, err);
        }
    return ok;
}

bool forecast_difference_table(struct table *table, const struct outlook *outlook, struct err *err)
{
    static const struct table_column columns[] = {
        {"Scenario", 0},         {"Date", 0},           {"Difference, mean", 1},
        {"8 in 10 outcomes", 0}, {"Standard error", 2}, {"With separate luck", 2},
    };
    const int32_t months = outlook->forecast.scenarios[0].months;
    bool ok = true;
    table_init(table, "Children looked after, less those of the first scenario in the same simulated futures",
               columns, sizeof columns / sizeof columns[0]);
    for (size_t s = 1; ok && s < outlook->n_scenarios; s++)
        for (int32_t m = 0; ok && m < months; m++) {
            struct forecast_difference at;
            char label[OUTLOOK_LABEL];
            char range[2 * OUTLOOK_NUMBER];
            if (!is_shown(outlook, m) || !forecast_difference_at(outlook, s, m, &at))
                continue;
            struct table_cell *row = table_add_row(table, err);
            outlook_label(outlook, s, label);
            snprintf(range, sizeof range, "%.0f to %.0f", at.low, at.high);
            ok = row != NULL && table_set_text(table, &row[0], label, err) &&
                 table_set_text(table, &row[3], range, err);
            if (!ok)
                break;
            table_set_day(&row[1], outlook_month_end(outlook, m));
            table_set_real(&row[2], at.mean);
            table_set_real(&row[4], at.error);
            table_set_real(&row[5], at.apart);
        }
    return ok;
}
