/* SPDX-License-Identifier: GPL-3.0-or-later
 * From a database to a forecast of every authority in it, without files and charts: road DATABASE MONTHS RUNS
 * THREADS writes lines "name number". */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "models/models.h"
#include "sim/run.h"
#include "store/store.h"

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

struct road {
    struct store *store;
    struct price_book prices;
    struct scenario scenario;
    struct run_options options;
    int32_t months;
    size_t present;
    double load_ms, forecast_ms;
};

static bool forecast_one(struct road *road, const struct authority *authority, struct err *err)
{
    struct log log;
    struct history history = {0};
    struct forecast forecast = {0};
    log_init(&log, stderr, true);
    const double start = now_ms();
    if (!store_load_history(road->store, authority->la, false, &history, err))
        return false;
    const double loaded = now_ms();
    const struct model_input input = {
        .history = &history, .origin = history.end, .months = road->months, .seed = 1};
    const bool ok = forecast_run(&model_carepath, &input, &road->scenario, 1, &road->prices, &road->options,
                                 &log, &forecast, err);
    road->load_ms += loaded - start;
    road->forecast_ms += now_ms() - loaded;
    for (size_t i = 0; i < history.n_spells; i++)
        road->present += history.spells[i].end == DAY_OPEN;
    forecast_free(&forecast);
    history_free(&history);
    return ok;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct authority *authorities = NULL;
    size_t n = 0;
    if (argc < 5) {
        fprintf(stderr, "road DATABASE MONTHS RUNS THREADS\n");
        return EXIT_FAILURE;
    }
    struct road road = {
        .months = atoi(argv[2]),
        .options = {.replicates = atoi(argv[3]), .threads = atoi(argv[4]), .reference = &model_last_value}};
    road.store = store_open(argv[1], STORE_READ, &err);
    bool ok =
        road.store != NULL && store_load_prices(road.store, &road.prices, &err) &&
        store_authorities(road.store, &authorities, &n, &err) &&
        scenario_load(&road.scenario, "baseline", NULL, model_carepath.params, model_carepath.n_params, &err);
    for (size_t i = 0; ok && i < n; i++)
        ok = forecast_one(&road, &authorities[i], &err);
    if (!ok)
        fprintf(stderr, "road: %s\n", err.message);
    printf("authorities %zu\npresent %zu\nload_ms %.1f\nforecast_ms %.1f\n", n, road.present, road.load_ms,
           road.forecast_ms);
    scenario_free(&road.scenario);
    price_book_free(&road.prices);
    free(authorities);
    store_close(road.store);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
