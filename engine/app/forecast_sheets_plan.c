/* SPDX-License-Identifier: GPL-3.0-or-later
 * Key figures; how far scenarios lie apart; what a plan's actions do, what delays cost, what it wants to
 * reach. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/forecast_sheets.h"

enum { MONTHS_A_YEAR = 12, QUANTILE_10 = 1, QUANTILE_90 = 5, PLACES_MOST = 6 };
static const struct group everyone = {GROUP_ALL, 0};
static const double pence_a_pound = 100.0;

/* ---- key figures ---- */

enum { KEY_FIGURE, KEY_MIDDLE, KEY_LOW, KEY_HIGH, KEY_WHAT, KEY_COLUMNS };

/* Names the three cells of the last row: NAME, NAME_p10, NAME_p90. */
static void name_row(const struct sheets *sheets, const char *name)
{
    const size_t row = sheets->book->tables[sheets->book->n_pages - 1].n_rows - 1;
    if (sheets->book->failed)
        return;
    binder_name(sheets->book, name, row, KEY_MIDDLE);
    binder_name(sheets->book, binder_text(sheets->book, "%s_p10", name), row, KEY_LOW);
    binder_name(sheets->book, binder_text(sheets->book, "%s_p90", name), row, KEY_HIGH);
}

static void add_stock(const struct sheets *sheets, const struct figures *figures, int32_t month,
                      const char *what, const char *kind, enum figure middle, const char *name)
{
    char when[OUTLOOK_NUMBER];
    struct table_cell *row = binder_row(sheets->book);
    outlook_month_words(outlook_month_end(sheets->outlook, month), when);
    binder_set_text(sheets->book, &row[KEY_FIGURE], "%s, %s", what, when);
    sheets_put(sheets, &row[KEY_MIDDLE], figures, month, middle);
    sheets_put(sheets, &row[KEY_LOW], figures, month, FIGURE_P10);
    sheets_put(sheets, &row[KEY_HIGH], figures, month, FIGURE_P90);
    binder_set_text(sheets->book, &row[KEY_WHAT], "%s", kind);
    name_row(sheets, name);
}

static void add_cost(const struct sheets *sheets, const struct figures *figures,
                     const struct result_year *year, const char *what, const char *name)
{
    struct table_cell sum;
    char words[DATE_TEXT];
    if (!year->has_cost || !figures_sum(figures, year->first, year->last, &sum))
        return;
    struct table_cell *row = binder_row(sheets->book);
    date_format_financial_year(year->year, words);
    binder_set_text(sheets->book, &row[KEY_FIGURE], "%s, %s", what, words);
    binder_set_cell(sheets->book, &row[KEY_MIDDLE], &sum);
    if (sum.kind == CELL_GBP) {
        table_set_gbp(&row[KEY_LOW], money_from_pounds(year->cost.quantiles[QUANTILE_10] / pence_a_pound));
        table_set_gbp(&row[KEY_HIGH], money_from_pounds(year->cost.quantiles[QUANTILE_90] / pence_a_pound));
    }
    binder_set_text(sheets->book, &row[KEY_WHAT], "mean");
    name_row(sheets, name);
}

/* First year that is forecast whole; NULL none. */
static const struct result_year *whole_year(const struct result *result)
{
    for (size_t i = 0; i < result->n_years; i++)
        if (result->years[i].last - result->years[i].first + 1 == MONTHS_A_YEAR)
            return &result->years[i];
    return NULL;
}

