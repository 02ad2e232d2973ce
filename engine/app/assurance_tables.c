/* SPDX-License-Identifier: GPL-3.0-or-later
 * The register, the logs and what stored backtests say, as tables. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/assurance_tables.h"
#include "app/intervals.h"
#include "app/row_writer.h"
#include "base/vec.h"

enum { TOP = 12, HASH_SHOWN = 12, QUANTILE_10 = 1, QUANTILE_50 = 3, QUANTILE_90 = 5 };

/* ---- verification ------------------------------------------------------------------------------------ */

bool assurance_verified(struct table *out, struct err *err)
{
    static const struct table_column columns[] = {
        {"suite", 0}, {"run by", 0}, {"verifies", 0}, {"against", 0}};
    static const struct {
        const char *suite, *by, *what, *against;
    } rows[] = {
#define VERIFIED(suite, by, what, against) {suite, by, what, against},
#include "app/verified.def"
#undef VERIFIED
    };
    table_init(out, "Verification log: what is verified by which suite", columns,
               sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct row_writer w = row_writer_begin(out, err);
        row_writer_text(&w, rows[i].suite);
        row_writer_text(&w, rows[i].by);
        row_writer_text(&w, rows[i].what);
        row_writer_text(&w, rows[i].against);
        if (!w.ok)
            return false;
    }
    return true;
}

/* ---- register ---------------------------------------------------------------------------------------- */

/* When a value was set, as far as it is known: prices from a day, rates up to the end of the data. */
static day date_of(const struct assurance *a, const struct assumption *item)
{
    day found = DAY_NONE;
    switch (item->kind) {
    case ASSUMPTION_PRICE:
    case ASSUMPTION_UPLIFT:
        for (size_t i = 0; i < a->prices->n_lines; i++)
            if ((int32_t)a->prices->lines[i].group == item->member &&
                a->prices->lines[i].from <= a->outlook->origin)
                found = a->prices->lines[i].from;
        return found;
    case ASSUMPTION_FLOW:
    case ASSUMPTION_SEED:
    case ASSUMPTION_EFFECT:
    case ASSUMPTION_REALISM:
    case ASSUMPTION_SLIPPAGE:
    case ASSUMPTION_PLACES:
        return a->outlook->origin;
    case ASSUMPTION_PARAM:
        break;
    }
    return DAY_NONE;
}

static double change_of(const struct assurance *a, size_t item, size_t output)
{
    return sensitivity_swing(&a->work->findings[item * a->work->n_outputs + output]);
}

static bool add_assumption(const struct assurance *a, size_t i, struct table *out, struct err *err)
{
    const struct assumption *item = &a->work->assumptions.items[i];
    const size_t n = a->work->n_outputs;
    bool matters = false;
    for (size_t k = 0; k < n; k++)
        matters = matters || a->work->findings[i * n + k].matters;
    struct row_writer w = row_writer_begin(out, err);
    row_writer_text(&w, item->id);
    row_writer_text(&w, item->words);
    row_writer_real(&w, item->base);
    row_writer_text(&w, item->unit);
    row_writer_real(&w, item->low);
    row_writer_real(&w, item->high);
    row_writer_text(&w, item->source);
    row_writer_text(&w, item->basis);
    row_writer_text(&w, item->owner);
    row_writer_day(&w, date_of(a, item));
    row_writer_text(&w, assumption_quality_name(item->quality));
    if (a->has_cost)
        row_writer_real(&w, change_of(a, i, 0));
    else
        row_writer_skip(&w);
    row_writer_real(&w, change_of(a, i, n - 1));
    row_writer_text(&w, matters ? "yes" : "no");
    row_writer_skip(&w); /* the last review is the owner's to fill in */
    return w.ok;
}

bool assurance_register(const struct assurance *a, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {
        {"id", 0},      {"statement", 0},   {"value", 4},           {"unit", 0},          {"low", 4},
        {"high", 4},    {"source", 0},      {"basis", 0},           {"owner", 0},         {"date", 0},
        {"quality", 0}, {"cost_change", 2}, {"children_change", 2}, {"beyond_chance", 0}, {"last_review", 0}};
    bool ok = true;
    table_init(out, "assumptions", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; ok && i < a->work->assumptions.n; i++)
        if (a->work->assumptions.items[i].kind != ASSUMPTION_SEED)
            ok = add_assumption(a, i, out, err);
    return ok;
}

bool assurance_top(const struct assurance *a, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {{"assumption", 0},  {"value", 0}, {"range", 0},
                                                  {"moves it by", 0}, {"owner", 0}, {"quality", 0},
                                                  {"source", 0}};
    const size_t output = 0;
    size_t *order = vec_new(a->work->assumptions.n, sizeof *order, err);
    bool ok = order != NULL;
    size_t n = 0;
    table_init(out, "Assumptions that matter most", columns, sizeof columns / sizeof columns[0]);
    if (ok)
        sensitivity_job_order(a->work, output, order);
    for (size_t i = 0; ok && i < a->work->assumptions.n && n < TOP; i++) {
        const struct assumption *item = &a->work->assumptions.items[order[i]];
        const struct sensitivity_effect *effect = &a->work->findings[order[i] * a->work->n_outputs + output];
        char value[OUTLOOK_NUMBER];
        char low[OUTLOOK_NUMBER];
        char high[OUTLOOK_NUMBER];
        char words[2 * OUTLOOK_NUMBER + 8];
        if (!effect->matters)
            continue;
        struct row_writer w = row_writer_begin(out, err);
        row_writer_text(&w, item->label);
        sensitivity_assumption_value(item, item->base, value);
        row_writer_text(&w, value);
        sensitivity_assumption_value(item, item->low, low);
        sensitivity_assumption_value(item, item->high, high);
        (void)snprintf(words, sizeof words, "%s to %s", low, high);
        row_writer_text(&w, words);
        sensitivity_output_value(&a->work->outputs[output], effect->change[SENSITIVITY_LOW], true, low);
        sensitivity_output_value(&a->work->outputs[output], effect->change[SENSITIVITY_HIGH], true, high);
        (void)snprintf(words, sizeof words, "%s, %s", low, high);
        row_writer_text(&w, words);
        row_writer_text(&w, item->owner);
        row_writer_text(&w, assumption_quality_name(item->quality));
        row_writer_text(&w, item->source);
        ok = w.ok;
        n++;
    }
    free(order);
    return ok;
}

