/* SPDX-License-Identifier: GPL-3.0-or-later
 * What went in: assumptions in words, levers, prices, every parameter, settings, files. */
#include <stdio.h>
#include <string.h>

#include "app/forecast_assumptions.h"
#include "app/forecast_sheets.h"
#include "app/help.h"
#include "app/intervals.h"

/* ---- assumptions ---- */

enum { ASSUMED_ABOUT, ASSUMED_WORDS, ASSUMED_SOURCE, ASSUMED_COLUMNS };

static void assume(const struct sheets *sheets, const char *about, const char *words, const char *source)
{
    struct table_cell *row = binder_row(sheets->book);
    binder_set_text(sheets->book, &row[ASSUMED_ABOUT], "%s", about);
    binder_set_text(sheets->book, &row[ASSUMED_WORDS], "%s", words);
    binder_set_text(sheets->book, &row[ASSUMED_SOURCE], "%s", source);
}

static void assume_prices(const struct sheets *sheets)
{
    const struct price_book *prices = sheets->of->page->prices;
    int defaults = 0;
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        defaults += price_book_is_default(prices, (enum placement_group)g) ? 1 : 0;
    if (sheets->of->cost->n_rows == 0 || sheets->of->page->publish != NULL)
        return;
    assume(sheets, "Prices",
           defaults == 0
               ? "All prices are your own."
               : binder_text(sheets->book, "%d of %d placement prices are planning defaults, not yours.",
                             defaults, PLACEMENT_COUNT),
           "sheet Prices");
    assume(
        sheets, "Cost",
        "Placements are billed by nights, a seventh of the weekly price each, in pounds of the year in which "
        "they fall. Social work, overheads and grants are not in it.",
        "model of cost");
}

static void add_assumptions(const struct sheets *sheets)
{
    static const struct table_column columns[ASSUMED_COLUMNS] = {
        {"About", 0}, {"What is assumed", 0}, {"Where it comes from", 0}};
    char words[INTERVALS_WORDS];
    const struct forecast_page *page = sheets->of->page;
    binder_add_page(sheets->book, "Assumptions", "What is assumed", columns, NULL, ASSUMED_COLUMNS);
    assume(sheets, "Model", page->model->about, binder_text(sheets->book, "model %s", page->model->name));
    assume(sheets, "Baseline", "What the past alone leads us to expect.", "history");
    assume(sheets, "Stances",
           "Best, likely and worst are assumptions about what will be done, not probabilities.",
           "sheet Levers");
    for (size_t i = 0; i < page->n_outlooks; i++) {
        intervals_say(&page->outlooks[i]->intervals, words);
        assume(sheets, "Ranges", words, page->outlooks[i]->authority.name);
        if (page->outlooks[i]->exposure[0] != '\0' && (page->model->needs & MODEL_TAKES_POPULATION) != 0)
            assume(sheets, "Population that entries are measured against", page->outlooks[i]->exposure,
                   page->outlooks[i]->authority.name);
    }
    assume_prices(sheets);
    assume(sheets, "Effects of a plan", "What somebody assumes of each action, with a range; not evidence.",
           "effects file, scenario files");
    assume(sheets, "Use", "For groups of children. Nothing here says what will happen to a child.",
           "purpose");
}

/* ---- inputs ---- */

static void add_levers(const struct sheets *sheets)
{
    enum { START = 7, REACH = 9, COLUMNS = 11 };
    struct table table = {0};
    struct err err = {0};
    const struct outlook *first = sheets->of->page->outlooks[0];
    if (!assumptions_levers(&table, first->scenarios, first->n_scenarios, &err)) {
        binder_fail(sheets->book, &err);
    } else if (table.n_rows > 0) {
        binder_add_table(sheets->book, "Levers", "What each scenario changes", &table, NULL, 0);
        binder_note(
            sheets->book,
            "Likely draws each effect between weakest and strongest; best takes the strongest, worst the "
            "weakest.");
    }
    table_free(&table);
}

static void add_prices(const struct sheets *sheets)
{
    struct table table = {0};
    struct err err = {0};
    const struct outlook *first = sheets->of->page->outlooks[0];
    if (!assumptions_prices(&table, sheets->of->page->prices, first->origin, &err)) {
        binder_fail(sheets->book, &err);
    } else {
        binder_add_table(sheets->book, "Prices", "Prices on the last day known", &table, NULL, 0);
        binder_note(
            sheets->book,
            "Pounds a week. Each 1 April a price rises by its uplift. Default: a planning figure of the "
            "program, for want of yours.");
    }
    table_free(&table);
}

enum {
    INPUT_NAME,
    INPUT_SCENARIO,
    INPUT_VALUE,
    INPUT_UNIT,
    INPUT_ORIGIN,
    INPUT_WHERE,
    INPUT_WHAT,
    INPUT_COLUMNS
};

static bool same_cell(const struct table_cell *a, const struct table_cell *b)
{
    if (a->kind != b->kind)
        return false;
    return a->kind != CELL_TEXT ? !(a->as.real < b->as.real) && !(a->as.real > b->as.real)
                                : strcmp(a->as.text, b->as.text) == 0;
}

