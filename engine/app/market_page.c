/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words, charts and tables of the statement. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/help.h"
#include "app/market_parts.h"
#include "app/results_page.h"
#include "render/csv.h"
#include "render/reports.h"
#include "study/sector.h"

enum { PROCESSES = 2, HISTORY_YEARS = 6 };
static const double half = .5;
static const double pence_a_pound = 100;
static const char *const slice_styles[] = {"group_1", "group_2", "group_3", "group_4", "group_5", "group_6"};
enum { SLICES = sizeof slice_styles / sizeof slice_styles[0] };

/* ---- words ------------------------------------------------------------------------------------------- */

void market_say(const struct market *m, const struct market_group *group, char out[OUTLOOK_WORDS])
{
    const int y = m->n_years - 1;
    const struct market_year *year = &group->years[y];
    char when[OUTLOOK_NUMBER];
    char about[OUTLOOK_NUMBER];
    char low[OUTLOOK_NUMBER];
    char high[OUTLOOK_NUMBER];
    if (group->is_withheld) {
        snprintf(out, OUTLOOK_WORDS, "Too few children to say");
        return;
    }
    const double base = group->has_places ? year->places : group->now;
    const char *than = group->has_places ? "places" : "children than now";
    outlook_month_words(m->years[y].end, when);
    outlook_exact(fabs(year->p50 - base), about);
    outlook_exact(year->p10, low);
    outlook_exact(year->p90, high);
    if (year->p10 > base)
        snprintf(out, OUTLOOK_WORDS, "More: about %s more %s by %s; need %s to %s", about, than, when, low,
                 high);
    else if (year->p90 < base)
        snprintf(out, OUTLOOK_WORDS, "Fewer: about %s fewer %s by %s; need %s to %s", about, than, when, low,
                 high);
    else if (year->p50 - base >= half)
        snprintf(out, OUTLOOK_WORDS, "Probably more: about %s more %s by %s; need %s to %s", about, than,
                 when, low, high);
    else
        snprintf(out, OUTLOOK_WORDS, "About as many as %s; need %s to %s by %s",
                 group->has_places ? "there are places" : "now", low, high, when);
}

/* ---- charts ------------------------------------------------------------------------------------------ */

/* The largest groups first; the rest of the total together. */
static bool fill_need(const struct market *m, struct table *panel, struct err *err)
{
    const struct outlook *outlook = m->job->outlook;
    const struct group all = {GROUP_ALL, 0};
    bool drawn[PLACEMENT_COUNT] = {false};
    double rest[MARKET_YEARS + 1] = {0};
    bool ok = outlook_stock(outlook, all, outlook->origin, &rest[0]);
    for (int y = 0; y < m->n_years; y++) {
        const struct summary *at = result_find(market_need(m), MEASURE_STOCK, all, m->years[y].last);
        rest[1 + y] = at == NULL ? 0 : at->mean;
    }
    for (int slice = 0; ok && slice < SLICES; slice++) {
        size_t best = m->n_groups;
        for (size_t g = 0; g < m->n_groups; g++)
            if (!drawn[g] && !m->groups[g].is_withheld &&
                (best == m->n_groups || m->groups[g].now > m->groups[best].now))
                best = g;
        if (best == m->n_groups)
            break;
        drawn[best] = true;
        const struct market_group *group = &m->groups[best];
        const char *words = placement_group_words(group->placement);
        ok = chart_set_day_point(panel, words, slice_styles[slice], outlook->origin, group->now, err);
        rest[0] -= group->now;
        for (int y = 0; ok && y < m->n_years; y++) {
            ok = chart_set_day_point(panel, words, slice_styles[slice], m->years[y].end,
                                     group->years[y].end_mean, err);
            rest[1 + y] -= group->years[y].end_mean;
        }
    }
    if (ok && rest[0] >= half) {
        ok = chart_set_day_point(panel, "Others, and hidden", "rest", outlook->origin, rest[0], err);
        for (int y = 0; ok && y < m->n_years; y++)
            ok = chart_set_day_point(panel, "Others, and hidden", "rest", m->years[y].end,
                                     fmax(0, rest[1 + y]), err);
    }
    return ok;
}

