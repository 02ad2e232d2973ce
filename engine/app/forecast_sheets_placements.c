/* SPDX-License-Identifier: GPL-3.0-or-later
 * Placements side by side: children by month, cost by month, year and scenario. Parts and all are read from
 * the same tables; all is written as the sum that it is. */
#include <math.h>
#include <stdio.h>

#include "app/forecast_sheets.h"

static const struct group everyone = {GROUP_ALL, 0};
static const char *const group_styles[OUTLOOK_GROUPS_MOST] = {"group_1", "group_2", "group_3",
                                                              "group_4", "group_5", "group_6"};

/* A column for each placement group of a scenario, then all, then those together that a chart does not name.
 */
struct spread {
    enum placement_group groups[PLACEMENT_COUNT];
    int n, n_named; /* n_named: shown by name in charts */
    struct figures series[PLACEMENT_COUNT], all;
};
enum { SPREAD_COLUMNS = PLACEMENT_COUNT + 3 };

static bool is_used(const struct sheets *sheets, enum measure measure, enum placement_group group)
{
    const struct figures figures = sheets_figures(sheets, sheets->outlook->main, measure,
                                                  (struct group){GROUP_PLACEMENT, (int32_t)group});
    for (int32_t m = 0; m < figures.months; m++) {
        const struct table_cell *cell = figures_at(&figures, m, FIGURE_MEAN);
        if (cell->kind == CELL_TEXT || (cell->kind == CELL_REAL && fabs(cell->as.real) > 0.0) ||
            (cell->kind == CELL_GBP && cell->as.integer != 0))
            return true;
    }
    return false;
}

static int list_groups(const struct sheets *sheets, enum measure measure,
                       enum placement_group out[PLACEMENT_COUNT], int *n_named)
{
    enum placement_group named[OUTLOOK_GROUPS_MOST];
    const int n = forecast_groups(sheets->outlook, measure, named);
    int count = 0;
    for (int i = 0; i < n; i++)
        if (is_used(sheets, measure, named[i]))
            out[count++] = named[i];
    *n_named = count;
    for (int g = 0; g < PLACEMENT_COUNT; g++) {
        bool is_named = false;
        for (int i = 0; i < n; i++)
            is_named = is_named || (int)named[i] == g;
        if (!is_named && is_used(sheets, measure, (enum placement_group)g))
            out[count++] = (enum placement_group)g;
    }
    return count;
}

static bool find_spread(const struct sheets *sheets, enum measure measure, struct spread *out)
{
    const size_t scenario = sheets->outlook->main;
    out->n = list_groups(sheets, measure, out->groups, &out->n_named);
    out->all = sheets_figures(sheets, scenario, measure, everyone);
    for (int i = 0; i < out->n; i++)
        out->series[i] = sheets_figures(sheets, scenario, measure,
                                        (struct group){GROUP_PLACEMENT, (int32_t)out->groups[i]});
    return out->n > 0 && out->all.months > 0;
}

static bool has_together(const struct spread *spread)
{
    return spread->n > spread->n_named + 1;
}

/* Begins a page with the spread's columns; a column `first` before them. */
static void begin_page(const struct sheets *sheets, const struct spread *spread, const char *name,
                       const char *title, const char *first, enum sheet_form form, bool totals)
{
    struct table_column columns[SPREAD_COLUMNS] = {{first, 0}};
    struct sheet_column shown[SPREAD_COLUMNS] = {{0}};
    const int n = spread->n;
    for (int i = 0; i < n; i++)
        columns[1 + i].name = placement_group_words(spread->groups[i]);
    columns[n + 1].name = "All";
    columns[n + 2].name = "Smaller placements together";
    for (int i = 1; i < SPREAD_COLUMNS; i++) {
        columns[i].decimals = 2;
        shown[i] = (struct sheet_column){.form = form, .total = totals};
    }
    if (sheets->outlook->n_withheld == 0) /* hidden parts do not add up */
        shown[n + 1].formula = binder_text(sheets->book, "SUM([1]:[%d])", n);
    shown[n + 2].formula = binder_text(sheets->book, "SUM([%d]:[%d])", 1 + spread->n_named, n);
    binder_add_page(sheets->book, name, title, columns, shown, (size_t)n + (has_together(spread) ? 3 : 2));
}

