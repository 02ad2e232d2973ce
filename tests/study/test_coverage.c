/* SPDX-License-Identifier: GPL-3.0-or-later
 * The short form of tests/stat/test_carepath.c: the default model's intervals over worlds that are not of its
 * form, one and two years ahead.
 *
 * With coverage p anywhere in its goal (46-54, 77-83, 93-97 %), the number of 60 intervals that hold lies
 * outside its bounds less than once in 1,000 sets of seeds at either end (R 4.2.2: qbinom(.001, 60, low) and
 * qbinom(.999, 60, high)); seeds are fixed, so a right program fails never. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "models/models.h"
#include "study/backtest.h"
#include "tests/statistics.h"
#include "tests/world/world.h"

Suite *suite_coverage(void);

enum { WORLDS = 60, FIRST_SEED = 501, REPLICATES = 200, HORIZONS = 2 };
static const int32_t horizons[HORIZONS] = {12, 24};
/* qbinom(.001, 60, c(.46, .77, .93)), qbinom(.999, 60, c(.54, .83, .97)) */
static const int bounds[3][2] = {{16, 44}, {36, 58}, {49, 60}};

static int covered[HORIZONS][3];
static double crps[2];

static void judge(const struct backtest *backtest)
{
    static const int ends[3][2] = {{2, 4}, {1, 5}, {0, 6}};
    for (size_t i = 0; i < backtest->n; i++) {
        const struct backtest_row *row = &backtest->rows[i];
        if (row->measure != MEASURE_STOCK || row->group.kind != GROUP_ALL)
            continue;
        const bool is_ours = row->model == model_carepath.name;
        const int h = row->horizon_months == horizons[1];
        crps[is_ours ? 0 : 1] += row->crps;
        for (int c = 0; is_ours && c < 3; c++)
            covered[h][c] +=
                row->quantiles[ends[c][0]] <= row->actual && row->actual <= row->quantiles[ends[c][1]];
    }
}

START_TEST(intervals_hold_as_often_as_they_say)
{
    const struct model *const models[] = {&model_carepath, &model_last_value};
    struct err err = {0};
    struct log log;
    struct price_book prices = {0};
    log_init(&log, stderr, true);
    ck_assert_msg(price_book_defaults(&prices, &err), "%s", err.message);
    for (uint64_t i = 0; i < WORLDS; i++) {
        struct history full;
        struct world_truth truth;
        struct backtest backtest = {0};
        world_make(&(struct world_options){.regime = WORLD_PANEL_LIKE, .seed = FIRST_SEED + i}, &full,
                   &truth);
        const struct backtest_options options = {.horizons = horizons,
                                                 .n_horizons = HORIZONS,
                                                 .every_months = 12,
                                                 .least_months = 36,
                                                 .first = truth.origin,
                                                 .last = truth.origin,
                                                 .intervals = BACKTEST_FINAL,
                                                 .reference = &model_last_value,
                                                 .run = {.replicates = REPLICATES, .threads = 1},
                                                 .seed = i};
        const struct backtest_known known = {.history = &full};
        ck_assert_msg(backtest_run(models, 2, &known, &prices, &options, &log, &backtest, &err), "%s",
                      err.message);
        judge(&backtest);
        backtest_free(&backtest);
        history_free(&full);
    }
    for (int h = 0; h < HORIZONS; h++)
        for (int c = 0; c < 3; c++)
            ck_assert_msg(covered[h][c] >= bounds[c][0] && covered[h][c] <= bounds[c][1],
                          "%d months, interval %d: %d of %d hold", (int)horizons[h], c, covered[h][c],
                          WORLDS);
    /* measured .94 (standard error .03) on other worlds */
    ck_assert_double_lt(crps[0], 1.03 * crps[1]);
    price_book_free(&prices);
}
END_TEST

Suite *suite_coverage(void)
{
    Suite *suite = suite_create("coverage");
    TCase *tests = tcase_create("worlds");
    tcase_set_timeout(tests, 60);
    if (STATISTICS_ARE_RUN)
        tcase_add_test(tests, intervals_hold_as_often_as_they_say);
    suite_add_tcase(suite, tests);
    return suite;
}
