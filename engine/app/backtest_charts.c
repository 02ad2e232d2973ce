/* SPDX-License-Identifier: GPL-3.0-or-later
 * Limits are drawn as lines with gaps, so that the scripts of other charts serve. */
#include "app/backtest_draw.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/outlook.h"
#include "base/vec.h"

enum {
    COVERS = 3,
    RANGE_80 = 1,
    ENOUGH_FOR_TENTHS = 100,
    TENTHS = 10,
    FIFTHS = 5,
    DRAWN_MODELS = 6,
    LEAST_OUTCOMES = 15
};
static const char reference_name[] = "last_value";
static const double limits_apart = 0.1; /* of the width of a category */

/* ---- points ------------------------------------------------------------------------------------------ */

/* A point in a category, `shift` of its width to the right of the middle. */
static bool add_at(const struct backtest_drawing *job, struct table *table, const char *series,
                   const char *style, const char *category, double shift, double y)
{
    struct table_cell *row = backtest_draw_point(job, table, series, style, y);
    if (row == NULL || !table_set_text(table, &row[DRAW_X], category, job->err))
        return false;
    table_set_real(&row[DRAW_SHIFT], shift);
    return true;
}

/* A vertical line and a gap behind it. */
static bool add_limits(const struct backtest_drawing *job, struct table *table, const char *category,
                       double shift, double low, double high)
{
    return add_at(job, table, "", "middle", category, shift, low) &&
           add_at(job, table, "", "middle", category, shift, high) &&
           add_at(job, table, "", "middle", category, shift, (double)NAN);
}

static void category_of(int32_t months, char out[OUTLOOK_NUMBER])
{
    snprintf(out, OUTLOOK_NUMBER, "%d months", (int)months);
}

/* A level line from end to end, through every horizon at which a model was scored, so that categories come in
 * their order; its words stand at the right. */
static bool add_level(const struct backtest_drawing *job, struct table *table, const char *words, double y)
{
    const double edge = 0.5;
    const char *model = job->results->models[0]->name;
    char category[OUTLOOK_NUMBER] = "";
    bool ok = true;
    for (size_t h = 0; ok && h < job->results->n_horizons; h++) {
        const bool first = category[0] == '\0';
        if (backtest_results_score(job->results, model, job->results->horizons[h]) == NULL)
            continue;
        category_of(job->results->horizons[h], category);
        ok = add_at(job, table, words, "limit95", category, first ? -edge : 0, y);
    }
    return ok && add_at(job, table, words, "limit95", category, edge, y);
}

/* ---- how often ranges held --------------------------------------------------------------------------- */

/* Limits and point by turns: points of one look and the same words would be one series with one label. Only
 * the range of 8 in 10 is labelled, there is no room for more. */
static bool fill_held(const struct backtest_drawing *job, const char *model, struct table *table)
{
    static const double shifts[COVERS] = {-0.32, 0, 0.32};
    for (size_t h = 0; h < job->results->n_horizons; h++) {
        const struct backtest_score *score =
            backtest_results_score(job->results, model, job->results->horizons[h]);
        char category[OUTLOOK_NUMBER];
        char held[BACKTEST_WORDS];
        category_of(job->results->horizons[h], category);
        for (int c = 0; score != NULL && c < COVERS; c++) {
            double low = 0;
            double high = 0;
            (void)backtest_score_limits(score, c, &low, &high);
            backtest_say_held(score, c, held);
            if (!add_limits(job, table, category, shifts[c], 100 * low, 100 * high) ||
                !add_at(job, table, c == RANGE_80 ? held : "", c == RANGE_80 ? "own_point" : "own_small",
                        category, shifts[c], 100 * score->cover[c]))
                return false;
        }
    }
    return true;
}