/* The figures of months first .. last: children of the one month, or pounds of all of them. */
static void put_row(const struct sheets *sheets, const struct spread *spread, struct table_cell row[],
                    int32_t first, int32_t last)
{
    struct table_cell together = {.kind = CELL_EMPTY};
    for (int i = 0; i <= spread->n; i++) {
        struct table_cell sum;
        if (!figures_sum(i < spread->n ? &spread->series[i] : &spread->all, first, last, &sum))
            continue;
        binder_set_cell(sheets->book, &row[1 + i], &sum);
        if (i >= spread->n_named && i < spread->n)
            figures_add(&together, &sum);
    }
    if (has_together(spread))
        binder_set_cell(sheets->book, &row[spread->n + 2], &together);
}

/* Named groups from the bottom, the others together on top. */
static void set_series(const struct spread *spread, struct sheet_chart *chart)
{
    for (int i = 0; i < spread->n_named; i++)
        chart->series[chart->n_series++] = (struct sheet_series){1 + (size_t)i, group_styles[i], NULL};
    if (has_together(spread))
        chart->series[chart->n_series++] = (struct sheet_series){(size_t)spread->n + 2, "rest", NULL};
    else if (spread->n > spread->n_named)
        chart->series[chart->n_series++] = (struct sheet_series){(size_t)spread->n, "rest", NULL};
}

/* ---- children ---- */

void sheets_add_placements(const struct sheets *sheets)
{
    struct spread spread;
    char title[OUTLOOK_WORDS];
    if (!find_spread(sheets, MEASURE_STOCK, &spread))
        return;
    const size_t picture = sheets->book->n_pages;
    const char *label = sheets_label(sheets, sheets->outlook->main);
    binder_add_chart_page(sheets->book, "Placements chart", "Where children are placed");
    begin_page(
        sheets, &spread, "Placements by month",
        binder_text(sheets->book, "Children by placement at the end of each month, scenario %s", label),
        "Month", SHEET_PLAIN, false);
    binder_note(
        sheets->book,
        "Means, as in forecast.csv, so that placements add up to all. Parts of a child are an average "
        "over simulated futures.");
    for (int32_t m = 0; m < spread.all.months; m++) {
        struct table_cell *row = binder_row(sheets->book);
        table_set_day(&row[0], outlook_month_end(sheets->outlook, m));
        put_row(sheets, &spread, row, m, m);
    }
    if (!outlook_say_mix(sheets->outlook, title))
        snprintf(title, sizeof title, "Children by placement");
    sheets->book->charts[picture][0] = (struct sheet_chart){
        .shape = SHEET_STACK,
        .title = binder_text(sheets->book, "%s", title),
        .alt = binder_text(
            sheets->book,
            "Stacked columns of children by placement at the end of each month, scenario %s. %s. Data: "
            "sheet Placements by month.",
            label, title),
        .y_title = "Children",
        .data = &sheets->book->pages[sheets->book->n_pages - 1],
    };
    set_series(&spread, &sheets->book->charts[picture][0]);
    sheets->book->pages[picture].n_charts = 1;
}

/* ---- money ---- */

