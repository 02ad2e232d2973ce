/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page is a template (reports/forecast.mustache); here its values are gathered. */
#include "app/forecast_page.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/forecast_assumptions.h"
#include "app/forecast_difference.h"
#include "app/forecast_milestones.h"
#include "app/forecast_numbers.h"
#include "app/help.h"
#include "render/page.h"
#include "render/reports.h"

static bool add_numbers(struct arena *arena, struct page_value *section, enum forecast_chart kind,
                        const struct outlook *outlook, struct err *err)
{
    struct table table = {0};
    bool ok = true;
    switch (kind) {
    case FORECAST_CURVE:
        ok = forecast_stock_table(&table, outlook, arena, err);
        break;
    case FORECAST_MIX:
        ok = forecast_mix_table(&table, outlook, arena, err);
        break;
    case FORECAST_FLOWS:
        ok = forecast_flow_table(&table, outlook, arena, err);
        break;
    case FORECAST_COST:
        ok = forecast_cost_table(&table, outlook, arena, err);
        break;
    case FORECAST_CHART_COUNT:
        break;
    }
    ok = ok && page_add_table(arena, section, "table", &table, err);
    table_free(&table);
    return ok;
}

/* What the flags of the curve stand for. */
static bool add_milestones(struct arena *arena, struct page_value *section, enum forecast_chart kind,
                           const struct joined_plan *plan, struct err *err)
{
    struct table table = {0};
    const bool any = kind == FORECAST_CURVE && plan != NULL;
    const bool ok = page_add_flag(arena, section, "has_milestones", any, err) &&
                    (!any || (forecast_milestones_table(&table, plan, err) &&
                              page_add_table(arena, section, "milestones", &table, err)));
    table_free(&table);
    return ok;
}

static bool add_section(struct arena *arena, struct page_value *sections, const struct chart_spec *spec,
                        enum forecast_chart kind, const struct outlook *outlook,
                        const struct forecast_page *page, struct err *err)
{
    struct page_value *section = page_add_map(arena, sections, NULL, err);
    return section != NULL && page_add_text(arena, section, "id", spec->name, err) &&
           page_add_text(arena, section, "title", spec->title, err) &&
           page_add_text(arena, section, "subtitle", spec->subtitle, err) &&
           page_add_text(arena, section, "alt", spec->alt, err) &&
           page_add_flag(arena, section, "drawn", page->drawn, err) &&
           page_add_text(arena, section, "csv", kind == FORECAST_COST ? "cost.csv" : "forecast.csv", err) &&
           add_numbers(arena, section, kind, outlook, err) &&
           add_milestones(arena, section, kind, page->plan, err);
}

static bool add_differences(struct arena *arena, struct page_value *authority, const struct outlook *outlook,
                            struct err *err)
{
    struct table table;
    bool ok = forecast_difference_table(&table, outlook, err) &&
              page_add_flag(arena, authority, "apart", table.n_rows > 0, err) &&
              page_add_table(arena, authority, "difference", &table, err);
    table_free(&table);
    return ok;
}

static bool add_count(struct arena *arena, struct page_value *section, const char *key, int64_t count,
                      struct err *err)
{
    char text[OUTLOOK_NUMBER];
    outlook_exact((double)count, text);
    return page_add_text(arena, section, key, text, err);
}

/* What the plan's actions do, and what delays cost. */
static bool add_work(struct arena *arena, struct page_value *root, const struct forecast_page *page,
                     struct err *err)
{
    struct table tables[3] = {0};
    char said[OUTLOOK_WORDS];
    const struct plan_work *work = page->work;
    if (work == NULL)
        return page_add_flag(arena, root, "work", false, err);
    plan_work_say(work, said);
    struct page_value *section = page_add_map(arena, root, "work", err);
    bool ok =
        section != NULL && page_add_text(arena, section, "said", said, err) &&
        page_add_text(arena, section, "plan", work->joined->plan.name, err) &&
        page_add_flag(arena, section, "exact", work->attribution.is_exact, err) &&
        page_add_text(arena, section, "alt", page->waterfall != NULL ? page->waterfall->alt : "", err) &&
        page_add_flag(arena, section, "drawn", page->drawn && page->waterfall != NULL, err) &&
        add_count(arena, section, "futures", work->attribution.replicates, err) &&
        add_count(arena, section, "delay_futures", work->delay_replicates, err) &&
        plan_work_action_table(&tables[0], work, err) &&
        page_add_table(arena, section, "actions", &tables[0], err) &&
        plan_work_pair_table(&tables[1], work, err) &&
        page_add_flag(arena, section, "has_pairs", tables[1].n_rows > 0, err) &&
        page_add_table(arena, section, "pairs", &tables[1], err) &&
        plan_work_delay_table(&tables[2], work, err) &&
        page_add_flag(arena, section, "has_delays", tables[2].n_rows > 0, err) &&
        page_add_table(arena, section, "delays", &tables[2], err);
    for (int i = 0; i < 3; i++)
        table_free(&tables[i]);
    return ok;
}

