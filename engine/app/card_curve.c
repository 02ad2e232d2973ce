/* SPDX-License-Identifier: GPL-3.0-or-later
 * Columns as render/chart.h asks for them. */
#include "app/card_curve.h"

#include <math.h>

#include "app/card_words.h"
#include "app/forecast_targets.h"

static const struct table_column columns[] = {{"series", 0}, {"style", 0}, {"x", 0},   {"y", 2},
                                              {"p025", 2},   {"p10", 2},   {"p25", 2}, {"p75", 2},
                                              {"p90", 2},    {"p975", 2}};
enum { N_COLUMNS = sizeof columns / sizeof columns[0], FIRST_BAND = 4, QUANTILE_50 = 3 };
enum { HISTORY_MONTHS = 60 };

void card_curve_free(struct card_curve *curve)
{
    table_free(&curve->table);
    arena_free(&curve->texts);
}

static struct table_cell *add_point(struct table *table, const char *series, const char *style, day date,
                                    double y, struct err *err)
{
    struct table_cell *row = table_add_row(table, err);
    if (row == NULL || !table_set_text(table, &row[0], series, err) ||
        !table_set_text(table, &row[1], style, err))
        return NULL;
    table_set_day(&row[2], date);
    table_set_real(&row[3], y);
    return row;
}

static bool add_history(struct table *table, const struct card_forecast *f, day *from, struct err *err)
{
    const day origin = f->outlook.origin;
    bool ok = true;
    *from = DAY_NONE;
    for (int32_t m = -HISTORY_MONTHS; ok && m <= 0; m++) {
        const day date = date_month_end(origin, m);
        const double stock = card_known(f, MEASURE_STOCK, date);
        if (date < f->outlook.history.start || !isfinite(stock))
            continue;
        *from = *from == DAY_NONE ? date : *from;
        ok = add_point(table, "", "history", date, stock, err) != NULL;
    }
    return ok;
}

/* Medians of a stock from the day after `result` was made; bands where asked for. */
static bool add_result(struct table *table, const struct card_forecast *f, const struct result *result,
                       const char *label, const char *style, bool bands, struct err *err)
{
    static const int levels[] = {0, 1, 2, 4, 5, 6};
    const double start = card_known(f, MEASURE_STOCK, result->origin);
    bool ok = !isfinite(start) || add_point(table, label, style, result->origin, start, err) != NULL;
    for (int32_t m = 0; ok && m < result->months; m++) {
        const struct summary *at = result_find(result, MEASURE_STOCK, f->group, m);
        if (at == NULL)
            continue;
        struct table_cell *row = add_point(table, label, style, date_month_end(result->origin, m + 1),
                                           at->quantiles[QUANTILE_50], err);
        ok = row != NULL;
        for (int b = 0; ok && bands && b < 6; b++)
            table_set_real(&row[FIRST_BAND + b], at->quantiles[levels[b]]);
    }
    return ok;
}

/* Targets are for all children; one of a locality has no place in another picture. */
static bool add_targets(struct table *table, const struct card_forecast *f, struct arena *texts,
                        const char **words, struct err *err)
{
    struct forecast_target *targets = NULL;
    size_t n = 0;
    *words = "";
    if (f->group.kind != GROUP_ALL)
        return true;
    bool ok = forecast_targets_find(&f->outlook, texts, &targets, &n, err);
    for (size_t i = 0; ok && i < n; i++)
        ok = add_point(table, "Target", "target", targets[i].by, targets[i].level, err) != NULL;
    if (ok)
        *words = forecast_targets_words(targets, n, texts, err);
    return ok && *words != NULL;
}

static const char *say_alt(const struct card_forecast *f, day from, const char *targets, struct arena *texts,
                           struct err *err)
{
    char turned[CARD_WORDS];
    char ahead[CARD_WORDS];
    char first[OUTLOOK_NUMBER];
    char last[OUTLOOK_NUMBER];
    outlook_month_words(from == DAY_NONE ? f->outlook.origin : from, first);
    outlook_month_words(f->until, last);
    card_words_turned(f, turned);
    card_words_ahead(f, ahead);
    return arena_format(
        texts, err, "Line chart of children looked after, %s to %s. %s.%s%s%s%s Data: curve.csv.", first,
        last, turned, ahead[0] == '\0' ? "" : " ", ahead, ahead[0] == '\0' ? "" : ".", targets);
}

bool card_curve_make(struct card_curve *out, const struct card_forecast *f, const char *name, struct err *err)
{
    char title[CARD_WORDS];
    char frozen[OUTLOOK_NUMBER];
    char now[DATE_TEXT];
    day from = DAY_NONE;
    const char *targets = "";
    const bool with = f->n_scenarios == 2;
    const struct result *results = f->outlook.forecast.scenarios;
    *out = (struct card_curve){0};
    table_init(&out->table, "curve", columns, N_COLUMNS);
    outlook_month_words(f->frozen, frozen);
    const char *baseline = arena_format(&out->texts, err, "Baseline %s", frozen);
    bool ok = baseline != NULL && add_history(&out->table, f, &from, err) &&
              (f->frozen_curve.n_series == 0 ||
               add_result(&out->table, f, &f->frozen_curve, baseline, "baseline", false, err)) &&
              add_result(&out->table, f, &results[with ? 1 : 0],
                         with ? "With the plan" : "If nothing changes", "likely", true, err) &&
              add_targets(&out->table, f, &out->texts, &targets, err);
    card_words_title(f, title);
    date_format_words(f->outlook.origin, now);
    const char *heading = ok ? arena_copy(&out->texts, str_of(title), err) : NULL;
    const char *now_text = heading == NULL ? NULL : arena_format(&out->texts, err, "now: %s", now);
    const char *alt = now_text == NULL ? NULL : say_alt(f, from, targets, &out->texts, err);
    if (alt == NULL) {
        card_curve_free(out);
        return false;
    }
    out->spec = (struct chart_spec){
        .script = "card_curve",
        .name = name,
        .title = heading,
        .subtitle = "",
        .source = "",
        .alt = alt,
        .now = f->outlook.origin,
        .now_text = now_text,
        .panels = {{.data = &out->table,
                    .shape = CHART_LINES,
                    .unit = CHART_COUNT,
                    .y_title = "Children",
                    .label_with_value = true}},
        .n_panels = 1,
        .width = CARD_CURVE_WIDTH,
        .height = CARD_CURVE_HEIGHT,
        .is_bare = true,
    };
    return true;
}
