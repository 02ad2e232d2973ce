/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counting is data/counts; here is only what may be said: nothing from before the returns passes for a fact.
 */
#include "study/measures.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

static const struct table_column history_columns[] = {{"la", 0},    {"date", 0}, {"measure", 0},
                                                      {"group", 0}, {"unit", 0}, {"value", 0}};
static const struct table_column year_columns[] = {
    {"la", 0},    {"year", 0},  {"date", 0},         {"stock", 0},  {"entries", 0},
    {"exits", 0}, {"moves", 0}, {"readmissions", 0}, {"nights", 0}, {"note", 0},
};
enum {
    N_HISTORY_COLUMNS = sizeof history_columns / sizeof history_columns[0],
    N_YEAR_COLUMNS = sizeof year_columns / sizeof year_columns[0],
};

static const struct group all = {GROUP_ALL, 0};

/* The rows of one series; texts are shared by all of them. */
static bool add_series(const struct history *history, const struct counts *counts, enum measure measure,
                       struct group group, const char *la, struct table *out, struct err *err)
{
    const int64_t *values = counts_series(counts, measure, group);
    char name[GROUP_TEXT];
    if (values == NULL)
        return true;
    group_format(group, history->localities, name);
    const char *copy = arena_copy(&out->texts, str_of(name), err);
    if (copy == NULL)
        return false;
    for (int32_t m = 0; m < counts->n_months; m++) {
        const day date = counts_month_end(counts, m);
        const bool before = date < history->start;
        if (date < history->start - 1 || (before && measure != MEASURE_STOCK))
            continue;
        struct table_cell *row = table_add_row(out, err);
        if (row == NULL)
            return false;
        row[0] = (struct table_cell){.kind = CELL_TEXT, .as.text = la};
        table_set_day(&row[1], date);
        row[2] = (struct table_cell){.kind = CELL_TEXT, .as.text = measure_name(measure)};
        row[3] = (struct table_cell){.kind = CELL_TEXT, .as.text = copy};
        row[4] = (struct table_cell){.kind = CELL_TEXT, .as.text = measure_unit(measure)};
        table_set_integer(&row[5], values[m]);
    }
    return true;
}

bool measures_table(const struct history *history, const struct counts *counts, struct table *out,
                    struct err *err)
{
    table_init(out, "history", history_columns, N_HISTORY_COLUMNS);
    const char *la = arena_copy(&out->texts, str_of(history->la_name), err);
    bool ok = la != NULL;
    for (int m = 0; ok && m < MEASURE_COUNT; m++)
        for (int k = 0; ok && k < GROUP_KIND_COUNT; k++)
            for (int32_t i = 0; ok && i < counts->n_members[k]; i++)
                ok = add_series(history, counts, (enum measure)m, (struct group){(enum group_kind)k, i}, la,
                                out, err);
    if (!ok)
        table_free(out);
    return ok;
}

bool measures_by_year(const struct history *history, int32_t before, struct year_count **out, size_t *n,
                      struct err *err)
{
    const int32_t first = history->first_year - before;
    struct counts counts = {0};
    if (!counts_make(history, date_year_end(first - 1) + 1, history->end, &counts, err))
        return false;
    const size_t n_years = (size_t)(history->last_year - first) + 1;
    struct year_count *years = vec_new(n_years, sizeof *years, err);
    for (size_t i = 0; years != NULL && i < n_years; i++) {
        const int32_t year = first + (int32_t)i;
        const day from = date_year_end(year - 1) + 1;
        const day to = date_year_end(year);
        years[i] = (struct year_count){
            .year = year,
            .stock = counts_at(&counts, MEASURE_STOCK, all, counts_month(&counts, to)),
            .entries = counts_sum(&counts, MEASURE_ENTRIES, all, from, to),
            .exits = counts_sum(&counts, MEASURE_EXITS, all, from, to),
            .moves = counts_sum(&counts, MEASURE_MOVES, all, from, to),
            .nights = counts_sum(&counts, MEASURE_NIGHTS, all, from, to),
            .readmissions = counts_sum(&counts, MEASURE_READMISSIONS, all, from, to),
            .stock_observed = to >= history->start - 1,
            .flows_observed = from >= history->start,
        };
    }
    counts_free(&counts);
    if (years == NULL)
        return false;
    *out = years;
    *n = n_years;
    return true;
}

bool measures_year_table(const char *la, const struct year_count years[], size_t n, struct table *out,
                         struct err *err)
{
    if (out->columns == NULL)
        table_init(out, "years", year_columns, N_YEAR_COLUMNS);
    for (size_t i = 0; i < n; i++) {
        char name[DATE_TEXT];
        struct table_cell *row = table_add_row(out, err);
        date_format_financial_year(years[i].year, name);
        const char *note = years[i].flows_observed   ? ""
                           : years[i].stock_observed ? "flows: survivors only"
                                                     : "survivors only";
        if (row == NULL || !table_set_text(out, &row[0], la, err) ||
            !table_set_text(out, &row[1], name, err) ||
            (note[0] != '\0' && !table_set_text(out, &row[9], note, err)))
            return false;
        table_set_day(&row[2], date_year_end(years[i].year));
        table_set_integer(&row[3], years[i].stock);
        table_set_integer(&row[4], years[i].entries);
        table_set_integer(&row[5], years[i].exits);
        table_set_integer(&row[6], years[i].moves);
        table_set_integer(&row[7], years[i].readmissions);
        table_set_integer(&row[8], years[i].nights);
    }
    return true;
}
