/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/sheet_parts.h: internal to render/sheet: the parts of a workbook being written.
 *
 * Ownership: a struct sheet_writer owns the library's workbook until it is closed, and its texts; sheet and
 * formats belong to the workbook. */
#ifndef TURNCURVE_RENDER_SHEET_PARTS_H
#define TURNCURVE_RENDER_SHEET_PARTS_H

#include <xlsxwriter.h>

#include "base/arena.h"
#include "render/sheet.h"
#include "render/sheet_text.h"

enum { SHEET_FORMATS = 64 };

/* How a cell looks; a number format is added to it. */
enum sheet_look {
    LOOK_TITLE,
    LOOK_HEADING,      /* of a section */
    LOOK_LINE,         /* a line of words that may run on over empty cells */
    LOOK_WORDS,        /* words, wrapped */
    LOOK_COLUMN,       /* the heading of a column of words */
    LOOK_COLUMN_RIGHT, /* of a column of numbers */
    LOOK_CELL,         /* a cell of a table */
    LOOK_FIGURE,       /* likewise, at the right: a number, or what stands for one */
    LOOK_TOTAL,
    LOOK_TOTAL_FIGURE,
    LOOK_LINK,
    LOOK_BOX, /* to be filled in by hand */
    LOOK_COUNT
};

/* Where a page lies: rows count from 0. */
struct sheet_place {
    char name[SHEET_NAME_SIZE];
    lxw_worksheet *sheet;
    size_t heading_row, first_row; /* of the table; charts only: the row below the notes */
};

struct sheet_writer {
    lxw_workbook *workbook;
    const struct sheet_book *book;
    struct sheet_place *places; /* n_pages */
    struct {
        enum sheet_look look;
        const char *number;
        lxw_format *format;
    } formats[SHEET_FORMATS];
    size_t n_formats;
    struct arena texts;
};

/* Turns what the library returned into an error. */
bool sheet_check(lxw_error code, struct err *err);
/* The format of a look with a number format (a constant; NULL: none). NULL with err filled on failure. */
lxw_format *sheet_format(struct sheet_writer *writer, enum sheet_look look, const char *number,
                         struct err *err);
/* A cleaned copy that lives as long as the writer, as the library's options want it. */
char *sheet_copy(struct sheet_writer *writer, const char *text, struct err *err);
/* A copy for chart titles and the like, where a text that begins with = would be a formula. */
char *sheet_copy_words(struct sheet_writer *writer, const char *text, struct err *err);
/* The one way by which text reaches a cell: cleaned, never a formula. */
bool sheet_put_text(struct sheet_writer *writer, lxw_worksheet *sheet, size_t row, size_t column,
                    const char *text, enum sheet_look look, struct err *err);
/* A finite number. */
bool sheet_put_number(struct sheet_writer *writer, lxw_worksheet *sheet, size_t row, size_t column,
                      double value, const char *number, enum sheet_look look, struct err *err);
/* A formula of the program with the value that it has. */
bool sheet_put_formula(struct sheet_writer *writer, lxw_worksheet *sheet, size_t row, size_t column,
                       const char *formula, double value, const char *number, enum sheet_look look,
                       struct err *err);
/* A link to the first cell of a page. */
bool sheet_put_link(struct sheet_writer *writer, lxw_worksheet *sheet, size_t row, size_t column,
                    const struct sheet_place *to, struct err *err);

/* A4 landscape, one page wide, source and page number at the foot, the rows to `last_row` and columns to
 * `last_column` as print area. pages: high, 0 as many as it takes. */
bool sheet_set_up_print(struct sheet_writer *writer, lxw_worksheet *sheet, size_t last_row,
                        size_t last_column, uint16_t pages, struct err *err);

/* Makes a row high enough for so many lines of words; one line is left to the spreadsheet. */
bool sheet_set_lines(lxw_worksheet *sheet, size_t row, size_t lines, struct err *err);

/* The cover, on a sheet of its own. */
bool sheet_write_cover(struct sheet_writer *writer, lxw_worksheet *sheet, struct err *err);
/* Row of the table's heading (or of the first chart): below title and notes. */
void sheet_page_lay_out(const struct sheet_page *page, struct sheet_place *place);
/* Title, notes, table and charts of page i. */
bool sheet_write_page(struct sheet_writer *writer, size_t i, struct err *err);

/* How a column is shown, plain when the page does not say; its heading as it is written; the format of its
 * values; its width in characters. */
struct sheet_column sheet_column_of(const struct sheet_page *page, size_t column);
const char *sheet_heading(const struct sheet_page *page, size_t column);
const char *sheet_number_format(const struct sheet_page *page, size_t column, enum cell_kind kind);
size_t sheet_column_width(const struct sheet_page *page, size_t column);
/* What stands in a cell that is no number of the workbook: its text, or the digits of what is too long for
 * one. */
void sheet_cell_words(const struct table_cell *cell, char *out, size_t size, const char **text);
/* A cell as the number that the workbook holds; false when it is none. ERR_DATA, in *bad, for one that cannot
 * be held. */
bool sheet_cell_number(const struct table *table, size_t row, size_t column, double *out, const char **bad);
/* The kind of the first cell of a column that holds something. */
enum cell_kind sheet_column_kind(const struct table *table, size_t column);
/* The sum of a column as the workbook holds it; false when a cell is hidden, for a total would give it away,
 * or when there is nothing to sum. */
bool sheet_sum_column(const struct table *table, size_t column, double *sum);
/* Days as the number that spreadsheets count: 1 January 1970 is 25,569. */
double sheet_serial(day date);

/* Puts a chart of page i at a row of its sheet, width x height pixels. */
bool sheet_put_chart(struct sheet_writer *writer, size_t i, const struct sheet_chart *chart, size_t row,
                     int width, int height, struct err *err);

#endif
