/* SPDX-License-Identifier: GPL-3.0-or-later
 * The cover says what the page says; then the pages, figures first, what they rest on last. */
#include "app/forecast_workbook.h"

#include <string.h>

#include "app/chance.h"
#include "app/forecast_sheets.h"
#include "app/help.h"

static void say(struct binder *book, bool found, const char *words)
{
    if (found && words[0] != '\0')
        binder_say(book, "%s.", words);
}

static void add_findings(const struct sheets *sheets)
{
    char words[OUTLOOK_WORDS];
    const struct forecast_page *page = sheets->of->page;
    const struct outlook *outlook = sheets->outlook;
    binder_section(sheets->book, "Findings");
    if (page->n_outlooks > 1) {
        binder_say(sheets->book, "Forecasts of %zu authorities; their years are on the sheet By year.",
                   page->n_outlooks);
        return;
    }
    say(sheets->book, outlook_say_stock(outlook, words), words);
    say(sheets->book, outlook_say_mix(outlook, words), words);
    say(sheets->book, outlook_say_flows(outlook, words), words);
    say(sheets->book, outlook_say_cost(outlook, words), words);
    if (page->work != NULL) {
        plan_work_say(page->work, words);
        binder_say(sheets->book, "%s", words);
    }
}

static void add_cautions(const struct sheets *sheets)
{
    const struct forecast_page *page = sheets->of->page;
    int defaults = 0;
    bool yearly = false;
    binder_section(sheets->book, "Before you use it");
    for (size_t i = 0; i < page->n_outlooks && i < BINDER_PARAGRAPHS - 4; i++) {
        yearly = yearly || !page->outlooks[i]->has_history;
        if (page->outlooks[i]->caution[0] != '\0')
            binder_say(sheets->book, "%s", page->outlooks[i]->caution);
    }
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        defaults += price_book_is_default(page->prices, (enum placement_group)g) ? 1 : 0;
    if (yearly)
        binder_say(sheets->book,
                   "Made from published yearly totals: there are no placements, and so no costs.");
    if (sheets->of->cost->n_rows > 0 && defaults > 0)
        binder_say(sheets->book, "%d of %d placement prices are the program's planning defaults, not yours.",
                   defaults, PLACEMENT_COUNT);
    binder_say(
        sheets->book,
        "A forecast of what the past and the stated assumptions lead us to expect; for groups, never for a "
        "decision about a child.");
}

static void add_hidden(const struct sheets *sheets)
{
    const char *notes[PUBLISH_NOTES];
    struct arena texts = {0};
    struct err err = {0};
    if (sheets->of->page->publish == NULL)
        return;
    const size_t n = publish_notes(sheets->of->page->publish, &texts, notes, &err);
    if (n == 0)
        binder_fail(sheets->book, &err);
    binder_section(sheets->book, "What is hidden");
    for (size_t i = 0; i < n; i++)
        binder_say(sheets->book, "%s", notes[i]);
    arena_free(&texts);
}

static void add_words(const struct sheets *sheets)
{
    char known[DATE_TEXT];
    char until[OUTLOOK_NUMBER];
    char scale[CHANCE_SCALE];
    const struct forecast_page *page = sheets->of->page;
    const struct outlook *first = page->outlooks[0];
    chance_scale(scale);
    date_format_words(first->origin, known);
    outlook_month_words(outlook_month_end(first, first->forecast.scenarios[first->main].months - 1), until);
    binder_section(sheets->book, "What this is");
    binder_say(sheets->book,
               "Known to %s, forecast to %s by the model %s, %d simulated futures a scenario. Sheets of "
               "one scenario "
               "show %s.",
               known, until, page->model->title, (int)page->runs, sheets_label(sheets, first->main));
    add_findings(sheets);
    add_cautions(sheets);
    add_hidden(sheets);
    binder_section(sheets->book, "Words for chance");
    binder_say(sheets->book, "Expected range: from p10 to p90; we expect 8 in 10 outcomes inside. Middle "
                             "outcome: p50, as many above "
                             "as below. Mean: the average, which adds up.");
    binder_say(sheets->book, "%s", scale);
    binder_say(sheets->book, "Best, likely and worst name stances on a plan; they are no probabilities.");
}

bool forecast_workbook_write(const struct forecast_workbook *of, struct folder *folder, struct err *err)
{
    char known[DATE_TEXT];
    const struct forecast_page *page = of->page;
    const struct outlook *first = page->outlooks[0];
    struct binder *book = binder_new(err);
    if (book == NULL)
        return false;
    const struct sheets sheets = {book, of, first};
    add_words(&sheets);
    if (page->n_outlooks == 1) {
        sheets_add_key_figures(&sheets);
        sheets_add_curve(&sheets);
    }
    sheets_add_years(&sheets);
    if (page->n_outlooks == 1) {
        sheets_add_placements(&sheets);
        sheets_add_costs(&sheets);
        sheets_add_differences(&sheets);
        sheets_add_plan(&sheets);
    }
    sheets_add_inputs(&sheets);
    date_format_words(first->origin, known);
    const char *where = page->n_outlooks == 1 ? first->authority.name : "several authorities";
    const char *title = binder_text(book, "Children looked after in %s: forecast", where);
    const char *source = binder_text(book, "%s. Source: %s to %s; model %s; turncurve %s", where,
                                     first->has_history ? "returns" : "published yearly totals", known,
                                     page->model->name, HELP_VERSION);
    const bool ok = binder_save(book, folder, "forecast.xlsx", title, source, first->origin, err);
    binder_free(book);
    return ok;
}
