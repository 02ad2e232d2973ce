/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/plot_file.h: data files that chart scripts read: tabs between fields, NaN for no number. Internal to
 * render.
 *
 * Ownership: plot_file_end closes what plot_file_create opened. */
#ifndef TURNCURVE_RENDER_PLOT_FILE_H
#define TURNCURVE_RENDER_PLOT_FILE_H

#include <stdio.h>

#include "base/err.h"

/* gnuplot reads past an empty last field into whatever it read before, so the last of several texts is this.
 */
#define PLOT_FILE_ROW_END "end"

/* Opens FOLDER/CHART-WHAT.tsv, or FOLDER/CHART-WHATpanel.tsv when panel is not 0. NULL with err filled on
 * failure. */
FILE *plot_file_create(const char *folder, const char *chart, const char *what, int panel, struct err *err);
/* Closes; ERR_IO when `ok` is false or anything was not written. */
bool plot_file_end(FILE *file, bool ok, const char *chart, struct err *err);
/* One field of text made safe for gnuplot, followed by `after`; a blank when empty or NULL. False on failure.
 */
bool plot_file_text(FILE *file, const char *text, char after);
bool plot_file_number(FILE *file, double value, char after);
/* A row of numbers. */
bool plot_file_numbers(FILE *file, const double values[], size_t n);

#endif