/* A scenario's: its children at the end, its cost in the first whole year. */
static void add_scenario(const struct sheets *sheets, size_t scenario, const char *name)
{
    const struct outlook *outlook = sheets->outlook;
    const struct figures stock = sheets_figures(sheets, scenario, MEASURE_STOCK, everyone);
    const struct figures cost = sheets_figures(sheets, scenario, MEASURE_COST, everyone);
    const struct result_year *year = whole_year(&outlook->forecast.scenarios[scenario]);
    const char *label = sheets_label(sheets, scenario);
    if (stock.months > MONTHS_A_YEAR)
        add_stock(sheets, &stock, MONTHS_A_YEAR - 1,
                  binder_text(sheets->book, "%s: children in a year", label), "middle outcome (p50)",
                  FIGURE_P50, binder_text(sheets->book, "%s_children_in_a_year", name));
    if (stock.months > 0)
        add_stock(sheets, &stock, stock.months - 1,
                  binder_text(sheets->book, "%s: children at the end", label), "middle outcome (p50)",
                  FIGURE_P50, binder_text(sheets->book, "%s_children_at_end", name));
    if (year != NULL)
        add_cost(sheets, &cost, year, binder_text(sheets->book, "%s: placement cost", label),
                 binder_text(sheets->book, "%s_cost_in_year", name));
}

void sheets_add_key_figures(const struct sheets *sheets)
{
    static const struct table_column columns[KEY_COLUMNS] = {{"Figure", 0},
                                                             {"Expected", 2},
                                                             {"Range from (p10)", 2},
                                                             {"Range to (p90)", 2},
                                                             {"What is expected", 0}};
    static const struct sheet_column shown[KEY_COLUMNS] = {[KEY_MIDDLE] = {.form = SHEET_WHOLE},
                                                           [KEY_LOW] = {.form = SHEET_WHOLE},
                                                           [KEY_HIGH] = {.form = SHEET_WHOLE}};
    const struct outlook *outlook = sheets->outlook;
    double now = 0.0;
    binder_add_page(sheets->book, "Key figures", "Key figures", columns, shown, KEY_COLUMNS);
    binder_note(
        sheets->book,
        "We expect 8 in 10 outcomes in the range from p10 to p90. Each figure has a name that formulas can "
        "use, as baseline_children_at_end, with _p10 and _p90 for its range.");
    if (outlook_stock(outlook, everyone, outlook->origin, &now)) {
        char known[DATE_TEXT];
        struct table_cell *row = binder_row(sheets->book);
        date_format_words(outlook->origin, known);
        binder_set_text(sheets->book, &row[KEY_FIGURE], "Children looked after, %s", known);
        table_set_integer(&row[KEY_MIDDLE], (int64_t)llround(now));
        binder_set_text(sheets->book, &row[KEY_WHAT], "known");
        binder_name(sheets->book, "children_now", 0, KEY_MIDDLE);
    }
    add_scenario(sheets, outlook->base, "baseline");
    if (outlook->main != outlook->base)
        add_scenario(sheets, outlook->main, "plan");
    if (outlook->main != outlook->base && outlook->base == 0 && sheets->of->difference->n_rows > 0) {
        const struct figures apart = sheets_difference(sheets, outlook->main, MEASURE_STOCK, everyone);
        if (apart.months > 0)
            add_stock(sheets, &apart, apart.months - 1,
                      binder_text(sheets->book, "%s less %s: children", sheets_label(sheets, outlook->main),
                                  sheets_label(sheets, outlook->base)),
                      "mean, in the same simulated futures", FIGURE_MEAN, "difference_children_at_end");
    }
}

/* ---- differences ---- */

static void put_range(const struct sheets *sheets, struct table_cell row[], const struct figures *figures,
                      const struct result_year *year)
{
    struct table_cell sum;
    if (!year->has_cost || !figures_sum(figures, year->first, year->last, &sum))
        return;
    binder_set_cell(sheets->book, &row[0], &sum);
    if (sum.kind != CELL_GBP)
        return;
    table_set_gbp(&row[1], money_from_pounds(year->cost.quantiles[QUANTILE_10] / pence_a_pound));
    table_set_gbp(&row[2], money_from_pounds(year->cost.quantiles[QUANTILE_90] / pence_a_pound));
}

