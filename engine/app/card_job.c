/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pages of one period, and of a series of them. */
#include "app/card_job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/card_words.h"
#include "app/chance.h"
#include "app/help.h"
#include "app/results_page.h"
#include "base/vec.h"
#include "render/csv.h"

enum { PROCESSES = 2, MONTHS_A_YEAR = 12 };

static const char *reports_of(const struct card_job *job)
{
    return options_text(job->options, "reports");
}

const char *card_job_whose(struct card_job *job, struct err *err)
{
    return arena_format(&job->texts, err, "%s%s%s", job->authority.name, job->locality == NULL ? "" : ", ",
                        job->locality == NULL ? "" : job->locality);
}

/* ---- measures by area -------------------------------------------------------------------------------- */

void card_areas_free(struct card_areas *areas)
{
    for (size_t i = 0; areas->sets != NULL && i < areas->n; i++)
        indicator_set_free(&areas->sets[i]);
    free(areas->sets);
    *areas = (struct card_areas){0};
}

bool card_areas_find(struct card_job *job, const struct card_period *period, struct card_areas *out,
                     struct err *err)
{
    const struct card_sources *sources = &job->sources;
    const size_t n = job->locality != NULL ? 1 : 1 + sources->n_localities;
    *out = (struct card_areas){0};
    out->names = arena_take(&job->texts, n * sizeof *out->names, err);
    out->sets = out->names == NULL ? NULL : vec_new(n, sizeof *out->sets, err);
    bool ok = out->sets != NULL;
    for (size_t i = 0; ok && i < n; i++) {
        const char *locality = job->locality != NULL ? job->locality
                               : i == 0              ? NULL
                                                     : sources->localities[i - 1];
        out->names[i] = locality == NULL ? "All" : locality;
        ok = indicator_compute(&sources->source, period->first, period->last, locality,
                               &indicator_rule_default, i == 0, &out->sets[i], err);
        out->n += ok;
        ok = ok && card_table_add(&job->card, period->name, &out->sets[i], err);
    }
    if (!ok)
        card_areas_free(out);
    return ok;
}

/* ---- pieces of pages --------------------------------------------------------------------------------- */

bool card_job_draw(struct card_job *job, struct card_sheet *sheet, struct err *err)
{
    const struct chart_options drawing = {.reports = reports_of(job), .processes = PROCESSES};
    sheet->curve.table.name = sheet->curve.spec.name; /* of the CSV */
    return chart_draw(&job->folder, &sheet->curve.spec, 1, &drawing, &job->app->log, &job->drawn, err) &&
           csv_save(&job->folder, &sheet->curve.table, err);
}

static bool add_providers(struct card_job *job, const struct card_period *period, struct card_dashboard *page,
                          struct err *err)
{
    struct providers now;
    struct providers before;
    struct table table = {0};
    const struct history *history = &job->sources.history;
    providers_count(history, period->first, period->last, &now);
    providers_count(history, date_month_start(period->first, -MONTHS_A_YEAR),
                    date_month_end(period->last, -MONTHS_A_YEAR), &before);
    struct table list = {0};
    struct provider_home *homes = NULL;
    size_t n = 0;
    bool ok =
        providers_homes(history, period->first, period->last, &homes, &n, err) &&
        card_providers_add(&job->providers, period, &now, homes, n, err) &&
        (page == NULL ||
         (card_providers_page(&table, &now, &before, err) &&
          card_dashboard_table(page, "Who provides placements",
                               "By the kind of provider that the returns name. Small numbers say little.",
                               &table, "providers.csv", err)));
    if (ok && page != NULL && n > 0)
        ok = card_homes_page(&list, homes, n, err) &&
             card_dashboard_table(page, "Agencies and homes",
                                  "By Ofsted's reference number in the returns; all are in the file.", &list,
                                  "providers.csv", err);
    table_free(&table);
    table_free(&list);
    free(homes);
    return ok;
}