static void add_cost_by_year(const struct sheets *sheets, const struct spread *spread)
{
    char title[OUTLOOK_WORDS];
    int32_t first = 0;
    int32_t last = 0;
    char name[OUTLOOK_NUMBER];
    const char *label = sheets_label(sheets, sheets->outlook->main);
    begin_page(sheets, spread, "Cost by year",
               binder_text(sheets->book, "Placement cost by financial year, scenario %s", label), "Year",
               SHEET_WHOLE, true);
    binder_note(
        sheets->book,
        "Means in pounds, to the penny in the cells: each is the sum of its months in cost.csv. Prices "
        "rise with their uplifts (sheet Prices).");
    for (int32_t i = 0; outlook_year(sheets->outlook, i, &first, &last, name); i++) {
        struct table_cell *row = binder_row(sheets->book);
        binder_set_text(sheets->book, &row[0], "%s", name);
        put_row(sheets, spread, row, first, last);
    }
    if (!outlook_say_cost(sheets->outlook, title))
        snprintf(title, sizeof title, "Placement cost");
    struct sheet_chart *chart = binder_add_chart(sheets->book);
    *chart = (struct sheet_chart){
        .shape = SHEET_STACK,
        .title = binder_text(sheets->book, "%s", title),
        .alt = binder_text(
            sheets->book,
            "Stacked columns of placement cost by financial year and placement, scenario %s. %s. Data: the "
            "table above.",
            label, title),
        .y_title = "Pounds a year",
    };
    set_series(spread, chart);
}

static void add_cost_by_scenario(const struct sheets *sheets, const struct spread *spread)
{
    enum { SCENARIOS_MOST = 12 };
    const size_t all = sheets->outlook->n_scenarios;
    const size_t n = all < SCENARIOS_MOST ? all : SCENARIOS_MOST;
    struct table_column columns[2 + SCENARIOS_MOST] = {{"Year", 0}, {"Placement", 0}};
    struct sheet_column shown[2 + SCENARIOS_MOST] = {{0}};
    struct figures series[SCENARIOS_MOST];
    int32_t first = 0;
    int32_t last = 0;
    char name[OUTLOOK_NUMBER];
    for (size_t s = 0; s < n; s++) {
        columns[2 + s].name = sheets_label(sheets, s);
        shown[2 + s] = (struct sheet_column){.form = SHEET_WHOLE, .total = true};
    }
    binder_add_page(sheets->book, "Cost by scenario",
                    "Placement cost by financial year, placement and scenario", columns, shown, 2 + n);
    binder_note(sheets->book,
                "Means in pounds. The total is that of the rows shown: choose a year or a placement with the "
                "filters, and it follows.");
    for (int32_t i = 0; outlook_year(sheets->outlook, i, &first, &last, name); i++)
        for (int g = 0; g < spread->n; g++) {
            struct table_cell *row = binder_row(sheets->book);
            binder_set_text(sheets->book, &row[0], "%s", name);
            binder_set_text(sheets->book, &row[1], "%s", placement_group_words(spread->groups[g]));
            for (size_t s = 0; s < n; s++) {
                struct table_cell sum;
                series[s] = sheets_figures(sheets, s, MEASURE_COST,
                                           (struct group){GROUP_PLACEMENT, (int32_t)spread->groups[g]});
                if (figures_sum(&series[s], first, last, &sum))
                    binder_set_cell(sheets->book, &row[2 + s], &sum);
            }
        }
}

static void add_cost_by_month(const struct sheets *sheets, const struct spread *spread)
{
    begin_page(sheets, spread, "Cost by month",
               binder_text(sheets->book, "Placement cost by month, scenario %s",
                           sheets_label(sheets, sheets->outlook->main)),
               "Month", SHEET_WHOLE, true);
    binder_note(sheets->book, "Means, to the penny in the cells as in cost.csv: nights in the month at a "
                              "seventh of the weekly price.");
    for (int32_t m = 0; m < spread->all.months; m++) {
        struct table_cell *row = binder_row(sheets->book);
        table_set_day(&row[0], outlook_month_end(sheets->outlook, m));
        put_row(sheets, spread, row, m, m);
    }
}

void sheets_add_costs(const struct sheets *sheets)
{
    struct spread spread;
    if (!find_spread(sheets, MEASURE_COST, &spread))
        return;
    add_cost_by_year(sheets, &spread);
    add_cost_by_scenario(sheets, &spread);
    add_cost_by_month(sheets, &spread);
}
