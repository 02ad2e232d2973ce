/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/show.h: short tables on the screen.
 *
 * Ownership: everything is borrowed. */
#ifndef TURNCURVE_APP_SHOW_H
#define TURNCURVE_APP_SHOW_H

#include "app/command.h"
#include "base/table.h"

/* Writes a table to app->out: with --json as JSON, otherwise as columns under their names, texts to the left,
 * numbers to the right, the last column as long as it is. Write errors are left to the end of the run. Fails
 * with ERR_MEMORY, or ERR_DATA for a text that is not UTF-8. */
bool show_table(struct app *app, const struct table *table, struct err *err);

#endif
