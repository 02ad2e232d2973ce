/* SPDX-License-Identifier: GPL-3.0-or-later
 * One row a scenario, date and series, in the order of the series. Counts have two decimals, money is rounded
 * once to the penny. Means of parts are rounded together, so that the printed parts add up to the printed
 * whole: who adds up a column for a report finds no penny missing. */
#include "app/forecast_tables.h"

#include <math.h>
#include <stdlib.h>

#include "app/outlook_publish.h"
#include "base/rounding.h"
#include "base/vec.h"

static const struct table_column columns[] = {
    {"la", 0},   {"scenario", 0}, {"date", 0}, {"measure", 0}, {"group", 0},
    {"unit", 0}, {"mean", 2},     {"sd", 2},   {"p025", 2},    {"p10", 2},
    {"p25", 2},  {"p50", 2},      {"p75", 2},  {"p90", 2},     {"p975", 2},
};
enum { N_COLUMNS = sizeof columns / sizeof columns[0], FIRST_NUMBER = 6 };
static const double pence_a_pound = 100.0;
static const double decimals_scale = 100.0;
static const double same = 1e-7; /* of the whole: means are doubles */
static const struct group everyone = {GROUP_ALL, 0};

void forecast_table_init(struct table *table, const char *name)
{
    table_init(table, name, columns, N_COLUMNS);
}

static void set_number(struct table_cell *cell, enum measure measure, double value)
{
    if (measure == MEASURE_COST)
        table_set_gbp(cell, money_from_pounds(value / pence_a_pound));
    else
        table_set_real(cell, value);
}

/* What a mean is rounded to whole numbers of: pence, or hundredths. */
static double units_of(enum measure measure)
{
    return measure == MEASURE_COST ? 1.0 : decimals_scale;
}

/* Rounds the means of n parts, from series `first` on, in one month. values and rest have room for n. */
static void round_parts(const struct result *result, size_t first, size_t n, int32_t month, double values[],
                        double rest[], int64_t parts[], int64_t out[])
{
    const enum measure measure = result->series[first].measure;
    const size_t months = (size_t)result->months;
    const struct summary *whole = result_find(result, measure, everyone, month);
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        values[i] = units_of(measure) * result->at[(first + i) * months + (size_t)month].mean;
        parts[i] = (int64_t)floor(values[i] + .5);
        sum += values[i];
    }
    const double total = whole == NULL ? 0.0 : units_of(measure) * whole->mean;
    if (whole != NULL &&
        fabs(sum - total) <=
            same * fmax(1.0, fabs(total))) /* else parts that are not all, as children by one need */
        rounding_together(values, n, (int64_t)floor(total + .5), rest, parts);
    for (size_t i = 0; i < n; i++)
        out[(first + i) * months + (size_t)month] = parts[i];
}

/* The printed means of all series, [series][month]; NULL when out of memory. */
static int64_t *round_means(const struct result *result, struct err *err)
{
    int64_t *means = vec_new(result->n_series * (size_t)result->months, sizeof *means, err);
    int64_t *parts = vec_new(result->n_series, sizeof *parts, err);
    double *values = vec_new(2 * result->n_series, sizeof *values, err);
    const bool ok = means != NULL && parts != NULL && values != NULL;
    for (size_t first = 0, end = 0; ok && first < result->n_series; first = end) {
        for (end = first + 1; end < result->n_series &&
                              result->series[end].measure == result->series[first].measure &&
                              result->series[end].group.kind == result->series[first].group.kind;)
            end++;
        for (int32_t m = 0; m < result->months; m++)
            round_parts(result, first, end - first, m, values, values + result->n_series, parts, means);
    }
    free(parts);
    free(values);
    if (!ok) {
        free(means);
        means = NULL;
    }
    return means;
}

