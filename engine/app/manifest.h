/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/manifest.h: manifest.json, what is needed to make a folder of results again.
 *
 * Ownership: everything is borrowed. */
#ifndef TURNCURVE_APP_MANIFEST_H
#define TURNCURVE_APP_MANIFEST_H

#include "base/table.h"
#include "data/prices.h"
#include "render/folder.h"
#include "sim/model.h"
#include "store/store.h"

enum { MANIFEST_TABLES = 4 };

struct manifest {
    const char *command_line;
    const struct model
        *model; /* NULL: a command that runs none, or several; scenarios and prices are left out */
    const struct scenario *scenarios;
    size_t n_scenarios;
    const struct price_book *prices; /* NULL: no costs */
    day origin;                      /* DAY_NONE: several */
    int32_t months, runs;            /* runs 0: nothing was simulated, months and seed are left out */
    int64_t seed;
    bool short_breaks;
    bool raw;                       /* intervals are the model's own */
    const char *const *authorities; /* names, n_authorities */
    size_t n_authorities;
    const char *const *exposures; /* population that entries are measured against, in words, n_authorities;
                                     NULL: the model does not ask for it */
    const char *const *notes;     /* what was assumed, n_notes sentences, where there is no model */
    size_t n_notes;
    const struct table *tables[MANIFEST_TABLES]; /* more, as lists of objects under the tables' names */
    size_t n_tables;
    double run_seconds;
    bool published; /* to be seen by anybody: nothing of inputs, findings and repairs, no run time */
};
/* Writes manifest.json into a folder, last of all: it lists the files that are there. Keys are sorted. With
 * the environment variable SOURCE_DATE_EPOCH the run time is 0, so that two runs give the same bytes.
 * ERR_DATA for a text that is not UTF-8. */
bool manifest_write(const struct manifest *manifest, struct store *store, struct folder *folder,
                    struct err *err);

#endif
