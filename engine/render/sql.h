/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/sql.h: a table as SQL statements that make and fill it, for another database.
 *
 * Ownership: everything is borrowed. */
#ifndef TURNCURVE_RENDER_SQL_H
#define TURNCURVE_RENDER_SQL_H

#include <stdio.h>

#include "base/table.h"

/* Writes standard SQL in one transaction: the table with a type for each column (INTEGER, DOUBLE PRECISION,
 * NUMERIC(15,2) for money, DATE, else TEXT; an empty column is TEXT), then a statement a row. Names stand in
 * double quotes, texts in single ones with each quote doubled: nothing of a text is read as SQL. PostgreSQL
 * and SQLite read it. Reals have the decimals of the CSV. ERR_IO when the file cannot be written, ERR_DATA
 * for a text with a control character, which not every database keeps. */
bool sql_write(FILE *file, const struct table *table, struct err *err);

#endif