static bool add_row(struct table *table, const struct result *result, const struct result_series *series,
                    const struct summary *at, int64_t mean, int32_t month, const char *const localities[],
                    struct err *err)
{
    char group[GROUP_TEXT];
    struct table_cell *row = table_add_row(table, err);
    if (row == NULL)
        return false;
    group_format(series->group, localities, group);
    if (!table_set_text(table, &row[0], result->la_name, err) ||
        !table_set_text(table, &row[1], result->scenario, err) ||
        !table_set_text(table, &row[3], measure_name(series->measure), err) ||
        !table_set_text(table, &row[4], group, err) ||
        !table_set_text(table, &row[5], measure_unit(series->measure), err))
        return false;
    table_set_day(&row[2], date_month_end(result->origin, month + 1));
    if (series->measure == MEASURE_COST)
        table_set_gbp(&row[FIRST_NUMBER], mean);
    else
        table_set_real(&row[FIRST_NUMBER], (double)mean / decimals_scale);
    set_number(&row[FIRST_NUMBER + 1], series->measure, at->sd);
    for (int q = 0; q < SUMMARY_QUANTILES; q++)
        set_number(&row[FIRST_NUMBER + 2 + q], series->measure, at->quantiles[q]);
    return true;
}

enum choice { CHOOSE_COUNTS, CHOOSE_COSTS, CHOOSE_ALL };

static bool add_result(struct table *table, const struct result *result, enum choice choice,
                       const char *const localities[], struct err *err)
{
    int64_t *means = round_means(result, err);
    bool ok = means != NULL;
    for (size_t s = 0; ok && s < result->n_series; s++) {
        const bool cost = result->series[s].measure == MEASURE_COST;
        if ((choice == CHOOSE_COUNTS && cost) || (choice == CHOOSE_COSTS && !cost))
            continue;
        for (int32_t m = 0; ok && m < result->months; m++) {
            const size_t i = s * (size_t)result->months + (size_t)m;
            ok = add_row(table, result, &result->series[s], &result->at[i], means[i], m, localities, err);
        }
    }
    free(means);
    return ok;
}

/* The rows of what was withheld: no numbers. */
static bool add_withheld(struct table *table, const struct outlook *outlook, const struct result *result,
                         enum choice choice, struct err *err)
{
    for (size_t i = 0; i < outlook->n_withheld; i++) {
        const struct result_series *series = &outlook->withheld[i];
        const bool cost = series->measure == MEASURE_COST;
        if ((choice == CHOOSE_COUNTS && cost) || (choice == CHOOSE_COSTS && !cost))
            continue;
        for (int32_t m = 0; m < result->months; m++) {
            static const struct summary nothing = {0};
            if (!add_row(table, result, series, &nothing, 0, m, outlook->history.localities, err))
                return false;
            struct table_cell *row = &table->cells[(table->n_rows - 1) * table->n_columns];
            for (int c = FIRST_NUMBER; c < N_COLUMNS; c++)
                if (!publish_set_hidden(table, &row[c], err))
                    return false;
        }
    }
    return true;
}

static const char *const *localities_of(const struct outlook *outlook)
{
    return outlook->has_history ? outlook->history.localities : NULL;
}

bool forecast_table_add(struct table *table, const struct outlook *outlook, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < outlook->forecast.n_scenarios; i++)
        ok = add_result(table, &outlook->forecast.scenarios[i], CHOOSE_COUNTS, localities_of(outlook), err) &&
             add_withheld(table, outlook, &outlook->forecast.scenarios[i], CHOOSE_COUNTS, err);
    return ok;
}

bool forecast_table_add_costs(struct table *table, const struct outlook *outlook, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < outlook->forecast.n_scenarios; i++)
        ok = add_result(table, &outlook->forecast.scenarios[i], CHOOSE_COSTS, localities_of(outlook), err) &&
             add_withheld(table, outlook, &outlook->forecast.scenarios[i], CHOOSE_COSTS, err);
    return ok;
}

bool forecast_table_add_differences(struct table *table, const struct outlook *outlook, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i + 1 < outlook->forecast.n_scenarios; i++)
        ok = add_result(table, &outlook->forecast.differences[i], CHOOSE_ALL, localities_of(outlook), err);
    return ok;
}
