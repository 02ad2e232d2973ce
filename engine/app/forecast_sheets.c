/* SPDX-License-Identifier: GPL-3.0-or-later
 * Children by month, placement and year. Ranges of years come from sums within each simulated future
 * (sim/years.h). */
#include "app/forecast_sheets.h"

#include <math.h>
#include <stdio.h>

#include "app/forecast_alt.h"

enum {
    MONTHS_A_YEAR = 12,
    HISTORY_MONTHS_MOST = 120,
    CURVES_MOST = 8,
    QUANTILE_10 = 1,
    QUANTILE_50 = 3,
    QUANTILE_90 = 5
};
static const struct group everyone = {GROUP_ALL, 0};
static const double pence_a_pound = 100.0;

/* ---- what the pages share ---- */

static struct figures find(const struct sheets *sheets, const struct table *table, const char *scenario,
                           enum measure measure, struct group group)
{
    char name[GROUP_TEXT];
    group_format(group, NULL, name);
    return figures_find(table, sheets->outlook->forecast.scenarios[0].la_name, scenario,
                        measure_name(measure), name);
}

struct figures sheets_figures(const struct sheets *sheets, size_t scenario, enum measure measure,
                              struct group group)
{
    return find(sheets, measure == MEASURE_COST ? sheets->of->cost : sheets->of->forecast,
                sheets->outlook->forecast.scenarios[scenario].scenario, measure, group);
}

struct figures sheets_difference(const struct sheets *sheets, size_t scenario, enum measure measure,
                                 struct group group)
{
    return find(sheets, sheets->of->difference, sheets->outlook->forecast.differences[scenario - 1].scenario,
                measure, group);
}

const char *sheets_label(const struct sheets *sheets, size_t scenario)
{
    char label[OUTLOOK_LABEL];
    outlook_label(sheets->outlook, scenario, label);
    return binder_text(sheets->book, "%s", label);
}

const char *sheets_style(const struct sheets *sheets, size_t scenario)
{
    const enum stance stance = sheets->outlook->scenarios[scenario].stance;
    for (size_t i = 0; i < scenario; i++)
        if (sheets->outlook->scenarios[i].stance == stance)
            return "scenario"; /* one scenario a stance has the stance's own look */
    return stance_name(stance);
}

void sheets_put(const struct sheets *sheets, struct table_cell *cell, const struct figures *figures,
                int32_t month, enum figure figure)
{
    const struct table_cell *from = figures_at(figures, month, figure);
    if (from != NULL)
        binder_set_cell(sheets->book, cell, from);
}

/* ---- the curve ---- */

/* Scenarios whose curves are shown, the main one first; at most CURVES_MOST. */
static size_t list_curves(const struct outlook *outlook, size_t out[CURVES_MOST])
{
    size_t n = 0;
    out[n++] = outlook->main;
    for (size_t s = 0; s < outlook->n_scenarios && n < CURVES_MOST; s++)
        if (s != outlook->main)
            out[n++] = s;
    return n;
}

enum { CURVE_MONTH, CURVE_KNOWN, CURVE_MAIN, CURVE_LOW, CURVE_HIGH, CURVE_OTHERS };

static void begin_curve(const struct sheets *sheets, const size_t curves[], size_t n)
{
    struct table_column columns[CURVE_OTHERS + CURVES_MOST] = {{"Month", 0}, {"Known", 0}};
    struct sheet_column shown[CURVE_OTHERS + CURVES_MOST] = {{0}};
    const char *label = sheets_label(sheets, curves[0]);
    for (size_t c = CURVE_MAIN; c < CURVE_OTHERS + n - 1; c++) {
        shown[c].form = SHEET_WHOLE;
        columns[c].decimals = 2;
    }
    columns[CURVE_MAIN].name = binder_text(sheets->book, "%s: middle outcome", label);
    columns[CURVE_LOW].name = binder_text(sheets->book, "%s: range from (p10)", label);
    columns[CURVE_HIGH].name = binder_text(sheets->book, "%s: range to (p90)", label);
    for (size_t i = 1; i < n; i++)
        columns[CURVE_OTHERS + i - 1].name =
            binder_text(sheets->book, "%s: middle outcome", sheets_label(sheets, curves[i]));
    binder_add_page(sheets->book, "Children by month", "Children looked after at the end of each month",
                    columns, shown, CURVE_OTHERS + n - 1);
    binder_note(sheets->book,
                "Known figures are whole children; forecasts are middle outcomes (p50) as in forecast.csv. "
                "We expect 8 in 10 outcomes of %s in the range from p10 to p90.",
                label);
}

