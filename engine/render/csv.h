/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/csv.h: a table as RFC 4180 text: UTF-8, LF, dot decimals, no locale.
 *
 * Ownership: everything is borrowed. */
#ifndef TURNCURVE_RENDER_CSV_H
#define TURNCURVE_RENDER_CSV_H

#include <stdio.h>

#include "base/table.h"
#include "render/folder.h"

/* Writes header and rows. A field with a comma, quote or line end is quoted; texts that a spreadsheet would
 * take for a formula (beginning = + - @, tab or CR) are quoted and preceded by a single quote mark, unless
 * they are numbers. */
bool csv_write(FILE *file, const struct table *table, struct err *err);
/* One cell as the CSV writes it, without quotes or the guard against formulas; false when it does not fit. */
bool csv_format_cell(const struct table_cell *cell, int decimals, char *out, size_t size);
/* Writes table->name + ".csv" into a folder. */
bool csv_save(struct folder *folder, const struct table *table, struct err *err);

#endif