/* True when every scenario has the value of row i, from the same origin. */
static bool is_common(const struct table *table, size_t i)
{
    for (size_t k = 0; k < table->n_rows; k++) {
        if (!same_cell(table_at(table, i, INPUT_NAME), table_at(table, k, INPUT_NAME)))
            continue;
        if (!same_cell(table_at(table, i, INPUT_VALUE), table_at(table, k, INPUT_VALUE)) ||
            !same_cell(table_at(table, i, INPUT_ORIGIN), table_at(table, k, INPUT_ORIGIN)) ||
            !same_cell(table_at(table, i, INPUT_WHERE), table_at(table, k, INPUT_WHERE)))
            return false;
    }
    return true;
}

/* One row for all scenarios where they agree, else one for each. */
static void add_parameters(const struct sheets *sheets)
{
    static const struct table_column columns[INPUT_COLUMNS] = {
        {"Parameter", 0}, {"Scenario", 0}, {"Value", 4},     {"Unit", 0},
        {"Origin", 0},    {"Where", 0},    {"What it is", 0}};
    static const struct sheet_column shown[INPUT_COLUMNS] = {[INPUT_VALUE] = {.form = SHEET_BARE}};
    struct table table = {0};
    struct err err = {0};
    const struct outlook *first = sheets->of->page->outlooks[0];
    if (!assumptions_parameters(&table, first->scenarios, first->n_scenarios, &err))
        binder_fail(sheets->book, &err);
    const size_t n_parameters = table.n_rows / (first->n_scenarios == 0 ? 1 : first->n_scenarios);
    binder_add_page(sheets->book, "Inputs", "Every parameter of every scenario", columns, shown,
                    INPUT_COLUMNS);
    binder_note(
        sheets->book,
        "Origin: default (of the program), inherited (from the scenario that it extends) or set, and where.");
    for (size_t i = 0; i < table.n_rows; i++) {
        const bool common = first->n_scenarios > 1 && is_common(&table, i);
        if (common && i >= n_parameters)
            continue; /* said with the first scenario */
        struct table_cell *row = binder_row(sheets->book);
        for (size_t j = 0; j < INPUT_COLUMNS; j++)
            binder_set_cell(sheets->book, &row[j], table_at(&table, i, j));
        if (common)
            binder_set_text(sheets->book, &row[INPUT_SCENARIO], "all");
    }
    table_free(&table);
}

static void setting(const struct sheets *sheets, const char *name, const char *value)
{
    struct table_cell *row = binder_row(sheets->book);
    binder_set_text(sheets->book, &row[0], "%s", name);
    binder_set_text(sheets->book, &row[1], "%s", value);
}

static void add_settings(const struct sheets *sheets)
{
    static const struct table_column columns[] = {{"Setting", 0}, {"Value", 0}};
    const struct forecast_page *page = sheets->of->page;
    const struct outlook *first = page->outlooks[0];
    char known[DATE_TEXT];
    date_format_words(first->origin, known);
    binder_add_page(sheets->book, "Settings", "How it was run", columns, NULL, 2);
    binder_note(sheets->book, "The same files, settings and version give the same figures and the same "
                              "workbook. The command line is "
                              "in manifest.json.");
    setting(sheets, "Version", HELP_VERSION);
    setting(sheets, "Model", page->model->name);
    setting(sheets, "Last day known", known);
    setting(sheets, "Months forecast",
            binder_text(sheets->book, "%d", (int)first->forecast.scenarios[first->main].months));
    setting(sheets, "Simulated futures a scenario", binder_text(sheets->book, "%d", (int)page->runs));
    setting(sheets, "Seed", binder_text(sheets->book, "%lld", (long long)page->seed));
    setting(sheets, "Plan", page->plan == NULL ? "none" : page->plan->plan.name);
    for (size_t s = 0; s < first->n_scenarios; s++)
        setting(sheets, binder_text(sheets->book, "Scenario %zu", s + 1),
                binder_text(sheets->book, "%s (stance %s)", first->scenarios[s].name,
                            stance_name(first->scenarios[s].stance)));
}

static void add_sources(const struct sheets *sheets)
{
    enum { NAME, KIND, YEAR, SHA256, ROWS, COLUMNS };
    static const struct sheet_column shown[COLUMNS] = {
        [YEAR] = {.form = SHEET_BARE}, [SHA256] = {.heading = "SHA-256"}, [ROWS] = {.heading = "Rows read"}};
    struct table table = {0};
    struct err err = {0};
    if (!store_inputs(sheets->of->store, &table, &err)) {
        binder_fail(sheets->book, &err);
    } else {
        binder_add_table(sheets->book, "Sources", "The files that went in", &table, shown, COLUMNS);
        binder_note(
            sheets->book,
            "Rows read are kept, repaired or refused; superseded rows were replaced by a later return, short "
            "breaks are counted apart. SHA-256 is the file's fingerprint.");
    }
    table_free(&table);
}

void sheets_add_inputs(const struct sheets *sheets)
{
    add_assumptions(sheets);
    add_levers(sheets);
    if (sheets->of->page->publish == NULL) /* else contracts of few children could be seen */
        add_prices(sheets);
    add_parameters(sheets);
    add_settings(sheets);
    if (sheets->of->page->publish == NULL)
        add_sources(sheets);
}
