/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/stat/scoreboard.h: coverage and scores of forecasts over many worlds, with standard errors.
 *
 * Ownership: a scoreboard owns its sums; scoreboard_free releases them. Out of memory stops the program.
 *
 * A world is one independent case, whatever it has of groups: standard errors are those of sums by world
 * (ratio of sums: Cochran 1977, Sampling Techniques, ch. 6). Worlds may be added by several threads, each
 * world by one. */
#ifndef TURNCURVE_TESTS_SCOREBOARD_H
#define TURNCURVE_TESTS_SCOREBOARD_H

#include "study/backtest.h"

/* What is scored. Placement groups count with SCOREBOARD_LEAST children or more at the origin. */
enum scoreboard_figure {
    FIGURE_STOCK,
    FIGURE_ENTRIES,
    FIGURE_EXITS,
    FIGURE_COST,
    FIGURE_PLACEMENT,
    FIGURE_AGE,
    FIGURE_COUNT
};
extern const char *const scoreboard_figures[FIGURE_COUNT];
enum { SCOREBOARD_HORIZONS = 4, SCOREBOARD_FORECASTERS = 12, SCOREBOARD_LEAST = 30 };

/* One world's sums. */
struct scoreboard_sums {
    double n, covered[3], crps; /* intervals of 50, 80 and 95 % */
};
struct scoreboard_world {
    int group; /* what pooling can be limited to, such as its regime */
    struct scoreboard_sums at[SCOREBOARD_FORECASTERS][FIGURE_COUNT][SCOREBOARD_HORIZONS];
};
struct scoreboard {
    struct scoreboard_world *worlds;
    size_t n;
    struct {
        const char *model;
        bool is_raw;
    } forecasters[SCOREBOARD_FORECASTERS];
    size_t n_forecasters;
    int32_t horizons[SCOREBOARD_HORIZONS]; /* months */
};

void scoreboard_make(size_t n_worlds, const int32_t horizons[SCOREBOARD_HORIZONS], struct scoreboard *out);
void scoreboard_free(struct scoreboard *board);
/* The index of a forecaster, which is added when it is new. */
size_t scoreboard_forecaster(struct scoreboard *board, const char *model, bool is_raw);
/* Adds a world's backtest; its models must have been added. at_origin: children of each placement group. */
void scoreboard_add(struct scoreboard *board, size_t world, int group, const struct backtest *backtest,
                    const double at_origin[PLACEMENT_COUNT]);

/* A number and its standard error; n: worlds that it rests on. */
struct estimate {
    double value, error;
    size_t n;
};
enum { EVERY_GROUP = -1 };
/* Share of intervals that held the truth, in percent; interval 0, 1, 2: of 50, 80, 95 %. */
struct estimate scoreboard_coverage(const struct scoreboard *board, size_t forecaster, int figure,
                                    size_t horizon, int interval, int group);
/* CRPS over that of another forecaster, where both have one. */
struct estimate scoreboard_ratio(const struct scoreboard *board, size_t forecaster, size_t other, int figure,
                                 size_t horizon, int group);

#endif
