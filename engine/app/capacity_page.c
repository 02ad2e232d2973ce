/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pictures and words of one scenario: a chart for each limited placement, and a table of the years. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/capacity_report.h"

enum { HISTORY_MONTHS = 60, MARCH = 3 };
static const double hundred = 100;
static const struct table_column chart_columns[] = {{"series", 0}, {"style", 0}, {"x", 0},
                                                    {"y", 2},      {"p10", 2},   {"p90", 2}};

/* ---- words -----------------------------------------------------------------------------------------------
 */

static void say(char out[OUTLOOK_WORDS], const char *words)
{
    const size_t at = strlen(out);
    snprintf(out + at, OUTLOOK_WORDS - at, "%s", words);
}

static void name_placement(enum placement_group group, char out[OUTLOOK_NUMBER])
{
    str_copy(str_of(placement_group_words(group)), out, OUTLOOK_NUMBER);
    out[0] = (char)tolower((unsigned char)out[0]);
}

void capacity_report_say(const struct capacity_report *report, size_t line, char out[OUTLOOK_WORDS])
{
    const struct capacity *found = &report->found[report->shown];
    const struct capacity_line *at = &found->lines[line];
    const struct capacity_summary *end = &at->elsewhere[found->months - 1];
    char words[OUTLOOK_WORDS];
    char group[OUTLOOK_NUMBER];
    char month[OUTLOOK_NUMBER];
    name_placement(at->group, group);
    outlook_month_words(date_month_end(found->origin, found->months), month);
    out[0] = '\0';
    if (end->mean < 1)
        snprintf(words, sizeof words, "In %s hardly anybody should lack a place in %s", month, group);
    else
        snprintf(
            words, sizeof words,
            "In %s about %.0f children (8 in 10 futures: %.0f to %.0f) should be elsewhere for want of a "
            "place in %s",
            month, end->mean, end->p10, end->p90, group);
    say(out, words);
    snprintf(words, sizeof words,
             ". In the last year %.0f %% of those who were to be placed there found no place",
             hundred * fmax(0, at->blocked));
    say(out, words);
    if (at->is_steady) {
        snprintf(words, sizeof words,
                 "; Erlang's formula would say %.0f %% for a steady flow that keeps %.0f children there",
                 hundred * at->erlang, at->load);
        say(out, words);
    }
    say(out, ".");
}

static void say_cost(const struct capacity_report *report, char out[OUTLOOK_WORDS])
{
    const struct capacity *found = &report->found[report->shown];
    char mean[OUTLOOK_NUMBER];
    char low[OUTLOOK_NUMBER];
    char high[OUTLOOK_NUMBER];
    char month[OUTLOOK_NUMBER];
    const double sign = found->whole.mean < 0 ? -1 : 1;
    outlook_pounds(fabs(found->whole.mean), mean);
    outlook_pounds(sign < 0 ? -found->whole.p90 : found->whole.p10, low);
    outlook_pounds(sign < 0 ? -found->whole.p10 : found->whole.p90, high);
    outlook_month_words(date_month_end(found->origin, found->months), month);
    snprintf(
        out, OUTLOOK_WORDS,
        "That children go elsewhere %s %s until %s (8 in 10 futures: %s to %s), against the same scenario "
        "without limits in the same %d futures.",
        sign < 0 ? "saves" : "costs", mean, month, low, high, (int)found->replicates);
}

/* ---- charts ----------------------------------------------------------------------------------------------
 */

static bool add_point(struct table *table, const char *series, const char *style, day date, double y,
                      const struct capacity_summary *band, struct err *err)
{
    struct table_cell *row = table_add_row(table, err);
    if (row == NULL || !table_set_text(table, &row[0], series, err) ||
        !table_set_text(table, &row[1], style, err))
        return false;
    table_set_day(&row[2], date);
    table_set_real(&row[3], y);
    if (band != NULL) {
        table_set_real(&row[4], band->p10);
        table_set_real(&row[5], band->p90);
    }
    return true;
}

static bool add_history(struct table *table, const struct outlook *outlook, struct group group,
                        struct err *err)
{
    bool ok = true;
    for (int32_t m = -HISTORY_MONTHS; ok && m <= 0; m++) {
        double stock = 0;
        const day date = date_month_end(outlook->origin, m);
        if (outlook_stock(outlook, group, date, &stock))
            ok = add_point(table, "", "history", date, stock, NULL, err);
    }
    return ok;
}

static bool fill_chart(struct table *table, const struct outlook *outlook, const struct capacity *found,
                       const struct capacity_line *line, struct err *err)
{
    bool ok = add_history(table, outlook, (struct group){GROUP_PLACEMENT, (int32_t)line->group}, err);
    for (int32_t m = 0; ok && m < found->months; m++)
        ok = add_point(table, "Children", "likely", date_month_end(found->origin, m + 1), line->in_use[m].p50,
                       &line->in_use[m], err);
    for (int32_t m = 0; ok && m < found->months; m++)
        ok = add_point(table, "Without limit", "baseline", date_month_end(found->origin, m + 1),
                       line->unlimited[m].p50, NULL, err);
    for (int32_t m = 0; ok && m < found->months; m++)
        ok = add_point(table, "Places", "scenario", date_month_end(found->origin, m + 1), line->places[m],
                       NULL, err);
    return ok;
}