void sheets_add_differences(const struct sheets *sheets)
{
    enum { SCENARIO, YEAR, STOCK, STOCK_LOW, STOCK_HIGH, COST, COST_LOW, COST_HIGH, COLUMNS };
    static const struct table_column columns[COLUMNS] = {{"Scenario", 0},
                                                         {"Year", 0},
                                                         {"Children at the end: difference", 2},
                                                         {"Children from (p10)", 2},
                                                         {"Children to (p90)", 2},
                                                         {"Cost: difference", 0},
                                                         {"Cost from (p10)", 0},
                                                         {"Cost to (p90)", 0}};
    static const struct sheet_column shown[COLUMNS] = {[STOCK_LOW] = {.form = SHEET_WHOLE},
                                                       [STOCK_HIGH] = {.form = SHEET_WHOLE},
                                                       [COST] = {.form = SHEET_WHOLE},
                                                       [COST_LOW] = {.form = SHEET_WHOLE},
                                                       [COST_HIGH] = {.form = SHEET_WHOLE}};
    const struct outlook *outlook = sheets->outlook;
    if (outlook->n_scenarios < 2 || sheets->of->difference->n_rows == 0)
        return;
    binder_add_page(sheets->book, "Differences",
                    binder_text(sheets->book, "What differs from the scenario %s", sheets_label(sheets, 0)),
                    columns, shown, sheets->of->cost->n_rows > 0 ? COLUMNS : COST);
    binder_note(
        sheets->book,
        "Mean differences, as in difference.csv; below zero is fewer children or less cost. All scenarios "
        "live through the same simulated futures, so that what differs is the scenario and not luck; "
        "8 in 10 differences lie from p10 to p90.");
    for (size_t s = 1; s < outlook->n_scenarios; s++) {
        const struct figures stock = sheets_difference(sheets, s, MEASURE_STOCK, everyone);
        const struct figures cost = sheets_difference(sheets, s, MEASURE_COST, everyone);
        const struct result *result = &outlook->forecast.differences[s - 1];
        int32_t first = 0;
        int32_t last = 0;
        char name[OUTLOOK_NUMBER];
        for (int32_t i = 0; outlook_year(outlook, i, &first, &last, name) && (size_t)i < result->n_years;
             i++) {
            struct table_cell *row = binder_row(sheets->book);
            binder_set_text(sheets->book, &row[SCENARIO], "%s", sheets_label(sheets, s));
            binder_set_text(sheets->book, &row[YEAR], "%s", name);
            sheets_put(sheets, &row[STOCK], &stock, last, FIGURE_MEAN);
            sheets_put(sheets, &row[STOCK_LOW], &stock, last, FIGURE_P10);
            sheets_put(sheets, &row[STOCK_HIGH], &stock, last, FIGURE_P90);
            put_range(sheets, &row[COST], &cost, &result->years[i]);
        }
    }
}

/* ---- the plan ---- */

/* The month of the forecast in which a target is due; -1 when outside. */
static int32_t month_of(const struct outlook *outlook, day by)
{
    return by == DAY_NONE || by <= outlook->origin
               ? -1
               : date_month_index(by) - date_month_index(outlook->origin) - 1;
}

/* Finds "stock" or "stock:placement:NAME" in forecast.csv. */
static struct figures find_quantity(const struct sheets *sheets, const char *quantity)
{
    char measure[GROUP_TEXT];
    const char *colon = strchr(quantity, ':');
    const struct result *result = &sheets->outlook->forecast.scenarios[sheets->outlook->main];
    const size_t length = colon == NULL ? strlen(quantity) : (size_t)(colon - quantity);
    if (!str_copy((struct str){quantity, length}, measure, sizeof measure))
        return (struct figures){0};
    return figures_find(strcmp(measure, "cost") == 0 ? sheets->of->cost : sheets->of->forecast,
                        result->la_name, result->scenario, measure, colon == NULL ? "all" : colon + 1);
}

