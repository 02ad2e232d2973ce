/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/study/carepath_fixture.h: a small invented authority with the model carepath open on it.
 *
 * Ownership: fixture_close releases everything. A failure stops the test. */
#ifndef TURNCURVE_TESTS_CAREPATH_FIXTURE_H
#define TURNCURVE_TESTS_CAREPATH_FIXTURE_H

#include "data/counts.h"
#include "data/prices.h"
#include "sim/run.h"

struct fixture {
    struct history history;
    struct counts counts;
    struct price_book prices;
    struct log log;
    struct model_input input;
    struct run_options options;
    struct scenario scenario; /* the baseline */
    struct run run;
    struct draws base;
};
void fixture_open(struct fixture *fixture, int32_t months, int32_t replicates, uint64_t seed);
void fixture_close(struct fixture *fixture);

#endif
