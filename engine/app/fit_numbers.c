/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every row is a sum over the rates that a model told (learned_sum), so a table never says what rates.csv
 * does not. */
#include "app/fit_numbers.h"

#include <stdio.h>
#include <string.h>

enum { RATE_TEXT = 64, NAME_TEXT = 64 };
static const double per_100 = 100;

/* ---- rows by process ----------------------------------------------------------------------------------- */

/* A row of the summary: a process, one route of it or all (NULL). */
struct line {
    enum learned_process process;
    const char *to;
    const char *words;
};

enum { LINES_MOST = ROUTE_COUNT + 6 };

static size_t list_lines(struct line lines[LINES_MOST])
{
    /* short enough for a table of a page's width */
    static const char *const words[ROUTE_COUNT] = {
        [ROUTE_HOME] = "Returned home",
        [ROUTE_SGO] = "Guardianship or relatives",
        [ROUTE_ADOPTION] = "Adopted",
        [ROUTE_TRANSFER] = "To another authority",
        [ROUTE_CUSTODY] = "Sentenced to custody",
        [ROUTE_DIED] = "Died",
        [ROUTE_OTHER] = "Other or not recorded",
    };
    size_t n = 0;
    for (int r = 0; r < ROUTE_COUNT; r++)
        if (r != ROUTE_AGED_OUT)
            lines[n++] = (struct line){LEARNED_EXIT, route_name((enum route)r), words[r]};
    lines[n++] = (struct line){LEARNED_EXIT, NULL, "Any of these ways out"};
    lines[n++] = (struct line){LEARNED_MOVE, NULL, "Changes of placement"};
    lines[n++] = (struct line){LEARNED_ENTRY, NULL, "First entries"};
    lines[n++] = (struct line){LEARNED_ENTRY_PER_10000, NULL, "First entries per 10,000"};
    lines[n++] = (struct line){LEARNED_RETURN, NULL, "Returns of those who left"};
    return n;
}

static bool sum_line(const struct learned *learned, const struct line *line, struct learned_rate *out)
{
    return learned_sum(learned, &(struct learned_rate){.process = line->process, .to = line->to}, out);
}

void fit_summary_init(struct table *table)
{
    static const struct table_column columns[] = {{"la", 0},          {"process", 0},     {"to", 0},
                                                  {"occurrences", 0}, {"child_years", 1}, {"rate", 4},
                                                  {"low", 4},         {"high", 4},        {"borrowed", 2}};
    table_init(table, "fit", columns, sizeof columns / sizeof columns[0]);
}

bool fit_summary_add(struct table *table, const char *la, const struct learned *learned, struct err *err)
{
    struct line lines[LINES_MOST];
    const size_t n = list_lines(lines);
    for (size_t i = 0; i < n; i++) {
        struct learned_rate sum;
        if (!sum_line(learned, &lines[i], &sum))
            continue;
        struct table_cell *row = table_add_row(table, err);
        if (row == NULL || !table_set_text(table, &row[0], la, err) ||
            !table_set_text(table, &row[1], learned_process_name(sum.process), err) ||
            !table_set_text(table, &row[2], sum.to[0] == '\0' ? "all" : sum.to, err))
            return false;
        table_set_real(&row[3], sum.occurrences);
        table_set_real(&row[4], sum.child_years);
        table_set_real(&row[5], sum.rate);
        table_set_real(&row[6], sum.low);
        table_set_real(&row[7], sum.high);
        table_set_real(&row[8], sum.borrowed);
    }
    return true;
}

/* Entries are of the authority, not of children in care. */
static bool is_of_all(enum learned_process process)
{
    return process == LEARNED_ENTRY || process == LEARNED_ENTRY_PER_10000;
}

bool fit_process_table(struct table *table, const struct learned *learned, struct err *err)
{
    static const struct table_column columns[] = {{"what", 0},        {"events", 0},       {"child-years", 0},
                                                  {"a year", 1},      {"low", 1},          {"high", 1},
                                                  {"borrowed, %", 0}, {"pattern worth", 1}};
    struct line lines[LINES_MOST];
    const size_t n = list_lines(lines);
    table_init(table, "Of 100 children in care or away, in a year; entries in all (95% limits)", columns,
               sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < n; i++) {
        char name[NAME_TEXT];
        struct learned_rate sum;
        if (!sum_line(learned, &lines[i], &sum))
            continue;
        struct table_cell *row = table_add_row(table, err);
        if (row == NULL || !table_set_text(table, &row[0], lines[i].words, err))
            return false;
        table_set_real(&row[1], sum.occurrences);
        table_set_real(&row[2], sum.child_years);
        const double scale = is_of_all(sum.process) ? 1 : per_100;
        table_set_real(&row[3], scale * sum.rate);
        table_set_real(&row[4], scale * sum.low);
        table_set_real(&row[5], scale * sum.high);
        table_set_real(&row[6], 100 * sum.borrowed);
        snprintf(name, sizeof name, "strength_%s", sum.process == LEARNED_MOVE ? "move" : sum.to);
        table_set_real(&row[7], learned_value(learned, name));
    }
    return true;
}

/* ---- rows by placement --------------------------------------------------------------------------------- */

