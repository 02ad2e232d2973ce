/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fans over what happened: from dates so far apart that fans do not cover one another. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/backtest_draw.h"
#include "base/vec.h"
#include "data/counts.h"

static const struct group all = {GROUP_ALL, 0};

static bool is_shown(const struct backtest_drawing *job, const struct backtest_row *row, int32_t la)
{
    return row->la == la && row->measure == MEASURE_STOCK && row->group.kind == GROUP_ALL && !row->is_raw &&
           strcmp(row->model, job->results->models[0]->name) == 0;
}

/* The longest horizon of an authority's forecasts. */
static int32_t longest_of(const struct backtest_drawing *job, int32_t la)
{
    int32_t longest = 0;
    for (size_t i = 0; i < job->results->backtest.n; i++) {
        const struct backtest_row *row = &job->results->backtest.rows[i];
        if (is_shown(job, row, la) && row->horizon_months > longest)
            longest = row->horizon_months;
    }
    return longest;
}

/* The latest origin before `before` with a forecast of the longest horizon; DAY_NONE: none. */
static day origin_before(const struct backtest_drawing *job, int32_t la, int32_t longest, day before)
{
    day found = DAY_NONE;
    for (size_t i = 0; i < job->results->backtest.n; i++) {
        const struct backtest_row *row = &job->results->backtest.rows[i];
        if (is_shown(job, row, la) && row->horizon_months == longest && row->origin > found &&
            row->origin < before)
            found = row->origin;
    }
    return found;
}

static bool add_day(const struct backtest_drawing *job, struct table *table, const char *style,
                    const char *words, day date, double y)
{
    struct table_cell *row = backtest_draw_point(job, table, words, style, y);
    if (row != NULL)
        table_set_day(&row[DRAW_X], date);
    return row != NULL;
}

/* Known stock as a line: by month from returns, by year from totals. */
static bool fill_known(const struct backtest_drawing *job, const struct backtest_place *place,
                       struct table *table)
{
    bool ok = true;
    if (!job->results->from_returns) {
        const struct yearly *yearly = &place->yearly;
        bool begun = false;
        for (int32_t i = 0; ok && i < yearly->n_years; i++) {
            begun = begun || isfinite(yearly->stock[i]);
            if (begun)
                ok = add_day(job, table, "history", "", date_year_end(yearly->first_year + i),
                             yearly->stock[i]);
        }
        return ok;
    }
    struct counts counts = {0};
    const struct history *history = &place->history;
    ok = counts_make(history, history->start, history->end, &counts, job->err);
    for (int32_t m = 0; ok && m < counts.n_months; m++)
        ok = add_day(job, table, "history", "", counts_month_end(&counts, m),
                     (double)counts_at(&counts, MEASURE_STOCK, all, m));
    counts_free(&counts);
    return ok;
}

/* The stock on an origin's day, which is on the line already. */
static double known_on(const struct table *table, day origin)
{
    for (size_t i = 0; i < table->n_rows; i++)
        if (table_at(table, i, DRAW_X)->as.date == origin && table_at(table, i, DRAW_Y)->kind == CELL_REAL)
            return table_at(table, i, DRAW_Y)->as.real;
    return NAN;
}

static void set_bands(struct table_cell *row, const double quantiles[SCORE_LEVELS])
{
    for (int q = 0, b = 0; q < SCORE_LEVELS; q++)
        if (q != SCORE_MEDIAN)
            table_set_real(&row[DRAW_FIRST_BAND + b++], quantiles[q]);
}

/* One fan from an origin, and a mark where it starts. */
static bool fill_fan(const struct backtest_drawing *job, int32_t la, day origin, bool last,
                     struct table *table)
{
    const char *words = last ? "Middle of the forecast" : "";
    const double now = known_on(table, origin);
    if (isfinite(now)) {
        const double flat[SCORE_LEVELS] = {now, now, now, now, now, now, now};
        struct table_cell *row = NULL;
        if (!add_day(job, table, "all", "", origin, now))
            return false;
        row = backtest_draw_point(job, table, words, "likely", now);
        if (row == NULL)
            return false;
        table_set_day(&row[DRAW_X], origin);
        set_bands(row, flat);
    }
    for (size_t i = 0; i < job->results->backtest.n; i++) {
        const struct backtest_row *from = &job->results->backtest.rows[i];
        if (!is_shown(job, from, la) || from->origin != origin)
            continue;
        struct table_cell *row =
            backtest_draw_point(job, table, words, "likely", from->quantiles[SCORE_MEDIAN]);
        if (row == NULL)
            return false;
        table_set_day(&row[DRAW_X], date_month_end(origin, from->horizon_months));
        set_bands(row, from->quantiles);
    }
    return true;
}

