/* SPDX-License-Identifier: GPL-3.0-or-later
 * A page: title in the first cell, notes, the table with its heading frozen, totals in the row below it,
 * charts below all. */
#include <stdio.h>
#include <string.h>

#include "base/vec.h"
#include "render/sheet_parts.h"

enum {
    NOTE_WIDTH = 110,     /* characters a line of notes */
    ROWS_MOST = 1048000,  /* a sheet has 1,048,576 */
    FROZEN_FROM = 7,      /* columns: a table as wide as that keeps its first in view */
    CHARACTER_PIXELS = 7, /* of the font by which widths are counted */
    CELL_PIXELS = 5,
    CHART_WIDTH_LEAST = 760,
    CHART_WIDTH_MOST = 1100,
    CHART_HEIGHT = 400,
    CHART_PAGE_WIDTH = 1040, /* a chart alone fills the page */
    CHART_PAGE_HEIGHT = 580,
    ROW_PIXELS = 20,
    CHART_GAP = 2, /* rows */
};
/* A column of numbers stands at the right, also where one is missing or hidden. */
static bool is_figures(const struct table *table, size_t column)
{
    for (size_t i = 0; i < table->n_rows; i++) {
        const enum cell_kind kind = table_at(table, i, column)->kind;
        if (kind != CELL_EMPTY && kind != CELL_TEXT)
            return true;
    }
    return false;
}

static size_t note_lines(const struct sheet_page *page)
{
    size_t n = 0;
    for (size_t i = 0; i < page->n_notes; i++) {
        struct str line;
        for (struct str left = str_of(page->notes[i]); sheet_text_line(&left, NOTE_WIDTH, &line);)
            n++;
    }
    return n;
}

void sheet_page_lay_out(const struct sheet_page *page, struct sheet_place *place)
{
    place->heading_row =
        1 + note_lines(page) + 1; /* a blank row, so that filters see where the table begins */
    place->first_row = page->table == NULL ? place->heading_row : place->heading_row + 1;
}

static bool put_words(struct sheet_writer *writer, const struct sheet_page *page, lxw_worksheet *sheet,
                      struct err *err)
{
    size_t row = 1;
    bool ok = sheet_put_text(writer, sheet, 0, 0, page->title, LOOK_TITLE, err) &&
              sheet_set_lines(sheet, 0, 2, err);
    for (size_t i = 0; ok && i < page->n_notes; i++) {
        struct str line;
        for (struct str left = str_of(page->notes[i]); ok && sheet_text_line(&left, NOTE_WIDTH, &line);) {
            const char *words = arena_copy(&writer->texts, line, err);
            ok = words != NULL && sheet_put_text(writer, sheet, row++, 0, words, LOOK_LINE, err);
        }
    }
    return ok;
}

static bool put_cell(struct sheet_writer *writer, size_t i, size_t row, size_t column, const bool numbers[],
                     bool figures, struct err *err)
{
    const struct sheet_page *page = &writer->book->pages[i];
    const struct sheet_place *place = &writer->places[i];
    const struct table_cell *cell = table_at(page->table, row, column);
    const char *formula = sheet_column_of(page, column).formula;
    const char *bad = NULL;
    char small[32];
    const char *text = small;
    double value = 0.0;
    if (!sheet_cell_number(page->table, row, column, &value, &bad)) {
        if (bad != NULL)
            return err_set(err, ERR_DATA, "%s in row %zu, column %s", bad, row + 1,
                           sheet_heading(page, column));
        sheet_cell_words(cell, small, sizeof small, &text);
        return sheet_put_text(writer, place->sheet, place->first_row + row, column, text,
                              figures ? LOOK_FIGURE : LOOK_CELL, err);
    }
    const char *number = sheet_number_format(page, column, cell->kind);
    const enum sheet_look look = cell->kind == CELL_DAY && !figures ? LOOK_CELL : LOOK_FIGURE;
    if (formula == NULL || !sheet_text_formula_columns(formula, numbers, page->table->n_columns))
        return sheet_put_number(writer, place->sheet, place->first_row + row, column, value, number, look,
                                err);
    struct text written = {0};
    const bool ok =
        sheet_text_formula(&written, formula, place->first_row + row, page->table->n_columns, err) &&
        sheet_put_formula(writer, place->sheet, place->first_row + row, column, text_c(&written), value,
                          number, look, err);
    text_free(&written);
    return ok;
}

/* Lines of the highest cell of a row; of the heading when row is n_rows. */
static size_t lines_of(const struct sheet_page *page, const size_t widths[], size_t row)
{
    const bool heading = row == page->table->n_rows;
    size_t most = 1;
    for (size_t j = 0; j < page->table->n_columns; j++) {
        const struct table_cell *cell = heading ? NULL : table_at(page->table, row, j);
        if (!heading && cell->kind != CELL_TEXT)
            continue;
        const size_t lines = heading ? sheet_text_lines(sheet_heading(page, j), widths[j])
                                     : sheet_text_lines(cell->as.text, widths[j] - 1);
        most = lines > most ? lines : most;
    }
    return most;
}