/* What the measures file knows of each provider; rows of card.csv have the provider as their locality. */
static bool add_judgements(struct card_job *job, const struct card_period *period,
                           struct card_dashboard *page, struct err *err)
{
    const char **names = NULL;
    size_t n = 0;
    struct table table = {0};
    bool ok = indicator_places(&job->sources.source, true, &names, &n, err);
    card_judgements_begin(&table);
    for (size_t i = 0; ok && i < n; i++) {
        struct indicator_set set = {0};
        ok = indicator_compute_provider(&job->sources.source, period->first, period->last, names[i],
                                        &indicator_rule_default, &set, err) &&
             card_judgements_add(&table, names[i], &set, err);
        for (size_t k = 0; ok && k < set.n; k++) {
            set.list[k].name = arena_format(&job->texts, err, "provider:%s", set.list[k].name);
            ok = set.list[k].name != NULL;
        }
        ok = ok && card_table_add(&job->card, period->name, &set, err);
        indicator_set_free(&set);
    }
    if (ok && table.n_rows > 0)
        ok = card_dashboard_table(page, "What we know of providers",
                                  "From the measures file, such as what inspectors found.", &table,
                                  "card.csv", err);
    table_free(&table);
    free(names);
    return ok;
}

static bool add_matrix(struct card_job *job, const struct card_areas *areas, struct card_dashboard *page,
                       struct err *err)
{
    bool ok = true;
    for (size_t first = 1; ok && first < areas->n; first += CARD_MATRIX_AREAS) {
        struct table table = {0};
        ok =
            card_matrix_make(&table, areas->sets, areas->names, areas->n, first, &job->texts, err) &&
            card_dashboard_table(page, first == 1 ? "By area" : "By area, more of them",
                                 "Each measure against the same time a year before; a direction stands where "
                                 "chance alone seldom brings as much.",
                                 &table, "card.csv", err);
        table_free(&table);
    }
    return ok;
}

static bool add_definitions(const struct card_areas *areas, struct card_dashboard *page, struct err *err)
{
    struct table table = {0};
    const bool ok =
        card_definitions_make(&table, &areas->sets[0], err) &&
        card_dashboard_table(page, "What the measures are",
                             "Computed from the returns where a table is named.", &table, NULL, err);
    table_free(&table);
    return ok;
}

bool card_job_sections(struct card_job *job, const struct card_period *period, const struct card_areas *areas,
                       struct card_dashboard *page, struct err *err)
{
    return add_matrix(job, areas, page, err) &&
           (job->locality != NULL ||
            (add_providers(job, period, page, err) && add_judgements(job, period, page, err))) &&
           add_definitions(areas, page, err);
}

/* The page of all measures behind a card. */
static bool write_measures(struct card_job *job, const struct card_period *period, const char *card,
                           const char *file, struct err *err)
{
    struct card_dashboard page = {0};
    struct card_areas areas = {0};
    const struct card_link back = {card, "The report card"};
    const char *whose = card_job_whose(job, err);
    const char *title =
        whose == NULL ? NULL : arena_format(&job->texts, err, "%s: all measures, %s", whose, period->words);
    const bool ok =
        title != NULL && card_areas_find(job, period, &areas, err) &&
        card_dashboard_begin(&page, title, "Behind the report card: every measure, by area and by provider.",
                             err) &&
        card_dashboard_measures(&page, &areas.sets[0], err) &&
        card_job_sections(job, period, &areas, &page, err) && card_dashboard_link(&page, &back, err) &&
        card_dashboard_write(&page, NULL, job->app->command_line, &job->folder, reports_of(job), file, err);
    card_areas_free(&areas);
    card_dashboard_free(&page);
    return ok;
}

static bool say_answer(struct card_job *job, const struct card_sheet *sheet, struct err *err)
{
    char title[CARD_WORDS];
    char turned[CARD_WORDS];
    char ahead[CARD_WORDS];
    card_words_title(sheet->forecast, title);
    card_words_turned(sheet->forecast, turned);
    card_words_ahead(sheet->forecast, ahead);
    return text_format(&job->said, err, "%s, %s\n%s.\n%s.%s%s%s\n", sheet->period.name, sheet->period.words,
                       title, turned, ahead[0] == '\0' ? "" : " ", ahead, ahead[0] == '\0' ? "" : ".");
}