/* "St. Helens" -> "forecasts-st-helens". */
static const char *name_of(const struct backtest_drawing *job, const struct authority *authority)
{
    char out[80] = "forecasts";
    size_t n = strlen(out);
    bool gap = true;
    for (const char *at = authority->name; *at != '\0' && n + 2 < sizeof out; at++) {
        const char c = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain && gap)
            out[n++] = '-';
        if (plain)
            out[n++] = c;
        gap = !plain;
    }
    out[n] = '\0';
    return arena_copy(&job->out->set.texts, str_of(job->results->n_places == 1 ? "forecasts" : out),
                      job->err);
}

static bool add_fans(const struct backtest_drawing *job, size_t at)
{
    enum { FANS_MOST = 8 };
    day origins[FANS_MOST];
    size_t n = 0;
    char title[BACKTEST_WORDS];
    const struct backtest_place *place = &job->results->places[at];
    const int32_t la = place->authority.la;
    const int32_t longest = longest_of(job, la);
    if (longest == 0 || !backtest_say_authority(job->results, at, title))
        return true;
    day before = DAY_OPEN;
    while (n < FANS_MOST) {
        const day origin = origin_before(job, la, longest, before);
        if (origin == DAY_NONE)
            break;
        origins[n++] = origin;
        before = date_month_end(origin, -longest) + 1; /* fans do not overlap */
    }
    struct table *table = backtest_draw_table(job);
    if (!fill_known(job, place, table))
        return false;
    for (size_t i = n; i-- > 0;)
        if (!fill_fan(job, la, origins[i], i == 0, table))
            return false;
    struct chart_spec chart = {
        .script = "turning_the_curve",
        .name = name_of(job, &place->authority),
        .subtitle = arena_format(
            &job->out->set.texts, job->err,
            "Children looked after in %s (dark line), and forecasts by %s from %zu date%s (blue): "
            "ranges of 50, 80 and 95 in 100 outcomes.",
            place->authority.name, job->results->models[0]->name, n, n == 1 ? "" : "s"),
        .panels = {{.data = table, .shape = CHART_LINES, .y_title = "Children", .label_with_value = true}},
    };
    return backtest_draw_chart(job, &chart, title, "Line chart of forecasts over what happened",
                               "backtest.csv");
}

/* The last known stock, to order authorities by size. */
static double size_of(const struct backtest_drawing *job, size_t at)
{
    const struct backtest_place *place = &job->results->places[at];
    double size = -1;
    const struct backtest *backtest = &job->results->backtest;
    for (size_t i = 0; i < backtest->n; i++)
        if (is_shown(job, &backtest->rows[i], place->authority.la))
            size = backtest->rows[i].actual;
    return size;
}

struct sized {
    size_t place;
    double size;
};

/* The largest first; equals in the order of names. */
static int compare_sized(const void *a, const void *b)
{
    const struct sized *x = a;
    const struct sized *y = b;
    if (x->size < y->size || x->size > y->size)
        return x->size > y->size ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

bool backtest_draw_fans(const struct backtest_drawing *job)
{
    const size_t n_places = job->results->n_places;
    struct sized *sized = vec_new(n_places, sizeof *sized, job->err);
    size_t n = 0;
    bool ok = sized != NULL;
    for (size_t i = 0; ok && i < n_places; i++) {
        sized[n] = (struct sized){i, size_of(job, i)};
        n += sized[n].size >= 0;
    }
    if (ok)
        qsort(sized, n, sizeof *sized, compare_sized);
    const size_t shown = n < BACKTEST_FANS_MOST ? n : BACKTEST_FANS_MOST;
    for (size_t k = 0; ok && k < shown; k++)
        ok = add_fans(job, sized[(2 * k + 1) * n / (2 * shown)].place);
    free(sized);
    return ok;
}
