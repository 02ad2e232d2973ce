/* SPDX-License-Identifier: GPL-3.0-or-later
 * sim/scenario_read.h, internal to sim/scenario: one file laid over what it extends.
 *
 * Ownership: a draft owns its scenario and arrays; scenario_draft_free releases what has not been moved out
 * by scenario_draft_finish. */
#ifndef TURNCURVE_SIM_SCENARIO_READ_H
#define TURNCURVE_SIM_SCENARIO_READ_H

#include "sim/scenario.h"
#include "sim/schema.h"

/* A lever and where it was written, for the checks that need all levers. */
struct placed_lever {
    struct lever lever;
    const char *file;
    int32_t line, column;
    int32_t generation; /* of the file it stands in: 0 for the file asked for, 1 for what that extends, .. */
};

struct scenario_draft {
    struct scenario scenario; /* but for the arrays below */
    struct placed_lever *levers;
    size_t n_levers, levers_capacity;
    struct scenario_price *prices;
    size_t n_prices, prices_capacity;
    struct scenario_capacity *capacities;
    size_t n_capacities, capacities_capacity;
    const char *file;   /* being read */
    int32_t generation; /* being read */
};

/* Lays a file's tree over the draft: levers by id, capacity by placement and parameters by name take the
 * place of inherited ones; prices are added; the stance is replaced when given. */
bool scenario_draft_read(struct scenario_draft *draft, const struct yaml_node *root, const char *file,
                         int32_t generation, struct err *err);
/* Checks what needs all levers (a lever named in `replaces` must be there, without cycles), sorts them by id
 * and moves everything to out. */
bool scenario_draft_finish(struct scenario_draft *draft, struct scenario *out, struct err *err);
void scenario_draft_free(struct scenario_draft *draft);

#endif