static bool add_need(struct market *m, const char *title, struct err *err)
{
    struct arena *texts = &m->charts.texts;
    const struct outlook *outlook = m->job->outlook;
    struct table *panel = chart_set_panel(&m->charts);
    if (!fill_need(m, panel, err))
        return false;
    const struct chart_spec chart = {
        .script = "mix",
        .name = "market-need",
        .title = title,
        .subtitle = arena_format(texts, err,
                                 "Children looked after in %s by placement: now, and at the end of the next "
                                 "years (mean)",
                                 outlook->authority.name),
        .source = m->job->source,
        .alt = arena_format(
            texts, err,
            "Stacked bars of children looked after in %s by placement, now and at the end of each "
            "of the next years. %s. Data: market.csv.",
            outlook->authority.name, title),
        .now = DAY_NONE,
        .panels = {{.data = panel,
                    .shape = CHART_STACK,
                    .y_title = "Children",
                    .from_zero = true,
                    .label_with_value = true}},
        .n_panels = 1,
    };
    if (panel->n_rows == 0)
        return true;
    if (chart.subtitle == NULL || chart.alt == NULL)
        return false;
    chart_set_add(&m->charts, &chart, "market.csv");
    return true;
}

static bool fill_places(const struct market *m, const struct market_group *group, struct table *panel,
                        struct err *err)
{
    const struct outlook *outlook = m->job->outlook;
    const struct group placement = {GROUP_PLACEMENT, (int32_t)group->placement};
    bool ok = true;
    for (int32_t i = HISTORY_YEARS; ok && i >= 0; i--) {
        double stock = 0;
        const day date = i == 0 ? outlook->origin : date_year_end(date_financial_year(outlook->origin) - i);
        if (outlook_stock(outlook, placement, date, &stock))
            ok = chart_set_day_point(panel, "", "history", date, stock, err);
    }
    if (ok)
        ok = chart_set_day_point(panel, "Need", "likely", outlook->origin, group->now, err);
    for (int y = 0; ok && y < m->n_years; y++) {
        struct table_cell *row = chart_set_point(panel, "Need", "likely", group->years[y].p50, err);
        ok = row != NULL;
        if (ok) {
            table_set_day(&row[CHART_X], m->years[y].end);
            table_set_real(&row[CHART_P10], group->years[y].p10);
            table_set_real(&row[CHART_P90], group->years[y].p90);
        }
    }
    for (int y = 0; ok && y < m->n_years; y++)
        ok = chart_set_day_point(panel, "Places", "target", m->years[y].end, group->years[y].places, err);
    return ok;
}

static bool add_places(struct market *m, const struct market_group *group, struct err *err)
{
    char said[OUTLOOK_WORDS];
    char now[DATE_TEXT];
    struct arena *texts = &m->charts.texts;
    const struct outlook *outlook = m->job->outlook;
    const char *words = placement_group_words(group->placement);
    struct table *panel = chart_set_panel(&m->charts);
    market_say(m, group, said);
    date_format_words(outlook->origin, now);
    const struct chart_spec chart = {
        .script = "turning_the_curve",
        .name = arena_format(texts, err, "market-%s", placement_group_name(group->placement)),
        .title = arena_format(texts, err, "%s. %s", words, said),
        .subtitle = arena_format(
            texts, err, "%s in %s: children now, expected need (8 in 10 outcomes in the band) and places.",
            words, outlook->authority.name),
        .source = m->job->source,
        .alt = arena_format(texts, err,
                            "Line chart of children in care in %s and places, %s. %s. The band holds 8 in 10 "
                            "outcomes. Data: market.csv.",
                            words, outlook->authority.name, said),
        .now = outlook->origin,
        .now_text = arena_format(texts, err, "now: %s", now),
        .panels = {{.data = panel, .shape = CHART_LINES, .y_title = "Children", .label_with_value = true}},
        .n_panels = 1,
    };
    if (chart.name == NULL || chart.title == NULL || chart.subtitle == NULL || chart.alt == NULL ||
        chart.now_text == NULL || !fill_places(m, group, panel, err))
        return false;
    chart_set_add(&m->charts, &chart, "market.csv");
    return true;
}

bool market_charts(struct market *m, struct err *err)
{
    char title[OUTLOOK_WORDS];
    int n = 0;
    bool ok = !outlook_say_stock(m->job->outlook, title) ||
              add_need(m, arena_copy(&m->charts.texts, str_of(title), err), err);
    for (size_t g = 0; ok && g < m->n_groups && n < MARKET_CHARTS_OF_PLACES; g++)
        if (m->groups[g].has_places && !m->groups[g].is_withheld) {
            ok = add_places(m, &m->groups[g], err);
            n++;
        }
    return ok;
}

/* ---- tables of the page ------------------------------------------------------------------------------ */