/* The heading has a line to spare for the buttons of the filters, which would hide its last words. */
static bool set_heights(const struct sheet_page *page, const struct sheet_place *place, struct err *err)
{
    size_t *widths = vec_new(page->table->n_columns, sizeof *widths, err);
    bool ok = widths != NULL;
    for (size_t j = 0; ok && j < page->table->n_columns; j++)
        widths[j] = sheet_column_width(page, j);
    for (size_t row = 0; ok && row < page->table->n_rows; row++)
        ok = sheet_set_lines(place->sheet, place->first_row + row, lines_of(page, widths, row), err);
    ok = ok && sheet_set_lines(place->sheet, place->heading_row,
                               lines_of(page, widths, page->table->n_rows) + 1, err);
    free(widths);
    return ok;
}

static bool put_rows(struct sheet_writer *writer, size_t i, struct err *err)
{
    const struct table *table = writer->book->pages[i].table;
    bool *figures = vec_new(2 * table->n_columns, sizeof *figures, err);
    bool *numbers = figures == NULL ? NULL : figures + table->n_columns;
    bool ok = figures != NULL;
    for (size_t j = 0; ok && j < table->n_columns; j++)
        figures[j] = is_figures(table, j);
    for (size_t row = 0; ok && row < table->n_rows; row++) {
        for (size_t j = 0; j < table->n_columns; j++) {
            double value = 0.0;
            const char *bad = NULL;
            numbers[j] = sheet_cell_number(table, row, j, &value, &bad);
        }
        for (size_t j = 0; ok && j < table->n_columns; j++)
            ok = put_cell(writer, i, row, j, numbers, figures[j], err);
    }
    if (ok && table->n_rows == 0)
        ok = sheet_put_text(writer, writer->places[i].sheet, writer->places[i].first_row, 0, "None.",
                            LOOK_LINE, err);
    free(figures);
    return ok;
}

static bool put_total(struct sheet_writer *writer, size_t i, size_t column, size_t row, struct err *err)
{
    const struct sheet_page *page = &writer->book->pages[i];
    lxw_worksheet *sheet = writer->places[i].sheet;
    double sum = 0.0;
    struct text formula = {0};
    if (!sheet_column_of(page, column).total || !sheet_sum_column(page->table, column, &sum))
        return sheet_put_text(writer, sheet, row, column, column == 0 ? "Total" : "", LOOK_TOTAL, err);
    const bool ok =
        sheet_text_total(&formula, column, writer->places[i].first_row, row - 1, err) &&
        sheet_put_formula(writer, sheet, row, column, text_c(&formula), sum,
                          sheet_number_format(page, column, sheet_column_kind(page->table, column)),
                          LOOK_TOTAL_FIGURE, err);
    text_free(&formula);
    return ok;
}

static bool has_totals(const struct sheet_page *page)
{
    for (size_t j = 0; j < page->table->n_columns; j++)
        if (sheet_column_of(page, j).total)
            return page->table->n_rows > 0;
    return false;
}

/* A heading of data may come twice; a table's headings may not. */
static char *unique_heading(struct sheet_writer *writer, const struct sheet_page *page, size_t column,
                            lxw_table_column *const before[], struct err *err)
{
    char *heading = sheet_copy(writer, sheet_heading(page, column), err);
    for (size_t i = 2, j = 0; heading != NULL && j < column; j++)
        if (str_equal_ignore_case(str_of(heading), str_of(before[j]->header))) {
            const char *another =
                arena_format(&writer->texts, err, "%s (%zu)", sheet_heading(page, column), i++);
            heading = another == NULL ? NULL : sheet_copy(writer, another, err);
            j = (size_t)-1; /* and once more from the first */
        }
    return heading;
}

/* Marks heading and rows as a table of the workbook, with filters. */
static bool mark_table(struct sheet_writer *writer, size_t i, struct err *err)
{
    const struct sheet_page *page = &writer->book->pages[i];
    const struct sheet_place *place = &writer->places[i];
    const size_t n = page->table->n_columns;
    lxw_table_column *columns = arena_take(&writer->texts, n * sizeof *columns, err);
    lxw_table_column **list = arena_take(&writer->texts, (n + 1) * sizeof *list, err); /* ends with NULL */
    bool ok = columns != NULL && list != NULL;
    for (size_t j = 0; ok && j < n; j++) {
        list[j] = &columns[j];
        columns[j].header = unique_heading(writer, page, j, list, err);
        columns[j].header_format =
            sheet_format(writer, is_figures(page->table, j) ? LOOK_COLUMN_RIGHT : LOOK_COLUMN, NULL, err);
        ok = columns[j].header != NULL && columns[j].header_format != NULL &&
             sheet_put_text(writer, place->sheet, place->heading_row, j, columns[j].header,
                            is_figures(page->table, j) ? LOOK_COLUMN_RIGHT : LOOK_COLUMN, err) &&
             sheet_check(worksheet_set_column(place->sheet, (lxw_col_t)j, (lxw_col_t)j,
                                              (double)sheet_column_width(page, j), NULL),
                         err);
    }
    lxw_table_options options = {.style_type = LXW_TABLE_STYLE_TYPE_LIGHT, .columns = list};
    return ok && (page->table->n_rows == 0 ||
                  sheet_check(worksheet_add_table(place->sheet, (lxw_row_t)place->heading_row, 0,
                                                  (lxw_row_t)(place->heading_row + page->table->n_rows),
                                                  (lxw_col_t)(n - 1), &options),
                              err));
}

