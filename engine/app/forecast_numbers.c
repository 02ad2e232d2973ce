/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tables beneath the charts: few rows, whole numbers, words instead of codes. */
#include "app/forecast_numbers.h"

#include <math.h>
#include <stdio.h>

#include "app/outlook_publish.h"

static const struct group all = {GROUP_ALL, 0};
enum { MONTHS_A_YEAR = 12, QUANTILE_10 = 1, QUANTILE_50 = 3, QUANTILE_90 = 5 };
static const double pence_a_pound = 100.0;

static struct table_column *new_columns(struct arena *arena, size_t n, struct err *err)
{
    return arena_take(arena, n * sizeof(struct table_column), err);
}

static bool add_range(struct table *table, struct table_cell *cell, double low, double high, struct err *err)
{
    char a[OUTLOOK_NUMBER];
    char b[OUTLOOK_NUMBER];
    char words[2 * OUTLOOK_NUMBER + 8];
    outlook_exact(low, a);
    outlook_exact(high, b);
    snprintf(words, sizeof words, "%s to %s", a, b);
    return table_set_text(table, cell, words, err);
}

/* The months whose numbers a reader sees: ends of March, and the last. */
static bool is_shown(const struct outlook *outlook, int32_t month)
{
    const day date = outlook_month_end(outlook, month);
    return date == date_year_end(date_financial_year(date)) ||
           month == outlook->forecast.scenarios[outlook->main].months - 1;
}

bool forecast_stock_table(struct table *table, const struct outlook *outlook, struct arena *arena,
                          struct err *err)
{
    const size_t n = 1 + 2 * outlook->n_scenarios;
    struct table_column *columns = new_columns(arena, n, err);
    if (columns == NULL)
        return false;
    columns[0].name = "Date";
    for (size_t s = 0; s < outlook->n_scenarios; s++) {
        char label[OUTLOOK_LABEL];
        outlook_label(outlook, s, label);
        columns[1 + 2 * s].name = arena_copy(arena, str_of(label), err);
        columns[2 + 2 * s].name = arena_format(arena, err, "%s: 8 in 10 outcomes", label);
        if (columns[1 + 2 * s].name == NULL || columns[2 + 2 * s].name == NULL)
            return false;
    }
    table_init(
        table,
        "Children looked after: the middle outcome, and the range that we expect 8 in 10 outcomes to lie in",
        columns, n);
    double now = 0.0;
    struct table_cell *row = NULL;
    if (outlook_stock(outlook, all, outlook->origin, &now)) {
        row = table_add_row(table, err);
        if (row == NULL)
            return false;
        table_set_day(&row[0], outlook->origin);
        for (size_t s = 0; s < outlook->n_scenarios; s++)
            table_set_integer(&row[1 + 2 * s], (int64_t)llround(now));
    }
    const int32_t months = outlook->forecast.scenarios[0].months;
    for (int32_t m = 0; m < months; m++) {
        if (!is_shown(outlook, m))
            continue;
        row = table_add_row(table, err);
        if (row == NULL)
            return false;
        table_set_day(&row[0], outlook_month_end(outlook, m));
        for (size_t s = 0; s < outlook->n_scenarios; s++) {
            const struct summary *at = result_find(&outlook->forecast.scenarios[s], MEASURE_STOCK, all, m);
            if (at == NULL)
                continue;
            table_set_integer(&row[1 + 2 * s], (int64_t)llround(at->quantiles[QUANTILE_50]));
            if (!add_range(table, &row[2 + 2 * s], at->quantiles[QUANTILE_10], at->quantiles[QUANTILE_90],
                           err))
                return false;
        }
    }
    return true;
}

/* Mean and range at the end; hidden where the forecast was withheld. */
static bool add_end(struct table *table, struct table_cell *row, const struct summary *end, struct err *err)
{
    if (end == NULL)
        return publish_set_hidden(table, &row[2], err) && publish_set_hidden(table, &row[3], err);
    table_set_real(&row[2], end->mean);
    return add_range(table, &row[3], end->quantiles[QUANTILE_10], end->quantiles[QUANTILE_90], err);
}

bool forecast_mix_table(struct table *table, const struct outlook *outlook, struct arena *arena,
                        struct err *err)
{
    char now_words[DATE_TEXT];
    char end_words[DATE_TEXT];
    const struct result *result = &outlook->forecast.scenarios[outlook->main];
    struct table_column *columns = new_columns(arena, 4, err);
    if (columns == NULL)
        return false;
    date_format_words(outlook->origin, now_words);
    date_format_words(outlook_month_end(outlook, result->months - 1), end_words);
    columns[0].name = "Placement";
    columns[1].name = arena_copy(arena, str_of(now_words), err);
    columns[2].name = arena_format(arena, err, "%s, mean", end_words);
    columns[3].name = arena_format(arena, err, "%s: 8 in 10 outcomes", end_words);
    columns[2].decimals = 1;
    if (columns[1].name == NULL || columns[2].name == NULL || columns[3].name == NULL)
        return false;
    table_init(table, "Children looked after by placement", columns, 4);
    for (int g = 0; g <= PLACEMENT_COUNT; g++) {
        const bool total = g == PLACEMENT_COUNT;
        const struct group group = total ? all : (struct group){GROUP_PLACEMENT, g};
        double now = 0.0;
        const struct summary *end = result_find(result, MEASURE_STOCK, group, result->months - 1);
        const bool withheld = outlook_withholds(outlook, MEASURE_STOCK, group);
        if (!withheld && (end == NULL || (outlook_stock(outlook, group, outlook->origin, &now) && now < 0.5 &&
                                          end->mean < 0.05)))
            continue;
        struct table_cell *row = table_add_row(table, err);
        if (row == NULL ||
            !table_set_text(table, &row[0], total ? "All" : placement_group_words((enum placement_group)g),
                            err) ||
            !outlook_set_stock(outlook, table, &row[1], group, outlook->origin, err) ||
            !add_end(table, row, end, err))
            return false;
    }
    return true;
}

