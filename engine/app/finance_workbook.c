/* SPDX-License-Identifier: GPL-3.0-or-later
 * The report for people who work in spreadsheets: findings on the cover, key figures with names, the tables
 * with sums and differences as formulas, charts, and everything that went in. */
#include <math.h>
#include <string.h>

#include "app/binder.h"
#include "app/chance.h"
#include "app/finance_publish.h"
#include "app/forecast_assumptions.h"
#include "app/help.h"

enum { COLUMNS_MOST = 16, PENCE = 100 };
static const double pct = 100;

/* How each column is shown, in the order of finance_columns.def. */
static const struct sheet_column shown_columns[] = {
#define FINANCE_COLUMN(table, name, decimals, heading, form, total, formula)                                 \
    {heading, SHEET_##form, total, formula},
#include "app/finance_columns.def"
#undef FINANCE_COLUMN
};

/* Names on the tabs. */
static const char *const tabs[FINANCE_TABLE_COUNT] = {
    [FINANCE_REPORT] = "Report",          [FINANCE_TO_DATE] = "To date",
    [FINANCE_SPLIT] = "Variance",         [FINANCE_CHANCE] = "Chance",
    [FINANCE_PROFILE] = "Lines by month", [FINANCE_FULL_YEAR] = "Full year",
    [FINANCE_SAVINGS] = "Savings",        [FINANCE_DECISIONS] = "Decisions",
    [FINANCE_MEDIUM_TERM] = "Scenarios",  [FINANCE_SENSITIVITIES] = "What if",
    [FINANCE_CALIBRATION] = "Unit costs", [FINANCE_MOVEMENT] = "Movement",
};

/* ---- tables ------------------------------------------------------------------------------------------- */

static size_t first_column(const struct finance_job *job, enum finance_table table)
{
    size_t first = 0;
    for (int t = 0; t < (int)table; t++)
        first += job->tables[t].n_columns;
    return first;
}

static bool has_year(const struct table *table)
{
    return strcmp(table->columns[0].name, "year") == 0;
}

/* The total of a table is a sum in the workbook, so its row `all` is left out where its columns are summed.
 */
static bool is_total_row(const struct table *table, const struct sheet_column shown[], size_t row)
{
    if (row + 1 != table->n_rows)
        return false;
    for (size_t i = 0; i < table->n_columns; i++) {
        const struct table_cell *cell = table_at(table, row, i);
        if (cell->kind == CELL_TEXT && strcmp(cell->as.text, "all") == 0 && i < 3)
            for (size_t k = 0; k < table->n_columns; k++)
                if (shown[k].total)
                    return true;
    }
    return false;
}

/* A page that shows a table without the column for the year, which the title has. */
static void add_table(struct binder *book, const struct finance_job *job, enum finance_table t)
{
    const struct table *table = &job->tables[t];
    const struct sheet_column *shown = &shown_columns[first_column(job, t)];
    const size_t skipped = has_year(table) && t != FINANCE_MEDIUM_TERM ? 1 : 0;
    struct table_column columns[COLUMNS_MOST];
    struct sheet_column own[COLUMNS_MOST];
    const bool published = job->publish.is_on;
    if (table->n_rows == 0)
        return;
    for (size_t i = skipped; i < table->n_columns; i++) {
        columns[i - skipped] = (struct table_column){table->columns[i].name, table->columns[i].decimals};
        own[i - skipped] = shown[i];
        if (published) { /* sums of shown lines alone would not be the totals */
            own[i - skipped].total = false;
            own[i - skipped].formula = NULL;
        }
    }
    binder_add_page(book, tabs[t], finance_table_heading(t), columns, own, table->n_columns - skipped);
    binder_note(book, "%s", finance_table_about(t));
    for (size_t row = 0; row < table->n_rows; row++) {
        if (!published && is_total_row(table, shown, row))
            continue;
        struct table_cell *cells = binder_row(book);
        for (size_t i = skipped; i < table->n_columns; i++)
            binder_set_cell(book, &cells[i - skipped], table_at(table, row, i));
    }
}

/* ---- key figures -------------------------------------------------------------------------------------- */

static void key(struct binder *book, const char *words, const char *name, bool is_there, pence amount)
{
    if (!is_there)
        return;
    struct table_cell *row = binder_row(book);
    binder_set_text(book, &row[0], "%s", words);
    table_set_gbp(&row[1], amount);
    binder_name(book, name, book->tables[book->n_pages - 1].n_rows - 1, 1);
}

static void add_key_figures(struct binder *book, const struct finance_job *job)
{
    static const struct table_column columns[] = {{"Figure", 0}, {"Pounds", 0}, {"Words", 0}};
    const struct finance_row *total = &job->finance.rows[finance_job_total(job)];
    const bool budget = job->finance.lines.has_budget;
    char chance[CHANCE_WORDS];
    chance_say(total->chance, chance);
    binder_add_page(book, "Key figures", "Key figures", columns, NULL, sizeof columns / sizeof columns[0]);
    binder_note(book,
                "Each figure has a name that formulas can use: budget_total, outturn_total, outturn_p10, "
                "outturn_p50, outturn_p90, variance_total, chance_of_overspend, expected_overspend, "
                "overspend_p90, full_year_effect.");
    key(book, "Budget", "budget_total", budget, total->budget);
    key(book, "Expected outturn", "outturn_total", true, total->outturn);
    key(book, "One future in ten is below (p10)", "outturn_p10", true, total->p10);
    key(book, "Middle (p50)", "outturn_p50", true, total->p50);
    key(book, "One future in ten is above (p90)", "outturn_p90", true, total->p90);
    key(book, "Variance: outturn less budget", "variance_total", budget, total->variance);
    key(book, "Mean overspend over all futures", "expected_overspend", budget, total->expected_over);
    key(book, "Overspend at worst (p90)", "overspend_p90", budget, total->over_p90);
    key(book, "Full-year effect of today's position", "full_year_effect", total->has_full_year,
        total->full_year_now);
    if (!budget)
        return;
    struct table_cell *row = binder_row(book);
    binder_set_text(book, &row[0], "Chance of an overspend, per cent");
    table_set_real(&row[1], pct * total->chance);
    binder_set_text(book, &row[2], "%s", chance);
    binder_name(book, "chance_of_overspend", book->tables[book->n_pages - 1].n_rows - 1, 1);
}

/* ---- charts ------------------------------------------------------------------------------------------- */

/* Budget and outturn of each line, on the page of the report. */
static void chart_lines(struct binder *book, const struct finance_job *job)
{
    enum { LINE = 0, BUDGET = 2, OUTTURN = 5 };
    if (!job->finance.lines.has_budget || job->publish.is_on) /* the total is a row then */
        return;
    struct sheet_chart *chart = binder_add_chart(book);
    *chart = (struct sheet_chart){
        .shape = SHEET_BARS,
        .title = job->title,
        .alt = binder_text(book,
                           "Columns of budget and expected outturn by line. %s. The numbers are in the table "
                           "above.",
                           job->title),
        .x_title = "Line",
        .y_title = "Pounds",
        .x = LINE,
        .from_zero = true,
        .series = {{BUDGET, "group_4", "Budget"}, {OUTTURN, "group_1", "Expected outturn"}},
        .n_series = 2};
}

/* Volume, price and mix of each line. */
static void chart_split(struct binder *book, const struct finance_job *job)
{
    enum { LINE = 0, VOLUME = 8, PRICE, MIX, OTHER };
    if (!job->finance.lines.has_budget || job->publish.is_on)
        return;
    struct sheet_chart *chart = binder_add_chart(book);
    *chart =
        (struct sheet_chart){.shape = SHEET_BARS,
                             .title = "Volume, price and mix by line",
                             .alt = "Columns of volume, price, mix and other by line, in pounds; below the "
                                    "axis they lower the outturn. The numbers are in the table above.",
                             .x_title = "Line",
                             .y_title = "Pounds",
                             .x = LINE,
                             .from_zero = true,
                             .series = {{VOLUME, "group_1", "Volume"},
                                        {PRICE, "group_2", "Price"},
                                        {MIX, "group_3", "Mix"},
                                        {OTHER, "rest", "Other"}},
                             .n_series = 4};
}

/* The months of the whole year, with their chart. */
static void add_months(struct binder *book, const struct finance_job *job)
{
    enum { MONTH, BUDGET, ACTUAL, EXPECTED, COLUMNS };
    static const struct table_column columns[COLUMNS] = {
        {"Month to", 0}, {"Budget, £", 0}, {"Actual, £", 0}, {"Expected, £", 0}};
    static const struct sheet_column shown[COLUMNS] = {
        [BUDGET] = {.total = true}, [ACTUAL] = {.total = true}, [EXPECTED] = {.total = true}};
    const struct finance *finance = &job->finance;
    const size_t total = finance_job_total(job);
    binder_add_page(book, "By month", "The year month by month", columns, shown, COLUMNS);
    binder_note(book, "Budget by days of the month; actual where the ledger is closed, expected after that.");
    for (int32_t m = 0; m < FINANCE_MONTHS; m++) {
        struct table_cell *row = binder_row(book);
        table_set_day(&row[MONTH], date_month_end(date_year_end(job->year), m - (FINANCE_MONTHS - 1)));
        if (finance->lines.has_budget)
            table_set_gbp(&row[BUDGET], finance->budget_months[total][m]);
        table_set_gbp(&row[m < finance->lines.n_closed ? ACTUAL : EXPECTED],
                      finance->outturn_months[total][m]);
    }
    struct sheet_chart *chart = binder_add_chart(book);
    *chart =
        (struct sheet_chart){.shape = SHEET_LINES,
                             .title = "Spending month by month",
                             .alt = "Lines of budget, actual and expected spending by month, in pounds. The "
                                    "numbers are in the table above.",
                             .x_title = "Month to",
                             .y_title = "Pounds",
                             .x = MONTH,
                             .n_series = 0};
    if (finance->lines.has_budget)
        chart->series[chart->n_series++] = (struct sheet_series){BUDGET, "budget", "Budget"};
    if (finance->lines.n_closed > 0)
        chart->series[chart->n_series++] = (struct sheet_series){ACTUAL, "history", "Actual"};
    if (finance->lines.n_closed < FINANCE_MONTHS)
        chart->series[chart->n_series++] = (struct sheet_series){EXPECTED, "likely", "Expected"};
}

/* Five years, a column a scenario, with their chart. */
static void add_years(struct binder *book, const struct finance_job *job)
{
    enum { MEAN = 2 };
    const struct table *from = &job->tables[FINANCE_MEDIUM_TERM];
    const size_t n = job->choice.n < SHEET_SERIES_MOST ? job->choice.n : SHEET_SERIES_MOST;
    const int32_t years = job->futures[0].n_years;
    struct table_column columns[SHEET_SERIES_MOST + 1] = {{"Year", 0}};
    if (from->n_rows != job->choice.n * (size_t)years)
        return;
    for (size_t s = 0; s < n; s++) {
        char label[OUTLOOK_LABEL];
        outlook_label(&job->outlook, s, label);
        columns[s + 1] = (struct table_column){binder_text(book, "%s, £", label), 0};
    }
    binder_add_page(book, "Five years", "Expected cost of each year by scenario", columns, NULL, n + 1);
    binder_note(book, "Scenarios are assumptions, not probabilities. Ranges are on the sheet Scenarios.");
    for (int32_t y = 0; y < years; y++) {
        char year[DATE_TEXT];
        struct table_cell *row = binder_row(book);
        date_format_financial_year(job->year + y, year);
        binder_set_text(book, &row[0], "%s", year);
        for (size_t s = 0; s < n; s++)
            binder_set_cell(book, &row[s + 1], table_at(from, s * (size_t)years + (size_t)y, MEAN));
    }
    struct sheet_chart *chart = binder_add_chart(book);
    *chart = (struct sheet_chart){
        .shape = SHEET_LINES,
        .title = "Expected cost by scenario",
        .alt = "Lines of the expected placement cost of each financial year by scenario. "
               "The numbers are in the table above.",
        .x_title = "Financial year",
        .y_title = "Pounds",
        .x = 0,
        .n_series = n};
    for (size_t s = 0; s < n; s++)
        chart->series[s] = (struct sheet_series){s + 1, outlook_style(job->choice.scenarios[s].stance), NULL};
}

/* ---- what went in ------------------------------------------------------------------------------------- */

static void add_assumptions(struct binder *book, const struct finance_job *job)
{
    static const struct table_column columns[] = {{"What is assumed", 0}};
    binder_add_page(book, "Assumptions", "What is assumed and left out", columns, NULL, 1);
    for (size_t i = 0; i < job->n_notes; i++)
        binder_set_text(book, &binder_row(book)[0], "%s", job->notes[i]);
}

/* A table that another module makes, as a page; freed here. */
static void add_made(struct binder *book, bool made, const struct err *err, struct table *table,
                     const char *name, const char *title, const struct sheet_column shown[], size_t n_shown)
{
    if (!made)
        binder_fail(book, err);
    else if (table->n_rows > 0)
        binder_add_table(book, name, title, table, shown, n_shown);
    table_free(table);
}

static void setting(struct binder *book, const char *name, const char *value)
{
    struct table_cell *row = binder_row(book);
    binder_set_text(book, &row[0], "%s", name);
    binder_set_text(book, &row[1], "%s", value);
}

/* Every setting of the report itself. */
static void add_settings(struct binder *book, const struct finance_job *job)
{
    static const struct table_column columns[] = {{"Setting", 0}, {"Value", 0}};
    const struct finance_options *options = &job->finance.options;
    char known[DATE_TEXT], year[DATE_TEXT];
    date_format_words(options->origin, known);
    date_format_financial_year(job->year, year);
    binder_add_page(book, "Settings", "How it was run", columns, NULL, 2);
    setting(book, "Version", HELP_VERSION);
    setting(book, "Financial year", year);
    setting(book, "Last day known of children", known);
    setting(book, "Model", job->model->name);
    setting(book, "Plan", job->choice.plan == NULL ? "none" : job->choice.plan->plan.name);
    setting(book, "Scenario of the report", job->choice.scenarios[job->outlook.main].name);
    setting(book, "Simulated futures a scenario", binder_text(book, "%d", (int)job->finance.replicates));
    setting(book, "Seed", binder_text(book, "%lld", (long long)job->seed));
    setting(book, "Months of the ledger that are not closed", binder_text(book, "%d", (int)options->lag));
    setting(book, "Closed months of the ledger", binder_text(book, "%d", (int)job->finance.lines.n_closed));
    setting(book, "Unit cost over price book before a ledger, sd of the log",
            binder_text(book, "%.3f", options->prior.sd));
    setting(book, "A year's ledger, sd of the log", binder_text(book, "%.3f", options->prior.noise_sd));
    setting(book, "No calibration beyond a log ratio of", binder_text(book, "%.3f", options->prior.most));
}

static void add_inputs(struct binder *book, struct finance_job *job)
{
    enum { NAME, KIND, YEAR, SHA256, ROWS, FILE_COLUMNS };
    static const struct sheet_column file_columns[FILE_COLUMNS] = {
        [YEAR] = {.form = SHEET_BARE}, [SHA256] = {.heading = "SHA-256"}, [ROWS] = {.heading = "Rows read"}};
    struct table levers = {0}, prices = {0}, parameters = {0}, files = {0};
    struct err err = {0};
    const struct scenario *scenarios = job->choice.scenarios;
    bool made = assumptions_levers(&levers, scenarios, job->choice.n, &err);
    add_made(book, made, &err, &levers, "Levers", "What each scenario changes", NULL, 0);
    if (!job->publish.is_on) {
        made = assumptions_prices(&prices, &job->prices, job->outlook.origin, &err);
        add_made(book, made, &err, &prices, "Prices", "Prices on the last day known", NULL, 0);
    }
    made = assumptions_parameters(&parameters, scenarios, job->choice.n, &err);
    add_made(book, made, &err, &parameters, "Inputs", "Every parameter of every scenario", NULL, 0);
    add_settings(book, job);
    if (job->publish.is_on)
        return;
    made = store_inputs(job->store, &files, &err);
    add_made(book, made, &err, &files, "Sources", "The files that went in", file_columns, FILE_COLUMNS);
}

/* ---- the whole ---------------------------------------------------------------------------------------- */

static void add_cover(struct binder *book, const struct finance_job *job)
{
    char scale[CHANCE_SCALE];
    chance_scale(scale);
    binder_section(book, "Findings");
    binder_say(book, "%s.", job->title);
    binder_say(book, "%s", text_c(&job->lead));
    binder_section(book, "Before you use it");
    if (job->outlook.caution[0] != '\0')
        binder_say(book, "%s", job->outlook.caution);
    binder_say(
        book, "What is assumed and left out is on the sheet Assumptions; every figure that went in is on %s.",
        job->publish.is_on ? "Inputs and Settings, but for what is hidden"
                           : "Inputs, Prices, Settings and Sources");
    binder_say(book, "A forecast for groups of children, never for a decision about a child.");
    binder_section(book, "Words for chance");
    binder_say(book, "Expected range: from p10 to p90; we expect 8 in 10 outcomes inside. %s", scale);
}

bool finance_workbook_write(struct finance_job *job, struct folder *folder, struct err *err)
{
    static const enum finance_table after_months[] = {
        FINANCE_TO_DATE, FINANCE_CHANCE,     FINANCE_MOVEMENT,      FINANCE_FULL_YEAR,
        FINANCE_SAVINGS, FINANCE_DECISIONS,  FINANCE_SENSITIVITIES, FINANCE_CALIBRATION,
        FINANCE_PROFILE, FINANCE_MEDIUM_TERM};
    char known[DATE_TEXT], year[DATE_TEXT];
    struct binder *book = binder_new(err);
    if (book == NULL)
        return false;
    date_format_words(job->data_date, known);
    date_format_financial_year(job->year, year);
    add_cover(book, job);
    add_key_figures(book, job);
    add_table(book, job, FINANCE_REPORT);
    chart_lines(book, job);
    add_table(book, job, FINANCE_SPLIT);
    chart_split(book, job);
    add_months(book, job);
    add_years(book, job);
    for (size_t i = 0; i < sizeof after_months / sizeof after_months[0]; i++)
        add_table(book, job, after_months[i]);
    add_assumptions(book, job);
    add_inputs(book, job);
    const char *name = job->outlook.authority.name;
    const char *title = binder_text(book, "%s: placement budget report %s", name, year);
    const char *source =
        binder_text(book, "%s. Source: returns%s%s to %s; model %s; turncurve %s", name,
                    job->finance.lines.has_budget ? ", budget" : "",
                    job->finance.lines.has_ledger ? ", ledger" : "", known, job->model->name, HELP_VERSION);
    const bool ok = binder_save(book, folder, "finance.xlsx", title, source, job->data_date, err);
    binder_free(book);
    return ok;
}