static bool set_range(struct table *table, struct table_cell *cell, double low, double high, struct err *err)
{
    char a[OUTLOOK_NUMBER];
    char b[OUTLOOK_NUMBER];
    char words[2 * OUTLOOK_NUMBER + 8];
    outlook_exact(low, a);
    outlook_exact(high, b);
    snprintf(words, sizeof words, "%s to %s", a, b);
    return table_set_text(table, cell, words, err);
}

/* Children now and the expected range at each year's end. */
static bool need_table(const struct market *m, struct table *table, struct arena *arena, struct err *err)
{
    const size_t n = 2 + 2 * (size_t)m->n_years;
    char words[DATE_TEXT];
    struct table_column *columns = arena_take(arena, n * sizeof *columns, err);
    if (columns == NULL)
        return false;
    date_format_words(m->job->outlook->origin, words);
    columns[0].name = "Placement";
    columns[1].name = arena_format(arena, err, "Children on %s", words);
    for (int y = 0; y < m->n_years; y++) {
        date_format_words(m->years[y].end, words);
        columns[2 + 2 * y].name = arena_format(arena, err, "%s, middle", words);
        columns[3 + 2 * y].name = "8 in 10 outcomes";
    }
    table_init(table, "Children expected at each year's end: middle outcome and expected range (8 in 10)",
               columns, n);
    for (size_t g = 0; g < m->n_groups; g++) {
        const struct market_group *group = &m->groups[g];
        struct table_cell *row = table_add_row(table, err);
        bool ok = row != NULL && table_set_text(table, &row[0], placement_group_words(group->placement), err);
        for (size_t c = 1; ok && group->is_withheld && c < n; c++)
            ok = publish_set_hidden(table, &row[c], err);
        if (ok && !group->is_withheld)
            table_set_integer(&row[1], llround(group->now));
        for (int y = 0; ok && !group->is_withheld && y < m->n_years; y++) {
            table_set_integer(&row[2 + 2 * y], llround(group->years[y].p50));
            ok = set_range(table, &row[3 + 2 * y], group->years[y].p10, group->years[y].p90, err);
        }
        if (!ok)
            return false;
    }
    return true;
}

static bool set_price(struct table *table, struct table_cell *cell, const struct market_group *group,
                      struct arena *arena, struct err *err)
{
    char low[OUTLOOK_NUMBER];
    char high[OUTLOOK_NUMBER];
    outlook_exact((double)group->low / pence_a_pound, low);
    outlook_exact((double)group->high / pence_a_pound, high);
    const char *words =
        group->high == 0
            ? "not stated"
            : arena_format(arena, err, group->low == group->high ? "£%s" : "£%s to £%s", low, high);
    return words != NULL && table_set_text(table, cell, words, err);
}

/* Places, gap and prices at the end of the last year, and what to buy. */
static bool wants_table(const struct market *m, struct table *table, struct arena *arena, struct err *err)
{
    static const struct table_column columns[] = {{"Placement", 0},
                                                  {"Places", 0},
                                                  {"Gap: need less places", 0},
                                                  {"Price a week", 0},
                                                  {"What we look for", 0}};
    const int y = m->n_years - 1;
    table_init(table, "Places, prices, and what we look for by the last of these years", columns, 5);
    for (size_t g = 0; g < m->n_groups; g++) {
        const struct market_group *group = &m->groups[g];
        const struct market_year *year = &group->years[y];
        char said[OUTLOOK_WORDS];
        struct table_cell *row = table_add_row(table, err);
        market_say(m, group, said);
        bool ok = row != NULL &&
                  table_set_text(table, &row[0], placement_group_words(group->placement), err) &&
                  table_set_text(table, &row[4], said, err);
        if (ok && group->is_withheld) {
            for (int c = 1; ok && c < 4; c++)
                ok = publish_set_hidden(table, &row[c], err);
        } else if (ok) {
            ok = set_price(table, &row[3], group, arena, err);
            if (ok && group->has_places) {
                table_set_integer(&row[1], llround(year->places));
                ok = set_range(table, &row[2], year->p10 - year->places, year->p90 - year->places, err);
            } else {
                ok = ok && table_set_text(table, &row[1], "not stated", err);
            }
        }
        if (!ok)
            return false;
    }
    return true;
}

