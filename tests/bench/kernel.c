/* SPDX-License-Identifier: GPL-3.0-or-later
 * Times the replicates of carepath beside a floor measured in the same run: kernel DATABASE REPLICATES writes
 * lines "name number". The floor draws nothing but what the same lives need: for every stay of every child
 * one block of random words and the two exponential times made of them. Times are the best of three, of the
 * processor. */
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/vec.h"
#include "models/carepath_run.h"
#include "models/models.h"
#include "store/store.h"

enum { TRIES = 3, MONTHS = 60, THREADS = 2 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double processor(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

struct bench {
    struct carepath_fit fit;
    struct carepath_plan plan;
    struct result_series *series;
    size_t n_series;
    uint32_t replicates;
};

static int32_t *new_values(const struct bench *bench)
{
    struct err err = {0};
    return vec_new(bench->n_series * MONTHS, sizeof(int32_t), &err);
}

/* One replicate, counted and written as the engine has it. */
static void replicate(const struct bench *bench, struct carepath_room *room, int32_t *values, uint32_t r)
{
    struct err err = {0};
    struct tally tally = {
        .series = bench->series, .n_series = bench->n_series, .months = MONTHS, .values = values};
    if (!carepath_replicate(room, r, &err))
        exit(EXIT_FAILURE);
    carepath_write(room, &tally);
}

/* Stays and new children that a replicate has, on average. */
static void count_draws(struct carepath_room *room, double *stays, double *entries)
{
    enum { COUNTED = 50 };
    struct carepath_trace trace = {0};
    struct err err = {0};
    *stays = *entries = 0;
    room->trace = &trace;
    for (uint32_t r = 0; r < COUNTED; r++) {
        trace.n = 0;
        if (!carepath_replicate(room, r, &err))
            exit(EXIT_FAILURE);
        for (size_t i = 0; i < trace.n; i++) {
            const uint8_t what = trace.marks[i].what;
            *stays += (what != CAREPATH_MARK_GROWN && what != CAREPATH_MARK_EXIT) / (double)COUNTED;
            *entries += (what == CAREPATH_MARK_ENTRY) / (double)COUNTED;
        }
    }
    room->trace = NULL;
    free(trace.marks);
}

static double time_kernel(const struct bench *bench)
{
    struct err err = {0};
    struct carepath_room *room = NULL;
    int32_t *values = new_values(bench);
    double best = HUGE_VAL;
    carepath_room_make(&bench->plan, &room, &err);
    for (int i = 0; i < TRIES; i++) {
        const double start = processor();
        for (uint32_t r = 0; r < bench->replicates; r++)
            replicate(bench, room, values, r);
        best = fmin(best, processor() - start);
    }
    carepath_room_free(room);
    free(values);
    return best;
}

/* Two threads against one, by the clock on the wall. */
static double time_threads(const struct bench *bench, int threads)
{
    double best = HUGE_VAL;
    for (int i = 0; i < TRIES; i++) {
        const double start = now();
#pragma omp parallel num_threads(threads)
        {
            struct err err = {0};
            struct carepath_room *room = NULL;
            int32_t *values = new_values(bench);
            carepath_room_make(&bench->plan, &room, &err);
#pragma omp for schedule(dynamic, 8)
            for (uint32_t r = 0; r < bench->replicates / 4; r++)
                replicate(bench, room, values, r);
            carepath_room_free(room);
            free(values);
        }
        best = fmin(best, now() - start);
    }
    return best;
}

static double time_floor(const struct bench *bench, double stays, double entries)
{
    double best = HUGE_VAL;
    double sum = 0;
    const uint32_t key[2] = {(uint32_t)bench->fit.seed, PURPOSE_EXIT};
    const uint32_t blocks = (uint32_t)(entries + (double)bench->plan.n_away / 4);
    const int normals = MONTHS * 6 + 2 * LEXIS_CELLS + 2 * CAREPATH_TICS + ROUTE_COUNT + LEXIS_KINDS;
    for (int i = 0; i < TRIES; i++) {
        const double start = processor();
        for (uint32_t r = 0; r < bench->replicates; r++) {
            uint32_t words[4];
            struct stream stream = stream_make(bench->fit.seed, PURPOSE_DRIFT, r, 0, 0);
            for (int n = 0; n < normals; n++)
                sum += fabs(stream_normal(&stream));
            for (uint32_t s = 0; s < blocks; s++) {
                stream_block((const uint32_t[4]){1, s, r, 0}, key, words);
                sum += words[0];
            }
            for (uint32_t s = 0; s < (uint32_t)stays; s++) {
                stream_block((const uint32_t[4]){0, s, r, 0}, key, words);
                sum += carepath_exponential(words[0]) + carepath_exponential(words[1]);
            }
        }
        best = fmin(best, processor() - start);
    }
    return sum > 0 ? best : 0;
}

static bool make_bench(const char *path, struct bench *bench, struct history *history, struct err *err)
{
    struct authority authority;
    struct scenario scenario = {.name = "baseline"};
    struct store *store = store_open(path, STORE_READ, err);
    bool ok = store != NULL && store_find_authority(store, NULL, &authority, err) &&
              store_load_history(store, authority.la, false, history, err) &&
              params_init(&scenario.params, model_carepath.params, model_carepath.n_params, err);
    const struct model_input input = {
        .history = history, .origin = history->end, .months = MONTHS, .seed = 1};
    ok = ok && carepath_fit_make(&input, &scenario.params, &bench->fit, err) &&
         carepath_series(&bench->fit, &bench->series, &bench->n_series, err) &&
         carepath_plan_make(&bench->fit, &scenario, false, &bench->plan, err);
    bench->plan.scenario = NULL;
    params_free(&scenario.params);
    store_close(store);
    return ok;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct bench bench = {.replicates = argc >= 3 ? (uint32_t)strtoul(argv[2], NULL, 10) : 10000};
    struct history history = {0};
    struct carepath_room *room = NULL;
    if (argc < 2 || !make_bench(argv[1], &bench, &history, &err) ||
        !carepath_room_make(&bench.plan, &room, &err)) {
        fprintf(stderr, "kernel: %s\n", err.message);
        return EXIT_FAILURE;
    }
    double stays = 0;
    double entries = 0;
    count_draws(room, &stays, &entries);
    const double kernel = time_kernel(&bench);
    const double floor_time = time_floor(&bench, stays, entries);
    const double one = time_threads(&bench, 1);
    const double two = time_threads(&bench, THREADS);
    printf("present %zu\nreplicates %u\nstays %.0f\nkernel_s %.3f\nfloor_s %.3f\nratio %.2f\nthreads %.2f\n",
           bench.fit.n_present, bench.replicates, stays, kernel, floor_time, kernel / floor_time, one / two);
    carepath_room_free(room);
    carepath_plan_free(&bench.plan);
    free(bench.series);
    carepath_fit_free(&bench.fit);
    history_free(&history);
    return EXIT_SUCCESS;
}
