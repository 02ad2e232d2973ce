/* SPDX-License-Identifier: GPL-3.0-or-later
 * base/embedded.h: the files built into the program: SQL, scenarios, report templates, chart scripts, tables.
 *
 * Ownership: constants. Made at build time from engine/store/sql, scenarios and reports by
 * engine/embed/embed.c. */
#ifndef TURNCURVE_BASE_EMBEDDED_H
#define TURNCURVE_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded {
    const char *path; /* from the project's top: "scenarios/best.yaml" */
    const char *text; /* NUL-terminated */
    size_t length;    /* without the NUL */
};
extern const struct embedded embedded_files[];
extern const size_t n_embedded_files;

/* The file of a path, NULL when there is none. */
const struct embedded *embedded_find(const char *path);

#endif