static bool add_authority(struct arena *arena, struct page_value *authorities,
                          const struct forecast_page *page, size_t i, struct err *err)
{
    char finding[OUTLOOK_WORDS] = "";
    const struct outlook *outlook = page->outlooks[i];
    struct page_value *authority = page_add_map(arena, authorities, NULL, err);
    if (!outlook_say_stock(outlook, finding))
        snprintf(finding, sizeof finding, "The model gives no numbers of children");
    if (authority == NULL || !page_add_text(arena, authority, "name", outlook->authority.name, err) ||
        !page_add_text(arena, authority, "finding", finding, err) ||
        !page_add_flag(arena, authority, "named", page->n_outlooks > 1, err))
        return false;
    struct page_value *sections = page_add_list(arena, authority, "sections", err);
    bool ok = sections != NULL;
    for (size_t c = 0; ok && page->charts != NULL && c < page->charts[i].n; c++)
        ok = add_section(arena, sections, &page->charts[i].specs[c], page->charts[i].kinds[c], outlook, page,
                         err);
    return ok && add_differences(arena, authority, outlook, err);
}

static bool add_notices(struct arena *arena, struct page_value *root, const struct forecast_page *page,
                        struct err *err)
{
    struct page_value *notices = page_add_list(arena, root, "notices", err);
    bool ok = notices != NULL;
    bool yearly = false;
    int defaults = 0;
    for (size_t i = 0; i < page->n_outlooks; i++)
        yearly = yearly || !page->outlooks[i]->has_history;
    for (int g = 0; g < PLACEMENT_COUNT; g++)
        defaults += price_book_is_default(page->prices, (enum placement_group)g) ? 1 : 0;
    for (size_t i = 0; ok && i < page->n_outlooks; i++)
        if (page->outlooks[i]->caution[0] != '\0')
            ok = page_add_text(arena, notices, NULL, page->outlooks[i]->caution, err);
    if (ok && yearly)
        ok = page_add_text(arena, notices, NULL,
                           "Made from published yearly totals: there are no placements, and so no costs.",
                           err);
    if (ok && defaults > 0 && !(yearly && page->n_outlooks == 1)) {
        char words[160];
        snprintf(
            words, sizeof words,
            "%d of %d placement prices are the program's planning defaults, not yours: import a prices file.",
            defaults, PLACEMENT_COUNT);
        ok = page_add_text(arena, notices, NULL, words, err);
    }
    if (ok && !page->drawn && page->charts != NULL)
        ok = page_add_text(arena, notices, NULL, "There are no pictures because gnuplot is not installed.",
                           err);
    return ok;
}

static bool add_facts(struct arena *arena, struct page_value *root, const struct forecast_page *page,
                      struct err *err)
{
    char known[DATE_TEXT];
    char until[OUTLOOK_NUMBER];
    char runs[OUTLOOK_NUMBER];
    char label[OUTLOOK_LABEL];
    const struct outlook *first = page->outlooks[0];
    date_format_words(first->origin, known);
    outlook_month_words(outlook_month_end(first, first->forecast.scenarios[0].months - 1), until);
    outlook_exact(page->runs, runs);
    outlook_label(first, first->main, label);
    const char *where = page->n_outlooks == 1 ? first->authority.name : "several authorities";
    const char *title = arena_format(arena, err, "Children looked after in %s: forecast to %s", where, until);
    const char *seed = arena_format(arena, err, "%lld", (long long)page->seed);
    return title != NULL && seed != NULL && page_add_text(arena, root, "title", title, err) &&
           page_add_text(arena, root, "known", known, err) &&
           page_add_text(arena, root, "until", until, err) &&
           page_add_text(arena, root, "main", label, err) &&
           page_add_text(arena, root, "model", page->model->title, err) &&
           page_add_text(arena, root, "model_name", page->model->name, err) &&
           page_add_text(arena, root, "model_about", page->model->about, err) &&
           page_add_text(arena, root, "runs", runs, err) && page_add_text(arena, root, "seed", seed, err) &&
           page_add_text(arena, root, "version", HELP_VERSION, err) &&
           page_add_text(arena, root, "command_line", page->command_line, err) &&
           page_add_flag(arena, root, "differences", first->n_scenarios > 1, err);
}

/* One row an authority, for a model that measures entries against children. */
static bool add_exposure(struct arena *arena, struct page_value *root, const struct forecast_page *page,
                         struct err *err)
{
    struct table exposure;
    const bool told = (page->model->needs & MODEL_TAKES_POPULATION) != 0;
    assumptions_exposure_init(&exposure);
    bool ok = page_add_flag(arena, root, "has_exposure", told, err);
    for (size_t i = 0; ok && told && i < page->n_outlooks; i++)
        ok = assumptions_exposure_add(&exposure, page->outlooks[i]->authority.name,
                                      page->outlooks[i]->exposure, err);
    ok = ok && page_add_table(arena, root, "exposure", &exposure, err);
    table_free(&exposure);
    return ok;
}