static bool open_sheet(struct card_job *job, const struct card_period *period, bool prefixed, struct err *err)
{
    card_sheet_close(job->sheet);
    job->sheet = card_sheet_open(&job->setting, &job->sources, period, job->locality,
                                 options_text(job->options, "commentary"),
                                 options_text(job->options, "measures"), prefixed, err);
    return job->sheet != NULL && card_job_draw(job, job->sheet, err);
}

/* The rows of card.csv, masked; a publication has nothing by area or provider. */
static bool add_published(struct card_job *job, struct err *err)
{
    return card_table_add(&job->card, job->sheet->period.name, &job->sheet->measures, err) &&
           card_publish_table(job->sheet, &job->card, 0, err);
}

/* ---- one quarter ------------------------------------------------------------------------------------- */

static bool write_card(struct card_job *job, const struct card_neighbours *neighbours, const char *card,
                       const char *measures, struct err *err)
{
    struct arena arena = {0};
    struct page_value *root = page_new(&arena, err);
    const struct card_link links[] = {{measures, "All measures, areas and providers"}};
    const bool published = job->publish.is_on;
    const bool ok =
        root != NULL &&
        card_sheet_add(job->sheet, neighbours, links, published ? 0 : 1, job->drawn, &arena, root, err) &&
        results_page_put(&job->folder, reports_of(job), "card", root, card, err) &&
        (published ? add_published(job, err) : write_measures(job, &job->sheet->period, card, measures, err));
    arena_free(&arena);
    return ok;
}

bool card_job_quarter(struct card_job *job, const struct card_period *period, struct err *err)
{
    const struct card_neighbours alone = {0};
    return open_sheet(job, period, false, err) &&
           write_card(job, &alone, "index.html", "measures.html", err) && say_answer(job, job->sheet, err);
}

/* ---- the half-year ----------------------------------------------------------------------------------- */

bool card_job_board(struct card_job *job, const struct card_period *period, struct err *err)
{
    struct card_dashboard page = {0};
    struct card_areas areas = {0};
    const struct card_neighbours alone = {0};
    const char *rule = card_rule_words(&job->texts, err);
    const bool published = job->publish.is_on;
    const bool ok = rule != NULL && open_sheet(job, period, false, err) &&
                    card_dashboard_begin(&page, period->words, "", err) &&
                    (published ? add_published(job, err) : card_areas_find(job, period, &areas, err)) &&
                    card_sheet_add(job->sheet, &alone, NULL, 0, job->drawn, &page.arena, page.root, err) &&
                    (published || card_job_sections(job, period, &areas, &page, err)) &&
                    results_page_put(&job->folder, reports_of(job), "board", page.root, "index.html", err) &&
                    say_answer(job, job->sheet, err);
    card_areas_free(&areas);
    card_dashboard_free(&page);
    return ok;
}

/* ---- the month --------------------------------------------------------------------------------------- */

bool card_job_month(struct card_job *job, const struct card_period *period, struct err *err)
{
    struct card_dashboard page = {0};
    struct card_areas areas = {0};
    struct commentary commentary = {0};
    const char *whose = card_job_whose(job, err);
    const char *title =
        whose == NULL ? NULL : arena_format(&job->texts, err, "%s: dashboard for %s", whose, period->words);
    bool ok = title != NULL &&
              card_commentary_read(options_text(job->options, "commentary"), job->app->database, period,
                                   job->locality, 3, &job->app->log, &commentary, err) &&
              card_areas_find(job, period, &areas, err) &&
              card_dashboard_begin(&page, title, "Each measure against the same month a year before.", err);
    ok = ok && card_dashboard_measures(&page, &areas.sets[0], err) &&
         card_job_sections(job, period, &areas, &page, err) &&
         card_dashboard_write(&page, &commentary, job->app->command_line, &job->folder, reports_of(job),
                              "index.html", err) &&
         text_format(&job->said, err, "%s\n", title);
    commentary_free(&commentary);
    card_areas_free(&areas);
    card_dashboard_free(&page);
    return ok;
}

