/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/stat/scoreboard.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const scoreboard_figures[FIGURE_COUNT] = {
    [FIGURE_STOCK] = "stock", [FIGURE_ENTRIES] = "entries",          [FIGURE_EXITS] = "exits",
    [FIGURE_COST] = "cost",   [FIGURE_PLACEMENT] = "placement >=30", [FIGURE_AGE] = "age"};

void scoreboard_make(size_t n_worlds, const int32_t horizons[SCOREBOARD_HORIZONS], struct scoreboard *out)
{
    memset(out, 0, sizeof *out);
    out->worlds = calloc(n_worlds, sizeof *out->worlds);
    ck_assert_ptr_nonnull(out->worlds);
    out->n = n_worlds;
    memcpy(out->horizons, horizons, sizeof out->horizons);
}

void scoreboard_free(struct scoreboard *board)
{
    free(board->worlds);
    memset(board, 0, sizeof *board);
}

static size_t find_forecaster(const struct scoreboard *board, const char *model, bool is_raw)
{
    size_t i = 0;
    while (i < board->n_forecasters &&
           (strcmp(board->forecasters[i].model, model) != 0 || board->forecasters[i].is_raw != is_raw))
        i++;
    return i;
}

size_t scoreboard_forecaster(struct scoreboard *board, const char *model, bool is_raw)
{
    const size_t i = find_forecaster(board, model, is_raw);
    if (i == board->n_forecasters) {
        ck_assert_uint_lt(i, SCOREBOARD_FORECASTERS);
        board->forecasters[i].model = model;
        board->forecasters[i].is_raw = is_raw;
        board->n_forecasters++;
    }
    return i;
}

/* FIGURE_COUNT: not scored. */
static int figure_of(const struct backtest_row *row, const double at_origin[PLACEMENT_COUNT])
{
    static const int of_all[MEASURE_COUNT] = {[MEASURE_STOCK] = 1 + FIGURE_STOCK,
                                              [MEASURE_ENTRIES] = 1 + FIGURE_ENTRIES,
                                              [MEASURE_EXITS] = 1 + FIGURE_EXITS,
                                              [MEASURE_COST] = 1 + FIGURE_COST};
    if (row->group.kind == GROUP_ALL)
        return of_all[row->measure] > 0 ? of_all[row->measure] - 1 : FIGURE_COUNT;
    if (row->measure == MEASURE_STOCK && row->group.kind == GROUP_AGE)
        return FIGURE_AGE;
    const bool is_large = row->measure == MEASURE_STOCK && row->group.kind == GROUP_PLACEMENT &&
                          at_origin[row->group.member] >= SCOREBOARD_LEAST;
    return is_large ? FIGURE_PLACEMENT : FIGURE_COUNT;
}

void scoreboard_add(struct scoreboard *board, size_t world, int group, const struct backtest *backtest,
                    const double at_origin[PLACEMENT_COUNT])
{
    static const int ends[3][2] = {{2, 4}, {1, 5}, {0, 6}};
    struct scoreboard_world *to = &board->worlds[world];
    to->group = group;
    for (size_t i = 0; i < backtest->n; i++) {
        const struct backtest_row *row = &backtest->rows[i];
        const size_t who = find_forecaster(board, row->model, row->is_raw);
        const int figure = figure_of(row, at_origin);
        size_t h = 0;
        while (h < SCOREBOARD_HORIZONS && board->horizons[h] != row->horizon_months)
            h++;
        if (figure == FIGURE_COUNT || who == board->n_forecasters || h == SCOREBOARD_HORIZONS)
            continue;
        struct scoreboard_sums *sums = &to->at[who][figure][h];
        sums->n++;
        sums->crps += row->crps;
        for (int c = 0; c < 3; c++)
            sums->covered[c] +=
                row->quantiles[ends[c][0]] <= row->actual && row->actual <= row->quantiles[ends[c][1]];
    }
}

/* The ratio of two sums over worlds and its error. */
struct pair {
    double above, below;
};
static struct estimate ratio_of(const struct pair pairs[], size_t n)
{
    double above = 0;
    double below = 0;
    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        above += pairs[i].above;
        below += pairs[i].below;
    }
    const double ratio = above / below;
    for (size_t i = 0; i < n; i++)
        squares += pow(pairs[i].above - ratio * pairs[i].below, 2);
    return (struct estimate){ratio, sqrt(squares) / below, n};
}

static struct pair *new_pairs(const struct scoreboard *board)
{
    struct pair *pairs = calloc(board->n, sizeof *pairs);
    ck_assert_ptr_nonnull(pairs);
    return pairs;
}

struct estimate scoreboard_coverage(const struct scoreboard *board, size_t forecaster, int figure,
                                    size_t horizon, int interval, int group)
{
    struct pair *pairs = new_pairs(board);
    size_t n = 0;
    for (size_t w = 0; w < board->n; w++) {
        const struct scoreboard_sums *sums = &board->worlds[w].at[forecaster][figure][horizon];
        if (sums->n > 0 && (group == EVERY_GROUP || group == board->worlds[w].group))
            pairs[n++] = (struct pair){100 * sums->covered[interval], sums->n};
    }
    const struct estimate found = ratio_of(pairs, n);
    free(pairs);
    return found;
}

struct estimate scoreboard_ratio(const struct scoreboard *board, size_t forecaster, size_t other, int figure,
                                 size_t horizon, int group)
{
    struct pair *pairs = new_pairs(board);
    size_t n = 0;
    for (size_t w = 0; w < board->n; w++) {
        const struct scoreboard_sums *mine = &board->worlds[w].at[forecaster][figure][horizon];
        const struct scoreboard_sums *theirs = &board->worlds[w].at[other][figure][horizon];
        if (mine->n > 0 && mine->n == theirs->n && (group == EVERY_GROUP || group == board->worlds[w].group))
            pairs[n++] = (struct pair){mine->crps, theirs->crps};
    }
    const struct estimate found = ratio_of(pairs, n);
    free(pairs);
    return found;
}
