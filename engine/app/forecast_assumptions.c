/* SPDX-License-Identifier: GPL-3.0-or-later
 * The same tables stand on the page and, as objects, in the manifest. */
#include "app/forecast_assumptions.h"

#include <stdio.h>

void assumptions_effect(double effect, enum effect_unit unit, char out[32])
{
    switch (unit) {
    case EFFECT_FACTOR:
        snprintf(out, 32, "%+.4g%%", 100.0 * effect);
        break;
    case EFFECT_PER_YEAR:
        snprintf(out, 32, "%+.4g a year", effect);
        break;
    case EFFECT_CHILDREN:
        snprintf(out, 32, "%+.4g children", effect);
        break;
    }
}

static bool set_effect(struct table *table, struct table_cell *cell, double effect, enum effect_unit unit,
                       struct err *err)
{
    char words[32];
    assumptions_effect(effect, unit, words);
    return table_set_text(table, cell, words, err);
}

bool assumptions_levers(struct table *table, const struct scenario scenarios[], size_t n, struct err *err)
{
    static const struct table_column columns[] = {
        {"scenario", 0},  {"stance", 0}, {"lever", 0},        {"acts on", 0},  {"weakest", 0}, {"likely", 0},
        {"strongest", 0}, {"start", 0},  {"ramp, months", 1}, {"reach, %", 0}, {"source", 0}};
    table_init(table, "Levers: what each scenario changes", columns, sizeof columns / sizeof columns[0]);
    for (size_t s = 0; s < n; s++)
        for (size_t i = 0; i < scenarios[s].n_levers; i++) {
            const struct lever *lever = &scenarios[s].levers[i];
            struct table_cell *row = table_add_row(table, err);
            if (row == NULL || !table_set_text(table, &row[0], scenarios[s].name, err) ||
                !table_set_text(table, &row[1], stance_name(scenarios[s].stance), err) ||
                !table_set_text(table, &row[2], lever->id, err) ||
                !table_set_text(table, &row[3], lever_kind_name(lever->kind), err) ||
                !set_effect(table, &row[4], lever->low, lever->unit, err) ||
                !set_effect(table, &row[5], lever->likely, lever->unit, err) ||
                !set_effect(table, &row[6], lever->high, lever->unit, err) ||
                !table_set_text(table, &row[10], lever->source == NULL ? "" : lever->source, err))
                return false;
            if (lever->start == DAY_NONE && !table_set_text(table, &row[7], "at once", err))
                return false;
            table_set_day(&row[7], lever->start);
            table_set_real(&row[8], lever->ramp_months);
            table_set_real(&row[9], 100.0 * lever->reach);
        }
    return true;
}

bool assumptions_parameters(struct table *table, const struct scenario scenarios[], size_t n, struct err *err)
{
    static const char *const origins[] = {"default", "inherited", "set"};
    static const struct table_column columns[] = {{"parameter", 0}, {"scenario", 0}, {"value", 4},
                                                  {"unit", 0},      {"origin", 0},   {"where", 0},
                                                  {"what", 0}};
    table_init(table, "Parameters", columns, sizeof columns / sizeof columns[0]);
    for (size_t s = 0; s < n; s++)
        for (size_t i = 0; i < scenarios[s].params.n; i++) {
            const struct params *params = &scenarios[s].params;
            const struct param_spec *spec = params->specs[i];
            struct table_cell *row = table_add_row(table, err);
            if (row == NULL || !table_set_text(table, &row[0], spec->name, err) ||
                !table_set_text(table, &row[1], scenarios[s].name, err) ||
                !table_set_text(table, &row[3], spec->unit, err) ||
                !table_set_text(table, &row[4], origins[params->origins[i]], err) ||
                !table_set_text(table, &row[5], params->places[i], err) ||
                !table_set_text(table, &row[6], spec->words, err))
                return false;
            table_set_real(&row[2], params->values[i]);
        }
    return true;
}

bool assumptions_prices(struct table *table, const struct price_book *prices, day date, struct err *err)
{
    static const struct table_column columns[] = {{"placement", 0},    {"provider", 0},
                                                  {"weekly price", 0}, {"uplift a year, %", 1},
                                                  {"whose", 0},        {"source", 0}};
    table_init(table, "Prices on the last day known", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < prices->n_lines; i++) {
        const struct price_line *line = &prices->lines[i];
        struct table_cell *row = table_add_row(table, err);
        if (row == NULL || !table_set_text(table, &row[0], placement_group_words(line->group), err) ||
            !table_set_text(table, &row[1],
                            line->provider == NULL || line->provider[0] == '\0' ? "any" : line->provider,
                            err) ||
            !table_set_text(table, &row[4], line->is_default ? "default" : "yours", err) ||
            !table_set_text(table, &row[5], line->source == NULL ? "" : line->source, err))
            return false;
        table_set_gbp(&row[2], price_book_weekly(prices, line->group, line->provider, date));
        table_set_real(&row[3], line->annual_uplift_pct);
    }
    return true;
}

void assumptions_exposure_init(struct table *table)
{
    static const struct table_column columns[] = {{"authority", 0}, {"population", 0}};
    table_init(table, "Population that entries are measured against", columns,
               sizeof columns / sizeof columns[0]);
}

bool assumptions_exposure_add(struct table *table, const char *authority, const char *words, struct err *err)
{
    struct table_cell *row = table_add_row(table, err);
    return row != NULL && table_set_text(table, &row[0], authority, err) &&
           table_set_text(table, &row[1], words, err);
}
