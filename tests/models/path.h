/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/models/path.h: the model of paths through care under test, with rates set by hand or learned.
 *
 * Ownership: path_close releases everything; levers and capacity lines of the scenario are the test's own. A
 * struct path must stay where it is once it is started. Out of memory fails the test. */
#ifndef TURNCURVE_TESTS_MODELS_PATH_H
#define TURNCURVE_TESTS_MODELS_PATH_H

#include "models/carepath_run.h"
#include "tests/models/authority.h"

enum { PATH_ANY = -1 };

/* As ck_assert, which writes a file at every call: for what is asked a million times. */
void must(bool is_so, const char *what);

struct path {
    struct history history;
    struct scenario scenario;
    struct carepath_fit fit;
    struct carepath_plan plan;
    struct carepath_room *room;
    struct result_series *series;
    size_t n_series;
    int32_t *values; /* of the replicate run last, [series][months] */
};

/* By hand: nobody is here, nobody comes, nothing happens, nothing wanders, everyone comes alone. A test sets
 * the rest of the fit with the functions below or directly, then starts. */
void path_open(struct path *path, day origin, int32_t months);
/* Learned from the returns of authority_build with `entries` a year. The test sets parameters of the scenario
 * between path_open_authority and path_learn. */
void path_open_authority(struct path *path, uint64_t seed, double entries);
void path_learn(struct path *path, int32_t months);

/* A child in care at the origin; dates as day indices from the origin, 0 or below. */
struct carepath_child *path_add(struct path *path, day born, int group, int32_t care, int32_t stay);
/* Daily probabilities in every kind and time; PATH_ANY: in every group. */
void path_exit(struct path *path, int group, enum route route, double daily);
void path_move(struct path *path, int from, int to, double daily);
/* New children a day of one age, all into one placement. */
void path_entries(struct path *path, double a_day, int32_t age, int first);

/* Works out the scenario as it is now; again after changes. */
void path_start(struct path *path);
/* The same with these levers. */
void path_use(struct path *path, struct lever *levers, size_t n);
/* Runs a replicate into values. */
void path_run(struct path *path, uint32_t replicate);
/* What a series of the replicate run last says of a month; all months for PATH_ANY. */
int64_t path_value(const struct path *path, enum measure measure, struct group group, int32_t month);
/* The series' index. */
size_t path_series(const struct path *path, enum measure measure, struct group group);
/* Runs a replicate into values and tells what everybody did: by stream and child, each one's marks as they
 * were made. The marks are freed with free(). */
struct carepath_trace path_trace(struct path *path, uint32_t replicate);
/* Forgets the plan, keeps the fit. */
void path_stop(struct path *path);
void path_close(struct path *path);

/* Mean and variance over replicates first .. first + n - 1 of a series summed over months from .. to. */
struct path_moments {
    double mean, variance;
    int32_t n;
};
struct path_moments path_moments(struct path *path, enum measure measure, struct group group, int32_t from,
                                 int32_t to, uint32_t first, int32_t n);
/* Its sum over replicates 0 .. n - 1. */
double path_total(struct path *path, enum measure measure, struct group group, int32_t from, int32_t to,
                  int32_t n);
/* Fails the test when part of `all` is further from a share than 4.89 standard errors. */
void must_share(double part, double all, double share);

#endif