/* The days of known stock from ten years before the origin on. */
static void add_known(const struct sheets *sheets)
{
    const struct outlook *outlook = sheets->outlook;
    const int32_t step = outlook->has_history ? 1 : MONTHS_A_YEAR;
    const day limit = date_month_end(outlook->origin, -HISTORY_MONTHS_MOST);
    const day known = outlook_known_from(outlook);
    const day from = outlook->has_history && known < limit ? limit : known;
    for (int32_t m = 0; date_month_end(from, m) <= outlook->origin; m += step) {
        double stock = 0.0;
        if (!outlook_stock(outlook, everyone, date_month_end(from, m), &stock))
            continue;
        struct table_cell *row = binder_row(sheets->book);
        table_set_day(&row[CURVE_MONTH], date_month_end(from, m));
        table_set_integer(&row[CURVE_KNOWN], (int64_t)llround(stock));
    }
}

static void add_chart_of_curve(const struct sheets *sheets, size_t picture, const size_t curves[], size_t n)
{
    char title[OUTLOOK_WORDS];
    struct err err = {0};
    const struct outlook *outlook = sheets->outlook;
    struct sheet_chart *chart = &sheets->book->charts[picture][0];
    if (!outlook_say_stock(outlook, title))
        snprintf(title, sizeof title, "Children looked after");
    const char *alt = forecast_curve_alt(outlook, outlook_known_from(outlook), &sheets->book->texts, &err);
    if (alt == NULL)
        binder_fail(sheets->book, &err);
    *chart = (struct sheet_chart){
        .shape = SHEET_LINES,
        .title = binder_text(sheets->book, "%s", title),
        .alt = alt == NULL ? "" : alt,
        .y_title = "Children",
        .data = &sheets->book->pages[sheets->book->n_pages - 1],
        .x = CURVE_MONTH,
        .series = {{CURVE_KNOWN, "history", "Known"},
                   {CURVE_MAIN, sheets_style(sheets, curves[0]), NULL},
                   {CURVE_LOW, "edge", NULL},
                   {CURVE_HIGH, "edge", NULL}},
        .n_series = 4,
    };
    for (size_t i = 1; i < n; i++)
        chart->series[chart->n_series++] =
            (struct sheet_series){CURVE_OTHERS + i - 1, sheets_style(sheets, curves[i]), NULL};
    sheets->book->pages[picture].n_charts = sheets->book->tables[picture + 1].n_rows > 0 ? 1 : 0;
}

void sheets_add_curve(const struct sheets *sheets)
{
    size_t curves[CURVES_MOST];
    const struct outlook *outlook = sheets->outlook;
    const size_t n = list_curves(outlook, curves);
    struct figures series[CURVES_MOST] = {{0}};
    for (size_t i = 0; i < n; i++)
        series[i] = sheets_figures(sheets, curves[i], MEASURE_STOCK, everyone);
    if (series[0].months == 0)
        return;
    const size_t picture = sheets->book->n_pages;
    binder_add_chart_page(sheets->book, "Curve", "Is the curve turning?");
    binder_note(sheets->book,
                "Thin dotted lines hold 8 in 10 outcomes of %s. Best, likely and worst are assumptions about "
                "what will be done, not probabilities.",
                sheets_label(sheets, curves[0]));
    begin_curve(sheets, curves, n);
    add_known(sheets);
    for (int32_t m = 0; m < series[0].months; m++) {
        double stock = 0.0;
        struct table_cell *row = binder_row(sheets->book);
        table_set_day(&row[CURVE_MONTH], outlook_month_end(outlook, m));
        if (outlook_stock(outlook, everyone, outlook_month_end(outlook, m), &stock))
            table_set_integer(&row[CURVE_KNOWN],
                              (int64_t)llround(stock)); /* what happened after an earlier origin */
        sheets_put(sheets, &row[CURVE_MAIN], &series[0], m, FIGURE_P50);
        sheets_put(sheets, &row[CURVE_LOW], &series[0], m, FIGURE_P10);
        sheets_put(sheets, &row[CURVE_HIGH], &series[0], m, FIGURE_P90);
        for (size_t i = 1; i < n; i++)
            sheets_put(sheets, &row[CURVE_OTHERS + i - 1], &series[i], m, FIGURE_P50);
    }
    add_chart_of_curve(sheets, picture, curves, n);
}

/* ---- years ---- */

enum { YEARS_COLUMNS = 15 };
enum {
    YEARS_SCENARIO,
    YEARS_YEAR,
    YEARS_STOCK,
    YEARS_STOCK_LOW,
    YEARS_STOCK_HIGH,
    YEARS_ENTRIES,
    YEARS_ENTRIES_LOW,
    YEARS_ENTRIES_HIGH,
    YEARS_EXITS,
    YEARS_EXITS_LOW,
    YEARS_EXITS_HIGH,
    YEARS_COST,
    YEARS_COST_LOW,
    YEARS_COST_HIGH
};

/* The mean is the sum of the months as printed; the range that of each future's year. A hidden mean hides the
 * range. */