static void add_targets(const struct sheets *sheets)
{
    enum { REF, QUANTITY, BY, BASELINE, TARGET, UNIT, EXPECTED, LOW, HIGH, NOTE, COLUMNS };
    static const struct table_column columns[COLUMNS] = {
        {"Action", 0}, {"Quantity", 0}, {"By", 0},         {"Baseline", 2}, {"Target", 2},
        {"Unit", 0},   {"Forecast", 2}, {"From (p10)", 2}, {"To (p90)", 2}, {"Note", 0}};
    static const struct sheet_column shown[COLUMNS] = {[BASELINE] = {.form = SHEET_BARE},
                                                       [TARGET] = {.form = SHEET_BARE},
                                                       [EXPECTED] = {.form = SHEET_WHOLE},
                                                       [LOW] = {.form = SHEET_WHOLE},
                                                       [HIGH] = {.form = SHEET_WHOLE}};
    const struct targets *targets = sheets->outlook->targets;
    if (targets == NULL || targets->n == 0)
        return;
    binder_add_page(sheets->book, "Targets", "What the plan wants to reach, and what is expected then",
                    columns, shown, COLUMNS);
    binder_note(
        sheets->book,
        "Forecast: middle outcome of the scenario %s at the end of that month. Empty where the quantity is "
        "none that is forecast, or the date lies outside the forecast.",
        sheets_label(sheets, sheets->outlook->main));
    for (size_t i = 0; i < targets->n; i++) {
        const struct plan_target *target = &targets->items[i];
        const struct figures figures = find_quantity(sheets, target->quantity);
        const int32_t month = month_of(sheets->outlook, target->by);
        struct table_cell *row = binder_row(sheets->book);
        binder_set_text(sheets->book, &row[REF], "%s", target->ref);
        binder_set_text(sheets->book, &row[QUANTITY], "%s", target->quantity);
        table_set_day(&row[BY], target->by);
        table_set_real(&row[BASELINE], target->baseline);
        table_set_real(&row[TARGET], target->level);
        binder_set_text(sheets->book, &row[UNIT], "%s", target->unit);
        sheets_put(sheets, &row[EXPECTED], &figures, month, FIGURE_P50);
        sheets_put(sheets, &row[LOW], &figures, month, FIGURE_P10);
        sheets_put(sheets, &row[HIGH], &figures, month, FIGURE_P90);
        binder_set_text(sheets->book, &row[NOTE], "%s", target->note);
    }
}

/* A row of attribution.csv: action, measure and day; n_rows when there is none. */
static size_t find_part(const struct table *parts, const char *action, const char *measure, day date)
{
    enum { ACTION_REF = 2, DATE, MEASURE };
    size_t row = 0;
    while (row < parts->n_rows && (strcmp(table_at(parts, row, ACTION_REF)->as.text, action) != 0 ||
                                   strcmp(table_at(parts, row, MEASURE)->as.text, measure) != 0 ||
                                   table_at(parts, row, DATE)->as.date != date))
        row++;
    return row;
}

/* One action of attribution.csv: children and their range at the end, cost of all years. */
static void add_action(const struct sheets *sheets, const struct table *parts, const char *action,
                       const char *what)
{
    enum { ACTION, WHAT, STOCK, LOW, HIGH, COST, MEAN_COLUMN = 7 };
    const struct attribution *found = &sheets->of->page->work->attribution;
    struct table_cell *row = binder_row(sheets->book);
    struct table_cell cost = {.kind = CELL_EMPTY};
    binder_set_text(sheets->book, &row[ACTION], "%s", action);
    binder_set_text(sheets->book, &row[WHAT], "%s", what);
    const size_t stock = find_part(parts, action, "stock", found->periods[found->n_periods - 1]);
    for (size_t i = 0; i < 3 && stock < parts->n_rows; i++)
        binder_set_cell(sheets->book, &row[STOCK + i], table_at(parts, stock, MEAN_COLUMN + i));
    for (size_t p = 0; p < found->n_periods; p++) {
        const size_t at = find_part(parts, action, "cost", found->periods[p]);
        if (at < parts->n_rows)
            figures_add(&cost, table_at(parts, at, MEAN_COLUMN));
    }
    if (cost.kind == CELL_REAL)
        table_set_gbp(&row[COST], money_from_pounds(cost.as.real));
    else
        binder_set_cell(sheets->book, &row[COST], &cost);
}

