/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/frozen.h: scenarios and prices as they went into a run, in the manifest, so that the run can be made
 * again whatever has become of files, plans and prices since.
 *
 * Ownership: trees are the caller's, released by json_decref; what is read is released by scenario_free and
 * price_book_free.
 *
 * Levers are written as they were joined, with the dates and delays of their milestones, not as the plan says
 * them. Numbers keep all their digits. */
#ifndef TURNCURVE_APP_FROZEN_H
#define TURNCURVE_APP_FROZEN_H

#include <jansson.h>

#include "data/prices.h"
#include "sim/scenario.h"

/* NULL with err filled when out of memory, or for a text that is not UTF-8. */
json_t *frozen_scenario(const struct scenario *scenario, struct err *err);
json_t *frozen_prices(const struct price_book *prices, struct err *err);
/* Reads them back. file is named in messages: ERR_DATA when something is missing or no such thing. Parameters
 * that neither the engine nor the model has any more are left out. */
bool frozen_read_scenario(const json_t *tree, const char *file, const struct param_spec model_params[],
                          size_t n_model_params, struct scenario *out, struct err *err);
bool frozen_read_prices(const json_t *tree, const char *file, struct price_book *out, struct err *err);

/* A real number with all its digits: as such where 15 say it, else as a text. */
json_t *frozen_real(double value);
/* The number, NaN when it is none. */
double frozen_number(const json_t *value);

#endif
