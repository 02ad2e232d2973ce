/* SPDX-License-Identifier: GPL-3.0-or-later
 * app/binder.h: a workbook being gathered, page by page, until render/sheet writes it.
 *
 * Ownership: a workbook owns its tables and texts; binder_free releases them. It is large: make it with
 * binder_new. Pages may refer to each other by their place in `pages`.
 *
 * The names begin with binder_ because workbook_ is libxlsxwriter's: a shared library calls the program's
 * function of the same name in the place of its own.
 *
 * Errors stick: after the first failure every function does nothing and returns something harmless, and
 * binder_save fails with that error. A caller can so fill page after page and look once. */
#ifndef TURNCURVE_APP_BINDER_H
#define TURNCURVE_APP_BINDER_H

#include "base/arena.h"
#include "base/table.h"
#include "render/sheet.h"

enum {
    BINDER_PAGES = 32,
    BINDER_COLUMNS = 64,
    BINDER_NOTES = 8,  /* of a page */
    BINDER_CHARTS = 3, /* of a page */
    BINDER_NAMES = 64, /* of a page */
    BINDER_SECTIONS = 8,
    BINDER_PARAGRAPHS = 16, /* of a section */
};

struct binder {
    struct sheet_page pages[BINDER_PAGES];
    struct table tables[BINDER_PAGES]; /* of the pages, empty for a page of charts */
    const char *notes[BINDER_PAGES][BINDER_NOTES];
    struct sheet_chart charts[BINDER_PAGES][BINDER_CHARTS];
    struct sheet_name names[BINDER_PAGES][BINDER_NAMES];
    size_t n_pages;
    struct sheet_section sections[BINDER_SECTIONS];
    const char *paragraphs[BINDER_SECTIONS][BINDER_PARAGRAPHS];
    size_t n_sections;
    struct arena texts;
    struct table_cell spare[BINDER_COLUMNS]; /* where a row goes after a failure */
    bool failed;
    struct err err; /* the first failure */
};

/* An empty workbook; NULL when out of memory. */
struct binder *binder_new(struct err *err);
void binder_free(struct binder *book);

/* A page with an empty table over columns[n], to be filled by the caller until the next page; its columns are
 * shown as shown[n] says (NULL: plain). Both are copied, their texts too. Never NULL. */
struct table *binder_add_page(struct binder *book, const char *name, const char *title,
                              const struct table_column columns[], const struct sheet_column shown[],
                              size_t n);
/* A page that shows a copy of a table that was made elsewhere. */
void binder_add_table(struct binder *book, const char *name, const char *title, const struct table *table,
                      const struct sheet_column shown[], size_t n_shown);
/* A page for charts of other pages. */
void binder_add_chart_page(struct binder *book, const char *name, const char *title);

/* Of the last page: a sentence above the table; a chart, to be filled in; a name for a cell. */
void binder_note(struct binder *book, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct sheet_chart *binder_add_chart(struct binder *book);
void binder_name(struct binder *book, const char *name, size_t row, size_t column);
/* Of the last page: a row of empty cells. Never NULL. */
struct table_cell *binder_row(struct binder *book);
void binder_set_text(struct binder *book, struct table_cell *cell, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Copies a cell of another table. */
void binder_set_cell(struct binder *book, struct table_cell *cell, const struct table_cell *from);

/* On the cover: a heading, and a paragraph under the last one. */
void binder_section(struct binder *book, const char *heading);
void binder_say(struct binder *book, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* printf into the workbook's own texts; "" after a failure. */
const char *binder_text(struct binder *book, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Makes a failure stick. */
void binder_fail(struct binder *book, const struct err *err);

/* Writes the workbook, with a block to sign on its cover. source: at the foot of each sheet. */
bool binder_save(struct binder *book, struct folder *folder, const char *file, const char *title,
                 const char *source, day dated, struct err *err);

#endif