/* In the order of the page, the largest effect first and the whole plan last. */
static void add_actions(const struct sheets *sheets)
{
    static const struct table_column columns[] = {{"Action", 0},
                                                  {"What", 0},
                                                  {"Children at the end", 2},
                                                  {"Children from (p10)", 2},
                                                  {"Children to (p90)", 2},
                                                  {"Cost over the forecast", 0}};
    static const struct sheet_column shown[] = {{0}, {0}, {0}, {0}, {0}, {.form = SHEET_WHOLE}};
    struct table order = {0};
    struct table parts = {0};
    struct err err = {0};
    const struct plan_work *work = sheets->of->page->work;
    plan_work_attribution_init(&parts);
    if (!plan_work_action_table(&order, work, &err) || !plan_work_attribution_add(&parts, work, &err)) {
        binder_fail(sheets->book, &err);
    } else if (order.n_rows > 0) {
        binder_add_page(sheets->book, "Actions", "Which actions do the work", columns, shown,
                        sizeof columns / sizeof columns[0]);
        binder_note(
            sheets->book,
            "What each action adds to the plan's effect (Shapley values), as in attribution.csv: below zero "
            "is "
            "fewer children or less cost. Means add up to the whole plan; 8 in 10 outcomes lie from p10 to "
            "p90. Numbers are the model's own, before ranges are scaled.");
        for (size_t i = 0; i < order.n_rows; i++)
            add_action(sheets, &parts, table_at(&order, i, 0)->as.text, table_at(&order, i, 1)->as.text);
    }
    table_free(&order);
    table_free(&parts);
}

static void add_delays(const struct sheets *sheets)
{
    enum { ACTION, MILESTONE, DUE, DELAY, CHILDREN, NIGHTS, COST, COLUMNS };
    enum { FROM_ACTION = 1, FROM_MILESTONE, FROM_DELAY, FROM_CHILDREN, FROM_NIGHTS, FROM_COST };
    static const struct table_column columns[COLUMNS] = {{"Action", 0},
                                                         {"Milestone", 0},
                                                         {"Due", 0},
                                                         {"Days late", 0},
                                                         {"More children at the end", 2},
                                                         {"More nights", 0},
                                                         {"Cost of the delay", 0}};
    static const struct sheet_column shown[COLUMNS] = {[COST] = {.form = SHEET_WHOLE}};
    struct table slips = {0};
    struct err err = {0};
    const struct plan_work *work = sheets->of->page->work;
    plan_work_slippage_init(&slips);
    if (!plan_work_slippage_add(&slips, work, &err)) {
        binder_fail(sheets->book, &err);
    } else if (slips.n_rows > 0) {
        binder_add_page(sheets->book, "Delays", "What a quarter's delay of each milestone costs", columns,
                        shown, COLUMNS);
        binder_note(sheets->book,
                    "Each milestone that is still to come was delayed by %d days, all else the same, as in "
                    "slippage.csv.",
                    PLAN_WORK_DELAY);
        for (size_t i = 0; i < slips.n_rows; i++) {
            struct table_cell *row = binder_row(sheets->book);
            binder_set_cell(sheets->book, &row[ACTION], table_at(&slips, i, FROM_ACTION));
            binder_set_cell(sheets->book, &row[MILESTONE], table_at(&slips, i, FROM_MILESTONE));
            table_set_day(&row[DUE], work->joined->plan.rows[work->milestones[i].i_row].when.latest);
            binder_set_cell(sheets->book, &row[DELAY], table_at(&slips, i, FROM_DELAY));
            binder_set_cell(sheets->book, &row[CHILDREN], table_at(&slips, i, FROM_CHILDREN));
            binder_set_cell(sheets->book, &row[NIGHTS], table_at(&slips, i, FROM_NIGHTS));
            if (table_at(&slips, i, FROM_COST)->kind == CELL_REAL)
                table_set_gbp(&row[COST], money_from_pounds(table_at(&slips, i, FROM_COST)->as.real));
        }
    }
    table_free(&slips);
}

void sheets_add_plan(const struct sheets *sheets)
{
    if (sheets->of->page->work != NULL) {
        add_actions(sheets);
        add_delays(sheets);
    }
    add_targets(sheets);
}
