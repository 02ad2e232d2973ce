/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/study/carepath_fixture.h"

#include <check.h>
#include <stdio.h>

#include "models/models.h"
#include "tests/build_history.h"
#include "tests/world/world.h"

void fixture_open(struct fixture *f, int32_t months, int32_t replicates, uint64_t seed)
{
    struct err err = {0};
    struct world_truth truth;
    struct history full;
    *f = (struct fixture){.options = {.replicates = replicates, .threads = 2}};
    log_init(&f->log, stderr, true);
    world_make(&(struct world_options){.regime = WORLD_STEADY_SMALL, .seed = 41}, &full, &truth);
    ck_assert_msg(history_as_known(&full, truth.origin, &f->history, &err), "%s", err.message);
    build_free(&full);
    ck_assert_msg(counts_make(&f->history, f->history.start, f->history.end, &f->counts, &err), "%s",
                  err.message);
    ck_assert_msg(price_book_defaults(&f->prices, &err), "%s", err.message);
    f->input = (struct model_input){
        .history = &f->history, .origin = f->history.end, .months = months, .seed = seed};
    ck_assert_msg(
        scenario_load(&f->scenario, "baseline", NULL, model_carepath.params, model_carepath.n_params, &err),
        "%s", err.message);
    ck_assert_msg(
        run_open(&f->run, &model_carepath, &f->input, &f->scenario.params, &f->options, &f->log, &err), "%s",
        err.message);
    ck_assert_msg(run_scenario(&f->run, &f->scenario, NULL, &f->prices, &f->base, &err), "%s", err.message);
}

void fixture_close(struct fixture *f)
{
    draws_free(&f->base);
    run_close(&f->run);
    scenario_free(&f->scenario);
    price_book_free(&f->prices);
    counts_free(&f->counts);
    build_free(&f->history);
}
