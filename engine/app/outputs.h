/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/outputs.h: the CSV files that commands write: what they are, and reading them back as tables.
 *
 * Ownership: descriptions are constants; a table that is read is the caller's, freed by table_free. */
#ifndef TURNCURVE_APP_OUTPUTS_H
#define TURNCURVE_APP_OUTPUTS_H

#include "base/table.h"

enum output_type { OUTPUT_TEXT, OUTPUT_INTEGER, OUTPUT_NUMBER, OUTPUT_DATE, OUTPUT_POUNDS };

struct output {
    const char *command; /* "forecast" */
    const char *file;    /* without ".csv" */
    const char *name;    /* for query and export; "" when they leave it out */
    const char *columns; /* in order, blank-separated */
    const char *words;
};
struct output_column {
    enum output_type type;
    const char *words;
};

/* The i-th file, in the order of output.def; false when there are no more. */
bool output_at(size_t i, struct output *out);
/* The j-th column of a file: its name into `name`; false when there are no more. */
bool output_column_at(const struct output *output, size_t j, struct str *name);
/* What a column of a file holds: its own words, else those of the name. Every column of output.def has them.
 */
struct output_column output_column_words(const struct output *output, struct str name);
size_t output_n_columns(const struct output *output);
/* Reads FOLDER/COMMAND/FILE.csv. Numbers and dates are cells of their kind; what is neither ("c" of a hidden
 * count) stays text; the guard before a text that begins like a formula is taken off. ERR_NO_INPUT when the
 * file is not there, ERR_DATA when it has other columns; a column that a publication leaves out is empty. */
bool output_read(const struct output *output, const char *folder, struct table *out, struct err *err);

#endif