static bool add_held(const struct backtest_drawing *job)
{
    static const double promised[COVERS] = {50, 80, 95};
    static const char *const words[COVERS] = {"5 in 10", "8 in 10", "95 in 100"};
    char title[BACKTEST_WORDS];
    const char *model = job->results->models[0]->name;
    if (!backtest_say_coverage(job->results, title))
        return true;
    struct table *table = backtest_draw_table(job);
    for (int c = 0; c < COVERS; c++)
        if (!add_level(job, table, words[c], promised[c]))
            return false;
    if (!fill_held(job, model, table))
        return false;
    struct chart_spec chart = {
        .script = "funnel",
        .name = "coverage",
        .subtitle =
            arena_format(&job->out->set.texts, job->err,
                         "%s, %s: outcomes of total stock inside the ranges of 5 in 10 (left), 8 in 10 "
                         "(filled) and 95 in 100 (right), by months ahead; dashed: what they promise; "
                         "bars: 95%% limits of chance.",
                         backtest_draw_where(job), model),
        .panels = {{.data = table,
                    .shape = CHART_POINTS,
                    .unit = CHART_PERCENT,
                    .y_title = "Outcomes inside the range",
                    .from_zero = true}},
    };
    return backtest_draw_chart(job, &chart, title, "Chart of how often forecast ranges held", "limits.csv");
}

/* ---- who came nearest -------------------------------------------------------------------------------- */

static bool fill_relative(const struct backtest_drawing *job, const struct model *model, const char *style,
                          double shift, struct table *table)
{
    char category[OUTLOOK_NUMBER];
    for (size_t h = 0; h < job->results->n_horizons; h++) {
        const struct backtest_score *score =
            backtest_results_score(job->results, model->name, job->results->horizons[h]);
        category_of(job->results->horizons[h], category);
        if (score != NULL && isfinite(score->crps_vs_low) &&
            !add_limits(job, table, category, shift, score->crps_vs_low, score->crps_vs_high))
            return false;
    }
    for (size_t h = 0; h < job->results->n_horizons; h++) {
        const struct backtest_score *score =
            backtest_results_score(job->results, model->name, job->results->horizons[h]);
        category_of(job->results->horizons[h], category);
        if (score != NULL && isfinite(score->crps_vs_reference) &&
            !add_at(job, table, model->name, style, category, shift, score->crps_vs_reference))
            return false;
    }
    return true;
}

/* Lines stand side by side only where they have limits that would cover one another. */
static bool any_limits(const struct backtest_drawing *job)
{
    for (size_t i = 0; i < job->results->n_scores; i++) {
        const struct backtest_score *score = &job->results->scores[i];
        if (score->measure == MEASURE_STOCK && score->group.kind == GROUP_ALL && isfinite(score->crps_vs_low))
            return true;
    }
    return false;
}

static bool add_relative(const struct backtest_drawing *job)
{
    static const char *const styles[DRAWN_MODELS] = {"likely", "worst",    "best",
                                                     "exits",  "scenario", "baseline"};
    char title[BACKTEST_WORDS];
    size_t drawn = 0;
    if (!backtest_say_errors(job->results, title))
        return true;
    struct table *table = backtest_draw_table(job);
    if (!add_level(job, table, "Last value", 1))
        return false;
    size_t n = 0;
    for (size_t m = 0; m < job->results->n_models; m++)
        n += strcmp(job->results->models[m]->name, reference_name) != 0;
    n = n < DRAWN_MODELS ? n : DRAWN_MODELS;
    const double step = any_limits(job) ? limits_apart : 0;
    for (size_t m = 0; m < job->results->n_models && drawn < n; m++) {
        const double shift = step * ((double)drawn - ((double)n - 1) / 2);
        if (strcmp(job->results->models[m]->name, reference_name) == 0)
            continue;
        if (!fill_relative(job, job->results->models[m], styles[drawn++], shift, table))
            return false;
    }
    struct chart_spec chart = {
        .script = "rate",
        .name = "errors",
        .subtitle =
            arena_format(&job->out->set.texts, job->err,
                         "%s: error of forecasts of total stock (CRPS), that of the last value being 1; "
                         "lower is better; bars: 95%% limits, where there are forecasts enough.",
                         backtest_draw_where(job)),
        .panels =
            {{.data = table, .shape = CHART_LINES, .unit = CHART_DECIMAL, .y_title = "CRPS, last value = 1"}},
    };
    return backtest_draw_chart(job, &chart, title, "Chart of errors against the last value", "limits.csv");
}

