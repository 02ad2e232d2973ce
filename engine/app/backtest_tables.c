/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counts have two decimals, money is rounded once to the penny, shares have four decimals. */
#include "app/backtest_tables.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

static const char reference_name[] = "last_value";
static const char *const cover_names[] = {"cover50", "cover80", "cover95"};
enum { COVERS = 3 };

/* ---- forecasts and outcomes -------------------------------------------------------------------------- */

struct sorted {
    size_t place, model, row;
    const struct backtest_row *at;
};

/* Rows of an authority and model stay in their order, which is by origin, horizon and series. */
static int compare_sorted(const void *a, const void *b)
{
    const struct sorted *x = a;
    const struct sorted *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    if (x->model != y->model)
        return x->model < y->model ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static void set_amount(struct table_cell *cell, enum measure measure, double value)
{
    if (measure == MEASURE_COST)
        table_set_gbp(cell, money_from_pounds(value));
    else
        table_set_real(cell, value);
}

static bool add_row(struct table *table, const char *la, const struct backtest_row *from, struct err *err)
{
    enum {
        ORIGIN = 2,
        HORIZON,
        MEASURE,
        GROUP,
        ACTUAL,
        MEAN,
        FIRST_QUANTILE,
        CRPS = FIRST_QUANTILE + SCORE_LEVELS
    };
    char group[GROUP_TEXT];
    struct table_cell *row = table_add_row(table, err);
    group_format(from->group, NULL, group);
    if (row == NULL || !table_set_text(table, &row[0], la, err) ||
        !table_set_text(table, &row[1], from->model, err) ||
        !table_set_text(table, &row[MEASURE], measure_name(from->measure), err) ||
        !table_set_text(table, &row[GROUP], group, err))
        return false;
    table_set_day(&row[ORIGIN], from->origin);
    table_set_integer(&row[HORIZON], from->horizon_months);
    set_amount(&row[ACTUAL], from->measure, from->actual);
    set_amount(&row[MEAN], from->measure, from->mean);
    for (int q = 0; q < SCORE_LEVELS; q++)
        set_amount(&row[FIRST_QUANTILE + q], from->measure, from->quantiles[q]);
    table_set_real(&row[CRPS], from->crps);
    return true;
}

bool backtest_table_rows(struct table *out, const struct backtest_results *results, struct err *err)
{
    static const struct table_column columns[] = {
        {"la", 0},      {"model", 0}, {"origin", 0}, {"horizon_months", 0},
        {"measure", 0}, {"group", 0}, {"actual", 2}, {"mean", 2},
        {"p025", 2},    {"p10", 2},   {"p25", 2},    {"p50", 2},
        {"p75", 2},     {"p90", 2},   {"p975", 2},   {"crps", 3}};
    const struct backtest *backtest = &results->backtest;
    table_init(out, "backtest", columns, sizeof columns / sizeof columns[0]);
    struct sorted *sorted = vec_new(backtest->n, sizeof *sorted, err);
    bool ok = sorted != NULL;
    for (size_t i = 0; ok && i < backtest->n; i++) {
        const struct backtest_row *row = &backtest->rows[i];
        sorted[i] = (struct sorted){backtest_results_place(results, row->la),
                                    backtest_results_model(results, row->model), i, row};
    }
    if (ok)
        qsort(sorted, backtest->n, sizeof *sorted, compare_sorted);
    for (size_t i = 0; ok && i < backtest->n; i++)
        ok = add_row(out, results->places[sorted[i].place].authority.name, sorted[i].at, err);
    free(sorted);
    return ok;
}

/* ---- scores ------------------------------------------------------------------------------------------ */

static bool add_score(struct table *table, const struct backtest_score *score, struct err *err)
{
    enum { HORIZON = 1, MEASURE, GROUP, N, FIRST };
    const double values[] = {score->mae,      score->mape,     score->mase,
                             score->bias,     score->crps,     score->crps_vs_reference,
                             score->cover[0], score->cover[1], score->cover[2],
                             score->winkler80};
    char group[GROUP_TEXT];
    struct table_cell *row = table_add_row(table, err);
    group_format(score->group, NULL, group);
    if (row == NULL || !table_set_text(table, &row[0], score->model, err) ||
        !table_set_text(table, &row[MEASURE], measure_name(score->measure), err) ||
        !table_set_text(table, &row[GROUP], group, err))
        return false;
    table_set_integer(&row[HORIZON], score->horizon_months);
    table_set_integer(&row[N], (int64_t)score->n);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        table_set_real(&row[FIRST + i], values[i]);
    return true;
}

bool backtest_table_scores(struct table *out, const struct backtest_results *results, struct err *err)
{
    static const struct table_column columns[] = {{"model", 0},
                                                  {"horizon_months", 0},
                                                  {"measure", 0},
                                                  {"group", 0},
                                                  {"n", 0},
                                                  {"mae", 3},
                                                  {"mape", 3},
                                                  {"mase", 4},
                                                  {"bias", 3},
                                                  {"crps", 3},
                                                  {"crps_vs_last_value", 4},
                                                  {"cover50", 4},
                                                  {"cover80", 4},
                                                  {"cover95", 4},
                                                  {"winkler80", 3}};
    bool ok = true;
    table_init(out, "scores", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; ok && i < results->n_scores; i++)
        ok = results->scores[i].is_raw || add_score(out, &results->scores[i], err);
    return ok;
}

static bool add_limit(struct table *table, const struct backtest_score *score, const char *quantity,
                      size_t count, size_t n, const double values[3], struct err *err)
{
    enum { HORIZON = 1, QUANTITY, COUNT, N, ORIGINS, VALUE };
    struct table_cell *row = table_add_row(table, err);
    if (row == NULL || !table_set_text(table, &row[0], score->model, err) ||
        !table_set_text(table, &row[QUANTITY], quantity, err))
        return false;
    table_set_integer(&row[HORIZON], score->horizon_months);
    table_set_integer(&row[COUNT], (int64_t)count);
    table_set_integer(&row[N], (int64_t)n);
    table_set_integer(&row[ORIGINS], (int64_t)score->n_origins);
    for (int i = 0; i < 3; i++)
        table_set_real(&row[VALUE + i], values[i]);
    return true;
}

static bool add_limits(struct table *table, const struct backtest_score *score, struct err *err)
{
    for (int c = 0; c < COVERS; c++) {
        double values[3] = {score->cover[c]};
        (void)backtest_score_limits(score, c, &values[1], &values[2]);
        if (!add_limit(table, score, cover_names[c], score->held[c], score->n, values, err))
            return false;
    }
    const double values[] = {score->crps_vs_reference, score->crps_vs_low, score->crps_vs_high};
    return strcmp(score->model, reference_name) == 0 ||
           add_limit(table, score, "crps_vs_last_value", score->n_better, score->n_paired, values, err);
}

/* Calls `add` for every score of total stock, by horizon and then model in the order of the models. */
static bool each_score(struct table *table, const struct backtest_results *results,
                       bool (*add)(struct table *table, const struct backtest_score *score, struct err *err),
                       struct err *err)
{
    bool ok = true;
    for (size_t h = 0; ok && h < results->n_horizons; h++)
        for (size_t m = 0; ok && m < results->n_models; m++) {
            const struct backtest_score *score =
                backtest_results_score(results, results->models[m]->name, results->horizons[h]);
            ok = score == NULL || add(table, score, err);
        }
    return ok;
}

bool backtest_table_limits(struct table *out, const struct backtest_results *results, struct err *err)
{
    static const struct table_column columns[] = {
        {"model", 0},   {"horizon_months", 0}, {"quantity", 0}, {"count", 0}, {"n", 0},
        {"origins", 0}, {"value", 4},          {"low", 4},      {"high", 4}};
    table_init(out, "limits", columns, sizeof columns / sizeof columns[0]);
    return each_score(out, results, add_limits, err);
}

bool backtest_table_pit(struct table *out, const struct backtest_results *results, int32_t horizon_months,
                        const struct backtest_pit *pit, struct err *err)
{
    enum { HORIZON = 1, FROM, TO, SHARE, LOW, HIGH, N };
    static const struct table_column columns[] = {
        {"model", 0}, {"horizon_months", 0}, {"from", 2}, {"to", 2}, {"share", 4},
        {"low", 4},   {"high", 4},           {"n", 0}};
    table_init(out, "pit", columns, sizeof columns / sizeof columns[0]);
    for (size_t b = 0; pit->n > 0 && b < pit->n_bins; b++) {
        struct table_cell *row = table_add_row(out, err);
        if (row == NULL || !table_set_text(out, &row[0], results->models[0]->name, err))
            return false;
        if (horizon_months > 0)
            table_set_integer(&row[HORIZON], horizon_months);
        table_set_real(&row[FROM], (double)b / (double)pit->n_bins);
        table_set_real(&row[TO], (double)(b + 1) / (double)pit->n_bins);
        table_set_real(&row[SHARE], pit->shares[b]);
        table_set_real(&row[LOW], pit->low[b]);
        table_set_real(&row[HIGH], pit->high[b]);
        table_set_integer(&row[N], (int64_t)pit->n);
    }
    return true;
}

/* ---- for people -------------------------------------------------------------------------------------- */

static bool add_errors(struct table *table, const struct backtest_score *score, struct err *err)
{
    enum { HORIZON = 1, N, MAE, MAPE, BIAS, CRPS, RELATIVE };
    char words[BACKTEST_WORDS];
    struct table_cell *row = table_add_row(table, err);
    backtest_say_relative(score, reference_name, words);
    if (row == NULL || !table_set_text(table, &row[0], score->model, err) ||
        !table_set_text(table, &row[RELATIVE], words, err))
        return false;
    table_set_integer(&row[HORIZON], score->horizon_months);
    table_set_integer(&row[N], (int64_t)score->n);
    table_set_real(&row[MAE], score->mae);
    table_set_real(&row[MAPE], score->mape);
    table_set_real(&row[BIAS], score->bias);
    table_set_real(&row[CRPS], score->crps);
    return true;
}

bool backtest_table_errors(struct table *out, const struct backtest_results *results, struct err *err)
{
    static const struct table_column columns[] = {
        {"Model", 0},         {"Months ahead", 0}, {"Forecasts", 0}, {"Mean error", 1},
        {"Mean error, %", 1}, {"Too high by", 1},  {"CRPS", 1},      {"CRPS, last value = 1", 0}};
    table_init(out, "Errors of total stock, children", columns, sizeof columns / sizeof columns[0]);
    return each_score(out, results, add_errors, err);
}

static bool add_held(struct table *table, const struct backtest_score *score, struct err *err)
{
    char words[BACKTEST_WORDS];
    struct table_cell *row = table_add_row(table, err);
    bool ok = row != NULL && table_set_text(table, &row[0], score->model, err);
    for (int c = 0; ok && c < COVERS; c++) {
        backtest_say_held_limits(score, c, words);
        ok = table_set_text(table, &row[2 + c], words, err);
    }
    if (ok)
        table_set_integer(&row[1], score->horizon_months);
    return ok;
}

bool backtest_table_held(struct table *out, const struct backtest_results *results, struct err *err)
{
    static const struct table_column columns[] = {{"Model", 0},
                                                  {"Months ahead", 0},
                                                  {"Range of 5 in 10", 0},
                                                  {"Range of 8 in 10", 0},
                                                  {"Range of 95 in 100", 0}};
    table_init(out, "How often outcomes of total stock lay in the ranges, with 95% limits of chance", columns,
               sizeof columns / sizeof columns[0]);
    return each_score(out, results, add_held, err);
}

static bool add_summary(struct table *table, const struct backtest_score *score, struct err *err)
{
    enum { HORIZON = 1, N, MAE, RELATIVE, HELD };
    char held[BACKTEST_WORDS];
    char words[BACKTEST_WORDS];
    struct table_cell *row = table_add_row(table, err);
    backtest_say_held(score, 1, words);
    snprintf(held, sizeof held, "held %.100s", words);
    if (row == NULL || !table_set_text(table, &row[0], score->model, err) ||
        !table_set_text(table, &row[HELD], held, err))
        return false;
    table_set_integer(&row[HORIZON], score->horizon_months);
    table_set_integer(&row[N], (int64_t)score->n);
    table_set_real(&row[MAE], score->mae);
    table_set_real(&row[RELATIVE], score->crps_vs_reference);
    return true;
}

bool backtest_table_summary(struct table *out, const struct backtest_results *results, struct err *err)
{
    static const struct table_column columns[] = {
        {"model", 0}, {"horizon_months", 0},     {"n", 0},
        {"mae", 1},   {"crps_vs_last_value", 2}, {"range_of_8_in_10", 0}};
    table_init(out, "summary", columns, sizeof columns / sizeof columns[0]);
    return each_score(out, results, add_summary, err);
}
