/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/reports.h: the content that an analyst may edit: templates, chart scripts, style.
 *
 * Ownership: what is read is appended to the caller's text. */
#ifndef TURNCURVE_RENDER_REPORTS_H
#define TURNCURVE_RENDER_REPORTS_H

#include "base/str.h"

/* Appends the file reports/NAME ("charts/mix.gp", "forecast.mustache"): from `folder` when it is not NULL and
 * holds one, else the built-in one. Writes the path for messages into `path` when that is not NULL.
 * ERR_NO_INPUT when there is none, ERR_IO when it cannot be read. */
bool reports_read(const char *folder, const char *name, struct text *out, char path[256], struct err *err);

/* Appends a whole file. ERR_IO when it cannot be read or is larger than 64 MB. */
bool reports_read_file(const char *path, struct text *out, struct err *err);

#endif
