/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/sheet.h: tables as a workbook (xlsx) for people who work in spreadsheets.
 *
 * Ownership: everything is borrowed for the call. A workbook is described by constant tables of pages,
 * columns and charts over plain struct tables; nothing is computed here but totals.
 *
 * The first sheet is a cover: title, sections of words (findings, cautions), contents with links, a block to
 * sign. Each page is a sheet: title, notes, one table (marked as a table, with filters and a frozen heading),
 * charts below it. Sheets print on A4 landscape, one page wide, with headings repeated, source and page
 * number at the foot; a chart is not cut in two where the whole fits one page at half size.
 *
 * What a cell holds is what the CSV of the same table says: reals are rounded to the column's decimals, money
 * is exact to the penny; a form may show fewer digits. Texts are never formulas or links, whatever they begin
 * with; what is no UTF-8 or cannot stand in XML is replaced, and what is longer than a cell is cut and says
 * so. A hidden figure is a text in a number's place and is written as such. Same input, same bytes: the file
 * is dated by the data.
 *
 * Guidance: Analysis Function, Releasing statistics in spreadsheets (one table a sheet, no merged cells, no
 * meaning by colour). */
#ifndef TURNCURVE_RENDER_SHEET_H
#define TURNCURVE_RENDER_SHEET_H

#include "base/table.h"
#include "render/folder.h"

enum { SHEET_SERIES_MOST = 12 };

enum sheet_form {
    SHEET_PLAIN,  /* by kind: 1,234; 1,234.5 (the column's decimals); £1,234.50; 31 Mar 2027; text */
    SHEET_WHOLE,  /* numbers and money shown without decimals: 1,234; £1,234 */
    SHEET_SHARE,  /* a share of 1 in per cent; decimals of the column less two: 57% */
    SHEET_CHANCE, /* a share of simulated futures in per cent, never sure: ">99%", "<1%", 57% */
    SHEET_BARE,   /* a number that is a name or a setting: no thousands commas, no forced decimals */
};

/* How a column of a page's table is shown; the n-th describes the n-th column. */
struct sheet_column {
    const char *heading; /* NULL: the table's column name; those of a page must differ */
    enum sheet_form form;
    bool total; /* summed in the row below the table, of the rows that a filter shows */
    /* How a cell follows from others of its row, written as a formula beside the table's own value:
     * "[3]-[1]", "SUM([1]:[8])", where [0] is the first column. Only from the program's text, never from
     * data. A cell that is no number, or that names one, is written as it is. NULL: no formula. */
    const char *formula;
};

enum sheet_shape {
    SHEET_LINES, /* lines over time (x: days) or categories (x: texts) */
    SHEET_STACK, /* stacked columns, the first series at the bottom */
    SHEET_BARS,  /* columns side by side */
};

struct sheet_series {
    size_t column;     /* of the values */
    const char *style; /* a name of render/sheet_style.def: colour, dash and marker */
    const char *words; /* in the legend; NULL: the column's heading */
};

struct sheet_page;
struct sheet_chart {
    enum sheet_shape shape;
    const char *title; /* the finding */
    const char *alt;   /* alternative text, 2 to 4 sentences */
    const char *x_title, *y_title;
    const struct sheet_page *data; /* whose table; NULL: of the page that shows the chart */
    size_t x;                      /* column of days or categories */
    size_t first_row, n_rows;      /* of the table; n_rows 0: all */
    bool from_zero;                /* the axis starts at 0 (always so for columns) */
    struct sheet_series series[SHEET_SERIES_MOST];
    size_t n_series;
};

/* A cell that formulas elsewhere may name. */
struct sheet_name {
    const char
        *name; /* a letter, then letters, digits and _; not like a cell's address; each once a workbook */
    size_t row, column;
};

struct sheet_page {
    const char *name;         /* on the tab; made legal and unique */
    const char *title;        /* also in the contents */
    const char *const *notes; /* sentences between title and table, broken into lines */
    size_t n_notes;
    const struct table *table; /* NULL: charts only */
    const struct sheet_column *columns;
    size_t n_columns; /* of the table at most; the rest is plain */
    const struct sheet_chart *charts;
    size_t n_charts;
    const struct sheet_name *names;
    size_t n_names;
};

/* Words on the cover under a heading, a paragraph each. */
struct sheet_section {
    const char *heading;
    const char *const *paragraphs;
    size_t n_paragraphs;
};

struct sheet_book {
    const char *title;
    const char *source; /* at the foot of each sheet: data date, model, version */
    day dated;          /* of the data: the date inside the file; DAY_NONE: 1 January 2000 */
    const struct sheet_section *sections;
    size_t n_sections;
    bool sign_off; /* a block to sign: prepared by, checked by, approved for what decision */
    const struct sheet_page *pages;
    size_t n_pages;
};

/* Writes a workbook into a folder, mode 0600. ERR_IO when the disk refuses; ERR_DATA for what no workbook can
 * hold (a number that is not finite, money of 10^13 pounds, more than 1,048,000 rows); ERR_INTERNAL for a
 * description that is wrong (an unknown style or column, a name that is no name, a heading twice);
 * ERR_MEMORY. Cost: about 1 second for 500,000 cells. */
bool sheet_save(struct folder *folder, const char *file, const struct sheet_book *book, struct err *err);

#endif
