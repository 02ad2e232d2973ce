/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/json.h: a table as JSON, for --json.
 *
 * Ownership: everything is borrowed. */
#ifndef TURNCURVE_RENDER_JSON_H
#define TURNCURVE_RENDER_JSON_H

#include <jansson.h>
#include <stdio.h>

#include "base/table.h"

/* Writes an array with an object for each row, one row a line, keys in the order of the columns. Numbers are
 * those of the CSV (reals rounded to the column's decimals, money in pounds), dates are ISO texts, empty
 * cells null. Example: [{"la":"Leeds","date":"2022-03-31","value":1374}]. Fails with ERR_IO, or ERR_DATA for
 * a text that is not UTF-8. */
bool json_write(FILE *file, const struct table *table, struct err *err);

/* The same rows as a tree, which the caller releases with json_decref. NULL with err filled on failure. */
json_t *json_rows(const struct table *table, struct err *err);

#endif