static void put_year(const struct sheets *sheets, struct table_cell row[], const struct figures *figures,
                     const struct result_year *year, bool is_there, const struct summary *of, bool money)
{
    struct table_cell sum;
    if (!is_there || !figures_sum(figures, year->first, year->last, &sum))
        return;
    binder_set_cell(sheets->book, &row[0], &sum);
    for (int i = 0; i < 2; i++) {
        const double value = of->quantiles[i == 0 ? QUANTILE_10 : QUANTILE_90];
        if (sum.kind == CELL_TEXT)
            binder_set_cell(sheets->book, &row[1 + i], &sum);
        else if (money)
            table_set_gbp(&row[1 + i], money_from_pounds(value / pence_a_pound));
        else
            table_set_real(&row[1 + i], value);
    }
}

static void add_years_of(const struct sheets *sheets, size_t scenario, bool named)
{
    const struct outlook *outlook = sheets->outlook;
    const struct result *result = &outlook->forecast.scenarios[scenario];
    const struct figures stock = sheets_figures(sheets, scenario, MEASURE_STOCK, everyone);
    const struct figures entries = sheets_figures(sheets, scenario, MEASURE_ENTRIES, everyone);
    const struct figures exits = sheets_figures(sheets, scenario, MEASURE_EXITS, everyone);
    const struct figures cost = sheets_figures(sheets, scenario, MEASURE_COST, everyone);
    int32_t first = 0;
    int32_t last = 0;
    char name[OUTLOOK_NUMBER];
    for (int32_t i = 0; outlook_year(outlook, i, &first, &last, name) && (size_t)i < result->n_years; i++) {
        const struct result_year *year = &result->years[i];
        struct table_cell *row = binder_row(sheets->book);
        if (named)
            binder_set_text(sheets->book, row++, "%s", outlook->authority.name);
        binder_set_text(sheets->book, &row[YEARS_SCENARIO], "%s", sheets_label(sheets, scenario));
        binder_set_text(sheets->book, &row[YEARS_YEAR], "%s", name);
        sheets_put(sheets, &row[YEARS_STOCK], &stock, year->last, FIGURE_P50);
        sheets_put(sheets, &row[YEARS_STOCK_LOW], &stock, year->last, FIGURE_P10);
        sheets_put(sheets, &row[YEARS_STOCK_HIGH], &stock, year->last, FIGURE_P90);
        put_year(sheets, &row[YEARS_ENTRIES], &entries, year, year->has_entries, &year->entries, false);
        put_year(sheets, &row[YEARS_EXITS], &exits, year, year->has_exits, &year->exits, false);
        put_year(sheets, &row[YEARS_COST], &cost, year, year->has_cost, &year->cost, true);
    }
}

void sheets_add_years(const struct sheets *sheets)
{
    static const struct table_column columns[YEARS_COLUMNS] = {
        {"Authority", 0},
        {"Scenario", 0},
        {"Year", 0},
        {"Children at the end", 2},
        {"Children from (p10)", 2},
        {"Children to (p90)", 2},
        {"Entries", 2},
        {"Entries from (p10)", 2},
        {"Entries to (p90)", 2},
        {"Exits", 2},
        {"Exits from (p10)", 2},
        {"Exits to (p90)", 2},
        {"Cost", 0},
        {"Cost from (p10)", 0},
        {"Cost to (p90)", 0},
    };
    struct sheet_column shown[YEARS_COLUMNS] = {{0}};
    const size_t n = sheets->of->page->n_outlooks;
    const size_t unnamed = n > 1 ? 0 : 1; /* of one authority the first column is left out */
    const bool named = n > 1;
    for (size_t i = 1 + YEARS_STOCK; i < YEARS_COLUMNS; i++)
        shown[i].form = SHEET_WHOLE;
    const bool costs = sheets->of->cost->n_rows > 0;
    binder_add_page(sheets->book, "By year",
                    "Children, entries, exits and cost by financial year and scenario", columns + unnamed,
                    shown + unnamed, YEARS_COLUMNS - unnamed - (costs ? 0 : 3));
    binder_note(sheets->book,
                "Children: middle outcome at the end of the year. Entries, exits, cost: mean of the year. We "
                "expect 8 in 10 outcomes from p10 to p90; the range of a year is that of whole years, not "
                "the sum of ranges of months.");
    binder_note(sheets->book,
                costs ? "Cost is placement cost by nights, in pounds of each year's prices; a year's cost is "
                        "the sum of its months in cost.csv."
                      : "There are no costs: they need children by placement.");
    for (size_t i = 0; i < n; i++) {
        struct sheets one = *sheets;
        one.outlook = sheets->of->page->outlooks[i];
        for (size_t s = 0; s < one.outlook->n_scenarios; s++)
            add_years_of(&one, s, named);
    }
}