/* ---- data log ---------------------------------------------------------------------------------------- */

static bool copy_cell(const struct table *from, size_t row, const char *column, struct row_writer *w)
{
    const size_t at = table_column_index(from, column);
    if (at == from->n_columns || table_at(from, row, at)->kind == CELL_EMPTY)
        row_writer_skip(w);
    else if (table_at(from, row, at)->kind == CELL_INTEGER)
        row_writer_integer(w, table_at(from, row, at)->as.integer);
    else
        row_writer_text(w, table_at(from, row, at)->as.text);
    return w->ok;
}

bool assurance_data(const struct assurance *a, struct table *out, struct err *err)
{
    static const struct table_column columns[] = {{"file", 0},    {"kind", 0},  {"year", 0},
                                                  {"rows", 0},    {"kept", 0},  {"repaired", 0},
                                                  {"refused", 0}, {"sha256", 0}};
    struct table inputs = {0};
    bool ok = store_inputs(a->store, &inputs, err);
    table_init(out, "Data log", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; ok && i < inputs.n_rows; i++) {
        const size_t hash = table_column_index(&inputs, "sha256");
        struct row_writer w = row_writer_begin(out, err);
        for (size_t c = 0; w.ok && c + 1 < sizeof columns / sizeof columns[0]; c++) {
            /* a year is no amount: without thousands commas */
            char year[16];
            const size_t at = table_column_index(&inputs, columns[c].name);
            if (strcmp(columns[c].name, "year") == 0 && at < inputs.n_columns &&
                table_at(&inputs, i, at)->kind == CELL_INTEGER) {
                (void)snprintf(year, sizeof year, "%d", (int)table_at(&inputs, i, at)->as.integer);
                row_writer_text(&w, year);
            } else {
                (void)copy_cell(&inputs, i, columns[c].name, &w);
            }
        }
        if (w.ok && hash < inputs.n_columns)
            row_writer_short(&w, table_at(&inputs, i, hash)->as.text, HASH_SHOWN);
        ok = w.ok;
    }
    table_free(&inputs);
    return ok;
}

/* ---- validation -------------------------------------------------------------------------------------- */

struct horizon {
    int32_t months;
    size_t n, inside;
    double error, reference;
};

static void add_case(struct horizon *h, const struct calibration_case *one)
{
    h->n++;
    h->inside += one->actual >= one->raw[QUANTILE_10] && one->actual <= one->raw[QUANTILE_90];
    h->error += fabs(one->actual - one->raw[QUANTILE_50]);
    h->reference += fabs(one->actual - one->reference[QUANTILE_50]);
}

bool assurance_backtest(const struct assurance *a, struct table *out, bool *stale, struct err *err)
{
    static const struct table_column columns[] = {{"months ahead", 0},
                                                  {"forecasts", 0},
                                                  {"inside 8 in 10", 0},
                                                  {"mean error, children", 1},
                                                  {"of the last value", 1}};
    struct horizon horizons[CALIBRATION_HORIZONS_MOST] = {{0}};
    struct calibration_case *cases = NULL;
    size_t n = 0;
    size_t n_horizons = 0;
    *stale = false;
    table_init(out, "Earlier forecasts of this authority, before scaling", columns,
               sizeof columns / sizeof columns[0]);
    if (a->model->calibration != NULL &&
        !intervals_cases(a->store, a->outlook->authority.la, a->model, &a->scenarios[0].params,
                         a->short_breaks, &cases, &n, stale, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        size_t h = 0;
        while (h < n_horizons && horizons[h].months != cases[i].months)
            h++;
        if (h == n_horizons && n_horizons < CALIBRATION_HORIZONS_MOST)
            horizons[n_horizons++].months = cases[i].months;
        if (h < n_horizons)
            add_case(&horizons[h], &cases[i]);
    }
    free(cases);
    for (size_t h = 0; h < n_horizons; h++) {
        struct row_writer w = row_writer_begin(out, err);
        row_writer_integer(&w, horizons[h].months);
        row_writer_integer(&w, (int64_t)horizons[h].n);
        row_writer_integer(&w, (int64_t)horizons[h].inside);
        row_writer_real(&w, horizons[h].error / (double)horizons[h].n);
        row_writer_real(&w, horizons[h].reference / (double)horizons[h].n);
        if (!w.ok)
            return false;
    }
    return true;
}

bool assurance_sign_off(struct table *out, struct err *err)
{
    static const struct table_column columns[] = {
        {"role", 0}, {"answers for", 0}, {"name", 0}, {"date", 0}, {"decision", 0}};
    static const char *const roles[][2] = {
        {"Commissioner", "the question, and the use of the answer"},
        {"Analyst", "data, assumptions, running the model"},
        {"Assurer", "an independent look at this pack"},
        {"Approver", "use for the decision named above"},
    };
    table_init(out, "Sign-off", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        struct row_writer w = row_writer_begin(out, err);
        row_writer_text(&w, roles[i][0]);
        row_writer_text(&w, roles[i][1]);
        if (!w.ok)
            return false;
    }
    return true;
}
