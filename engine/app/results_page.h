/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/results_page.h: index.html from charts, tables and notes.
 *
 * Ownership: everything is borrowed for the call. */
#ifndef TURNCURVE_APP_RESULTS_PAGE_H
#define TURNCURVE_APP_RESULTS_PAGE_H

#include "app/chart_set.h"
#include "render/folder.h"
#include "render/page.h"

enum { RESULTS_PAGE_TABLES = 12, RESULTS_PAGE_NOTES = 16, RESULTS_PAGE_FILES = 24 };

struct results_page {
    const char *report; /* template reports/REPORT.mustache */
    const char *title, *lead, *command_line;
    struct {
        const char *heading;
        const char *caption; /* of the table; NULL: its name */
        const char *file;    /* "history.csv" */
        const struct table *table;
    } tables[RESULTS_PAGE_TABLES];
    size_t n_tables;
    const char *notes[RESULTS_PAGE_NOTES]; /* what was assumed and left out, a sentence each */
    size_t n_notes;
    const char *files[RESULTS_PAGE_FILES]; /* names of the CSV files written */
    size_t n_files;
};

/* Adds the list `charts` to a page: name, title, subtitle, source, alt, svg, png, numbers of each. */
bool results_page_add_charts(struct arena *arena, struct page_value *root, const struct chart_set *set,
                             struct err *err);
/* Adds a list of texts under a key. */
bool results_page_add_texts(struct arena *arena, struct page_value *root, const char *key,
                            const char *const texts[], size_t n, struct err *err);
/* Renders the template reports/REPORT.mustache into index.html and puts style.css beside it. reports may be
 * NULL.
 */
bool results_page_write(struct folder *folder, const char *reports, const char *report,
                        const struct page_value *root, struct err *err);

/* The same into a file of another name, without style.css. */
bool results_page_put(struct folder *folder, const char *reports, const char *report,
                      const struct page_value *root, const char *file, struct err *err);

/* Writes index.html and its style.css. The template sees: title, lead, version, command_line, drawn (pictures
 * were made), charts (see above), tables (heading, file, table as
 * page_add_table makes it), notes and files (lists of texts). reports may be NULL. */
bool results_page_save(struct folder *folder, const char *reports, const struct results_page *page,
                       const struct chart_set *charts, bool drawn, struct err *err);

#endif
