/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/row_writer.h: fills the cells of a table's row from the left and remembers the first failure.
 *
 * Ownership: a writer borrows table and err until its row is done. */
#ifndef TURNCURVE_APP_ROW_WRITER_H
#define TURNCURVE_APP_ROW_WRITER_H

#include "base/table.h"

struct row_writer {
    struct table *table;
    struct table_cell *cell; /* the next one */
    struct err *err;
    bool ok;
};

/* Adds a row of empty cells; ok is false when out of memory, and all that follows does nothing. */
struct row_writer row_writer_begin(struct table *table, struct err *err);
/* "" leaves the cell empty. */
void row_writer_text(struct row_writer *w, const char *text);
void row_writer_day(struct row_writer *w, day date);
void row_writer_integer(struct row_writer *w, int64_t value);
void row_writer_real(struct row_writer *w, double value);
void row_writer_gbp(struct row_writer *w, pence amount);
void row_writer_skip(struct row_writer *w);
/* Two texts as one, "; " between them. */
void row_writer_both(struct row_writer *w, const char *a, const char *b);
/* A text on one line, cut after `most` whole characters. */
void row_writer_short(struct row_writer *w, const char *text, size_t most);

#endif
