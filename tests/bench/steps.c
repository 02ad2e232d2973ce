/* SPDX-License-Identifier: GPL-3.0-or-later
 * Times the steps of a forecast on a database, without start-up and files: steps DATABASE writes lines "name
 * number". Each time is the best of three. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "data/counts.h"
#include "models/models.h"
#include "sim/run.h"
#include "store/store.h"

enum { TRIES = 3, MONTHS = 60, REPLICATES = 200 };

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static bool time_history(struct store *store, const struct authority *authority, struct err *err)
{
    double history_ms = 1e9;
    double counts_ms = 1e9;
    size_t children = 0;
    for (int i = 0; i < TRIES; i++) {
        struct history history = {0};
        struct counts counts = {0};
        const double start = now_ms();
        if (!store_load_history(store, authority->la, false, &history, err))
            return false;
        const double loaded = now_ms();
        const bool ok = counts_make(&history, history.start, history.end, &counts, err);
        const double counted = now_ms();
        history_ms = loaded - start < history_ms ? loaded - start : history_ms;
        counts_ms = counted - loaded < counts_ms ? counted - loaded : counts_ms;
        children = history.n_children;
        counts_free(&counts);
        history_free(&history);
        if (!ok)
            return false;
    }
    printf("children %zu\nhistory_ms %.1f\ncounts_ms %.1f\n", children, history_ms, counts_ms);
    return true;
}

/* The expected path and its covariance for given rates, then the whole run with drawn rates. */
static bool time_once(const struct model *model, const struct model_input *input,
                      const struct scenario *scenario, const struct price_book *prices, double *expected_ms,
                      double *run_ms, struct err *err)
{
    void *fitted = NULL;
    void *prepared = NULL;
    struct forecast forecast = {0};
    struct log log;
    log_init(&log, stderr, true);
    const struct run_options options = {.replicates = REPLICATES, .threads = 1};
    const double start = now_ms();
    const bool ok = model->fit(input, &scenario->params, &fitted, err) &&
                    model->prepare(fitted, scenario, &prepared, err);
    const double prepared_at = now_ms();
    if (prepared != NULL)
        model->free_prepared(prepared);
    if (fitted != NULL)
        model->free_fitted(fitted);
    const double run_start = now_ms();
    const bool ran = ok && forecast_run(model, input, scenario, 1, prices, &options, &log, &forecast, err);
    const double end = now_ms();
    forecast_free(&forecast);
    *expected_ms = prepared_at - start < *expected_ms ? prepared_at - start : *expected_ms;
    *run_ms = end - run_start < *run_ms ? end - run_start : *run_ms;
    return ran;
}

static bool time_forecast(struct store *store, const struct authority *authority, struct err *err)
{
    const struct model *model = &model_stockflow;
    struct history history = {0};
    struct scenario scenario = {0};
    struct price_book prices = {0};
    double expected_ms = 1e9;
    double run_ms = 1e9;
    bool ok = store_load_history(store, authority->la, false, &history, err) &&
              store_load_prices(store, &prices, err) &&
              scenario_load(&scenario, "baseline", NULL, model->params, model->n_params, err);
    const struct model_input input = {
        .history = &history, .origin = history.end, .months = MONTHS, .seed = 1};
    for (int i = 0; ok && i < TRIES; i++)
        ok = time_once(model, &input, &scenario, &prices, &expected_ms, &run_ms, err);
    if (ok)
        printf("expected_ms %.1f\nrun_ms %.1f\nreplicates %d\n", expected_ms, run_ms, REPLICATES);
    scenario_free(&scenario);
    price_book_free(&prices);
    history_free(&history);
    return ok;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct authority authority;
    struct store *store = argc >= 2 ? store_open(argv[1], STORE_READ, &err) : NULL;
    const bool ok = store != NULL && store_find_authority(store, NULL, &authority, &err) &&
                    time_history(store, &authority, &err) &&
                    (argc == 2 || time_forecast(store, &authority, &err));
    if (!ok)
        fprintf(stderr, "steps: %s\n", err.message);
    store_close(store);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