static bool sector_table(const struct market *m, struct table *table, struct err *err)
{
    static const struct table_column columns[] = {{"Provider", 0}, {"Children", 0}};
    table_init(table, "Who provides the places now", columns, 2);
    for (int s = 0; s < SECTOR_COUNT; s++) {
        char name[GROUP_TEXT];
        int64_t value = 0;
        struct table_cell *row = table_add_row(table, err);
        snprintf(name, sizeof name, "sector:%s", sector_name((enum sector)s));
        const struct publication_key key = {"stock", name, "", m->job->outlook->origin, 0};
        if (row == NULL || !table_set_text(table, &row[0], sector_words((enum sector)s), err))
            return false;
        if (publication_find(&m->job->publish->publication, &key, &value) == PUBLICATION_SHOWN)
            table_set_integer(&row[1], value);
        else if (!publish_set_hidden(table, &row[1], err))
            return false;
    }
    return true;
}

/* ---- the page ---------------------------------------------------------------------------------------- */

static bool add_tables(const struct market *m, struct arena *arena, struct page_value *root, struct err *err)
{
    struct table need = {0};
    struct table wants = {0};
    struct table sectors = {0};
    const bool ok = need_table(m, &need, arena, err) && wants_table(m, &wants, arena, err) &&
                    sector_table(m, &sectors, err) && page_add_table(arena, root, "need", &need, err) &&
                    page_add_table(arena, root, "wants", &wants, err) &&
                    page_add_table(arena, root, "sectors", &sectors, err);
    table_free(&need);
    table_free(&wants);
    table_free(&sectors);
    return ok;
}

static bool add_facts(const struct market *m, bool drawn, struct arena *arena, struct page_value *root,
                      struct err *err)
{
    const struct outlook *outlook = m->job->outlook;
    const char *notes[PUBLISH_NOTES];
    char known[DATE_TEXT];
    char label[OUTLOOK_LABEL];
    char lead[OUTLOOK_WORDS];
    int defaults = 0;
    for (size_t g = 0; g < m->n_groups; g++)
        defaults += m->groups[g].is_default && !m->groups[g].is_withheld;
    date_format_words(outlook->origin, known);
    outlook_label(outlook, outlook->main, label);
    if (!outlook_say_stock(outlook, lead))
        lead[0] = '\0';
    const char *title = arena_format(arena, err, "Market position statement: placements for children in %s",
                                     outlook->authority.name);
    const size_t n = publish_notes(m->job->publish, arena, notes, err);
    return title != NULL && n > 0 && page_add_text(arena, root, "title", title, err) &&
           page_add_text(arena, root, "lead", lead, err) && page_add_text(arena, root, "known", known, err) &&
           page_add_text(arena, root, "scenario", label, err) &&
           page_add_text(arena, root, "version", HELP_VERSION, err) &&
           page_add_flag(arena, root, "drawn", drawn, err) &&
           page_add_flag(arena, root, "default_prices", defaults > 0, err) &&
           results_page_add_texts(arena, root, "hidden", notes, n, err) &&
           results_page_add_charts(arena, root, &m->charts, err) && add_tables(m, arena, root, err);
}

static bool save_page(const struct market *m, bool drawn, struct folder *folder, struct err *err)
{
    struct arena arena = {0};
    struct text html = {0};
    struct err second = {0};
    struct page_value *root = page_new(&arena, err);
    bool ok = root != NULL && add_facts(m, drawn, &arena, root, err) &&
              page_render_report(m->job->reports, "market", root, &html, err);
    FILE *file = ok ? folder_create(folder, "market.html", err) : NULL;
    ok = file != NULL;
    if (ok) {
        errno = 0;
        ok = fwrite(text_c(&html), 1, html.length, file) == html.length ||
             err_set(err, ERR_IO, "cannot write market.html: %s", strerror(errno));
        ok = folder_close_file(file, "market.html", ok ? err : &second) && ok;
    }
    text_free(&html);
    arena_free(&arena);
    return ok;
}

bool market_write(const struct market_job *job, struct folder *folder, struct log *log, struct err *err)
{
    struct market m = {.job = job};
    struct table table = {0};
    bool drawn = false;
    const struct chart_options drawing = {.reports = job->reports, .processes = PROCESSES};
    if (!job->outlook->has_history)
        return true;
    bool ok = market_find(&m, err);
    if (ok && m.n_years > 0 && m.n_groups > 0)
        ok = market_table(&m, &table, err) && csv_save(folder, &table, err) && market_charts(&m, err) &&
             chart_draw(folder, m.charts.charts, m.charts.n_charts, &drawing, log, &drawn, err) &&
             save_page(&m, drawn, folder, err);
    table_free(&table);
    chart_set_free(&m.charts);
    return ok;
}
