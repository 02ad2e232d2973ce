/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/assurance.h: what a forecast leaves behind for whoever must answer for it: the products of the AQuA
 * Book (HM Treasury 2015): purpose, register of assumptions, data log, verification and validation log,
 * limits, sign-off.
 *
 * Ownership: everything is borrowed for the call. */
#ifndef TURNCURVE_APP_ASSURANCE_H
#define TURNCURVE_APP_ASSURANCE_H

#include "app/sensitivity_job.h"
#include "store/store.h"

struct assurance {
    const struct sensitivity_job *work; /* run: outputs[0] is cost where has_cost, the last one stock */
    bool has_cost;
    struct store *store;
    const struct outlook *outlook;
    const struct model *model;
    const struct scenario *scenarios; /* of the forecast */
    size_t n_scenarios;
    const struct price_book *prices;
    int32_t months, runs;
    int64_t seed;
    bool short_breaks;
    const char *reports, *command_line;
};

/* assumptions.csv: id, statement, value, unit, low, high, source, basis, owner, date, quality, cost_change,
 * children_change, beyond_chance, last_review. */
bool assurance_register(const struct assurance *assurance, struct table *out, struct err *err);
/* What is verified by which suite: suite, run by, verifies, against. */
bool assurance_verified(struct table *out, struct err *err);
/* Writes assurance.html and assumptions.csv. */
bool assurance_write(const struct assurance *assurance, struct folder *folder, struct err *err);

#endif
