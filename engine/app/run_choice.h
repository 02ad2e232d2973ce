/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/run_choice.h: which model a command runs, and on how many processors.
 *
 * Ownership: models are constants of the program. */
#ifndef TURNCURVE_APP_RUN_CHOICE_H
#define TURNCURVE_APP_RUN_CHOICE_H

#include "app/command.h"
#include "app/panel_source.h"
#include "sim/model.h"

/* The model of a name; ERR_USAGE that names all when there is none. */
bool run_choice_model(const struct app *app, const char *name, const struct model **out, struct err *err);
/* The default: carepath from returns; from totals panel when enough authorities are stored, else last_value.
 */
bool run_choice_default(const struct app *app, bool from_returns, struct panel_source *panel,
                        struct store *store, const struct model **out, struct err *err);
/* --threads; all processors for 0. */
int32_t run_choice_threads(const struct options *options);

/* Seconds on a clock that only runs forwards, for run times. */
double run_choice_seconds(void);

#endif