/* ---- every quarter ----------------------------------------------------------------------------------- */

static bool add_front_row(struct card_job *job, struct arena *arena, struct page_value *rows, struct err *err)
{
    static const char *const shapes[] = {
        [CARD_YES] = "\xE2\x97\x8F", [CARD_TOO_EARLY] = "\xE2\x97\x8B", [CARD_NO] = "\xE2\x96\xA0"};
    const struct card_forecast *f = job->sheet->forecast;
    char stock[OUTLOOK_NUMBER] = "";
    char chance[CHANCE_WORDS] = "";
    char file[DATE_TEXT + 8];
    if (f->stock >= 0)
        outlook_exact(f->stock, stock);
    if (f->turned >= 0 && !f->is_early && !f->is_doubtful)
        chance_per_cent(f->turned, chance);
    (void)snprintf(file, sizeof file, "%s.html", job->sheet->period.name);
    struct page_value *map = page_add_map(arena, rows, NULL, err);
    return map != NULL && page_add_text(arena, map, "file", file, err) &&
           page_add_text(arena, map, "period", job->sheet->period.name, err) &&
           page_add_text(arena, map, "period_words", job->sheet->period.words, err) &&
           page_add_text(arena, map, "children", stock, err) &&
           page_add_text(arena, map, "shape", shapes[f->answer], err) &&
           page_add_text(arena, map, "answer", card_words_answer(f), err) &&
           page_add_text(arena, map, "chance", chance, err);
}

static bool write_front(struct card_job *job, struct arena *arena, struct page_value *root, struct err *err)
{
    const char *whose = card_job_whose(job, err);
    const char *title = whose == NULL ? NULL : arena_format(arena, err, "%s: report cards", whose);
    struct page_value *pages = title == NULL ? NULL : page_add_list(arena, root, "pages", err);
    struct page_value *map = pages == NULL ? NULL : page_add_map(arena, pages, NULL, err);
    return map != NULL && page_add_text(arena, map, "file", "card.csv", err) &&
           page_add_text(arena, map, "words", "Every measure of every quarter as CSV", err) &&
           page_add_text(arena, root, "title", title, err) &&
           page_add_text(arena, root, "lead", "Fewer children need to be looked after, safely.", err) &&
           page_add_text(arena, root, "version", HELP_VERSION, err) &&
           page_add_text(arena, root, "command_line", job->app->command_line, err) &&
           results_page_put(&job->folder, reports_of(job), "cards", root, "index.html", err);
}

bool card_job_series(struct card_job *job, const struct card_period *first, const struct card_period *last,
                     struct err *err)
{
    struct arena arena = {0};
    struct page_value *root = page_new(&arena, err);
    struct page_value *rows = root == NULL ? NULL : page_add_list(&arena, root, "cards", err);
    bool ok = rows != NULL;
    /* the latest first, as the front page has them */
    for (struct card_period at = *last; ok && at.first >= first->first; at = card_period_step(&at, -1)) {
        const struct card_period before = card_period_step(&at, -1);
        const struct card_period after = card_period_step(&at, 1);
        const struct card_neighbours neighbours = {true, at.first > first->first ? &before : NULL,
                                                   at.last < last->last ? &after : NULL};
        const char *card = arena_format(&job->texts, err, "%s.html", at.name);
        const char *measures =
            card == NULL ? NULL : arena_format(&job->texts, err, "%s-measures.html", at.name);
        ok = measures != NULL && open_sheet(job, &at, true, err) &&
             write_card(job, &neighbours, card, measures, err) && add_front_row(job, &arena, rows, err) &&
             (at.last < last->last || say_answer(job, job->sheet, err));
    }
    ok = ok && write_front(job, &arena, root, err);
    arena_free(&arena);
    return ok;
}