static bool same_words(const struct forecast_page *page)
{
    char first[INTERVALS_WORDS];
    char words[INTERVALS_WORDS];
    intervals_say(&page->outlooks[0]->intervals, first);
    for (size_t i = 1; i < page->n_outlooks; i++) {
        intervals_say(&page->outlooks[i]->intervals, words);
        if (strcmp(words, first) != 0)
            return false;
    }
    return true;
}

/* One sentence for all where it is the same, else one an authority that begins with the name. */
static bool add_intervals(struct arena *arena, struct page_value *root, const struct forecast_page *page,
                          struct err *err)
{
    struct page_value *list = page_add_list(arena, root, "intervals", err);
    const bool same = same_words(page);
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < (same ? 1 : page->n_outlooks); i++) {
        char words[INTERVALS_WORDS];
        const struct outlook *outlook = page->outlooks[i];
        intervals_say(&outlook->intervals, words);
        const char *text = same ? words : arena_format(arena, err, "%s. %s", outlook->authority.name, words);
        ok = text != NULL && page_add_text(arena, list, NULL, text, err);
    }
    return ok;
}

static bool add_assumptions(struct arena *arena, struct page_value *root, const struct forecast_page *page,
                            struct err *err)
{
    struct table levers = {0};
    struct table parameters = {0};
    struct table prices = {0};
    const struct outlook *first = page->outlooks[0];
    const bool ok =
        assumptions_levers(&levers, first->scenarios, first->n_scenarios, err) &&
        assumptions_parameters(&parameters, first->scenarios, first->n_scenarios, err) &&
        (page->publish != NULL || assumptions_prices(&prices, page->prices, first->origin, err)) &&
        page_add_flag(arena, root, "has_levers", levers.n_rows > 0, err) &&
        page_add_table(arena, root, "levers", &levers, err) &&
        page_add_table(arena, root, "parameters", &parameters, err) &&
        page_add_flag(arena, root, "has_prices", page->publish == NULL, err) &&
        page_add_table(arena, root, "prices", &prices, err);
    table_free(&levers);
    table_free(&parameters);
    table_free(&prices);
    return ok;
}

/* What is hidden, and why; links to the statement of need. */
static bool add_publishing(struct arena *arena, struct page_value *root, const struct forecast_page *page,
                           struct err *err)
{
    const char *notes[PUBLISH_NOTES];
    if (page->publish == NULL)
        return page_add_flag(arena, root, "published", false, err);
    const size_t n = publish_notes(page->publish, arena, notes, err);
    struct page_value *section = n > 0 ? page_add_map(arena, root, "published", err) : NULL;
    struct page_value *list = section != NULL ? page_add_list(arena, section, "hidden", err) : NULL;
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < n; i++)
        ok = page_add_text(arena, list, NULL, notes[i], err);
    return ok && page_add_flag(arena, section, "market", page->outlooks[0]->has_history, err);
}

static bool save(struct folder *folder, const char *name, const struct text *content, struct err *err)
{
    FILE *file = folder_create(folder, name, err);
    if (file == NULL)
        return false;
    struct err second = {0};
    errno = 0;
    const bool ok = fwrite(content->at, 1, content->length, file) == content->length ||
                    err_set(err, ERR_IO, "cannot write %s: %s", name, strerror(errno));
    return folder_close_file(file, name, ok ? err : &second) && ok;
}

bool forecast_page_write(const struct forecast_page *page, struct folder *folder, struct err *err)
{
    struct arena arena = {0};
    struct text html = {0};
    struct text style = {0};
    struct page_value *root = page_new(&arena, err);
    bool ok = root != NULL && add_facts(&arena, root, page, err) && add_notices(&arena, root, page, err) &&
              add_intervals(&arena, root, page, err) && add_assumptions(&arena, root, page, err) &&
              add_exposure(&arena, root, page, err) && add_publishing(&arena, root, page, err);
    struct page_value *authorities = ok ? page_add_list(&arena, root, "authorities", err) : NULL;
    ok = authorities != NULL;
    for (size_t i = 0; ok && i < page->n_outlooks; i++)
        ok = add_authority(&arena, authorities, page, i, err);
    ok = ok && add_work(&arena, root, page, err) &&
         capacity_report_add(page->capacity, &arena, root, page->drawn, err) &&
         page_render_report(page->reports, "forecast", root, &html, err) &&
         reports_read(page->reports, "style.css", &style, NULL, err) &&
         save(folder, "index.html", &html, err) && save(folder, "style.css", &style, err);
    text_free(&html);
    text_free(&style);
    arena_free(&arena);
    return ok;
}
