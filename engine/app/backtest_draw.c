/* SPDX-License-Identifier: GPL-3.0-or-later
 * A panel's table has all columns that any of the charts needs. */
#include "app/backtest_draw.h"

static const struct table_column columns[] = {{"series", 0}, {"style", 0}, {"x", 0},    {"y", 3},
                                              {"p025", 2},   {"p10", 2},   {"p25", 2},  {"p75", 2},
                                              {"p90", 2},    {"p975", 2},  {"shift", 2}};

void backtest_charts_free(struct backtest_charts *charts)
{
    for (size_t i = 0; i < charts->n_tables; i++)
        table_free(&charts->tables[i]);
    chart_set_free(&charts->set);
    charts->n_tables = 0;
}

struct table *backtest_draw_table(const struct backtest_drawing *job)
{
    bug_if(job->out->n_tables >= BACKTEST_TABLES_MOST);
    struct table *table = &job->out->tables[job->out->n_tables++];
    table_init(table, "panel", columns, sizeof columns / sizeof columns[0]);
    return table;
}

struct table_cell *backtest_draw_point(const struct backtest_drawing *job, struct table *table,
                                       const char *series, const char *style, double y)
{
    struct table_cell *row = table_add_row(table, job->err);
    if (row == NULL || !table_set_text(table, &row[DRAW_SERIES], series, job->err) ||
        !table_set_text(table, &row[DRAW_STYLE], style, job->err))
        return NULL;
    table_set_real(&row[DRAW_Y], y);
    return row;
}

const char *backtest_draw_where(const struct backtest_drawing *job)
{
    return job->results->n_places == 1
               ? job->results->places[0].authority.name
               : arena_format(&job->out->set.texts, job->err, "%zu authorities", job->results->n_places);
}

bool backtest_draw_chart(const struct backtest_drawing *job, struct chart_spec *chart, const char *title,
                         const char *kind, const char *numbers)
{
    struct arena *texts = &job->out->set.texts;
    chart->source = job->source;
    chart->now = DAY_NONE;
    chart->n_panels = 1;
    chart->title = arena_copy(texts, str_of(title), job->err);
    chart->alt = arena_format(texts, job->err, "%s. %s. %s Data: %s.", kind, title,
                              chart->subtitle == NULL ? "" : chart->subtitle, numbers);
    if (chart->title == NULL || chart->subtitle == NULL || chart->alt == NULL || chart->name == NULL)
        return false;
    chart_set_add(&job->out->set, chart, numbers);
    return true;
}