/* ---- where outcomes fell ----------------------------------------------------------------------------- */

static void tenth_of(size_t bin, size_t n_bins, char out[OUTLOOK_NUMBER])
{
    const int width = 100 / (int)n_bins;
    snprintf(out, OUTLOOK_NUMBER, "%d–%d%%", (int)bin * width, ((int)bin + 1) * width);
}

static bool fill_pit(const struct backtest_drawing *job, const struct backtest_pit *pit, struct table *table)
{
    char category[OUTLOOK_NUMBER];
    bool ok = true;
    for (size_t b = 0; ok && b < pit->n_bins; b++) {
        tenth_of(b, pit->n_bins, category);
        ok = add_at(job, table, "", "group_1", category, 0, 100 * pit->shares[b]);
    }
    for (size_t b = 0; ok && b < pit->n_bins; b++) {
        tenth_of(b, pit->n_bins, category);
        if (isfinite(pit->low[b]))
            ok = add_at(job, table, "", "exits", category, 0, 100 * pit->low[b]) &&
                 add_at(job, table, "", "exits", category, 0, 100 * pit->high[b]) &&
                 add_at(job, table, "", "exits", category, 0, (double)NAN);
    }
    for (size_t b = 0; ok && b < pit->n_bins; b++) {
        tenth_of(b, pit->n_bins, category);
        ok = add_at(job, table, "Promised", "baseline", category, 0, 100.0 / (double)pit->n_bins);
    }
    return ok;
}

static bool add_pit(const struct backtest_drawing *job)
{
    char title[BACKTEST_WORDS];
    struct backtest_pit *pit = &job->out->pit;
    const char *model = job->results->models[0]->name;
    const int32_t usual = backtest_results_horizon(job->results, model);
    const struct backtest_score *score = backtest_results_score(job->results, model, usual);
    const bool many = score != NULL && score->n >= ENOUGH_FOR_TENTHS;
    job->out->pit_horizon = many ? usual : 0;
    if (!backtest_pit_make(&job->results->backtest, model, job->out->pit_horizon, many ? TENTHS : FIFTHS, pit,
                           job->err))
        return false;
    if (pit->n < LEAST_OUTCOMES || job->results->models[0]->is_point)
        return true;
    struct table *table = backtest_draw_table(job);
    if (!fill_pit(job, pit, table))
        return false;
    backtest_say_pit(pit, title);
    const char *when = many ? arena_format(&job->out->set.texts, job->err, "%d months ahead", (int)usual)
                            : "all horizons together";
    char outcomes[OUTLOOK_NUMBER];
    if (when == NULL)
        return false;
    outlook_exact((double)pit->n, outcomes);
    struct chart_spec chart = {
        .script = "pit",
        .name = "where-outcomes-fell",
        .subtitle = arena_format(&job->out->set.texts, job->err,
                                 "%s, %s, %s: share of %s outcomes by how many simulated futures lay below "
                                 "them%s.",
                                 backtest_draw_where(job), model, when, outcomes,
                                 isfinite(pit->low[0]) ? "; orange: 95% limits of chance" : ""),
        .panels = {{.data = table,
                    .shape = CHART_STACK,
                    .unit = CHART_PERCENT,
                    .y_title = "Outcomes",
                    .x_title = "Simulated futures below the outcome",
                    .from_zero = true}},
    };
    return backtest_draw_chart(job, &chart, title, "Histogram of where outcomes fell in the forecasts",
                               "pit.csv");
}

bool backtest_charts_make(struct backtest_charts *out, const struct backtest_results *results,
                          const char *source, struct err *err)
{
    const struct backtest_drawing job = {out, results, source, err};
    *out = (struct backtest_charts){0};
    if (add_held(&job) && add_relative(&job) && add_pit(&job) && backtest_draw_fans(&job))
        return true;
    backtest_charts_free(out);
    return false;
}