static bool put_table(struct sheet_writer *writer, size_t i, size_t *last_row, struct err *err)
{
    const struct sheet_page *page = &writer->book->pages[i];
    const struct sheet_place *place = &writer->places[i];
    if (page->table->n_rows > ROWS_MOST)
        return err_set(err, ERR_DATA, "the table %s has more rows than a sheet can hold", page->table->name);
    *last_row = place->first_row + page->table->n_rows; /* the total, or a blank row */
    bool ok = mark_table(writer, i, err) && put_rows(writer, i, err) && set_heights(page, place, err);
    for (size_t j = 0; ok && has_totals(page) && j < page->table->n_columns; j++)
        ok = put_total(writer, i, j, *last_row, err);
    worksheet_freeze_panes(place->sheet, (lxw_row_t)place->first_row,
                           page->table->n_columns >= FROZEN_FROM ? 1 : 0);
    return ok && sheet_check(worksheet_repeat_rows(place->sheet, (lxw_row_t)place->heading_row,
                                                   (lxw_row_t)place->heading_row),
                             err);
}

/* Width of the table in pixels, as far as charts care. */
static int chart_width(const struct sheet_page *page)
{
    size_t pixels = 0;
    if (page->table == NULL)
        return CHART_PAGE_WIDTH;
    for (size_t j = 0; j < page->table->n_columns; j++)
        pixels += sheet_column_width(page, j) * CHARACTER_PIXELS + CELL_PIXELS;
    return pixels < CHART_WIDTH_LEAST  ? CHART_WIDTH_LEAST
           : pixels > CHART_WIDTH_MOST ? CHART_WIDTH_MOST
                                       : (int)pixels;
}

/* The last column that words and charts reach into, so that the print holds them. */
static size_t last_column_of(const struct sheet_page *page)
{
    enum { EMPTY_COLUMN_PIXELS = 64 };
    const size_t notes = page->n_notes > 0 ? NOTE_WIDTH : 0;
    const size_t title = sheet_text_units(page->title) * 3 / 2; /* it is larger */
    size_t wanted = (notes > title ? notes : title) * (CHARACTER_PIXELS - 1);
    const size_t chart = page->n_charts > 0 ? (size_t)chart_width(page) : 0;
    wanted = chart > wanted ? chart : wanted;
    const size_t columns = page->table == NULL ? 0 : page->table->n_columns;
    size_t pixels = 0;
    size_t last = 0;
    for (size_t j = 0; j < columns || pixels < wanted; j++) {
        pixels +=
            j < columns ? sheet_column_width(page, j) * CHARACTER_PIXELS + CELL_PIXELS : EMPTY_COLUMN_PIXELS;
        last = j;
    }
    return last;
}

/* Pages high: 1 where a table with charts is a little higher than the paper, for a chart that is cut in two
 * cannot be read; 0, as many as it takes, where it would become too small. */
static uint16_t pages_of(const struct sheet_page *page, size_t last_row)
{
    static const double paper_width = 1027, paper_height = 660; /* A4 landscape within the margins, pixels */
    static const double least = .5;                             /* of full size */
    double width = 0;
    if (page->table == NULL)
        return 1;
    for (size_t j = 0; j < page->table->n_columns; j++)
        width += (double)(sheet_column_width(page, j) * CHARACTER_PIXELS + CELL_PIXELS);
    const double chart = page->n_charts > 0 ? chart_width(page) : 0;
    width = chart > width ? chart : width;
    const double height = (double)(last_row + 2) * ROW_PIXELS; /* title and heading are higher */
    const double scale = width > paper_width ? paper_width / width : 1;
    return page->n_charts > 0 && height * scale > paper_height && height * least <= paper_height ? 1 : 0;
}

bool sheet_write_page(struct sheet_writer *writer, size_t i, struct err *err)
{
    const struct sheet_page *page = &writer->book->pages[i];
    const struct sheet_place *place = &writer->places[i];
    size_t last_row = place->heading_row;
    bool ok = put_words(writer, page, place->sheet, err) &&
              (page->table == NULL || put_table(writer, i, &last_row, err));
    const int width = chart_width(page);
    const int height = page->table == NULL ? CHART_PAGE_HEIGHT : CHART_HEIGHT;
    for (size_t c = 0; ok && c < page->n_charts; c++) {
        const size_t row = c == 0 && page->table == NULL ? last_row : last_row + CHART_GAP;
        ok = sheet_put_chart(writer, i, &page->charts[c], row, width, height, err);
        last_row = row + (size_t)height / ROW_PIXELS + 1;
    }
    return ok && sheet_set_up_print(writer, place->sheet, last_row, last_column_of(page),
                                    pages_of(page, last_row), err);
}