bool forecast_flow_table(struct table *table, const struct outlook *outlook, struct arena *arena,
                         struct err *err)
{
    static const struct table_column columns[] = {
        {"Year", 0}, {"Entries", 0}, {"Exits", 0}, {"Known or forecast", 0}};
    (void)arena;
    table_init(table, "Entries and exits in each financial year (forecast: mean)", columns, 4);
    const int32_t this_year = date_financial_year(outlook->origin);
    for (int32_t year = this_year - 4; year <= this_year; year++) {
        double in = 0.0;
        double left = 0.0;
        char words[DATE_TEXT];
        const day end = date_year_end(year);
        if (end > outlook->origin || !outlook_flow(outlook, MEASURE_ENTRIES, end, &in) ||
            !outlook_flow(outlook, MEASURE_EXITS, end, &left))
            continue;
        struct table_cell *row = table_add_row(table, err);
        date_format_financial_year(year, words);
        if (row == NULL || !table_set_text(table, &row[0], words, err) ||
            !table_set_text(table, &row[3], "known", err))
            return false;
        table_set_integer(&row[1], (int64_t)llround(in));
        table_set_integer(&row[2], (int64_t)llround(left));
    }
    int32_t first = 0;
    int32_t last = 0;
    char name[OUTLOOK_NUMBER];
    for (int32_t i = 0; outlook_year(outlook, i, &first, &last, name); i++) {
        double in = 0.0;
        double left = 0.0;
        if (!outlook_sum(outlook, outlook->main, MEASURE_ENTRIES, all, first, last, &in) ||
            !outlook_sum(outlook, outlook->main, MEASURE_EXITS, all, first, last, &left))
            break;
        struct table_cell *row = table_add_row(table, err);
        if (row == NULL || !table_set_text(table, &row[0], name, err) ||
            !table_set_text(table, &row[3], "forecast", err))
            return false;
        table_set_integer(&row[1], (int64_t)llround(in));
        table_set_integer(&row[2], (int64_t)llround(left));
    }
    return true;
}

bool forecast_cost_table(struct table *table, const struct outlook *outlook, struct arena *arena,
                         struct err *err)
{
    struct table_column *columns = new_columns(arena, outlook->n_scenarios + 1, err);
    if (columns == NULL)
        return false;
    columns[0].name = "Year";
    for (size_t s = 0; s < outlook->n_scenarios; s++) {
        char label[OUTLOOK_LABEL];
        outlook_label(outlook, s, label);
        columns[1 + s].name = arena_format(arena, err, "%s, £000", label);
        if (columns[1 + s].name == NULL)
            return false;
    }
    table_init(table, "Placement cost in each financial year, mean, thousands of pounds", columns,
               outlook->n_scenarios + 1);
    int32_t first = 0;
    int32_t last = 0;
    char name[OUTLOOK_NUMBER];
    for (int32_t i = 0; outlook_year(outlook, i, &first, &last, name); i++) {
        struct table_cell *row = table_add_row(table, err);
        if (row == NULL || !table_set_text(table, &row[0], name, err))
            return false;
        for (size_t s = 0; s < outlook->n_scenarios; s++) {
            double pence_sum = 0.0;
            if (outlook_sum(outlook, s, MEASURE_COST, all, first, last, &pence_sum))
                table_set_integer(&row[1 + s], (int64_t)llround(pence_sum / pence_a_pound / 1000.0));
        }
    }
    return true;
}

static bool add_summary(struct table *table, const struct outlook *outlook, size_t scenario, int32_t month,
                        struct err *err)
{
    const struct result *result = &outlook->forecast.scenarios[scenario];
    const struct summary *at = result_find(result, MEASURE_STOCK, all, month);
    struct table_cell *row = at == NULL ? NULL : table_add_row(table, err);
    if (at == NULL)
        return true;
    if (row == NULL || !table_set_text(table, &row[0], outlook->authority.name, err) ||
        !table_set_text(table, &row[1], outlook->scenarios[scenario].name, err))
        return false;
    table_set_day(&row[2], outlook_month_end(outlook, month));
    table_set_integer(&row[3], (int64_t)llround(at->quantiles[QUANTILE_10]));
    table_set_integer(&row[4], (int64_t)llround(at->quantiles[QUANTILE_50]));
    table_set_integer(&row[5], (int64_t)llround(at->quantiles[QUANTILE_90]));
    double cost = 0.0;
    if (month >= MONTHS_A_YEAR - 1 &&
        outlook_sum(outlook, scenario, MEASURE_COST, all, month - MONTHS_A_YEAR + 1, month, &cost))
        table_set_gbp(&row[6], money_from_pounds(cost / pence_a_pound));
    return true;
}

bool forecast_summary_table(struct table *table, const struct outlook outlooks[], size_t n, struct err *err)
{
    static const struct table_column columns[] = {
        {"la", 0}, {"scenario", 0}, {"date", 0}, {"p10", 0}, {"p50", 0}, {"p90", 0}, {"cost_12_months", 0}};
    table_init(table, "summary", columns, sizeof columns / sizeof columns[0]);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        for (size_t s = 0; ok && s < outlooks[i].n_scenarios; s++) {
            const int32_t months = outlooks[i].forecast.scenarios[s].months;
            for (int32_t m = n == 1 ? 0 : months - 1; ok && m < months; m++)
                if (is_shown(&outlooks[i], m))
                    ok = add_summary(table, &outlooks[i], s, m, err);
        }
    return ok;
}