/* "14 (11–17)" of 100 children a year; a decimal where the rate is small. The blank and the dash do not
 * break. */
static void format_rate(const struct learned_rate *rate, char out[RATE_TEXT])
{
    static const char blank[] = "\u00a0", joiner[] = "\u2060";
    const int decimals = per_100 * rate->rate >= 9.5 ? 0 : 1;
    snprintf(out, RATE_TEXT, "%.*f%s(%.*f%s–%s%.*f)", decimals, per_100 * rate->rate, blank, decimals,
             per_100 * rate->low, joiner, joiner, decimals, per_100 * rate->high);
}

static bool set_rate(struct table *table, struct table_cell *cell, const struct learned *learned,
                     enum learned_process process, const char *from, const char *to, struct err *err)
{
    char words[RATE_TEXT];
    struct learned_rate sum;
    if (!learned_sum(learned, &(struct learned_rate){.process = process, .from = from, .to = to}, &sum))
        return true;
    format_rate(&sum, words);
    return table_set_text(table, cell, words, err);
}

bool fit_placement_table(struct table *table, const struct learned *learned, struct err *err)
{
    static const enum route routes[] = {ROUTE_HOME, ROUTE_SGO, ROUTE_ADOPTION};
    static const struct table_column columns[] = {{"placement", 0},
                                                  {"child-years", 0},
                                                  {"home", 0},
                                                  {"guardian or relatives", 0},
                                                  {"adopted", 0},
                                                  {"any way out", 0},
                                                  {"change of placement", 0}};
    table_init(table, "Of 100 children in a placement, in a year (95% limits)", columns,
               sizeof columns / sizeof columns[0]);
    for (int g = 0; g <= PLACEMENT_COUNT; g++) {
        const bool all = g == PLACEMENT_COUNT;
        const char *from = all ? NULL : placement_group_name((enum placement_group)g);
        struct learned_rate sum;
        if (!learned_sum(learned, &(struct learned_rate){.process = LEARNED_EXIT, .from = from}, &sum))
            continue;
        struct table_cell *row = table_add_row(table, err);
        if (row == NULL || !table_set_text(table, &row[0],
                                           all ? "All" : placement_group_words((enum placement_group)g), err))
            return false;
        table_set_real(&row[1], sum.child_years);
        for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++)
            if (!set_rate(table, &row[2 + i], learned, LEARNED_EXIT, from, route_name(routes[i]), err))
                return false;
        if (!set_rate(table, &row[5], learned, LEARNED_EXIT, from, NULL, err) ||
            !set_rate(table, &row[6], learned, LEARNED_MOVE, from, NULL, err))
            return false;
    }
    return true;
}

/* ---- rows by year -------------------------------------------------------------------------------------- */

bool fit_year_table(struct table *table, const struct learned *learned, struct err *err)
{
    static const enum learned_process processes[] = {LEARNED_ENTRY, LEARNED_EXIT, LEARNED_MOVE};
    static const struct table_column columns[] = {
        {"year", 0},     {"entries", 0},  {"expected", 0}, {"residual", 1}, {"exits", 0},
        {"expected", 0}, {"residual", 1}, {"changes", 0},  {"expected", 0}, {"residual", 1}};
    table_init(table, "Seen in a year, and expected of rates that do not wander", columns,
               sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < learned->n_checks; i++) {
        const struct learned_check *check = &learned->checks[i];
        size_t column = 0;
        if (check->dimension != LEARNED_BY_YEAR)
            continue;
        for (size_t p = 0; p < sizeof processes / sizeof processes[0]; p++)
            column = check->process == processes[p] ? 1 + 3 * p : column;
        if (column == 0)
            continue;
        size_t row = 0;
        while (row < table->n_rows && strcmp(table_at(table, row, 0)->as.text, check->group) != 0)
            row++;
        if (row == table->n_rows) {
            struct table_cell *made = table_add_row(table, err);
            if (made == NULL || !table_set_text(table, &made[0], check->group, err))
                return false;
        }
        struct table_cell *cells = &table->cells[row * table->n_columns];
        table_set_real(&cells[column], check->observed);
        table_set_real(&cells[column + 1], check->expected);
        table_set_real(&cells[column + 2], check->residual);
    }
    return true;
}

/* ---- parameters ---------------------------------------------------------------------------------------- */

bool fit_parameter_table(struct table *table, const struct model *model, const struct params *params,
                         struct err *err)
{
    static const char *const origins[] = {"default", "inherited", "set"};
    static const struct table_column columns[] = {
        {"parameter", 0}, {"value", 4}, {"unit", 0}, {"origin", 0}, {"what", 0}};
    table_init(table, "Parameters", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = n_engine_params; i < params->n; i++) {
        const struct param_spec *spec = params->specs[i];
        struct table_cell *row = table_add_row(table, err);
        if (row == NULL || !table_set_text(table, &row[0], spec->name, err) ||
            !table_set_text(table, &row[2], spec->unit, err) ||
            !table_set_text(table, &row[3], origins[params->origins[i]], err) ||
            !table_set_text(table, &row[4], spec->words, err))
            return false;
        table_set_real(&row[1], params->values[i]);
    }
    bug_if(params->n != n_engine_params + model->n_params);
    return true;
}