static bool make_chart(struct capacity_report *report, size_t i, const struct outlook *outlook,
                       const char *source, struct err *err)
{
    const struct capacity *found = &report->found[report->shown];
    const struct capacity_line *line = &found->lines[i];
    struct arena *texts = &report->texts;
    struct table *table = &report->tables[i];
    char said[OUTLOOK_WORDS];
    char now[DATE_TEXT];
    capacity_report_say(report, i, said);
    char *stop = strstr(said, ". ");
    if (stop != NULL)
        *stop = '\0';
    date_format_words(outlook->origin, now);
    table_init(table, "capacity", chart_columns, sizeof chart_columns / sizeof chart_columns[0]);
    struct chart_spec *spec = &report->charts[i];
    *spec = (struct chart_spec){
        .script = "turning_the_curve",
        .name = arena_format(texts, err, "capacity-%s", placement_group_name(line->group)),
        .title = arena_copy(texts, str_of(said), err),
        .subtitle =
            arena_format(texts, err, "%s in %s: children at each month's end and usable places, scenario %s.",
                         placement_group_words(line->group), outlook->authority.name,
                         report->scenarios[report->shown]->name),
        .source = source,
        .alt = arena_format(texts, err,
                            "Line chart of children and usable places. %s. Lines are medians; the band holds "
                            "8 in 10 outcomes. "
                            "Data: capacity.csv.",
                            said),
        .now = outlook->origin,
        .now_text = arena_format(texts, err, "now: %s", now),
        .panels = {{.data = table,
                    .shape = CHART_LINES,
                    .unit = CHART_COUNT,
                    .y_title = "Children",
                    .label_with_value = true}},
        .n_panels = 1,
    };
    return spec->name != NULL && spec->title != NULL && spec->subtitle != NULL && spec->alt != NULL &&
           spec->now_text != NULL && fill_chart(table, outlook, found, line, err);
}

bool capacity_report_draw(struct capacity_report *report, const struct outlook *outlook, const char *source,
                          struct err *err)
{
    bool ok = true;
    if (report->n == 0)
        return true;
    const size_t n = report->found[report->shown].n_lines;
    for (size_t i = 0; ok && i < n && i < CAPACITY_REPORT_CHARTS; i++) {
        ok = make_chart(report, i, outlook, source, err);
        report->n_charts += ok;
    }
    return ok;
}

/* ---- page ------------------------------------------------------------------------------------------------
 */

static bool add_year(struct table *table, const struct capacity *found, const struct capacity_line *line,
                     int32_t month, struct err *err)
{
    char range[2 * OUTLOOK_NUMBER];
    char elsewhere[2 * OUTLOOK_NUMBER];
    snprintf(range, sizeof range, "%.0f to %.0f", line->in_use[month].p10, line->in_use[month].p90);
    snprintf(elsewhere, sizeof elsewhere, "%.0f to %.0f", line->elsewhere[month].p10,
             line->elsewhere[month].p90);
    struct table_cell *row = table_add_row(table, err);
    if (row == NULL || !table_set_text(table, &row[0], placement_group_words(line->group), err) ||
        !table_set_text(table, &row[4], range, err) || !table_set_text(table, &row[6], elsewhere, err))
        return false;
    table_set_day(&row[1], date_month_end(found->origin, month + 1));
    table_set_real(&row[2], line->places[month]);
    table_set_real(&row[3], line->in_use[month].p50);
    table_set_real(&row[5], line->elsewhere[month].mean);
    return true;
}

/* At each 31 March and at the end. */
static bool fill_years(struct table *table, const struct capacity *found, struct err *err)
{
    static const struct table_column columns[] = {{"Placement", 0},        {"Date", 0},
                                                  {"Usable places", 0},    {"Children, middle", 0},
                                                  {"8 in 10 outcomes", 0}, {"Elsewhere, mean", 1},
                                                  {"8 in 10", 0}};
    table_init(table, "Places and children in them", columns, sizeof columns / sizeof columns[0]);
    bool ok = true;
    for (size_t i = 0; ok && i < found->n_lines; i++)
        for (int32_t m = 0; ok && m < found->months; m++)
            if (m == found->months - 1 || date_to_civil(date_month_end(found->origin, m + 1)).month == MARCH)
                ok = add_year(table, found, &found->lines[i], m, err);
    return ok;
}

static bool add_charts(const struct capacity_report *report, struct arena *arena, struct page_value *section,
                       bool drawn, struct err *err)
{
    struct page_value *list = page_add_list(arena, section, "charts", err);
    bool ok = list != NULL;
    for (size_t i = 0; ok && drawn && i < report->n_charts; i++) {
        struct page_value *chart = page_add_map(arena, list, NULL, err);
        ok = chart != NULL && page_add_text(arena, chart, "id", report->charts[i].name, err) &&
             page_add_text(arena, chart, "alt", report->charts[i].alt, err);
    }
    return ok;
}

bool capacity_report_add(const struct capacity_report *report, struct arena *arena, struct page_value *root,
                         bool drawn, struct err *err)
{
    struct table years = {0};
    char words[OUTLOOK_WORDS];
    if (report == NULL || report->n == 0)
        return page_add_flag(arena, root, "capacity", false, err);
    const struct capacity *found = &report->found[report->shown];
    struct page_value *section = page_add_map(arena, root, "capacity", err);
    struct page_value *said = section != NULL ? page_add_list(arena, section, "said", err) : NULL;
    bool ok = said != NULL;
    for (size_t i = 0; ok && i < found->n_lines; i++) {
        capacity_report_say(report, i, words);
        ok = page_add_text(arena, said, NULL, words, err);
    }
    say_cost(report, words);
    ok = ok && page_add_text(arena, section, "cost", words, err) &&
         page_add_text(arena, section, "scenario", report->scenarios[report->shown]->name, err) &&
         add_charts(report, arena, section, drawn, err) && fill_years(&years, found, err) &&
         page_add_table(arena, section, "years", &years, err);
    table_free(&years);
    return ok;
}
